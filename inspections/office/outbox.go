package office

import (
	"context"
	"fmt"
	"net/mail"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// PostTx is what the verbs about letters need of a transaction.
type PostTx interface {
	Letter(inspections.LetterID) (inspections.Letter, error)
	Letters(inspections.LetterFilter) ([]inspections.Letter, error) // by id
	SaveLetter(inspections.Letter) error
	DeadAddress(address string) (inspections.DeadAddress, error) // the stop in force; NotFound
	DeadAddresses() ([]inspections.DeadAddress, error)           // by id, lifted ones too
	SaveDeadAddress(inspections.DeadAddress) error
	AddReceipt(inspections.Receipt) error
	Receipt(inspections.LetterID) (inspections.Receipt, error)
	Receipts() ([]inspections.Receipt, error) // by letter
}

// RetryLetter sends a refused or doubtful letter again, with the same bytes where they were fixed, because a
// person asked for it; its time runs anew. Errors: Forbidden, NotFound; Conflict mail.not_retryable, and
// mail.still_stopped while its address is stopped.
func (o *Office) RetryLetter(ctx context.Context, by inspections.Actor, id inspections.LetterID) error {
	return o.onLetter(ctx, by, id, func(tx Tx, l inspections.Letter) error {
		if l.State != inspections.LetterRefused && l.State != inspections.LetterUnknown {
			return inspections.Fail(inspections.Conflict, "mail.not_retryable", "letter", int64(id))
		}
		stop, err := tx.DeadAddress(l.Email)
		if err == nil && !l.Kind.Assignment() {
			return inspections.Fail(inspections.Conflict, "mail.still_stopped", "address", stop.Address, "since", stop.Since)
		}
		if err != nil && !inspections.IsNotFound(err) {
			return err
		}
		return askAgain(tx, by, l)
	})
}

// askAgain queues a letter at once.
func askAgain(tx Tx, by inspections.Actor, l inspections.Letter) error {
	l.State, l.Settled, l.NextTry, l.Asked = inspections.LetterQueued, calendar.Instant{}, tx.Now(), tx.Now()
	if err := tx.SaveLetter(l); err != nil {
		return err
	}
	return record(tx, by, "letter.asked_again", subjectLetter(l.ID), map[string]any{"kind": string(l.Kind)})
}

// SettleLetter records a person's word that a doubtful letter arrived. Errors: Forbidden, NotFound,
// Conflict mail.not_unknown.
func (o *Office) SettleLetter(ctx context.Context, by inspections.Actor, id inspections.LetterID) error {
	return o.onLetter(ctx, by, id, func(tx Tx, l inspections.Letter) error {
		if l.State != inspections.LetterUnknown {
			return inspections.Fail(inspections.Conflict, "mail.not_unknown", "letter", int64(id))
		}
		l.State, l.Settled = inspections.LetterAccepted, tx.Now()
		if err := tx.SaveLetter(l); err != nil {
			return err
		}
		return record(tx, by, "letter.said_arrived", subjectLetter(id), map[string]any{"kind": string(l.Kind)})
	})
}

// ResendLetter writes the same letter once more, to another address or, with none given, to the one that is
// on record for its reader now. The first one stays as it stands. Letters of a standby go to the address on
// record only, since another would learn who goes. Errors: Forbidden, NotFound; Conflict mail.under_way
// while the first is queued or being sent, mail.still_stopped; Invalid mail.bad_address, mail.no_address,
// mail.standby_address.
func (o *Office) ResendLetter(ctx context.Context, by inspections.Actor, id inspections.LetterID, address string) (inspections.Letter, error) {
	var again inspections.Letter
	err := o.onLetter(ctx, by, id, func(tx Tx, l inspections.Letter) error {
		if l.State == inspections.LetterQueued || l.State == inspections.LetterSending {
			return inspections.Fail(inspections.Conflict, "mail.under_way", "letter", int64(id))
		}
		known, err := addressOf(tx, l)
		if err != nil {
			return err
		}
		if address = strings.TrimSpace(address); address == "" {
			address = known
		}
		if a, err := mail.ParseAddress(address); address != "" && (err != nil || a.Address != address) {
			return inspections.Fail(inspections.Invalid, "mail.bad_address", "address", address)
		}
		switch {
		case address == "":
			return inspections.Fail(inspections.Invalid, "mail.no_address", "name", l.Name)
		case l.Kind.Assignment() && !strings.EqualFold(address, known):
			return inspections.Fail(inspections.Invalid, "mail.standby_address", "name", l.Name)
		}
		if stop, err := tx.DeadAddress(address); err == nil {
			return inspections.Fail(inspections.Conflict, "mail.still_stopped", "address", stop.Address, "since", stop.Since)
		} else if !inspections.IsNotFound(err) {
			return err
		}
		if again, err = copyLetter(tx, l, address); err != nil {
			return err
		}
		return record(tx, by, "letter.resent", subjectLetter(id), map[string]any{"kind": string(l.Kind), "letter": int64(again.ID)})
	})
	return again, err
}

// copyLetter writes the letter of that content to an address.
func copyLetter(tx Tx, l inspections.Letter, address string) (inspections.Letter, error) {
	under := l.Root() + inspections.AgainMark
	earlier, err := tx.Letters(inspections.LetterFilter{Under: under})
	if err != nil {
		return l, err
	}
	c := inspections.Letter{
		Kind: l.Kind, Key: fmt.Sprintf("%s%d", under, len(earlier)+1), To: l.To, Name: l.Name, Email: address,
		Args: l.Args, Attach: l.Attach, Created: tx.Now(), Asked: tx.Now(), State: inspections.LetterQueued, Replaces: l.ID,
	}
	if _, err := tx.Enqueue(c); err != nil {
		return c, err
	}
	written, err := tx.Letters(inspections.LetterFilter{Under: c.Key})
	if err != nil || len(written) == 0 {
		return c, fmt.Errorf("office: letter %s: %w", c.Key, err)
	}
	return written[0], nil
}

// addressOf gives the address on record for a letter's reader; "" when there is none.
func addressOf(tx Tx, l inspections.Letter) (string, error) {
	switch l.To.Kind {
	case inspections.PartyOfficial:
		users, err := tx.Users()
		for _, u := range users {
			if int64(u.ID) == l.To.ID {
				return u.Email, err
			}
		}
		return l.Email, err // a test letter is to nobody on record
	case inspections.PartyInspector:
		roster, err := tx.Roster()
		if err != nil {
			return "", err
		}
		n, _ := roster.Inspector(inspections.InspectorID(l.To.ID))
		return n.Email, nil
	case inspections.PartyMember: // has none; the unit's stands on the letter
		return l.Email, nil
	}
	roster, err := tx.Roster()
	if err != nil {
		return "", err
	}
	return roster.ContactOf(l.To, tx.Now().Date()).Email, nil
}

// LiftAddress ends the stop of an address and, if asked, queues the letters that it held back. It gives
// how many. Errors: Forbidden, NotFound; Conflict mail.not_stopped.
func (o *Office) LiftAddress(ctx context.Context, by inspections.Actor, id inspections.StopID, again bool) (int, error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return 0, err
	}
	sent := 0
	err := o.InTx(ctx, func(tx Tx) error {
		all, err := tx.DeadAddresses()
		if err != nil {
			return err
		}
		i := index(all, func(d inspections.DeadAddress) bool { return d.ID == id })
		if i < 0 {
			return inspections.Fail(inspections.NotFound, "mail.unknown_stop", "id", int64(id))
		}
		stop := all[i]
		if !stop.Lifted.IsZero() {
			return inspections.Fail(inspections.Conflict, "mail.not_stopped", "address", stop.Address)
		}
		stop.Lifted, stop.LiftedBy = tx.Now(), by.Ref()
		if err := tx.SaveDeadAddress(stop); err != nil {
			return err
		}
		held, err := HeldBack(tx, stop)
		if err != nil {
			return err
		}
		if again {
			for _, l := range held {
				if err := askAgain(tx, by, l); err != nil {
					return err
				}
			}
			sent = len(held)
		}
		return record(tx, by, "address.lifted", fmt.Sprintf("address/%d", id), map[string]any{"letters": sent})
	})
	return sent, err
}

// HeldBack lists the letters that were not tried because of a stop.
func HeldBack(tx PostTx, stop inspections.DeadAddress) ([]inspections.Letter, error) {
	refused, err := tx.Letters(inspections.LetterFilter{State: inspections.LetterRefused})
	if err != nil {
		return nil, err
	}
	var held []inspections.Letter
	for _, l := range refused {
		if l.Stopped() && strings.EqualFold(l.Email, stop.Address) && !l.Settled.Before(stop.Since.Time) {
			held = append(held, l)
		}
	}
	return held, nil
}

// onLetter lets the office do something with a letter, in one transaction.
func (o *Office) onLetter(ctx context.Context, by inspections.Actor, id inspections.LetterID, do func(Tx, inspections.Letter) error) error {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		l, err := tx.Letter(id)
		if err != nil {
			return err
		}
		return do(tx, l)
	})
}

func subjectLetter(id inspections.LetterID) string { return fmt.Sprintf("letter/%d", id) }
