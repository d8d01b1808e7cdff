package paper

import (
	"strings"
	"testing"
	"time"

	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/templates/catalog"
)

// TestAMonthWithoutVisitsClaimsNone lays out a month in which nobody went, nothing was sealed and nothing fell due, then one
// whose week stayed below two.
func TestAMonthWithoutVisitsClaimsNone(t *testing.T) {
	t.Parallel()
	text := func(f reports.Figures) string {
		b := &bulletin{Catalog: catalog.For("zh"), f: f, month: calendar.Month{Year: 2025, Month: time.March}}
		return plainOf(b.body())
	}
	f := baseFigures()
	a := &f.Attendance
	a.Reported, a.Members, a.Reached, a.DaysMin, a.CutOff = fig(2), fig(2), fig(2), 20, day(time.April, 5)
	a.Rows = []reports.AttendanceTownship{{Name: "便江街道", Members: 1, Reported: true, Reached: 1}, {Name: "马田镇", Members: 1, Reported: true, Reached: 1}}
	got := text(f)
	for _, want := range []string{"未随机开展暗访督查", "[图1　各乡镇驻村满20天人数]", "本月县驻村办没有到期的应办事项。"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q in\n%s", want, got)
		}
	}
	for _, never := range []string{"进行了督查", "图2", "均按期办理", "见附件4"} {
		if strings.Contains(got, never) {
			t.Errorf("says %q in\n%s", never, got)
		}
	}
	f.Weeks, f.Proof.Freezes = []reports.WeekFigure{week(10, 1), week(11, 2)}, map[string]string{"2025-W10": "a"}
	f.Random = fig(3)
	got = text(f)
	for _, want := range []string{"进行了督查", "见附件4", "图1　每周", "图2　各乡镇", "本月县驻村办有1周未达到每周2次以上"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q in\n%s", want, got)
		}
	}
}
