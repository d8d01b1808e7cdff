package intake_test

import (
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

const ledgerHead = "序号,日期,乡镇,村,姓名,手机号码,签到时间,状态,经度,纬度,地点,备注\n"

const smallLedger = ledgerHead + "1,2025/3/1,便江街道,泉塘村,何孝忠,19900001001,08:22:56,在岗,113.128348,26.127123,村部,\n"

// village makes a roster of one village with the given members, all posted from the start of 2025.
func village(members ...inspections.Member) *inspections.Roster {
	r := &inspections.Roster{
		Townships: []inspections.Township{{ID: 1, Code: "431023001", Name: "便江街道"}, {ID: 2, Code: "431023104", Name: "金龟镇"}},
		Teams:     []inspections.Team{{ID: 1, Township: 1, Village: "泉塘村"}, {ID: 2, Township: 2, Village: "泉塘村"}},
	}
	for i, m := range members {
		m.ID = inspections.MemberID(i + 1)
		r.Members = append(r.Members, m)
		r.Postings = append(r.Postings, inspections.Posting{ID: inspections.PostingID(i + 1), Member: m.ID, Team: 1, From: calendar.NewDate(2025, 1, 1)})
	}
	return r
}

func readLedger(t *testing.T, r *inspections.Roster, rows ...string) ([]inspections.SignIn, []string) {
	t.Helper()
	file := intake.File{Name: "2025-03.csv", Data: []byte(ledgerHead + strings.Join(rows, "\n") + "\n")}
	signs, problems, err := intake.ReadSignIns([]intake.File{file}, r, calendar.Month{Year: 2025, Month: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, p := range problems {
		key := p.Key
		if p.LeftOut {
			key = "-" + key
		}
		keys = append(keys, key)
	}
	return signs, keys
}

func TestWhoSignedInIsNeverGuessed(t *testing.T) {
	t.Parallel()
	he := inspections.Member{Name: "何孝忠", Phone: "19900001001"}
	zhang := inspections.Member{Name: "张华", Phone: "19900001002"}
	twin := inspections.Member{Name: "张华", Phone: "18800001003"}
	silent := inspections.Member{Name: "李雪"}
	for name, c := range map[string]struct {
		row  string
		want inspections.MemberID // 0: left out
		keys string
	}{
		"phone and name agree":                       {"1,2025/3/1,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,,,,", 1, ""},
		"a typo is settled by the phone":             {"1,2025/3/1,便江街道,泉塘村,何晓忠,19900001001,08:00,在岗,,,,", 1, "name_typo"},
		"a missing name is settled by the phone":     {"1,2025/3/1,便江街道,泉塘村,,19900001001,08:00,在岗,,,,", 1, "name_from_roster"},
		"a missing phone by name and village":        {"1,2025/3/1,便江街道,泉塘村,何孝忠,,08:00,在岗,,,,", 1, "phone_from_roster"},
		"a rounded phone by name and village":        {"1,2025/3/1,便江街道,泉塘村,何孝忠,1.99E+10,08:00,在岗,,,,", 1, "phone_from_roster"},
		"a homonym without a phone is asked":         {"1,2025/3/1,便江街道,泉塘村,张华,,08:00,在岗,,,,", 0, "-person_ambiguous"},
		"a homonym by phone":                         {"1,2025/3/1,便江街道,泉塘村,张华,18800001003,08:00,在岗,,,,", 3, ""},
		"a rounded phone tells homonyms apart":       {"1,2025/3/1,便江街道,泉塘村,张华,1.99E+10,08:00,在岗,,,,", 2, "phone_from_roster"},
		"a colleague's phone is asked":               {"1,2025/3/1,便江街道,泉塘村,李雪,19900001001,08:00,在岗,,,,", 0, "-phone_other_person"},
		"another number for a known one is asked":    {"1,2025/3/1,便江街道,泉塘村,何孝忠,13300000000,08:00,在岗,,,,", 0, "-phone_other_person"},
		"a number for one without":                   {"1,2025/3/1,便江街道,泉塘村,李雪,13300000000,08:00,在岗,,,,", 4, "phone_unknown"},
		"one wrong digit":                            {"1,2025/3/1,便江街道,泉塘村,何孝忠,19900001009,08:00,在岗,,,,", 1, "phone_typo"},
		"the village of the same name elsewhere":     {"1,2025/3/1,金龟镇,泉塘村,何孝忠,,08:00,在岗,,,,", 0, "-person_unknown"},
		"a slip in the village, phone and name sure": {"1,2025/3/1,金龟镇,泉塘村,何孝忠,19900001001,08:00,在岗,,,,", 1, "village_from_posting"},
		"a typo in another village is asked":         {"1,2025/3/1,金龟镇,泉塘村,何晓忠,19900001001,08:00,在岗,,,,", 0, "-phone_other_person"},
		"a stranger":                                 {"1,2025/3/1,便江街道,泉塘村,生面孔,13300000000,08:00,在岗,,,,", 0, "-person_unknown"},
		"neither name nor phone":                     {"1,2025/3/1,便江街道,泉塘村,,,08:00,在岗,,,,", 0, "-name_missing"},
		"a day before the posting":                   {"1,2025/3/1,便江街道,泉塘村,旧人,19900001005,08:00,在岗,,,,", 0, "-not_posted"},
		"another month":                              {"1,2024/3/1,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,,,,", 0, "-date_outside_month"},
		"a day no month has":                         {"1,2025/3/32,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,,,,", 0, "-date_unreadable"},
		"an order that the month alone settles":      {"1,5/3/2025,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,,,,", 1, "date_form"},
		"day and month both of another month":        {"1,5/4/2025,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,,,,", 0, "-date_unreadable"},
		"a status nobody knows":                      {"1,2025/3/1,便江街道,泉塘村,何孝忠,19900001001,08:00,也许,,,,", 0, "-status_unknown"},
		"no status":                                  {"1,2025/3/1,便江街道,泉塘村,何孝忠,19900001001,08:00,,,,,", 0, "-status_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := village(he, zhang, twin, silent, inspections.Member{Name: "旧人", Phone: "19900001005"})
			r.Postings[4].From = calendar.NewDate(2025, 6, 1)
			signs, keys := readLedger(t, r, c.row)
			var got inspections.MemberID
			if len(signs) == 1 {
				got = signs[0].Member
			}
			if got != c.want {
				t.Errorf("got member %d, want %d", got, c.want)
			}
			if got := strings.Join(keys, " "); got != c.keys {
				t.Errorf("got problems %q, want %q", got, c.keys)
			}
		})
	}
}

func TestOneDayCountsOnce(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	row := func(clock, status string) string {
		return "1,2025/3/1,便江街道,泉塘村,何孝忠,19900001001," + clock + "," + status + ",,,,"
	}
	t.Run("the earlier clock is kept", func(t *testing.T) {
		t.Parallel()
		signs, keys := readLedger(t, r, row("09:00", "在岗"), row("08:00", "在岗"))
		if len(signs) != 1 || signs[0].Clock != "08:00:00" || strings.Join(keys, " ") != "-same_day_again" {
			t.Errorf("got %+v, %v", signs, keys)
		}
	})
	t.Run("a contradiction is asked", func(t *testing.T) {
		t.Parallel()
		signs, keys := readLedger(t, r, row("09:00", "在岗"), row("", "请假"), row("09:00", "在岗"))
		if len(signs) != 0 || len(keys) != 3 {
			t.Errorf("got %+v, %v", signs, keys)
		}
	})
}

func TestFarSignInsAreMarked(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	var rows []string
	for _, day := range []string{"1", "2", "3", "4", "5", "6"} {
		rows = append(rows, "1,2025/3/"+day+",便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,113.10"+day+",26.10"+day+",,")
	}
	rows = append(rows,
		"1,2025/3/7,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,113.2,26.1,,",   // ten kilometres
		"1,2025/3/8,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,26.1,113.101,,", // exchanged
		"1,2025/3/9,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,0,0,,",
		"1,2025/3/10,便江街道,泉塘村,何孝忠,19900001001,08:00,在岗,200,12,,")
	signs, keys := readLedger(t, r, rows...)
	if len(signs) != 10 {
		t.Fatalf("got %d rows, want 10", len(signs))
	}
	for _, s := range signs {
		_, _, day := s.Day.Parts()
		if got, want := s.Odd, day == 7; got != want {
			t.Errorf("day %d: odd %t, want %t", day, got, want)
		}
	}
	if got, want := strings.Join(keys, " "), "coordinates_swapped coordinates_zero coordinates_far"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestALeaveListWithPhonesNeedsNoPlaces reads the columns that a county's own form has: the number tells who it is, without a
// word about the place; a number that nobody has leaves the row to be asked about.
func TestALeaveListWithPhonesNeedsNoPlaces(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	data := "姓名,手机号码,类别,起始日期,结束日期,批准人,备注\n" +
		"何孝忠,19900001001,病假,2025-03-03,2025-03-05,龙超,\n" +
		"某某某,13300000000,事假,2025-03-09,2025-03-10,龙超,\n"
	leaves, problems, err := intake.ReadLeave([]intake.File{{Name: "leave.csv", Data: []byte(data)}}, r)
	if err != nil || len(leaves) != 1 || leaves[0].Member != 1 || leaves[0].Kind != "sick" {
		t.Fatalf("got %+v, %v", leaves, err)
	}
	if len(problems) != 1 || !problems[0].LeftOut || problems[0].Row != 3 {
		t.Errorf("got %+v, want the second person only", problems)
	}
}

func TestLeaveListsAreRead(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	data := "姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人,备注\n" +
		"何孝忠,19900001001,便江街道,泉塘村,病假,2025-03-03,2025/3/5,龙 超,\n" +
		"何孝忠,,便江,泉塘,公出,2025年3月10日,2025.3.10,龙超,县里开会\n" +
		"何孝忠,,便江,泉塘,公出,2025年3月10日,2025.3.10,龙超,县里开会\n" +
		"何孝忠,19900001001,便江街道,泉塘村,病假,2025-03-09,2025-03-07,龙超,\n" +
		"何孝忠,19900001001,便江街道,泉塘村,不知道,2025-03-09,2025-03-10,龙超,\n" +
		"何孝忠,19900001001,便江街道,泉塘村,事假,3月9日,3月10日,龙超,\n" +
		"某某某,13300000000,便江街道,泉塘村,事假,2025-03-09,2025-03-10,龙超,\n"
	leaves, problems, err := intake.ReadLeave([]intake.File{{Name: "leave.csv", Data: []byte(data)}}, r)
	if err != nil {
		t.Fatal(err)
	}
	want := []inspections.Leave{
		{Member: 1, Kind: "sick", From: calendar.NewDate(2025, 3, 3), Until: calendar.NewDate(2025, 3, 5), Approver: "龙超"},
		{Member: 1, Kind: "travel", From: calendar.NewDate(2025, 3, 10), Until: calendar.NewDate(2025, 3, 10), Approver: "龙超", Note: "县里开会"},
	}
	if len(leaves) != 2 || leaves[0] != want[0] || leaves[1] != want[1] {
		t.Errorf("got %+v, want %+v", leaves, want)
	}
	var out []string
	for _, p := range problems {
		if p.LeftOut {
			out = append(out, p.Key)
		}
	}
	if got, want := strings.Join(out, " "), "duplicate_row date_order leave_kind_unknown date_year_unknown person_unknown"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
