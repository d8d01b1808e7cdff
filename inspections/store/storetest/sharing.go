package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
)

func numbersWithoutGaps(t *testing.T, db Database) {
	s := db(t, County, nil)
	next := func(series string, year, want int) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			got, err := tx.NextNumber(series, year)
			equal(t, got, want)
			return err
		}
	}
	write(t, s, next("bulletin", 2025, 1))
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		return first(next("bulletin", 2025, 2)(tx), errors.New("changed our mind"))
	}); err == nil {
		t.Error("got nil, want the error of the function")
	}
	write(t, s, next("bulletin", 2025, 2))
	write(t, s, next("bulletin", 2026, 1))
	write(t, s, next("letter", 2025, 1))
}

func twoCounties(t *testing.T, db Database) {
	one, two := db(t, County, nil), db(t, County+1, nil)
	week := calendar.Week{Year: 2025, Number: 11}
	for _, s := range []*store.Store{one, two} { // everything that is unique stands once in each
		write(t, s, func(tx *store.Tx) error {
			g, err := lay(tx)
			if err != nil {
				return err
			}
			equal(t, g.team.ID, inspections.TeamID(1))
			_, err = tx.Enqueue(inspections.Letter{Key: "same"})
			_, err2 := tx.AddRun(inspections.Run{Job: "same", Due: tx.Now()})
			_, err3 := journal.Append(tx, journal.Entry{Kind: "same", Body: map[string]any{"county": int64(s.County())}})
			return first(err, err2, err3,
				tx.AddTownship(&inspections.Township{Code: "same"}),
				tx.AddUser(&inspections.User{Login: "same", Role: inspections.RoleClerk, Name: fmt.Sprint(s.County())}),
				tx.AddFreeze(inspections.Freeze{Year: 2025, Week: 11}),
			)
		})
	}
	write(t, two, func(tx *store.Tx) error {
		return first(
			tx.SetCoSeed(week, "1", "x", tx.Now()),
			tx.SaveUnit(inspections.Unit{ID: 1, Name: "改名"}),
			tx.AddUnit(&inspections.Unit{Name: "只在二县"}),
		)
	})
	view(t, one, func(tx *store.Tx) error {
		r, err := tx.Roster()
		equal(t, r.Units, []inspections.Unit{{ID: 1, Name: "某局"}})
		f, err2 := tx.Freeze(week)
		equal(t, f.CoSeed, "")
		u, err3 := tx.UserByLogin("same")
		equal(t, u.Name, fmt.Sprint(County))
		n, _, err4 := journal.Verify(tx)
		equal(t, n, int64(1))
		return first(err, err2, err3, err4)
	})
	third := db(t, County+2, nil)
	refuse(t, third, inspections.NotFound, "store.not_found", func(tx *store.Tx) error {
		return tx.SaveUnit(inspections.Unit{ID: 1, Name: "他县"})
	})
	view(t, third, func(tx *store.Tx) error {
		r, err := tx.Roster()
		equal(t, *r, inspections.Roster{})
		return err
	})
}

func rollback(t *testing.T, db Database) {
	s := db(t, County, nil)
	add := func(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{Name: "某局"}) }
	wrong := errors.New("wrong")
	if err := s.InTx(t.Context(), func(tx *store.Tx) error { return first(add(tx), wrong) }); !errors.Is(err, wrong) {
		t.Errorf("got %v, want the error of the function", err)
	}
	func() {
		defer func() { equal(t, recover(), any("help")) }()
		_ = s.InTx(t.Context(), func(tx *store.Tx) error {
			if err := add(tx); err != nil {
				t.Error(err)
			}
			panic("help")
		})
	}()
	ctx, cancel := context.WithCancel(t.Context())
	err := s.InTx(ctx, func(tx *store.Tx) error {
		err := add(tx)
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want a cancelled context", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	err = s.InTx(ctx, func(tx *store.Tx) error {
		cancel()
		return add(tx)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want a cancelled context", err)
	}
	write(t, s, func(tx *store.Tx) error { // the connection works, and nothing is left
		r, err := tx.Roster()
		equal(t, len(r.Units), 0)
		return first(err, add(tx))
	})
}

