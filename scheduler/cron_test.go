package scheduler

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// ticker counts ticks; act, if not nil, is what a tick does.
type ticker struct {
	mu  sync.Mutex
	at  []time.Time
	act func(ctx context.Context, n int) error
}

func (k *ticker) tick(ctx context.Context, now time.Time) (Report, error) {
	k.mu.Lock()
	k.at = append(k.at, now)
	n := len(k.at)
	k.mu.Unlock()
	if k.act == nil {
		return Report{}, nil
	}
	return Report{}, k.act(ctx, n)
}

func (k *ticker) count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.at)
}

func TestCron(t *testing.T) {
	t.Parallel()
	quiet := slog.New(slog.DiscardHandler)

	t.Run("ticks at once and then every minute", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			k := &ticker{}
			c := newCron(k.tick, time.Now, quiet, nil)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10*time.Minute + time.Second)
			if err := c.Stop(t.Context()); err != nil {
				t.Error(err)
			}
			if got := k.count(); got != 11 {
				t.Errorf("got %d ticks, want 11", got)
			}
			time.Sleep(time.Hour)
			if got := k.count(); got != 11 {
				t.Errorf("got %d ticks after the stop, want 11", got)
			}
		})
	})
	t.Run("a panic in one tick does not keep the next from running", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			var log bytes.Buffer
			k := &ticker{act: func(_ context.Context, n int) error {
				if n == 2 {
					panic("two")
				}
				return nil
			}}
			c := newCron(k.tick, time.Now, slog.New(slog.NewTextHandler(&log, nil)), nil)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(3*time.Minute + time.Second)
			if err := c.Stop(t.Context()); err != nil {
				t.Error(err)
			}
			if got := k.count(); got != 4 {
				t.Errorf("got %d ticks, want 4", got)
			}
			if !strings.Contains(log.String(), "two") {
				t.Errorf("the panic is not in the log: %s", log.String())
			}
		})
	})
	t.Run("does not start a tick while one runs, and goes on after it", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			k := &ticker{act: func(_ context.Context, n int) error {
				if n == 1 {
					time.Sleep(150 * time.Second)
				}
				return nil
			}}
			c := newCron(k.tick, time.Now, quiet, nil)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(149 * time.Second)
			if got := k.count(); got != 1 {
				t.Errorf("got %d ticks, want 1", got)
			}
			time.Sleep(32 * time.Second)
			if got := k.count(); got != 2 {
				t.Errorf("got %d ticks, want 2", got)
			}
			if err := c.Stop(t.Context()); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("stops within its bound and calls off a tick that takes longer", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			k := &ticker{act: func(ctx context.Context, _ int) error {
				<-ctx.Done()
				return ctx.Err()
			}}
			c := newCron(k.tick, time.Now, quiet, nil)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			began := time.Now()
			if err := c.Stop(ctx); err == nil {
				t.Error("got no error for a tick called off")
			}
			if got := time.Since(began); got != 5*time.Second {
				t.Errorf("got %s, want 5s", got)
			}
		})
	})
}

func TestSpec(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"TZ=0 * * * * *", "TZ=0", "CRON_TZ=Asia/Tokyo 0 8 6 * *", "0 8 30 2 *", "0 8 6 * 1", "", "@daily", "@every 1h",
		"61 * * * *", "* * * *", "0 8 6 * * *", "a b c d e",
	} {
		if _, err := Spec(line); inspections.KindOf(err) != inspections.Invalid {
			t.Errorf("%q: got %v, want invalid", line, err)
		}
	}
	due, err := Spec("0 8 6 * *")
	if err != nil {
		t.Fatal(err)
	}
	got := due(calendar.NewDate(2025, 3, 6).At(8, 0).UTC(), calendar.NewDate(2025, 5, 6).At(8, 0))
	want := []time.Time{calendar.NewDate(2025, 4, 6).At(8, 0), calendar.NewDate(2025, 5, 6).At(8, 0)}
	if len(got) != 2 || !got[0].Equal(want[0]) || !got[1].Equal(want[1]) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func FuzzSpec(f *testing.F) {
	for _, line := range []string{"0 8 6 * *", "TZ=0 * * * * *", "TZ=0", "0 0 30 2 *", "*/5 1-3 * * MON", "@every -1s"} {
		f.Add(line)
	}
	after := calendar.NewDate(2025, 3, 1).Start()
	f.Fuzz(func(t *testing.T, line string) {
		due, err := Spec(line)
		if err != nil {
			return
		}
		last := after
		for _, at := range due(after, after.Add(48*time.Hour)) {
			if !at.After(last) && at != last || at.After(after.Add(48*time.Hour)) {
				t.Fatalf("%q: %s after %s", line, at, last)
			}
			last = at
		}
	})
}

func TestKeyring(t *testing.T) {
	t.Parallel()
	wall := calendar.NewDate(2025, 3, 3).At(6, 59)
	k := &Keyring{Chain: testChain, Wall: func() time.Time { return wall }}
	cutOff := calendar.NewDate(2025, 3, 3).At(7, 0)
	if _, err := k.Link(2025, 10, 1, cutOff); inspections.KindOf(err) != inspections.Conflict {
		t.Errorf("a minute before the cut-off: got %v, want conflict", err)
	}
	// A cut-off that somebody made up does not open a later week.
	if _, err := k.Link(2025, 12, 1, wall.Add(-time.Hour)); inspections.KindOf(err) != inspections.Conflict {
		t.Errorf("a link of a later week: got %v, want conflict", err)
	}
	wall = cutOff
	link, err := k.Link(2025, 10, 1, cutOff)
	if err != nil {
		t.Fatal(err)
	}
	if chain, _ := testChain(2025); !equalLink(t, chain, link) {
		t.Error("got another link")
	}
}

func testChain(isoYear int) (draw.Chain, error) {
	return draw.NewChain([32]byte{9, byte(isoYear)}), nil
}

func equalLink(t *testing.T, chain draw.Chain, got draw.Link) bool {
	t.Helper()
	want, err := chain.Link(10, 1)
	if err != nil {
		t.Fatal(err)
	}
	return got == want
}
