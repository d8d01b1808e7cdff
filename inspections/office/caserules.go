package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// SetRules adds dated lines to the table of powers and proposals, all or none; earlier lines stay on record.
// Errors: Forbidden; *NthError with Invalid for a line that decides nothing.
func (o *Office) SetRules(ctx context.Context, by inspections.Actor, rules []casework.Rule) error {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		for i, r := range rules {
			if err := r.Check(); err != nil {
				return &NthError{i + 1, err}
			}
			r.Recorded = tx.Now()
			if err := tx.AddRule(&r); err != nil {
				return err
			}
			if err := record(tx, by, "case.rule", fmt.Sprintf("case_rule/%d", r.Seq), r); err != nil {
				return err
			}
		}
		return nil
	})
}

// Proposal is what the rule table proposes for a branch.
type Proposal struct {
	Measure  casework.MeasureKind `json:"measure"` // "" none
	Times    int                  `json:"times"`   // which time it is, 1: first
	Reported bool                 `json:"reported"`
	Basis    string               `json:"basis"`
}

// Propose gives what the table proposes for a branch; a person decides.
func (o *Office) Propose(ctx context.Context, id inspections.CaseID, seq int) (Proposal, error) {
	var p Proposal
	err := o.View(ctx, func(tx Tx) error {
		w, err := wholeOf(tx, id)
		if err != nil {
			return err
		}
		for _, b := range w.Branches {
			if b.Seq == seq {
				p, err = proposal(tx, w.Case, b)
				return err
			}
		}
		return inspections.Fail(inspections.NotFound, "case.branch_unknown", "case", w.Case.Number, "branch", seq)
	})
	return p, err
}

// ProposeIn is Propose inside the caller's transaction.
func ProposeIn(tx Tx, c casework.Case, b casework.Branch) (Proposal, error) {
	return proposal(tx, c, b)
}

// proposal counts which time it is and asks the table. A township that reported on the day itself (1.4b)
// is proposed for as if it were one time earlier: the first time, for nothing.
func proposal(tx Tx, c casework.Case, b casework.Branch) (Proposal, error) {
	rules, err := tx.Rules()
	if err != nil {
		return Proposal{}, err
	}
	p := Proposal{}
	if p.Times, err = timesOf(tx, c, b); err != nil {
		return p, err
	}
	at := p.Times
	if b.Side == casework.SideTownship && c.Reported {
		p.Reported = true
		at--
	}
	if at < 1 {
		return p, nil
	}
	if rule, ok := rules.Propose(tx.Now().Date(), b.Side, c.Kind, at); ok {
		p.Measure, p.Basis = rule.Measure, rule.Basis
	}
	return p, nil
}

// timesOf counts which time in the year it is: for a member each started case of the kind counts, for a
// township or unit each month in which it was found responsible.
func timesOf(tx Tx, c casework.Case, b casework.Branch) (int, error) {
	cases, err := tx.Cases(casework.Filter{})
	if err != nil {
		return 0, err
	}
	year, _, _ := c.FactAt.Date().Parts()
	times, months := 1, map[calendar.Month]bool{calendar.MonthOf(c.FactAt.Date()): true}
	for _, other := range cases {
		y, _, _ := other.FactAt.Date().Parts()
		before := other.FactAt.Before(c.FactAt.Time) || other.FactAt.Equal(c.FactAt.Time) && other.ID < c.ID
		if other.ID == c.ID || y != year || !before || other.State == casework.Refused || other.Kind != c.Kind {
			continue
		}
		branches, err := tx.Branches(other.ID)
		if err != nil {
			return 0, err
		}
		for _, ob := range branches {
			if ob.Party != b.Party || ob.Side != b.Side || ob.State == casework.BranchConcluded && !ob.Liable {
				continue
			}
			if b.Side == casework.SideMember {
				times++
			} else if ob.State == casework.BranchConcluded {
				months[calendar.MonthOf(other.FactAt.Date())] = true
			}
		}
	}
	if b.Side != casework.SideMember {
		return len(months), nil
	}
	return times, nil
}

// decideMeasure writes a measure after the table of powers and proposals; deviating needs a reason.
func (o *Office) decideMeasure(tx Tx, by inspections.Actor, c casework.Case, b casework.Branch, d MeasureDecided) error {
	if err := casework.CheckMeasure(b.Side, d.Kind); err != nil {
		return err
	}
	if d.Person == "" || d.Body == "" {
		return inspections.Fail(inspections.Invalid, "case.measure_incomplete", "branch", b.Seq)
	}
	rules, err := tx.Rules()
	if err != nil {
		return err
	}
	power, err := rules.MayDecide(tx.Now().Date(), b.Side, d.Kind, d.Body)
	if err != nil {
		return err
	}
	p, err := proposal(tx, c, b)
	if err != nil {
		return err
	}
	if p.Measure != d.Kind && d.Reason == "" && !(p.Measure == "" && p.Reported) {
		return inspections.Fail(inspections.Invalid, "case.deviation_reason", "branch", b.Seq, "measure", string(p.Measure))
	}
	m := casework.Measure{
		Case: c.ID, Branch: b.Seq, Kind: d.Kind, Person: d.Person, Body: d.Body, Decided: tx.Now(), DecidedBy: by.User,
		Proposed: p.Measure, Authority: power.Basis,
	}
	if p.Measure != d.Kind {
		m.Reason = d.Reason
	}
	if err := tx.AddMeasure(&m); err != nil {
		return err
	}
	if m.Kind != casework.MeasureRecall {
		return nil
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	// The vacancy shows until somebody is in post.
	return o.oweReplacement(tx, unitOfBranch(roster, c, b), subjectMeasure(m.ID),
		inspections.ClockStart(set[inspections.SetReplaceStart]), inspections.ClockStart(set[inspections.SetSelectStart]))
}

func subjectMeasure(id inspections.MeasureID) string { return fmt.Sprintf("measure/%d", id) }
