package draw

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

const freezeTag = "anfang/freeze/v1"

// Risk weights a team may have; 0 is an excluded team.
const (
	MinRisk = 500
	MaxRisk = 3000
)

// Limits says that lambda could not be reached and why.
type Limit string

// The limits of lambda.
const (
	Reached  Limit = "reached"
	LimitLow Limit = "low"  // the floor alone causes more; z = 0
	LimitTop Limit = "high" // the slots hold fewer; z = 2^64−1
)

// Team is a team as frozen for a week.
type Team struct {
	ID      uint64   `json:"id"`      // < 2^32
	Risk    uint32   `json:"risk"`    // 500 … 3000; 0 = excluded
	Reasons []string `json:"reasons"` // codes of what raised or lowered the weight
	Bag     bool     `json:"bag"`     // not yet visited in this horizon
}

// Horizon says where the week stands in the stretch in which every team's turn
// should come.
type Horizon struct {
	Number int `json:"number"` // 1 for the first
	Year   int `json:"year"`   // ISO year of its first week
	Week   int `json:"week"`   // its first ISO week
	Weeks  int `json:"weeks"`  // H
}

// Freeze is everything a week's draws depend on but chance and what happens in
// the week. It is immutable; its canonical bytes are hashed and journalled
// before the week begins.
type Freeze struct {
	Algorithm     string  `json:"algorithm"`      // Version
	County        uint64  `json:"county"`         // < 2^32
	Year          int     `json:"year"`           // ISO year
	Week          int     `json:"week"`           // ISO week
	Slots         []Slot  `json:"slots"`          // numbered 1 … in time order
	Teams         []Team  `json:"teams"`          // ascending by id
	Alpha         uint16  `json:"alpha"`          // share drawn from the bag, 1/65536
	Z             uint64  `json:"z,string"`       // threshold of a free slot
	Buffer        int     `json:"buffer"`         // b
	LambdaMilli   int     `json:"lambda_milli"`   // completed visits a week aimed at, 1/1000
	CompletionPPM int     `json:"completion_ppm"` // c, 1/1,000,000
	ExpectedNano  int64   `json:"expected_nano"`  // expectation under z, 1/1,000,000,000
	Limit         Limit   `json:"limit"`          // whether lambda was reached
	LeadMinutes   int     `json:"lead_minutes"`   // release before arrival
	Horizon       Horizon `json:"horizon"`
	Beacon        string  `json:"beacon"` // name of the public beacon; "" = none
	Salt          Hash    `json:"salt"`   // random
	Anchor        Hash    `json:"anchor"` // x_0 of the chain year
	Late          bool    `json:"late"`   // made after the hour due, without co-seed
}

// Solve sets Z, ExpectedNano and Limit from the slots, buffer, lambda and
// completion share. A lambda out of reach is no error: Limit says so.
func (f *Freeze) Solve() error {
	z, expected, err := f.week().SolveZ(f.LambdaMilli)
	f.Limit = Reached
	switch {
	case errors.Is(err, ErrLambdaLow):
		f.Limit = LimitLow
	case errors.Is(err, ErrLambdaHigh):
		f.Limit = LimitTop
	case err != nil:
		return err
	}
	f.Z, f.ExpectedNano = z, expected
	return nil
}

// Canonical checks the freeze and returns its canonical JSON.
func (f *Freeze) Canonical() ([]byte, error) {
	if err := f.Check(); err != nil {
		return nil, err
	}
	whole := *f // lists that are nil are written as []
	whole.Slots, whole.Teams = slices.Clone(f.Slots), slices.Clone(f.Teams)
	for i := range whole.Slots {
		whole.Slots[i].Standby = listed(whole.Slots[i].Standby)
	}
	for i := range whole.Teams {
		whole.Teams[i].Reasons = listed(whole.Teams[i].Reasons)
	}
	whole.Slots, whole.Teams = listed(whole.Slots), listed(whole.Teams)
	return Canonical(whole)
}

// Hash returns FreezeHash of the canonical bytes.
func (f *Freeze) Hash() (Hash, error) {
	b, err := f.Canonical()
	if err != nil {
		return Hash{}, err
	}
	return FreezeHash(b), nil
}

// FreezeHash returns SHA-256("anfang/freeze/v1" ‖ canonical bytes).
func FreezeHash(canonical []byte) Hash {
	return sha256.Sum256(append([]byte(freezeTag), canonical...))
}

// ParseFreeze reads canonical bytes, refuses bytes in any other form and
// checks the freeze.
func ParseFreeze(canonical []byte) (*Freeze, error) {
	decoder := json.NewDecoder(bytes.NewReader(canonical))
	decoder.DisallowUnknownFields()
	var f Freeze
	if err := decoder.Decode(&f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFreeze, err)
	}
	again, err := f.Canonical()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, canonical) {
		return nil, fmt.Errorf("%w: bytes are not canonical", ErrCanonical)
	}
	return &f, nil
}

