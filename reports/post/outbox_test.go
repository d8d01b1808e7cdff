package post

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

func accept(Message) (Outcome, error) { return Outcome{Result: Accepted, Answer: "250 ok"}, nil }

func TestBytesAndStateAreCommittedBeforeTheFirstTry(t *testing.T) {
	t.Parallel()
	var b *bench
	b = newBench(courierFunc(func(m Message) (Outcome, error) {
		l := b.store.letter(m.ID)
		if l.State != inspections.LetterSending {
			t.Errorf("state at the try: got %s, want sending", l.State)
		}
		if stored := b.store.blobs[l.BodySHA]; !bytes.Equal(stored, m.Raw) || len(m.Raw) == 0 {
			t.Errorf("the stored bytes are not those sent")
		}
		if l.MessageID == "" || !bytes.Contains(m.Raw, []byte(l.MessageID)) {
			t.Errorf("Message-ID %q is not in the message", l.MessageID)
		}
		return accept(m)
	}), testLetter(t, 1))
	var hooked []inspections.LetterState
	b.Settled = func(_ Tx, l inspections.Letter) error { hooked = append(hooked, l.State); return nil }
	if got, want := b.drain(t).Accepted, 1; got != want {
		t.Errorf("accepted: got %d, want %d", got, want)
	}
	l := b.store.letter(1)
	if l.State != inspections.LetterAccepted || l.Tries != 1 || l.Answer != "250 ok" || !l.Settled.Equal(start) {
		t.Errorf("got %+v", l)
	}
	if len(hooked) != 1 || hooked[0] != inspections.LetterAccepted {
		t.Errorf("hook: got %v", hooked)
	}
	if r := b.drain(t); r != (Report{}) {
		t.Errorf("a second drain did something: %+v", r)
	}
}

func TestALetterPutOffIsTriedAgainLaterWithTheSameBytes(t *testing.T) {
	t.Parallel()
	var sent [][]byte
	b := newBench(courierFunc(func(m Message) (Outcome, error) {
		sent = append(sent, m.Raw)
		return Outcome{Result: Later, Answer: "451 4.7.1 greylisted"}, nil
	}), testLetter(t, 1))
	for i, wait := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour, 6 * time.Hour} {
		b.drain(t)
		if got, want := len(sent), i+1; got != want {
			t.Fatalf("tries after drain %d: got %d, want %d", i, got, want)
		}
		if !bytes.Equal(sent[i], sent[0]) {
			t.Errorf("try %d has other bytes", i+1)
		}
		if got, want := b.store.letter(1).NextTry.Sub(b.clock.Now()), wait; got != want {
			t.Errorf("wait after try %d: got %s, want %s", i+1, got, want)
		}
		b.clock.add(wait - time.Second)
		if b.drain(t); len(sent) != i+1 {
			t.Fatalf("tried too early after %d tries", i+1)
		}
		b.clock.add(time.Second)
	}
	b.clock.add(maxAge)
	b.drain(t)
	if l := b.store.letter(1); l.State != inspections.LetterRefused || l.Answer != "451 4.7.1 greylisted" {
		t.Errorf("after five days: got %s %q", l.State, l.Answer)
	}
}

func TestARefusalIsFinalAndShown(t *testing.T) {
	t.Parallel()
	tries := 0
	b := newBench(courierFunc(func(Message) (Outcome, error) {
		tries++
		return Outcome{Result: Refused, Answer: "550 5.1.1 no such user"}, nil
	}), testLetter(t, 1))
	b.drain(t)
	b.clock.add(24 * time.Hour)
	b.drain(t)
	if l := b.store.letter(1); tries != 1 || l.State != inspections.LetterRefused || l.Answer != "550 5.1.1 no such user" {
		t.Errorf("tries %d, letter %+v", tries, l)
	}
}

