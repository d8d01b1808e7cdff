package simulate

import (
	"math"
	"testing"

	"anfang.example/scheduler/draw"
)

func TestSteadyHazardAgreesWithTheBooks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ slots, buffer, ppm, lambda int }{
		{14, 3, 940_000, 4000}, {14, 3, 1_000_000, 3000}, {10, 2, 700_000, 3500}, {21, 4, 900_000, 8000}, {32, 0, 990_000, 2500},
	} {
		z, _, err := draw.Week{Slots: c.slots, Buffer: c.buffer, CompletionPPM: c.ppm}.SolveZ(c.lambda)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "hazard", hazard(z), steadyHazard(c.slots, c.buffer, float64(c.ppm)/1e6, float64(c.lambda)/1000), 1e-9)
	}
}

// weekOf makes a week of 14 slots in which the given slots dispatched and were made.
func weekOf(t *testing.T, z uint64, made map[int]bool) *weekSeen {
	t.Helper()
	w := &weekSeen{book: &draw.Freeze{Z: z, Buffer: 3, LambdaMilli: 4000, CompletionPPM: 940_000}}
	slots, err := draw.DefaultSlots(2017, 1)
	if err != nil {
		t.Fatal(err)
	}
	w.book.Slots = slots
	done := 0
	for n := 1; n <= 14; n++ {
		row := &draw.Row{Outcome: draw.None, Slot: n, Completed: done, Left: 15 - n}
		if made[n] {
			row.Outcome = draw.Dispatched
			done++
		}
		w.slots = append(w.slots, seen{row: row, done: made[n], forced: draw.Forced(row.Completed, row.Left, 3), team: -1})
	}
	return w
}

func TestTiming(t *testing.T) {
	t.Parallel()
	right, _, err := draw.Week{Slots: 14, Buffer: 3, CompletionPPM: 940_000}.SolveZ(4000)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the solved threshold is the best one", func(t *testing.T) {
		t.Parallel()
		watch := newTiming()
		watch.see(weekOf(t, right, map[int]bool{3: true, 9: true}))
		near(t, "ratio", watch.least, 1, 1e-9)
		var m Metrics
		m.timingMetrics(watch)
		if !m.Timing.Pass || !m.Floor.Pass {
			t.Errorf("got %+v", m)
		}
	})
	t.Run("a threshold two percent off fails, either way", func(t *testing.T) {
		t.Parallel()
		for _, factor := range []float64{0.98, 1.02} {
			watch := newTiming()
			watch.see(weekOf(t, right, map[int]bool{3: true, 9: true}))
			watch.see(weekOf(t, uint64(float64(right)*factor), map[int]bool{3: true, 9: true}))
			var m Metrics
			m.timingMetrics(watch)
			if m.Timing.Pass {
				t.Errorf("%g: got %+v", factor, m.Timing)
			}
		}
	})
	t.Run("a week below two counts, and worse without its alarm", func(t *testing.T) {
		t.Parallel()
		watch := newTiming()
		watch.see(weekOf(t, right, map[int]bool{4: true}))
		told := weekOf(t, right, nil)
		told.alarm = true
		watch.see(told)
		watch.see(weekOf(t, right, map[int]bool{4: true, 5: true}))
		if watch.weeks != 3 || watch.below != 2 || watch.silent != 1 {
			t.Errorf("got %d weeks, %d below, %d silent", watch.weeks, watch.below, watch.silent)
		}
		var m Metrics
		if m.timingMetrics(watch); m.Floor.Pass {
			t.Error("two weeks below two pass")
		}
	})
	t.Run("visits that never follow each other are found", func(t *testing.T) {
		t.Parallel()
		watch := newTiming()
		for range 200 { // after the second visit the week is safe, as with exactly two a week
			watch.see(weekOf(t, right, map[int]bool{2: true, 8: true}))
		}
		if difference, p := watch.memory(); difference != 0 || p > 1e-6 {
			t.Errorf("got difference %g, p %g", difference, p)
		}
	})
}

func TestPairs(t *testing.T) {
	t.Parallel()
	o := Defaults()
	o.Teams = 40 // six townships: team 1 and inspectors 1 and 7 are of the first
	roster := newRoster(o)
	row := func(team uint64, pair []uint64, standby ...uint64) *weekSeen {
		r := &draw.Row{Outcome: draw.Dispatched, Team: team, Pair: pair, Visit: 1}
		for _, id := range standby {
			r.Standby = append(r.Standby, draw.Standby{Inspector: id})
		}
		return &weekSeen{slots: []seen{{row: r, done: true, team: int(team - 1)}}}
	}
	see := func(t *testing.T, weeks ...*weekSeen) *pairs {
		t.Helper()
		p := newPairs(roster)
		for _, w := range weeks {
			if err := p.see(w); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
	for _, c := range []struct {
		name      string
		weeks     []*weekSeen
		conflicts int
		again     int
	}{
		{"strangers have no conflict", []*weekSeen{row(1, []uint64{2, 3}, 2, 3, 4)}, 0, 0},
		{"somebody from the township has", []*weekSeen{row(1, []uint64{2, 7}, 2, 3, 7)}, 1, 0},
		{"somebody who does not stand by has", []*weekSeen{row(1, []uint64{2, 3}, 2, 4, 5)}, 1, 0},
		{"a late visitor has while others can go", []*weekSeen{row(1, []uint64{2, 3}, 2, 3, 4), row(1, []uint64{3, 5}, 3, 4, 5)}, 1, 1},
		{"and has none where nobody else can", []*weekSeen{row(1, []uint64{2, 3}, 2, 3, 4), row(1, []uint64{3, 5}, 2, 3, 5)}, 0, 1},
		{"three visits ago is not late", []*weekSeen{
			row(1, []uint64{2, 3}, 2, 3), row(1, []uint64{4, 5}, 4, 5), row(1, []uint64{6, 8}, 6, 8), row(1, []uint64{2, 3}, 2, 3, 9),
		}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if p := see(t, c.weeks...); p.conflict != c.conflicts || p.again != c.again {
				t.Errorf("got %d conflicts, %d again, want %d and %d", p.conflict, p.again, c.conflicts, c.again)
			}
		})
	}
	t.Run("who is from the aid unit has a conflict", func(t *testing.T) {
		t.Parallel()
		// Inspector 4 works for unit 4, which sends people to team 14; they have different townships.
		team, _ := roster.Team(14)
		if own := roster.Inspectors[3]; own.OwnUnit != roster.UnitsOf(team.ID, since)[0] || own.Home == team.Township {
			t.Fatal("the roster was laid out anew: choose another team")
		}
		if p := see(t, row(14, []uint64{4, 6}, 4, 6)); p.conflict != 1 {
			t.Errorf("got %d conflicts, want 1", p.conflict)
		}
	})
	t.Run("visits that fall on few show in the Gini", func(t *testing.T) {
		t.Parallel()
		var even, uneven []*weekSeen
		for i := range uint64(halfYear) {
			even = append(even, row(20, []uint64{3 + i%2, 5 + i%2}, 3, 4, 5, 6))
			uneven = append(uneven, row(20, []uint64{3, 4}, 3, 4, 5, 6))
		}
		if p := see(t, even...); len(p.ginis) != 1 || p.ginis[0] > 1e-9 {
			t.Errorf("even: got %v", p.ginis)
		}
		if p := see(t, uneven...); len(p.ginis) != 1 || math.Abs(p.ginis[0]-0.5) > 1e-9 {
			t.Errorf("uneven: got %v, want 0.5", p.ginis)
		}
	})
}
