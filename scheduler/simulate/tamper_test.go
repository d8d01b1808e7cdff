package simulate

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// published is the proof of some simulated weeks as the office exports it, and what stands outside of it:
// the anchor printed before the year and the hash each leader was written.
type published struct {
	proof  draw.Proof
	text   []byte
	notes  []draw.Hash
	anchor draw.Hash
}

var publish = sync.OnceValues(func() (published, error) {
	o := Defaults()
	o.Teams, o.Seed = 60, 11
	w, _, err := newWorld(o)
	if err != nil {
		return published{}, err
	}
	first := w.firstWeek()
	last := first.Add(2)
	ctx := context.Background()
	if err := w.run(ctx, first, last, func(finished) error { return nil }); err != nil {
		return published{}, err
	}
	proof, err := w.ExportProof(ctx, first, last, calendar.InstantOf(w.now))
	if err != nil {
		return published{}, err
	}
	p := published{proof: proof}
	var b bytes.Buffer
	if err := proof.Write(&b); err != nil {
		return p, err
	}
	p.text = b.Bytes()
	for _, week := range proof.Weeks {
		p.notes = append(p.notes, week.FreezeHash)
	}
	p.anchor, err = w.Links.Anchor(first.Year)
	return p, err
})

// copyOf reads the published text again, so that a change to it stays its own.
func (p published) copyOf(t *testing.T) draw.Proof {
	t.Helper()
	proof, err := draw.ReadProof(bytes.NewReader(p.text))
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

// found reports whether a stranger sees that a proof is not the one of the office: it does not recompute,
// or the hashes it is built on are not those that were published before.
func (p published) found(proof draw.Proof) bool {
	report, err := scheduler.CheckProof(proof)
	if err != nil || !slices.Equal(report.Anchors, []draw.Hash{p.anchor}) || len(proof.Weeks) != len(p.notes) {
		return true
	}
	for i, week := range proof.Weeks {
		if week.FreezeHash != p.notes[i] {
			return true
		}
	}
	return false
}

// forgeries change a proof as somebody would who knows the format and makes the digest fit again.
var forgeries = []struct {
	name string
	do   func(t *testing.T, p *draw.Proof, random *rand.Rand)
}{
	{"a slot dropped", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		week := &p.Weeks[random.IntN(len(p.Weeks)-1)] // of the last week slots may be still to come
		at := random.IntN(len(week.Slots))
		week.Slots = slices.Delete(slices.Clone(week.Slots), at, at+1)
	}},
	{"slots dropped and numbered anew", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		week := &p.Weeks[random.IntN(len(p.Weeks))]
		at := random.IntN(len(week.Slots) - 1)
		week.Slots = slices.Delete(slices.Clone(week.Slots), at, at+1)
		for i := at; i < len(week.Slots); i++ {
			week.Slots[i].Row.Slot = i + 1
		}
	}},
	{"a weight changed after the freeze", func(t *testing.T, p *draw.Proof, random *rand.Rand) {
		week := &p.Weeks[random.IntN(len(p.Weeks))]
		refreeze(t, week, func(f *draw.Freeze) {
			team := &f.Teams[random.IntN(len(f.Teams))]
			team.Risk = draw.MinRisk + (team.Risk-draw.MinRisk+1+random.Uint32N(2000))%(draw.MaxRisk-draw.MinRisk+1)
		}, random.IntN(3))
	}},
	{"a team excluded after the freeze", func(t *testing.T, p *draw.Proof, random *rand.Rand) {
		week := &p.Weeks[random.IntN(len(p.Weeks))]
		refreeze(t, week, func(f *draw.Freeze) { f.Teams[random.IntN(len(f.Teams))].Risk = 0 }, random.IntN(3))
	}},
	{"a reroll of the link", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		week := &p.Weeks[random.IntN(len(p.Weeks))]
		var link draw.Hash
		for i := range link {
			link[i] = byte(random.Uint32())
		}
		week.Slots[random.IntN(len(week.Slots))].Link = link.String()
	}},
	{"a reroll by a co-seed thrown later", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		week := &p.Weeks[random.IntN(len(p.Weeks))]
		week.CoSeed = ""
		for range 10 {
			week.CoSeed += string(rune('1' + random.IntN(6)))
		}
		for i := range week.Slots {
			week.Slots[i].Row.CoSeed = week.CoSeed
		}
	}},
	{"a reroll with everything computed again", reroll},
	{"another team in a row", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		row := dispatched(p, random)
		row.Team = row.Team%60 + 1
	}},
	{"another pair in a row", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		row := dispatched(p, random)
		row.Pair = []uint64{row.Pair[0], row.Pair[1] + 1}
	}},
	{"a visit made to nothing", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		row := dispatched(p, random)
		row.Outcome, row.Visit, row.Team, row.FromBag, row.Pair, row.Barred, row.Recent = draw.None, 0, 0, false, nil, nil, nil
	}},
	{"a visit called missed", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		row := dispatched(p, random)
		row.Outcome, row.Minute, row.Visit, row.Team, row.FromBag, row.Pair, row.Barred, row.Recent = draw.Missed, row.Minute+1, 0, 0, false, nil, nil, nil
	}},
	{"a slot taken from another week", func(_ *testing.T, p *draw.Proof, random *rand.Rand) {
		at := random.IntN(10)
		p.Weeks[0].Slots[at] = p.Weeks[1].Slots[at]
	}},
}

