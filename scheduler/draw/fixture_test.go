package draw_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

const fixtureCounty = 431023

// fixture is a small invented county that lives through two frozen weeks with
// everything that can happen to a slot: none, dispatch, a visit that falls
// through, a missed release, no feasible pair, a beacon that is missing,
// slots not yet revealed and slots still to come.
type fixture struct {
	t         testing.TB
	chance    *rand.Rand
	chain     draw.Chain
	teams     []draw.Team
	people    []uint64
	visits    map[uint64]int // n
	slots     map[uint64]int // s
	went      []draw.Pair
	nextVisit uint64
	proof     draw.Proof
}

func newFixture(t testing.TB, seed uint64) *fixture {
	f := &fixture{t: t, chance: rand.New(rand.NewPCG(seed, 71)), visits: map[uint64]int{}, slots: map[uint64]int{}, nextVisit: 500}
	f.chain = draw.NewChain(f.random())
	for id := uint64(3); len(f.teams) < 24; id += 1 + f.chance.Uint64N(4) {
		team := draw.Team{ID: id, Risk: 500 + f.chance.Uint32N(2501), Reasons: []string{}, Bag: f.chance.IntN(3) > 0}
		if team.Risk > 1500 {
			team.Reasons = []string{"attendance", "late <reply> 迟"}
		}
		f.teams = append(f.teams, team)
	}
	for id := uint64(41); id < 54; id++ {
		f.people = append(f.people, id)
	}
	f.proof = draw.NewProof(fixtureCounty)
	return f
}

func (f *fixture) random() (b [32]byte) {
	for i := range b {
		b[i] = byte(f.chance.Uint32())
	}
	return b
}

func (f *fixture) freeze(week int, beacon string) *draw.Freeze {
	f.t.Helper()
	slots, err := draw.DefaultSlots(2025, week)
	if err != nil {
		f.t.Fatal(err)
	}
	var roster []pairing.Rostered
	for _, id := range f.people {
		roster = append(roster, pairing.Rostered{ID: id, Load: f.slots[id]})
	}
	rotation, err := pairing.Rotate(fixtureCounty, 2025, week, len(slots), 0, roster)
	if err != nil {
		f.t.Fatal(err)
	}
	for i := range slots {
		slots[i].Standby = rotation.Slots[i]
	}
	frozen := &draw.Freeze{
		Algorithm: draw.Version, County: fixtureCounty, Year: 2025, Week: week, Slots: slots, Teams: slices.Clone(f.teams),
		Alpha: 29000, Buffer: draw.DefaultBuffer, LambdaMilli: 4500, CompletionPPM: 940_000, LeadMinutes: draw.DefaultLead,
		Horizon: draw.Horizon{Number: 1, Year: 2025, Week: 10, Weeks: 104}, Beacon: beacon, Salt: f.random(), Anchor: f.chain.Anchor(),
	}
	if err := frozen.Solve(); err != nil {
		f.t.Fatal(err)
	}
	return frozen
}