func TestALetterInDoubtWaitsForAPerson(t *testing.T) {
	t.Parallel()
	tries := 0
	b := newBench(courierFunc(func(Message) (Outcome, error) {
		tries++
		return Outcome{Result: Unknown, Answer: "timeout", Lost: true}, nil
	}), testLetter(t, 1), testLetter(t, 2))
	if got, want := b.drain(t).Unknown, 2; got != want {
		t.Errorf("unknown: got %d, want %d", got, want)
	}
	b.clock.add(time.Hour)
	b.drain(t)
	if tries != 2 {
		t.Errorf("tries: got %d, want one for each letter", tries)
	}
	t.Run("who asks for it again gets the same bytes", func(t *testing.T) {
		b.Courier = courierFunc(accept)
		l := b.store.letter(1)
		sha := l.BodySHA
		l.State, l.NextTry = inspections.LetterQueued, calendar.InstantOf(b.clock.Now())
		b.store.letters[1] = l
		b.drain(t)
		if l := b.store.letter(1); l.State != inspections.LetterAccepted || l.BodySHA != sha {
			t.Errorf("got %+v", l)
		}
	})
}

func TestAnAssignmentLetterInDoubtGoesAgainAtOnce(t *testing.T) {
	t.Parallel()
	var sent [][]byte
	b := newBench(courierFunc(func(m Message) (Outcome, error) {
		sent = append(sent, m.Raw)
		if len(sent) == 1 {
			return Outcome{Result: Unknown, Answer: "timeout", Lost: true}, nil
		}
		return accept(m)
	}), endedLetter(t, 1))
	b.drain(t)
	if len(sent) != 2 || !bytes.Equal(sent[0], sent[1]) {
		t.Fatalf("%d tries, the same bytes: %t", len(sent), len(sent) == 2)
	}
	if l := b.store.letter(1); l.State != inspections.LetterAccepted || l.Tries != 2 {
		t.Errorf("got %+v", l)
	}
}

func TestAnAssignmentLetterDoesNotGoRoundForEver(t *testing.T) {
	t.Parallel()
	tries := 0
	b := newBench(courierFunc(func(Message) (Outcome, error) {
		tries++
		return Outcome{Result: Unknown, Answer: "timeout", Lost: true}, nil
	}), endedLetter(t, 1))
	for range 100 {
		b.drain(t)
		b.clock.add(10 * time.Minute)
	}
	if l := b.store.letter(1); l.State != inspections.LetterUnknown || tries != maxDoubted {
		t.Errorf("after %d tries: %s", tries, l.State)
	}
}

