package simulate

import (
	"math"

	"anfang.example/scheduler/draw"
)

// timing watches when visits are: the hazard against the best one, what earlier visits of the week change,
// and the weeks below two.
type timing struct {
	least, most float64 // hazard of the books over the best one for the same slots
	unequal     int     // slots at which 0, 1 or 2 completed visits would have meant another outcome
	tried       int
	free        [draw.Floor + 1]struct{ slots, dispatched, expected, variance float64 }
	weeks       int
	below       int // weeks below two without an exception
	silent      int // of these, without their alarm
	best        map[weekShape]float64
}

// weekShape is what the best hazard of a week depends on.
type weekShape struct{ slots, buffer, completion, lambda int }

func newTiming() *timing {
	return &timing{least: math.Inf(1), most: math.Inf(-1), best: map[weekShape]float64{}}
}

func (t *timing) see(w *weekSeen) {
	b := w.book
	of := weekShape{len(b.Slots), b.Buffer, b.CompletionPPM, b.LambdaMilli}
	if _, known := t.best[of]; !known {
		t.best[of] = steadyHazard(of.slots, of.buffer, float64(of.completion)/draw.Million, float64(of.lambda)/1000)
	}
	ratio := hazard(b.Z) / t.best[of]
	t.least, t.most = min(t.least, ratio), max(t.most, ratio)
	done := 0
	for _, s := range w.slots {
		if s.done {
			done++
		}
		if s.row.Outcome == draw.Missed {
			continue
		}
		if s.forced {
			continue
		}
		class := &t.free[min(s.row.Completed, draw.Floor)]
		h := hazard(b.Z)
		class.slots++
		class.expected += h
		class.variance += h * (1 - h)
		if s.row.Outcome == draw.Dispatched {
			class.dispatched++
		}
		t.compare(w, s.row)
	}
	t.weeks++
	if done < draw.Floor {
		t.below++
		if !w.alarm {
			t.silent++
		}
	}
}

// compare asks the draw itself whether the slot would have come out otherwise after other numbers of
// visits, wherever none of these is forced.
func (t *timing) compare(w *weekSeen, row *draw.Row) {
	var first bool
	asked := false
	seed := draw.Seed(digest("anfang/simulate/memory", uint64(w.index), uint64(row.Slot)))
	for k := range draw.Floor + 1 {
		if draw.Forced(k, row.Left, w.book.Buffer) {
			continue
		}
		got := draw.Dispatch(seed, k, row.Left, w.book.Buffer, w.book.Z)
		if !asked {
			first, asked = got, true
			t.tried++
		} else if got != first {
			t.unequal++
			return
		}
	}
}

// memory gives the largest difference of the hazards after 0, 1 and 2 or more visits, as the policy has
// it, and the probability of dispatches in these classes as far from their expectation as seen.
func (t *timing) memory() (difference, p float64) {
	if t.tried > 0 {
		difference = float64(t.unequal) / float64(t.tried)
	}
	square, classes := 0.0, 0
	for _, c := range t.free {
		if c.variance >= 5 {
			square += (c.dispatched - c.expected) * (c.dispatched - c.expected) / c.variance
			classes++
		}
	}
	if classes == 0 {
		return difference, math.NaN()
	}
	return difference, upperGamma(float64(classes)/2, square/2)
}
