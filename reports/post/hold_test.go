package post

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// startLetter tells a township that a case starts; its reply is due in three days.
func startLetter(t testing.TB, id inspections.LetterID) inspections.Letter {
	l := newLetter(t, id, inspections.LetterCaseTownship, inspections.CaseStartArgs{
		Number: "2025-003", Addressee: "便江街道", Kind: "absent", Village: "井凉街社区", ReplyBy: calendar.InstantOf(start.Add(72 * time.Hour)),
	})
	l.To = inspections.Party{Kind: inspections.PartyTownship, ID: 1}
	return l
}

func TestLettersToADeadAddressAreStopped(t *testing.T) {
	t.Parallel()
	tries := 0
	b := newBench(courierFunc(func(m Message) (Outcome, error) {
		tries++
		return Outcome{Result: Refused, Answer: "550 5.1.1 no such user", Dead: true}, nil
	}), testLetter(t, 1))
	b.drain(t)
	second := testLetter(t, 2)
	second.Email = "WANG@example.com" // the same mailbox, written otherwise
	go3 := newLetter(t, 3, inspections.LetterGo, sampleAssignment())
	b.store.letters[2] = second
	b.Courier = courierFunc(func(m Message) (Outcome, error) {
		tries++
		if m.ID != 3 {
			t.Errorf("letter %d was tried", m.ID)
		}
		return accept(m)
	})
	b.drain(t)
	l := b.store.letter(2)
	if !l.Stopped() || l.Tries != 0 || l.BodySHA != "" {
		t.Errorf("got %+v", l)
	}
	for _, lang := range []string{"zh", "en"} {
		said := Explain(catalog.For(lang), l)
		if !strings.Contains(said, "550 5.1.1 no such user") || !strings.Contains(said, "WANG@example.com") || strings.Contains(said, "{") {
			t.Errorf("%s: %s", lang, said)
		}
	}
	b.store.letters[3] = go3
	b.drain(t)
	// Who is on standby was tried all the same, and since the letter arrived the address lives.
	if got := b.store.letter(3).State; got != inspections.LetterAccepted || tries != 2 {
		t.Errorf("the assignment stands %s after %d tries", got, tries)
	}
	if len(b.store.stops) != 1 || b.store.stops[0].Lifted.IsZero() || b.store.stops[0].Letter != 1 {
		t.Errorf("stops: %+v", b.store.stops)
	}
}

func TestOnlyWordsAboutTheMailboxStopAnAddress(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{
		"550 5.1.1 <a@example.com>: user unknown": true, "550 5.1.2 bad destination": true, "550 5.2.1 mailbox disabled": true,
		"551 5.1.6 moved": true, "553 5.1.3 name not allowed": true, "556 5.1.10 null MX": true,
		"550 User not found: a@example.com": true, "550 Mailbox not found": true, "550 No such user here": true,
		"550 The recipient may contain a non-existent account": true, "550 用户不存在": true,
		"550 5.7.1 refused as spam": false, "550 5.7.1 user unknown to the black list": false, "554 5.7.1 relay denied": false,
		"552 5.2.2 mailbox full": false, "550 Mailbox unavailable or access denied": true, "550 Connection frequency limited": false,
		"450 4.1.1 user unknown": false, "550": false,
	} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			s := &script{answers: map[string]string{"RCPT": answer}}
			out, err := hasty(s.serve(t)).Deliver(t.Context(), message(1))
			if err != nil || out.Dead != want {
				t.Errorf("got %+v, %v; want dead %t", out, err, want)
			}
		})
	}
	if nobodyThere(&smtp.SMTPError{Code: 451, Message: "user unknown"}) {
		t.Error("a put-off stops nothing")
	}
}

func TestALetterIsTriedUntilItsClockIsOverAndNoLonger(t *testing.T) {
	t.Parallel()
	tries, slow := 0, 0
	b := newBench(courierFunc(func(Message) (Outcome, error) {
		tries++
		return Outcome{Result: Later, Answer: "451 4.7.1 greylisted"}, nil
	}), startLetter(t, 1))
	b.Slow = func(Tx, inspections.Letter) error { slow++; return nil }
	end := start.Add(72 * time.Hour)
	last := b.clock.Now()
	for b.store.letter(1).State == inspections.LetterQueued {
		last = b.clock.Now()
		b.drain(t)
		l := b.store.letter(1)
		if l.State != inspections.LetterQueued {
			break
		}
		if slow > 0 != (last.Sub(start) >= 36*time.Hour) {
			t.Fatalf("slow %d at %s", slow, last)
		}
		if l.NextTry.After(end) {
			t.Fatalf("the next try %s is after the end", l.NextTry)
		}
		b.clock.at = l.NextTry.Time
	}
	l := b.store.letter(1)
	if l.State != inspections.LetterRefused || !l.AnsweredBy(inspections.AnswerTooLate) || !last.Equal(end) {
		t.Errorf("at %s: %+v", last, l)
	}
	if said := Explain(catalog.For("zh"), l); !strings.Contains(said, "greylisted") || !strings.Contains(said, "3月15日") {
		t.Errorf("got %s", said)
	}
	if tries < 15 || tries > 60 {
		t.Errorf("%d tries", tries)
	}
	t.Run("unless a person asks for it after that", func(t *testing.T) {
		b.clock.add(time.Hour)
		l.State, l.Asked, l.NextTry = inspections.LetterQueued, calendar.InstantOf(b.clock.Now()), calendar.Instant{}
		b.store.letters[1] = l
		b.Courier = courierFunc(accept)
		if b.drain(t); b.store.letter(1).State != inspections.LetterAccepted {
			t.Errorf("got %+v", b.store.letter(1))
		}
	})
}

