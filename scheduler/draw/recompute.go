package draw

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// VerifyRow recomputes one row of a frozen week from its revealed link. It
// returns nil or the first *Difference. Which visits count is checked against
// other rows only by [Verify].
func VerifyRow(f *Freeze, row Row, link Hash, pairs PairRule) error {
	hash, err := f.Hash()
	if err != nil {
		return err
	}
	if d := checkPublic(f, hash, row); d != nil {
		return d
	}
	if err := VerifyLink(f.Anchor, link, f.Week, row.Slot); err != nil {
		return differ(f, row.Slot)("link", link, "a link of the anchor")
	}
	if d := recompute(f, row, link, pairs); d != nil {
		return d
	}
	return nil
}

// checkPublic checks what needs no link.
func checkPublic(f *Freeze, hash Hash, row Row) *Difference {
	differs := differ(f, row.Slot)
	slot, err := f.Slot(row.Slot)
	if err != nil {
		return differs("slot", row.Slot, fmt.Sprintf("1 to %d", len(f.Slots)))
	}
	standby := make([]uint64, len(row.Standby))
	for i, s := range row.Standby {
		standby[i] = s.Inspector
	}
	for _, pair := range []struct {
		field     string
		got, want any
	}{
		{"algorithm", row.Algorithm, Version},
		{"county", row.County, f.County},
		{"year", row.Year, f.Year},
		{"week", row.Week, f.Week},
		{"freeze", row.Freeze, hash},
		{"left", row.Left, f.Left(row.Slot)},
		{"completed", row.Completed, len(row.Counted)},
		{"standby", standby, listed(slot.Standby)},
	} {
		if d := differs(pair.field, pair.got, pair.want); d != nil {
			return d
		}
	}
	if f.Beacon == "" && row.Beacon != "" {
		return differs("beacon", row.Beacon, `""`)
	}
	if !ascending(row.Counted, func(id uint64) uint64 { return id }) {
		return differs("counted", row.Counted, "ascending ids")
	}
	if !ascending(row.Cleared, func(c Clearing) uint64 { return c.Team }) {
		return differs("cleared", row.Cleared, "ascending teams")
	}
	for _, c := range row.Cleared {
		if !flagged(f, c.Team) {
			return differs("cleared", c.Team, "a team in the frozen bag")
		}
	}
	switch row.Outcome {
	case Dispatched:
	case None, Missed:
		if row.Visit != 0 || row.Team != 0 || row.FromBag || len(row.Pair) != 0 || row.Escalated || len(row.Barred) != 0 || len(row.Recent) != 0 {
			return differs("team", row.Team, "nothing about a visit")
		}
	default:
		return differs("outcome", row.Outcome, "none, dispatch or missed")
	}
	return nil
}

// recompute derives the seed from the revealed link, which was checked against
// the anchor, and draws again.
func recompute(f *Freeze, row Row, link Hash, pairs PairRule) *Difference {
	differs := differ(f, row.Slot)
	coseed, err := ParseCoSeed(row.CoSeed)
	if err != nil {
		return differs("coseed", row.CoSeed, "ten dice or 32 hex digits")
	}
	var beacon []byte
	if row.Beacon != "" {
		value, err := ParseHash(row.Beacon)
		if err != nil {
			return differs("beacon", row.Beacon, "64 lower-case hex digits")
		}
		beacon = value[:]
	}
	seed, err := NewSeed(Link(link), coseed, beacon, f.Place(row.Slot))
	if err != nil {
		return differs("seed", err, "a seed")
	}
	if row.Outcome == Missed { // never drawn, so only the minute can be compared
		return differs("minute", row.Minute, Minute(seed, f.Slots[row.Slot-1].Length()))
	}
	result, err := Draw(f, row.Slot, row.State(), seed)
	if err != nil {
		return differs("outcome", row.Outcome, err)
	}
	for _, pair := range []struct {
		field     string
		got, want any
	}{
		{"minute", row.Minute, result.Minute},
		{"outcome", row.Outcome, result.Outcome},
		{"team", row.Team, result.Team},
		{"from_bag", row.FromBag, result.FromBag},
	} {
		if d := differs(pair.field, pair.got, pair.want); d != nil {
			return d
		}
	}
	if row.Outcome != Dispatched {
		return nil
	}
	pair, err := pairs(seed, row.PairInput())
	infeasible := errors.Is(err, ErrNoFeasiblePair)
	if err != nil && !infeasible {
		return differs("standby", err, "a sound input of the pair race")
	}
	if d := differs("escalated", row.Escalated, infeasible); d != nil {
		return d
	}
	want := pair[:]
	if infeasible {
		want = nil
	}
	return differs("pair", listed(row.Pair), listed(want))
}

// differ returns a comparison that yields a Difference at the slot, or nil.
func differ(f *Freeze, slot int) func(field string, got, want any) *Difference {
	return func(field string, got, want any) *Difference {
		if reflect.DeepEqual(got, want) {
			return nil
		}
		return &Difference{Year: f.Year, Week: f.Week, Slot: slot, Field: field, Got: fmt.Sprint(got), Want: fmt.Sprint(want)}
	}
}

func byID(t Team, id uint64) int {
	if t.ID < id {
		return -1
	} else if t.ID > id {
		return 1
	}
	return 0
}

func flagged(f *Freeze, team uint64) bool {
	i, known := slices.BinarySearchFunc(f.Teams, team, byID)
	return known && f.Teams[i].Bag
}

func ascending[E any](list []E, id func(E) uint64) bool {
	for i := 1; i < len(list); i++ {
		if id(list[i]) <= id(list[i-1]) {
			return false
		}
	}
	return true
}
