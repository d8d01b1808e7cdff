package scheduler_test

import (
	"testing"

	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
)

// A proof made, or a week checked, while a visit is under way ends before it.
func TestProofAndCheckLeaveOutWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.at(freezeAt)
	wednesday := week10.Monday().Add(2)
	w.run(wednesday.At(12, 0), nil) // the morning's window, slot 5, is over
	w.at(wednesday.At(17, 29))      // in the afternoon's
	if got := len(w.slots(week10)); got != 6 {
		t.Fatalf("got %d rows, want those of three days", got)
	}
	for _, c := range []struct{ hour, minute, want int }{{17, 29, 5}, {17, 31, 6}} {
		proof, err := w.ExportProof(t.Context(), week10, week10, calendar.InstantOf(wednesday.At(c.hour, c.minute)))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(proof.Weeks[0].Slots); got != c.want {
			t.Errorf("at %d:%d: got %d slots, want %d", c.hour, c.minute, got, c.want)
		}
		check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(wednesday.At(c.hour, c.minute)), week10)
		if err != nil || !check.Sound || len(check.Slots) != c.want || check.Open != 14-c.want {
			t.Errorf("at %d:%d: the check tells of %d slots, %d open, %v, want %d", c.hour, c.minute, len(check.Slots), check.Open, err, c.want)
		}
		if _, err := scheduler.CheckProof(proof); err != nil {
			t.Errorf("at %d:%d: %v", c.hour, c.minute, err)
		}
	}
}
