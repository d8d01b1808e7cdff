package store_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/pgtest"
	"anfang.example/inspections/store/storetest"
)

// furnish writes what a restore finds hard: sealed rows, a closed case, a blob, a truth value, a blank text.
func furnish(t *testing.T, s *store.Store) {
	t.Helper()
	writeSealed(t, s)
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.PutBlob("text/plain", []byte("证据")); err != nil {
			return err
		}
		if _, err := tx.PutBlob("text/plain", nil); err != nil {
			return err
		}
		c := casework.Case{State: casework.Open}
		if err := tx.AddCase(&c); err != nil {
			return err
		}
		if err := tx.AddBranch(casework.Branch{Case: c.ID, Seq: 1, Side: casework.SideTownship, State: casework.BranchConcluded, Liable: true}); err != nil {
			return err
		}
		measure := casework.Measure{Case: c.ID, Branch: 1, Kind: casework.MeasureTalk, Executed: tx.Now()}
		if err := tx.AddMeasure(&measure); err != nil {
			return err
		}
		gone, err := tx.PutBlob("image/png", []byte("to be erased"))
		if err != nil {
			return err
		}
		if err := tx.EraseBlob(gone); err != nil {
			return err
		}
		c.State, c.ClosedAt = casework.Closed, tx.Now()
		return tx.SaveCase(c)
	}); err != nil {
		t.Fatal(err)
	}
}

func backupOf(t *testing.T, s *store.Store) ([]byte, store.Manifest) {
	t.Helper()
	var buf bytes.Buffer
	m, err := s.Backup(t.Context(), &buf)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), m
}

func restoreInto(t *testing.T, s *store.Store, raw []byte) error {
	t.Helper()
	_, err := s.Restore(t.Context(), bytes.NewReader(raw), int64(len(raw)), nil)
	return err
}

func emptySQLite(t *testing.T) *store.Store { return emptyIn(t, t.TempDir()) }

func emptyIn(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{DataDir: dir, County: storetest.County, Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestARestoredBackupIsTheSame(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t, nil)
	furnish(t, s)
	raw, m := backupOf(t, s)
	if got, want := m.Blobs(), 2; got != want || m.Rows() < 8 || m.Journal.Seq != 1 {
		t.Errorf("got %d blobs, %d rows, journal at %d", got, m.Rows(), m.Journal.Seq)
	}
	dir := t.TempDir()
	other := emptyIn(t, dir)
	if err := restoreInto(t, other, raw); err != nil {
		t.Fatal(err)
	}
	again, _ := backupOf(t, other)
	if !bytes.Equal(raw, again) {
		t.Error("a backup of the restored records differs from the backup")
	}
	// The gates stand again.
	for query, key := range map[string]string{`DELETE FROM journal`: "store.no_delete", `UPDATE journal SET body = 'x'`: "store.sealed"} {
		_, err := rawSQLite(t, dir).Exec(query)
		if err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: got %v, want %s", query, err, key)
		}
	}
	if got, want := keyOf(restoreInto(t, other, raw)), "backup.not_empty"; got != want {
		t.Errorf("a second restore: got %q, want %q", got, want)
	}
}

func TestACountyWithoutRecordsIsBackedUpToo(t *testing.T) {
	t.Parallel()
	raw, _ := backupOf(t, storetest.SQLite(t, nil))
	if err := restoreInto(t, emptySQLite(t), raw); err != nil {
		t.Error(err)
	}
}

func keyOf(err error) string {
	var e *inspections.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return fmt.Sprint(err)
}

