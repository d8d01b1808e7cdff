package office

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

// CancelVisit gives up a released visit with a reason. The slot is never redrawn; the hazard of the
// later slots makes good for it. The pair is told. Errors: Forbidden, Conflict, Invalid without a reason.
func (o *Office) CancelVisit(ctx context.Context, by inspections.Actor, id inspections.VisitID, reason string) error {
	if reason == "" {
		return inspections.Fail(inspections.Invalid, "visit.reason_missing", "visit", int64(id))
	}
	return o.InTx(ctx, func(tx Tx) error {
		v, err := tx.Visit(id)
		if err != nil {
			return err
		}
		if err := mayRecord(by, v); err != nil && !by.Is(inspections.RoleLeader) {
			return err
		}
		if v.State != inspections.VisitReleased {
			return inspections.Fail(inspections.Conflict, "visit.not_awaited", "visit", int64(v.ID), "state", string(v.State))
		}
		v.State, v.Reason = inspections.VisitCancelled, reason
		if err := tx.SaveVisit(v); err != nil {
			return err
		}
		subject := subjectVisit(id)
		if err := duties.Fulfil(tx, duties.Filter{Kind: duties.RecordVisit, Subject: subject}, "cancelled"); err != nil {
			return err
		}
		if err := tellCancelled(tx, v); err != nil {
			return err
		}
		return o.recordWords(tx, by, entryCancelled, subject, map[string]any{}, map[string]string{"reason": reason})
	})
}
