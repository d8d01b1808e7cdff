package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"github.com/xuri/excelize/v2"
)

// exportFiles are March of the county as the two programs export it.
var exportFiles = map[string][]string{
	"DingTalk sign-ins":  {"钉钉", "签到报表_2025-03.xlsx"},
	"DingTalk raw":       {"钉钉", "原始记录_2025-03.xlsx"},
	"WeCom daily report": {"企业微信", "上下班打卡_日报_20250301-20250331.xlsx"},
}

func TestExportsEqualTheTruth(t *testing.T) {
	t.Parallel()
	status, odd := trueDays(t)
	for name, parts := range exportFiles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, _ := readForm(t, "csv in UTF-8")
			roster := rosterOf(rows)
			who := identities(t, roster)
			signs, problems, err := intake.ReadSignIns(load(t, county(t, parts...)), roster, calendar.Month{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			present, oddSeen := 0, 0
			for _, s := range signs {
				key := dayOf{who[s.Member], s.Day.String()}
				if got, want := plainStatus[s.Status], status[key]; got != want && !(s.Status == inspections.SignAbsent && want == "") {
					t.Errorf("row %d: member %s on %s: got %q, truth says %q", s.Row, key.member, key.day, got, want)
				}
				if s.Odd && !odd[key] {
					t.Errorf("row %d: member %s on %s: called far away", s.Row, key.member, key.day)
				}
				present += count(s.Status == inspections.SignPresent)
				oddSeen += count(s.Odd)
			}
			want, wantOdd := 0, 0
			for key, s := range status {
				if strings.HasPrefix(key.day, "2025-03") {
					want += count(s == "在岗")
					wantOdd += count(odd[key])
				}
			}
			out := 0
			for _, p := range problems {
				out += count(p.LeftOut)
			}
			t.Logf("%d of %d signed days, %d of %d odd, %d problems, %d rows left out", present, want, oddSeen, wantOdd, len(problems), out)
			if present+out < want {
				t.Errorf("got %d signed days and %d rows left out, want %d together at least", present, out, want)
			}
			if float64(present) < 0.985*float64(want) {
				t.Errorf("got %d signed days of %d", present, want)
			}
		})
	}
}

// TestAWeComExportOfTheRealShapeIsRead reads 56 columns, two merged headings and "--" for empty.
func TestAWeComExportOfTheRealShapeIsRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(filepath.Dir(county(t)), "exports", "wecom_daily_202602.xlsx")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	r := &inspections.Roster{
		Townships: []inspections.Township{{ID: 1, Name: "示例科技有限公司"}},
		Teams:     []inspections.Team{{ID: 1, Township: 1, Village: "创新事业部"}},
		Members:   []inspections.Member{{ID: 1, Name: "李明"}, {ID: 2, Name: "赵强"}},
		Postings:  []inspections.Posting{{ID: 1, Member: 1, Team: 1}, {ID: 2, Member: 2, Team: 1}},
	}
	signs, problems, err := intake.ReadSignIns(load(t, path), r, calendar.Month{Year: 2026, Month: 2}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[inspections.MemberID]map[string]inspections.SignIn{1: {}, 2: {}}
	for _, s := range signs {
		got[s.Member][s.Day.String()] = s
	}
	if s := got[1]["2026-02-28"]; s.Status != inspections.SignPresent || s.Clock != "09:49:00" {
		t.Errorf("李明: got %+v, want present at 09:49", s)
	}
	if s := got[2]["2026-02-28"]; s.Status != inspections.SignPresent || s.Clock != "09:36:00" {
		t.Errorf("赵强, half a day of leave and a punch: got %+v, want present at 09:36", s)
	}
	if s, known := got[1]["2026-02-01"]; known {
		t.Errorf("a Sunday of rest: got %+v, want nothing", s)
	}
	for _, p := range problems {
		if p.Value == "李明" || p.Key == "sheet_unknown" || p.Key == "repeated_header" {
			t.Errorf("got %+v", p)
		}
	}
}

