package pairing

import (
	"fmt"

	"anfang.example/scheduler/draw"
)

// Candidate is a feasible pair and its weight in the race.
type Candidate struct {
	Pair   draw.Pair
	Weight uint64
}

// Pick runs the race over the feasible pairs (domain "pair"). It returns
// ErrNoFeasiblePair when nobody or only one person may go. It has the shape of
// draw.PairRule.
func Pick(seed draw.Seed, in draw.PairInput) (draw.Pair, error) {
	candidates, err := Candidates(in)
	if err != nil {
		return draw.Pair{}, err
	}
	var race draw.Race
	for _, c := range candidates {
		id := c.Pair.ID()
		race.Enter(id, draw.PRF(seed, draw.DomainPair, id), c.Weight)
	}
	id, ok := race.Winner()
	if !ok {
		return draw.Pair{}, ErrNoFeasiblePair
	}
	return draw.PairOf(id), nil
}

// Candidates returns the feasible pairs, ascending, with their weights:
// max(1, (fair_a·fair_b) >> 16), times 3 div 10 (at least 1) if they went
// together lately. The list is empty when fewer than two may go.
func Candidates(in draw.PairInput) ([]Candidate, error) {
	if err := check(in); err != nil {
		return nil, err
	}
	barred := map[uint64]bool{}
	for _, bar := range in.Barred {
		barred[bar.Inspector] = true
	}
	recent := map[draw.Pair]bool{}
	for _, pair := range in.Recent {
		recent[pair] = true
	}
	var free []uint64
	var fair []uint64
	for _, s := range in.Standby {
		if !barred[s.Inspector] {
			free = append(free, s.Inspector)
			fair = append(fair, Fair(Surplus(s.Visits, s.Slots, in.TotalVisits, in.TotalSlots)))
		}
	}
	var candidates []Candidate
	for i := range free {
		for j := i + 1; j < len(free); j++ {
			pair := draw.Pair{free[i], free[j]}
			candidates = append(candidates, Candidate{Pair: pair, Weight: Weight(fair[i], fair[j], recent[pair])})
		}
	}
	return candidates, nil
}

// Weight returns the weight of a pair from the fair values of both.
func Weight(fairA, fairB uint64, recent bool) uint64 {
	weight := max(1, fairA*fairB>>16)
	if recent {
		weight = max(1, weight*3/10)
	}
	return weight
}

// Feasible counts the feasible pairs; doctor lists teams with few.
func Feasible(standby int, barred int) int {
	n := max(0, standby-barred)
	return n * (n - 1) / 2
}

var reasons = map[draw.BarReason]bool{
	draw.BarHomeTownship: true, draw.BarOwnUnit: true, draw.BarKin: true, draw.BarRecentVisit: true, draw.BarLeave: true,
}

const maxCount = 1_000_000 // visits or slots in 26 weeks, far above any county

func check(in draw.PairInput) error {
	onStandby := map[uint64]bool{}
	for i, s := range in.Standby {
		if s.Inspector >= 1<<32 || i > 0 && s.Inspector <= in.Standby[i-1].Inspector {
			return fmt.Errorf("%w: inspector %d out of order", ErrInput, s.Inspector)
		}
		if s.Visits < 0 || s.Visits > in.TotalVisits || s.Slots < 0 || s.Slots > in.TotalSlots {
			return fmt.Errorf("%w: counts of inspector %d", ErrInput, s.Inspector)
		}
		onStandby[s.Inspector] = true
	}
	if in.TotalVisits > maxCount || in.TotalSlots > maxCount {
		return fmt.Errorf("%w: sums %d and %d", ErrInput, in.TotalVisits, in.TotalSlots)
	}
	for _, bar := range in.Barred {
		if !reasons[bar.Reason] || !onStandby[bar.Inspector] {
			return fmt.Errorf("%w: bar of inspector %d for %q", ErrInput, bar.Inspector, bar.Reason)
		}
	}
	for _, pair := range in.Recent {
		if pair[0] >= pair[1] || !onStandby[pair[0]] || !onStandby[pair[1]] {
			return fmt.Errorf("%w: recent pair %v", ErrInput, pair)
		}
	}
	return nil
}
