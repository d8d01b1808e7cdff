package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type weekPlanRow struct {
	inspections.WeekPlan
	DroppedText  string `db:"dropped"`
	EveningsText string `db:"evenings"`
}

var (
	specialOrders   = table[inspections.SpecialOrder]{name: "special_orders", noun: "special_order", keys: []string{"visit_id"}}
	inspectorLeaves = table[inspections.InspectorLeave]{name: "inspector_leaves", noun: "inspector_leave"}
	weightChanges   = table[inspections.WeightChange]{name: "weight_changes", noun: "weight_change"}
	complaints      = table[inspections.Complaint]{name: "complaints", noun: "complaint"}
	weekPlans       = table[weekPlanRow]{name: "week_plans", noun: "week_plan"}
	beacons         = table[inspections.Beacon]{name: "beacons", noun: "beacon", keys: []string{"iso_year", "iso_week"}}
)

// AddSpecialOrder records why a special visit was sent. Error: Conflict when it is on record.
func (t *Tx) AddSpecialOrder(o inspections.SpecialOrder) error { return specialOrders.insert(t, o) }

// SpecialOrder reads why a special visit was sent. Error: NotFound.
func (t *Tx) SpecialOrder(id inspections.VisitID) (inspections.SpecialOrder, error) {
	return specialOrders.one(t, int64(id), by("visit_id = ?", id), "")
}

// AddInspectorLeave sets the id.
func (t *Tx) AddInspectorLeave(l *inspections.InspectorLeave) error {
	if err := claim(t, "inspector_leave", &l.ID); err != nil {
		return err
	}
	return inspectorLeaves.insert(t, *l)
}

// InspectorLeaves lists, by id, those that touch the span, both days included.
func (t *Tx) InspectorLeaves(from, until calendar.Date) ([]inspections.InspectorLeave, error) {
	w := by("from_day <= ?", until)
	w.and("(until_day = '' OR until_day >= ?)", from)
	return inspectorLeaves.all(t, w, "ORDER BY id")
}

// AddWeightChange sets the id.
func (t *Tx) AddWeightChange(c *inspections.WeightChange) error {
	if err := claim(t, "weight_change", &c.ID); err != nil {
		return err
	}
	return weightChanges.insert(t, *c)
}

// SaveWeightChange writes the decision of a change. Errors: NotFound; Conflict "store.sealed" when it is
// decided already.
func (t *Tx) SaveWeightChange(c inspections.WeightChange) error { return weightChanges.update(t, c) }

// WeightChange reads one change. Error: NotFound.
func (t *Tx) WeightChange(id inspections.WeightChangeID) (inspections.WeightChange, error) {
	return weightChanges.one(t, int64(id), by("id = ?", id), "")
}

// WeightChanges lists all by id.
func (t *Tx) WeightChanges() ([]inspections.WeightChange, error) {
	return weightChanges.all(t, where{}, "ORDER BY id")
}

// AddComplaint sets the id.
func (t *Tx) AddComplaint(c *inspections.Complaint) error {
	if err := claim(t, "complaint", &c.ID); err != nil {
		return err
	}
	return complaints.insert(t, *c)
}

// Complaints lists, by id, those that came on the days from … until.
func (t *Tx) Complaints(from, until calendar.Date) ([]inspections.Complaint, error) {
	w := by("day >= ?", from)
	w.and("day <= ?", until)
	return complaints.all(t, w, "ORDER BY id")
}

// AddWeekPlan sets the id.
func (t *Tx) AddWeekPlan(p *inspections.WeekPlan) error {
	if err := claim(t, "week_plan", &p.ID); err != nil {
		return err
	}
	dropped, err := asText(p.Dropped)
	if err != nil {
		return err
	}
	evenings, err := asText(p.Evenings)
	if err != nil {
		return err
	}
	return weekPlans.insert(t, weekPlanRow{*p, dropped, evenings})
}

// WeekPlan reads the newest plan of a week. Error: NotFound.
func (t *Tx) WeekPlan(w calendar.Week) (inspections.WeekPlan, error) {
	row, err := weekPlans.one(t, w.String(), inWeek(w), "ORDER BY id DESC LIMIT 1")
	if err == nil {
		err = fromText(row.DroppedText, &row.Dropped)
	}
	if err == nil {
		err = fromText(row.EveningsText, &row.Evenings)
	}
	return row.WeekPlan, err
}

// AddBeacon records the value of a week's beacon. Error: Conflict when it has one.
func (t *Tx) AddBeacon(b inspections.Beacon) error { return beacons.insert(t, b) }

// Beacon reads the value of a week's beacon. Error: NotFound.
func (t *Tx) Beacon(w calendar.Week) (inspections.Beacon, error) {
	return beacons.one(t, w.String(), inWeek(w), "")
}
