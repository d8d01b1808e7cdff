package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/reports/post"
	"anfang.example/scheduler/draw"
)

// mailbox hands over one notice, whenever it is asked.
type mailbox struct{ raw string }

func (m mailbox) Notices(_ context.Context, _ time.Time, take func(post.Notice) error) error {
	n, ok := post.ReadNotice([]byte(m.raw))
	if !ok {
		return fmt.Errorf("this is no notice: %s", m.raw)
	}
	return take(n)
}

func TestALetterThatComesBackIsToldToTheClerkAndRecorded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, draw.Link{})
	to := inspections.Party{Kind: inspections.PartyTownship, ID: 1}
	owed, err := inspections.NewLetter(inspections.LetterBulletin, "issue/1/township/1", to, "第1镇", "gone@example.com", inspections.BulletinArgs{Title: "督查通报", Number: "〔2025〕3号"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Store.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.Enqueue(owed); return err }); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent := w.only(inspections.LetterFilter{Under: "issue/1/"})
	if sent.State != inspections.LetterAccepted {
		t.Fatalf("got %+v", sent)
	}
	w.Outbox.Returns = mailbox{"From: MAILER-DAEMON@example.com\r\nSubject: failure notice\r\nX-Failed-Recipients: gone@example.com\r\n\r\n" +
		"<gone@example.com>:\r\n550 5.1.1 no such user\r\n\r\nMessage-Id: " + sent.MessageID + "\r\n"}
	for range 2 {
		if _, err := w.Outbox.TakeReturned(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	l := w.only(inspections.LetterFilter{Under: "issue/1/"})
	if l.Standing() != inspections.LetterReturned || post.Explain(w.Words, l) != "邮件服务器收下后又被退回：550 5.1.1 no such user" {
		t.Errorf("got %+v", l)
	}
	alarm := w.only(inspections.LetterFilter{Kind: inspections.LetterAlarm})
	if !strings.HasPrefix(alarm.Key, "mail_returned/") || alarm.Email != "u1@example.com" {
		t.Errorf("the clerk is told %+v", alarm)
	}
	printed, err := w.Outbox.Renderer.Read(alarm)
	if text := strings.Join(printed.Paras, "\n"); err != nil || !strings.Contains(text, "发给第1镇的邮件发出后又被退回") {
		t.Errorf("the alarm reads %q, %v", text, err)
	}
	err = w.Store.View(t.Context(), func(tx *store.Tx) error {
		stop, err := tx.DeadAddress("gone@example.com")
		if err != nil || stop.Letter != sent.ID || !stop.ByNotice() {
			t.Errorf("got %+v, %v", stop, err)
		}
		kinds := map[string]int{}
		records, err := tx.JournalAfter(0, 100)
		for _, r := range records {
			kinds[r.Kind]++
		}
		if kinds["letter.accepted"] != 1 || kinds["letter.refused"] != 1 || kinds["address.stopped"] != 1 {
			t.Errorf("the journal has %v", kinds)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// only reads the one letter of a filter.
func (w *world) only(f inspections.LetterFilter) inspections.Letter {
	w.t.Helper()
	var found []inspections.Letter
	err := w.Store.View(w.t.Context(), func(tx *store.Tx) (err error) { found, err = tx.Letters(f); return err })
	if err != nil || len(found) != 1 {
		w.t.Fatalf("got %d letters, %v", len(found), err)
	}
	return found[0]
}

func TestTheMailboxForReturnedLettersIsSetInTheConfiguration(t *testing.T) {
	t.Parallel()
	for returned, want := range map[string]bool{"": false, "returned: INBOX": true} {
		dir := t.TempDir()
		text := "mail:\n  from: office@example.com\n  archive:\n    server: imap.example.com:993\n    user: office@example.com\n    " + returned + "\n"
		if err := os.WriteFile(filepath.Join(dir, ConfigFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg, err := LoadConfig(dir, "", func(string) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		archive, returns := mailboxesOf(cfg)
		if archive == nil || (returns != nil) != want {
			t.Fatalf("%q: got %v, %v", returned, archive, returns)
		}
		if box, ok := returns.(*post.Inbox); want && (!ok || box.Folder != "INBOX" || box.Settings.Host != "imap.example.com" || box.Settings.Security != post.ImplicitTLS) {
			t.Errorf("got %+v", returns)
		}
	}
}

func TestAFolderWithoutItsServerIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ConfigFile), []byte("mail:\n  archive:\n    returned: INBOX\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadConfig(dir, "", func(string) string { return "" })
	var e *inspections.Error
	if !errors.As(err, &e) || e.Key != "config.value" || !strings.Contains(e.Error(), "mail.archive.server") {
		t.Errorf("got %v", err)
	}
}