func TestAnAssignmentIsNotSentAfterItsSlot(t *testing.T) {
	t.Parallel()
	b := newBench(courierFunc(func(Message) (Outcome, error) { t.Error("tried"); return Outcome{}, nil }), endedLetter(t, 1))
	b.clock.add(6 * time.Hour)
	b.drain(t)
	if l := b.store.letter(1); l.State != inspections.LetterRefused || !l.AnsweredBy(inspections.AnswerTooLate) {
		t.Errorf("got %+v", l)
	}
	doubted := endedLetter(t, 2)
	doubted.Answer, doubted.Tries = answerOf(inspections.Fail(inspections.Busy, inspections.AnswerDoubted, "answer", "timeout")), 2
	b.store.letters[2] = doubted
	b.drain(t)
	if l := b.store.letter(2); l.State != inspections.LetterUnknown {
		t.Errorf("what may have arrived is called %s", l.State)
	}
}

func TestQuietHoursHoldWhatCanWait(t *testing.T) {
	t.Parallel()
	night := calendar.NewDate(2025, time.March, 12).At(23, 0)
	morning := night.Add(8 * time.Hour)
	leaders := inspections.Party{Kind: inspections.PartyOfficial, ID: 7}
	alarm := func(key string) inspections.Letter {
		l := newLetter(t, 1, inspections.LetterAlarm, inspections.AlarmArgs{Key: key, Params: map[string]string{"week": "2025-W11", "n": "0", "duty": "x", "subject": "y"}})
		l.To = leaders
		return l
	}
	digest := newLetter(t, 1, inspections.LetterDigest, inspections.DigestArgs{Township: "便江街道"})
	digest.To = inspections.Party{Kind: inspections.PartyTownship, ID: 1}
	approve := newLetter(t, 1, inspections.LetterApprove, inspections.ApproveArgs{Due: calendar.InstantOf(night.Add(7 * time.Hour))})
	approve.To = leaders
	for name, c := range map[string]struct {
		letter inspections.Letter
		role   inspections.Role
		set    string
		held   bool
	}{
		"a leader sleeps":                       {alarm("overdue"), inspections.RoleLeader, "", true},
		"but hears of what can still be turned": {alarm("weekly_visits"), inspections.RoleLeader, "", false},
		"a clerk has no quiet hours":            {alarm("overdue"), inspections.RoleClerk, "", false},
		"unless they are set":                   {alarm("overdue"), inspections.RoleClerk, inspections.SetQuietClerk, true},
		"a township neither":                    {digest, inspections.RoleLeader, "", false},
		"unless they are set for townships":     {digest, inspections.RoleLeader, inspections.SetQuietTownship, true},
		"nobody is late for the sake of sleep":  {approve, inspections.RoleLeader, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := c.letter
			l.Created = calendar.InstantOf(night)
			b := newBench(courierFunc(accept), l)
			b.store.users = map[inspections.UserID]inspections.User{7: {ID: 7, Role: c.role}}
			if c.set != "" {
				b.store.set = []inspections.Setting{{Key: c.set, Value: "18:00-07:00", From: calendar.DateOf(night).Add(-1)}}
			}
			b.clock.at = night
			r := b.drain(t)
			got := b.store.letter(1)
			if !c.held {
				if r.Accepted != 1 {
					t.Errorf("got %+v, %+v", r, got)
				}
				return
			}
			if r.Held != 1 || got.State != inspections.LetterQueued || got.Tries != 0 || !got.NextTry.Equal(morning) {
				t.Errorf("got %+v, %+v", r, got)
			}
			b.clock.at = morning
			if r := b.drain(t); r.Accepted != 1 {
				t.Errorf("in the morning: %+v", r)
			}
		})
	}
}

func TestAReaderIsAskedForAReceiptInBothParts(t *testing.T) {
	t.Parallel()
	r := newRenderer()
	link := fmt.Sprintf("%s/letters/%d", r.Portal, 5)
	for _, kind := range []inspections.Letter{startLetter(t, 5), endedLetter(t, 5), testLetter(t, 5)} {
		args, err := decodeArgs(kind)
		if err != nil {
			t.Fatal(err)
		}
		w, err := r.words(kind, args, "")
		if err != nil {
			t.Fatal(err)
		}
		want := kind.Kind.AsksReceipt()
		if strings.Contains(w.text, "\n"+link+"\n") != want || strings.Contains(w.html, `<a href="`+link+`">`) != want || strings.Contains(w.text, "~ ") {
			t.Errorf("%s asks for a receipt: want %t\n%s", kind.Kind, want, w.text)
		}
	}
}

func TestALongAnswerInChineseIsStillExplained(t *testing.T) {
	t.Parallel()
	said := "550 5.1.1 " + strings.Repeat("收件人地址不存在，", 60)
	b := newBench(courierFunc(func(Message) (Outcome, error) {
		return Outcome{Result: Refused, Answer: oneLine(said), Dead: true}, nil
	}), testLetter(t, 1), testLetter(t, 2))
	b.drain(t)
	why := Explain(catalog.For("zh"), b.store.letter(2))
	if !strings.Contains(why, "起停发") || !strings.Contains(why, "收件人地址不存在，收件人地址不存在") || strings.Contains(why, "error.") || strings.Contains(why, "%E6") {
		t.Errorf("got %q", why)
	}
}
