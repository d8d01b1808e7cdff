package scheduler_test

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/scheduler"
)

func TestAWeekIsToldWhenItsLinksArePublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.run(week10.Sunday().End().Add(-time.Minute), nil)
	row, _ := w.freeze(week10)
	_, err := scheduler.TellWeek(row, w.slots(week10))
	wantKey(t, err, "week.not_revealed")
	w.run(week10.Sunday().End().Add(time.Minute), nil)
	story, err := scheduler.TellWeek(row, w.slots(week10))
	if err != nil || !story.HashHolds || story.Teams != 40 || story.InBag != 40 || story.Weights != 40_000 || len(story.Slots) != 14 {
		t.Fatalf("got %+v, %v", story, err)
	}
	visits := 0
	for _, s := range story.Slots {
		if !s.LinkHolds || !s.Holds {
			t.Errorf("slot %d does not hold: %+v", s.Slot, s)
		}
		drawn := s.Outcome == inspections.SlotDispatch
		if drawn != (s.Forced || s.Drawn < s.Hazard) && s.Drawn != s.Hazard {
			t.Errorf("slot %d: %s with forced %v, drew %d against %d", s.Slot, s.Outcome, s.Forced, s.Drawn, s.Hazard)
		}
		if drawn {
			visits++
			if s.Team == 0 || len(s.Pair) != 2 || s.Pairs < 1 || s.Weight != 1000 || s.FromBag != (s.BagDrawn < s.Bag) && s.BagDrawn != s.Bag {
				t.Errorf("got %+v", s)
			}
		}
		if s.Arrive.Before(s.Start.Time) || !s.Arrive.Before(s.End.Time) {
			t.Errorf("slot %d: arrival %s outside its window", s.Slot, s.Arrive)
		}
	}
	if visits < 2 {
		t.Errorf("got %d visits, want at least two", visits)
	}
	changed := row
	changed.Hash = row.Hash[1:] + "0"
	if story, err := scheduler.TellWeek(changed, w.slots(week10)); err != nil || story.HashHolds {
		t.Errorf("another hash holds: %v", err)
	}
}
