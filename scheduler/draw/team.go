package draw

const (
	bagCap   = 2000 // a team in the bag counts with at most this weight
	bagShare = 3932 // 6 % of 65536: the bag's share per full-weight team in it
)

// Entrant is one team in the race: its id (< 2^32), its risk weight
// (500 … 3000; 0 is never drawn) and whether it is still in the bag.
type Entrant struct {
	ID     uint64
	Weight uint32
	InBag  bool
}

// Pick is the winner of a team race.
type Pick struct {
	Team    uint64
	FromBag bool // the mix chose the bag, not all teams
}

// PickTeam runs the bag-mix race over the entrants with alpha in 1/65536. The
// result does not depend on the order of entrants; ascending ids are fastest.
func PickTeam(seed Seed, entrants []Entrant, alpha uint16) (Pick, error) {
	fromBag := PRF(seed, DomainMix, 0)>>48 < BagMix(entrants, alpha)
	var race Race
	chance := newStream(seed, DomainTeam)
	for i := range entrants {
		e := &entrants[i]
		weight := uint64(e.Weight)
		if fromBag {
			if !e.InBag {
				continue
			}
			weight = min(weight, bagCap)
		}
		if weight == 0 {
			continue
		}
		race.Enter(e.ID, chance.at(e.ID), weight)
	}
	team, ok := race.Winner()
	if !ok {
		return Pick{}, ErrNoTeam
	}
	return Pick{Team: team, FromBag: fromBag}, nil
}

// BagMix returns a = min(alpha, 3932·Σm div max m), the share (in 1/65536) with
// which a draw is from the bag: a small bag is not drawn from too often, so no
// team in it becomes predictable. An empty bag gives 0.
func BagMix(entrants []Entrant, alpha uint16) uint64 {
	var sum, most uint64
	for i := range entrants {
		if entrants[i].InBag {
			m := uint64(min(entrants[i].Weight, bagCap))
			sum += m
			most = max(most, m)
		}
	}
	if most == 0 {
		return 0
	}
	return min(uint64(alpha), bagShare*sum/most)
}
