package pairing

import (
	"cmp"
	"slices"

	"anfang.example/scheduler/draw"
)

// Person is what the rules ask about an inspector on standby. All ids are of
// the county.
type Person struct {
	ID        uint64
	Townships []uint64 // home township, and others to stay away from
	Units     []uint64 // own unit, and others to stay away from
	KinTeams  []uint64 // teams with declared kin in the team, its village or its unit
	OnLeave   bool     // leave or illness recorded before the slot's cut-off
}

// Target is what the rules ask about the drawn team.
type Target struct {
	Team     uint64
	Township uint64
	Units    []uint64   // units whose members are in the team
	Visitors [][]uint64 // inspectors of this team's last two visits, the newest visit last
}

// Bars returns who may not go to the target and why, ascending by inspector,
// one entry per reason.
//
// Who visited the team lately stays away as long as a pair is left without
// them: if not, the older of the two visits bars no longer, then the newer
// (DECISIONS.md). The other bars always hold.
func Bars(people []Person, target Target) []draw.Bar {
	lately := target.Visitors
	for {
		bars := barsOf(people, target, slices.Concat(lately...))
		if len(lately) == 0 {
			// Nobody could go even so: say all there is against each.
			if count(people, bars) < pairSize {
				return barsOf(people, target, slices.Concat(target.Visitors...))
			}
			return bars
		}
		if count(people, bars) >= pairSize {
			return bars
		}
		lately = lately[1:]
	}
}

// count gives how many people have no bar.
func count(people []Person, bars []draw.Bar) int {
	free := 0
	for _, p := range people {
		if !slices.ContainsFunc(bars, func(b draw.Bar) bool { return b.Inspector == p.ID }) {
			free++
		}
	}
	return free
}

func barsOf(people []Person, target Target, lately []uint64) []draw.Bar {
	bars := []draw.Bar{}
	for _, p := range people {
		add := func(holds bool, reason draw.BarReason) {
			if holds {
				bars = append(bars, draw.Bar{Inspector: p.ID, Reason: reason})
			}
		}
		add(slices.Contains(p.Townships, target.Township), draw.BarHomeTownship)
		add(slices.ContainsFunc(p.Units, func(u uint64) bool { return slices.Contains(target.Units, u) }), draw.BarOwnUnit)
		add(slices.Contains(p.KinTeams, target.Team), draw.BarKin)
		add(slices.Contains(lately, p.ID), draw.BarRecentVisit)
		add(p.OnLeave, draw.BarLeave)
	}
	slices.SortStableFunc(bars, func(a, b draw.Bar) int { return cmp.Compare(a.Inspector, b.Inspector) })
	return bars
}

// RecentVisits is how many of either's last visits count as "lately".
const RecentVisits = 6

// RecentPairs returns the pairs among the inspectors on standby who went
// together in either's last six visits, ascending. history holds the pairs
// of all visits, oldest first.
func RecentPairs(standby []uint64, history []draw.Pair) []draw.Pair {
	seen := map[uint64]int{} // visits of a person, counted from the newest
	found := []draw.Pair{}
	for _, pair := range slices.Backward(history) {
		pair = draw.MakePair(pair[0], pair[1])
		seen[pair[0]]++
		seen[pair[1]]++
		if (seen[pair[0]] <= RecentVisits || seen[pair[1]] <= RecentVisits) &&
			slices.Contains(standby, pair[0]) && slices.Contains(standby, pair[1]) && !slices.Contains(found, pair) {
			found = append(found, pair)
		}
	}
	slices.SortFunc(found, func(a, b draw.Pair) int { return cmp.Compare(a.ID(), b.ID()) })
	return found
}
