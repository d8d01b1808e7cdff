package simulate

import "math"

// choice watches how one policy chooses teams: how well it can be guessed, how safe a visit makes, how
// large a chance ever was, whom it forgets, and whether the draws follow the chances it declares.
type choice struct {
	history    *history
	predictors []predictor
	learnUntil int // week up to which the best predictor is chosen
	scores     []float64
	best       []int

	early, late []int // hits of each predictor
	mass        float64
	lateDraws   int

	most     float64 // largest chance of a team in one draw
	sum      []float64
	draws    int
	afterSum []float64
	afterN   []int

	reached         []bool // visited in this horizon
	forgotten, owed int    // (team, horizon) pairs without a visit, and all
	fit             *fit
}

func newChoice(risks []float64, horizonWeeks, weeks int) *choice {
	n := len(risks)
	c := &choice{
		history: newHistory(risks, horizonWeeks), predictors: newPredictors(n), learnUntil: weeks / 5,
		scores: make([]float64, n), sum: make([]float64, n), reached: make([]bool, n), afterSum: make([]float64, n), afterN: make([]int, n), fit: newFit(n),
	}
	c.early, c.late = make([]int, len(c.predictors)), make([]int, len(c.predictors))
	return c
}

// begin enters a week. A horizon that ended counts when it had all its weeks.
func (c *choice) begin(week, horizon int, late []int) {
	if h := c.history; horizon != h.horizon && h.horizon > 0 {
		c.endHorizon(week)
	}
	c.history.begin(week, horizon, late)
}

// endHorizon counts the teams that had no visit in the horizon that ends before week.
func (c *choice) endHorizon(week int) {
	if h := c.history; week-h.began >= h.weeks {
		for _, visited := range c.reached {
			if !visited {
				c.forgotten++
			}
		}
		c.owed += len(c.reached)
	}
	clear(c.reached)
}

// draw enters one draw with the declared chances p before it, the team and whether the visit was made.
func (c *choice) draw(p []float64, team int, completed bool) {
	h := c.history
	k := topOf(len(p))
	for i := range c.predictors {
		c.predictors[i].scores(h, c.scores)
		c.best = top(c.scores, k, c.best)
		for _, guess := range c.best {
			if guess == team {
				if h.week < c.learnUntil {
					c.early[i]++
				} else {
					c.late[i]++
				}
			}
		}
		c.predictors[i].learn(h, team)
	}
	c.best = top(p, k, c.best)
	if h.week >= c.learnUntil {
		for _, i := range c.best {
			c.mass += p[i]
		}
		c.lateDraws++
	}
	c.most = max(c.most, p[c.best[0]])
	c.draws++
	for i, chance := range p {
		c.sum[i] += chance
		if h.last[i] >= 0 && (h.week-h.last[i])*10 <= h.weeks {
			c.afterSum[i] += chance
			c.afterN[i]++
		}
	}
	if completed {
		h.visit(team)
		c.reached[team] = true
	}
}

// edge gives the hits of the best predictor over the policy's own mass, the predictor and the share of
// targets it named.
func (c *choice) edge() (ratio float64, name string, named float64) {
	best := 0
	for i, hits := range c.early {
		if hits > c.early[best] {
			best = i
		}
	}
	if c.lateDraws == 0 || c.mass == 0 {
		return math.NaN(), c.predictors[best].name, math.NaN()
	}
	return float64(c.late[best]) / c.mass, c.predictors[best].name, float64(c.late[best]) / float64(c.lateDraws)
}

// relax gives the hazard of a team in the tenth of a horizon after its visit over its own mean, in the
// mean over all such draws.
func (c *choice) relax() float64 {
	sum, n := 0.0, 0
	for i := range c.sum {
		if c.afterN[i] > 0 && c.sum[i] > 0 {
			sum += c.afterSum[i] / (c.sum[i] / float64(c.draws))
			n += c.afterN[i]
		}
	}
	return sum / float64(n)
}