// week draws the slots of a week up to last and reveals those up to revealed.
func (f *fixture) week(week int, coseed, beacon string, last, revealed int) {
	f.t.Helper()
	frozen := f.freeze(week, beacon)
	text, err := frozen.Canonical()
	if err != nil {
		f.t.Fatal(err)
	}
	hash := draw.FreezeHash(text)
	proved := draw.ProofWeek{Freeze: string(text), FreezeHash: hash, CoSeed: coseed}
	var counted []uint64
	var cleared []draw.Clearing
	for _, slot := range frozen.Slots[:last] {
		row := draw.Row{
			Algorithm: draw.Version, County: fixtureCounty, Year: 2025, Week: week, Slot: slot.Number, Freeze: hash, CoSeed: coseed,
			Completed: len(counted), Left: frozen.Left(slot.Number), Counted: slices.Clone(counted), Cleared: slices.Clone(cleared),
		}
		if beacon != "" && slot.Number != 4 {
			row.Beacon = draw.Hash(f.random()).String()
		}
		for _, id := range slot.Standby {
			row.Standby = append(row.Standby, draw.Standby{Inspector: id, Visits: f.visits[id], Slots: f.slots[id]})
		}
		for _, id := range f.people {
			row.TotalVisits += f.visits[id]
			row.TotalSlots += f.slots[id]
		}
		link := f.draw(frozen, slot, &row)
		if row.Outcome == draw.Dispatched && f.chance.IntN(8) > 0 && !row.Escalated {
			counted = append(counted, row.Visit)
			if i := slices.IndexFunc(f.teams, func(t draw.Team) bool { return t.ID == row.Team }); f.teams[i].Bag {
				f.teams[i].Bag = false
				cleared = append(cleared, draw.Clearing{Visit: row.Visit, Team: row.Team})
				slices.SortFunc(cleared, func(a, b draw.Clearing) int { return cmp.Compare(a.Team, b.Team) })
			}
			for _, id := range row.Pair {
				f.visits[id]++
			}
			f.went = append(f.went, draw.Pair(row.Pair))
		}
		for _, id := range slot.Standby {
			f.slots[id]++
		}
		if slot.Number > revealed {
			link = ""
		}
		proved.Slots = append(proved.Slots, draw.ProofSlot{Row: row, Link: link})
	}
	f.proof.Weeks = append(f.proof.Weeks, proved)
}

// draw fills the row's outcome and returns the link.
func (f *fixture) draw(frozen *draw.Freeze, slot draw.Slot, row *draw.Row) string {
	f.t.Helper()
	link, err := f.chain.Link(row.Week, row.Slot)
	if err != nil {
		f.t.Fatal(err)
	}
	coseed, err := draw.ParseCoSeed(row.CoSeed)
	if err != nil {
		f.t.Fatal(err)
	}
	var beacon []byte
	if row.Beacon != "" {
		h, err := draw.ParseHash(row.Beacon)
		if err != nil {
			f.t.Fatal(err)
		}
		beacon = h[:]
	}
	seed, err := draw.NewSeed(link, coseed, beacon, frozen.Place(row.Slot))
	if err != nil {
		f.t.Fatal(err)
	}
	if row.Slot == 9 { // the program was down
		row.Outcome, row.Minute = draw.Missed, draw.Minute(seed, slot.Length())
		return link.Reveal().String()
	}
	result, err := draw.Draw(frozen, row.Slot, row.State(), seed)
	if err != nil {
		f.t.Fatal(err)
	}
	row.Outcome, row.Minute, row.Team, row.FromBag = result.Outcome, result.Minute, result.Team, result.FromBag
	if row.Outcome != draw.Dispatched {
		return link.Reveal().String()
	}
	row.Visit = f.nextVisit
	f.nextVisit++
	var people []pairing.Person
	for i, id := range slot.Standby {
		// In one dispatch everybody is ill.
		people = append(people, pairing.Person{ID: id, Townships: []uint64{id % 7}, OnLeave: row.Visit == 503 || i == 0 && row.Slot%3 == 0})
	}
	row.Barred = pairing.Bars(people, pairing.Target{Team: row.Team, Township: row.Team % 7})
	row.Recent = pairing.RecentPairs(slot.Standby, f.went)
	pair, err := pairing.Pick(seed, row.PairInput())
	if err != nil {
		row.Escalated = true
	} else {
		row.Pair = pair[:]
	}
	return link.Reveal().String()
}

// twoWeeks is the county whose proof is the golden file.
func twoWeeks(t testing.TB) draw.Proof {
	t.Helper()
	f := newFixture(t, 2)
	f.week(11, "3141526653", "", 14, 14)
	f.week(12, "", "drand", 12, 10)
	return seal(t, f.proof)
}

// seal gives the proof with its digest, as one who forges it would.
func seal(t testing.TB, p draw.Proof) draw.Proof {
	t.Helper()
	if err := p.Seal(); err != nil {
		t.Fatal(err)
	}
	return p
}
