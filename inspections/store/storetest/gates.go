package storetest

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
)

// openCase adds a case with a branch that is concluded and one that is not, and a measure to be executed.
func openCase(tx *store.Tx) (c casework.Case, waiting casework.Branch, measure casework.Measure, err error) {
	c = casework.Case{State: casework.Open}
	if err = tx.AddCase(&c); err != nil {
		return
	}
	waiting = casework.Branch{Case: c.ID, Seq: 2, Side: casework.SideUnit, State: casework.BranchOpen}
	measure = casework.Measure{Case: c.ID, Branch: 1, Kind: casework.MeasureTalk}
	err = first(
		tx.AddBranch(casework.Branch{Case: c.ID, Seq: 1, Side: casework.SideTownship, State: casework.BranchConcluded}),
		tx.AddBranch(waiting),
		tx.AddMeasure(&measure),
	)
	return
}

func caseGate(t *testing.T, db Database) {
	s := db(t, County, nil)
	var c casework.Case
	var waiting casework.Branch
	var measure casework.Measure
	write(t, s, func(tx *store.Tx) (err error) {
		c, waiting, measure, err = openCase(tx)
		return err
	})
	closing := func(tx *store.Tx) error {
		closed := c
		closed.State, closed.ClosedAt = casework.Closed, tx.Now()
		return tx.SaveCase(closed)
	}
	refuse(t, s, inspections.Conflict, "case.gate", closing)
	measure.Executed = moment(1)
	write(t, s, func(tx *store.Tx) error { return tx.SaveMeasure(measure) })
	refuse(t, s, inspections.Conflict, "case.gate", closing) // the branch is open still
	waiting.State, measure.Executed = casework.BranchConcluded, calendar.Instant{}
	write(t, s, func(tx *store.Tx) error { return first(tx.SaveBranch(waiting), tx.SaveMeasure(measure)) })
	refuse(t, s, inspections.Conflict, "case.gate", closing) // the measure is not carried out
	measure.Executed = moment(1)
	write(t, s, func(tx *store.Tx) error { return first(tx.SaveMeasure(measure), closing(tx)) })

	refuse(t, s, inspections.Conflict, "case.gate", func(tx *store.Tx) error {
		bare := casework.Case{State: casework.Open}
		if err := tx.AddCase(&bare); err != nil {
			return err
		}
		bare.State, bare.ClosedAt = casework.Closed, tx.Now()
		return tx.SaveCase(bare) // nothing was investigated
	})
	refuse(t, s, inspections.Conflict, "case.gate", func(tx *store.Tx) error {
		return tx.AddCase(&casework.Case{State: casework.Closed, ClosedAt: tx.Now()})
	})
}

func closedCase(t *testing.T, db Database) {
	s := db(t, County, nil)
	var c casework.Case
	var branch casework.Branch
	var measure casework.Measure
	write(t, s, func(tx *store.Tx) (err error) {
		if c, branch, measure, err = openCase(tx); err != nil {
			return err
		}
		branch.State, measure.Executed = casework.BranchConcluded, tx.Now()
		c.State, c.ClosedAt = casework.Closed, tx.Now()
		return first(tx.SaveBranch(branch), tx.SaveMeasure(measure), tx.SaveCase(c))
	})
	reopened, undone := branch, measure
	reopened.State, undone.Executed = casework.BranchOpen, calendar.Instant{}
	for _, step := range []func(*store.Tx) error{
		func(tx *store.Tx) error { return tx.SaveBranch(reopened) },
		func(tx *store.Tx) error { return tx.SaveMeasure(undone) },
		func(tx *store.Tx) error {
			return tx.AddMeasure(&casework.Measure{Case: c.ID, Branch: 1, Kind: casework.MeasureTalk})
		},
		func(tx *store.Tx) error {
			return tx.AddBranch(casework.Branch{Case: c.ID, Seq: 3, Side: casework.SideMember, State: casework.BranchAwaiting})
		},
	} {
		refuse(t, s, inspections.Conflict, "case.gate", step)
	}
}

func addedOnce(t *testing.T, db Database) {
	s := db(t, County, nil)
	week := calendar.Week{Year: 2025, Number: 11}
	write(t, s, func(tx *store.Tx) error {
		return first(
			tx.AddFreeze(inspections.Freeze{Year: 2025, Week: 11, Body: "{}"}),
			tx.AddSlot(inspections.Slot{Year: 2025, Week: 11, Slot: 2, Outcome: inspections.SlotNone}),
			tx.SetCoSeed(week, "1111111111", "某人", tx.Now()),
			tx.RevealSlot(week, 2, "aa"),
		)
	})
	write(t, s, func(tx *store.Tx) error { // told before the database is asked: the transaction goes on
		wantError(t, tx.SetCoSeed(week, "2222222222", "某人", tx.Now()), inspections.Conflict, "week.coseed_set")
		return nil
	})
	refuse(t, s, inspections.Conflict, "store.sealed", func(tx *store.Tx) error { return tx.RevealSlot(week, 2, "bb") })
	view(t, s, func(tx *store.Tx) error {
		f, err := tx.Freeze(week)
		equal(t, f.CoSeed, "1111111111")
		return err
	})
}

func caseNumbers(t *testing.T, db Database) {
	s := db(t, County, nil)
	proposed := []struct {
		at   time.Time
		want string
	}{
		{time.Date(2024, 12, 31, 15, 59, 0, 0, time.UTC), "2024-001"},
		{time.Date(2024, 12, 31, 16, 0, 0, 0, time.UTC), "2025-001"}, // midnight in Shanghai
		{time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), "2025-002"},
		{time.Time{}, "2025-003"}, // now
	}
	write(t, s, func(tx *store.Tx) error {
		for _, p := range proposed {
			c := casework.Case{State: casework.Proposed, Proposed: calendar.InstantOf(p.at)}
			if err := tx.AddCase(&c); err != nil {
				return err
			}
			equal(t, c.Number, p.want)
		}
		moved := casework.Case{ID: 70, Number: "2025-012", State: casework.Proposed}
		next := casework.Case{State: casework.Proposed}
		err := first(tx.AddCase(&moved), tx.AddCase(&next))
		equal(t, []any{next.ID, next.Number}, []any{inspections.CaseID(71), "2025-013"})
		return err
	})
	refuse(t, s, inspections.Invalid, "store.case_number", func(tx *store.Tx) error {
		return tx.AddCase(&casework.Case{Number: "25-1", State: casework.Proposed})
	})
}
