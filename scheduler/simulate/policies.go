package simulate

import (
	"math/rand/v2"
)

// rule is another way to choose a team; it fills the chances it declares.
type rule struct {
	name    string
	chances func(h *history, ahead float64, into []float64)
}

// rules are the policies that offices think of first. ahead is how many visits the horizon will still
// bring in the mean.
func rules() []rule {
	return []rule{
		{"uniform", func(_ *history, _ float64, into []float64) {
			for i := range into {
				into[i] = 1 / float64(len(into))
			}
		}},
		{"deadline_forced", func(h *history, ahead float64, into []float64) {
			// By chance and risk, until the time left is just enough for those still waiting.
			if float64(h.left) >= ahead && h.left > 0 {
				amongWaiting(h, into)
				return
			}
			sum := 0.0
			for _, r := range h.risks {
				sum += r
			}
			for i, r := range h.risks {
				into[i] = r / sum
			}
		}},
		{"shuffle_bag", func(h *history, _ float64, into []float64) {
			// Without putting back, and refilled when it is empty.
			round := h.completed / len(into)
			waiting := 0
			for i := range into {
				into[i] = 0
				if h.count[i] <= round {
					waiting++
				}
			}
			for i := range into {
				if h.count[i] <= round {
					into[i] = 1 / float64(waiting)
				}
			}
		}},
		{"round_robin", func(h *history, _ float64, into []float64) {
			clear(into)
			into[(h.previous+1)%len(into)] = 1
		}},
		{"riskiest_first", func(h *history, _ float64, into []float64) {
			// The highest risk times weeks since the last visit.
			clear(into)
			best, most := 0, -1.0
			for i, r := range h.risks {
				if score := r * float64(h.week-h.last[i]+1); score > most {
					best, most = i, score
				}
			}
			into[best] = 1
		}},
	}
}

// amongWaiting gives every team without a visit in this horizon the same chance.
func amongWaiting(h *history, into []float64) {
	for i := range into {
		into[i] = 0
		if h.flag[i] {
			into[i] = 1 / float64(h.left)
		}
	}
}

// rival runs a rule on the slots of the real run: the same visits at the same times, the same that fall
// through, another choice of team.
type rival struct {
	rule
	*choice
	random  *rand.Rand
	perWeek float64
	p       []float64
}

func (r *rival) see(w *weekSeen) {
	r.begin(w.index, w.book.Horizon.Number, nil)
	for i := range w.slots {
		s := &w.slots[i]
		if s.team < 0 {
			continue
		}
		ahead := r.perWeek * float64(r.history.weeks-(w.index-r.history.began))
		r.chances(r.history, ahead, r.p)
		team := pick(r.p, r.random.Float64())
		r.fit.add(r.p, team, r.random.Float64())
		r.draw(r.p, team, s.done)
	}
}

// pick chooses by u in [0, 1).
func pick(p []float64, u float64) int {
	last := 0
	for i, chance := range p {
		if chance == 0 {
			continue
		}
		if last = i; u < chance {
			return i
		}
		u -= chance
	}
	return last
}
