package draw_test

import (
	"errors"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"anfang.example/scheduler/draw"
)

func randomSeed(chance *rand.Rand) (seed draw.Seed) {
	for i := range seed {
		seed[i] = byte(chance.Uint32())
	}
	return seed
}

// slowRace is the race as the text says it, with every logarithm and exact
// fractions.
func slowRace(u map[uint64]uint64, weight map[uint64]uint64) (winner uint64, ok bool) {
	var best *big.Rat
	for id, w := range weight {
		if w == 0 {
			continue
		}
		r := new(big.Rat).SetFrac(new(big.Int).SetUint64(draw.NegLog(u[id])), new(big.Int).SetUint64(w))
		if c := 1; best != nil {
			if c = best.Cmp(r); c < 0 || c == 0 && winner < id {
				continue
			}
		}
		best, winner, ok = r, id, true
	}
	return winner, ok
}

func TestRaceSkipsNoWinner(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		u, weight := map[uint64]uint64{}, map[uint64]uint64{}
		var race draw.Race
		for range 1 + chance.IntN(12) {
			id := chance.Uint64N(40)
			if _, twice := u[id]; twice {
				continue
			}
			u[id] = chance.Uint64()
			switch chance.IntN(4) {
			case 0: // close to the top, where the bound is tight
				u[id] = ^(chance.Uint64() >> (8 + chance.IntN(56)))
			case 1:
				u[id] >>= chance.IntN(64)
			}
			weight[id] = chance.Uint64N(4) * (1 + chance.Uint64N(1<<chance.IntN(40)))
			race.Enter(id, u[id], weight[id])
		}
		got, ok := race.Winner()
		want, wantOK := slowRace(u, weight)
		if got != want || ok != wantOK {
			t.Fatalf("got %d, %v, want %d, %v for %v %v", got, ok, want, wantOK, u, weight)
		}
	}
}

func TestRaceTiesGoToTheLowerID(t *testing.T) {
	t.Parallel()
	for _, order := range [][]uint64{{4, 9}, {9, 4}} {
		for _, u := range []uint64{1 << 63, 1<<64 - 1, 12345} {
			var race draw.Race
			for _, id := range order {
				race.Enter(id, u, 700)
			}
			if got, ok := race.Winner(); got != 4 || !ok {
				t.Errorf("order %v, u %d: got %d, %v, want 4", order, u, got, ok)
			}
		}
	}
}

func TestNegLogFallsAsUGrows(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		a, b := chance.Uint64()>>chance.IntN(64), chance.Uint64()>>chance.IntN(64)
		if a > b {
			a, b = b, a
		}
		if draw.NegLog(a) < draw.NegLog(b) {
			t.Fatalf("NegLog(%d) = %d < NegLog(%d) = %d", a, draw.NegLog(a), b, draw.NegLog(b))
		}
		// A whole power of two is exact.
		if n := bits.Len64(b); n > 0 && n < 64 {
			if got, want := draw.NegLog(1<<n-1), uint64(64-n)<<40; got != want {
				t.Fatalf("NegLog(2^%d − 1): got %d, want %d", n, got, want)
			}
		}
	}
}

func entrants(chance *rand.Rand, n int) []draw.Entrant {
	list := make([]draw.Entrant, n)
	id := uint64(0)
	for i := range list {
		id += 1 + chance.Uint64N(3)
		list[i] = draw.Entrant{ID: id, Weight: 500 + chance.Uint32N(2501), InBag: chance.IntN(2) == 0}
	}
	return list
}

