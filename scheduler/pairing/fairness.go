package pairing

// maxSurplus bounds the surplus d either way.
const maxSurplus = 64

// Surplus returns d, how far a person is ahead (positive) or behind of their
// share of visits in sixteenths of a visit: clamp(floor(16·(n·S − N·s)/S),
// −64, 64), 0 if S = 0. visits is n, slots is s, totalVisits and totalSlots
// are N and S, the sums over all inspectors; counts are at most 10^6.
func Surplus(visits, slots, totalVisits, totalSlots int) int {
	if totalSlots == 0 {
		return 0
	}
	above := 16 * (int64(visits)*int64(totalSlots) - int64(totalVisits)*int64(slots))
	d := above / int64(totalSlots)
	if above%int64(totalSlots) < 0 { // division floors
		d--
	}
	return int(max(-maxSurplus, min(maxSurplus, d)))
}

// Fair returns floor(65536·2^(−d/16)), exact; d is clamped to −64 … 64.
func Fair(d int) uint64 {
	d = max(-maxSurplus, min(maxSurplus, d))
	// d = 16·whole + part with part in 0 … 15. Flooring twice floors once,
	// as the second division is by a power of two.
	whole, part := d>>4, d&15
	if whole <= 0 {
		return sixteenths[part] >> (shift + whole)
	}
	return sixteenths[part] >> shift >> whole
}

// shift is the fraction bits of sixteenths, enough for d = −64.
const shift = 24

// sixteenths holds floor(2^(40 − part/16)); the test recomputes every entry by
// the inequality x^16 ≤ 2^(640−part) < (x+1)^16.
var sixteenths = [16]uint64{
	1099511627776, 1052895941924, 1008256608221, 965509835818,
	924575386326, 885376423199, 847839367509, 811893759832,
	777472127993, 744509860418, 712945084849, 682718552209,
	653773525389, 626055672747, 599512966122, 574095583180,
}