func doomed(t *testing.T, db Database) {
	s := db(t, County, nil)
	err := s.InTx(t.Context(), func(tx *store.Tx) error {
		if err := tx.AddUnit(&inspections.Unit{ID: 1}); err != nil {
			return err
		}
		wantError(t, tx.AddUnit(&inspections.Unit{ID: 1}), inspections.Conflict, "store.duplicate")
		if _, err := tx.Settings(); err == nil {
			t.Error("got nil, want an error after a refused statement")
		}
		return nil // passed over
	})
	wantError(t, err, inspections.Conflict, "store.duplicate")
	view(t, s, func(tx *store.Tx) error {
		r, err := tx.Roster()
		equal(t, len(r.Units), 0)
		return err
	})
}

func manyWriters(t *testing.T, db Database) {
	s := db(t, County, nil)
	const writers, each = 8, 20
	numbers := make(chan int, writers*each)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range each {
				err := s.InTx(t.Context(), func(tx *store.Tx) error {
					before, err := tx.Roster() // read, then write
					if err != nil {
						return err
					}
					n, err := tx.NextNumber("series", 2025)
					if err != nil {
						return err
					}
					equal(t, len(before.Units), n-1)
					_, err = journal.Append(tx, journal.Entry{Kind: "count", Body: map[string]any{"n": n}})
					if err := first(err, tx.AddUnit(&inspections.Unit{Name: fmt.Sprint(w, i)})); err != nil {
						return err
					}
					numbers <- n
					return nil
				})
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
				if err := s.View(t.Context(), func(tx *store.Tx) error { _, err := tx.JournalHead(); return err }); err != nil {
					t.Errorf("reader %d: %v", w, err)
				}
			}
		})
	}
	all.Wait()
	close(numbers)
	seen := map[int]bool{}
	for n := range numbers {
		seen[n] = true
	}
	equal(t, len(seen), writers*each)
	view(t, s, func(tx *store.Tx) error {
		n, _, err := journal.Verify(tx)
		equal(t, n, int64(writers*each))
		return err
	})
}

// nestedQuery: on one connection a query inside another's rows would wait for ever.
func nestedQuery(t *testing.T, db Database) {
	s, _ := grounded(t, db)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	err := s.InTx(ctx, func(tx *store.Tx) error {
		r, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, team := range r.Teams {
			v := inspections.Visit{Kind: inspections.VisitManual, Team: team.ID, State: inspections.VisitReleased}
			if err := tx.AddVisit(&v); err != nil {
				return err
			}
			list, err := tx.Visits(inspections.VisitFilter{Team: team.ID})
			if err != nil {
				return err
			}
			for _, v := range list {
				if _, err := tx.Checks(v.ID); err != nil {
					return err
				}
			}
		}
		// Another connection sees what stood before.
		return s.View(ctx, func(other *store.Tx) error {
			list, err := other.Visits(inspections.VisitFilter{})
			equal(t, len(list), 0)
			return err
		})
	})
	if err != nil {
		t.Error(err)
	}
}

func views(t *testing.T, db Database) {
	s := db(t, County, nil)
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		return tx.AddUnit(&inspections.Unit{Name: "某局"})
	}); err == nil {
		t.Error("got nil, want a refused write")
	}
	view(t, s, func(tx *store.Tx) error {
		before, err := tx.Roster()
		write(t, s, func(other *store.Tx) error { return other.AddUnit(&inspections.Unit{Name: "某局"}) })
		after, err2 := tx.Roster()
		equal(t, []int{len(before.Units), len(after.Units)}, []int{0, 0})
		return first(err, err2)
	})
	view(t, s, func(tx *store.Tx) error {
		r, err := tx.Roster()
		equal(t, len(r.Units), 1)
		return err
	})
}
