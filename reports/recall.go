package reports

import (
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// Recall is a notice that a member is recalled and has to be replaced 召回撤换.
type Recall struct {
	Issuer            string
	Unit              string
	Township, Village string
	Measure           casework.Measure
	Number            string        // of the case
	ReplaceBy         calendar.Date // last day of the unit's term (2.1)
	Letter            bool
	At                calendar.Instant

	Official *Official // nil: a sample
	to       inspections.Party
}

// Recall gathers the notice of a recall that a case decided, as a sample; measure 0 takes the first. Errors: Forbidden, NotFound
// "paper.no_recall", Conflict "paper.unit_open" while nobody knows whom to write to.
func (p *Press) Recall(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID, letter bool) (Recall, error) {
	var r Recall
	if err := mayRead(by); err != nil {
		return r, err
	}
	err := p.View(ctx, func(tx Tx) (err error) {
		r, err = recall(tx, id, measure, letter)
		return err
	})
	return r, err
}

func recall(tx Tx, id inspections.CaseID, measure inspections.MeasureID, letter bool) (Recall, error) {
	var r Recall
	one, err := tx.Case(id)
	if err != nil {
		return r, err
	}
	measures, err := tx.Measures(id)
	if err != nil {
		return r, err
	}
	i := slices.IndexFunc(measures, func(m casework.Measure) bool {
		return m.Kind == casework.MeasureRecall && !m.Decided.IsZero() && (measure == 0 || m.ID == measure)
	})
	if i < 0 {
		return r, inspections.Fail(inspections.NotFound, "paper.no_recall", "number", one.Number)
	}
	set, err := settings(tx)
	if err != nil {
		return r, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return r, err
	}
	t, _ := roster.Township(one.Township)
	team, _ := roster.Team(one.Team)
	r = Recall{
		Issuer: set[inspections.SetIssuer], Township: t.Name, Village: team.Village, Measure: measures[i], Number: one.Number, Letter: letter, At: tx.Now(),
		ReplaceBy: tx.Now().Date().Add(set.Int(inspections.SetReplaceUnit)),
	}
	unit, err := unitOfFinding(tx, roster, one)
	if err != nil {
		return r, err
	}
	owed, err := tx.Obligations(duties.Filter{Kind: duties.ReplaceUnit, Subject: fmt.Sprintf("measure/%d", r.Measure.ID)})
	if err != nil {
		return r, err
	}
	for _, o := range owed { // the clock that runs is what the paper says; one that is over gives way to a new date, and stays on record
		if last := lastDay(o.Due); last > tx.Now().Date() {
			r.ReplaceBy = last
		}
		if o.Party.ID != 0 {
			unit = inspections.UnitID(o.Party.ID)
		}
	}
	if unit == 0 {
		return r, inspections.Fail(inspections.Conflict, "paper.unit_open", "number", one.Number)
	}
	r.to = inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)}
	r.Unit, r.Letter = roster.PartyName(r.to), letter || outside(roster, r.to)
	return r, nil
}

func (r Recall) blank() inspections.IssuedPaper {
	return inspections.IssuedPaper{
		Kind: inspections.PaperRecall, Subject: fmt.Sprintf("measure/%d", r.Measure.ID), Letter: r.Letter, To: r.to, Name: r.Unit, Due: r.ReplaceBy,
	}
}

func (r Recall) under(official Official) Form {
	r.Official = &official
	return r
}

// unitOfFinding gives the unit that sent the member a case is about; 0 while that is open.
func unitOfFinding(tx Tx, roster *inspections.Roster, one casework.Case) (inspections.UnitID, error) {
	findings, err := tx.Findings(inspections.FindingFilter{})
	if err != nil {
		return 0, err
	}
	for _, f := range findings {
		if f.ID == one.Finding && f.Unit != 0 {
			return f.Unit, nil
		}
	}
	if units := roster.UnitsOf(one.Team, one.FactAt.Date()); len(units) == 1 {
		return units[0], nil
	}
	return 0, nil
}
