package office

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// Report is what a township writes or says of a member's absence, a member not released or the like.
type Report struct {
	Member inspections.MemberID
	Team   inspections.TeamID // where no member is identified
	Kind   string             // one that a township may report; "" absent
	At     calendar.Instant   // when the member was absent
	What   string             // in the township's words
	// Discovered is the day on which the township found out; zero: the day of At.
	Discovered calendar.Date
	// Received is when a paper or a call reached the office; zero: now. Only the clerk may say so.
	Received calendar.Instant
	How      string // "" page for the township itself, paper for the clerk
	Scan     Scan
}

// ReceiveReport takes a township's report: the receipt, the finding, the three working days for a handling
// opinion (3.2b), counted from its receipt, and the proposed case, in one transaction. A report on the day
// of its discovery (1.4b) is recorded as prompt and weighs for the township. Errors: Forbidden for others
// than the clerk and the township itself; Invalid for a time to come or a member not posted then.
func (o *Office) ReceiveReport(ctx context.Context, by inspections.Actor, r Report) (casework.Case, error) {
	_, c, err := o.TakeReport(ctx, by, r)
	return c, err
}

// Taken is a report with its receipt and the case it proposed.
type Taken struct {
	Report casework.Report
	Case   casework.Case
}

// NthError says which of several things given together was refused, counted from 1; none of them was taken.
type NthError struct {
	N   int
	Err error
}

func (e *NthError) Error() string { return fmt.Sprintf("no. %d: %v", e.N, e.Err) }

// Unwrap gives why it was refused.
func (e *NthError) Unwrap() error { return e.Err }

// TakeReport is ReceiveReport that gives the receipt too.
func (o *Office) TakeReport(ctx context.Context, by inspections.Actor, r Report) (casework.Report, casework.Case, error) {
	taken, err := o.TakeReports(ctx, by, []Report{r})
	if err != nil {
		return casework.Report{}, casework.Case{}, err
	}
	return taken[0].Report, taken[0].Case, nil
}

// TakeReports takes the reports of one file, all of them or none. Errors: *NthError with those of ReceiveReport.
func (o *Office) TakeReports(ctx context.Context, by inspections.Actor, reports []Report) ([]Taken, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleTownship); err != nil {
		return nil, err
	}
	var taken []Taken
	err := o.InTx(ctx, func(tx Tx) error {
		taken = nil
		for i, r := range reports {
			one, err := o.take(tx, by, r)
			if err != nil {
				return &NthError{i + 1, err}
			}
			taken = append(taken, one)
		}
		return nil
	})
	return taken, err
}

// take takes one report in the caller's transaction.
func (o *Office) take(tx Tx, by inspections.Actor, r Report) (Taken, error) {
	var t Taken
	if r.What = strings.TrimSpace(r.What); r.What == "" {
		return t, inspections.Fail(inspections.Invalid, "report.text_missing")
	}
	if err := r.settle(by, tx.Now()); err != nil {
		return t, err
	}
	f, err := reported(tx, by, r)
	if err != nil {
		return t, err
	}
	if err := tx.AddFinding(&f); err != nil {
		return t, err
	}
	t.Report = casework.Report{
		Township: f.Township, Team: f.Team, Member: f.Member, Kind: f.Kind, How: r.How, At: r.At, Discovered: r.Discovered,
		Received: r.Received, Recorded: tx.Now(), By: by.User, What: r.What, Prompt: r.Received.Date() == r.Discovered,
	}
	if len(r.Scan.Data) > 0 {
		if t.Report.SHA, err = tx.PutBlob(r.Scan.Media, r.Scan.Data); err != nil {
			return t, err
		}
	}
	if t.Case, err = o.propose(tx, by, f, "report"); err != nil {
		return t, err
	}
	if t.Report.Case = t.Case.ID; t.Case.Reported != t.Report.Prompt {
		t.Case.Reported = t.Report.Prompt
		if err := tx.SaveCase(t.Case); err != nil {
			return t, err
		}
	}
	if err := tx.AddReport(&t.Report); err != nil {
		return t, err
	}
	due, err := o.oweOpinion(tx, t.Case, t.Report)
	if err != nil {
		return t, err
	}
	if err := sendReceipt(tx, t.Report, t.Case, due); err != nil {
		return t, err
	}
	return t, record(tx, by, "report.received", subjectReport(t.Report.ID), map[string]any{
		"receipt": t.Report.Number, "finding": int64(f.ID), "case": t.Case.Number, "township": int64(f.Township), "prompt": t.Report.Prompt,
		"how": t.Report.How, "received": t.Report.Received, "sha256": t.Report.SHA,
	})
}

