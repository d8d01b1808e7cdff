package app

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports/post"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// The world begins on a Saturday; on Sunday the week of 3 March is sealed, whose first slot is Monday morning.
var (
	saturday = calendar.NewDate(2025, 3, 1).At(8, 0)
	sealing  = calendar.NewDate(2025, 3, 2).At(18, 0)
	cutOff   = calendar.NewDate(2025, 3, 3).At(7, 0)
	week10   = calendar.Week{Year: 2025, Number: 10}
)

// wire is a mail server as seen from outside: who got how much, in which order, and from whom.
type wire struct{ sent []string }

func (w *wire) Deliver(_ context.Context, m post.Message) (post.Outcome, error) {
	w.sent = append(w.sent, fmt.Sprintf("%s -> %s: %d octets", m.From, m.To, len(m.Raw)))
	return post.Outcome{Result: post.Accepted, Answer: "250 ok"}, nil
}

func (w *wire) Close() error { return nil }

// world is the whole program on a county of 30 teams and 12 inspectors, with all that leaves it caught.
type world struct {
	*App
	t    *testing.T
	now  time.Time
	dir  string
	log  *strings.Builder
	wire *wire
	work []string // every transaction, by who asked for it
}

func newWorld(t *testing.T, first draw.Link) *world {
	t.Helper()
	w := &world{t: t, now: saturday, dir: t.TempDir(), log: new(strings.Builder), wire: new(wire)}
	cfg := DefaultConfig()
	cfg.Data, cfg.Mail.From, cfg.Mail.FromName = w.dir, "office@example.com", "县驻村办"
	clock := func() time.Time { return w.now }
	quiet := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	a, err := Open(t.Context(), cfg, Options{
		Now: clock, Wall: clock, Chance: rand.NewChaCha8([32]byte{3}), Courier: w.wire,
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{ReplaceAttr: quiet, Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := a.Store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.App = a
	a.Scheduler.Links = otherLink{a.Scheduler.Links, first}
	a.Scheduler.InTx, a.Outbox.InTx = counted(w, "scheduler", a.Scheduler.InTx), counted(w, "post", a.Outbox.InTx)
	if err := a.Store.InTx(t.Context(), people); err != nil {
		t.Fatal(err)
	}
	return w
}

// otherLink gives the first slot of a week a link of the test's own; everything else is the key's.
type otherLink struct {
	scheduler.Links
	first draw.Link
}

func (o otherLink) Link(isoYear, week, slot int, cutOff time.Time) (draw.Link, error) {
	link, err := o.Links.Link(isoYear, week, slot, cutOff)
	if err == nil && slot == 1 {
		link = o.first
	}
	return link, err
}

// counted notes every transaction of a room.
func counted[T any](w *world, room string, run func(context.Context, func(T) error) error) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		w.work = append(w.work, room)
		return run(ctx, fn)
	}
}

func people(tx *store.Tx) error {
	for i := range 3 {
		if err := tx.AddTownship(&inspections.Township{Code: fmt.Sprintf("4310991%02d", i), Name: fmt.Sprintf("第%d镇", i+1)}); err != nil {
			return err
		}
	}
	for i := range 30 {
		team := inspections.Team{
			Township: inspections.TownshipID(i%3 + 1), Village: fmt.Sprintf("长短不一的%s第%d村", strings.Repeat("名", i%9), i+1),
			Kind: inspections.TeamPoverty, From: calendar.NewDate(2024, 1, 1),
		}
		if err := tx.AddTeam(&team); err != nil {
			return err
		}
	}
	for i := range 12 {
		person := inspections.Inspector{Name: fmt.Sprintf("督查%d", i+1), Email: fmt.Sprintf("i%d@example.com", i+1), From: calendar.NewDate(2024, 1, 1)}
		if err := tx.AddInspector(&person); err != nil {
			return err
		}
	}
	for i, role := range []inspections.Role{inspections.RoleLeader, inspections.RoleClerk} {
		u := inspections.User{Login: string(role), Name: "官", Role: role, Email: fmt.Sprintf("u%d@example.com", i), Password: "-", Created: tx.Now()}
		if err := tx.AddUser(&u); err != nil {
			return err
		}
	}
	return nil
}

// at moves the clock, ticks and sends what is due, as the daemon does every minute.
func (w *world) at(now time.Time) {
	w.t.Helper()
	w.now = now
	if _, err := w.Scheduler.Tick(w.t.Context(), now); err != nil {
		w.t.Fatalf("tick at %s: %v", now, err)
	}
	if _, err := w.Outbox.Drain(w.t.Context()); err != nil {
		w.t.Fatalf("post at %s: %v", now, err)
	}
}

// outside is all that can be seen without the program: every file of the data directory by name and
// content, the database by its rows (its pages hold random numbers of its own), the log and the wire.
func (w *world) outside() string {
	w.t.Helper()
	var text strings.Builder
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(w.dir, path)
		if err != nil || d.IsDir() || strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") {
			return err
		}
		if strings.HasSuffix(name, ".db") {
			text.WriteString(name + "\n" + rowsOf(w.t, path))
			return nil
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&text, "%s %q\n", name, data)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return text.String() + w.seen()
}

