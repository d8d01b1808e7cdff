package scheduler_test

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

func TestTenWeeksHaveTwoVisitsEachAndRecompute(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	last := week10.Add(9)
	w.run(last.Sunday().End().Add(2*time.Minute), nil)

	for week := week10; !last.Before(week); week = week.Add(1) {
		done := w.visits(inspections.VisitFilter{Kind: inspections.VisitRandom, State: inspections.VisitCompleted, Year: week.Year, Week: week.Number})
		if len(done) < 2 {
			t.Errorf("%s: got %d completed visits, want at least 2", week, len(done))
		}
		_, book := w.freeze(week)
		if got, want := len(w.slots(week)), len(book.Slots); got != want {
			t.Errorf("%s: got %d slot rows, want %d", week, got, want)
		}
		check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week)
		if err != nil {
			t.Fatal(err)
		}
		if !check.Sound || check.Open != 0 {
			t.Errorf("%s does not verify: %+v", week, check)
		}
		for _, slot := range check.Slots {
			if !slot.Drawn {
				t.Errorf("%s slot %d was not recomputed", week, slot.Slot)
			}
		}
	}
	proof, err := w.ExportProof(t.Context(), week10, last, calendar.InstantOf(w.clock.now()))
	if err != nil {
		t.Fatal(err)
	}
	report, err := scheduler.CheckProof(proof)
	if err != nil {
		t.Fatal(err)
	}
	if report.Weeks != 10 || report.Slots != 140 || report.Sealed != 0 || report.Missed != 0 || len(report.Unexplained) != 0 {
		t.Errorf("got proof %+v", report)
	}
	if got, want := len(w.letters(inspections.LetterGo)), 2*report.Dispatched; got != want {
		t.Errorf("got %d letters to pairs, want %d", got, want)
	}
	w.tx(func(tx *store.Tx) error {
		open, err := tx.Obligations(duties.Filter{Open: true, DueBy: calendar.InstantOf(w.clock.now())})
		if len(open) != 0 {
			t.Errorf("still owed: %+v", open)
		}
		if _, _, err := journal.Verify(tx); err != nil {
			t.Error(err)
		}
		return err
	})
	if got := w.at(w.clock.now()); !got.Empty() {
		t.Errorf("a second tick did %+v", got)
	}
}

func TestEverybodyOnStandbyGetsOneLetter(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.run(week10.Sunday().End().Add(time.Minute), nil)
	_, book := w.freeze(week10)
	want := 0
	for _, slot := range book.Slots {
		want += len(slot.Standby)
	}
	if got := len(w.letters(inspections.LetterGo)) + len(w.letters(inspections.LetterStandbyOver)); got != want {
		t.Errorf("got %d letters, want %d", got, want)
	}
	seen := map[inspections.Party]map[calendar.Instant]bool{}
	for _, l := range append(w.letters(inspections.LetterGo), w.letters(inspections.LetterStandbyOver)...) {
		if seen[l.To] == nil {
			seen[l.To] = map[calendar.Instant]bool{}
		}
		if seen[l.To][l.Created] {
			t.Errorf("two letters to %v at %s", l.To, l.Created.Text())
		}
		seen[l.To][l.Created] = true
	}
}

func TestVerifyWeekNamesWhatWasChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.run(week10.Sunday().End().Add(time.Minute), nil)
	check := func() scheduler.WeekCheck {
		got, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if !check().Sound {
		t.Fatalf("the untouched week does not verify: %+v", check())
	}
	visit := w.visits(inspections.VisitFilter{Kind: inspections.VisitRandom})[0]
	visit.Team = visit.Team%40 + 1
	w.tx(func(tx *store.Tx) error { return tx.SaveVisit(visit) })
	got := check()
	if got.Sound || got.Slots[visit.Slot-1].Fault != "visit" {
		t.Errorf("another team in the visit: got %+v, want fault visit", got.Slots[visit.Slot-1])
	}
	if _, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10.Add(5)); inspections.KindOf(err) != inspections.NotFound {
		t.Errorf("a week not sealed: got %v, want not found", err)
	}
}
