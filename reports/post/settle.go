package post

import (
	"context"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// settle writes down what became of a try.
func (o *Outbox) settle(ctx context.Context, id inspections.LetterID, tries int, out Outcome, derr error, r *Report) error {
	return o.InTx(ctx, func(tx Tx) error {
		l, err := tx.Letter(id)
		if err != nil {
			return err
		}
		l.Tries += tries
		switch {
		case derr != nil:
			// Nothing was tried on this letter, so it does not age by it.
			l.Tries -= tries
			return o.later(tx, l, answerOf(derr), outage, r)
		case out.Result == Accepted:
			r.Accepted++
			if err := o.revive(tx, l); err != nil {
				return err
			}
			return o.end(tx, l, inspections.LetterAccepted, out.Answer)
		case out.Result == Refused:
			r.Refused++
			if out.Dead {
				if err := o.stop(tx, l, out.Answer); err != nil {
					return err
				}
			}
			return o.end(tx, l, inspections.LetterRefused, out.Answer)
		case out.Result == Unknown:
			r.Unknown++
			return o.doubt(tx, l, out.Answer)
		}
		return o.later(tx, l, out.Answer, 0, r)
	})
}

// later puts a letter off, or ends it where its time is over; pause is zero for that of the back-off.
func (o *Outbox) later(tx Tx, l inspections.Letter, answer string, pause time.Duration, r *Report) error {
	end, err := deadline(l)
	if err != nil {
		return err
	}
	wait, ok := o.wait(l, end)
	switch {
	case ok && pause > 0:
		wait = pause
	case !ok && !end.IsZero():
		r.Refused++
		l.Answer = kept(answer)
		return o.tooLate(tx, l, end)
	case !ok && pause == 0:
		r.Refused++
		return o.end(tx, l, inspections.LetterRefused, answer)
	case !ok:
		wait = pause // an outage, however long, is not the letter's fault
	}
	r.Later++
	if err := o.queue(tx, l, wait, answer); err != nil || o.Slow == nil || !o.slow(l, end) {
		return err
	}
	return o.Slow(tx, l)
}

// doubt keeps a letter of which nobody can say whether it arrived; an assignment letter goes again.
func (o *Outbox) doubt(tx Tx, l inspections.Letter, answer string) error {
	end, err := deadline(l)
	if err != nil {
		return err
	}
	wait := time.Duration(l.Tries-1) * time.Minute
	if l.Kind.Assignment() && l.Tries < maxDoubted && (end.IsZero() || o.Now().Add(wait).Before(end)) {
		return o.queue(tx, l, wait, answerOf(inspections.Fail(inspections.Busy, inspections.AnswerDoubted, "answer", answer)))
	}
	return o.end(tx, l, inspections.LetterUnknown, answer)
}

func (o *Outbox) queue(tx Tx, l inspections.Letter, wait time.Duration, answer string) error {
	l.State, l.Answer = inspections.LetterQueued, kept(answer)
	l.NextTry = calendar.InstantOf(o.Now().Add(wait))
	return tx.SaveLetter(l)
}

func (o *Outbox) end(tx Tx, l inspections.Letter, state inspections.LetterState, answer string) error {
	l.State, l.Answer, l.NextTry = state, kept(answer), calendar.Instant{}
	l.Settled = calendar.InstantOf(o.Now())
	if err := tx.SaveLetter(l); err != nil {
		return err
	}
	if o.Settled != nil {
		return o.Settled(tx, l)
	}
	return nil
}
