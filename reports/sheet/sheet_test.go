package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/reports/sheet"
	"anfang.example/templates/catalog"
)

var march = calendar.Month{Year: 2025, Month: time.March}

func forms(lang string, names ...string) (sheet.Forms, []sheet.MonthLine) {
	r := &inspections.Roster{
		Townships: []inspections.Township{{ID: 1, Code: "431023001", Name: "便江街道"}},
		Units:     []inspections.Unit{{ID: 1, Name: "县残联"}},
		Teams:     []inspections.Team{{ID: 1, Township: 1, Village: "井凉街社区"}},
	}
	var lines []sheet.MonthLine
	for i, name := range names {
		r.Members = append(r.Members, inspections.Member{ID: inspections.MemberID(i + 1), Name: name})
		days := make([]inspections.SignStatus, 31)
		days[0], days[2], days[3] = inspections.SignPresent, inspections.SignLeave, inspections.SignTravel
		lines = append(lines, sheet.MonthLine{Days: days, MemberMonth: attendance.MemberMonth{
			Member: inspections.MemberID(i + 1), Team: 1, Township: 1, Unit: 1, Reported: true, Signed: 21 + i, Leave: 1, Travel: 1, Reached: true,
		}})
	}
	return sheet.Forms{Words: catalog.For(lang), Roster: r}, lines
}

func reopen(t *testing.T, data []byte, err error) (*excelize.File, string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, f.GetSheetList()[0]
}

func TestTheAttendanceFormIsReadyToPrint(t *testing.T) {
	t.Parallel()
	fs, lines := forms("zh", "李军", "许慧")
	lines[1].Reported = false
	data, err := fs.Attendance(1, march, lines)
	f, name := reopen(t, data, err)
	for cell, want := range map[string]string{
		"A1": "驻村帮扶工作队员出勤登记表", "C4": "李军", "E3": "1", "AI3": "31", "E4": "√", "G4": "△", "H4": "○", "AJ4": "21", "AN4": "是", "AJ5": "未报送", "AK5": "",
	} {
		if got, err := f.GetCellValue(name, cell); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", cell, got, err, want)
		}
	}
	layout, err := f.GetPageLayout(name)
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 {
		t.Errorf("page: got %+v, %v", layout, err)
	}
	titles := f.GetDefinedName()
	if len(titles) != 1 || !strings.HasSuffix(titles[0].RefersTo, "$3:$3") {
		t.Errorf("headings on every page: got %+v", titles)
	}
	id, err := f.GetCellStyle(name, "C4")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := f.GetStyle(id); err != nil || len(style.Border) != 4 {
		t.Errorf("borders: got %+v, %v", style, err)
	}
	rows, err := f.GetRows(name)
	if err != nil || !strings.Contains(strings.Join(rows[len(rows)-1], "|"), "党委分管副书记：") {
		t.Errorf("places to sign: got %q, %v", rows[len(rows)-1], err)
	}
}

func TestATextIsNeverAFormula(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", `=HYPERLINK("http://example.com")`} {
		fs, lines := forms("zh", bad)
		data, err := fs.Work(1, march, lines)
		f, name := reopen(t, data, err)
		kind, err := f.GetCellType(name, "C4")
		if err != nil || kind == excelize.CellTypeFormula || kind == excelize.CellTypeNumber {
			t.Errorf("%q: got type %v, %v", bad, kind, err)
		}
		if formula, err := f.GetCellFormula(name, "C4"); err != nil || formula != "" {
			t.Errorf("%q: got formula %q, %v", bad, formula, err)
		}
		if got, err := f.GetCellValue(name, "C4"); err != nil || got != bad {
			t.Errorf("got %q, %v, want %q", got, err, bad)
		}
	}
}

