// Package storetest says what the store must do, the same on both databases, and opens stores for tests.
package storetest

import (
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/pgtest"
)

// County is the invented county of the tests.
const County inspections.CountyID = 431099

// Now is a clock that stands still: Thursday, 6 March 2025, 09:30 in Asia/Shanghai.
func Now() time.Time { return time.Date(2025, 3, 6, 1, 30, 0, 0, time.UTC) }

// Database opens migrated stores of one database.
type Database func(t testing.TB, county inspections.CountyID, now func() time.Time) *store.Store

// SQLite opens a fresh migrated store in a directory of the test; a nil clock is [Now].
func SQLite(t testing.TB, now func() time.Time) *store.Store {
	t.Helper()
	return FreshSQLite(t)(t, County, now)
}

// FreshSQLite gives an empty database in a directory of the test.
func FreshSQLite(t testing.TB) Database {
	t.Helper()
	return SQLiteIn(t.TempDir())
}

// SQLiteIn gives the database in dir.
func SQLiteIn(dir string) Database {
	return func(t testing.TB, county inspections.CountyID, now func() time.Time) *store.Store {
		t.Helper()
		s := open(t, store.Config{DataDir: dir, County: county}, now)
		if _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// Postgres gives a maker of empty databases on a private cluster. Its stores connect as a plain role, which
// row-level security holds, and the owner has migrated.
func Postgres(t testing.TB) func(testing.TB) Database {
	t.Helper()
	cluster := pgtest.Start(t)
	template := cluster.Database(t, "")
	Prepare(t, cluster.DSN(pgtest.Owner, template))
	return func(t testing.TB) Database {
		t.Helper()
		dsn := cluster.DSN(pgtest.Plain, cluster.Database(t, template))
		return func(t testing.TB, county inspections.CountyID, now func() time.Time) *store.Store {
			t.Helper()
			return open(t, store.Config{DSN: dsn, DataDir: t.TempDir(), County: county}, now)
		}
	}
}

// Prepare migrates as the owner and lets the plain role work. It leaves no connection, or the database
// could not serve as a template.
func Prepare(t testing.TB, owner string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{DSN: owner, County: County, Now: Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sqlx.Open("postgres", owner)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + pgtest.Plain); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, cfg store.Config, now func() time.Time) *store.Store {
	t.Helper()
	if now == nil {
		now = Now
	}
	cfg.Now = now
	s, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}