// Check reports the first rule the freeze breaks, wrapping ErrFreeze (or
// ErrPlace for a week the year does not have): slots in time order within the
// week, teams and standby ascending by id, weights in bounds, and z giving
// lambda to 10^-6 unless Limit says otherwise.
func (f *Freeze) Check() error {
	if f.Algorithm != Version {
		return fmt.Errorf("%w: algorithm %q", ErrFreeze, f.Algorithm)
	}
	if f.County >= 1<<32 {
		return fmt.Errorf("%w: county %d", ErrFreeze, f.County)
	}
	if f.LeadMinutes < 0 || f.LeadMinutes > 24*60 {
		return fmt.Errorf("%w: lead of %d minutes", ErrFreeze, f.LeadMinutes)
	}
	if h := f.Horizon; h.Number < 1 || h.Weeks < 1 {
		return fmt.Errorf("%w: horizon %d of %d weeks", ErrFreeze, h.Number, h.Weeks)
	}
	if err := f.checkSlots(); err != nil {
		return err
	}
	for i, team := range f.Teams {
		if team.ID >= 1<<32 || i > 0 && team.ID <= f.Teams[i-1].ID {
			return fmt.Errorf("%w: team %d out of order", ErrFreeze, team.ID)
		}
		if team.Risk != 0 && (team.Risk < MinRisk || team.Risk > MaxRisk) {
			return fmt.Errorf("%w: team %d has weight %d", ErrFreeze, team.ID, team.Risk)
		}
	}
	return f.checkExpectation()
}

func (f *Freeze) checkSlots() error {
	monday, err := mondayOf(f.Year, f.Week)
	if err != nil {
		return err
	}
	if len(f.Slots) > MaxSlots {
		return fmt.Errorf("%w: %d slots", ErrFreeze, len(f.Slots))
	}
	free := monday
	for i, slot := range f.Slots {
		start, end, err := slot.Window()
		if err != nil {
			return err
		}
		if _, known := partWindows[slot.Part]; !known || slot.Number != i+1 || slot.Opens < 0 || slot.Closes > 24*60 ||
			slot.Length() < 1 || start.Before(free) || end.After(monday.Add(7*24*time.Hour)) {
			return fmt.Errorf("%w: slot %d", ErrFreeze, slot.Number)
		}
		free = end
		for j, id := range slot.Standby {
			if id >= 1<<32 || j > 0 && id <= slot.Standby[j-1] {
				return fmt.Errorf("%w: standby of slot %d", ErrFreeze, slot.Number)
			}
		}
	}
	return nil
}

// checkExpectation checks z against lambda; the frozen z is authoritative for
// the draws, and any method may have found it.
func (f *Freeze) checkExpectation() error {
	const tolerance = nano / Million // 10^-6
	expected, err := f.week().ExpectedNano(f.Z)
	if err != nil {
		return err
	}
	off := func(a, b int64) bool { return max(a-b, b-a) > tolerance }
	wanted := int64(f.LambdaMilli) * (nano / 1000)
	sound := !off(expected, f.ExpectedNano)
	switch f.Limit {
	case Reached:
		sound = sound && !off(expected, wanted)
	case LimitLow:
		sound = sound && f.Z == 0 && expected > wanted
	case LimitTop:
		sound = sound && f.Z == math.MaxUint64 && expected < wanted
	default:
		sound = false
	}
	if !sound {
		return fmt.Errorf("%w: z %d gives %d, lambda is %d, limit %q", ErrFreeze, f.Z, expected, wanted, f.Limit)
	}
	return nil
}

// Slot returns the slot with the number; ErrPlace if there is none.
func (f *Freeze) Slot(number int) (Slot, error) {
	if number < 1 || number > len(f.Slots) {
		return Slot{}, fmt.Errorf("%w: slot %d of %d", ErrPlace, number, len(f.Slots))
	}
	return f.Slots[number-1], nil
}

// Left returns r, the slots left including the numbered one.
func (f *Freeze) Left(number int) int { return len(f.Slots) - number + 1 }

// Place returns the place of a slot in the seeds.
func (f *Freeze) Place(number int) Place {
	return Place{County: f.County, Year: f.Year, Week: f.Week, Slot: number}
}

// Entrants returns the frozen teams as they stand in the race, with the bag
// flags of the cleared team ids (any order) taken out.
func (f *Freeze) Entrants(cleared []uint64) []Entrant {
	return f.appendEntrants(make([]Entrant, 0, len(f.Teams)), cleared)
}

// appendEntrants is Entrants into a list that is empty.
func (f *Freeze) appendEntrants(entrants []Entrant, cleared []uint64) []Entrant {
	for i := range f.Teams {
		team := &f.Teams[i]
		entrants = append(entrants, Entrant{ID: team.ID, Weight: team.Risk, InBag: team.Bag})
	}
	for _, id := range cleared {
		if i, known := slices.BinarySearchFunc(f.Teams, id, byID); known {
			entrants[i].InBag = false
		}
	}
	return entrants
}

func (f *Freeze) week() Week {
	return Week{Slots: len(f.Slots), Buffer: f.Buffer, CompletionPPM: f.CompletionPPM}
}

func listed[E any](list []E) []E {
	if list == nil {
		return []E{}
	}
	return list
}