func TestExportsAreReadByHeading(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"}, inspections.Member{Name: "张华", Phone: "19900001002"},
		inspections.Member{Name: "张华", Phone: "19900001003"})
	for name, c := range map[string]struct{ text, want, keys string }{
		"a daily report of DingTalk": {
			"每日统计表 统计日期：2025-03-01 至 2025-03-31\n姓名,考勤组,部门,日期,班次,上班1打卡时间,上班1打卡结果,下班1打卡时间,下班1打卡结果,关联的审批单\n" +
				"何孝忠,驻村,便江街道-泉塘村,2025-03-03,A,08:10,正常,17:30,正常,\n" +
				"何孝忠,驻村,便江街道-泉塘村,2025-03-04,A,,缺卡,,缺卡,\n" +
				"何孝忠,驻村,便江街道-泉塘村,2025-03-05,A,,请假,,请假,病假03-05 09:00到03-05 18:00 1天\n" +
				"何孝忠,驻村,便江街道-泉塘村,2025-03-06,A,,缺卡,17:31,正常,\n" +
				"何孝忠,驻村,便江街道-泉塘村,2025-03-08,休息,,,,,\n",
			"2025-03-03 present 08:10:00|2025-03-04 absent |2025-03-05 leave sick|2025-03-06 present 17:31:00", "",
		},
		"columns in another order, more punches, the year in two digits": {
			"打卡结果,打卡时间,考勤日期,部门,姓名,考勤组,考勤时间,打卡备注\n" +
				"正常,2025-03-03 17:30,25-03-03 星期一,便江街道-泉塘村,何孝忠,驻村,2025-03-03 17:30,\n" +
				"正常,2025-03-03 08:10,25-03-03 星期一,便江街道-泉塘村,何孝忠,驻村,2025-03-03 08:30,不在打卡范围\n" +
				"未打卡,,25-03-04 星期二,便江街道-泉塘村,何孝忠,驻村,2025-03-04 08:30,\n",
			"2025-03-03 present 08:10:00 odd|2025-03-04 absent ", "",
		},
		"who cannot be told is asked": {
			"姓名,部门,完整部门,签到来源,日期,时间,经度,纬度\n" +
				"张华,泉塘村,县-便江街道-泉塘村,手机签到,2025-03-03,08:10,,\n" +
				"何孝忠,泉塘村,泉塘村,手机签到,2025-03-03,08:10,,\n" +
				"何孝忠,某村,县-便江街道-某村,手机签到,2025-03-03,08:10,,\n" +
				"生面孔,泉塘村,县-便江街道-泉塘村,手机签到,2025-03-03,08:10,,\n" +
				"何孝忠,泉塘村,\"县-便江街道-泉塘村,县-办公室\",手机签到,2025-03-05,08:10,,\n",
			"2025-03-05 present 08:10:00", "person_ambiguous village_ambiguous village_unknown person_unknown",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := intake.File{Name: "a.csv", Data: []byte(c.text)}
			signs, problems, err := intake.ReadSignIns([]intake.File{file}, r, calendar.Month{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got, keys []string
			for _, s := range signs {
				line := s.Day.String() + " " + string(s.Status) + " " + s.Clock + s.Leave
				if s.Odd {
					line += " odd"
				}
				got = append(got, line)
			}
			for _, p := range problems {
				keys = append(keys, p.Key)
			}
			if got := strings.Join(got, "|"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := strings.Join(keys, " "); got != c.keys {
				t.Errorf("problems: got %q, want %q", got, c.keys)
			}
		})
	}
}

func TestPlacesThatContradictAreMarked(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"}, inspections.Member{Name: "张华", Phone: "19900001002"},
		inspections.Member{Name: "李雪", Phone: "19900001003"})
	signs, _ := readLedger(t, r,
		"1,2025/3/1,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,113.101,26.101,,",
		"2,2025/3/1,便江街道,泉塘村,张华,19900001002,08:00,在岗,113.101,26.101,,",
		"3,2025/3/1,便江街道,泉塘村,李雪,19900001003,08:00,在岗,113.101,26.101,,",
		"4,2025/3/2,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,113.102,26.102,,",
		"5,2025/3/2,便江街道,泉塘村,何孝忠,19900001001,08:20,在岗,113.302,26.302,,",
		"6,2025/3/3,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,,,,")
	want := []string{"located same_spot", "located same_spot", "located same_spot", "two_places located", ""}
	for i, s := range signs {
		if s.Marks != want[i] {
			t.Errorf("row %d: got marks %q, want %q", s.Row, s.Marks, want[i])
		}
	}
}

// TestFormulaCellsAreRefused: what a formula gives depends on who opens it; the cell is named.
func TestFormulaCellsAreRefused(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "日期", "B1": "乡镇", "C1": "村", "D1": "姓名", "E1": "手机号码", "F1": "状态",
		"A2": "2025-03-01", "B2": "便江街道", "C2": "泉塘村", "D2": "何孝忠", "E2": "19900001001"} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellFormula("Sheet1", "F2", `IF(1=1,"在岗","")`); err != nil {
		t.Fatal(err)
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	signs, problems, err := intake.ReadSignIns([]intake.File{{Name: "a.xlsx", Data: b.Bytes()}}, village(inspections.Member{Name: "何孝忠"}), calendar.Month{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := inspections.Problem{File: "a.xlsx", Sheet: "Sheet1", Row: 2, Column: "状态", Key: "formula_cell", LeftOut: true}
	if len(signs) != 0 || len(problems) != 1 || problems[0] != want {
		t.Errorf("got %+v, %+v, want %+v", signs, problems, want)
	}
}
