package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// branchStep changes one branch of an open case and journals it.
func (o *Office) branchStep(ctx context.Context, by inspections.Actor, id inspections.CaseID, seq int, kind string, move func(Tx, casework.Case, *casework.Branch) error) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		branches, err := tx.Branches(id)
		if err != nil {
			return err
		}
		i := index(branches, func(b casework.Branch) bool { return b.Seq == seq })
		if i < 0 {
			return inspections.Fail(inspections.NotFound, "case.branch_unknown", "case", c.Number, "branch", seq)
		}
		b := branches[i]
		acts, err := tx.Acts(id)
		if err != nil {
			return err
		}
		if err := standsAside(tx, by, file{casework.Whole{Case: c, Branches: branches}, acts}); err != nil {
			return err
		}
		if err := move(tx, c, &b); err != nil {
			return err
		}
		if err := tx.SaveBranch(b); err != nil {
			return err
		}
		measures, err := tx.Measures(id)
		if err != nil {
			return err
		}
		return o.recordWords(tx, by, kind, subjectCase(id), map[string]any{
			"branch": seq, "side": string(b.Side), "party": b.Party.ID, "state": string(b.State), "liable": b.Liable,
		}, wordsOfBranch(b, measures))
	})
}

// NameUnit names the unit of a branch that stood to be named; its letter leaves if the case is open.
func (o *Office) NameUnit(ctx context.Context, by inspections.Actor, id inspections.CaseID, seq int, unit inspections.UnitID) error {
	return o.branchStep(ctx, by, id, seq, "case.unit_named", func(tx Tx, c casework.Case, b *casework.Branch) error {
		if b.Side != casework.SideUnit || b.Party.ID != 0 {
			return inspections.Fail(inspections.Conflict, "case.branch_named", "branch", seq)
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, ok := roster.Unit(unit); !ok {
			return inspections.Fail(inspections.NotFound, "unit.unknown", "unit", int64(unit))
		}
		b.Party.ID = int64(unit)
		b.Responsible = responsible(roster, b.Party, c.FactAt.Date(), []inspections.Post{inspections.PostMainLeader, inspections.PostInCharge})
		if c.State != casework.Open {
			return nil
		}
		return o.sendStartLetter(tx, roster, c, *b)
	})
}

// AddStatement keeps what those concerned said in a branch.
func (o *Office) AddStatement(ctx context.Context, by inspections.Actor, id inspections.CaseID, seq int, text string) error {
	return o.branchStep(ctx, by, id, seq, "case.statement", func(tx Tx, c casework.Case, b *casework.Branch) error {
		if b.State != casework.BranchOpen {
			return inspections.Fail(inspections.Conflict, "case.branch_not_open", "branch", seq)
		}
		if text == "" {
			return inspections.Fail(inspections.Invalid, "case.statement_missing", "branch", seq)
		}
		b.Statement = text
		acts, err := tx.Acts(c.ID)
		if err != nil {
			return err
		}
		said := casework.Act{Case: c.ID, Branch: seq, Kind: casework.ActStatement, At: tx.Now(), By: by.User, Text: text}
		if err := tx.AddAct(&said); err != nil {
			return err
		}
		return endStatement(tx, seq, acts, said.Subject())
	})
}

// Conclusion is what an investigation came to, drawn up by one person and approved by another.
type Conclusion struct {
	Liable   bool
	Text     string
	By       inspections.UserID // who drew it up
	Measures []MeasureDecided
}

// MeasureDecided is a measure with the competent body that decided it.
type MeasureDecided struct {
	Kind   casework.MeasureKind
	Person string
	Body   string
	Reason string // why it is not what the rule table proposes
}

// ConcludeBranch approves a conclusion; the approver is the actor, a leader. Errors: Forbidden when the
// same person drew it up, Conflict, Invalid.
func (o *Office) ConcludeBranch(ctx context.Context, by inspections.Actor, id inspections.CaseID, seq int, end Conclusion) error {
	if err := allow(by, inspections.RoleLeader); err != nil {
		return err
	}
	return o.branchStep(ctx, by, id, seq, "case.branch_concluded", func(tx Tx, c casework.Case, b *casework.Branch) error {
		acts, err := tx.Acts(id)
		if err != nil {
			return err
		}
		if b.State == casework.BranchOpen && casework.Recused(acts, end.By) {
			return inspections.Fail(inspections.Forbidden, "case.stands_aside", "case", c.Number)
		}
		if err := b.Conclude(end.Liable, end.Text, end.By, by.User, tx.Now()); err != nil {
			return err
		}
		if !casework.Heard(*b, acts, tx.Now()) {
			return inspections.Fail(inspections.Conflict, "case.not_heard", "branch", seq)
		}
		if !end.Liable && len(end.Measures) > 0 {
			return inspections.Fail(inspections.Invalid, "case.measure_without_liability", "branch", seq)
		}
		if err := endStatement(tx, seq, acts, fmt.Sprintf("%s/branch/%d", subjectCase(id), seq)); err != nil {
			return err
		}
		for _, d := range end.Measures {
			if err := o.decideMeasure(tx, by, c, *b, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// DecideMeasure adds a measure to a branch that was found responsible: a body often decides days after the
// conclusion. Errors: Forbidden for others than a leader and bodies without the power, Conflict, Invalid.
func (o *Office) DecideMeasure(ctx context.Context, by inspections.Actor, id inspections.CaseID, seq int, d MeasureDecided) error {
	if err := allow(by, inspections.RoleLeader); err != nil {
		return err
	}
	return o.branchStep(ctx, by, id, seq, "case.measure_decided", func(tx Tx, c casework.Case, b *casework.Branch) error {
		if c.State != casework.Open || b.State != casework.BranchConcluded {
			return inspections.Fail(inspections.Conflict, "case.branch_not_concluded", "branch", seq)
		}
		if !b.Liable {
			return inspections.Fail(inspections.Invalid, "case.measure_without_liability", "branch", seq)
		}
		return o.decideMeasure(tx, by, c, *b, d)
	})
}

// ExecuteMeasure records that a measure was served and carried out.
func (o *Office) ExecuteMeasure(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		measures, err := tx.Measures(id)
		if err != nil {
			return err
		}
		i := index(measures, func(m casework.Measure) bool { return m.ID == measure })
		if i < 0 {
			return inspections.Fail(inspections.NotFound, "case.measure_not_found", "measure", int64(measure))
		}
		m := measures[i]
		if !m.Executed.IsZero() {
			return inspections.Fail(inspections.Conflict, "case.measure_done", "measure", int64(measure))
		}
		if m.Served.IsZero() { // told on the spot: the service is recorded with it
			m.Served = tx.Now()
			if err := o.served(tx, by, m.ID); err != nil {
				return err
			}
			act := casework.Act{Case: id, Branch: m.Branch, Kind: casework.ActServed, At: m.Served, By: by.User, Measure: m.ID}
			if err := o.addAct(tx, by, &act); err != nil {
				return err
			}
		}
		m.Executed = tx.Now()
		if err := tx.SaveMeasure(m); err != nil {
			return err
		}
		return record(tx, by, "case.measure_executed", subjectCase(id), map[string]any{"measure": int64(measure), "kind": string(m.Kind)})
	})
}

// addAct writes an act and its entry in the journal.
func (o *Office) addAct(tx Tx, by inspections.Actor, a *casework.Act) error {
	if err := tx.AddAct(a); err != nil {
		return err
	}
	return o.recordAct(tx, by, *a)
}

// CloseCase ends a case whose branches are all concluded and whose measures are all carried out; the
// database holds the same gate. Error: Conflict.
func (o *Office) CloseCase(ctx context.Context, by inspections.Actor, id inspections.CaseID) (casework.Case, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader); err != nil {
		return casework.Case{}, err
	}
	var c casework.Case
	err := o.InTx(ctx, func(tx Tx) error {
		var err error
		if c, err = tx.Case(id); err != nil {
			return err
		}
		branches, err := tx.Branches(id)
		if err != nil {
			return err
		}
		measures, err := tx.Measures(id)
		if err != nil {
			return err
		}
		acts, err := tx.Acts(id)
		if err != nil {
			return err
		}
		if err := standsAside(tx, by, file{casework.Whole{Case: c, Branches: branches}, acts}); err != nil {
			return err
		}
		if waiting := casework.Awaiting(acts); len(waiting) > 0 {
			return inspections.Fail(inspections.Conflict, "case.handover_open", "case", c.Number, "act", waiting[0].Seq)
		}
		if err := c.Close(branches, measures, tx.Now()); err != nil {
			return err
		}
		if err := tx.SaveCase(c); err != nil {
			return err
		}
		subject := subjectCase(id)
		if err := duties.Fulfil(tx, duties.Filter{Kind: duties.CaseConclude, Subject: subject}, "closed"); err != nil {
			return err
		}
		return record(tx, by, "case.closed", subject, map[string]any{"number": c.Number})
	})
	return c, err
}
