package draw

import "math/bits"

// logUnit is 2^40: logarithms are base 2 in units of 2^-40.
const logUnit = 1 << 40

// NegLog returns L(u) of DRAW.md: −log2((u+1)/2^64) in units of 2^-40, every
// step truncating, so the result is never below the true value. It lies in
// [0, 2^46]; u = 2^64−1 gives 0.
func NegLog(u uint64) uint64 {
	v := u + 1
	if v == 0 { // 2^64
		return 0
	}
	n := uint64(bits.Len64(v) - 1)
	x := v << (63 - n)
	var f uint64
	for range 40 {
		high, low := bits.Mul64(x, x)
		f <<= 1
		if high >= 1<<63 { // p >= 2^127
			f++
			x = high
		} else {
			x = high<<1 | low>>63
		}
	}
	return 64*logUnit - (n*logUnit + f)
}

// negLogFloor is a bound NegLog(u) never falls below, at the price of one
// multiplication: −log2 y ≥ (1−y)/ln 2 for every y in (0, 1], and NegLog
// truncates towards larger values. 94548/65536 lies just under 1/ln 2.
func negLogFloor(u uint64) uint64 {
	missing := ^u // 2^64 − (u+1), exact also where u+1 overflows
	return (missing >> 24) * 94548 >> 16
}