func subjectReport(id int64) string { return fmt.Sprintf("report/%d", id) }

// settle fills what was left out and refuses what cannot be.
func (r *Report) settle(by inspections.Actor, now calendar.Instant) error {
	own := by.Role == inspections.RoleTownship && by != inspections.System
	if r.Kind == "" {
		r.Kind = inspections.FindingAbsent
	}
	switch {
	case own:
		r.How, r.Received = casework.HowPage, now
	case r.How == "":
		r.How = casework.HowPaper
	}
	if r.Received.IsZero() {
		r.Received = now
	}
	if r.Discovered.IsZero() {
		r.Discovered = r.At.Date()
	}
	switch {
	case r.At.IsZero() || r.At.After(now.Time):
		return inspections.Fail(inspections.Invalid, "report.time", "time", r.At)
	case r.Received.After(now.Time) || r.Received.Before(r.At.Time):
		return inspections.Fail(inspections.Invalid, "report.received", "time", r.Received)
	case r.Discovered < r.At.Date() || r.Discovered > r.Received.Date():
		return inspections.Fail(inspections.Invalid, "report.discovered", "day", r.Discovered)
	}
	return nil
}

// oweOpinion starts the clock of 3.2b, as a rule on the day of the receipt.
func (o *Office) oweOpinion(tx Tx, c casework.Case, told casework.Report) (calendar.Instant, error) {
	set, err := settingsOn(tx, told.Received.Date())
	if err != nil {
		return calendar.Instant{}, err
	}
	opinion := duties.Obligation{
		Kind: duties.Opinion, Clause: "3.2b", Party: inspections.Party{Kind: inspections.PartyCounty}, Subject: subjectCase(c.ID), Started: told.Received,
	}
	event := inspections.ClockStart(set[inspections.SetOpinionStart])
	if event == inspections.StartRecorded {
		opinion.Started = told.Recorded
		if set, err = settings(tx); err != nil {
			return calendar.Instant{}, err
		}
	}
	if err := opinion.RunWorkdays(o.Calendar, opinion.Started.Date(), set.Int(inspections.SetOpinionDays), duties.StartOf(set, event)); err != nil {
		return calendar.Instant{}, err
	}
	_, err = tx.AddObligation(&opinion)
	return opinion.Due, err
}

// sendReceipt writes the dated receipt to the township; it names no person.
func sendReceipt(tx Tx, told casework.Report, c casework.Case, due calendar.Instant) error {
	args, to, contact, err := receiptArgs(tx, told)
	if err != nil || contact.Email == "" {
		return err
	}
	args.Due, args.Case = due, c.Number
	return enqueue(tx, inspections.LetterReceipt, fmt.Sprintf("report/%d/receipt", told.ID), to, args.Township, contact.Email, args)
}

func receiptArgs(tx Tx, told casework.Report) (inspections.ReceiptArgs, inspections.Party, inspections.Holder, error) {
	to := inspections.Party{Kind: inspections.PartyTownship, ID: int64(told.Township)}
	roster, err := tx.Roster()
	if err != nil {
		return inspections.ReceiptArgs{}, to, inspections.Holder{}, err
	}
	set, err := settings(tx)
	if err != nil {
		return inspections.ReceiptArgs{}, to, inspections.Holder{}, err
	}
	team, _ := roster.Team(told.Team)
	args := inspections.ReceiptArgs{
		Number: told.Number, Township: roster.PartyName(to), Village: team.Village, Kind: told.Kind, How: told.How, At: told.At,
		Received: told.Received, Prompt: told.Prompt, Issuer: set[inspections.SetIssuer], Phone: set[inspections.SetContactPhone], Date: tx.Now().Date(),
	}
	return args, to, roster.ContactOf(to, tx.Now().Date()), nil
}