// seen is what may be seen after the release, too: the log, the wire, and how often the database was asked.
func (w *world) seen() string {
	return w.log.String() + strings.Join(w.wire.sent, "\n") + "\n" + strings.Join(w.work, " ")
}

// rowsOf gives every row of every table.
func rowsOf(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	query := func(text string) (lines []string) {
		rows, err := db.Query(text)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, strings.Trim(fmt.Sprint(values), "[]"))
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(lines)
		return lines
	}
	var text strings.Builder
	for _, table := range query("SELECT name FROM sqlite_master WHERE type = 'table'") {
		if strings.HasPrefix(table, "goose") || strings.HasPrefix(table, "sqlite") {
			continue // when the tables were made
		}
		fmt.Fprintf(&text, "%s\n%s\n", table, strings.Join(query("SELECT * FROM "+table), "\n"))
	}
	return text.String()
}

// twins gives two links of the first slot with one arrival minute, half an hour or more into the window: the
// first draws a visit, the second one to another team or, where empty is set, none.
func twins(t *testing.T, book *draw.Freeze, empty bool) (a, b draw.Link, release time.Time) {
	t.Helper()
	result := func(link draw.Link) draw.Result {
		seed, err := draw.NewSeed(link, nil, nil, book.Place(1))
		if err != nil {
			t.Fatal(err)
		}
		r, err := draw.Draw(book, 1, draw.State{}, seed)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	visits := map[int]draw.Link{} // by minute
	for n := uint64(1); n < 100_000; n++ {
		var link draw.Link
		binary.BigEndian.PutUint64(link[:], n)
		r := result(link)
		if r.Minute < 30 {
			continue
		}
		if first, known := visits[r.Minute]; known {
			if empty && r.Outcome == draw.None || !empty && r.Outcome == draw.Dispatched && r.Team != result(first).Team {
				release, err := book.Slots[0].Release(r.Minute, book.LeadMinutes)
				if err != nil {
					t.Fatal(err)
				}
				return first, link, release
			}
		} else if r.Outcome == draw.Dispatched {
			visits[r.Minute] = link
		}
	}
	t.Fatal("no two links with one minute")
	return a, b, release
}

// firstDifference gives the first line that two texts do not share, in both forms.
func firstDifference(a, b string) string {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			return left[i] + "\n--- and\n" + right[i]
		}
	}
	return fmt.Sprintf("%d and %d lines", len(left), len(right))
}

// Two offices that differ only in what is drawn cannot be told apart from outside before the release: not by a
// file, a row, a log line or a letter. Afterwards log, wire and work are still the same: as many letters, of
// one length, to the same people in the same order.
func TestTwoWorldsFromOutside(t *testing.T) {
	t.Parallel()
	for name, empty := range map[string]bool{"another team": false, "a visit or none": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			trial := newWorld(t, draw.Link{})
			trial.at(sealing)
			var sealed *draw.Freeze
			err := trial.Store.View(t.Context(), func(tx *store.Tx) error {
				row, err := tx.Freeze(week10)
				if err == nil {
					sealed, err = draw.ParseFreeze([]byte(row.Body))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			a, b, release := twins(t, sealed, empty)
			one, two := newWorld(t, a), newWorld(t, b)
			both := func(now time.Time) { one.at(now); two.at(now) }
			both(sealing)
			both(cutOff)
			for now := cutOff; now.Before(release); now = now.Add(10 * time.Minute) {
				both(now)
				if got, want := one.outside(), two.outside(); got != want {
					t.Fatalf("the worlds differ at %s, before the release at %s: %s", now, release, firstDifference(got, want))
				}
			}
			before := len(one.wire.sent)
			both(release)
			if one.outside() == two.outside() {
				t.Fatal("the worlds are the same after the release, the test proves nothing")
			}
			if got, want := one.seen(), two.seen(); got != want {
				t.Errorf("the release can be told from outside:\n%s\n--- and\n%s", got, want)
			}
			letters := one.wire.sent[before:]
			if got, want := len(letters), len(sealed.Slots[0].Standby); got != want || want < 3 {
				t.Errorf("got %d letters for %d on standby", got, want)
			}
			for _, line := range letters {
				if !strings.HasSuffix(line, fmt.Sprintf(": %d octets", post.AssignmentSize)) {
					t.Errorf("a letter of a standby has another length: %s", line)
				}
			}
		})
	}
}
