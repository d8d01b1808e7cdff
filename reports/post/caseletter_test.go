package post

import (
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// TestALetterOfACaseGivesTheYearOfAnotherYear writes in March 2025 about a day of 2024.
func TestALetterOfACaseGivesTheYearOfAnotherYear(t *testing.T) {
	t.Parallel()
	fact := calendar.InstantOf(calendar.NewDate(2024, time.December, 30).At(9, 40))
	reply := calendar.InstantOf(calendar.NewDate(2025, time.March, 15).At(17, 30))
	for source, want := range map[string]string{"hand": "2024年12月30日09:40", "report": "2024年12月30日09:40", "visit": "　　2024年12月30日09:40", "": "　　12月30日09:40"} {
		start := newLetter(t, 1, inspections.LetterCaseTownship, inspections.CaseStartArgs{Addressee: "马田镇", Township: "马田镇", Kind: "absent", Source: source, FactAt: fact, ReplyBy: reply})
		if text := parse(t, render(t, newRenderer(), start)).text; !strings.Contains(text, want) || strings.Contains(text, "2025年3月15日") {
			t.Errorf("source %q: got %s, want %s and no year of this year", source, text, want)
		}
		approve := newLetter(t, 2, inspections.LetterApprove, inspections.ApproveArgs{Kind: "absent", Source: source, FactAt: fact, Due: reply})
		if text := parse(t, render(t, newRenderer(), approve)).text; strings.Contains(text, "2024年12月30日") != (source != "") {
			t.Errorf("approval, source %q: got %s", source, text)
		}
	}
}