// GiveOpinion records the handling opinion on a township's report (3.2b) and sends it to the township.
// Errors: Forbidden for others than a leader, Invalid, Conflict, NotFound.
func (o *Office) GiveOpinion(ctx context.Context, by inspections.Actor, id int64, opinion string) (casework.Report, error) {
	var told casework.Report
	if err := allow(by, inspections.RoleLeader); err != nil {
		return told, err
	}
	err := o.InTx(ctx, func(tx Tx) error {
		var err error
		if told, err = tx.Report(id); err != nil {
			return err
		}
		w, err := wholeOf(tx, told.Case)
		if err != nil {
			return err
		}
		if err := standsAside(tx, by, w); err != nil {
			return err
		}
		if err := told.Answer(strings.TrimSpace(opinion), by.User, tx.Now()); err != nil {
			return err
		}
		if err := tx.SaveReport(told); err != nil {
			return err
		}
		if err := duties.Fulfil(tx, duties.Filter{Kind: duties.Opinion, Subject: subjectCase(told.Case)}, subjectReport(id)); err != nil {
			return err
		}
		args, to, contact, err := receiptArgs(tx, told)
		if err != nil {
			return err
		}
		if contact.Email != "" {
			args.Opinion, args.Case = told.Opinion, w.Case.Number
			if err := enqueue(tx, inspections.LetterOpinion, fmt.Sprintf("report/%d/opinion", id), to, args.Township, contact.Email, args); err != nil {
				return err
			}
		}
		return record(tx, by, "report.opinion", subjectReport(id), map[string]any{"receipt": told.Number, "case": w.Case.Number})
	})
	return told, err
}

// reported makes the finding of a report.
func reported(tx Tx, by inspections.Actor, r Report) (inspections.Finding, error) {
	roster, err := tx.Roster()
	if err != nil {
		return inspections.Finding{}, err
	}
	table, err := tx.Problems()
	if err != nil {
		return inspections.Finding{}, err
	}
	kind, err := table.Find(tx.Now().Date(), r.Kind)
	if err != nil || !kind.Told {
		return inspections.Finding{}, inspections.Fail(inspections.Invalid, "report.kind", "kind", r.Kind)
	}
	f := inspections.Finding{
		Kind: r.Kind, Clause: kind.Clause, Party: inspections.PartyMember, Unit: 0, Team: r.Team, Member: r.Member, At: r.At, Note: r.What, Found: tx.Now(),
	}
	if r.Member != 0 {
		i := index(roster.Postings, func(p inspections.Posting) bool {
			return p.Member == r.Member && inspections.Covers(p.From, p.Until, r.At.Date())
		})
		if i < 0 {
			return f, inspections.Fail(inspections.Invalid, "report.not_posted", "member", int64(r.Member), "day", r.At.Date())
		}
		f.Team, f.Unit = roster.Postings[i].Team, roster.Postings[i].Unit
	} else {
		f.Party = inspections.PartyTeam
	}
	team, ok := roster.Team(f.Team)
	if !ok || !inspections.Covers(team.From, team.Until, r.At.Date()) {
		return f, inspections.Fail(inspections.Invalid, "report.team", "team", int64(f.Team))
	}
	f.Township = team.Township
	if by.Role == inspections.RoleTownship && by.Party != (inspections.Party{Kind: inspections.PartyTownship, ID: int64(team.Township)}) {
		return f, inspections.Fail(inspections.Forbidden, "report.not_yours")
	}
	f.Times, err = timesThisYear(tx, f)
	return f, err
}