func TestABackupMovesBetweenTheDatabases(t *testing.T) {
	t.Parallel()
	cluster := pgtest.Start(t)
	s := storetest.SQLite(t, nil)
	furnish(t, s)
	raw, _ := backupOf(t, s)
	dsn := cluster.DSN(pgtest.Owner, cluster.Database(t, ""))
	city := openPostgres(t, dsn, storetest.County)
	if err := restoreInto(t, city, raw); err != nil {
		t.Fatal(err)
	}
	moved, _ := backupOf(t, city)
	if !bytes.Equal(raw, moved) {
		t.Error("PostgreSQL does not give the backup back that it took")
	}
	home := emptySQLite(t)
	if err := restoreInto(t, home, moved); err != nil {
		t.Fatal(err)
	}
	if again, _ := backupOf(t, home); !bytes.Equal(raw, again) {
		t.Error("the way back changed something")
	}
	if _, err := rawPostgres(t, dsn).Exec(`SELECT set_config('anfang.county', '431099', false); DELETE FROM journal`); err == nil || !strings.Contains(err.Error(), "store.no_delete") {
		t.Errorf("got %v, want the gates to stand again", err)
	}
}

func TestADamagedBackupIsRefusedWhole(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t, nil)
	furnish(t, s)
	raw, m := backupOf(t, s)
	other := emptySQLite(t)
	chance := rand.New(rand.NewPCG(1, 2))
	try := func(name string, spoiled []byte) {
		t.Helper()
		if _, err := store.CheckBackup(bytes.NewReader(spoiled), int64(len(spoiled))); inspections.KindOf(err) != inspections.Invalid {
			t.Errorf("%s: checked: got %v, want a refusal", name, err)
		}
		if err := restoreInto(t, other, spoiled); inspections.KindOf(err) != inspections.Invalid {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
	for range 40 {
		n := chance.IntN(len(raw))
		try(fmt.Sprintf("cut at %d of %d", n, len(raw)), raw[:n])
	}
	try("no zip file", []byte("not a backup"))
	for _, e := range m.Entries {
		if e.Size == 0 {
			continue
		}
		try(e.Name+" left out", rewritten(t, raw, func(name string, data []byte) []byte {
			if name == e.Name {
				return nil
			}
			return data
		}))
		try(e.Name+" with a changed octet", rewritten(t, raw, func(name string, data []byte) []byte {
			if name == e.Name {
				data[chance.IntN(len(data))] ^= 1
			}
			return data
		}))
	}
	if err := restoreInto(t, other, raw); err != nil {
		t.Errorf("a refused backup left something: %v", err)
	}
	county := m.County + 1
	stranger, err := store.Open(t.Context(), store.Config{DataDir: t.TempDir(), County: county, Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stranger.Close() })
	if got, want := keyOf(restoreInto(t, stranger, raw)), "backup.other_county"; got != want {
		t.Errorf("another county: got %q, want %q", got, want)
	}
}

// rewritten makes the zip file anew, each of its files as change gives it; nil leaves one out.
func rewritten(t *testing.T, raw []byte, change func(name string, data []byte) []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if data = change(f.Name, data); data == nil {
			continue
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestABackupUnderLoadIsOneMoment writes pairs of records that belong together while backups are made.
func TestABackupUnderLoadIsOneMoment(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t, nil)
	done := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			if err := s.InTx(t.Context(), func(tx *store.Tx) error {
				unit := inspections.Unit{Name: fmt.Sprint("单位", i)}
				if err := tx.AddUnit(&unit); err != nil {
					return err
				}
				_, err := journal.Append(tx, journal.Entry{Kind: "unit", Body: map[string]any{"id": unit.ID}})
				return err
			}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 12 {
		raw, m := backupOf(t, s)
		other := emptySQLite(t)
		if err := restoreInto(t, other, raw); err != nil {
			t.Fatal(err)
		}
		var roster *inspections.Roster
		var head journal.Record
		if err := other.View(t.Context(), func(tx *store.Tx) (err error) {
			if roster, err = tx.Roster(); err != nil {
				return err
			}
			head, err = tx.JournalHead()
			return err
		}); err != nil {
			t.Fatal(err)
		}
		got := []int64{int64(len(roster.Units)), head.Seq}
		if want := []int64{m.Journal.Seq, m.Journal.Seq}; !reflect.DeepEqual(got, want) {
			t.Errorf("got %d units and a journal of %d records, want %d of each", got[0], got[1], want[0])
		}
	}
	close(done)
	writer.Wait()
}
