package store_test

import (
	"os"
	"runtime"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/pgtest"
	"anfang.example/inspections/store/storetest"
)

// BenchmarkProvinceDay writes one day of a province into PostgreSQL, a county after the other as their exports
// arrive, and reports rows a second and the largest heap. ANFANG_TEST_SOAK=1: 122 counties with 3,000,000
// rows (several punches a member); otherwise a hundredth of it.
func BenchmarkProvinceDay(b *testing.B) {
	counties, members, punches := 4, 375, 20
	if os.Getenv("ANFANG_TEST_SOAK") == "1" {
		counties, members = 122, 1230
	}
	cluster := pgtest.Start(b)
	dsn := cluster.Database(b, "")
	storetest.Prepare(b, cluster.DSN(pgtest.Owner, dsn))
	var stores []*store.Store
	var people [][]inspections.MemberID
	var teams []inspections.TeamID
	for i := range counties {
		s, err := store.Open(b.Context(), store.Config{DSN: cluster.DSN(pgtest.Plain, dsn), DataDir: b.TempDir(), County: inspections.CountyID(430000 + i), Now: storetest.Now})
		if err != nil {
			b.Fatal(err)
		}
		list, team := ledgerCounty(b, s, members)
		stores, people, teams = append(stores, s), append(people, list), append(teams, team)
	}
	b.Cleanup(func() {
		for _, s := range stores {
			_ = s.Close()
		}
	})
	day, rows := calendar.NewDate(2025, 3, 5), 0
	var peak uint64
	start := time.Now()
	b.ResetTimer()
	for b.Loop() {
		for i, s := range stores {
			if err := s.InTx(b.Context(), func(tx *store.Tx) error {
				file := inspections.Import{Kind: "signins"}
				if err := tx.AddImport(&file); err != nil {
					return err
				}
				list := make([]inspections.SignIn, 0, members*punches)
				for _, m := range people[i] {
					for range punches {
						list = append(list, inspections.SignIn{Member: m, Team: teams[i], Import: file.ID, Day: day, Clock: "08:15:00", Status: inspections.SignPresent, Row: len(list) + 2})
					}
				}
				rows += len(list)
				return tx.AddSignIns(list)
			}); err != nil {
				b.Fatal(err)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapSys)
		}
		day = day.Add(1)
	}
	b.ReportMetric(float64(rows)/time.Since(start).Seconds(), "rows/s")
	b.ReportMetric(float64(peak)/(1<<20), "MB_heap")
}
