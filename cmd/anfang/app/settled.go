package app

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/reports/post"
)

// settled journals what became of a letter and tells the office of one that did not arrive, in the
// transaction that settles it.
func (a *App) settled(ptx post.Tx, l inspections.Letter) error {
	tx, ok := ptx.(*store.Tx)
	if !ok {
		return fmt.Errorf("app: the outbox runs on %T", ptx)
	}
	_, err := journal.Append(tx, journal.Entry{
		Kind: "letter." + string(l.State), Actor: inspections.System.Ref(), Subject: fmt.Sprintf("letter/%d", l.ID),
		Body: map[string]any{"kind": string(l.Kind), "body_sha256": l.BodySHA, "message_id": l.MessageID, "tries": l.Tries},
	})
	if err != nil {
		return err
	}
	if err := recordStop(tx, l); err != nil {
		return err
	}
	if l.State == inspections.LetterAccepted || l.Kind == inspections.LetterAlarm {
		return nil // an alarm about an alarm would go round for ever; the page lists it
	}
	if l.Standing() == inspections.LetterReturned {
		return a.tellClerks(tx, "mail_returned", l)
	}
	return a.tellClerks(tx, "mail_failed", l)
}

// recordStop journals the address that a letter's refusal has stopped.
func recordStop(tx *store.Tx, l inspections.Letter) error {
	stop, err := tx.DeadAddress(l.Email)
	if inspections.IsNotFound(err) || err == nil && (stop.Letter != l.ID || l.Stopped()) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{
		Kind: "address.stopped", Actor: inspections.System.Ref(), Subject: fmt.Sprintf("address/%d", stop.ID),
		Body: map[string]any{"letter": int64(l.ID)},
	})
	return err
}

// slow tells the office, once, of a letter whose clock is half over while the server keeps putting it off.
func (a *App) slow(ptx post.Tx, l inspections.Letter) error {
	tx, ok := ptx.(*store.Tx)
	if !ok {
		return fmt.Errorf("app: the outbox runs on %T", ptx)
	}
	return a.tellClerks(tx, "mail_slow", l)
}

// tellClerks raises an alarm about a letter to every clerk, once; words: "alarm."+key.
func (a *App) tellClerks(tx *store.Tx, key string, l inspections.Letter) error {
	users, err := tx.Users()
	if err != nil {
		return err
	}
	for _, u := range users {
		if u.Role != inspections.RoleClerk || u.Email == "" || !u.Disabled.IsZero() {
			continue
		}
		args := inspections.AlarmArgs{Key: key, Params: map[string]string{"name": l.Name, "kind": a.kindOf(l)}, Path: "/mail"}
		to := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}
		alarm, err := inspections.NewLetter(inspections.LetterAlarm, fmt.Sprintf("%s/%d/%d", key, l.ID, u.ID), to, u.Name, u.Email, args)
		if err != nil {
			return err
		}
		alarm.Created = tx.Now()
		if _, err := tx.Enqueue(alarm); err != nil {
			return err
		}
	}
	return nil
}

// kindOf names a letter's kind; of an assignment letter it does not tell whether somebody was sent.
func (a *App) kindOf(l inspections.Letter) string {
	if l.Kind.Assignment() {
		return a.Words.T("alarm.standby_letter")
	}
	return a.Words.Label("letter_kind", l.Kind)
}
