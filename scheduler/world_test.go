package scheduler_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

const county inspections.CountyID = 431099

// start is a Saturday, so that the first freeze is due on the next day at 18:00 for 2025-W10.
var start = calendar.NewDate(2025, 3, 1).At(8, 0)

var week10 = calendar.Week{Year: 2025, Number: 10}

// clock is moved by the test.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// world is an invented county on a real SQLite store with a clock of its own.
type world struct {
	*scheduler.Scheduler
	t     testing.TB
	store *store.Store
	path  string
	clock *clock
	logs  *logbook
}

// logbook holds log lines of several processes.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// size of a world; zero fields have the defaults of newWorld.
type size struct {
	teams, inspectors int
	users             []inspections.Role
	sameHome          bool // every inspector comes from the only township
}

func newWorld(t testing.TB, n size) *world {
	t.Helper()
	if n.teams == 0 { // -1 means none
		n = size{40, 12, []inspections.Role{inspections.RoleLeader, inspections.RoleClerk}, n.sameHome}
	}
	c := &clock{at: start}
	path := filepath.Join(t.TempDir(), "anfang.db")
	s, err := store.Open(t.Context(), store.Config{Path: path, County: county, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: s, path: path, clock: c, logs: new(logbook)}
	w.Scheduler = w.process(key(1))
	w.tx(func(tx *store.Tx) error { return fill(tx, n) })
	return w
}

// key is the chain of every year of an invented office.
func key(seed byte) func(int) (draw.Chain, error) {
	return func(isoYear int) (draw.Chain, error) {
		return draw.NewChain([32]byte{seed, byte(isoYear), byte(isoYear >> 8)}), nil
	}
}

// process is one more daemon on the world's database.
func (w *world) process(chain func(int) (draw.Chain, error)) *scheduler.Scheduler {
	adapt := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(scheduler.Tx) error) error {
		return func(ctx context.Context, fn func(scheduler.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	quiet := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	return &scheduler.Scheduler{
		InTx: adapt(w.store.InTx), View: adapt(w.store.View),
		Links:  &scheduler.Keyring{Chain: chain, Wall: w.clock.now},
		Chance: rand.NewChaCha8([32]byte{7}),
		Log:    slog.New(slog.NewTextHandler(w.logs, &slog.HandlerOptions{ReplaceAttr: quiet})),
	}
}

func fill(tx *store.Tx, n size) error {
	const townships = 5
	for i := range townships {
		if err := tx.AddTownship(&inspections.Township{Code: fmt.Sprintf("4310991%02d", i+1), Name: fmt.Sprintf("T%d", i+1)}); err != nil {
			return err
		}
	}
	for i := range n.teams {
		home := inspections.TownshipID(i%townships + 1)
		if n.sameHome {
			home = 1
		}
		team := inspections.Team{Township: home, Village: fmt.Sprintf("V%d", i+1), Kind: inspections.TeamPoverty, From: calendar.NewDate(2024, 1, 1)}
		if err := tx.AddTeam(&team); err != nil {
			return err
		}
	}
	for i := range n.inspectors {
		inspector := inspections.Inspector{Name: fmt.Sprintf("I%d", i+1), Email: fmt.Sprintf("i%d@example.com", i+1), From: calendar.NewDate(2024, 1, 1)}
		if n.sameHome {
			inspector.Home = 1
		}
		if err := tx.AddInspector(&inspector); err != nil {
			return err
		}
	}
	for i, role := range n.users {
		user := inspections.User{Login: fmt.Sprintf("u%d", i), Name: fmt.Sprintf("U%d", i), Role: role, Email: fmt.Sprintf("u%d@example.com", i)}
		if err := tx.AddUser(&user); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) tx(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// at sets the clock and ticks.
func (w *world) at(now time.Time) scheduler.Report {
	w.t.Helper()
	w.clock.set(now)
	report, err := w.Tick(w.t.Context(), now)
	if err != nil {
		w.t.Fatalf("tick at %s: %v", now.In(calendar.Shanghai), err)
	}
	return report
}

// run lets time pass until a moment, from one due thing to the next, and records every visit three hours
// after its arrival, unless skip says otherwise.
func (w *world) run(until time.Time, skip func(inspections.Visit) bool) {
	w.t.Helper()
	for now := w.clock.now(); now.Before(until); {
		w.at(now)
		next, err := w.NextWake(w.t.Context(), now)
		if err != nil {
			w.t.Fatalf("next wake at %s: %v", now, err)
		}
		if !next.After(now) {
			w.t.Fatalf("next wake at %s is %s", now, next)
		}
		for _, v := range w.visits(inspections.VisitFilter{State: inspections.VisitReleased}) {
			if skip != nil && skip(v) {
				continue
			}
			at := v.Arrive.Add(3 * time.Hour)
			if !at.After(now) {
				w.record(v)
			} else if at.Before(next) {
				next = at
			}
		}
		now = next
		w.clock.set(now)
	}
	w.clock.set(until)
	w.at(until)
}

// record records a visit through the verb of the office.
func (w *world) record(v inspections.Visit) {
	w.t.Helper()
	o := &office.Office{InTx: func(ctx context.Context, fn func(office.Tx) error) error {
		return w.store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
	}}
	rec := office.VisitRecord{Visit: v.ID, Visited: v.Arrive}
	if _, err := o.RecordVisit(w.t.Context(), inspections.System, rec); err != nil {
		w.t.Fatalf("record visit %d at %s: %v", v.ID, w.clock.now(), err)
	}
}

func (w *world) visits(f inspections.VisitFilter) (list []inspections.Visit) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) (err error) { list, err = tx.Visits(f); return err })
	return list
}

func (w *world) slots(week calendar.Week) (list []inspections.Slot) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) (err error) { list, err = tx.Slots(week); return err })
	return list
}

func (w *world) freeze(week calendar.Week) (inspections.Freeze, *draw.Freeze) {
	w.t.Helper()
	var row inspections.Freeze
	w.tx(func(tx *store.Tx) (err error) { row, err = tx.Freeze(week); return err })
	book, err := draw.ParseFreeze([]byte(row.Body))
	if err != nil {
		w.t.Fatal(err)
	}
	return row, book
}

func (w *world) letters(kind inspections.LetterKind) (list []inspections.Letter) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) (err error) {
		list, err = tx.Letters(inspections.LetterFilter{Kind: kind})
		return err
	})
	return list
}
