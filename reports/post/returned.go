package post

import (
	"bytes"
	"context"
	"fmt"
	"net/mail"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Notices is a mailbox to which letters come back; [Inbox] is one.
type Notices interface {
	Notices(ctx context.Context, since time.Time, take func(Notice) error) error
}

// returnSpan is how far back letters are looked for that a notice names by reader and subject only: servers give up
// after five days.
const returnSpan = 6 * 24 * time.Hour

// TakeReturned reads what came back to the office and marks the letters that did not reach their readers as refused,
// with the reason; the addresses at which nobody is are stopped. The same mail twice changes nothing. It gives how many
// letters were marked.
func (o *Outbox) TakeReturned(ctx context.Context) (int, error) {
	if o.Returns == nil {
		return 0, inspections.Fail(inspections.Conflict, "mail.no_archive")
	}
	marked := 0
	err := o.Returns.Notices(ctx, o.Now().Add(-archiveSpan), func(n Notice) error {
		fresh := 0
		err := o.InTx(ctx, func(tx Tx) (err error) {
			fresh, err = o.take(tx, n)
			return err
		})
		if err == nil {
			marked += fresh
		}
		return err
	})
	if err != nil {
		return marked, fmt.Errorf("post: returned letters: %w", err)
	}
	return marked, nil
}

// take marks the letters that a notice is about.
func (o *Outbox) take(tx Tx, n Notice) (int, error) {
	about, err := o.about(tx, n)
	if err != nil {
		return 0, err
	}
	marked := 0
	for _, l := range about {
		i := slices.IndexFunc(n.Fates, func(f Fate) bool { return f.of(l.Email) })
		if i < 0 {
			continue // another reader of the same mail: the archive, somebody it was forwarded to
		}
		if _, err := tx.Returned(n.SHA, l.ID); !inspections.IsNotFound(err) {
			if err != nil {
				return marked, err
			}
			continue
		}
		f := n.Fates[i]
		back := inspections.Returned{Notice: n.SHA, Letter: l.ID, Status: f.Status(), Answer: f.Answer, Read: calendar.InstantOf(o.Now())}
		if err := tx.AddReturned(back); err != nil {
			return marked, err
		}
		if l.State != inspections.LetterAccepted && l.State != inspections.LetterUnknown {
			continue // refused already, or asked for again meanwhile: what becomes of that will be seen
		}
		answer := answerOf(inspections.Fail(inspections.Conflict, inspections.AnswerReturned, "answer", f.Answer))
		if f.Dead() {
			if err := o.stop(tx, l, answer); err != nil {
				return marked, err
			}
		}
		if err := o.end(tx, l, inspections.LetterRefused, answer); err != nil {
			return marked, err
		}
		marked++
	}
	return marked, nil
}

// about finds the letters of a notice: by Message-ID, else, as some servers change or hide that, by reader and subject.
func (o *Outbox) about(tx Tx, n Notice) ([]inspections.Letter, error) {
	var found []inspections.Letter
	for _, id := range n.IDs {
		letters, err := tx.Letters(inspections.LetterFilter{Message: id})
		if err != nil {
			return nil, err
		}
		found = append(found, letters...)
	}
	if len(found) > 0 {
		return found, nil
	}
	recent, err := tx.Letters(inspections.LetterFilter{Settled: calendar.InstantOf(o.Now().Add(-returnSpan))})
	if err != nil {
		return nil, err
	}
	slices.Reverse(recent)
	for _, f := range n.Fates {
		if len(f.To) == 0 {
			continue
		}
		for _, l := range recent { // the last one first: of several alike each has a notice of its own
			if (l.State != inspections.LetterAccepted && l.State != inspections.LetterUnknown) || !f.of(l.Email) {
				continue
			}
			subject, err := subjectOf(tx, l)
			if err != nil {
				return nil, err
			}
			if n.quotes(subject) {
				found = append(found, l)
				break
			}
		}
	}
	return found, nil
}

// subjectOf reads the subject that a letter left with; "" when it has no bytes.
func subjectOf(tx Tx, l inspections.Letter) (string, error) {
	if l.BodySHA == "" {
		return "", nil
	}
	raw, err := tx.Blob(l.BodySHA)
	if err != nil {
		return "", err
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return "", fmt.Errorf("post: letter %d: its stored bytes: %w", l.ID, err)
	}
	return decodeHeader(m.Header.Get("Subject")), nil
}
