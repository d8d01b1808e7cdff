package scheduler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// settleWeeks lets every slot whose release has come come to its outcome, in the order of time.
func (t *tick) settleWeeks() error {
	var faults []error
	for _, week := range t.weeks {
		if err := t.settleWeek(week); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", week, err))
		}
	}
	return errors.Join(faults...)
}

func (t *tick) settleWeek(week calendar.Week) error {
	row, slots, err := t.sealed(t.ctx, week)
	if inspections.IsNotFound(err) {
		return nil // owed and shown elsewhere; without a book nothing can be drawn
	}
	if err != nil {
		return err
	}
	book, err := t.book(row)
	if err != nil {
		return err
	}
	for number := len(slots) + 1; number <= len(book.Slots); number++ {
		key := slotKey{week, number}
		cutOff, err := book.Slots[number-1].CutOff(book.LeadMinutes)
		if err != nil || t.now.Before(cutOff) {
			return err
		}
		if err := t.anchor(week.Year); err != nil {
			return err
		}
		release, err := t.releaseOf(t.ctx, row, book, key, cutOff)
		if err != nil || t.now.Before(release) {
			return err
		}
		if err := t.settleSlot(row, book, key, cutOff, release); err != nil {
			return fmt.Errorf("slot %d: %w", number, err)
		}
	}
	return nil
}

// sealed gives a week's row and the rows of its slots, which stand without gaps from slot 1 on.
func (s *Scheduler) sealed(ctx context.Context, week calendar.Week) (inspections.Freeze, []inspections.Slot, error) {
	var row inspections.Freeze
	var slots []inspections.Slot
	err := s.view(ctx, func(tx Tx) (err error) {
		if row, err = tx.Freeze(week); err != nil {
			return err
		}
		slots, err = tx.Slots(week)
		return err
	})
	return row, slots, err
}

