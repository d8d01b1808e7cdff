package post

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/templates/catalog"
)

// sentBench is an outbox whose letters have all been taken by a server.
func sentBench(t *testing.T, letters ...inspections.Letter) *bench {
	t.Helper()
	b := newBench(courierFunc(func(Message) (Outcome, error) { return Outcome{Result: Accepted, Answer: "250 ok"}, nil }), letters...)
	if r := b.drain(t); r.Accepted != len(letters) {
		t.Fatalf("got %+v", r)
	}
	b.clock.add(time.Hour)
	return b
}

// mailbox hands over what it holds, as often as it is asked.
type mailbox [][]byte

func (m mailbox) Notices(_ context.Context, _ time.Time, take func(Notice) error) error {
	for _, raw := range m {
		if n, ok := ReadNotice(raw); ok {
			if err := take(n); err != nil {
				return err
			}
		}
	}
	return nil
}

func subjectFor(t *testing.T, b *bench, id inspections.LetterID) string {
	t.Helper()
	subject := ""
	err := b.store.InTx(t.Context(), func(tx Tx) (err error) {
		subject, err = subjectOf(tx, b.store.letters[id])
		return err
	})
	if err != nil || subject == "" {
		t.Fatalf("letter %d has the subject %q, %v", id, subject, err)
	}
	return subject
}

func TestALetterThatComesBackIsMarked(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			b := sentBench(t, testLetter(t, 1), newLetter(t, 2, inspections.LetterDigest, inspections.DigestArgs{Township: "马田镇", Missing: []string{}}))
			told := 0
			b.Outbox.Settled = func(Tx, inspections.Letter) error { told++; return nil }
			l := b.store.letter(1)
			b.Returns = mailbox{[]byte(s.write(l.MessageID, l.Email, subjectFor(t, b, 1)))}
			for range 3 { // the mail lies there for ever
				if _, err := b.TakeReturned(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			l = b.store.letter(1)
			if s.no {
				if l.State != inspections.LetterAccepted || len(b.store.back)+told+len(b.store.stops) != 0 {
					t.Fatalf("got %+v", l)
				}
				return
			}
			if l.State != inspections.LetterRefused || l.Standing() != inspections.LetterReturned || told != 1 {
				t.Fatalf("got %+v, told %d times", l, told)
			}
			for lang, want := range map[string]string{"zh": "邮件服务器收下后又被退回", "en": "The mail server took it, but it came back"} {
				if why := Explain(catalog.For(lang), l); !strings.HasPrefix(why, want) || !strings.Contains(why, s.answer) {
					t.Errorf("%s: got %q", lang, why)
				}
			}
			if other := b.store.letter(2); other.State != inspections.LetterAccepted {
				t.Errorf("another letter to the same reader was marked: %+v", other)
			}
			if stopped := len(b.store.stops) == 1; stopped != s.dead {
				t.Errorf("stopped: %+v, want %v", b.store.stops, s.dead)
			}
			if back := b.store.back; len(back) != 1 || back[0].Letter != 1 || back[0].Status != s.code {
				t.Errorf("on record: %+v", back)
			}
		})
	}
}

func TestWhatANoticeMustNotDo(t *testing.T) {
	t.Parallel()
	postfix := samples[0].write
	for name, c := range map[string]struct {
		write func(l inspections.Letter, subject string) string
	}{
		"it is about the copy in the archive": {func(l inspections.Letter, subject string) string {
			return postfix(l.MessageID, "archive@example.com", subject)
		}},
		"it is about a mail that a person sent": {func(l inspections.Letter, subject string) string {
			return postfix("<CAF1234@mail.example.com>", l.Email, "转发："+subject)
		}},
		"it is about another reader": {func(l inspections.Letter, subject string) string {
			return postfix("<other@example.com>", "zhao@example.com", subject)
		}},
		"it comes from a reader": {func(l inspections.Letter, subject string) string {
			return "From: wang@example.com\r\nSubject: failure notice\r\n\r\n550 5.1.1 wang@example.com\r\nMessage-Id: " + l.MessageID
		}},
		"it names nothing that we know":   {func(inspections.Letter, string) string { return postfix("<x@example.com>", "x@example.com", "x") }},
		"an empty subject is no evidence": {func(l inspections.Letter, _ string) string { return postfix("<x@example.com>", l.Email, "") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := sentBench(t, testLetter(t, 1))
			b.Returns = mailbox{[]byte(c.write(b.store.letter(1), subjectFor(t, b, 1)))}
			n, err := b.TakeReturned(t.Context())
			if l := b.store.letter(1); err != nil || n != 0 || l.State != inspections.LetterAccepted || len(b.store.stops) != 0 {
				t.Errorf("got %d, %v, %+v, %v", n, err, l, b.store.stops)
			}
		})
	}
}

