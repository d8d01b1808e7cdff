package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// Report is what a township writes or says of a member's absence that it discovered (1.4b).
type Report struct {
	Member inspections.MemberID
	At     calendar.Instant // when the member was absent
	What   string           // in the township's words
}

// ReceiveReport takes a township's report of an absence: the finding, the three working days for a
// handling opinion (3.2b) and the proposed case, in one transaction. A report on the day itself is
// recorded as prompt and weighs for the township. Errors: Forbidden for others than the clerk and the
// township itself; Invalid for a time to come or a member not posted then.
func (o *Office) ReceiveReport(ctx context.Context, by inspections.Actor, r Report) (casework.Case, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleTownship); err != nil {
		return casework.Case{}, err
	}
	if r.What == "" {
		return casework.Case{}, inspections.Fail(inspections.Invalid, "report.text_missing")
	}
	var c casework.Case
	err := o.InTx(ctx, func(tx Tx) error {
		f, err := reported(tx, by, r)
		if err != nil {
			return err
		}
		if err := tx.AddFinding(&f); err != nil {
			return err
		}
		if c, err = o.propose(tx, by, f, "report"); err != nil {
			return err
		}
		opinion := duties.Obligation{
			Kind: duties.Opinion, Clause: "3.2b", Party: inspections.Party{Kind: inspections.PartyCounty},
			Subject: subjectCase(c.ID), Started: tx.Now(),
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		if err := opinion.DueWorkdays(o.Calendar, tx.Now().Date(), set.Int(inspections.SetOpinionDays)); err != nil {
			return err
		}
		if _, err := tx.AddObligation(&opinion); err != nil {
			return err
		}
		return record(tx, by, "report.received", fmt.Sprintf("finding/%d", f.ID), map[string]any{
			"case": c.Number, "township": int64(f.Township), "prompt": c.Reported,
		})
	})
	return c, err
}

// reported makes the finding of a report.
func reported(tx Tx, by inspections.Actor, r Report) (inspections.Finding, error) {
	if r.At.IsZero() || r.At.After(tx.Now().Time) {
		return inspections.Finding{}, inspections.Fail(inspections.Invalid, "report.time", "time", r.At)
	}
	roster, err := tx.Roster()
	if err != nil {
		return inspections.Finding{}, err
	}
	i := index(roster.Postings, func(p inspections.Posting) bool {
		return p.Member == r.Member && inspections.Covers(p.From, p.Until, r.At.Date())
	})
	if i < 0 {
		return inspections.Finding{}, inspections.Fail(inspections.Invalid, "report.not_posted", "member", int64(r.Member), "day", r.At.Date())
	}
	post := roster.Postings[i]
	team, ok := roster.Team(post.Team)
	if !ok {
		return inspections.Finding{}, fmt.Errorf("office: posting %d: team %d is not in the roster", post.ID, post.Team)
	}
	if by.Role == inspections.RoleTownship && by.Party != (inspections.Party{Kind: inspections.PartyTownship, ID: int64(team.Township)}) {
		return inspections.Finding{}, inspections.Fail(inspections.Forbidden, "report.not_yours")
	}
	f := inspections.Finding{
		Kind: inspections.FindingAbsent, Clause: "1.4b", Party: inspections.PartyMember, Township: team.Township, Unit: post.Unit,
		Team: team.ID, Member: r.Member, At: r.At, Note: r.What, Found: tx.Now(),
	}
	f.Times, err = timesThisYear(tx, f)
	return f, err
}
