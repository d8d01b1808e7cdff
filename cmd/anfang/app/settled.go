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
	if err != nil || l.State == inspections.LetterAccepted || l.Kind == inspections.LetterAlarm {
		return err // an alarm about an alarm would go round for ever; the page lists it
	}
	users, err := tx.Users()
	if err != nil {
		return err
	}
	for _, u := range users {
		if u.Role != inspections.RoleClerk || u.Email == "" || !u.Disabled.IsZero() {
			continue
		}
		args := inspections.AlarmArgs{Key: "mail_failed", Params: map[string]string{"name": l.Name, "kind": a.kindOf(l)}, Path: "/mail"}
		to := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}
		alarm, err := inspections.NewLetter(inspections.LetterAlarm, fmt.Sprintf("mail_failed/%d/%d", l.ID, u.ID), to, u.Name, u.Email, args)
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
