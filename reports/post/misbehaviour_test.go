package post

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
)

// TestMoreWaysAServerMisbehaves goes on where TestASilentOrBrokenServerIsTold ends: together they are more than sixty.
// What was lost before the last dot is tried later, what was refused is final, and only what comes after the dot is in doubt.
func TestMoreWaysAServerMisbehaves(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 900)
	for _, c := range []struct {
		verb, answer string
		result       Result
		key          string // of the error, when nothing was tried
	}{
		{"banner", "421 4.3.2 shutting down", "", "mail.greeting"},
		{"banner", "550 5.7.1 your address is listed", "", "mail.greeting"},
		{"banner", "welcome, friend", "", "mail.greeting"},
		{"banner", "2", "", "mail.greeting"},
		{"banner", "220-a\r\n220-long\r\n220 welcome", Accepted, ""},
		{"banner", "220 " + long, Accepted, ""},
		{"EHLO", "", "", "mail.greeting"},
		{"EHLO", "500 5.5.1 unknown, and HELO too", "", "mail.greeting"},
		{"EHLO", "554 5.7.1 go away", "", "mail.greeting"},
		{"EHLO", "hello yourself", "", "mail.greeting"},
		{"EHLO", "250-here\r\n250-SIZE 0\r\n250 8BITMIME", Accepted, ""},
		{"MAIL", "421 4.3.2 shutting down", Later, ""},
		{"MAIL", "450 4.7.1 not now", Later, ""},
		{"MAIL", "452 4.3.1 disk full", Later, ""},
		{"MAIL", "501 5.1.7 bad sender", "", "mail.sender"},
		{"MAIL", "503 5.5.1 out of order", "", "mail.sender"},
		{"MAIL", "530 5.7.0 sign in first", "", "mail.sender"},
		{"MAIL", "553 5.7.1 not your address", "", "mail.sender"},
		{"MAIL", "what mail?", Later, ""},
		{"RCPT", "", Later, ""},
		{"RCPT", "251 2.1.5 will forward", Accepted, ""},
		{"RCPT", "252 2.5.2 cannot tell but will try", Accepted, ""},
		{"RCPT", "421 4.7.0 too many connections", Later, ""},
		{"RCPT", "451 4.3.0 try again", Later, ""},
		{"RCPT", "452 4.2.2 mailbox full for now", Later, ""},
		{"RCPT", "501 5.1.3 bad address", Refused, ""},
		{"RCPT", "521 5.3.2 takes no mail", Refused, ""},
		{"RCPT", "541 5.7.1 refused as spam", Refused, ""},
		{"RCPT", "551 5.1.6 moved", Refused, ""},
		{"RCPT", "552 5.2.2 mailbox full", Refused, ""},
		{"RCPT", "553 5.1.3 name not allowed", Refused, ""},
		{"RCPT", "554 5.7.1 relay denied", Refused, ""},
		{"RCPT", "550-5.1.1 no such\r\n550 5.1.1 user", Refused, ""},
		{"RCPT", "who?", Later, ""},
		{"RCPT", "550 " + long, Refused, ""},
		{"DATA", "421 4.3.2 shutting down", Later, ""},
		{"DATA", "450 4.7.1 not now", Later, ""},
		{"DATA", "452 4.3.1 disk full", Later, ""},
		{"DATA", "503 5.5.1 no recipients", Refused, ""},
		{"DATA", "550 5.7.1 no", Refused, ""},
		{"DATA", "250 done already", Later, ""},
		{"DATA", "carry on", Later, ""},
		{"dot", "250", Accepted, ""},
		{"dot", "252 2.0.0 perhaps", Accepted, ""},
		{"dot", "250 2.0.0 ok\r\n250 2.0.0 and again", Accepted, ""},
		{"dot", "450 4.7.1 greylisted after all", Later, ""},
		{"dot", "452 4.3.1 disk full", Later, ""},
		{"dot", "550 5.7.1 content refused", Refused, ""},
		{"dot", "552 5.3.4 too large", Refused, ""},
		{"dot", "571 5.7.1 no", Refused, ""},
		{"dot", "250-2.0.0 it is", Unknown, ""}, // the answer begins and never ends
		{"dot", "999 what", Refused, ""},
		{"QUIT", silence, Accepted, ""},
		{"QUIT", "", Accepted, ""},
		{"QUIT", "500 never", Accepted, ""},
	} {
		name, _, _ := strings.Cut(c.verb+" answered by "+first(c.answer, "a drop"), "\r")
		t.Run(name[:min(len(name), 60)], func(t *testing.T) {
			t.Parallel()
			s := &script{answers: map[string]string{c.verb: c.answer}}
			courier := hasty(s.serve(t))
			began := time.Now()
			out, err := courier.Deliver(t.Context(), message(1))
			if c.key != "" {
				if got := keyOf(err); got != c.key {
					t.Errorf("got %s, want %s", got, c.key)
				}
			} else if err != nil || out.Result != c.result {
				t.Errorf("got %+v, %v; want %s", out, err, c.result)
			}
			_ = courier.Close()
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %s", took)
			}
			if strings.Contains(out.Answer, "\n") || len([]rune(out.Answer)) > 301 {
				t.Errorf("the answer is not fit for a list: %q", out.Answer)
			}
		})
	}
}

