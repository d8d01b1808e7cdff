// Package storetest says what the store must do, the same on both databases, and opens stores for tests.
package storetest

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
)

// County is the invented county of the tests.
const County inspections.CountyID = 431099

// Now is a clock that stands still: Thursday, 6 March 2025, 09:30 in Asia/Shanghai.
func Now() time.Time { return time.Date(2025, 3, 6, 1, 30, 0, 0, time.UTC) }

// SQLite opens a fresh migrated store in a directory of the test; a nil clock is [Now].
func SQLite(t testing.TB, now func() time.Time) *store.Store {
	t.Helper()
	return SQLiteIn(t, t.TempDir(), County, now)
}

// SQLiteIn opens a migrated store in dir, which may hold one already.
func SQLiteIn(t testing.TB, dir string, county inspections.CountyID, now func() time.Time) *store.Store {
	t.Helper()
	if now == nil {
		now = Now
	}
	return open(t, store.Config{DataDir: dir, County: county, Now: now})
}

func open(t testing.TB, cfg store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), cfg)
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
	return s
}
