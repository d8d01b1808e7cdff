package post

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

const (
	batch      = 50                 // letters looked up at a time
	lease      = 30 * time.Minute   // a letter that is "sending" longer was left behind by a dead process
	maxAge     = 5 * 24 * time.Hour // after this a letter without a clock that the server keeps putting off is refused
	outage     = 2 * time.Minute    // pause after the server could not be reached or used
	maxBroken  = 3                  // connections lost in a row before the drain stops
	maxDoubted = 6                  // tries after which an assignment letter in doubt waits for a person, too
)

// backOff is the wait after the n-th put-off; the last one repeats.
var backOff = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour,
}

// Outbox tries the letters that are due. Fill the exported fields before the first use.
type Outbox struct {
	InTx     InTx
	Courier  Courier // nil: mail is not set up, letters wait
	Renderer *Renderer
	Now      func() time.Time // business clock: what is due, when to try again
	Log      *slog.Logger     // may be nil
	// Settled is called in the transaction in which a letter becomes accepted, refused or unknown; may be nil.
	Settled func(Tx, inspections.Letter) error
	// Seal gives the signed head of the journal that letters bear, "" none; may be nil.
	Seal func(Tx) (string, error)
	// Slow is called in the transaction that puts off a letter which has used up half of its clock; may be nil.
	Slow func(Tx, inspections.Letter) error

	// Archive settles letters in doubt; nil: people do.
	Archive Mailbox
	// Returns tells which letters came back after a server had taken them; nil: people read that themselves.
	Returns Notices

	mu        sync.Mutex
	nextLook  time.Time // into the mailboxes
	recovered bool      // the letters that a dead process left in "sending" were looked at
	notBefore time.Time // end of the pause after an outage
}

// Report counts what a drain did. Paused means that the server could not be reached or used; Problem
// then says why.
type Report struct {
	Accepted int   `json:"accepted"`
	Refused  int   `json:"refused"`
	Later    int   `json:"later"`
	Unknown  int   `json:"unknown"`
	Held     int   `json:"held"` // until the reader's quiet hours are over
	Paused   bool  `json:"paused"`
	Problem  error `json:"-"`
}

// Drain tries every letter that is due, assignment letters first, over one connection. It returns early
// without error when the server cannot be reached. Errors: those of the store; the context's.
func (o *Outbox) Drain(ctx context.Context) (Report, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	r, err := o.drain(ctx)
	if err == nil {
		o.lookIntoMailboxes(ctx)
	}
	return r, err
}

func (o *Outbox) drain(ctx context.Context) (Report, error) {
	var r Report
	if err := o.recover(ctx); err != nil {
		return r, err
	}
	if o.Courier == nil {
		r.Paused, r.Problem = true, inspections.Fail(inspections.Conflict, "mail.not_configured")
		return r, nil
	}
	if o.Now().Before(o.notBefore) {
		r.Paused = true
		return r, nil
	}
	defer o.Courier.Close() // a connection lost while saying goodbye changes nothing
	seen := map[inspections.LetterID]bool{}
	for _, standby := range []bool{true, false} {
		if err := o.drainDue(ctx, standby, seen, &r); err != nil || r.Paused {
			return r, err
		}
	}
	return r, nil
}

// drainDue tries the due letters of standbys, or all that are due; a letter is tried once a drain. Letters
// of a standby go in the order of its people: were the pair served first, the order would name it.
func (o *Outbox) drainDue(ctx context.Context, standby bool, seen map[inspections.LetterID]bool, r *Report) error {
	broken := 0
	for {
		var due []inspections.Letter
		err := o.InTx(ctx, func(tx Tx) (err error) {
			due, err = tx.Letters(inspections.LetterFilter{
				Standby: standby, State: inspections.LetterQueued, DueBy: calendar.InstantOf(o.Now()), Limit: batch + len(seen),
			})
			return err
		})
		if err != nil {
			return fmt.Errorf("post: due letters: %w", err)
		}
		fresh := due[:0]
		for _, l := range due {
			if !seen[l.ID] {
				fresh = append(fresh, l)
			}
		}
		if len(fresh) == 0 {
			return nil
		}
		for _, l := range fresh {
			seen[l.ID] = true
			if err := ctx.Err(); err != nil {
				return err
			}
			lost, err := o.try(ctx, l.ID, r)
			if err != nil || r.Paused {
				return err
			}
			if broken++; !lost {
				broken = 0
			}
			if broken >= maxBroken {
				o.pause(r, inspections.Fail(inspections.Busy, "mail.connection_lost"))
				return nil
			}
		}
	}
}

