package scheduler_test

import (
	"testing"
	"time"
)

// BenchmarkIdleTick is what the daemon does every minute in which nothing is due.
func BenchmarkIdleTick(b *testing.B) {
	w := newWorld(b, size{})
	w.at(freezeAt)
	now := freezeAt.Add(time.Minute)
	w.clock.set(now)
	for b.Loop() {
		if report, err := w.Tick(b.Context(), now); err != nil || !report.Empty() {
			b.Fatalf("%+v, %v", report, err)
		}
	}
}
