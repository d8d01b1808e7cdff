package store_test

import (
	"fmt"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

// BenchmarkSignIns takes in a month of a county: 550 members, 31 days.
func BenchmarkSignIns(b *testing.B) {
	s := storetest.SQLite(b, nil)
	run := func(fn func(*store.Tx) error) {
		if err := s.InTx(b.Context(), fn); err != nil {
			b.Fatal(err)
		}
	}
	team := inspections.Team{Village: "某村"}
	var members []inspections.Member
	run(func(tx *store.Tx) error {
		township := inspections.Township{Name: "某镇"}
		if err := tx.AddTownship(&township); err != nil {
			return err
		}
		team.Township = township.ID
		for range 550 {
			m := inspections.Member{Name: "某人"}
			if err := tx.AddMember(&m); err != nil {
				return err
			}
			members = append(members, m)
		}
		return tx.AddTeam(&team)
	})
	for b.Loop() {
		run(func(tx *store.Tx) error {
			file := inspections.Import{Kind: "signins"}
			if err := tx.AddImport(&file); err != nil {
				return err
			}
			var rows []inspections.SignIn
			for _, m := range members {
				for day := range 31 {
					rows = append(rows, inspections.SignIn{
						Member: m.ID, Team: team.ID, Import: file.ID, Day: calendar.NewDate(2025, 3, 1+day),
						Clock: "08:15:00", Status: inspections.SignPresent,
					})
				}
			}
			return tx.AddSignIns(rows)
		})
	}
}

// BenchmarkTransaction is the price of one small fact that is safe on the disk.
func BenchmarkTransaction(b *testing.B) {
	s := storetest.SQLite(b, nil)
	for b.Loop() {
		if err := s.InTx(b.Context(), func(tx *store.Tx) error {
			_, err := journal.Append(tx, journal.Entry{Kind: "note", Body: map[string]any{"a": 1}})
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify100k checks a journal of 100,000 records as it lies in a database of SQLite. The issue asks for two
// seconds at most; floor_x says how often the time fits into them.
func BenchmarkVerify100k(b *testing.B) {
	const records, page = 100_000, 5_000
	s := storetest.SQLite(b, nil)
	for from := 0; from < records; from += page {
		if err := s.InTx(b.Context(), func(tx *store.Tx) error {
			for n := from; n < from+page; n++ {
				_, err := journal.Append(tx, journal.Entry{Kind: "visit.recorded", Actor: "clerk/3", Subject: "visit/17", Body: map[string]any{"n": n, "note": "村干部称外出", "checks": 12}})
				if err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if err := s.View(b.Context(), func(tx *store.Tx) error {
			got, _, err := journal.Verify(tx)
			if err == nil && got != records {
				err = fmt.Errorf("got %d records", got)
			}
			return err
		}); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(2*float64(n)/b.Elapsed().Seconds(), "floor_x")
}
