package simulate

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
)

// special is what stands beside the random draws. A run has none of it; the scheduler asks all the same.
type special struct {
	leaves []inspections.InspectorLeave
	plans  map[calendar.Week]inspections.WeekPlan // the newest of each week

	planCount int
	beacons   map[calendar.Week]inspections.Beacon
}

// beside is what the scheduler asks of a store only when it is asked for it itself: special visits, weights
// by two persons, what the weighing of teams reads. A run never does, and would stop at once if it did.
type beside struct{ scheduler.Tx }

// WeekPlan reads the newest plan of a week. Error: NotFound.
func (tx *Tx) WeekPlan(w calendar.Week) (inspections.WeekPlan, error) {
	return get(tx.special.plans, "week plan", w)
}

// AddWeekPlan sets the id; of several plans of a week the newest counts.
func (tx *Tx) AddWeekPlan(p *inspections.WeekPlan) error {
	week := calendar.Week{Year: p.Year, Number: p.Week}
	old, known := tx.special.plans[week]
	n := tx.special.planCount
	tx.back(func() {
		tx.special.planCount = n
		delete(tx.special.plans, week)
		if known {
			tx.special.plans[week] = old
		}
	})
	tx.special.planCount++
	p.ID = inspections.WeekPlanID(tx.special.planCount)
	if tx.special.plans == nil {
		tx.special.plans = map[calendar.Week]inspections.WeekPlan{}
	}
	tx.special.plans[week] = *p
	return nil
}

// Beacon reads the value of a week's beacon. Error: NotFound.
func (tx *Tx) Beacon(w calendar.Week) (inspections.Beacon, error) {
	return get(tx.special.beacons, "beacon", w)
}

// AddInspectorLeave sets the id.
func (tx *Tx) AddInspectorLeave(l *inspections.InspectorLeave) error {
	old := tx.special.leaves
	tx.back(func() { tx.special.leaves = old })
	l.ID = inspections.InspectorLeaveID(len(old) + 1)
	tx.special.leaves = append(slices.Clip(old), *l)
	return nil
}

// InspectorLeaves lists, by id, those that touch the span, both days included.
func (tx *Tx) InspectorLeaves(from, until calendar.Date) ([]inspections.InspectorLeave, error) {
	var found []inspections.InspectorLeave
	for _, l := range tx.special.leaves {
		if l.From <= until && (l.Until.IsZero() || l.Until >= from) {
			found = append(found, l)
		}
	}
	return found, nil
}
