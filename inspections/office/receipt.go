package office

import (
	"context"
	"fmt"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// ReceiveLetter records that the reader of a letter has it, by their own click; asked twice, the first
// counts. Errors: NotFound, also for a letter to somebody else; Conflict mail.asks_no_receipt.
func (o *Office) ReceiveLetter(ctx context.Context, by inspections.Actor, id inspections.LetterID) (inspections.Receipt, error) {
	var r inspections.Receipt
	err := o.InTx(ctx, func(tx Tx) error {
		l, err := tx.Letter(id)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if !Reads(roster, by, l) {
			return inspections.Fail(inspections.NotFound, "store.not_found", "what", "letter", "id", int64(id))
		}
		if !l.Kind.AsksReceipt() {
			return inspections.Fail(inspections.Conflict, "mail.asks_no_receipt", "letter", int64(id))
		}
		if r, err = ReceiptOf(tx, l); !inspections.IsNotFound(err) {
			return err
		}
		r = inspections.Receipt{Letter: id, User: by.User, At: tx.Now()}
		if err := tx.AddReceipt(r); err != nil {
			return err
		}
		return record(tx, by, "letter.received", subjectLetter(id), map[string]any{"kind": string(l.Kind)})
	})
	return r, err
}

// Reads reports whether a letter is to this person or to the body the person acts for. What a member is
// told goes by the member's unit.
func Reads(roster *inspections.Roster, by inspections.Actor, l inspections.Letter) bool {
	switch {
	case by.User == 0:
		return false
	case l.To == (inspections.Party{Kind: inspections.PartyOfficial, ID: int64(by.User)}):
		return true
	case by.Party.ID == 0:
		return false
	case l.To == by.Party:
		return true
	case l.To.Kind == inspections.PartyMember && by.Party.Kind == inspections.PartyUnit:
		return index(roster.Postings, func(p inspections.Posting) bool {
			return int64(p.Member) == l.To.ID && int64(p.Unit) == by.Party.ID && inspections.Covers(p.From, p.Until, l.Created.Date())
		}) >= 0
	}
	return false
}

// Awaited is a letter whose reader may confirm it in the portal and has not.
type Awaited struct {
	Letter inspections.Letter
	Due    calendar.Instant // end of its clock; zero: over or none
}

// AwaitedReceipts lists the letters written since a moment that their readers have not confirmed and that
// left the office, of readers who can sign in. Who reads paper only is asked nothing.
func AwaitedReceipts(tx Tx, since time.Time) ([]Awaited, error) {
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	given, err := tx.Receipts()
	if err != nil {
		return nil, err
	}
	confirmed := map[string]bool{} // by what the letter is, whichever copy
	for _, r := range given {
		if r.At.Before(since) {
			continue // of a letter that is older
		}
		l, err := tx.Letter(r.Letter)
		if err != nil {
			return nil, err
		}
		confirmed[l.Root()] = true
	}
	var left []inspections.Letter
	for _, state := range []inspections.LetterState{inspections.LetterAccepted, inspections.LetterUnknown} {
		letters, err := tx.Letters(inspections.LetterFilter{State: state, Settled: calendar.InstantOf(since)})
		if err != nil {
			return nil, err
		}
		left = append(left, letters...)
	}
	copies := CopiesOf(left)
	var list []Awaited
	for _, l := range left {
		if confirmed[l.Root()] || copies.Standing(l) == inspections.LetterResent || !l.Kind.AsksReceipt() || l.Created.Before(since) {
			continue
		}
		reader := index(users, func(u inspections.User) bool { return u.Disabled.IsZero() && Reads(roster, u.AsActor(), l) })
		if reader < 0 {
			continue
		}
		a := Awaited{Letter: l}
		if a.Due, err = l.Deadline(); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// RemindOfReceipts tells the clerks of start notices that nobody confirmed within a day, each once: a call
// on the telephone is due before the time to reply runs out (3.6).
func RemindOfReceipts(tx Tx, now time.Time) error {
	const patience, memory = 24 * time.Hour, 14 * 24 * time.Hour
	open, err := AwaitedReceipts(tx, now.Add(-memory))
	if err != nil {
		return err
	}
	users, err := tx.Users()
	if err != nil {
		return err
	}
	for _, a := range open {
		switch a.Letter.Kind {
		case inspections.LetterCaseTownship, inspections.LetterCaseUnit, inspections.LetterCaseMember:
		default:
			continue // of a standby the list tells; who goes is nobody's business
		}
		if now.Sub(a.Letter.Created.Time) < patience || !a.Due.After(now) {
			continue
		}
		args := inspections.AlarmArgs{
			Key: "notice_unread", Params: map[string]string{"name": a.Letter.Name, "kind": string(a.Letter.Kind)}, Clause: "3.6", Due: a.Due, Path: "/mail",
		}
		for _, u := range users {
			if u.Role != inspections.RoleClerk || !u.Disabled.IsZero() || u.Email == "" {
				continue
			}
			to := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}
			key := fmt.Sprintf("notice_unread/%d/%d", a.Letter.ID, u.ID)
			if err := enqueue(tx, inspections.LetterAlarm, key, to, u.Name, u.Email, args); err != nil {
				return err
			}
		}
	}
	return nil
}
