package simulate

import (
	"encoding/json"
	"fmt"
	"math"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// seen is one slot of a finished week as the observers see it.
type seen struct {
	row     *draw.Row
	forced  bool
	team    int       // index; -1 when nothing was dispatched
	done    bool      // the visit was made and recorded
	chances []float64 // of each team, had there been a visit
	bag     []bool    // flags that held at the slot
}

// weekSeen is a finished week with its book.
type weekSeen struct {
	finished
	week  calendar.Week
	index int // from 0 on
	book  *draw.Freeze
	rows  []draw.Row
	slots []seen
}

// read opens a finished week. Error: a row that does not fit its book.
func read(f finished, index int) (*weekSeen, error) {
	w := &weekSeen{finished: f, week: f.freeze.ISOWeek(), index: index}
	w.book = new(draw.Freeze)
	// Its bytes are checked where it is replayed.
	if err := json.Unmarshal([]byte(f.freeze.Body), w.book); err != nil {
		return nil, fmt.Errorf("simulate: book of %s: %w", w.week, err)
	}
	completed := map[uint64]bool{}
	for _, v := range f.visits {
		completed[uint64(v.ID)] = v.State == inspections.VisitCompleted
	}
	w.rows = make([]draw.Row, len(f.slots))
	for i, slot := range f.slots {
		row := &w.rows[i]
		if err := json.Unmarshal(slot.Row, row); err != nil {
			return nil, fmt.Errorf("simulate: row %s/%d: %w", w.week, slot.Slot, err)
		}
		s := seen{
			row: row, team: -1, done: completed[row.Visit], forced: draw.Forced(row.Completed, row.Left, w.book.Buffer),
			chances: make([]float64, len(w.book.Teams)), bag: make([]bool, len(w.book.Teams)),
		}
		entrants := w.book.Entrants(row.State().Cleared)
		chances(entrants, w.book.Alpha, s.chances)
		for n, e := range entrants {
			s.bag[n] = e.InBag
			if row.Outcome == draw.Dispatched && e.ID == row.Team {
				s.team = n
			}
		}
		if row.Outcome == draw.Dispatched && s.team < 0 {
			return nil, fmt.Errorf("simulate: row %s/%d names team %d, which is not in its book", w.week, slot.Slot, row.Team)
		}
		w.slots = append(w.slots, s)
	}
	return w, nil
}

// chances gives every team's declared chance in a draw: the mix of the bag, with capped weights, and of
// all teams.
func chances(entrants []draw.Entrant, alpha uint16, into []float64) {
	const capped = 2000 // of a weight in the bag (DRAW.md, "Where")
	bagSum, sum := 0.0, 0.0
	for _, e := range entrants {
		sum += float64(e.Weight)
		if e.InBag {
			bagSum += float64(min(e.Weight, capped))
		}
	}
	mix := float64(draw.BagMix(entrants, alpha)) / (1 << 16)
	for i, e := range entrants {
		into[i] = (1 - mix) * float64(e.Weight) / sum
		if e.InBag && bagSum > 0 {
			into[i] += mix * float64(min(e.Weight, capped)) / bagSum
		}
	}
}

// hazard is a threshold as a probability.
func hazard(z uint64) float64 { return float64(z) / math.Exp2(64) }

// steadyHazard gives, in floats and by a way of its own, the hazard that is the same in every state
// outside the forced zone and brings lambda completed visits in the mean. No policy with that mean has a
// higher least hazard: to raise it anywhere it would have to fall elsewhere, since more visits in one
// state never mean fewer in all.
func steadyHazard(slots, buffer int, completion, lambda float64) float64 {
	low, high := 0.0, 1.0
	for range 100 {
		middle := (low + high) / 2
		if expectedVisits(slots, buffer, completion, middle) < lambda {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// expectedVisits follows the spread of k, slot by slot from the first.
func expectedVisits(slots, buffer int, completion, hazard float64) float64 {
	at, mean := [draw.Floor + 1]float64{1}, 0.0
	for left := slots; left >= 1; left-- {
		var next [draw.Floor + 1]float64
		for k, p := range at {
			made := hazard
			if draw.Forced(k, left, buffer) {
				made = 1
			}
			made *= completion
			mean += p * made
			next[min(k+1, draw.Floor)] += p * made
			next[k] += p * (1 - made)
		}
		at = next
	}
	return mean
}