// refreeze changes a book. depth says how far the forger goes: the text alone, its hash too, or the hash
// in every row as well.
func refreeze(t *testing.T, week *draw.ProofWeek, change func(*draw.Freeze), depth int) {
	t.Helper()
	f, err := draw.ParseFreeze([]byte(week.Freeze))
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	text, err := f.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	week.Freeze = string(text)
	if depth > 0 {
		week.FreezeHash = draw.FreezeHash(text)
	}
	for i := range week.Slots {
		if depth > 1 {
			week.Slots[i].Row.Freeze = week.FreezeHash
		}
	}
}

// reroll gives a week a chain of its own, with another anchor, and draws its first slot again from it.
func reroll(t *testing.T, p *draw.Proof, random *rand.Rand) {
	t.Helper()
	week := &p.Weeks[0]
	chain := draw.NewChain(digest("forged", random.Uint64()))
	refreeze(t, week, func(f *draw.Freeze) { f.Anchor = chain.Anchor() }, 2)
	f, err := draw.ParseFreeze([]byte(week.Freeze))
	if err != nil {
		t.Fatal(err)
	}
	week.Slots = week.Slots[:1]
	p.Weeks = p.Weeks[:1]
	slot := &week.Slots[0]
	link, err := chain.Link(f.Week, 1)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := draw.NewSeed(link, nil, nil, f.Place(1))
	if err != nil {
		t.Fatal(err)
	}
	slot.Link, slot.Row.Minute = link.Reveal().String(), draw.Minute(seed, f.Slots[0].Length())
}

// dispatched gives the row of a random visit.
func dispatched(p *draw.Proof, random *rand.Rand) *draw.Row {
	for {
		week := &p.Weeks[random.IntN(len(p.Weeks))]
		if row := &week.Slots[random.IntN(len(week.Slots))].Row; row.Outcome == draw.Dispatched && len(row.Pair) == 2 {
			return row
		}
	}
}

func TestEveryTamperIsFound(t *testing.T) {
	t.Parallel()
	p, err := publish()
	if err != nil {
		t.Fatal(err)
	}
	if p.found(p.copyOf(t)) {
		t.Fatal("the untouched proof is refused")
	}
	tampers := 96
	if soak() {
		tampers = 1000
	}
	random := rand.New(rand.NewPCG(17, 4))
	for i := range tampers {
		if i%2 == 0 { // one bit of the file
			text := slices.Clone(p.text)
			at, bit := random.IntN(len(text)), random.IntN(8)
			text[at] ^= 1 << bit
			read, err := draw.ReadProof(bytes.NewReader(text))
			if err == nil && !p.found(read) {
				t.Errorf("tamper %d: bit %d of byte %d goes unnoticed: %q", i, bit, at, text[max(0, at-30):min(len(text), at+30)])
			}
			continue
		}
		forgery := forgeries[i/2%len(forgeries)]
		forged := p.copyOf(t)
		forgery.do(t, &forged, random)
		if err := forged.Seal(); err != nil {
			t.Fatal(err)
		}
		if !p.found(forged) {
			t.Errorf("tamper %d: %s goes unnoticed", i, forgery.name)
		}
	}
}

// An insider who knows the seed edits the list: whom can he spare or send visits to?
func TestEditsOfLosersChangeNoWinner(t *testing.T) {
	t.Parallel()
	draws := 300
	if soak() {
		draws = 5000
	}
	const teams, edited = 260, 20
	random := rand.New(rand.NewPCG(23, 9))
	var list []draw.Entrant
	for id := uint64(1); id <= teams; id++ {
		list = append(list, draw.Entrant{ID: id, Weight: 500 + random.Uint32N(2501), InBag: random.IntN(3) > 0})
	}
	const alpha = 1 << 15
	raisedWon := 0
	for n := range draws {
		seed := draw.Seed(digest("edits", uint64(n)))
		before, err := draw.PickTeam(seed, list, alpha)
		if err != nil {
			t.Fatal(err)
		}
		edit := func(change func(*draw.Entrant)) (edits map[uint64]bool, after draw.Pick) {
			t.Helper()
			changed, edits := slices.Clone(list), map[uint64]bool{}
			for len(edits) < edited {
				if e := &changed[random.IntN(teams)]; e.ID != before.Team && !edits[e.ID] {
					change(e)
					edits[e.ID] = true
				}
			}
			if draw.BagMix(changed, alpha) != alpha { // the cap must not bind, or alpha itself changes
				t.Fatal("the cap binds")
			}
			after, err := draw.PickTeam(seed, changed, alpha)
			if err != nil {
				t.Fatal(err)
			}
			return edits, after
		}
		if _, after := edit(func(e *draw.Entrant) { e.Weight = draw.MinRisk }); after != before {
			t.Errorf("draw %d: lowering losers turns %v into %v", n, before, after)
		}
		if _, after := edit(func(e *draw.Entrant) { e.Weight = 0 }); after != before {
			t.Errorf("draw %d: removing losers turns %v into %v", n, before, after)
		}
		edits, after := edit(func(e *draw.Entrant) { e.Weight = draw.MaxRisk })
		if after != before && !edits[after.Team] {
			t.Errorf("draw %d: raising others lets %v win instead of %v", n, after, before)
		}
		if after != before {
			raisedWon++
		}
	}
	if raisedWon == 0 {
		t.Error("no raised team ever won: the last rule was not tried")
	}
}
