package intake_test

import (
	"testing"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// BenchmarkReadLedger reads a month's ledger of 745 members, as csv and as a workbook.
func BenchmarkReadLedger(b *testing.B) {
	files := ledgers(b)
	rows, _ := readForm(b, "csv in UTF-8")
	roster := rosterOf(rows)
	for name, month := range map[string]calendar.Month{"csv": {Year: 2025, Month: 3}, "xlsx": {Year: 2025, Month: 10}} {
		b.Run(name, func(b *testing.B) {
			f := load(b, files[month])
			b.ReportAllocs()
			for b.Loop() {
				signs, _, err := intake.ReadSignIns(f, roster, month, nil)
				if err != nil || len(signs) < 10_000 {
					b.Fatalf("got %d rows, %v", len(signs), err)
				}
			}
		})
	}
}

// BenchmarkReadRoster reads the county's roster as a workbook of five sheets.
func BenchmarkReadRoster(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if rows, _ := readForm(b, "workbook of five sheets"); rows.Len() < 1000 {
			b.Fatalf("got %d rows", rows.Len())
		}
	}
}