func TestAmountsInCapitals(t *testing.T) {
	t.Parallel()
	for cents, want := range map[int64]string{
		0: "零元整", 5: "伍分", 50: "伍角整", 105: "壹元零伍分", 123450: "壹仟贰佰叁拾肆元伍角整", 1_000_000: "壹万元整",
		100_500_000: "壹佰万伍仟元整", 1_000_050: "壹万元伍角整", 10_010_000: "壹拾万零壹佰元整", 10_000_500_000: "壹亿零伍仟元整",
		1_000_000_000_000: "壹佰亿元整", 2_005_000: "贰万零伍拾元整", 1_111_111: "壹万壹仟壹佰壹拾壹元壹角壹分",
	} {
		if got := sheet.Capitals(catalog.For("zh"), cents); got != want {
			t.Errorf("%d: got %s, want %s", cents, got, want)
		}
	}
	if got, want := sheet.Capitals(catalog.For("en"), 123450), "1,234.50"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestCapitalsReadBack reads capitals as a cashier does and must come to the same sum.
func TestCapitalsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 999_999_999_999_99).Draw(t, "cents")
		text := sheet.Capitals(catalog.For("zh"), cents)
		if strings.Contains(text, "零零") {
			t.Fatalf("%d: %s has two zeros together", cents, text)
		}
		var sum, part, digit int64
		for _, r := range text {
			switch r {
			case '拾', '佰', '仟':
				part += digit * map[rune]int64{'拾': 10, '佰': 100, '仟': 1000}[r]
				digit = 0
			case '万', '亿':
				sum += (part + digit) * map[rune]int64{'万': 1_000_000, '亿': 10_000_000_000}[r]
				part, digit = 0, 0
			case '元':
				sum += (part + digit) * 100
				part, digit = 0, 0
			case '角':
				sum, digit = sum+digit*10, 0
			case '分':
				sum, digit = sum+digit, 0
			case '整':
			default:
				digit = int64(strings.Index("零壹贰叁肆伍陆柒捌玖", string(r)) / 3)
			}
		}
		if sum != cents {
			t.Fatalf("%d: %s reads as %d", cents, text, sum)
		}
	})
}

func TestTheRegisterAddsUp(t *testing.T) {
	t.Parallel()
	fs, lines := forms("zh", "李军", "许慧", "王红")
	lines[2].Reported = false
	var months []attendance.MemberMonth
	for _, l := range lines {
		months = append(months, l.MemberMonth)
	}
	rule := attendance.AllowanceRule{DayCents: 5000, MaxDays: 21}
	register, total := attendance.Allowances(months, rule)
	if total != 2*21*5000 { // 22 days of the second are paid as 21; the third has not reported
		t.Errorf("got %d", total)
	}
	data, err := fs.Allowances(march, register, rule, total)
	f, name := reopen(t, data, err)
	if got, err := f.GetCellValue(name, "A7"); err != nil || got != "合计：2人，人民币2,100.00元（大写：贰仟壹佰元整）" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := f.GetCellValue(name, "F6"); err != nil || got != "未报送" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestEveryTableIsPrintedInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		fs, lines := forms(lang, "李军")
		year := attendance.Year(fs.Roster, map[calendar.Month][]attendance.MemberMonth{march: {lines[0].MemberMonth}}, nil)
		data, err := fs.Year(2025, year)
		f, name := reopen(t, data, err)
		rows, err := f.GetRows(name)
		if err != nil || len(rows) < 5 || rows[3][3] != "李军" || rows[3][8] != "21" {
			t.Errorf("%s: got %v, %v", lang, rows, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.HasPrefix(cell, "sheet.") {
					t.Errorf("%s: %q has no words", lang, cell)
				}
			}
		}
	}
}

// BenchmarkYear counts and prints a year of 1,500 members.
func BenchmarkYear(b *testing.B) {
	names := make([]string, 1500)
	for i := range names {
		names[i] = fmt.Sprintf("队员%d", i)
	}
	fs, lines := forms("zh", names...)
	months := map[calendar.Month][]attendance.MemberMonth{}
	for m := range 12 {
		var list []attendance.MemberMonth
		for _, l := range lines {
			list = append(list, l.MemberMonth)
		}
		months[march.Add(m)] = list
	}
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			if got := attendance.Year(fs.Roster, months, nil); len(got) != 1500 {
				b.Fatal(len(got))
			}
		}
	})
	year := attendance.Year(fs.Roster, months, nil)
	b.Run("print", func(b *testing.B) {
		for b.Loop() {
			if _, err := fs.Year(2025, year); err != nil {
				b.Fatal(err)
			}
		}
	})
}
