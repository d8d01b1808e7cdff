package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

// rectificationRow says how the party of a line of the ledger is stored.
type rectificationRow struct {
	casework.Rectification
	partyColumns
}

var (
	acts           = table[casework.Act]{name: "case_acts", noun: "act", keys: []string{"case_id", "seq"}}
	caseRules      = table[casework.Rule]{name: "case_rules", noun: "case_rule", keys: []string{"seq"}}
	problemKinds   = table[casework.Problem]{name: "problem_kinds", noun: "problem_kind", keys: []string{"seq"}}
	rectifications = table[rectificationRow]{name: "rectifications", noun: "rectification"}
)

// AddAct writes the next act of a case and sets its Seq.
func (t *Tx) AddAct(a *casework.Act) error {
	var last int
	if _, err := t.get(&last, `SELECT COALESCE(MAX(seq), 0) FROM case_acts WHERE county_id = ? AND case_id = ?`, t.County(), a.Case); err != nil {
		return err
	}
	a.Seq = last + 1
	return acts.insert(t, *a)
}

// Acts lists what was done in a case, in order.
func (t *Tx) Acts(id inspections.CaseID) ([]casework.Act, error) {
	return acts.all(t, by("case_id = ?", id), "ORDER BY seq")
}

// AddRule writes the next line of the table of powers and proposals and sets its Seq.
func (t *Tx) AddRule(r *casework.Rule) error {
	n, err := t.next("case_rule")
	if err != nil {
		return err
	}
	r.Seq = int(n)
	return caseRules.insert(t, *r)
}

// Rules lists every line ever set, in order.
func (t *Tx) Rules() (casework.Rules, error) {
	list, err := caseRules.all(t, where{}, "ORDER BY seq")
	return casework.Rules(list), err
}

// AddProblem writes the next line of the table of kinds of problem and sets its Seq.
func (t *Tx) AddProblem(p *casework.Problem) error {
	n, err := t.next("problem_kind")
	if err != nil {
		return err
	}
	p.Seq = int(n)
	return problemKinds.insert(t, *p)
}

// Problems lists every line of the table of kinds of problem ever set, in order.
func (t *Tx) Problems() (casework.Problems, error) {
	list, err := problemKinds.all(t, where{}, "ORDER BY seq")
	return casework.Problems(list), err
}

// AddRectification writes a line of the ledger and sets its id.
func (t *Tx) AddRectification(r *casework.Rectification) error {
	if err := claim(t, "rectification", &r.ID); err != nil {
		return err
	}
	return rectifications.insert(t, rectificationRow{*r, columnsOfParty(r.Party)})
}

// SaveRectification replaces the line of that id. Error: Conflict "rectify.gate" for a closed line, or for
// closing one that was not reported or says not how it was verified.
func (t *Tx) SaveRectification(r casework.Rectification) error {
	return rectifications.update(t, rectificationRow{r, columnsOfParty(r.Party)})
}

// Rectification reads one line. Error: NotFound.
func (t *Tx) Rectification(id inspections.MeasureID) (casework.Rectification, error) {
	r, err := rectifications.one(t, int64(id), by("id = ?", id), "")
	r.Rectification.Party = r.party()
	return r.Rectification, err
}

// Rectifications lists the ledger by id.
func (t *Tx) Rectifications() ([]casework.Rectification, error) {
	rows, err := rectifications.all(t, where{}, "ORDER BY id")
	if err != nil {
		return nil, err
	}
	var list []casework.Rectification
	for _, r := range rows {
		r.Rectification.Party = r.party()
		list = append(list, r.Rectification)
	}
	return list, nil
}
