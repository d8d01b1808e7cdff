package scheduler_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
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

func TestAPatternThatCanBeGuessedIsToldOnceAMonth(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	history(w, 100, func(i int) inspections.Visit {
		v := inspections.Visit{Kind: inspections.VisitRandom, First: inspections.InspectorID(1 + i%11), Second: inspections.InspectorID(2 + i%11), State: inspections.VisitCompleted}
		switch {
		case i%2 == 0:
			v.Kind = inspections.VisitManual
		case v.First == 3 || v.Second == 3:
			v.State = inspections.VisitCancelled
		}
		return v
	})
	told := func(r scheduler.Report) (list []string) {
		for _, subject := range r.Alarms {
			if strings.HasPrefix(subject, scheduler.AlarmGuessable) || strings.HasPrefix(subject, scheduler.AlarmAborts) {
				list = append(list, subject)
			}
		}
		return list
	}
	var got []string
	for at := freezeAt; at.Before(freezeAt.AddDate(0, 0, 50)); at = at.AddDate(0, 0, 7) {
		got = append(got, told(w.at(at))...)
	}
	slices.Sort(got)
	if twice := slices.Compact(slices.Clone(got)); len(twice) != len(got) {
		t.Errorf("told twice: %v", got)
	}
	for _, want := range []string{"guessable/2025-03", "aborts/inspector/3/2025-03", "guessable/2025-04", "aborts/inspector/3/2025-04"} {
		if !slices.Contains(got, want) {
			t.Errorf("got alarms %v, want %s among them", got, want)
		}
	}
	for _, l := range w.letters(inspections.LetterAlarm) {
		var a inspections.AlarmArgs
		if err := json.Unmarshal(l.Args, &a); err != nil {
			t.Fatal(err)
		}
		switch a.Key {
		case scheduler.AlarmGuessable:
			if a.Params["special"] != "50" || a.Params["share"] != "50" {
				t.Errorf("got %v", a.Params)
			}
		case scheduler.AlarmAborts:
			if a.Params["name"] == "" || a.Params["aborted"] == "" {
				t.Errorf("got %v", a.Params)
			}
		}
	}
}