func TestTeamRace(t *testing.T) {
	t.Parallel()
	t.Run("lowering losing teams or dropping them changes no winner", func(t *testing.T) {
		t.Parallel()
		chance := rand.New(rand.NewPCG(11, 12))
		for range 500 {
			seed, list := randomSeed(chance), entrants(chance, 60)
			// With every flag set the mix does not depend on single weights.
			for i := range list {
				list[i].InBag = true
			}
			before, err := draw.PickTeam(seed, list, 30000)
			if err != nil {
				t.Fatal(err)
			}
			for i := range list {
				if list[i].ID == before.Team {
					continue
				}
				list[i].Weight -= chance.Uint32N(list[i].Weight + 1)
			}
			list = slices.DeleteFunc(list, func(e draw.Entrant) bool { return e.ID != before.Team && chance.IntN(5) == 0 })
			after, err := draw.PickTeam(seed, list, 30000)
			if err != nil {
				t.Fatal(err)
			}
			if after.FromBag == before.FromBag && after.Team != before.Team {
				t.Fatalf("got team %d, want %d", after.Team, before.Team)
			}
		}
	})
	t.Run("the order of the list is no matter", func(t *testing.T) {
		t.Parallel()
		chance := rand.New(rand.NewPCG(13, 14))
		for range 200 {
			seed, list := randomSeed(chance), entrants(chance, 50)
			want, err := draw.PickTeam(seed, list, 30000)
			if err != nil {
				t.Fatal(err)
			}
			chance.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			if got, err := draw.PickTeam(seed, list, 30000); err != nil || got != want {
				t.Fatalf("got %+v, %v, want %+v", got, err, want)
			}
		}
	})
	t.Run("a team drawn from the bag was in it", func(t *testing.T) {
		t.Parallel()
		chance := rand.New(rand.NewPCG(15, 16))
		seen := map[bool]int{}
		for range 400 {
			list := entrants(chance, 50)
			got, err := draw.PickTeam(randomSeed(chance), list, 1<<15)
			if err != nil {
				t.Fatal(err)
			}
			seen[got.FromBag]++
			i := slices.IndexFunc(list, func(e draw.Entrant) bool { return e.ID == got.Team })
			if got.FromBag && !list[i].InBag {
				t.Fatalf("team %d was not in the bag", got.Team)
			}
		}
		if seen[true] < 150 || seen[false] < 150 {
			t.Errorf("the mix is lopsided: %v", seen)
		}
	})
	t.Run("nobody to draw is said", func(t *testing.T) {
		t.Parallel()
		for _, list := range [][]draw.Entrant{nil, {{ID: 1}, {ID: 2, InBag: true}}} {
			if _, err := draw.PickTeam(draw.Seed{}, list, 1<<15); !errors.Is(err, draw.ErrNoTeam) {
				t.Errorf("%v: got %v", list, err)
			}
		}
	})
	t.Run("a small bag is drawn from no more than its teams warrant", func(t *testing.T) {
		t.Parallel()
		two := []draw.Entrant{{ID: 1, Weight: 1000, InBag: true}, {ID: 2, Weight: 3000, InBag: true}, {ID: 3, Weight: 900}}
		if got, want := draw.BagMix(two, 65535), uint64(3932*3000/2000); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
		if got := draw.BagMix(two[2:], 65535); got != 0 {
			t.Errorf("empty bag: got %d, want 0", got)
		}
	})
}

// Counts over fixed seeds against the declared probabilities: the 10^-4 bound
// of a chi-square with 23 degrees of freedom is 56.
func TestTeamRaceFrequencies(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(17, 18))
	list := entrants(chance, 24)
	const alpha, draws = 20000, 40000
	share := float64(draw.BagMix(list, alpha)) / 65536
	var all, bag float64
	for _, e := range list {
		all += float64(e.Weight)
		if e.InBag {
			bag += float64(min(e.Weight, 2000))
		}
	}
	count := map[uint64]float64{}
	for range draws {
		got, err := draw.PickTeam(randomSeed(chance), list, alpha)
		if err != nil {
			t.Fatal(err)
		}
		count[got.Team]++
	}
	var square float64
	for _, e := range list {
		p := (1 - share) * float64(e.Weight) / all
		if e.InBag {
			p += share * float64(min(e.Weight, 2000)) / bag
		}
		d := count[e.ID] - draws*p
		square += d * d / (draws * p)
	}
	if square > 56 {
		t.Errorf("chi-square: got %f, want at most 56", square)
	}
}
