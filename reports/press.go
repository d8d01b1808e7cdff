package reports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// kindBulletin is the issue kind of the monthly bulletin; its numbers run on per year.
const kindBulletin = "bulletin"

// Press takes a bulletin from frozen figures to signed, numbered and mailed paper.
type Press struct {
	InTx     func(context.Context, func(Tx) error) error
	View     func(context.Context, func(Tx) error) error
	Render   Renderer
	Calendar *calendar.Calendar
	// Sign gives the signed head that papers carry; nil leaves heads unsigned.
	Sign func(journal.Record) (journal.Head, error)
	// Print gives the words of a letter for a case file; nil leaves the letters out.
	Print func(inspections.Letter) (PrintedLetter, error)
	// Read gives the words of any letter, also of those that are printed for their own readers only.
	Read func(inspections.Letter) (PrintedLetter, error)
}

// sealed is the head as printed on papers, so that any of them proves the archive later.
func (p *Press) sealed(r journal.Record) (string, error) {
	if p.Sign == nil {
		return journal.HeadOf(r, nil).String(), nil
	}
	h, err := p.Sign(r)
	return h.String(), err
}

// sealedBefore is the head that papers carry which leave the house on a day: that of the last record before it, so that
// they tell nothing of what the day brought; "" while there is none.
func (p *Press) sealedBefore(tx Tx, day calendar.Instant) (string, error) {
	r, err := tx.JournalBefore(journal.Early(day))
	if err != nil || r.Seq == 0 {
		return "", err
	}
	return p.sealed(r)
}

// Draft freezes a month's figures; drafted once, later calls give what stands. It makes the signer's part
// an obligation and asks the leaders. Error: Conflict while the month still runs.
func (p *Press) Draft(ctx context.Context, by inspections.Actor, m calendar.Month) (inspections.Issue, error) {
	var issue inspections.Issue
	err := p.InTx(ctx, func(tx Tx) error {
		var err error
		issue, err = p.DraftIn(tx, by, m)
		return err
	})
	return issue, err
}

// DraftIn is Draft inside the caller's transaction, for the scheduled job.
func (p *Press) DraftIn(tx Tx, by inspections.Actor, m calendar.Month) (inspections.Issue, error) {
	issue, err := tx.IssueOf(kindBulletin, m.String())
	if err == nil || !inspections.IsNotFound(err) {
		return issue, err
	}
	if tx.Now().Date() <= m.Last() {
		return issue, inspections.Fail(inspections.Conflict, "bulletin.month_runs", "month", m.String())
	}
	figures, err := Compile(tx, p.Calendar, m)
	if err != nil {
		return issue, err
	}
	raw, err := json.Marshal(figures)
	if err != nil {
		return issue, fmt.Errorf("reports: figures of %s: %w", m, err)
	}
	issue = inspections.Issue{Kind: kindBulletin, Month: m.String(), State: inspections.IssueDraft, Figures: raw, Drafted: tx.Now()}
	if err := tx.AddIssue(&issue); err != nil {
		return issue, err
	}
	due, err := p.owe(tx, m)
	if err != nil {
		return issue, err
	}
	if err := p.askSigners(tx, signRequest{month: m, drafted: issue.Drafted, due: due}); err != nil {
		return issue, err
	}
	_, err = journal.Append(tx, journal.Entry{Kind: "bulletin.drafted", Actor: by.Ref(), Subject: subject(m), Body: map[string]any{"figures_sha256": digest(raw)}})
	return issue, err
}

func subject(m calendar.Month) string { return "bulletin/" + m.String() }

// owe starts the obligations of 3.4: the bulletin within the month after, the signature within the
// fact-check window and one working day more. It gives the end of the latter; zero while the calendar lacks the year.
func (p *Press) owe(tx Tx, m calendar.Month) (calendar.Instant, error) {
	month := duties.Obligation{Kind: duties.Bulletin, Clause: "3.4", Party: countyOffice(), Period: m.String(), Started: tx.Now()}
	month.Due = calendar.InstantOf(m.Add(1).Last().End())
	sign := duties.Obligation{Kind: duties.BulletinSign, Clause: "3.4", Party: countyOffice(), Period: m.String(), Started: tx.Now()}
	set, err := settings(tx)
	if err != nil {
		return sign.Due, err
	}
	if err := sign.DueWorkdays(p.Calendar, tx.Now().Date(), set.Int(inspections.SetFactCheck)+1); err != nil {
		return sign.Due, err
	}
	for _, o := range []duties.Obligation{month, sign} {
		if _, err := tx.AddObligation(&o); err != nil {
			return sign.Due, err
		}
	}
	return sign.Due, nil
}

