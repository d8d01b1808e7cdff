package office_test

import (
	"errors"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// posted puts a letter on record as the post left it.
func (d *desk) posted(t *testing.T, l inspections.Letter) inspections.Letter {
	t.Helper()
	d.do(t, func(tx *store.Tx) error {
		if l.State != inspections.LetterQueued {
			l.Settled = tx.Now() // as the post does
		}
		if _, err := tx.Enqueue(l); err != nil {
			return err
		}
		all, err := tx.Letters(inspections.LetterFilter{Under: l.Key})
		l = all[0]
		return err
	})
	return l
}

func (d *desk) letter(t *testing.T, id inspections.LetterID) (l inspections.Letter) {
	t.Helper()
	d.do(t, func(tx *store.Tx) (err error) { l, err = tx.Letter(id); return err })
	return l
}

var township = inspections.Party{Kind: inspections.PartyTownship, ID: 1}

// startNotice is a start notice to the township, as the post left it.
func startNotice(t *testing.T, state inspections.LetterState) inspections.Letter {
	l, err := inspections.NewLetter(inspections.LetterCaseTownship, "case/9/start/1", township, "便江街道", "old@example.com",
		inspections.CaseStartArgs{Number: "2025-009", ReplyBy: calendar.InstantOf(monday.At(8, 0).Add(72 * time.Hour))})
	if err != nil {
		t.Fatal(err)
	}
	l.State, l.BodySHA, l.Answer = state, "ab", "550 5.1.1 no such user"
	return l
}

func wantKey(t *testing.T, err error, kind inspections.Kind, key string) {
	t.Helper()
	if inspections.KindOf(err) != kind || keyOf(err) != key {
		t.Errorf("got %v, want %s", err, key)
	}
}

func TestALetterIsAskedForAgain(t *testing.T) {
	t.Parallel()
	d := open(t)
	l := d.posted(t, startNotice(t, inspections.LetterRefused))
	if err := d.RetryLetter(t.Context(), leader, l.ID); inspections.KindOf(err) != inspections.Forbidden {
		t.Errorf("a leader: %v", err)
	}
	if err := d.RetryLetter(t.Context(), clerk, l.ID); err != nil {
		t.Fatal(err)
	}
	got := d.letter(t, l.ID)
	if got.State != inspections.LetterQueued || got.BodySHA != "ab" || !got.Asked.Equal(d.now) {
		t.Errorf("got %+v", got)
	}
	wantKey(t, d.RetryLetter(t.Context(), clerk, l.ID), inspections.Conflict, "mail.not_retryable")
}

func TestADoubtfulLetterIsSettledByAPerson(t *testing.T) {
	t.Parallel()
	d := open(t)
	l := d.posted(t, startNotice(t, inspections.LetterUnknown))
	if err := d.SettleLetter(t.Context(), clerk, l.ID); err != nil {
		t.Fatal(err)
	}
	if got := d.letter(t, l.ID); got.State != inspections.LetterAccepted || !got.Settled.Equal(d.now) {
		t.Errorf("got %+v", got)
	}
	wantKey(t, d.SettleLetter(t.Context(), clerk, l.ID), inspections.Conflict, "mail.not_unknown")
}

func TestALetterIsSentToAnotherAddress(t *testing.T) {
	t.Parallel()
	d := open(t)
	first := d.posted(t, startNotice(t, inspections.LetterRefused))
	again, err := d.ResendLetter(t.Context(), clerk, first.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	if again.Email != "xz@example.com" || again.Replaces != first.ID || again.BodySHA != "" || string(again.Args) != string(first.Args) || again.State != inspections.LetterQueued {
		t.Errorf("got %+v", again)
	}
	if got := d.letter(t, first.ID); got.State != inspections.LetterRefused {
		t.Errorf("the first one stands %s", got.State)
	}
	third, err := d.ResendLetter(t.Context(), clerk, first.ID, "new@example.com")
	if err != nil || third.Email != "new@example.com" || third.Key != "case/9/start/1/again/2" {
		t.Errorf("got %+v, %v", third, err)
	}
	_, err = d.ResendLetter(t.Context(), clerk, third.ID, "")
	wantKey(t, err, inspections.Conflict, "mail.under_way")
	_, err = d.ResendLetter(t.Context(), clerk, first.ID, "not an address")
	wantKey(t, err, inspections.Invalid, "mail.bad_address")

	t.Run("but nobody else reads a standby letter", func(t *testing.T) {
		l, err := inspections.NewLetter(inspections.LetterStandbyOver, "standby/1", inspections.Party{Kind: inspections.PartyInspector, ID: 1}, "朱伟", "old@example.com", inspections.StandbyArgs{})
		if err != nil {
			t.Fatal(err)
		}
		l.State = inspections.LetterRefused
		l = d.posted(t, l)
		_, err = d.ResendLetter(t.Context(), clerk, l.ID, "clerk@example.com")
		wantKey(t, err, inspections.Invalid, "mail.standby_address")
		if again, err := d.ResendLetter(t.Context(), clerk, l.ID, ""); err != nil || again.Email != "dc01@example.com" {
			t.Errorf("got %+v, %v", again, err)
		}
	})
}

func TestAPersonLiftsTheStopOfAnAddress(t *testing.T) {
	t.Parallel()
	d := open(t)
	stop := inspections.DeadAddress{Address: "old@example.com", Letter: 1, Answer: "550 5.1.1", Since: calendar.InstantOf(d.now)}
	d.do(t, func(tx *store.Tx) error { return tx.AddDeadAddress(&stop) })
	held := startNotice(t, inspections.LetterRefused)
	held.Answer, held.Settled = "error."+inspections.AnswerStopped+"?address=x", calendar.InstantOf(d.now)
	held = d.posted(t, held)
	wantKey(t, d.RetryLetter(t.Context(), clerk, held.ID), inspections.Conflict, "mail.still_stopped")
	n, err := d.LiftAddress(t.Context(), clerk, stop.ID, true)
	if err != nil || n != 1 {
		t.Fatalf("got %d, %v", n, err)
	}
	if got := d.letter(t, held.ID); got.State != inspections.LetterQueued {
		t.Errorf("got %+v", got)
	}
	_, err = d.LiftAddress(t.Context(), clerk, stop.ID, false)
	wantKey(t, err, inspections.Conflict, "mail.not_stopped")
	_, err = d.LiftAddress(t.Context(), clerk, 99, false)
	wantKey(t, err, inspections.NotFound, "mail.unknown_stop")
}

func TestAReaderConfirmsALetterByTheirOwnClick(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.do(t, func(tx *store.Tx) error {
		return tx.AddUser(&inspections.User{Login: "xz", Name: "便江街道", Role: inspections.RoleTownship, Party: township, Password: "-", Created: tx.Now()})
	})
	own := inspections.Actor{User: 3, Name: "便江街道", Role: inspections.RoleTownship, Party: township}
	l := d.posted(t, startNotice(t, inspections.LetterAccepted))
	alarms := func() (n int) {
		d.do(t, func(tx *store.Tx) error {
			if err := office.RemindOfReceipts(tx, d.now); err != nil {
				return err
			}
			list, err := tx.Letters(inspections.LetterFilter{Under: "notice_unread/"})
			n = len(list)
			return err
		})
		return n
	}
	d.do(t, func(tx *store.Tx) error {
		u, err := tx.User(1)
		u.Email = "clerk@example.com"
		if err != nil {
			return err
		}
		return tx.SaveUser(u)
	})
	if got := alarms(); got != 0 {
		t.Errorf("the clerk was told within the day: %d", got)
	}
	d.now = d.now.Add(25 * time.Hour)
	if alarms(); alarms() != 1 {
		t.Errorf("after a day the clerk is told once: %d", alarms())
	}
	for name, who := range map[string]inspections.Actor{
		"the clerk": clerk, "the program": inspections.System,
		"another township": {User: 4, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 2}},
	} {
		_, err := d.ReceiveLetter(t.Context(), who, l.ID)
		if !inspections.IsNotFound(err) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	r, err := d.ReceiveLetter(t.Context(), own, l.ID)
	if err != nil || r.User != 3 || !r.At.Equal(d.now) {
		t.Errorf("got %+v, %v", r, err)
	}
	at := d.now
	d.now = d.now.Add(time.Hour)
	if r, err = d.ReceiveLetter(t.Context(), own, l.ID); err != nil || !r.At.Equal(at) {
		t.Errorf("the second click: got %+v, %v", r, err)
	}
	d.do(t, func(tx *store.Tx) error {
		open, err := office.AwaitedReceipts(tx, at.Add(-48*time.Hour))
		if len(open) != 0 {
			t.Errorf("still awaited: %+v", open)
		}
		return err
	})
}

func keyOf(err error) string {
	var e *inspections.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}
