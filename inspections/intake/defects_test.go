package intake_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// expectedKeys are the problems that answer an injected defect. Defects without an entry are ordinary
// ways of writing that need no repair.
var expectedKeys = map[string][]string{
	"全角数字": {"full_width"}, "姓名尾空白": {"spaces"}, "姓名中有空格": {"spaces"},
	"号码缺": {"phone_missing", "phone_from_roster"}, "邮箱全角@或前空格": {"email_form"},
	"日期写法:dot": {"date_form"}, "日期写法:cn": {"date_form"}, "日期写法:compact": {"date_form"},
	"日期写法:serial": {"date_serial"}, "日期写法:md": {"date_no_year", "date_year_unknown"},
	"村名写法": {"village_form", "village_from_posting"}, "乡镇简称": {"township_short"}, "单位全称": {"unit_form"}, "单位简称": {"unit_form"},
	"号码带连字符": {"phone_form"}, "性别缺": {"sex_missing"}, "号码少一位": {"phone_digits"}, "整行重复": {"duplicate_row"},
	"经纬度颠倒": {"coordinates_swapped"}, "坐标为0": {"coordinates_zero"}, "姓名错字": {"name_typo", "phone_other_person"},
	"同人同日两次签到": {"same_day_again", "duplicate_row"}, "时间写法": {"clock_form"}, "姓名缺": {"name_from_roster", "name_missing"},
	"状态写法": {"status_form"}, "科学计数法手机号": {"phone_from_roster", "phone_rounded"}, "空行": {"blank_row"},
	"日期不可用":   {"date_missing", "date_unreadable", "date_outside_month", "date_from_order"},
	"中间又出现表头": {"repeated_header"}, "花名册中没有的人": {"person_unknown", "phone_other_person"}, "已离队仍有签到": {"not_posted"},
}

// rowSlack is how far the list's row numbers may be off: it does not count titles, repeated headings
// and blank rows.
const rowSlack = 20

func TestInjectedDefectsAreRepairedOrListed(t *testing.T) {
	t.Parallel()
	rows, problems := readForm(t, "csv in UTF-8")
	roster := rosterOf(rows)
	byFile := map[string][]inspections.Problem{}
	for _, p := range problems {
		name := "花名册/" + strings.TrimSuffix(p.File, ".csv")
		byFile[name] = append(byFile[name], p)
	}
	for month, path := range ledgers(t) {
		_, problems, err := intake.ReadSignIns(load(t, path), roster, calendar.Month{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		byFile["签到/"+month.String()+"签到台账"] = problems
	}
	used := map[string]map[int]bool{}
	found, all := map[string]int{}, map[string]int{}
	for _, defect := range truth(t, "问题清单.csv.gz") {
		file, name := defect["文件"], defect["问题"]
		keys, counted := expectedKeys[name]
		xlsx := strings.Contains(file, "2025-01") || strings.Contains(file, "2025-10")
		if file == "花名册/队员" && name == "整行重复" {
			checkRosterDoubles(t, byFile[file], defect["说明"])
			continue
		}
		if !counted || xlsx && (name == "日期写法:serial" || name == "时间写法") {
			continue // a number in a date cell of a workbook is how workbooks keep dates
		}
		row, err := strconv.Atoi(defect["表内行号(含表头,从1数)"])
		if err != nil {
			t.Fatalf("%s %s: %v", file, name, err)
		}
		all[name]++
		if used[file] == nil {
			used[file] = map[int]bool{}
		}
		if i := answer(byFile[file], used[file], row, keys); i >= 0 {
			used[file][i] = true
			found[name]++
		}
	}
	total, sum := 0, 0
	for name, n := range all {
		total, sum = total+n, sum+found[name]
		if found[name] < n {
			t.Logf("%s: %d of %d", name, found[name], n)
		}
	}
	share := float64(sum) / float64(total)
	t.Logf("defects repaired or listed: %d of %d (%.2f%%)", sum, total, 100*share)
	if share < 0.998 {
		t.Errorf("got %.4f, want at least 0.998", share)
	}
}

// checkRosterDoubles compares the number of doubled rows, of which the list gives only how many.
func checkRosterDoubles(t *testing.T, problems []inspections.Problem, note string) {
	t.Helper()
	got := 0
	for _, p := range problems {
		got += count(p.Key == "duplicate_row")
	}
	if want := strings.TrimSuffix(note, " 行"); strconv.Itoa(got) != want {
		t.Errorf("doubled rows of members: got %d, want %s", got, want)
	}
}

// answer finds the nearest problem that answers a defect: one with an expected key, else the row's
// being left out for another reason.
func answer(problems []inspections.Problem, used map[int]bool, row int, keys []string) int {
	best, distance := -1, rowSlack+1
	for i, p := range problems {
		off := max(p.Row-row, row-p.Row)
		if !used[i] && slices.Contains(keys, p.Key) && off < distance {
			best, distance = i, off
		}
	}
	if best >= 0 {
		return best
	}
	for i, p := range problems {
		if p.LeftOut && !harmless[p.Key] && max(p.Row-row, row-p.Row) <= 3 {
			return i
		}
	}
	return -1
}
