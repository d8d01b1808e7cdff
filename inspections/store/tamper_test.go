package store_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/pgtest"
	"anfang.example/inspections/store/storetest"
)

// A tamperer reaches the database past the program, with its triggers out of the way.
func TestWhatWasDoneToTheJournalIsNamedOnSQLite(t *testing.T) {
	t.Parallel()
	namesTampering(t, func(t *testing.T) (*store.Store, *sqlx.DB) {
		dir := t.TempDir()
		s := openIn(t, dir)
		db, err := sqlx.Open("sqlite", filepath.Join(dir, "anfang.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		must(t, db, `DROP TRIGGER journal_stay`, `DROP TRIGGER journal_sealed`)
		return s, db
	})
}

func TestWhatWasDoneToTheJournalIsNamedOnPostgreSQL(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t)
	template := c.Database(t, "")
	storetest.Prepare(t, c.DSN(pgtest.Owner, template))
	namesTampering(t, func(t *testing.T) (*store.Store, *sqlx.DB) {
		name := c.Database(t, template)
		db := rawPostgres(t, c.DSN(pgtest.Super, name))
		must(t, db, `ALTER TABLE journal DISABLE TRIGGER USER`)
		return openPostgres(t, c.DSN(pgtest.Plain, name), storetest.County), db
	})
}

func must(t *testing.T, db *sqlx.DB, statements ...string) {
	t.Helper()
	for _, one := range statements {
		if _, err := db.Exec(one); err != nil {
			t.Fatalf("%s: %v", one, err)
		}
	}
}

// namesTampering does to the ten records of a journal what a tamperer may, and wants journal verify to name it.
// The last two cannot be told from the chain; one old paper tells them.
func namesTampering(t *testing.T, opened func(*testing.T) (*store.Store, *sqlx.DB)) {
	const paperAt = 8
	key := journal.Key(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	for name, c := range map[string]struct {
		sql    []string
		more   int // records written afterwards by the program itself
		record int64
		paper  string
	}{
		"nothing":                                   {},
		"a byte flipped in the body of a record":    {sql: []string{`UPDATE journal SET body = replace(body, '5', '6') WHERE seq = 5`}, record: 5},
		"the actor of a record changed":             {sql: []string{`UPDATE journal SET actor = 'clerk/9' WHERE seq = 5`}, record: 5},
		"the time of a record changed":              {sql: []string{`UPDATE journal SET "at" = replace("at", '2025', '2024') WHERE seq = 5`}, record: 5},
		"a record forged together with its hash":    {sql: []string{`UPDATE journal SET body = '{}', hash = (SELECT hash FROM journal WHERE seq = 4) WHERE seq = 5`}, record: 5},
		"two records swapped":                       {sql: []string{`UPDATE journal SET seq = 99 WHERE seq = 5`, `UPDATE journal SET seq = 5 WHERE seq = 6`, `UPDATE journal SET seq = 6 WHERE seq = 99`}, record: 5},
		"a record deleted":                          {sql: []string{`DELETE FROM journal WHERE seq = 5`}, record: 5},
		"the first record deleted":                  {sql: []string{`DELETE FROM journal WHERE seq = 1`}, record: 1},
		"a record put in between":                   {sql: []string{`UPDATE journal SET seq = seq + 100 WHERE seq > 5`, `UPDATE journal SET seq = seq - 99 WHERE seq > 100`}, record: 6},
		"the tail cut":                              {sql: []string{`DELETE FROM journal WHERE seq > 7`}, paper: "cut"},
		"all records cut":                           {sql: []string{`DELETE FROM journal`}, paper: "cut"},
		"the database set back and worked on since": {sql: []string{`DELETE FROM journal WHERE seq > 6`}, more: 5, paper: "rewound"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db := opened(t)
			for n := range 10 {
				recordOne(t, s, n)
			}
			var paper journal.Head
			look(t, s, func(tx *store.Tx) error {
				at, err := tx.JournalAfter(paperAt-1, 1)
				if err == nil {
					paper = journal.HeadOf(at[0], key)
				}
				return err
			})
			must(t, db, c.sql...)
			for n := range c.more {
				recordOne(t, s, 100+n)
			}
			look(t, s, func(tx *store.Tx) error {
				_, _, alone := journal.Verify(tx)
				_, _, held := journal.VerifyPapers(tx, []journal.Head{paper}, key.Public())
				var broken *journal.BrokenError
				var torn *journal.TornError
				switch {
				case c.record > 0 && (!errors.As(alone, &broken) || broken.Seq != c.record):
					t.Errorf("got %v, want record %d named", alone, c.record)
				case c.record == 0 && alone != nil:
					t.Errorf("got %v, want a chain that fits", alone)
				case c.paper != "" && (!errors.As(held, &torn) || torn.Reason != c.paper || torn.Paper.Seq != paperAt):
					t.Errorf("got %v, want the paper to tell %q", held, c.paper)
				case c.record == 0 && c.paper == "" && held != nil:
					t.Errorf("got %v, want the paper to agree", held)
				}
				return nil
			})
		})
	}
}

func recordOne(t *testing.T, s *store.Store, n int) {
	t.Helper()
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := journal.Append(tx, journal.Entry{Kind: "visit.recorded", Actor: "clerk/1", Subject: fmt.Sprintf("visit/%d", n), Body: map[string]any{"n": n + 1}})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func look(t *testing.T, s *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
