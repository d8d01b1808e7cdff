package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

func openIn(t *testing.T, dir string) *store.Store {
	t.Helper()
	return storetest.SQLiteIn(dir)(t, storetest.County, nil)
}

func addUnit(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{Name: "某局"}) }

func TestSQLiteFilesOfAnyNameOpen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"数据 目录", "a?b", "a#b", "a%20b", "a&_pragma=query_only(1)"} {
		dir := filepath.Join(t.TempDir(), name)
		s := openIn(t, dir)
		if err := s.InTx(t.Context(), addUnit); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "anfang.db")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSQLiteRefusesWhatIsNoDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, text, filepath.Join(text, "below.db")} {
		_, err := store.Open(t.Context(), store.Config{Path: path, County: 1, Now: storetest.Now})
		if got, want := inspections.KindOf(err), inspections.Invalid; got != want {
			t.Errorf("%s: got %q (%v), want %q", filepath.Base(path), got, err, want)
		}
	}
	for _, cfg := range []store.Config{{Path: filepath.Join(dir, "a.db"), Now: storetest.Now}, {County: 1, Now: storetest.Now}} {
		if _, err := store.Open(t.Context(), cfg); inspections.KindOf(err) != inspections.Invalid {
			t.Errorf("half a config: got %v, want invalid", err)
		}
	}
}

func TestSQLiteServesTwoProgramsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	stores := []*store.Store{openIn(t, dir), openIn(t, dir)}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 10 {
				if err := stores[i%2].InTx(t.Context(), func(tx *store.Tx) error {
					if _, err := tx.Roster(); err != nil {
						return err
					}
					return addUnit(tx)
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if err := stores[0].View(t.Context(), func(tx *store.Tx) error {
		r, err := tx.Roster()
		if got, want := len(r.Units), 80; got != want {
			t.Errorf("got %d units, want %d", got, want)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

func TestSQLiteMigratesOnceWhenManyTry(t *testing.T) {
	t.Parallel()
	cfg := store.Config{DataDir: t.TempDir(), County: 1, Now: storetest.Now}
	migrateAtOnce(t, cfg)
}

// migrateAtOnce lets several programs migrate one database and counts the steps they took.
func migrateAtOnce(t *testing.T, cfg store.Config) {
	t.Helper()
	var all sync.WaitGroup
	applied := make(chan int, 4)
	for range cap(applied) {
		all.Go(func() {
			s, err := store.Open(t.Context(), cfg)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			versions, err := s.Migrate(t.Context())
			if err != nil {
				t.Error(err)
			}
			status, err := s.MigrateStatus(t.Context())
			if err != nil || len(status) == 0 || !status[len(status)-1].Applied {
				t.Errorf("status: got %v, %v, want all applied", status, err)
			}
			applied <- len(versions)
		})
	}
	all.Wait()
	close(applied)
	sum := 0
	for n := range applied {
		sum += n
	}
	entries, err := os.ReadDir("migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := sum, len(entries); got != want {
		t.Errorf("got %d steps, want %d", got, want)
	}
}

// rawSQLite opens the file as any other program would.
func rawSQLite(t *testing.T, dir string) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open("sqlite", "file://"+filepath.Join(dir, "anfang.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestSQLiteSealsWhatIsWrittenOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeSealed(t, openIn(t, dir))
	refuseForgery(t, rawSQLite(t, dir), "")
}

func TestSQLiteFilesAreSafe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openIn(t, dir)
	if err := s.InTx(t.Context(), addUnit); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "anfang.db")); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("got %v, %v, want a file only its owner reads", info.Mode(), err)
	}
	db := rawSQLite(t, dir)
	var mode string
	if err := db.Get(&mode, "PRAGMA journal_mode"); err != nil || mode != "wal" {
		t.Errorf("got %q, %v, want wal", mode, err)
	}
	var loose []string
	if err := db.Select(&loose, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'goose%'
		AND name NOT LIKE 'sqlite%' AND sql NOT LIKE '%STRICT%'`); err != nil || len(loose) > 0 {
		t.Errorf("got tables that are not strict: %v, %v", loose, err)
	}
	var first []struct{ Table, Index, Column string }
	if err := db.Select(&first, `SELECT m.name AS "table", l.name AS "index", i.name AS "column" FROM sqlite_master m
		JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' AND l."unique" = 1 AND i.seqno = 0`); err != nil {
		t.Fatal(err)
	}
	for _, f := range first {
		if f.Column != "county_id" {
			t.Errorf("%s: unique index %s begins with %s, want county_id", f.Table, f.Index, f.Column)
		}
	}
	if len(first) < 30 {
		t.Errorf("got %d unique indexes, want at least one for each of 30 tables", len(first))
	}
}

func TestBlobsThatWereChangedAreNotHandedOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openIn(t, dir)
	var sha string
	if err := s.InTx(t.Context(), func(tx *store.Tx) (err error) {
		sha, err = tx.PutBlob("text/plain", []byte("seen at 09:30"))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "blobs", sha[:2], sha[2:])
	if err := os.WriteFile(path, []byte("seen at 08:30"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Blob(sha)
		return err
	}); err == nil || inspections.KindOf(err) != "" {
		t.Errorf("got %v, want an internal error", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "blobs", "*", ".new-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("got %v, %v, want no unfinished file", left, err)
	}
}