// BenchmarkDrain5000 drains 5,000 letters, each with the same attachment of 400 kB, to a server on loopback that takes
// everything, and reports letters a second and the highest heap seen (sampled after every 25th letter, the server and
// the letters' records included). Stored bytes lie on disk in the program and are only counted here.
func BenchmarkDrain5000(b *testing.B) {
	const letters = 5000
	paper := make([]byte, 400_000)
	for i := range paper {
		paper[i] = byte(i*7 + i/251)
	}
	sum := sha256.Sum256(paper)
	attached := []inspections.Attachment{{SHA: hex.EncodeToString(sum[:]), Name: "通报.pdf", Media: "application/pdf"}}
	for b.Loop() {
		server := &script{}
		courier := &watched{SMTPCourier: courierFor(server.serve(b))}
		tx := &countingTx{letters: map[inspections.LetterID]inspections.Letter{}, paper: paper}
		for id := range inspections.LetterID(letters) {
			l := testLetter(b, id+1)
			l.Attach = attached
			tx.letters[l.ID] = l
		}
		outbox := &Outbox{
			InTx:    func(_ context.Context, do func(Tx) error) error { return do(tx) },
			Courier: courier, Renderer: newRenderer(), Now: func() time.Time { return start },
		}
		runtime.GC()
		began := time.Now()
		r, err := outbox.Drain(b.Context())
		if err != nil || r.Accepted != letters || server.dots != letters {
			b.Fatalf("got %+v, %v; the server took %d", r, err, server.dots)
		}
		b.ReportMetric(letters/time.Since(began).Seconds(), "letters/s")
		b.ReportMetric(float64(courier.peak)/1e6, "MB-heap-peak")
	}
}

// watched looks at the heap while letters leave.
type watched struct {
	*SMTPCourier
	count int
	peak  uint64
}

func (w *watched) Deliver(ctx context.Context, m Message) (Outcome, error) {
	out, err := w.SMTPCourier.Deliver(ctx, m)
	if w.count++; w.count%25 == 0 {
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		w.peak = max(w.peak, stats.HeapInuse)
	}
	return out, err
}

// countingTx keeps letters, and of stored bytes their digest only.
type countingTx struct {
	memoryTx
	letters map[inspections.LetterID]inspections.Letter
	paper   []byte
}

func (c *countingTx) Letter(id inspections.LetterID) (inspections.Letter, error) {
	return c.letters[id], nil
}
func (c *countingTx) SaveLetter(l inspections.Letter) error { c.letters[l.ID] = l; return nil }
func (c *countingTx) Blob(string) ([]byte, error)           { return c.paper, nil }

func (c *countingTx) Letters(f inspections.LetterFilter) ([]inspections.Letter, error) {
	whole := memoryTx{letters: c.letters}
	return whole.Letters(f)
}

func (c *countingTx) PutBlob(_ string, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
