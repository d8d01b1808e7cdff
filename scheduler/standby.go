package scheduler

import (
	"errors"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// fairWeeks is how far back visits and standby slots count for who goes (DRAW.md, "By whom").
const fairWeeks = 26

// standbySlot is who was on standby for one slot.
type standbySlot struct {
	cutOff time.Time
	ids    []uint64
}

// roster puts inspectors on standby by rotation. With fewer than two there is no standby, and every
// drawn slot is escalated to a named person.
func (t *tick) roster(tx Tx, book *draw.Freeze, week calendar.Week, roster *inspections.Roster, perSlot int) error {
	until, err := book.Slots[0].CutOff(book.LeadMinutes)
	if err != nil {
		return err
	}
	load, _, err := t.standbyShares(tx, until)
	if err != nil {
		return err
	}
	away := map[calendar.Date]map[inspections.InspectorID]bool{}
	for _, slot := range book.Slots {
		day, err := calendar.ParseDate(slot.Date)
		if err != nil {
			return err
		}
		if away[day], err = awayOn(tx, day, soFar(tx)); err != nil {
			return err
		}
	}
	var people []pairing.Rostered
	for _, inspector := range roster.Inspectors {
		person := pairing.Rostered{ID: uint64(inspector.ID), Load: load[uint64(inspector.ID)]}
		for _, slot := range book.Slots {
			day, err := calendar.ParseDate(slot.Date)
			if err != nil {
				return err
			}
			if !inspections.Covers(inspector.From, inspector.Until, day) || away[day][inspector.ID] {
				person.Away = append(person.Away, slot.Number)
			}
		}
		if len(person.Away) < len(book.Slots) {
			people = append(people, person)
		}
	}
	rotation, err := pairing.Rotate(book.County, week.Year, week.Number, len(book.Slots), perSlot, people)
	if errors.Is(err, pairing.ErrTooFew) {
		return nil
	}
	if err != nil {
		return err
	}
	for i, ids := range rotation.Slots {
		book.Slots[i].Standby = ids
	}
	return nil
}

// standbyShares counts the standby slots of the last 26 weeks whose cut-off lies before a moment: per
// inspector and in all.
func (t *tick) standbyShares(tx Tx, before time.Time) (each map[uint64]int, all int, err error) {
	each = map[uint64]int{}
	from := before.AddDate(0, 0, -7*fairWeeks)
	end := calendar.WeekOf(calendar.DateOf(before))
	for week := calendar.WeekOf(calendar.DateOf(from)); !end.Before(week); week = week.Add(1) {
		slots, err := t.standbyIn(tx, week)
		if err != nil {
			return nil, 0, err
		}
		for _, slot := range slots {
			if slot.cutOff.Before(from) || !slot.cutOff.Before(before) {
				continue
			}
			for _, id := range slot.ids {
				each[id]++
				all++
			}
		}
	}
	return each, all, nil
}

// standbyIn gives a sealed week's standby; none when the week was not sealed. Weeks before the present
// one are remembered: their transactions are over and they never change.
func (t *tick) standbyIn(tx Tx, week calendar.Week) ([]standbySlot, error) {
	t.mu.Lock()
	known, ok := t.standby[week]
	t.mu.Unlock()
	if ok {
		return known, nil
	}
	row, err := tx.Freeze(week)
	if inspections.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	book, err := t.book(row)
	if err != nil {
		return nil, err
	}
	slots := make([]standbySlot, len(book.Slots))
	for i, slot := range book.Slots {
		cutOff, err := slot.CutOff(book.LeadMinutes)
		if err != nil {
			return nil, err
		}
		slots[i] = standbySlot{cutOff, slot.Standby}
	}
	if row.Frozen.Before(tx.Now().Time) { // not of this very transaction, which may yet be undone
		t.mu.Lock()
		if t.standby == nil || len(t.standby) > 4*fairWeeks {
			t.standby = map[calendar.Week][]standbySlot{}
		}
		t.standby[week] = slots
		t.mu.Unlock()
	}
	return slots, nil
}

// book parses a sealed week. What is parsed is kept by its hash, since parsing checks the whole book.
func (s *Scheduler) book(row inspections.Freeze) (*draw.Freeze, error) {
	s.mu.Lock()
	book, known := s.books[row.Hash]
	s.mu.Unlock()
	if known {
		return book, nil
	}
	book, err := draw.ParseFreeze([]byte(row.Body))
	if err != nil {
		return nil, err
	}
	if hash := draw.FreezeHash([]byte(row.Body)).String(); hash != row.Hash {
		return nil, inspections.Fail(inspections.Conflict, "week.hash", "week", row.ISOWeek().String(), "recorded", row.Hash, "computed", hash)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.books == nil || len(s.books) > 4*fairWeeks {
		s.books = map[string]*draw.Freeze{}
	}
	s.books[row.Hash] = book
	return book, nil
}
