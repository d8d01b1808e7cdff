package simulate

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// halfYear is the stretch over which the shares of visits are compared.
const halfYear = 26

// pairs watches who goes: conflicts, how evenly visits fall, and how often the same two go together.
type pairs struct {
	roster   *inspections.Roster
	visited  map[uint64][]draw.Pair // completed visits of a team, oldest first
	conflict int
	again    int // pairs with somebody of the team's last two visits, since no other was left
	nobody   int // drawn teams without a pair
	went     int
	repeats  float64
	chance   float64
	stood    map[uint64]float64 // of the half-year under way
	made     map[uint64]float64
	inHalf   int
	ginis    []float64
}

func newPairs(roster *inspections.Roster) *pairs {
	return &pairs{roster: roster, visited: map[uint64][]draw.Pair{}, stood: map[uint64]float64{}, made: map[uint64]float64{}}
}

func (p *pairs) see(w *weekSeen) error {
	for i := range w.slots {
		s := &w.slots[i]
		for _, on := range s.row.Standby {
			p.stood[on.Inspector]++
		}
		if s.row.Escalated {
			p.nobody++
		}
		if len(s.row.Pair) != 2 {
			continue
		}
		if err := p.pair(s); err != nil {
			return err
		}
		if s.done {
			pair := draw.Pair(s.row.Pair)
			p.visited[s.row.Team] = append(p.visited[s.row.Team], pair)
			p.made[pair[0]]++
			p.made[pair[1]]++
		}
	}
	if p.inHalf++; p.inHalf == halfYear {
		p.endHalf()
	}
	return nil
}

// pair looks at one pair with rules read from DRAW.md, not from what the row says.
func (p *pairs) pair(s *seen) error {
	pair := draw.Pair(s.row.Pair)
	p.went++
	team, _ := p.roster.Team(inspections.TeamID(s.row.Team))
	units := p.roster.UnitsOf(team.ID, since)
	late := slices.Concat(pairsAsIDs(p.visited[s.row.Team])...)
	again := false
	for _, id := range pair {
		inspector, known := p.roster.Inspector(inspections.InspectorID(id))
		onStandby := slices.ContainsFunc(s.row.Standby, func(on draw.Standby) bool { return on.Inspector == id })
		if !known || !onStandby || inspector.Home == team.Township || inspector.OwnUnit != 0 && slices.Contains(units, inspector.OwnUnit) {
			p.conflict++
		}
		again = again || slices.Contains(late, id)
	}
	if again {
		p.again++
		if p.couldAvoid(s, team, units, late) {
			p.conflict++
		}
	}
	candidates, err := pairing.Candidates(s.row.PairInput())
	if err != nil {
		return err
	}
	recent := 0
	for _, c := range candidates {
		if slices.Contains(s.row.Recent, c.Pair) {
			recent++
		}
	}
	p.chance += float64(recent) / float64(len(candidates))
	if slices.Contains(s.row.Recent, pair) {
		p.repeats++
	}
	return nil
}

// couldAvoid reports whether two on standby had neither a conflict nor a late visit to the team.
func (p *pairs) couldAvoid(s *seen, team inspections.Team, units []inspections.UnitID, late []uint64) bool {
	free := 0
	for _, on := range s.row.Standby {
		inspector, _ := p.roster.Inspector(inspections.InspectorID(on.Inspector))
		if inspector.Home != team.Township && (inspector.OwnUnit == 0 || !slices.Contains(units, inspector.OwnUnit)) && !slices.Contains(late, on.Inspector) {
			free++
		}
	}
	return free >= 2
}

// pairsAsIDs lists the inspectors of a team's last two visits.
func pairsAsIDs(visits []draw.Pair) [][]uint64 {
	var ids [][]uint64
	for _, pair := range visits[max(0, len(visits)-2):] {
		ids = append(ids, pair[:])
	}
	return ids
}

// endHalf takes the Gini of completed visits per standby slot.
func (p *pairs) endHalf() {
	var rates []float64
	for _, inspector := range p.roster.Inspectors {
		if stood := p.stood[uint64(inspector.ID)]; stood > 0 {
			rates = append(rates, p.made[uint64(inspector.ID)]/stood)
		}
	}
	if len(rates) > 0 {
		p.ginis = append(p.ginis, gini(rates))
	}
	p.stood, p.made, p.inHalf = map[uint64]float64{}, map[uint64]float64{}, 0
}