func settings(tx Tx) (inspections.Settings, error) {
	all, err := tx.Settings()
	if err != nil {
		return nil, fmt.Errorf("reports: settings: %w", err)
	}
	return inspections.SettingsOn(all, tx.Now().Date()), nil
}

// factCheckEnd gives the end of the window in which those concerned may answer; zero while the calendar
// lacks the year, and then it is not enforced.
func (p *Press) factCheckEnd(set inspections.Settings, drafted calendar.Instant) (calendar.Instant, error) {
	n := set.Int(inspections.SetFactCheck)
	if n == 0 {
		return drafted, nil
	}
	day, err := p.Calendar.AddWorkdays(drafted.Date(), n)
	var missing *calendar.MissingYearError
	if errors.As(err, &missing) {
		return calendar.Instant{}, nil
	}
	return calendar.InstantOf(day.End()), err
}

// SignOff records the leader's signature and issues the bulletin in the same transaction: number, PDF,
// letters, journal. Errors: Forbidden for others than leaders; Conflict when nothing is drafted, it is
// issued already, the fact-check window runs or settings for an official paper are missing.
func (p *Press) SignOff(ctx context.Context, by inspections.Actor, m calendar.Month) (inspections.Issue, error) {
	return p.SignOffRead(ctx, by, m, "")
}

// SignOffRead is SignOff by a leader who read the figures of a check value (FiguresSHA); "" does not look. Error: also
// Conflict "bulletin.changed" when the draft changed meanwhile.
func (p *Press) SignOffRead(ctx context.Context, by inspections.Actor, m calendar.Month, read string) (inspections.Issue, error) {
	if !by.Is(inspections.RoleLeader) || by == inspections.System {
		return inspections.Issue{}, inspections.Fail(inspections.Forbidden, "bulletin.leader_signs", "role", string(by.Role))
	}
	var issue inspections.Issue
	err := p.InTx(ctx, func(tx Tx) error {
		var err error
		if issue, err = tx.IssueOf(kindBulletin, m.String()); err == nil && read != "" && FiguresSHA(issue) != read {
			return inspections.Fail(inspections.Conflict, "bulletin.changed", "month", m.String())
		}
		issue, err = p.sign(ctx, tx, by, m, by.Name, false)
		return err
	})
	return issue, err
}

// IssueStanding issues the drafts that a standing sign-off covers and whose fact-check window is over;
// it runs as a job and gives how many left.
func (p *Press) IssueStanding(ctx context.Context, tx Tx) (int, error) {
	issues, err := tx.Issues()
	if err != nil {
		return 0, err
	}
	signed, err := tx.StandingSignOffs()
	if err != nil {
		return 0, err
	}
	n := 0
	for _, issue := range issues {
		by, ok := standing(signed, tx.Now().Date())
		if issue.State != inspections.IssueDraft || !ok {
			continue
		}
		m, err := calendar.ParseMonth(issue.Month)
		if err != nil {
			return n, err
		}
		_, err = p.sign(ctx, tx, inspections.System, m, by, true)
		if waits(err) {
			continue // nothing was written; the obligation stands and escalates
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// waits reports whether a draft cannot leave yet: its window is open or settings are missing.
func waits(err error) bool {
	var e *inspections.Error
	return errors.As(err, &e) && (e.Key == "bulletin.fact_check_runs" || e.Key == "bulletin.settings_missing")
}

func standing(list []inspections.StandingSignOff, day calendar.Date) (string, bool) {
	for _, s := range list {
		if inspections.Covers(s.From, s.Until, day) {
			return s.By, true
		}
	}
	return "", false
}

// AllowStanding records a standing sign-off of a leader for a period. Errors: Forbidden, Invalid.
func (p *Press) AllowStanding(ctx context.Context, by inspections.Actor, from, until calendar.Date) error {
	if !by.Is(inspections.RoleLeader) {
		return inspections.Fail(inspections.Forbidden, "bulletin.leader_signs", "role", string(by.Role))
	}
	if from.IsZero() || until < from {
		return inspections.Fail(inspections.Invalid, "bulletin.standing_span", "from", from, "until", until)
	}
	return p.InTx(ctx, func(tx Tx) error {
		s := inspections.StandingSignOff{By: by.Name, From: from, Until: until, At: tx.Now()}
		if err := tx.AddStandingSignOff(s); err != nil {
			return err
		}
		_, err := journal.Append(tx, journal.Entry{Kind: "bulletin.standing", Actor: by.Ref(), Subject: "bulletin", Body: map[string]any{"from": from, "until": until}})
		return err
	})
}
