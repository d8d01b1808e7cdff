package post

import (
	"context"
	"fmt"
	"time"

	"anfang.example/inspections"
)

// Mailbox tells which of our letters it holds, by Message-ID; [Archive] is one.
type Mailbox interface {
	Find(ctx context.Context, ids []string) (map[string]bool, error)
}

const (
	archiveEvery = 10 * time.Minute    // between two looks
	archiveSpan  = 14 * 24 * time.Hour // older doubts are for people
)

// Reconcile looks into the archive mailbox for the letters in doubt and settles those it holds as accepted;
// what it does not hold stays in doubt, since a copy may be slow. Letters of a standby have no copy there.
// It gives how many were settled and how many are left.
func (o *Outbox) Reconcile(ctx context.Context) (settled, left int, err error) {
	if o.Archive == nil {
		return 0, 0, inspections.Fail(inspections.Conflict, "mail.no_archive")
	}
	var doubtful []inspections.Letter
	err = o.InTx(ctx, func(tx Tx) error {
		all, err := tx.Letters(inspections.LetterFilter{State: inspections.LetterUnknown})
		doubtful = nil
		for _, l := range all {
			if l.MessageID != "" && !l.Kind.Assignment() && o.Now().Sub(l.Settled.Time) < archiveSpan {
				doubtful = append(doubtful, l)
			}
		}
		return err
	})
	if err != nil || len(doubtful) == 0 {
		return 0, 0, err
	}
	var ids []string
	for _, l := range doubtful {
		ids = append(ids, l.MessageID)
	}
	found, err := o.Archive.Find(ctx, ids)
	if err != nil {
		return 0, len(doubtful), fmt.Errorf("post: archive: %w", err)
	}
	for _, l := range doubtful {
		if !found[l.MessageID] {
			left++
			continue
		}
		err := o.InTx(ctx, func(tx Tx) error {
			now, err := tx.Letter(l.ID)
			if err != nil || now.State != inspections.LetterUnknown {
				return err // somebody settled it meanwhile
			}
			return o.end(tx, now, inspections.LetterAccepted, answerOf(inspections.Fail(inspections.Conflict, "mail.archived")))
		})
		if err != nil {
			return settled, left, err
		}
		settled++
	}
	return settled, left, nil
}

// lookIntoMailboxes settles doubts and takes what came back, after a drain, now and then. The drain's work is done; a
// mailbox that cannot be read is logged and no more.
func (o *Outbox) lookIntoMailboxes(ctx context.Context) {
	if o.Now().Before(o.nextLook) {
		return
	}
	o.nextLook = o.Now().Add(archiveEvery)
	if o.Archive != nil {
		if _, _, err := o.Reconcile(ctx); err != nil {
			o.log("post: the archive mailbox cannot be read", "error", err)
		}
	}
	if o.Returns != nil {
		if _, err := o.TakeReturned(ctx); err != nil {
			o.log("post: the mailbox for returned letters cannot be read", "error", err)
		}
	}
}
