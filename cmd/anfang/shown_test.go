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
