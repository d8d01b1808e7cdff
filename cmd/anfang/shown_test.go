package main

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// A business clock ahead of the real one opens no visit that is still under way.
func TestNothingIsShownAheadOfTheRealClock(t *testing.T) {
	t.Parallel()
	day := calendar.NewDate(2025, 3, 3)
	c := &cli{wall: func() time.Time { return day.At(9, 0) }}
	visit := inspections.Visit{State: inspections.VisitReleased, End: calendar.InstantOf(day.At(11, 30))}
	if seesVisit(operator, visit, c.shown(calendar.InstantOf(day.At(15, 0)))) {
		t.Error("the office sees a visit under way by looking with a later clock")
	}
	c.wall = func() time.Time { return day.At(11, 31) }
	if !seesVisit(operator, visit, c.shown(calendar.InstantOf(day.At(15, 0)))) {
		t.Error("the office does not see a visit that is over")
	}
	if early := calendar.InstantOf(day.At(8, 0)); c.shown(early) != early {
		t.Error("the real clock moved a business clock that lies before it")
	}
}

// A moment may be written with its zone or as the office's clock.
func TestMomentsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	want := calendar.NewDate(2025, 3, 12).At(9, 40)
	for _, text := range []string{"2025-03-12T09:40:00+08:00", "2025-03-12T01:40:00Z", "2025-03-12T09:40", "2025-03-12 09:40"} {
		if got, err := momentOf(text); err != nil || !got.Equal(want) {
			t.Errorf("%s: got %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "09:40", "2025-03-12", "2025-03-12 25:00", "2025-02-30 09:40"} {
		if got, err := momentOf(text); err == nil {
			t.Errorf("%q was taken for %s", text, got)
		}
	}
}