// releaseOf gives a slot's release. From the cut-off on it is kept in memory, and nowhere else.
func (s *Scheduler) releaseOf(ctx context.Context, row inspections.Freeze, book *draw.Freeze, key slotKey, cutOff time.Time) (time.Time, error) {
	s.mu.Lock()
	release, known := s.releases[key]
	s.mu.Unlock()
	if known {
		return release, nil
	}
	var beacon string
	if book.Beacon != "" {
		err := s.view(ctx, func(tx Tx) (err error) {
			beacon, err = beaconOf(tx, book, key.week, key.slot)
			return err
		})
		if err != nil {
			return time.Time{}, err
		}
	}
	seed, err := s.seed(row, book, key.slot, cutOff, beacon)
	if err != nil {
		return time.Time{}, err
	}
	slot := book.Slots[key.slot-1]
	if release, err = slot.Release(draw.Minute(seed, slot.Length()), book.LeadMinutes); err != nil {
		return time.Time{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.releases == nil {
		s.releases = map[slotKey]time.Time{}
	}
	s.releases[key] = release
	return release, nil
}

// seed derives a slot's seed; its link is refused before the cut-off.
func (s *Scheduler) seed(row inspections.Freeze, book *draw.Freeze, number int, cutOff time.Time, beacon string) (draw.Seed, error) {
	link, err := s.Links.Link(book.Year, book.Week, number, cutOff)
	if err != nil {
		return draw.Seed{}, err
	}
	coseed, err := draw.ParseCoSeed(row.CoSeed)
	if err != nil {
		return draw.Seed{}, err
	}
	var salt []byte
	if beacon != "" {
		value, err := draw.ParseHash(beacon)
		if err != nil {
			return draw.Seed{}, err
		}
		salt = value[:]
	}
	return draw.NewSeed(link, coseed, salt, book.Place(number))
}

// settleSlot writes a slot's outcome, visit, letters and journal line in one transaction. Nothing of it
// is computed before the release; a release that passed by more than ten minutes is a missed slot and is
// never drawn again.
func (t *tick) settleSlot(row inspections.Freeze, book *draw.Freeze, key slotKey, cutOff, release time.Time) error {
	missed, done := false, false
	err := t.InTx(t.ctx, func(tx Tx) error {
		slots, err := tx.Slots(key.week)
		if done = err == nil && len(slots) >= key.slot; done || err != nil {
			return err
		}
		r, err := t.stateRow(tx, row, book, key.slot)
		if err != nil {
			return err
		}
		seed, err := t.seed(row, book, key.slot, cutOff, r.Beacon)
		if err != nil {
			return err
		}
		t.told = nil
		w := writing{tick: t, tx: tx, key: key, slot: book.Slots[key.slot-1], row: &r, cutOff: cutOff}
		r.Minute = draw.Minute(seed, w.slot.Length())
		if missed = latest(t.now, tx.Now().Time).After(release.Add(grace)); missed {
			if len(t.report.Missed) == 0 || t.report.Missed[len(t.report.Missed)-1].Week != key.week {
				if err := t.tell(tx, slotAlarm(AlarmSlotMissed, key)); err != nil { // the first of a row
					return err
				}
			}
			return w.miss()
		}
		result, err := draw.Draw(book, key.slot, r.State(), seed)
		if err != nil {
			return err
		}
		return w.drawn(seed, result)
	})
	if err != nil || done {
		return err
	}
	t.mu.Lock()
	delete(t.releases, key)
	t.mu.Unlock()
	if missed {
		t.report.Missed = append(t.report.Missed, SlotRef{key.week, key.slot})
		t.log().Warn("slot missed", "slot", key.String())
		t.reportAlarms()
		return nil
	}
	t.report.Settled = append(t.report.Settled, SlotRef{key.week, key.slot})
	t.log().Info("slot settled", "slot", key.String()) // the same words for every outcome
	return nil
}

// writing is one slot on its way into the database.
type writing struct {
	*tick
	tx     Tx
	key    slotKey
	slot   draw.Slot
	row    *draw.Row
	cutOff time.Time
}

// miss writes a slot that nobody could make. Who still waits is told that the standby has ended.
func (w writing) miss() error {
	w.row.Outcome = draw.Missed
	_, end, err := w.slot.Window()
	if err != nil {
		return err
	}
	if w.tx.Now().Before(end) {
		roster, err := w.tx.Roster()
		if err != nil {
			return err
		}
		if err := w.letters(roster, nil); err != nil {
			return err
		}
	}
	return w.close(inspections.SlotMissed)
}

// drawn writes what the draw brought. An empty slot does the same work and the same letters as one with
// a visit.
func (w writing) drawn(seed draw.Seed, result draw.Result) error {
	roster, err := w.tx.Roster()
	if err != nil {
		return err
	}
	if err := pairState(w.tx, w.row, w.slot, roster, inspections.TeamID(result.Team), w.cutOff); err != nil {
		return err
	}
	pair, err := pairing.Pick(seed, w.row.PairInput())
	noPair := errors.Is(err, draw.ErrNoFeasiblePair)
	if err != nil && !noPair {
		return err
	}
	w.row.Outcome = result.Outcome
	if result.Outcome != draw.Dispatched {
		w.row.Barred, w.row.Recent = nil, nil
		if err := w.letters(roster, nil); err != nil {
			return err
		}
		return w.close(inspections.SlotNone)
	}
	w.row.Team, w.row.FromBag = result.Team, result.FromBag
	if noPair {
		w.row.Escalated = true
		if err := w.letters(roster, nil); err != nil {
			return err
		}
		if err := w.escalate(); err != nil {
			return err
		}
		return w.close(inspections.SlotNoPair)
	}
	visit, err := w.visit(result, pair)
	if err != nil {
		return err
	}
	w.row.Visit, w.row.Pair = uint64(visit.ID), pair[:]
	if err := w.letters(roster, &visit); err != nil {
		return err
	}
	return w.close(inspections.SlotDispatch)
}

// close writes the row and its journal line.
func (w writing) close(outcome inspections.SlotOutcome) error {
	body, err := draw.Canonical(w.row)
	if err != nil {
		return err
	}
	err = w.tx.AddSlot(inspections.Slot{
		Year: w.key.week.Year, Week: w.key.week.Number, Slot: w.key.slot, Outcome: outcome,
		Visit: inspections.VisitID(w.row.Visit), Released: w.tx.Now(), Row: body,
	})
	if err != nil {
		return err
	}
	return record(w.tx, inspections.System, "slot.settled", subjectSlot(w.key), map[string]any{
		"outcome": string(outcome), "row_sha256": sha256Hex(body),
	})
}

func subjectSlot(key slotKey) string { return subjectOfSlot + key.String() }
