package scheduler

import (
	"errors"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// revealWeeks publishes the links of a week when it is over and every slot has its row: in weekly
// batches, so that the hour of a publication tells nothing about a single slot.
func (t *tick) revealWeeks() error {
	var faults []error
	for _, week := range t.weeks {
		if t.now.Before(week.Sunday().End()) {
			break
		}
		faults = append(faults, t.revealWeek(week))
	}
	return errors.Join(faults...)
}

func (t *tick) revealWeek(week calendar.Week) error {
	row, slots, err := t.sealed(t.ctx, week)
	if inspections.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	book, err := t.book(row)
	if err != nil || len(slots) < len(book.Slots) {
		return err
	}
	if err := t.anchor(week.Year); err != nil {
		return err
	}
	revealed := false
	err = t.InTx(t.ctx, func(tx Tx) error {
		slots, err := tx.Slots(week)
		if err != nil {
			return err
		}
		for _, slot := range slots {
			if slot.Link != "" {
				continue
			}
			cutOff, err := book.Slots[slot.Slot-1].CutOff(book.LeadMinutes)
			if err != nil {
				return err
			}
			link, err := t.Links.Link(week.Year, week.Number, slot.Slot, cutOff)
			if err != nil {
				return err
			}
			if err := draw.VerifyLink(book.Anchor, link.Reveal(), week.Number, slot.Slot); err != nil {
				return err
			}
			if err := tx.RevealSlot(week, slot.Slot, link.Reveal().String()); err != nil {
				return err
			}
			revealed = true
		}
		if !revealed {
			return nil
		}
		return record(tx, inspections.System, "week.revealed", "week/"+week.String(), map[string]any{"slots": len(slots)})
	})
	if err == nil && revealed {
		t.report.Revealed = append(t.report.Revealed, week)
		t.log().Info("links published", "week", week.String())
	}
	return err
}
