package pairing

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"anfang.example/scheduler/draw"
)

// Standby sizes (DRAW.md, "By whom").
const (
	MinPerSlot     = 3
	DefaultPerSlot = 4
	MaxPerSlot     = 6
	MaxPerWeek     = 4 // slots a person is on standby in a week
	pairSize       = 2
)

const (
	standbyTag                = "anfang/standby/v1"
	domainStandby draw.Domain = "standby"
)

// Rostered is an inspector as the rotation sees them at the freeze.
type Rostered struct {
	ID   uint64
	Load int   // standby slots of the last 26 weeks
	Away []int // slot numbers of this week with leave known at the freeze
}

// Rotation is the standby roster of a week and how far it fell short.
type Rotation struct {
	Slots   [][]uint64 // inspector ids per slot, ascending; index 0 is slot 1
	PerSlot int        // inspectors a slot that were asked for
	Short   []int      // slot numbers with fewer than asked for
	Thin    []int      // slot numbers with fewer than three: no choice of pair, or none at all
	OverCap []uint64   // inspectors on standby more than four times, because a slot had no pair otherwise
}

// Degraded reports whether any slot has fewer inspectors than asked for or
// anybody more slots than four.
func (r Rotation) Degraded() bool { return len(r.Short)+len(r.OverCap) > 0 }

// Rotate makes the standby roster of a week with the given number of slots:
// who has stood by least comes first, ties by a public order of the week, so
// that the same groups do not meet again and again. It is deterministic and no
// secret. perSlot 0 means four; it is 3 … 6.
//
// Each person has at most four slots a week. A county with too few inspectors
// gets fewer a slot, evenly spread; where even two would be missing, people go
// beyond four slots, since a slot without a pair would be known to be safe.
func Rotate(county uint64, year, week, slots, perSlot int, people []Rostered) (Rotation, error) {
	if perSlot == 0 {
		perSlot = DefaultPerSlot
	}
	if perSlot < MinPerSlot || perSlot > MaxPerSlot || slots < 0 || slots > draw.MaxSlots {
		return Rotation{}, fmt.Errorf("%w: %d inspectors a slot, %d slots", ErrInput, perSlot, slots)
	}
	if len(people) < pairSize {
		return Rotation{}, fmt.Errorf("%w: %d", ErrTooFew, len(people))
	}
	people = slices.SortedFunc(slices.Values(people), func(a, b Rostered) int { return cmp.Compare(a.ID, b.ID) })
	for i, p := range people {
		if p.ID >= 1<<32 || i > 0 && p.ID == people[i-1].ID {
			return Rotation{}, fmt.Errorf("%w: inspector %d", ErrInput, p.ID)
		}
	}
	roster := roster{people: people, count: make([]int, len(people)), order: publicOrder(county, year, week)}
	result := Rotation{Slots: make([][]uint64, slots), PerSlot: perSlot}
	sizes := slotSizes(slots, perSlot, len(people), week)
	for _, number := range roster.slotOrder(slots) {
		result.Slots[number-1] = roster.fill(number, sizes[number-1])
	}
	for i, chosen := range result.Slots {
		if len(chosen) < perSlot {
			result.Short = append(result.Short, i+1)
		}
		if len(chosen) < MinPerSlot {
			result.Thin = append(result.Thin, i+1)
		}
	}
	for i, n := range roster.count {
		if n > MaxPerWeek {
			result.OverCap = append(result.OverCap, people[i].ID)
		}
	}
	return result, nil
}

// slotSizes spreads the seats there are evenly over the slots; which slots get
// one more moves on from week to week.
func slotSizes(slots, perSlot, people, week int) []int {
	sizes := make([]int, slots)
	if slots == 0 {
		return sizes
	}
	seats := min(perSlot*slots, MaxPerWeek*people)
	each, more := seats/slots, seats%slots
	for i := range sizes {
		sizes[i] = each
		if (i+week)*more%slots < more {
			sizes[i]++
		}
		sizes[i] = max(pairSize, sizes[i])
	}
	return sizes
}

type roster struct {
	people []Rostered
	count  []int // slots of this week so far
	order  draw.Seed
}

// publicOrder is the key of the week's tie order: nothing secret goes into it.
func publicOrder(county uint64, year, week int) draw.Seed {
	b := binary.BigEndian.AppendUint64([]byte(standbyTag), county)
	b = binary.BigEndian.AppendUint16(b, uint16(year))
	return sha256.Sum256(append(b, byte(week)))
}

// slotOrder fills the slots fewest people can take first, the others in an
// order of the week, so that nobody's slots stand all in a row.
func (r *roster) slotOrder(slots int) []int {
	numbers := make([]int, slots)
	present := make([]int, slots+1)
	ties := make([]uint64, slots+1)
	for i := range numbers {
		numbers[i] = i + 1
		ties[i+1] = r.tie(i+1, 0)
		for _, p := range r.people {
			if !slices.Contains(p.Away, i+1) {
				present[i+1]++
			}
		}
	}
	slices.SortStableFunc(numbers, func(a, b int) int {
		return cmp.Or(cmp.Compare(present[a], present[b]), cmp.Compare(ties[a], ties[b]))
	})
	return numbers
}

// fill chooses up to size people for a slot and counts them.
func (r *roster) fill(slot, size int) []uint64 {
	var able []int
	ties := make([]uint64, len(r.people))
	for i, p := range r.people {
		if !slices.Contains(p.Away, slot) {
			able = append(able, i)
			ties[i] = r.tie(slot, p.ID)
		}
	}
	slices.SortFunc(able, func(a, b int) int {
		full := func(i int) int { return max(0, r.count[i]-MaxPerWeek+1) } // beyond the cap last
		return cmp.Or(
			cmp.Compare(full(a), full(b)),
			cmp.Compare(r.people[a].Load+r.count[a], r.people[b].Load+r.count[b]),
			cmp.Compare(ties[a], ties[b]),
			cmp.Compare(r.people[a].ID, r.people[b].ID))
	})
	chosen := []uint64{}
	for _, i := range able {
		if len(chosen) == size || r.count[i] >= MaxPerWeek && len(chosen) >= pairSize {
			break
		}
		chosen = append(chosen, r.people[i].ID)
		r.count[i]++
	}
	slices.Sort(chosen)
	return chosen
}

func (r *roster) tie(slot int, id uint64) uint64 {
	return draw.PRF(r.order, domainStandby, uint64(slot)<<32|id)
}
