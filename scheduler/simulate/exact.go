package simulate

import (
	"fmt"
	"math"

	"anfang.example/scheduler/draw"
)

// exactKeys is how many fixed keys draw again from every state of the run.
const exactKeys = 20

// exact draws every slot again under twenty keys that are the same in every run, and compares what comes
// out with the declared chances.
type exact struct {
	fit *fit
}

func (e *exact) see(w *weekSeen) error {
	for i := range w.slots {
		s := &w.slots[i]
		var entrants []draw.Entrant
		for key := range uint64(exactKeys) {
			seed := draw.Seed(digest("anfang/simulate/exact", key, uint64(w.index), uint64(s.row.Slot)))
			if !draw.Dispatch(seed, s.row.Completed, s.row.Left, w.book.Buffer, w.book.Z) {
				continue
			}
			if entrants == nil {
				entrants = w.book.Entrants(s.row.State().Cleared)
			}
			pick, err := draw.PickTeam(seed, entrants, w.book.Alpha)
			if err != nil {
				return fmt.Errorf("simulate: slot %s/%d: %w", w.week, s.row.Slot, err)
			}
			spread := hazard(draw.PRF(seed, "spread", 0))
			e.fit.add(s.chances, int(pick.Team-1), spread)
		}
	}
	return nil
}

// both gives the smaller of the two probabilities; that of the counts is left out while they are too few.
func (f *fit) both() float64 {
	p, q := f.kolmogorov(), f.chiSquare()
	if math.IsNaN(q) {
		return p
	}
	return math.Min(p, q)
}
