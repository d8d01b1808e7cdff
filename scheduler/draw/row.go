package draw

import (
	"encoding/json"
	"errors"
)

// Outcome is what a slot came to.
type Outcome string

// The outcomes of a slot.
const (
	None       Outcome = "none"     // drawn: no visit
	Dispatched Outcome = "dispatch" // drawn: a visit to a team
	Missed     Outcome = "missed"   // the release passed while the program was down; never redrawn
)

// Pair is two inspector ids, the lower first.
type Pair [2]uint64

// MakePair orders two inspector ids.
func MakePair(a, b uint64) Pair { return Pair{min(a, b), max(a, b)} }

// ID returns lower·2^32 + higher, the pair's id in its race.
func (p Pair) ID() uint64 { return p[0]<<32 + p[1] }

// PairOf returns the pair with the id.
func PairOf(id uint64) Pair { return Pair{id >> 32, id & (1<<32 - 1)} }

// Standby is one inspector on standby for a slot, as recorded before the cut-off.
type Standby struct {
	Inspector uint64 `json:"inspector"`
	Visits    int    `json:"visits"` // n: own completed random visits in the last 26 weeks
	Slots     int    `json:"slots"`  // s: own standby slots in the same time
}

// BarReason says why an inspector on standby may not go to the drawn team.
type BarReason string

// The reasons of DRAW.md, "By whom".
const (
	BarHomeTownship BarReason = "home_township"
	BarOwnUnit      BarReason = "own_unit"
	BarKin          BarReason = "kin"
	BarRecentVisit  BarReason = "recent_visit" // visited this team in its last two visits
	BarLeave        BarReason = "leave"        // leave or illness recorded before the cut-off
)

// Bar is one inspector who may not go, with one reason.
type Bar struct {
	Inspector uint64    `json:"inspector"`
	Reason    BarReason `json:"reason"`
}

// PairInput is what the pair race depends on beside the seed.
type PairInput struct {
	Standby     []Standby // ascending by inspector
	TotalVisits int       // N: sum of n over all inspectors of the county
	TotalSlots  int       // S: sum of s over all inspectors of the county
	Barred      []Bar     // inspectors on standby who may not go
	Recent      []Pair    // pairs that went together in either's last six visits
}

// ErrNoFeasiblePair: fewer than two inspectors on standby may go. It is
// escalated to a named person and never redrawn.
var ErrNoFeasiblePair = errors.New("draw: no feasible pair")

// PairRule picks the pair; it is pairing.Pick. ErrNoFeasiblePair is an
// answer, any other error a fault of the input.
type PairRule func(Seed, PairInput) (Pair, error)

// Clearing is a bag flag taken out by a completed random visit.
type Clearing struct {
	Visit uint64 `json:"visit"`
	Team  uint64 `json:"team"`
}

// Row is the journal row every slot leaves, with everything its outcome
// depends on. In JSON all keys are always present and lists are never null.
type Row struct {
	Algorithm string  `json:"algorithm"` // Version
	County    uint64  `json:"county"`
	Year      int     `json:"year"` // ISO year
	Week      int     `json:"week"` // ISO week
	Slot      int     `json:"slot"` // number
	Freeze    Hash    `json:"freeze"`
	CoSeed    string  `json:"coseed"` // text as given; "" = absent
	Beacon    string  `json:"beacon"` // 64 hex digits; "" = none named, or missing at the slot
	Outcome   Outcome `json:"outcome"`
	Minute    int     `json:"minute"` // arrival minute in the window, drawn or not

	// State recorded before the cut-off.
	Completed int        `json:"completed"` // k = number of counted visits
	Left      int        `json:"left"`      // r, including this slot
	Counted   []uint64   `json:"counted"`   // ids of this week's completed random visits
	Cleared   []Clearing `json:"cleared"`   // flags cleared since the freeze, ascending by team

	// Everybody on standby, and the county's sums.
	Standby     []Standby `json:"standby"`
	TotalVisits int       `json:"total_visits"` // N
	TotalSlots  int       `json:"total_slots"`  // S

	// Filled for a dispatch only.
	Visit     uint64   `json:"visit"` // id of the visit made; 0 = none
	Team      uint64   `json:"team"`
	FromBag   bool     `json:"from_bag"`
	Pair      []uint64 `json:"pair"`      // two inspector ids, the lower first; [] = none
	Escalated bool     `json:"escalated"` // no feasible pair
	Barred    []Bar    `json:"barred"`
	Recent    []Pair   `json:"recent"`
}

// PairInput returns what the row lists for the pair race.
func (r *Row) PairInput() PairInput {
	return PairInput{Standby: r.Standby, TotalVisits: r.TotalVisits, TotalSlots: r.TotalSlots, Barred: r.Barred, Recent: r.Recent}
}

// State returns the state the row lists for the draw.
func (r *Row) State() State {
	cleared := make([]uint64, len(r.Cleared))
	for i, c := range r.Cleared {
		cleared[i] = c.Team
	}
	return State{Completed: r.Completed, Cleared: cleared}
}

// MarshalJSON writes empty lists as [].
func (r Row) MarshalJSON() ([]byte, error) {
	type plain Row
	r.Counted, r.Cleared, r.Standby = listed(r.Counted), listed(r.Cleared), listed(r.Standby)
	r.Pair, r.Barred, r.Recent = listed(r.Pair), listed(r.Barred), listed(r.Recent)
	return json.Marshal(plain(r))
}
