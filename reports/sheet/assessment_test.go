package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/sheet"
	"anfang.example/templates/catalog"
)

func TestTheAssessmentHasASheetForEachKindOfBody(t *testing.T) {
	t.Parallel()
	a := reports.Assessment{
		Year: 2025, Until: calendar.NewDate(2025, 12, 31),
		Rules: []inspections.Rule{{Key: inspections.SetDaysMin, Value: "20"}, {Key: inspections.SetDaysMin, Value: "22", From: calendar.NewDate(2025, 7, 1)}},
		Members: []reports.MemberLine{
			{MemberYear: attendance.MemberYear{Months: 12, Reached: 11, Signed: 250}, Name: "=李军", Town: "便江街道", Village: "井凉街社区", UnitName: "县残联"},
			{MemberYear: attendance.MemberYear{Silent: 12}, Name: "许慧", Town: "便江街道", Village: "井凉街社区"},
		},
		Teams:     []reports.BodyLine{{Name: "井凉街社区", Place: "便江街道", Members: reports.Figure{N: 2}, Months: 12, Reached: 11}},
		Townships: []reports.BodyLine{{Name: "便江街道", OnTime: reports.Figure{N: 40}, Missing: reports.Figure{N: 2}}},
		Units:     []reports.BodyLine{{Name: "县残联", Cents: 1_000_000}},
	}
	for _, lang := range catalog.Languages() {
		data, err := sheet.Forms{Words: catalog.For(lang)}.Assessment(a)
		f, _ := reopen(t, data, err)
		names := f.GetSheetList()
		if len(names) != 4 {
			t.Fatalf("got sheets %v", names)
		}
		rows, err := f.GetRows(names[0])
		if err != nil || rows[3][3] != "=李军" || rows[3][7] != "11" || rows[4][7] != catalog.For(lang).T("word.not_reported") {
			t.Errorf("%s: got %v, %v", lang, rows, err)
		}
		if text := strings.Join(slices.Concat(rows...), " "); !strings.Contains(text, "22") || strings.Contains(text, "«") {
			t.Errorf("%s: the thresholds and their days are not all there: %s", lang, text)
		}
		for _, name := range names {
			if layout, err := f.GetPageLayout(name); err != nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
				t.Errorf("%s: got %+v, %v", name, layout, err)
			}
		}
		if units, err := f.GetRows(names[3]); err != nil || !slices.Contains(units[3], "10,000.00") {
			t.Errorf("got %v, %v", units, err)
		}
	}
}
