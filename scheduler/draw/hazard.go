package draw

import (
	"fmt"
	"math"
	"math/bits"
)

// Forced reports whether a slot must have a visit (h = 1): fewer than two
// completed so far and no more than the missing ones plus the buffer left.
// completed is k, left is r including this slot, buffer is b.
func Forced(completed, left, buffer int) bool {
	return completed < Floor && left <= Floor-completed+buffer
}

// Dispatch decides whether a slot has a visit: always when forced, else when
// PRF(seed, "slot", 0) lies below the threshold z.
func Dispatch(seed Seed, completed, left, buffer int, z uint64) bool {
	return Forced(completed, left, buffer) || PRF(seed, DomainSlot, 0) < z
}

const (
	// Million is the unit of the completion share: 1,000,000 means every visit
	// that starts is completed.
	Million = 1_000_000

	nano     = 1_000_000_000
	fixedOne = 1 << 58 // expectations are at most 32, so they fit 64 bits
)

// Week is what the expected number of visits of a week depends on.
type Week struct {
	Slots         int // slots of the week, 0 … 32
	Buffer        int // b
	CompletionPPM int // c: share of dispatched visits that are completed, 1 … 1,000,000
}

// ExpectedNano returns the expected number of completed random visits of the
// week under threshold z, in 1/1,000,000,000, exact to a few units. Integers
// only: every machine gets the same number.
func (w Week) ExpectedNano(z uint64) (int64, error) {
	if err := w.check(); err != nil {
		return 0, err
	}
	high, low := bits.Mul64(w.expected(z), nano)
	return int64(high<<6 | low>>58), nil
}

// SolveZ returns the least threshold whose expectation reaches lambdaMilli
// (1/1000 completed visits a week), and that expectation in 1/1,000,000,000.
// When the floor alone causes more, z is 0 with ErrLambdaLow; when the slots
// cannot hold as many, z is 2^64−1 with ErrLambdaHigh. In both cases z and
// expectation are the nearest possible and may be frozen.
func (w Week) SolveZ(lambdaMilli int) (z uint64, expectedNano int64, err error) {
	if err := w.check(); err != nil {
		return 0, 0, err
	}
	if lambdaMilli < 0 || lambdaMilli > 1000*MaxSlots {
		return 0, 0, fmt.Errorf("%w: lambda %d/1000", ErrFreeze, lambdaMilli)
	}
	// lambda/1000 in fixed point, rounded up.
	high, low := bits.Mul64(uint64(lambdaMilli), fixedOne)
	want, rest := bits.Div64(high, low, 1000)
	if rest > 0 {
		want++
	}
	switch {
	case w.expected(math.MaxUint64) < want:
		z, err = math.MaxUint64, ErrLambdaHigh
	case w.expected(0) > want:
		err = ErrLambdaLow
	default:
		// The expectation rises with z; find the least that reaches want.
		below, reaches := uint64(0), uint64(math.MaxUint64)
		for below < reaches {
			middle := below + (reaches-below)/2
			if w.expected(middle) >= want {
				reaches = middle
			} else {
				below = middle + 1
			}
		}
		z = reaches
	}
	expectedNano, nanoErr := w.ExpectedNano(z)
	if nanoErr != nil {
		return 0, 0, nanoErr
	}
	return z, expectedNano, err
}

// expected walks the week backwards. Only 0, 1 and "2 or more" completed
// visits differ, since the floor is two.
func (w Week) expected(z uint64) uint64 {
	c := uint64(w.CompletionPPM)
	high, low := bits.Mul64(z, c)
	free, _ := bits.Div64(high, low, Million) // chance of a completed visit, 0.64 fixed point
	var ahead [Floor + 1]uint64
	for left := 1; left <= w.Slots; left++ {
		var now [Floor + 1]uint64
		for k := range now {
			rest, more := ahead[k], ahead[min(k+1, Floor)]+fixedOne
			gain := more - min(more, rest)
			switch {
			case !Forced(k, left, w.Buffer):
				gain, _ = bits.Mul64(gain, free)
			case c < Million:
				sure, _ := bits.Div64(c, 0, Million)
				gain, _ = bits.Mul64(gain, sure)
			}
			now[k] = rest + gain
		}
		ahead = now
	}
	return ahead[0]
}

func (w Week) check() error {
	if w.Slots < 0 || w.Slots > MaxSlots || w.Buffer < 0 || w.Buffer > MaxSlots ||
		w.CompletionPPM < 1 || w.CompletionPPM > Million {
		return fmt.Errorf("%w: %d slots, buffer %d, completion %d ppm", ErrFreeze, w.Slots, w.Buffer, w.CompletionPPM)
	}
	return nil
}
