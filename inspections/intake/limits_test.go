package intake_test

import (
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// The limit of a day is the one in force on it, though a file may reach over a change.
func TestPlacesAreJudgedByTheSettingsOfTheDay(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"}, inspections.Member{Name: "李雪", Phone: "19900001002"})
	var rows []string
	for _, day := range []string{"1", "2", "3", "4", "5"} {
		rows = append(rows, "1,2025/3/"+day+",便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,113.10"+day+",26.10"+day+",,")
	}
	for _, day := range []string{"10", "20"} {
		rows = append(rows,
			"1,2025/3/"+day+",便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,113.115,26.103,,", // 1 km from the others
			"1,2025/3/"+day+",便江街道,泉塘村,李雪,19900001002,08:00,在岗,113.115,26.103,,")
	}
	file := intake.File{Name: "2025-03.csv", Data: []byte(ledgerHead + strings.Join(rows, "\n") + "\n")}
	change := calendar.NewDate(2025, 3, 15)
	set := []inspections.Setting{
		{Key: inspections.SetOddMetres, Value: "500", From: change}, {Key: inspections.SetSpotMembers, Value: "2", From: change},
	}
	signs, _, err := intake.ReadSignIns([]intake.File{file}, r, calendar.Month{Year: 2025, Month: 3}, set)
	if err != nil {
		t.Fatal(err)
	}
	if len(signs) != 9 {
		t.Fatalf("got %d rows, want 9", len(signs))
	}
	for _, s := range signs {
		if want := s.Day >= change; s.Odd != want || s.Has(inspections.MarkSameSpot) != want {
			t.Errorf("%s: got odd %v, marks %q, want both %v", s.Day, s.Odd, s.Marks, want)
		}
	}
	got, want := intake.PlaceRules(signs, set), []inspections.Rule{
		{Key: inspections.SetOddMetres, Value: "3000"}, {Key: inspections.SetSpotMembers, Value: "3"},
		{Key: inspections.SetOddMetres, Value: "500", From: change}, {Key: inspections.SetSpotMembers, Value: "2", From: change},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got rules %v, want %v", got, want)
	}
}
