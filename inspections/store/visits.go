package store

import (
	"anfang.example/inspections"
)

var (
	visits      = table[inspections.Visit]{name: "visits", noun: "visit"}
	attendances = table[inspections.Attendance]{name: "attendances", noun: "attendance", keys: []string{"visit_id", "member_id"}}
	checks      = table[inspections.Check]{name: "checks", noun: "check", keys: []string{"visit_id", "party_kind", "clause", "item"}}
	evidence    = table[inspections.Evidence]{name: "evidence", noun: "evidence"}
	findings    = table[inspections.Finding]{name: "findings", noun: "finding"}
)

// AddVisit sets the id. Error: Conflict when the slot of a random visit has one already.
func (t *Tx) AddVisit(v *inspections.Visit) error {
	if err := claim(t, "visit", &v.ID); err != nil {
		return err
	}
	return visits.insert(t, *v)
}

// SaveVisit replaces the visit of that id.
func (t *Tx) SaveVisit(v inspections.Visit) error { return visits.update(t, v) }

// Visit reads one visit.
func (t *Tx) Visit(id inspections.VisitID) (inspections.Visit, error) {
	return visits.one(t, int64(id), by("id = ?", id), "")
}

// Visits lists by start time, then by id.
func (t *Tx) Visits(f inspections.VisitFilter) ([]inspections.Visit, error) {
	var w where
	if f.Kind != "" {
		w.and("kind = ?", f.Kind)
	}
	if f.State != "" {
		w.and("state = ?", f.State)
	}
	if f.Team != 0 {
		w.and("team_id = ?", f.Team)
	}
	if f.Inspector != 0 {
		w.and("(first_inspector_id = ? OR second_inspector_id = ?)", f.Inspector, f.Inspector)
	}
	if !f.From.IsZero() {
		w.and("start_at >= ?", f.From)
	}
	if !f.Until.IsZero() {
		w.and("start_at < ?", f.Until)
	}
	if f.Year != 0 {
		w.and("iso_year = ?", f.Year)
	}
	if f.Week != 0 {
		w.and("iso_week = ?", f.Week)
	}
	return visits.all(t, w, "ORDER BY start_at, id")
}

// PutAttendance writes or replaces a member's line.
func (t *Tx) PutAttendance(v inspections.Attendance) error { return attendances.put(t, v) }

// Attendances lists the lines of a visit by member.
func (t *Tx) Attendances(id inspections.VisitID) ([]inspections.Attendance, error) {
	return attendances.all(t, by("visit_id = ?", id), "ORDER BY member_id")
}

// PutCheck writes or replaces a line of the checklist.
func (t *Tx) PutCheck(v inspections.Check) error { return checks.put(t, v) }

// Checks lists the checklist of a visit by party, clause and item.
func (t *Tx) Checks(id inspections.VisitID) ([]inspections.Check, error) {
	return checks.all(t, by("visit_id = ?", id), "ORDER BY party_kind, clause, item")
}

// AddEvidence sets the id.
func (t *Tx) AddEvidence(v *inspections.Evidence) error {
	if err := claim(t, "evidence", &v.ID); err != nil {
		return err
	}
	return evidence.insert(t, *v)
}

// Evidence lists by id; a zero id does not narrow.
func (t *Tx) Evidence(visit inspections.VisitID, c inspections.CaseID) ([]inspections.Evidence, error) {
	var w where
	if visit != 0 {
		w.and("visit_id = ?", visit)
	}
	if c != 0 {
		w.and("case_id = ?", c)
	}
	return evidence.all(t, w, "ORDER BY id")
}

// AddFinding sets the id.
func (t *Tx) AddFinding(v *inspections.Finding) error {
	if err := claim(t, "finding", &v.ID); err != nil {
		return err
	}
	return findings.insert(t, *v)
}

// Findings lists by id.
func (t *Tx) Findings(f inspections.FindingFilter) ([]inspections.Finding, error) {
	var w where
	if f.Kind != "" {
		w.and("kind = ?", f.Kind)
	}
	if f.Visit != 0 {
		w.and("visit_id = ?", f.Visit)
	}
	if f.Member != 0 {
		w.and("member_id = ?", f.Member)
	}
	if f.Team != 0 {
		w.and("team_id = ?", f.Team)
	}
	if f.Township != 0 {
		w.and("township_id = ?", f.Township)
	}
	if !f.From.IsZero() {
		w.and(`"at" >= ?`, f.From)
	}
	if !f.Until.IsZero() {
		w.and(`"at" < ?`, f.Until)
	}
	return findings.all(t, w, "ORDER BY id")
}
