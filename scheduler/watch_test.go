package scheduler_test

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// history puts n visits on record, one a day before the test's start, as one says.
func history(w *world, n int, one func(i int) inspections.Visit) {
	w.tx(func(tx *store.Tx) error {
		for i := range n {
			v := one(i)
			at := start.AddDate(0, 0, -1-i)
			week := calendar.WeekOf(calendar.DateOf(at))
			v.Start, v.End, v.Year, v.Week, v.Slot = calendar.InstantOf(at), calendar.InstantOf(at.Add(time.Hour)), week.Year, week.Number, 1+i%7
			if v.Team == 0 {
				v.Team = inspections.TeamID(1 + i%40)
			}
			if err := tx.AddVisit(&v); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestWatch(t *testing.T) {
	t.Parallel()
	pair := func(i int) (inspections.InspectorID, inspections.InspectorID) {
		a := i % 11
		return inspections.InspectorID(a + 1), inspections.InspectorID(a + 2)
	}
	visit := func(i int) inspections.Visit {
		a, b := pair(i)
		v := inspections.Visit{Kind: inspections.VisitRandom, First: a, Second: b, State: inspections.VisitCompleted}
		if i%17 == 0 {
			v.State = inspections.VisitCancelled // six in a hundred fall through anyway
		}
		return v
	}
	t.Run("names who gives up visits far more often than the others, with the numbers", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		history(w, 200, func(i int) inspections.Visit {
			v := visit(i)
			if v.First == 1 && i%2 == 0 {
				v.State = inspections.VisitCancelled
			}
			return v
		})
		got, err := w.Look(t.Context(), calendar.InstantOf(start))
		if err != nil || len(got.Aborts) == 0 {
			t.Fatalf("got %+v, %v", got, err)
		}
		worst := got.Aborts[0]
		if worst.Party != (inspections.Party{Kind: inspections.PartyInspector, ID: 1}) || worst.Visits < 18 || worst.Aborted < 9 || worst.TailPPM > 1000 {
			t.Errorf("got %+v", worst)
		}
	})
	t.Run("names nobody when visits fall through as they always do", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		history(w, 200, visit)
		got, err := w.Look(t.Context(), calendar.InstantOf(start))
		if err != nil || len(got.Aborts) != 0 || got.Pattern.Guessable {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("warns with a number when special visits make the pattern", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		history(w, 170, func(i int) inspections.Visit {
			v := visit(i)
			v.State = inspections.VisitCompleted
			if start.AddDate(0, 0, -1-i).Weekday() == time.Tuesday {
				v.Kind = inspections.VisitManual
			}
			return v
		})
		got, err := w.Look(t.Context(), calendar.InstantOf(start))
		p := got.Pattern
		if err != nil || !p.Guessable || p.Weekday != 2 || p.OnWeekday != p.Special || p.Special < 20 || p.WeekdayPPM > 10 || p.SharePercent != 14 {
			t.Errorf("got %+v, %v", p, err)
		}
	})
	t.Run("reads overrides and the largest probability from the newest book", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		got, err := w.Look(t.Context(), calendar.InstantOf(freezeAt))
		if err != nil || got.Pattern.Teams != 40 || got.Pattern.MaxPermille < 25 || got.Pattern.MaxPermille > 80 || got.Pattern.Guessable {
			t.Errorf("got %+v, %v", got.Pattern, err)
		}
	})
}
