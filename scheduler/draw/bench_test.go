package draw_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// county is the list of the vectors: 260 teams, ascending by id as frozen.
func county(b testing.TB) []draw.Entrant {
	v := loadVectors(b)
	list := v.entrants(b, v.Teams.Bag)
	slices.SortFunc(list, func(a, b draw.Entrant) int { return int(a.ID) - int(b.ID) })
	return list
}

// exponentialClocks is the same choice with floats: one draw from a generator
// and one logarithm a team. It cannot be replayed on another processor; it is
// here as a measure of cost only.
func exponentialClocks(r *rand.Rand, list []draw.Entrant) (winner uint64) {
	best := math.Inf(1)
	for i := range list {
		if c := -math.Log(1-r.Float64()) / float64(list[i].Weight); c < best {
			best, winner = c, list[i].ID
		}
	}
	return winner
}

// BenchmarkDraw260 is one draw over 260 teams; x-float is its cost over that of
// float exponential clocks over the same list. Both are measured in turns, and
// of each the quickest turn counts, since a machine that does other work slows
// down now the one and now the other.
func BenchmarkDraw260(b *testing.B) {
	list := county(b)
	chance := rand.New(rand.NewPCG(1, 1))
	seeds := make([]draw.Seed, 64)
	for i := range seeds {
		seeds[i] = randomSeed(chance)
	}
	pick := func(n int) {
		if _, err := draw.PickTeam(seeds[n%len(seeds)], list, 1<<15); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		pick(n)
		n++
	}
	const turns, each = 200, 25
	bestDraw, bestFloat := time.Hour, time.Hour
	var sum uint64
	for range turns {
		start := time.Now()
		for i := range each {
			pick(i)
		}
		middle := time.Now()
		for range each {
			sum += exponentialClocks(chance, list)
		}
		bestDraw, bestFloat = min(bestDraw, middle.Sub(start)), min(bestFloat, time.Since(middle))
	}
	if sum == 0 {
		b.Fatal("no winner")
	}
	b.ReportMetric(float64(bestDraw)/each, "draw-ns")
	b.ReportMetric(float64(bestFloat)/each, "float-ns")
	b.ReportMetric(float64(bestDraw)/float64(bestFloat), "x-float")
}

func BenchmarkVerifyTwoWeeks(b *testing.B) {
	p := twoWeeks(b)
	for b.Loop() {
		if _, err := draw.Verify(p, pairing.Pick); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSolveZ(b *testing.B) {
	w := draw.Week{Slots: 14, Buffer: 3, CompletionPPM: 940_000}
	for b.Loop() {
		if _, _, err := w.SolveZ(4000); err != nil {
			b.Fatal(err)
		}
	}
}

// Not parallel: testing.AllocsPerRun counts the whole process.
func TestDrawAllocatesNothingPerTeam(t *testing.T) {
	list := county(t)
	seed := randomSeed(rand.New(rand.NewPCG(2, 2)))
	if got := testing.AllocsPerRun(100, func() {
		if _, err := draw.PickTeam(seed, list, 1<<15); err != nil {
			t.Fatal(err)
		}
	}); got != 0 {
		t.Errorf("got %f allocations a draw, want 0", got)
	}
}
