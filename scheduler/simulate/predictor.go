package simulate

import (
	"math"
	"slices"
)

// predictor guesses the next team from the history alone. scores fills one number per team, the likeliest
// highest; learn hears which team it was.
type predictor struct {
	name   string
	scores func(h *history, into []float64)
	learn  func(h *history, team int)
}

// newPredictors are the guesses of DRAW.md: age, age rank, rate, successor, risk, bag flag, and naive
// Bayes over all of them. Where a plain order could be right either way round, both are tried. Who computes
// the declared chances themselves is no predictor but the measure: such a one's edge is 1 in the mean.
func newPredictors(teams int) []predictor {
	nothing := func(*history, int) {}
	plain := func(name string, score func(h *history, i int) float64) predictor {
		return predictor{name, func(h *history, into []float64) {
			for i := range into {
				into[i] = score(h, i)
			}
		}, nothing}
	}
	bayes := newBayes(teams)
	return []predictor{
		plain("age_oldest", func(h *history, i int) float64 { return -float64(h.rank[i]) }),
		plain("age_newest", func(h *history, i int) float64 { return float64(h.rank[i]) }),
		newTable("age", ageBins, func(h *history, i int) int { return ageBin(h, i) }),
		newTable("age_rank", rankBins, func(h *history, i int) int { return h.rank[i] * rankBins / len(h.rank) }),
		plain("rate_highest", func(h *history, i int) float64 { return float64(h.count[i]) }),
		plain("rate_lowest", func(h *history, i int) float64 { return -float64(h.count[i]) }),
		newSuccessor(teams),
		plain("risk", func(h *history, i int) float64 { return h.risks[i] }),
		plain("bag", func(h *history, i int) float64 {
			if h.flag[i] {
				return 1
			}
			return 0
		}),
		{"naive_bayes", bayes.scores, bayes.learn},
	}
}

const (
	ageBins  = 10
	rankBins = 26
	rateBins = 8
	riskBins = 10
)

// ageLimits are the ends of the age bins in weeks.
var ageLimits = []int{2, 5, 10, 20, 40, 70, 104, 156}

// ageBin sorts a team by the weeks since its last visit; never visited is a bin of its own.
func ageBin(h *history, i int) int {
	if h.last[i] < 0 {
		return ageBins - 1
	}
	at, _ := slices.BinarySearch(ageLimits, h.week-h.last[i])
	return at
}

// rateBin sorts a team by its visits against the mean of all, in steps of a quarter.
func rateBin(h *history, i int) int {
	if h.completed == 0 {
		return 0
	}
	return min(rateBins-1, h.count[i]*len(h.count)*4/h.completed)
}

// riskBin sorts a team by its weight on the scale on which weights are spread.
func riskBin(h *history, i int) int {
	return max(0, min(riskBins-1, int(riskBins*math.Log(h.risks[i]/500)/math.Log(6))))
}

// newTable guesses by one sorting of the teams: the bins that were hit most often, for their size, first.
func newTable(name string, bins int, bin func(*history, int) int) predictor {
	hits, base := make([]float64, bins), make([]float64, bins)
	return predictor{name, func(h *history, into []float64) {
		for i := range into {
			b := bin(h, i)
			into[i] = (hits[b] + 1) / (base[b] + float64(len(into)))
		}
	}, func(h *history, team int) {
		for i := range h.risks {
			base[bin(h, i)]++
		}
		hits[bin(h, team)]++
	}}
}

// newSuccessor guesses what followed the last team before.
func newSuccessor(teams int) predictor {
	followed := make([]uint16, teams*teams)
	return predictor{"successor", func(h *history, into []float64) {
		for i := range into {
			into[i] = 0
			if h.previous >= 0 {
				into[i] = float64(followed[h.previous*teams+i])
			}
		}
	}, func(h *history, team int) {
		if h.previous >= 0 {
			followed[h.previous*teams+team]++
		}
	}}
}

// bayes multiplies, over all sortings, how much more often a bin was hit than it stood there.
type bayes struct {
	hits, base [5][rankBins]float64
	bins       [][5]uint8
	draws      float64
}

func newBayes(teams int) *bayes { return &bayes{bins: make([][5]uint8, teams)} }

func (b *bayes) scores(h *history, into []float64) {
	var ratio [5][rankBins]float64
	total := b.draws * float64(len(into))
	for f := range ratio {
		for n := range ratio[f] {
			ratio[f][n] = math.Log((b.hits[f][n] + 1) / (b.draws + rankBins) * (total + rankBins) / (b.base[f][n] + 1))
		}
	}
	for i := range into {
		flag := uint8(0)
		if h.flag[i] {
			flag = 1
		}
		b.bins[i] = [5]uint8{uint8(ageBin(h, i)), uint8(h.rank[i] * rankBins / len(h.rank)), uint8(rateBin(h, i)), uint8(riskBin(h, i)), flag}
		into[i] = 0
		for f, n := range b.bins[i] {
			into[i] += ratio[f][n]
		}
	}
}

// learn counts the bins of the scores just given.
func (b *bayes) learn(_ *history, team int) {
	b.draws++
	for _, bins := range b.bins {
		for f, n := range bins {
			b.base[f][n]++
		}
	}
	for f, n := range b.bins[team] {
		b.hits[f][n]++
	}
}
