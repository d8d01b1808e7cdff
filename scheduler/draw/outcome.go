package draw

import (
	"fmt"
	"sync"
)

// lists are those of draws that are over, since a nation draws forty thousand times a week.
var lists = sync.Pool{New: func() any { return new([]Entrant) }}

// State is what was recorded before a slot's cut-off.
type State struct {
	Completed int      // k: completed random visits of this week
	Cleared   []uint64 // teams whose bag flag a completed random visit cleared since the freeze, any order
}

// Result is the outcome of a drawn slot. Team and FromBag are set only when
// Outcome is Dispatched.
type Result struct {
	Outcome Outcome
	Minute  int
	Team    uint64
	FromBag bool
}

// Draw decides a slot: whether there is a visit and to which team. It is to be
// called at the release and not before; until then only [Minute] may be known.
// It also does its race for a slot without a visit, so that a drawn slot and
// an empty one cost the same work.
func Draw(f *Freeze, slot int, state State, seed Seed) (Result, error) {
	window, err := f.Slot(slot)
	if err != nil {
		return Result{}, err
	}
	// Each completed visit of the week came from an earlier slot.
	if state.Completed < 0 || state.Completed >= slot {
		return Result{}, fmt.Errorf("%w: %d completed before slot %d", ErrState, state.Completed, slot)
	}
	result := Result{Outcome: None, Minute: Minute(seed, window.Length())}
	dispatch := Dispatch(seed, state.Completed, f.Left(slot), f.Buffer, f.Z)
	list := lists.Get().(*[]Entrant)
	*list = f.appendEntrants((*list)[:0], state.Cleared)
	pick, err := PickTeam(seed, *list, f.Alpha)
	lists.Put(list)
	if dispatch {
		if err != nil {
			return Result{}, err
		}
		result.Outcome, result.Team, result.FromBag = Dispatched, pick.Team, pick.FromBag
	}
	return result, nil
}
