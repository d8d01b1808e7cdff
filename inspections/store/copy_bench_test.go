package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/pgtest"
	"anfang.example/inspections/store/storetest"
)

// ledgerCounty fills an empty store with a county of so many members and gives their ids and the team.
func ledgerCounty(b testing.TB, s *store.Store, size int) (members []inspections.MemberID, team inspections.TeamID) {
	b.Helper()
	if err := s.InTx(b.Context(), func(tx *store.Tx) error {
		township := inspections.Township{Name: "某镇"}
		if err := tx.AddTownship(&township); err != nil {
			return err
		}
		t := inspections.Team{Village: "某村", Township: township.ID}
		if err := tx.AddTeam(&t); err != nil {
			return err
		}
		team = t.ID
		for range size {
			m := inspections.Member{Name: "某人"}
			if err := tx.AddMember(&m); err != nil {
				return err
			}
			members = append(members, m.ID)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	return members, team
}

// keepLedger writes rows of one import, from a day on.
func keepLedger(b *testing.B, s *store.Store, members []inspections.MemberID, team inspections.TeamID, from calendar.Date, days int) int {
	b.Helper()
	n := 0
	if err := s.InTx(b.Context(), func(tx *store.Tx) error {
		file := inspections.Import{Kind: "signins"}
		if err := tx.AddImport(&file); err != nil {
			return err
		}
		rows := make([]inspections.SignIn, 0, len(members)*days)
		for day := range days {
			for _, m := range members {
				rows = append(rows, inspections.SignIn{Member: m, Team: team, Import: file.ID, Day: from.Add(day),
					Clock: "08:15:00", Status: inspections.SignPresent, Marks: inspections.MarkLocated, Row: len(rows) + 2})
			}
		}
		n = len(rows)
		return tx.AddSignIns(rows)
	}); err != nil {
		b.Fatal(err)
	}
	return n
}

// BenchmarkPostgresAgainstCopy writes a month of 17,000 rows into PostgreSQL through the store (constraints,
// links and row-level security), and the same rows by a bare COPY into a table of the same columns, checks and
// primary key; "of_copy" is the ratio of their rows a second, "of_naked_copy" that to a table with nothing.
func BenchmarkPostgresAgainstCopy(b *testing.B) {
	cluster := pgtest.Start(b)
	template := cluster.Database(b, "")
	storetest.Prepare(b, cluster.DSN(pgtest.Owner, template))
	s, err := store.Open(b.Context(), store.Config{DSN: cluster.DSN(pgtest.Plain, template), DataDir: b.TempDir(), County: storetest.County, Now: storetest.Now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	db, err := sql.Open("postgres", cluster.DSN(pgtest.Owner, template))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	for _, q := range []string{"CREATE TABLE bare_keyed (LIKE sign_ins INCLUDING ALL)", "CREATE TABLE bare_naked (LIKE sign_ins)"} {
		if _, err := db.Exec(q); err != nil {
			b.Fatal(err)
		}
	}
	members, team := ledgerCounty(b, s, 567)
	day := calendar.NewDate(2017, 1, 1)
	var ours, keyed, naked time.Duration
	rows := 0
	for b.Loop() {
		start := time.Now()
		rows += keepLedger(b, s, members, team, day, 30)
		ours += time.Since(start)
		keyed += copyRows(b, db, "bare_keyed", members, team, day, 30)
		naked += copyRows(b, db, "bare_naked", members, team, day, 30)
		day = day.Add(30)
	}
	b.ReportMetric(float64(rows)/ours.Seconds(), "rows/s")
	b.ReportMetric(keyed.Seconds()/ours.Seconds(), "of_copy")
	b.ReportMetric(naked.Seconds()/ours.Seconds(), "of_naked_copy")
}

func copyRows(b *testing.B, db *sql.DB, table string, members []inspections.MemberID, team inspections.TeamID, from calendar.Date, days int) time.Duration {
	b.Helper()
	start := time.Now()
	fail := func(err error) {
		if err != nil {
			b.Helper()
			b.Fatal(err)
		}
	}
	tx, err := db.Begin()
	fail(err)
	in, err := tx.Prepare("COPY " + table + " (county_id, day, member_id, import_id, seq, team_id, clock, status, leave_kind, odd_place, source_row, marks, answer_id) FROM STDIN")
	fail(err)
	n := 0
	for day := range days {
		for _, m := range members {
			n++
			_, err := in.Exec(int64(storetest.County), from.Add(day).String(), int64(m), 1, n, int64(team), "08:15:00", "present", "", false, n+1, "located", 0)
			fail(err)
		}
	}
	_, err = in.Exec()
	fail(err)
	fail(in.Close())
	fail(tx.Commit())
	return time.Since(start)
}

// BenchmarkGrowth writes months onto a table that grows and reports the cost of a row at each size; by
// default to 10⁵ rows, with ANFANG_BENCH_ROWS to as many as it says (10000000).
func BenchmarkGrowth(b *testing.B) {
	most := 100_000
	if n, err := strconv.Atoi(os.Getenv("ANFANG_BENCH_ROWS")); err == nil {
		most = n
	}
	for b.Loop() {
		s := storetest.SQLite(b, nil)
		members, team := ledgerCounty(b, s, 1000)
		day, rows, next := calendar.NewDate(2017, 1, 1), 0, 10_000
		var spent time.Duration
		for from := 0; rows < most; {
			start := time.Now()
			n := keepLedger(b, s, members, team, day, 10)
			spent += time.Since(start)
			rows, day = rows+n, day.Add(10)
			if rows >= next {
				b.ReportMetric(float64(spent.Microseconds())/float64(rows-from), fmt.Sprintf("µs/row_to_%d", next))
				from, next, spent = rows, next*10, 0
			}
		}
		from := calendar.NewDate(2017, 1, 1)
		start := time.Now()
		if err := s.View(b.Context(), func(tx *store.Tx) error {
			_, err := tx.SignIns(from, from.Add(29))
			return err
		}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms/month_read")
	}
}
