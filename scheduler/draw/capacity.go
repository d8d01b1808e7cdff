package draw

import (
	"fmt"
	"math/big"
)

// ln2 is floor(ln 2 · 2^62); NegLog(u)·ln2 is a natural logarithm in 2^-102.
const ln2 = 3196577161300663914

// LambdaMinMilli returns (N/H)·ln(1/α)/(1−α) in 1/1000, rounded up: the
// completed visits a week that N teams need so that nearly every team has its
// turn within H weeks, alpha in 1/65536. Add slack (DRAW.md asks 15 %).
func LambdaMinMilli(teams, horizonWeeks int, alpha uint16) (int, error) {
	if teams < 0 || teams > 1<<31 || horizonWeeks < 1 || horizonWeeks > 1<<20 || alpha == 0 {
		return 0, fmt.Errorf("%w: %d teams, %d weeks, alpha %d", ErrFreeze, teams, horizonWeeks, alpha)
	}
	// u+1 = α·2^64, so NegLog(u) is log2(1/α) in 2^-40.
	log := NegLog(uint64(alpha)<<48 - 1)
	above := new(big.Int).SetUint64(log)
	above.Mul(above, big.NewInt(ln2))
	above.Mul(above, big.NewInt(int64(teams)*1000))
	above.Lsh(above, 16)
	below := big.NewInt(int64(horizonWeeks) * (1<<16 - int64(alpha)))
	below.Lsh(below, 102)
	above.Add(above, below).Sub(above, big.NewInt(1)) // round up
	return int(above.Div(above, below).Int64()), nil
}

// MinAlpha is the least share drawn from the bag, one quarter in 1/65536: the
// need is reckoned for equal weights, and with less a team of low risk would
// too often wait longer than the horizon (DECISIONS.md).
const MinAlpha = 1 << 14

// Capacity is what a county's own numbers allow.
type Capacity struct {
	Alpha          uint16 // share drawn from the bag, 1/65536
	LambdaMinMilli int    // least completed visits a week at this alpha, 1/1000
	Enough         bool   // lambda reaches LambdaMinMilli with the slack
}

// SolveAlpha returns the least alpha from MinAlpha to maxAlpha with which lambdaMilli covers
// all teams within the horizon and slackPercent to spare: the less comes from
// the bag, the less a visit just made protects. When even maxAlpha needs more
// visits, it returns maxAlpha with Enough false.
func SolveAlpha(teams, horizonWeeks, lambdaMilli, slackPercent int, maxAlpha uint16) (Capacity, error) {
	enough := func(alpha uint16) (int, bool, error) {
		need, err := LambdaMinMilli(teams, horizonWeeks, alpha)
		return need, int64(lambdaMilli)*100 >= int64(need)*int64(100+slackPercent), err
	}
	need, ok, err := enough(maxAlpha)
	if err != nil || slackPercent < 0 {
		return Capacity{}, fmt.Errorf("%w: alpha %d, slack %d %%", ErrFreeze, maxAlpha, slackPercent)
	}
	if !ok {
		return Capacity{Alpha: maxAlpha, LambdaMinMilli: need}, nil
	}
	// The need falls as alpha rises; find the least alpha that is enough.
	below, reaches := min(MinAlpha, maxAlpha), maxAlpha
	for below < reaches {
		middle := below + (reaches-below)/2
		if _, ok, err = enough(middle); err != nil {
			return Capacity{}, err
		} else if ok {
			reaches = middle
		} else {
			below = middle + 1
		}
	}
	need, _, err = enough(reaches)
	return Capacity{Alpha: reaches, LambdaMinMilli: need, Enough: true}, err
}
