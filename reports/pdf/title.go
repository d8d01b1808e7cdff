package pdf

import (
	"math"
	"strings"
)

const (
	breakHint       = "|"
	mostTitleLines  = 6
	titleSearchMost = 120 // places to consider; a longer title breaks at its hints only
)

// titleRows chooses the lines of a title: few, at the hints if they are given, and in the shape of a trapezium or a
// diamond (7.3.1), never a rectangle or an hourglass.
func (l *layout) titleRows(title string, role Role, s setting, room float64) [][]cell {
	var cells []cell
	hinted := map[int]bool{}
	for i, piece := range strings.Split(title, breakHint) {
		if i > 0 && len(cells) > 0 {
			hinted[len(cells)] = true
		}
		cells = append(cells, l.shape(span{role, strings.ReplaceAll(piece, "\n", "")})...)
	}
	if len(cells) == 0 {
		return nil
	}
	delete(hinted, len(cells))
	search := titleSearch{room: room + slackMM, em: s.em(), places: []int{0}, hinted: hinted, upTo: []float64{0}}
	for _, c := range cells {
		search.upTo = append(search.upTo, search.upTo[len(search.upTo)-1]+s.width(c))
	}
	for at := 1; at < len(cells); at++ {
		if hinted[at] || len(cells) < titleSearchMost && bondAt(cells, at) == loose {
			search.places = append(search.places, at)
		}
	}
	search.places = append(search.places, len(cells))
	fewest := int(math.Ceil(search.upTo[len(cells)] / search.room))
	for count := fewest; count <= min(max(fewest+1, len(hinted)+1), mostTitleLines); count++ {
		search.try(nil, 0, count, float64(count-fewest)*2)
	}
	if search.best == nil { // a piece wider than the line: any break is better than running over the edge
		rows, _ := breakRows(cells, room, room, s.width)
		for _, r := range rows {
			search.best = append(search.best, r.to)
		}
	}
	var rows [][]cell
	from := 0
	for _, to := range search.best {
		rows = append(rows, cells[from:to])
		from = to
	}
	return rows
}

// titleSearch tries every way to break a title into a number of lines and keeps the cheapest.
type titleSearch struct {
	room, em float64
	places   []int     // where a line may end, with the title's start and end
	upTo     []float64 // width of the first n cells
	hinted   map[int]bool
	best     []int
	cost     float64
}

// try extends the lines ended at ends (cell counts) by left more lines; next is the first unused place.
func (t *titleSearch) try(ends []int, next, left int, cost float64) {
	if t.best != nil && cost >= t.cost {
		return
	}
	from := 0
	if len(ends) > 0 {
		from = ends[len(ends)-1]
	}
	total := t.places[len(t.places)-1]
	if left == 1 {
		if t.upTo[total]-t.upTo[from] > t.room {
			return
		}
		full := append(append([]int(nil), ends...), total)
		if cost += t.shapeCost(full); t.best == nil || cost < t.cost {
			t.best, t.cost = full, cost
		}
		return
	}
	if t.upTo[total]-t.upTo[from] > t.room*float64(left) {
		return
	}
	for i := next + 1; i < len(t.places)-1; i++ {
		at := t.places[i]
		if t.upTo[at]-t.upTo[from] > t.room {
			return
		}
		extra := 0.0
		if !t.hinted[at] && len(t.hinted) > 0 {
			extra = 100
		}
		t.try(append(ends[:len(ends):len(ends)], at), i, left-1, cost+extra)
	}
}

// shapeCost is 0 for lines that differ by one to five characters and form a trapezium or a diamond.
func (t *titleSearch) shapeCost(ends []int) float64 {
	widths := make([]float64, len(ends))
	from := 0
	for i, to := range ends {
		widths[i] = (t.upTo[to] - t.upTo[from]) / t.em
		from = to
	}
	cost := 0.0
	falling, bent := false, false
	for i := 1; i < len(widths); i++ {
		step := widths[i] - widths[i-1]
		switch {
		case math.Abs(step) < 1:
			cost += 6
		case math.Abs(step) > 5:
			cost += (math.Abs(step) - 5) * (math.Abs(step) - 5) / 4
		}
		if step > 0.5 && falling {
			bent = true
		}
		falling = falling || step < -0.5
	}
	if bent {
		cost += 50
	}
	const tooShort, tooLong = 4, 18 // characters; a line from edge to edge looks like text
	for _, w := range widths {
		switch {
		case w < tooShort && len(widths) > 1:
			cost += 10
		case w > tooLong && len(t.hinted) > 0:
			cost += 4
		}
	}
	return cost
}
