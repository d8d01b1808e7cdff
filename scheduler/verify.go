package scheduler

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// WeekCheck is what the check of a week found.
type WeekCheck struct {
	Week   calendar.Week `json:"week"`
	Hash   string        `json:"freeze_hash"`
	Late   bool          `json:"late"`
	CoSeed bool          `json:"coseed"` // whether one was given
	Slots  []SlotCheck   `json:"slots"`  // those that have a row and whose window is over
	Open   int           `json:"open"`   // the others
	Sound  bool          `json:"sound"`
}

// SlotCheck is one slot of it.
type SlotCheck struct {
	Slot    int                     `json:"slot"`
	Outcome inspections.SlotOutcome `json:"outcome"`
	Drawn   bool                    `json:"recomputed"` // its link is published and the draw was done again
	Fault   string                  `json:"fault"`      // the first difference; "" none
}

// VerifyWeek recomputes every slot of a week: the book against its hash and the published check value,
// what each row says was recorded before its cut-off against the records, and, once the links are
// published, the draw and the pair bit for bit. It reads no link that is not published, and tells nothing of a slot
// whose window is not over at now, which must not lie ahead of the real clock. Faults stand in the result;
// error: kind NotFound, key "week.not_frozen".
func (s *Scheduler) VerifyWeek(ctx context.Context, now calendar.Instant, week calendar.Week) (WeekCheck, error) {
	check := WeekCheck{Week: week, Sound: true, Slots: []SlotCheck{}}
	err := s.view(ctx, func(tx Tx) error {
		row, err := tx.Freeze(week)
		if inspections.IsNotFound(err) {
			return notFrozen(week)
		}
		if err != nil {
			return err
		}
		check.Hash, check.Late, check.CoSeed = row.Hash, row.Late, row.CoSeed != ""
		t := &tick{Scheduler: s, ctx: ctx, now: now.Time}
		book, err := t.book(row)
		if err != nil {
			return err
		}
		anchor, err := tx.Anchor(week.Year)
		if err != nil {
			return err
		}
		if anchor.Hex != book.Anchor.String() {
			return inspections.Fail(inspections.Conflict, "anchor.differs", "year", week.Year, "recorded", anchor.Hex, "key", book.Anchor.String())
		}
		slots, err := tx.Slots(week)
		if err != nil {
			return err
		}
		check.Open = len(book.Slots)
		for _, slot := range slots {
			frozen, err := book.Slot(slot.Slot)
			if err != nil {
				return err
			}
			if _, end, err := frozen.Window(); err != nil || !now.After(end) {
				return err
			}
			check.Open--
			result, err := t.verifySlot(tx, row, book, slot)
			if err != nil {
				return err
			}
			check.Sound = check.Sound && result.Fault == ""
			check.Slots = append(check.Slots, result)
		}
		return nil
	})
	return check, err
}

func (t *tick) verifySlot(tx Tx, row inspections.Freeze, book *draw.Freeze, slot inspections.Slot) (SlotCheck, error) {
	check := SlotCheck{Slot: slot.Slot, Outcome: slot.Outcome}
	var said draw.Row
	if err := json.Unmarshal(slot.Row, &said); err != nil {
		check.Fault = "row"
		return check, nil
	}
	if said.Slot != slot.Slot || outcomeOf(said) != slot.Outcome || said.Visit != uint64(slot.Visit) {
		check.Fault = "outcome"
		return check, nil
	}
	fault, err := t.verifyState(tx, row, book, said)
	if err != nil || fault != "" {
		check.Fault = fault
		return check, err
	}
	if fault, err = verifyLeave(tx, book, said); err != nil || fault != "" {
		check.Fault = fault
		return check, err
	}
	if fault, err = verifyVisit(tx, said); err != nil || fault != "" {
		check.Fault = fault
		return check, err
	}
	if slot.Link == "" {
		return check, nil
	}
	link, err := draw.ParseHash(slot.Link)
	if err != nil {
		check.Fault = "link"
		return check, nil
	}
	check.Drawn = true
	if err := draw.VerifyRow(book, said, link, pairing.Pick); err != nil {
		check.Fault = err.Error()
		var difference *draw.Difference
		if errors.As(err, &difference) {
			check.Fault = difference.Field
		}
	}
	return check, nil
}

// verifyState compares what a row says was recorded before its cut-off with the records of today: a visit
// recorded, changed or taken away afterwards shows.
func (t *tick) verifyState(tx Tx, row inspections.Freeze, book *draw.Freeze, said draw.Row) (string, error) {
	state, err := t.stateRow(tx, row, book, said.Slot)
	if err != nil {
		return "", err
	}
	for _, part := range []struct {
		field     string
		got, want any
	}{
		{"coseed", said.CoSeed, state.CoSeed},
		{"beacon", said.Beacon, state.Beacon},
		{"counted", said.Counted, state.Counted},
		{"cleared", said.Cleared, state.Cleared},
		{"standby", said.Standby, state.Standby},
		{"total_visits", said.TotalVisits, state.TotalVisits},
		{"total_slots", said.TotalSlots, state.TotalSlots},
	} {
		same, err := sameJSON(part.got, part.want)
		if err != nil || !same {
			return part.field, err
		}
	}
	return "", nil
}

// verifyLeave looks whether everybody on standby whose leave was recorded before the cut-off was kept out
// of the pair.
func verifyLeave(tx Tx, book *draw.Freeze, said draw.Row) (string, error) {
	if said.Outcome != draw.Dispatched {
		return "", nil
	}
	slot, err := book.Slot(said.Slot)
	if err != nil {
		return "", err
	}
	day, err := calendar.ParseDate(slot.Date)
	if err != nil {
		return "", err
	}
	cutOff, err := slot.CutOff(book.LeadMinutes)
	if err != nil {
		return "", err
	}
	away, err := awayOn(tx, day, cutOff)
	if err != nil {
		return "", err
	}
	for _, s := range said.Standby {
		if away[inspections.InspectorID(s.Inspector)] && !slices.Contains(said.Barred, draw.Bar{Inspector: s.Inspector, Reason: draw.BarLeave}) {
			return "barred", nil
		}
	}
	return "", nil
}

// verifyVisit compares a row's visit with the visit on record.
func verifyVisit(tx Tx, said draw.Row) (string, error) {
	visits, err := tx.Visits(inspections.VisitFilter{Kind: inspections.VisitRandom, Year: said.Year, Week: said.Week})
	if err != nil {
		return "", err
	}
	for _, v := range visits {
		if v.Slot != said.Slot {
			continue
		}
		if uint64(v.ID) != said.Visit || uint64(v.Team) != said.Team || len(said.Pair) != 2 ||
			uint64(v.First) != said.Pair[0] || uint64(v.Second) != said.Pair[1] {
			return "visit", nil
		}
		return "", nil
	}
	if said.Visit != 0 {
		return "visit", nil
	}
	return "", nil
}

// outcomeOf gives the outcome a row stands for.
func outcomeOf(r draw.Row) inspections.SlotOutcome {
	if r.Escalated {
		return inspections.SlotNoPair
	}
	return inspections.SlotOutcome(r.Outcome)
}

// sameJSON compares as published: an empty list and none are the same.
func sameJSON(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, fmt.Errorf("scheduler: %w", err)
	}
	y, err := json.Marshal(b)
	if err != nil {
		return false, fmt.Errorf("scheduler: %w", err)
	}
	empty := func(v []byte) bool { return string(v) == "null" || string(v) == "[]" }
	return bytes.Equal(x, y) || empty(x) && empty(y), nil
}