func TestAMailThatHidesTheMessageIDNamesTheLastLetterOfThatSubject(t *testing.T) {
	t.Parallel()
	b := sentBench(t, testLetter(t, 1), testLetter(t, 2), testLetter(t, 3))
	qq := func(n int) []byte {
		i := slices.IndexFunc(samples, func(s sample) bool { return s.bySender })
		return []byte(samples[i].write("", "wang@example.com", subjectFor(t, b, 1)) + strings.Repeat("\r\n", n))
	}
	for n, want := range []string{"3", "23", "123", "123"} {
		b.Returns = mailbox{qq(n)}
		if _, err := b.TakeReturned(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := ""
		for id := range inspections.LetterID(3) {
			if b.store.letter(id+1).Standing() == inspections.LetterReturned {
				got += fmt.Sprint(id + 1)
			}
		}
		if got != want {
			t.Errorf("after %d mails: got %s, want %s", n+1, got, want)
		}
	}
	t.Run("but none that left long ago", func(t *testing.T) {
		old := sentBench(t, testLetter(t, 1))
		old.clock.add(returnSpan)
		old.Returns = mailbox{qq(0)}
		if n, err := old.TakeReturned(t.Context()); n != 0 || err != nil {
			t.Errorf("got %d, %v", n, err)
		}
	})
}

func TestALetterSentAgainIsNotMarkedByItsOldNotice(t *testing.T) {
	t.Parallel()
	b := sentBench(t, testLetter(t, 1))
	spam := samples[slices.IndexFunc(samples, func(s sample) bool { return s.code == "5.7.1" })]
	l := b.store.letter(1)
	b.Returns = mailbox{[]byte(spam.write(l.MessageID, l.Email, "x"))}
	if n, err := b.TakeReturned(t.Context()); n != 1 || err != nil {
		t.Fatalf("got %d, %v", n, err)
	}
	l = b.store.letter(1)
	l.State, l.NextTry = inspections.LetterQueued, l.Created // as a person's retry does
	b.store.letters[1] = l
	b.drain(t)
	if n, err := b.TakeReturned(t.Context()); n != 0 || err != nil || b.store.letter(1).State != inspections.LetterAccepted {
		t.Fatalf("got %d, %v, %+v", n, err, b.store.letter(1))
	}
	b.Returns = mailbox{[]byte(spam.write(l.MessageID, l.Email, "again"))} // it came back once more
	if n, err := b.TakeReturned(t.Context()); n != 1 || err != nil || b.store.letter(1).Standing() != inspections.LetterReturned {
		t.Errorf("got %d, %v, %+v", n, err, b.store.letter(1))
	}
}

func TestAStopByANoticeOutlastsAServerThatTakesEverything(t *testing.T) {
	t.Parallel()
	b := sentBench(t, testLetter(t, 1))
	l := b.store.letter(1)
	b.Returns = mailbox{[]byte(samples[0].write(l.MessageID, l.Email, "x"))}
	if _, err := b.TakeReturned(t.Context()); err != nil {
		t.Fatal(err)
	}
	next, standby := testLetter(t, 2), endedLetter(t, 3)
	b.store.letters[2], b.store.letters[3] = next, standby
	if r := b.drain(t); r.Refused != 1 || r.Accepted != 1 { // a standby is written to at any price
		t.Fatalf("got %+v", r)
	}
	if stop := b.store.stops[0]; !stop.Lifted.IsZero() || !stop.ByNotice() {
		t.Errorf("the stop was lifted: %+v", stop)
	}
	if why := Explain(catalog.For("zh"), b.store.letter(2)); !strings.Contains(why, "停发") || !strings.Contains(why, "550 5.1.1") || strings.Contains(why, "error.") {
		t.Errorf("got %q", why)
	}
}

func TestANoticeIsTakenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	b := sentBench(t, testLetter(t, 1))
	l := b.store.letter(1)
	b.Returns = mailbox{[]byte(samples[0].write(l.MessageID, l.Email, "x"))}
	b.store.fail = errors.New("disk full")
	if n, err := b.TakeReturned(t.Context()); n != 0 || err == nil {
		t.Fatalf("got %d, %v", n, err)
	}
	if len(b.store.back)+len(b.store.stops) != 0 || b.store.letter(1).State != inspections.LetterAccepted {
		t.Error("half of it stands")
	}
	if n, err := b.TakeReturned(t.Context()); n != 1 || err != nil {
		t.Errorf("afterwards: got %d, %v", n, err)
	}
}