// try makes one try of a letter; an assignment letter in doubt gets a second one at once. It reports
// whether the connection was lost.
func (o *Outbox) try(ctx context.Context, id inspections.LetterID, r *Report) (bool, error) {
	m, ok, err := o.claim(ctx, id, r)
	if err != nil || !ok {
		return false, err
	}
	tries := 1
	out, derr := o.Courier.Deliver(ctx, m)
	if derr == nil && out.Result == Unknown && m.Kind.Assignment() {
		o.log("post: letter in doubt is sent again", "letter", id, "answer", out.Answer)
		if again, err := o.Courier.Deliver(ctx, m); err == nil && again.Result != Later {
			out = again
		}
		tries++
	}
	// What the server said is kept even when the process is being stopped.
	err = o.settle(context.WithoutCancel(ctx), id, tries, out, derr, r)
	if err == nil && derr != nil {
		o.pause(r, derr)
	}
	return out.Lost, err
}

// claim fixes the bytes of a letter, once, and marks it as sending, committed before the try. It
// reports false when there is nothing to try.
func (o *Outbox) claim(ctx context.Context, id inspections.LetterID, r *Report) (Message, bool, error) {
	var m Message
	ready := false
	err := o.InTx(ctx, func(tx Tx) error {
		l, err := tx.Letter(id)
		if err != nil {
			return err
		}
		if l.State != inspections.LetterQueued {
			return nil // another process has it
		}
		if held, err := o.held(tx, l, r); err != nil || held {
			return err
		}
		raw, err := o.bytes(tx, &l)
		var expected *inspections.Error
		if errors.As(err, &expected) {
			r.Refused++
			return o.end(tx, l, inspections.LetterRefused, answerOf(expected))
		}
		if err != nil {
			return err
		}
		to, err := wireAddress(l.Email)
		if err != nil {
			return err
		}
		l.State = inspections.LetterSending
		l.NextTry = calendar.InstantOf(o.Now().Add(lease))
		m = Message{ID: l.ID, Kind: l.Kind, From: o.Renderer.sender().Address, To: to, Raw: raw}
		ready = true
		return tx.SaveLetter(l)
	})
	if err != nil {
		return m, false, fmt.Errorf("post: letter %d: %w", id, err)
	}
	return m, ready, nil
}

// bytes gives the stored bytes of a letter, or renders and stores them.
func (o *Outbox) bytes(tx Tx, l *inspections.Letter) ([]byte, error) {
	if l.BodySHA != "" {
		return tx.Blob(l.BodySHA)
	}
	head := ""
	if o.Seal != nil && sealed(l.Kind) {
		var err error
		if head, err = o.Seal(tx); err != nil {
			return nil, err
		}
	}
	raw, id, err := o.Renderer.RenderSealed(*l, head, tx.Blob)
	if err != nil {
		return nil, err
	}
	if l.BodySHA, err = tx.PutBlob("message/rfc822", raw); err != nil {
		return nil, err
	}
	l.MessageID = id
	return raw, nil
}

// sealed reports whether a letter of a kind bears a head: a bulletin's has its own in the text, and letters about an
// assignment say nothing of the records.
func sealed(k inspections.LetterKind) bool {
	return !k.Assignment() && k != inspections.LetterCancelled && k != inspections.LetterBulletin
}

// recover looks after letters in "sending": all of them before the first drain of a process, later
// those whose lease is over. The process that sent them is gone, so each is in doubt. Should it live
// after all, its own word overrides this one.
func (o *Outbox) recover(ctx context.Context) error {
	err := o.InTx(ctx, func(tx Tx) error {
		f := inspections.LetterFilter{State: inspections.LetterSending}
		if o.recovered {
			f.DueBy = calendar.InstantOf(o.Now())
		}
		left, err := tx.Letters(f)
		if err != nil {
			return err
		}
		for _, l := range left {
			l.Tries++ // its try was never written down
			if err := o.doubt(tx, l, answerOf(inspections.Fail(inspections.Busy, "mail.interrupted"))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("post: letters left behind: %w", err)
	}
	o.recovered = true
	return nil
}

// pause stops dialling for a while: few dials in an outage.
func (o *Outbox) pause(r *Report, err error) {
	o.notBefore = o.Now().Add(outage)
	r.Paused, r.Problem = true, err
	o.log("post: the mail server cannot be used", "error", err)
}

func (o *Outbox) log(msg string, args ...any) {
	if o.Log != nil {
		o.Log.Warn(msg, args...)
	}
}
