package simulate

import (
	"math"
	"math/rand/v2"
	"testing"
)

// chooseFor lets a rule draw visits for weeks, four a week.
func chooseFor(r rule, risks []float64, horizon, weeks int, seed uint64) *choice {
	random := rand.New(rand.NewPCG(seed, 3))
	c := newChoice(risks, horizon, weeks)
	p := make([]float64, len(risks))
	for week := range weeks {
		c.begin(week, 1+week/horizon, nil)
		for range 4 {
			r.chances(c.history, 4*float64(horizon-week%horizon), p)
			team := pick(p, random.Float64())
			c.fit.add(p, team, random.Float64())
			c.draw(p, team, random.Float64() < 0.94)
		}
	}
	c.endHorizon(weeks)
	return c
}

func spreadRisks(n int) []float64 {
	risks := make([]float64, n)
	for i := range risks {
		risks[i] = 500 * math.Pow(6, float64(i*7%n)/float64(n))
	}
	return risks
}

func byName(t *testing.T, name string) rule {
	t.Helper()
	for _, r := range rules() {
		if r.name == name {
			return r
		}
	}
	t.Fatalf("no rule %s", name)
	return rule{}
}

func TestAdversary(t *testing.T) {
	t.Parallel()
	const teams, horizon, weeks = 80, 40, 800
	risks := spreadRisks(teams)
	t.Run("names every target of a round robin", func(t *testing.T) {
		t.Parallel()
		c := chooseFor(byName(t, "round_robin"), risks, horizon, weeks, 1)
		if _, name, named := c.edge(); named < 0.98 {
			t.Errorf("got %g by %s", named, name)
		}
		near(t, "largest chance", c.most, 1, 0)
	})
	t.Run("names most targets of riskiest first", func(t *testing.T) {
		t.Parallel()
		if _, name, named := chooseFor(byName(t, "riskiest_first"), risks, horizon, weeks, 1).edge(); named < 4*0.05 {
			t.Errorf("got %g by %s, want far more than one in twenty", named, name)
		}
	})
	t.Run("names the last of a shuffle bag", func(t *testing.T) {
		t.Parallel()
		c := chooseFor(byName(t, "shuffle_bag"), risks, horizon, weeks, 1)
		if _, name, named := c.edge(); named < 0.1 {
			t.Errorf("got %g by %s", named, name)
		}
		if c.most < 0.5 || c.relax() > 0.2 {
			t.Errorf("largest chance %g, relax %g: a visited team is safe in a shuffle bag", c.most, c.relax())
		}
	})
	t.Run("learns nothing from uniform draws", func(t *testing.T) {
		t.Parallel()
		mean := 0.0
		for seed := range uint64(8) {
			c := chooseFor(byName(t, "uniform"), risks, horizon, weeks, seed)
			edge, _, _ := c.edge()
			mean += edge / 8
			near(t, "relax", c.relax(), 1, 1e-9)
		}
		near(t, "edge", mean, 1, 0.12)
	})
	t.Run("finds a planted habit through naive Bayes or its table", func(t *testing.T) {
		t.Parallel()
		habit := rule{"habit", func(h *history, _ float64, into []float64) { // teams of middling age are drawn most
			sum := 0.0
			for i := range into {
				into[i] = 1
				if r := h.rank[i] * 4 / len(into); r == 2 {
					into[i] = 12
				}
				sum += into[i]
			}
			for i := range into {
				into[i] /= sum
			}
		}}
		uniform, _, _ := chooseFor(byName(t, "uniform"), risks, horizon, weeks, 2).edge()
		c := chooseFor(habit, risks, horizon, weeks, 2)
		edge, name, named := c.edge()
		if named < 0.13 || edge < 0.75 {
			t.Errorf("got edge %g (uniform %g), %g named by %s: twenty teams have four fifths of the chance", edge, uniform, named, name)
		}
	})
}

func TestCoverageCountsTeamsWithoutAVisit(t *testing.T) {
	t.Parallel()
	c := newChoice(make([]float64, 4), 10, 25)
	p := []float64{0.25, 0.25, 0.25, 0.25}
	for week := range 25 {
		c.begin(week, 1+week/10, nil)
		if week < 10 {
			c.draw(p, week%3, true) // team 3 never
		} else {
			c.draw(p, week%4, week%4 != 2) // team 2 always falls through
		}
	}
	c.endHorizon(25) // the third horizon is not over and does not count
	if c.forgotten != 2 || c.owed != 8 {
		t.Errorf("got %d of %d, want 2 of 8", c.forgotten, c.owed)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	h := newHistory([]float64{1, 1, 1, 1}, 10)
	h.begin(0, 1, nil)
	h.visit(2)
	h.visit(0)
	h.visit(2)
	for i, want := range []int{2, 0, 3, 1} {
		if h.rank[i] != want {
			t.Errorf("rank of %d: got %d, want %d", i, h.rank[i], want)
		}
	}
	if h.left != 2 || h.previous != 2 || h.count[2] != 2 {
		t.Errorf("got %+v", h)
	}
	h.begin(10, 2, []int{1})
	if h.left != 3 || h.flag[1] || !h.flag[2] {
		t.Errorf("a new horizon keeps only late records: got %+v", h.flag)
	}
}

func TestTopPicksTheHighest(t *testing.T) {
	t.Parallel()
	got := top([]float64{1, 5, 3, 5, 0, 4}, 3, nil)
	if len(got) != 3 || got[0] != 1 || got[1] != 3 || got[2] != 5 {
		t.Errorf("got %v, want 1 3 5", got)
	}
	if topOf(260) != 13 || topOf(20) != 1 || topOf(21) != 2 {
		t.Errorf("got %d %d %d", topOf(260), topOf(20), topOf(21))
	}
}
