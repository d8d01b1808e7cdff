package draw

import "math/bits"

// Race finds the entry with the least NegLog(u)/weight, which wins with
// probability proportional to its weight. The zero Race is ready; the order of
// entries does not matter and ties go to the lower id.
type Race struct {
	id, log, weight uint64
	led             bool
}

// Enter offers an entry. Weight 0 is skipped. The logarithm is only computed
// when the entry could still win, which changes the cost and not the winner.
func (r *Race) Enter(id, u, weight uint64) {
	if weight == 0 {
		return
	}
	if r.led {
		// Skip when even the smallest possible logarithm would lose.
		if compareProducts(negLogFloor(u), r.weight, r.log, weight) > 0 {
			return
		}
	}
	l := NegLog(u)
	if r.led {
		switch c := compareProducts(l, r.weight, r.log, weight); {
		case c > 0, c == 0 && id > r.id:
			return
		}
	}
	*r = Race{id: id, log: l, weight: weight, led: true}
}

// Winner returns the winner's id; false if no entry had a weight.
func (r *Race) Winner() (uint64, bool) { return r.id, r.led }

// compareProducts compares a·b with c·d in 128 bits: −1, 0 or 1.
func compareProducts(a, b, c, d uint64) int {
	leftHigh, leftLow := bits.Mul64(a, b)
	rightHigh, rightLow := bits.Mul64(c, d)
	switch {
	case leftHigh != rightHigh:
		if leftHigh < rightHigh {
			return -1
		}
		return 1
	case leftLow < rightLow:
		return -1
	case leftLow > rightLow:
		return 1
	}
	return 0
}
