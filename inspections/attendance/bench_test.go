package attendance_test

import (
	"fmt"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

// BenchmarkYearTable counts twelve months of 1,500 members, some 360,000 days, and makes the yearly table.
func BenchmarkYearTable(b *testing.B) {
	roster := &inspections.Roster{Townships: []inspections.Township{{ID: 1, Code: "431023001", Name: "便江街道"}}}
	var ledgers [12][]inspections.SignIn
	for i := range 500 {
		roster.Teams = append(roster.Teams, inspections.Team{ID: inspections.TeamID(i + 1), Township: 1, Village: fmt.Sprint("村", i)})
	}
	for i := range 1500 {
		id, team := inspections.MemberID(i+1), inspections.TeamID(i/3+1)
		roster.Members = append(roster.Members, inspections.Member{ID: id, Name: fmt.Sprint("队员", i)})
		roster.Postings = append(roster.Postings, inspections.Posting{ID: inspections.PostingID(i + 1), Member: id, Team: team, From: calendar.NewDate(2024, 1, 1)})
		for m := range 12 {
			for range 20 {
				ledgers[m] = append(ledgers[m], inspections.SignIn{Member: id, Team: team, Status: inspections.SignPresent})
			}
		}
	}
	for m := range ledgers {
		month := calendar.Month{Year: 2025, Month: 1}.Add(m)
		for i := range ledgers[m] {
			ledgers[m][i].Day = month.First().Add(i % 20)
		}
	}
	settings := inspections.SettingsOn(nil, calendar.NewDate(2025, 12, 31))
	b.ReportAllocs()
	for b.Loop() {
		months := map[calendar.Month][]attendance.MemberMonth{}
		for m := range ledgers {
			month := calendar.Month{Year: 2025, Month: 1}.Add(m)
			lines, err := attendance.Month(roster, ledgers[m], nil, month, calendar.BuiltIn(), settings)
			if err != nil {
				b.Fatal(err)
			}
			months[month] = lines
		}
		if got := attendance.Year(roster, months, nil); len(got) != 1500 {
			b.Fatalf("got %d lines", len(got))
		}
	}
}
