package office_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// benchDesk is an office over a real SQLite store with a county of some size.
func benchDesk(b *testing.B, villages, members int) *desk {
	b.Helper()
	d := &desk{now: monday.At(8, 0)}
	s, err := store.Open(b.Context(), store.Config{DataDir: b.TempDir(), County: 431023, Now: func() time.Time { return d.now }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	if _, err := s.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	d.store = s
	d.Office = &office.Office{InTx: narrow(s.InTx), View: narrow(s.View), Calendar: calendar.BuiltIn(), Chance: rand.NewChaCha8([32]byte{1})}
	rows := rows()
	rows.Teams, rows.Members = rows.Teams[:0], rows.Members[:0]
	for v := range villages {
		name := fmt.Sprintf("村%d", v)
		rows.Teams = append(rows.Teams, inspections.TeamRow{Township: "便江街道", Village: name, Units: []string{"县残联"}})
		for m := range members / villages {
			rows.Members = append(rows.Members, inspections.MemberRow{
				Name: fmt.Sprintf("队员%d", m), Phone: fmt.Sprintf("199%04d%04d", v, m), Township: "便江街道", Village: name, Unit: "县残联",
			})
		}
	}
	if _, err := d.ImportRoster(b.Context(), clerk, office.Source{SHA: "00"}, rows); err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkImportMonth keeps a month's 17,000 days in SQLite, journal and all, in one transaction.
func BenchmarkImportMonth(b *testing.B) {
	d := benchDesk(b, 250, 750)
	n := 0
	for b.Loop() {
		n++
		days := make([]inspections.SignIn, 0, 17_000)
		for i := range 17_000 {
			days = append(days, inspections.SignIn{
				Member: inspections.MemberID(i%750 + 1), Team: inspections.TeamID(i%250 + 1), Day: calendar.NewDate(2025, 3, i/750+1),
				Clock: "08:10:00", Status: inspections.SignPresent, Marks: inspections.MarkLocated, Row: i + 2,
			})
		}
		if _, err := d.ImportSignIns(b.Context(), clerk, office.Source{SHA: fmt.Sprint(n)}, days); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(17_000*n)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkKeepDuties makes a day's obligations where all stand already, as on most mornings.
func BenchmarkKeepDuties(b *testing.B) {
	d := benchDesk(b, 250, 750)
	keep := func() {
		if err := d.store.InTx(b.Context(), func(tx *store.Tx) error {
			_, err := office.KeepDuties(tx, duties.Catalog(), monday)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	keep()
	for b.Loop() {
		keep()
	}
}

func narrow(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
	return func(ctx context.Context, fn func(office.Tx) error) error {
		return run(ctx, func(tx *store.Tx) error { return fn(tx) })
	}
}

// BenchmarkCheckWords100k holds the words of cases to a journal of 100,000 records, 2,000 of which commit to words, after
// walking the chain: what journal verify does, from a database of SQLite. floor_x says how often it fits into two seconds.
func BenchmarkCheckWords100k(b *testing.B) {
	d := benchDesk(b, 1, 4)
	d.now = monday.At(10, 0)
	c, err := d.OpenCase(b.Context(), clerk, office.HandCase{Kind: "absent", Team: 1, FactAt: calendar.InstantOf(d.now), Reason: "x"})
	if err != nil {
		b.Fatal(err)
	}
	if err := d.store.InTx(b.Context(), func(tx *store.Tx) error {
		for n := range 99_000 {
			e := journal.Entry{Kind: "case.act", Actor: "clerk/1", Subject: fmt.Sprintf("case/%d", c.ID)}
			if n >= 2_000 {
				e.Body = map[string]any{"n": n, "note": "村干部称外出"}
				if _, err := journal.Append(tx, e); err != nil {
					return err
				}
				continue
			}
			a := casework.Act{Case: c.ID, Kind: casework.ActReply, At: tx.Now(), Text: fmt.Sprintf("第%d次反映", n)}
			if err := tx.AddAct(&a); err != nil {
				return err
			}
			if _, err := journal.AppendPrivate(tx, e, map[string]any{"act": a.Seq}, fmt.Sprintf("%032x", n), map[string]string{"text": a.Text}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		if err := d.store.View(b.Context(), func(tx *store.Tx) error {
			if _, _, err := journal.Verify(tx); err != nil {
				return err
			}
			w, err := office.CheckWords(tx)
			if err == nil && w.Checked < 2_000 {
				err = fmt.Errorf("got %+v", w)
			}
			return err
		}); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(2*float64(n)/b.Elapsed().Seconds(), "floor_x")
}
