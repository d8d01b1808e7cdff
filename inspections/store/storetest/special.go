package storetest

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

func specialRoundTrips(t *testing.T, db Database) {
	s, base := grounded(t, db)
	var inspector inspections.Inspector
	write(t, s, func(tx *store.Tx) error { return tx.AddInspector(&inspector) })
	rounds(t, s, func(g *generator, tx *store.Tx) {
		var order inspections.SpecialOrder
		var leave inspections.InspectorLeave
		var change inspections.WeightChange
		var complaint inspections.Complaint
		var plan inspections.WeekPlan
		var beacon inspections.Beacon
		for _, v := range []any{&order, &leave, &change, &complaint, &plan, &beacon} {
			g.fill(v)
		}
		if !leave.Until.IsZero() {
			leave.From, leave.Until = min(leave.From, leave.Until), max(leave.From, leave.Until)
		}
		visit := inspections.Visit{Kind: inspections.VisitManual, State: inspections.VisitReleased, Team: base.team.ID}
		g.done(tx.AddVisit(&visit))
		week := calendar.Week{Year: 2000 + g.n, Number: 1}
		order.Visit, leave.Inspector, change.Team, complaint.Team = visit.ID, inspector.ID, base.team.ID, base.team.ID
		plan.Year, plan.Week, beacon.Year, beacon.Week = week.Year, week.Number, week.Year, week.Number
		change.Decided, change.Approved, change.Decider = calendar.Instant{}, false, 0
		g.done(first(tx.AddSpecialOrder(order), tx.AddInspectorLeave(&leave), tx.AddWeightChange(&change),
			tx.AddComplaint(&complaint), tx.AddWeekPlan(&plan), tx.AddBeacon(beacon)))

		gotOrder, err := tx.SpecialOrder(visit.ID)
		g.done(err)
		g.same(gotOrder, order)
		leaves, err := tx.InspectorLeaves(leave.From, leave.From)
		g.done(err)
		g.same(last(leaves), leave)
		told, err := tx.Complaints(complaint.Day, complaint.Day)
		g.done(err)
		g.same(last(told), complaint)
		gotPlan, err := tx.WeekPlan(week)
		g.done(err)
		g.same(gotPlan, plan)
		gotBeacon, err := tx.Beacon(week)
		g.done(err)
		g.same(gotBeacon, beacon)
		for range 2 {
			got, err := tx.WeightChange(change.ID)
			g.done(err)
			g.same(got, change)
			all, err := tx.WeightChanges()
			g.done(err)
			g.same(last(all), change)
			if change.Decided.IsZero() {
				change.Decided, change.Approved, change.Decider = tx.Now(), true, 7
				g.done(tx.SaveWeightChange(change))
			}
		}
	})
}

func specialLists(t *testing.T, db Database) {
	s, base := grounded(t, db)
	day := calendar.NewDate(2025, 3, 10)
	var inspector inspections.Inspector
	write(t, s, func(tx *store.Tx) error {
		if err := tx.AddInspector(&inspector); err != nil {
			return err
		}
		for _, span := range [][2]int{{-9, -1}, {-3, 0}, {1, 1}, {5, 9}, {6, 9}} {
			if err := tx.AddInspectorLeave(&inspections.InspectorLeave{Inspector: inspector.ID, From: day.Add(span[0]), Until: day.Add(span[1])}); err != nil {
				return err
			}
		}
		for i := range 4 {
			if err := tx.AddComplaint(&inspections.Complaint{Team: base.team.ID, Day: day.Add(i)}); err != nil {
				return err
			}
		}
		return first(
			tx.AddInspectorLeave(&inspections.InspectorLeave{Inspector: inspector.ID, From: day.Add(-30)}), // not yet over
			tx.AddWeekPlan(&inspections.WeekPlan{Year: 2025, Week: 11, Reason: "first"}),
			tx.AddWeekPlan(&inspections.WeekPlan{Year: 2025, Week: 11, Reason: "second"}),
		)
	})
	view(t, s, func(tx *store.Tx) error {
		leaves, err := tx.InspectorLeaves(day, day.Add(5))
		equal(t, ids(leaves, func(l inspections.InspectorLeave) inspections.InspectorLeaveID { return l.ID }), []int64{2, 3, 4, 6})
		told, err2 := tx.Complaints(day.Add(1), day.Add(2))
		equal(t, ids(told, func(c inspections.Complaint) inspections.ComplaintID { return c.ID }), []int64{2, 3})
		plan, err3 := tx.WeekPlan(calendar.Week{Year: 2025, Number: 11})
		equal(t, plan.Reason, "second")
		return first(err, err2, err3)
	})
}

func specialGates(t *testing.T, db Database) {
	s, base := grounded(t, db)
	week := calendar.Week{Year: 2025, Number: 11}
	change := inspections.WeightChange{Team: base.team.ID, Weight: 0, Proposer: 1}
	write(t, s, func(tx *store.Tx) error {
		return first(tx.AddWeightChange(&change), tx.AddBeacon(inspections.Beacon{Year: 2025, Week: 11, Value: "aa"}))
	})
	refuse(t, s, inspections.Conflict, "store.sealed", func(tx *store.Tx) error {
		other := change
		other.Weight, other.Decided = 3000, tx.Now()
		return tx.SaveWeightChange(other) // the decision may not change what was proposed
	})
	change.Decider, change.Approved = 2, true
	write(t, s, func(tx *store.Tx) error { change.Decided = tx.Now(); return tx.SaveWeightChange(change) })
	refuse(t, s, inspections.Conflict, "store.sealed", func(tx *store.Tx) error {
		again := change
		again.Approved = false
		return tx.SaveWeightChange(again)
	})
	refuse(t, s, inspections.Conflict, "store.duplicate", func(tx *store.Tx) error {
		return tx.AddBeacon(inspections.Beacon{Year: 2025, Week: 11, Value: "bb"})
	})
	for _, add := range []func(*store.Tx) error{
		func(tx *store.Tx) error { return tx.AddSpecialOrder(inspections.SpecialOrder{Visit: 99}) },
		func(tx *store.Tx) error { return tx.AddInspectorLeave(&inspections.InspectorLeave{Inspector: 99}) },
		func(tx *store.Tx) error { return tx.AddWeightChange(&inspections.WeightChange{Team: 99}) },
		func(tx *store.Tx) error { return tx.AddComplaint(&inspections.Complaint{Team: 99}) },
	} {
		refuse(t, s, inspections.Invalid, "store.reference", add)
	}
	for _, read := range []func(*store.Tx) error{
		func(tx *store.Tx) error { _, err := tx.SpecialOrder(9); return err },
		func(tx *store.Tx) error { _, err := tx.WeightChange(9); return err },
		func(tx *store.Tx) error { _, err := tx.WeekPlan(week.Add(1)); return err },
		func(tx *store.Tx) error { _, err := tx.Beacon(week.Add(1)); return err },
	} {
		refuse(t, s, inspections.NotFound, "store.not_found", read)
	}
}
