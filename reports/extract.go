package reports

import (
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Extract is what a month's bulletin says of one township, for that township. Where nothing is issued yet it is a sample.
type Extract struct {
	Head     Head
	Figures  Figures // of the whole county
	Township string
}

// Extract gathers it. A township has its own, of an issued bulletin; those of the office have each township's. Errors:
// Forbidden; NotFound "paper.no_township", and "paper.no_extract" for a township while nothing is issued.
func (p *Press) Extract(ctx context.Context, by inspections.Actor, m calendar.Month, township inspections.TownshipID) (Extract, error) {
	e := Extract{}
	own := by.Is(inspections.RoleTownship) && by.Party == inspections.Party{Kind: inspections.PartyTownship, ID: int64(township)}
	if err := mayRead(by); err != nil && !own {
		return e, err
	}
	err := p.View(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		t, ok := roster.On(monthEnd(m)).Township(township) // as the bulletin calls it
		if !ok {
			return inspections.Fail(inspections.NotFound, "paper.no_township", "name", fmt.Sprint(township))
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		year, _, _ := tx.Now().Date().Parts()
		e = Extract{Head: headOf(set, year, 0, tx.Now()), Township: t.Name}
		issue, err := tx.IssueOf(kindBulletin, m.String())
		switch issued := err == nil && issue.State == inspections.IssueIssued; {
		case err != nil && !inspections.IsNotFound(err):
			return err
		case own && !issued:
			return inspections.Fail(inspections.NotFound, "paper.no_extract", "month", m.String())
		case issued:
			e.Head = headOf(set, issue.Year, issue.Number, issue.Issued)
		}
		e.Figures, _, err = p.figuresOf(tx, m)
		return err
	})
	return e, err
}

// Of gives a month's figures as one township may see them: its own lines in full, nothing of the others. The sums of the
// whole county are left away with the rows behind them.
func (f Figures) Of(township string) Figures {
	own := Figures{Schema: f.Schema, Month: f.Month, From: f.From, Until: f.Until}
	own.Attendance.CutOff, own.Attendance.DaysMin, own.Attendance.LodgingMin = f.Attendance.CutOff, f.Attendance.DaysMin, f.Attendance.LodgingMin
	for _, r := range f.Attendance.Rows {
		if r.Name == township {
			own.Attendance.Rows = append(own.Attendance.Rows, r)
		}
	}
	var units []string
	for _, p := range f.Problems {
		if p.Township != township {
			continue
		}
		own.Problems = append(own.Problems, p)
		own.ProblemTownships = Figure{N: 1}
		if p.Person {
			own.ProblemMembers.N++
		}
		for _, u := range p.Units {
			if !slices.Contains(units, u) {
				units = append(units, u)
			}
		}
	}
	own.ProblemUnits.N = len(units)
	for _, l := range f.Ledger {
		if l.Township == township {
			own.Ledger = append(own.Ledger, l)
		}
	}
	return own
}
