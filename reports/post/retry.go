package post

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Retry sends a refused or doubtful letter again, with the same bytes where they were fixed, because a
// person asked for it. Errors: NotFound, Conflict.
func (o *Outbox) Retry(ctx context.Context, id inspections.LetterID) error {
	return o.InTx(ctx, func(tx Tx) error {
		l, err := tx.Letter(id)
		if err != nil {
			return err
		}
		if l.State != inspections.LetterRefused && l.State != inspections.LetterUnknown {
			return inspections.Fail(inspections.Conflict, "mail.not_retryable", "letter", int64(id))
		}
		l.Settled = calendar.Instant{}
		return o.queue(tx, l, 0, l.Answer)
	})
}

// Confirm records a person's word that a doubtful letter arrived. Errors: NotFound, Conflict.
func (o *Outbox) Confirm(ctx context.Context, id inspections.LetterID) error {
	return o.InTx(ctx, func(tx Tx) error {
		l, err := tx.Letter(id)
		if err != nil {
			return err
		}
		if l.State != inspections.LetterUnknown {
			return inspections.Fail(inspections.Conflict, "mail.not_unknown", "letter", int64(id))
		}
		return o.end(tx, l, inspections.LetterAccepted, l.Answer)
	})
}
