package scheduler_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// otherLink gives one slot another link than its chain; everything else is the same.
type otherLink struct {
	scheduler.Links
	slot int
	link draw.Link
}

func (o otherLink) Link(isoYear, week, slot int, cutOff time.Time) (draw.Link, error) {
	link, err := o.Links.Link(isoYear, week, slot, cutOff)
	if err == nil && slot == o.slot {
		link = o.link
	}
	return link, err
}

// dump gives every row of every table.
func (w *world) dump() string {
	w.t.Helper()
	db, err := sql.Open("sqlite", w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	var text strings.Builder
	for _, table := range column(w.t, db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
		if strings.HasPrefix(table, "goose") || strings.HasPrefix(table, "sqlite") {
			continue
		}
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			w.t.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			w.t.Fatal(err)
		}
		var lines []string
		for rows.Next() {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				w.t.Fatal(err)
			}
			lines = append(lines, fmt.Sprintf("%s %v %v", table, names, values))
		}
		if err := rows.Err(); err != nil {
			w.t.Fatal(err)
		}
		slices.Sort(lines)
		text.WriteString(strings.Join(lines, "\n") + "\n")
	}
	return text.String()
}

func column(t testing.TB, db *sql.DB, query string) (list []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// twins gives, for the first slot of a sealed week, two links with the same minute. The first draws a
// visit; the second draws one to another team, or with empty set none.
func twins(t testing.TB, book *draw.Freeze, empty bool) (a, b draw.Link) {
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
	byMinute := map[int][]draw.Link{}
	for n := range uint64(100_000) {
		var link draw.Link
		binary.BigEndian.PutUint64(link[:], n+1)
		r := result(link)
		for _, earlier := range byMinute[r.Minute] {
			was := result(earlier)
			if was.Outcome == draw.Dispatched && (empty && r.Outcome == draw.None || !empty && r.Outcome == draw.Dispatched && r.Team != was.Team) {
				return earlier, link
			}
		}
		byMinute[r.Minute] = append(byMinute[r.Minute], link)
	}
	t.Fatal("no two links with one minute")
	return a, b
}

// Two runs that differ only in what is drawn are the same to the last byte until the release, in the
// database and in the log; the log stays the same after it.
func TestTwoWorlds(t *testing.T) {
	t.Parallel()
	for name, empty := range map[string]bool{"another team": false, "a visit or none": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			trial := newWorld(t, size{})
			trial.at(freezeAt)
			_, book := trial.freeze(week10)
			a, b := twins(t, book, empty)
			one, two := newWorld(t, size{}), newWorld(t, size{})
			one.Links = otherLink{one.Links, 1, a}
			two.Links = otherLink{two.Links, 1, b}

			same := func(now time.Time) {
				t.Helper()
				if got, want := one.at(now), two.at(now); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s: reports differ: %+v and %+v", now, got, want)
				}
			}
			same(freezeAt)
			cutOff := week10.Monday().At(7, 0)
			same(cutOff)
			release, err := one.NextWake(t.Context(), cutOff)
			if err != nil {
				t.Fatal(err)
			}
			if other, err := two.NextWake(t.Context(), cutOff); err != nil || !other.Equal(release) {
				t.Fatalf("the worlds differ in the minute: %s and %s, %v", release, other, err)
			}
			for now := cutOff; now.Before(release); now = now.Add(5 * time.Minute) {
				same(now)
				if one.dump() != two.dump() {
					t.Fatalf("the databases differ at %s, before the release at %s", now, release)
				}
			}
			same(release)
			if one.dump() == two.dump() {
				t.Fatal("the databases are the same after the release, the test proves nothing")
			}
			if one.logs.String() != two.logs.String() {
				t.Errorf("the logs differ:\n%s\n%s", one.logs, two.logs)
			}
			if one.logs.String() == "" {
				t.Error("nothing was logged")
			}
			count := func(w *world) int {
				return len(w.letters(inspections.LetterGo)) + len(w.letters(inspections.LetterStandbyOver))
			}
			if got, want := count(one), count(two); got != want || got != len(book.Slots[0].Standby) {
				t.Errorf("got %d and %d letters", got, want)
			}
		})
	}
}

// What is held in memory between cut-off and release must not leave the process by an accident of
// formatting.
func TestNothingSealedIsPrinted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.at(freezeAt)
	cutOff := week10.Monday().At(7, 0)
	w.at(cutOff)
	release, err := w.NextWake(t.Context(), cutOff)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("accident", "scheduler", w.Scheduler, "links", w.Links)
	printed := log.String() + fmt.Sprintf("%v %+v %#v %s", w.Scheduler, w.Scheduler, w.Scheduler, w.Scheduler)
	sinceYearOne := release.Unix() - time.Time{}.Unix() // as %v writes the inside of a time
	for _, form := range []string{release.Format("15:04:05"), release.UTC().Format("15:04:05"), fmt.Sprint(release.Unix()), fmt.Sprint(sinceYearOne)} {
		if strings.Contains(printed, form) {
			t.Errorf("the release %s was printed", form)
		}
	}
}

// A run on the database of a rolled-back release leaves no trace of it.
func TestReleaseIsAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.at(freezeAt)
	before := w.dump()
	broken := w.InTx
	w.InTx = func(ctx context.Context, fn func(scheduler.Tx) error) error {
		return broken(ctx, func(tx scheduler.Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			return context.DeadlineExceeded
		})
	}
	now := calendar.NewDate(2025, 3, 3).At(9, 59)
	w.clock.set(now)
	if _, err := w.Tick(t.Context(), now); err == nil {
		t.Fatal("the broken transaction was no error")
	}
	if w.dump() != before {
		t.Error("something of the release was kept")
	}
	w.InTx = broken
	w.at(now)
	var settled []inspections.Slot
	w.tx(func(tx *store.Tx) (err error) { settled, err = tx.Slots(week10); return err })
	if len(settled) != 1 {
		t.Errorf("got %d rows, want 1", len(settled))
	}
}