func TestALetterLeftInSendingByADeadProcessIsInDoubt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		letter inspections.Letter
		want   inspections.LetterState
		tries  int
	}{
		"an assignment letter goes again": {endedLetter(t, 1), inspections.LetterAccepted, 1},
		"another letter waits":            {testLetter(t, 1), inspections.LetterUnknown, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var first []byte
			b := newBench(courierFunc(func(m Message) (Outcome, error) {
				first = m.Raw
				panic("killed")
			}), c.letter)
			func() {
				defer func() { _ = recover() }()
				_, _ = b.Drain(t.Context())
			}()
			if got := b.store.letter(1).State; got != inspections.LetterSending {
				t.Fatalf("state after the kill: %s", got)
			}
			tries := 0
			next := b.restart(courierFunc(func(m Message) (Outcome, error) {
				if tries++; !bytes.Equal(m.Raw, first) {
					t.Error("the second try has other bytes")
				}
				return accept(m)
			}))
			next.drain(t)
			l := b.store.letter(1)
			if l.State != c.want || tries != c.tries {
				t.Errorf("got %s after %d tries, want %s after %d", l.State, tries, c.want, c.tries)
			}
			if l.State == inspections.LetterUnknown {
				if got, want := Explain(catalog.For("zh"), l), "发送中程序中断，不能确定是否送达。"; got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
}

func TestAnOutageCostsFewDialsAndNoLetters(t *testing.T) {
	t.Parallel()
	dials := 0
	down := courierFunc(func(Message) (Outcome, error) {
		dials++
		return Outcome{}, inspections.Fail(inspections.Busy, "mail.dial", "server", "mail.example.com:587", "answer", "refused")
	})
	var letters []inspections.Letter
	for id := range inspections.LetterID(20) {
		letters = append(letters, testLetter(t, id+1))
	}
	b := newBench(down, letters...)
	r := b.drain(t)
	if !r.Paused || r.Problem == nil || dials != 1 {
		t.Errorf("got %+v after %d dials", r, dials)
	}
	for range 60 {
		b.clock.add(10 * time.Second)
		b.drain(t)
	}
	if dials > 6 {
		t.Errorf("%d dials in ten minutes", dials)
	}
	b.clock.add(30 * 24 * time.Hour) // a month: nothing ages that was never tried
	b.drain(t)
	b.Courier = courierFunc(accept)
	b.clock.add(outage)
	if got, want := b.drain(t).Accepted, 20; got != want {
		t.Errorf("accepted after the outage: got %d, want %d", got, want)
	}
}

func TestConnectionsThatKeepBreakingStopTheDrain(t *testing.T) {
	t.Parallel()
	tries := 0
	var letters []inspections.Letter
	for id := range inspections.LetterID(20) {
		letters = append(letters, testLetter(t, id+1))
	}
	b := newBench(courierFunc(func(Message) (Outcome, error) {
		tries++
		return Outcome{Result: Later, Answer: "EOF", Lost: true}, nil
	}), letters...)
	if r := b.drain(t); !r.Paused || tries != maxBroken {
		t.Errorf("got %+v after %d tries", r, tries)
	}
}

func TestALetterWithoutAnAddressIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	l := testLetter(t, 1)
	l.Email = ""
	b := newBench(courierFunc(accept), l, testLetter(t, 2))
	r := b.drain(t)
	if r.Refused != 1 || r.Accepted != 1 {
		t.Errorf("got %+v", r)
	}
	got := b.store.letter(1)
	if want := "王小明没有登记电子邮箱，邮件发不出去。"; got.State != inspections.LetterRefused || Explain(catalog.For("zh"), got) != want {
		t.Errorf("got %s %q, want %q", got.State, Explain(catalog.For("zh"), got), want)
	}
}

func TestAssignmentLettersGoFirst(t *testing.T) {
	t.Parallel()
	var order []inspections.LetterID
	b := newBench(courierFunc(func(m Message) (Outcome, error) {
		order = append(order, m.ID)
		return accept(m)
	}), testLetter(t, 1), testLetter(t, 2), endedLetter(t, 3))
	b.drain(t)
	if len(order) != 3 || order[0] != 3 {
		t.Errorf("got %v, want 3 first", order)
	}
}

func TestAnAnswerThatCannotBeWrittenDownLeavesTheLetterInDoubt(t *testing.T) {
	t.Parallel()
	b := newBench(nil, testLetter(t, 1))
	full := errors.New("disk full")
	b.Courier = courierFunc(func(m Message) (Outcome, error) {
		b.store.mu.Lock()
		b.store.fail = full
		b.store.mu.Unlock()
		return accept(m)
	})
	if _, err := b.Drain(t.Context()); !errors.Is(err, full) {
		t.Fatalf("got %v, want %v", err, full)
	}
	b.restart(courierFunc(accept)).drain(t)
	if got := b.store.letter(1).State; got != inspections.LetterUnknown {
		t.Errorf("got %s", got)
	}
}

func TestWithoutACourierLettersWait(t *testing.T) {
	t.Parallel()
	b := newBench(nil, testLetter(t, 1))
	r := b.drain(t)
	var e *inspections.Error
	if !r.Paused || !errors.As(r.Problem, &e) || e.Key != "mail.not_configured" || b.store.letter(1).State != inspections.LetterQueued {
		t.Errorf("got %+v", r)
	}
}

func TestADrainTakesManyLetters(t *testing.T) {
	t.Parallel()
	var letters []inspections.Letter
	for id := range inspections.LetterID(3*batch + 7) {
		letters = append(letters, testLetter(t, id+1))
	}
	later := testLetter(t, 1000)
	later.NextTry = calendar.InstantOf(start.Add(time.Hour))
	b := newBench(courierFunc(accept), append(letters, later)...)
	if got, want := b.drain(t).Accepted, len(letters); got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestAnswersKeepTheirWords(t *testing.T) {
	t.Parallel()
	l := inspections.Letter{Answer: answerOf(inspections.Fail(inspections.Invalid, "mail.no_address", "name", "张三 & 李=四?"))}
	if got, want := Explain(catalog.For("zh"), l), "张三 & 李=四?没有登记电子邮箱，邮件发不出去。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	l.Answer = "550 no such user?"
	if got := Explain(catalog.For("zh"), l); got != l.Answer {
		t.Errorf("got %s", got)
	}
	if got := oneLine("a\r\nb\x00c" + strings.Repeat("字", 400)); strings.ContainsAny(got, "\r\n\x00") || len([]rune(got)) != 301 {
		t.Errorf("got %q", got)
	}
}
