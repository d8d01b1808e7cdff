package scheduler

import (
	"context"
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// exportProof gives what a stranger needs to recompute the weeks from … to, both included; weeks that
// were not sealed are left out, and so is every slot from the first one on whose window is not over: its
// visit is still under way. A slot whose link is not published yet stands with its row only. Error: kind
// NotFound, key "week.not_frozen" when there is no sealed week at all.
func exportProof(tx Tx, from, to calendar.Week, now calendar.Instant) (draw.Proof, error) {
	proof := draw.NewProof(uint64(tx.County()))
	for week := from; !to.Before(week); week = week.Add(1) {
		part, err := proofWeek(tx, week, now)
		if inspections.IsNotFound(err) {
			continue
		}
		if err != nil {
			return draw.Proof{}, err
		}
		proof.Weeks = append(proof.Weeks, part)
	}
	if len(proof.Weeks) == 0 {
		return draw.Proof{}, notFrozen(from)
	}
	return proof, proof.Seal()
}

func notFrozen(week calendar.Week) error {
	return inspections.Fail(inspections.NotFound, "week.not_frozen", "week", week.String())
}

func proofWeek(tx Tx, week calendar.Week, now calendar.Instant) (draw.ProofWeek, error) {
	row, err := tx.Freeze(week)
	if err != nil {
		return draw.ProofWeek{}, err
	}
	part := draw.ProofWeek{Freeze: row.Body, CoSeed: row.CoSeed, Slots: []draw.ProofSlot{}}
	if part.FreezeHash, err = draw.ParseHash(row.Hash); err != nil {
		return part, err
	}
	book, err := draw.ParseFreeze([]byte(row.Body))
	if err != nil {
		return part, err
	}
	slots, err := tx.Slots(week)
	if err != nil {
		return part, err
	}
	for _, slot := range slots {
		frozen, err := book.Slot(slot.Slot)
		if err != nil {
			return part, err
		}
		if _, end, err := frozen.Window(); err != nil || !now.After(end) {
			return part, err
		}
		proved := draw.ProofSlot{Link: slot.Link}
		if err := json.Unmarshal(slot.Row, &proved.Row); err != nil {
			return part, fmt.Errorf("scheduler: row of slot %s/%d: %w", week, slot.Slot, err)
		}
		part.Slots = append(part.Slots, proved)
	}
	return part, nil
}

// ExportProof reads the proof of the weeks from … to in one transaction, as exportProof has it. now must not
// lie ahead of the real clock.
func (s *Scheduler) ExportProof(ctx context.Context, from, to calendar.Week, now calendar.Instant) (draw.Proof, error) {
	var proof draw.Proof
	err := s.view(ctx, func(tx Tx) (err error) {
		proof, err = exportProof(tx, from, to, now)
		return err
	})
	return proof, err
}

// CheckProof recomputes a proof without any database; the error is a *draw.Difference.
func CheckProof(proof draw.Proof) (draw.Report, error) { return draw.Verify(proof, pairing.Pick) }