func TestTheInboxIsReadOverIMAP(t *testing.T) {
	t.Parallel()
	b := sentBench(t, testLetter(t, 1), newLetter(t, 2, inspections.LetterDigest, inspections.DigestArgs{Township: "马田镇", Missing: []string{}}))
	first, second := b.store.letter(1), b.store.letter(2)
	var mails [][]byte
	for n := range 250 { // what else an office gets: more than one batch of heads
		mails = append(mails, fmt.Appendf(nil, "From: colleague%d@example.com\r\nSubject: 退信\r\n\r\n550 5.1.1 wang@example.com", n))
	}
	mails = append(mails, []byte(samples[0].write(first.MessageID, first.Email, "x")))
	huge := strings.Replace(samples[0].write(second.MessageID, second.Email, "y"), "--AB.1/mx.example.com--", strings.Repeat("x", 2*maxNotice), 1)
	mails = append(mails, []byte(huge))
	archive, be := imapServer(t, STARTTLS, mails...)
	inbox := &Inbox{Archive: archive}
	b.Returns = inbox
	b.drain(t) // looks into it, too
	for id, l := range map[int]inspections.Letter{1: b.store.letter(1), 2: b.store.letter(2)} {
		if l.Standing() != inspections.LetterReturned {
			t.Errorf("letter %d: %+v", id, l)
		}
	}
	user, err := be.Login(nil, "username", "password")
	if err != nil {
		t.Fatal(err)
	}
	box, err := user.GetMailbox("INBOX")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("what was looked at is not read again", func(t *testing.T) {
		next, seen := inbox.next, 0
		if err := inbox.Notices(t.Context(), start.AddDate(0, 0, -1), func(Notice) error { seen++; return nil }); err != nil || seen != 0 || inbox.next != next {
			t.Errorf("got %d notices, %v", seen, err)
		}
		if err := box.CreateMessage(nil, start, bytes.NewBufferString(samples[0].write(first.MessageID, first.Email, "z"))); err != nil {
			t.Fatal(err)
		}
		if err := inbox.Notices(t.Context(), start.AddDate(0, 0, -1), func(Notice) error { seen++; return nil }); err != nil || seen != 1 {
			t.Errorf("a new one: got %d notices, %v", seen, err)
		}
	})
	t.Run("what could not be kept comes again", func(t *testing.T) {
		again, full := &Inbox{Archive: archive}, errors.New("disk full")
		seen := 0
		if err := again.Notices(t.Context(), start.AddDate(0, 0, -1), func(Notice) error { return full }); !errors.Is(err, full) {
			t.Errorf("got %v", err)
		}
		if err := again.Notices(t.Context(), start.AddDate(0, 0, -1), func(Notice) error { seen++; return nil }); err != nil || seen != 3 {
			t.Errorf("got %d notices, %v", seen, err)
		}
	})
	t.Run("a folder that is not is told", func(t *testing.T) {
		wrong := &Inbox{Archive: archive}
		wrong.Folder = "Returned"
		if got := keyOf(wrong.Test(t.Context())); got != "mail.archive_folder" {
			t.Errorf("got %s", got)
		}
	})
}

// TestPostfixSendsBackWhatNobodyTakes lets a real server take a letter, fail to deliver it, and write its notice.
func TestPostfixSendsBackWhatNobodyTakes(t *testing.T) {
	t.Parallel()
	p, pool := newPostfix(t, "")
	p.set("smtpd_reject_unlisted_recipient = no\ntransport_maps = inline:{ {gone@example.com=error:5.1.1 mailbox is gone} {full@example.com=error:5.2.2 mailbox is full} }\n")
	p.start()
	courier := courierFor(SMTPSettings{Host: "127.0.0.1", Port: p.ports[0], Security: STARTTLS})
	courier.Timeouts, courier.TLS = Timeouts{}, &tls.Config{RootCAs: pool}
	var letters []inspections.Letter
	for i, to := range []string{"gone", "full", "reader2"} {
		l := testLetter(t, inspections.LetterID(i+1))
		l.Email = to + "@example.com"
		letters = append(letters, l)
	}
	b := newBench(courier, letters...)
	b.Renderer.From.Address = "reader1@example.com" // the office, for once
	if r := b.drain(t); r.Accepted != 3 {
		t.Fatalf("got %+v\n%s", r, p.log())
	}
	archive, _ := imapServer(t, ImplicitTLS, p.box("reader1", 2)...)
	b.Returns = &Inbox{Archive: archive}
	if n, err := b.TakeReturned(t.Context()); n != 2 || err != nil {
		t.Fatalf("got %d, %v", n, err)
	}
	for id, want := range map[inspections.LetterID]string{1: "5.1.1", 2: "5.2.2", 3: ""} {
		back := slices.IndexFunc(b.store.back, func(r inspections.Returned) bool { return r.Letter == id })
		if want == "" && back >= 0 || want != "" && (back < 0 || b.store.back[back].Status != want) {
			t.Errorf("letter %d: %+v", id, b.store.back)
		}
	}
	if len(b.store.stops) != 1 || b.store.stops[0].Address != "gone@example.com" {
		t.Errorf("stopped: %+v", b.store.stops)
	}
}
