package store

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

// branchRow says how the party of a branch is stored.
type branchRow struct {
	casework.Branch
	partyColumns
}

var (
	cases    = table[casework.Case]{name: "cases", noun: "case"}
	branches = table[branchRow]{name: "branches", noun: "branch", keys: []string{"case_id", "seq"}}
	measures = table[casework.Measure]{name: "measures", noun: "measure"}
)

// AddCase sets the id and, unless it has one, the number: the year of the proposal in Asia/Shanghai and a
// running number without gaps, "2025-003". A case is never added closed (Conflict "case.gate").
func (t *Tx) AddCase(c *casework.Case) error {
	if err := claim(t, "case", &c.ID); err != nil {
		return err
	}
	if c.Number == "" {
		proposed := c.Proposed
		if proposed.IsZero() {
			proposed = t.Now()
		}
		year := proposed.Local().Year()
		n, err := t.NextNumber("case", year)
		if err != nil {
			return err
		}
		c.Number = fmt.Sprintf("%04d-%03d", year, n)
	} else if err := t.keepCaseNumber(c.Number); err != nil {
		return err
	}
	return cases.insert(t, *c)
}

// keepCaseNumber makes numbering go on above the number of a case that comes from another database.
func (t *Tx) keepCaseNumber(number string) error {
	var year, n int
	if _, err := fmt.Sscanf(number, "%d-%d", &year, &n); err != nil || fmt.Sprintf("%04d-%03d", year, n) != number {
		return inspections.Fail(inspections.Invalid, "store.case_number", "number", number)
	}
	return t.raise(numberSeries("case", year), int64(n))
}

// SaveCase replaces the case of that id. Error: Conflict "case.gate" when it may not close yet (3.6).
func (t *Tx) SaveCase(c casework.Case) error { return cases.update(t, c) }

// Case reads one case.
func (t *Tx) Case(id inspections.CaseID) (casework.Case, error) {
	return cases.one(t, int64(id), by("id = ?", id), "")
}

// CaseByNumber reads one case.
func (t *Tx) CaseByNumber(number string) (casework.Case, error) {
	return cases.one(t, number, by("number = ?", number), "")
}

// Cases lists by id.
func (t *Tx) Cases(f casework.Filter) ([]casework.Case, error) {
	var w where
	if f.State != "" {
		w.and("state = ?", f.State)
	}
	if f.Township != 0 {
		w.and("township_id = ?", f.Township)
	}
	if f.Unit != 0 {
		w.and(`EXISTS (SELECT 1 FROM branches b WHERE b.county_id = cases.county_id AND b.case_id = cases.id
			AND b.party_kind = ? AND b.party_id = ?)`, inspections.PartyUnit, f.Unit)
	}
	if f.Member != 0 {
		w.and("member_id = ?", f.Member)
	}
	if f.Visit != 0 {
		w.and("visit_id = ?", f.Visit)
	}
	if !f.From.IsZero() {
		w.and("proposed_at >= ?", f.From)
	}
	if !f.Until.IsZero() {
		w.and("proposed_at < ?", f.Until)
	}
	return cases.all(t, w, "ORDER BY id")
}

// AddBranch writes an investigation of a case.
func (t *Tx) AddBranch(b casework.Branch) error {
	return branches.insert(t, branchRow{b, columnsOfParty(b.Party)})
}

// SaveBranch replaces the branch of that case and number.
func (t *Tx) SaveBranch(b casework.Branch) error {
	return branches.update(t, branchRow{b, columnsOfParty(b.Party)})
}

// Branches lists the investigations of a case by number.
func (t *Tx) Branches(id inspections.CaseID) ([]casework.Branch, error) {
	rows, err := branches.all(t, by("case_id = ?", id), "ORDER BY seq")
	if err != nil {
		return nil, err
	}
	var list []casework.Branch
	for _, r := range rows {
		r.Party = r.party()
		list = append(list, r.Branch)
	}
	return list, nil
}

// AddMeasure sets the id.
func (t *Tx) AddMeasure(m *casework.Measure) error {
	if err := claim(t, "measure", &m.ID); err != nil {
		return err
	}
	return measures.insert(t, *m)
}

// SaveMeasure replaces the measure of that id.
func (t *Tx) SaveMeasure(m casework.Measure) error { return measures.update(t, m) }

// Measures lists the measures of a case by id.
func (t *Tx) Measures(id inspections.CaseID) ([]casework.Measure, error) {
	return measures.all(t, by("case_id = ?", id), "ORDER BY id")
}
