package simulate

// history is what anybody may have seen who was told of every visit at once: the adversary's book. Teams
// are indexes from 0 on.
type history struct {
	risks     []float64
	week      int   // of the run
	horizon   int   // number of the horizon
	began     int   // week the horizon began in
	weeks     int   // of a horizon
	last      []int // week of the last completed visit; -1 none yet
	count     []int // completed visits
	flag      []bool
	left      int   // teams in the bag
	order     []int // teams by their last visit, the longest ago first
	rank      []int // place of a team in order
	previous  int   // team visited last; -1 none yet
	completed int   // visits in all
}

func newHistory(risks []float64, horizonWeeks int) *history {
	n := len(risks)
	h := &history{
		risks: risks, weeks: horizonWeeks, last: make([]int, n), count: make([]int, n), flag: make([]bool, n),
		order: make([]int, n), rank: make([]int, n), previous: -1,
	}
	for i := range n {
		h.last[i], h.order[i], h.rank[i] = -1, i, i
	}
	return h
}

// begin enters a week; a new horizon refills the bag but for the teams whose visits of the last hours were
// recorded after its first book was sealed: these count for it already.
func (h *history) begin(week, horizon int, late []int) {
	h.week = week
	if horizon == h.horizon {
		return
	}
	h.horizon, h.began, h.left = horizon, week, len(h.flag)
	for i := range h.flag {
		h.flag[i] = true
	}
	for _, i := range late {
		h.clear(i)
	}
}

// clear takes a team out of the bag.
func (h *history) clear(team int) {
	if h.flag[team] {
		h.flag[team] = false
		h.left--
	}
}

// visit enters a completed visit.
func (h *history) visit(team int) {
	h.last[team], h.previous = h.week, team
	h.count[team]++
	h.completed++
	h.clear(team)
	at := h.rank[team]
	copy(h.order[at:], h.order[at+1:])
	h.order[len(h.order)-1] = team
	for i := at; i < len(h.order); i++ {
		h.rank[h.order[i]] = i
	}
}

// top picks the k teams with the highest scores, ties to the lower index, and gives them in buf.
func top(scores []float64, k int, buf []int) []int {
	buf = buf[:0]
	for i, s := range scores {
		if len(buf) == k && s <= scores[buf[k-1]] {
			continue
		}
		if len(buf) < k {
			buf = append(buf, i)
		} else {
			buf[k-1] = i
		}
		for j := len(buf) - 1; j > 0 && s > scores[buf[j-1]]; j-- {
			buf[j], buf[j-1] = buf[j-1], buf[j]
		}
	}
	return buf
}

// topOf is the number of teams that make the top 5 %.
func topOf(teams int) int { return (teams*5 + 99) / 100 }
