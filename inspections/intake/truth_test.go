package intake_test

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// wantExact is the share of member-months whose number of signed days must be exactly the true one; what
// stays open are homonyms without a number, who are asked.
const wantExact = 0.995

// identities maps members of a roster to persons of the truth: township, village, name and phone (the
// truth's own running numbers differ between its tables).
func identities(t *testing.T, r *inspections.Roster) map[inspections.MemberID]string {
	t.Helper()
	townships := map[inspections.TownshipID]string{}
	for _, x := range r.Townships {
		townships[x.ID] = x.Name
	}
	villages := map[string]string{} // by code; a roster may know a village by its short name only
	for _, row := range truth(t, "工作队.csv") {
		villages[row["村代码"]] = row["村（社区）"]
	}
	place := map[inspections.TeamID]string{}
	for _, x := range r.Teams {
		place[x.ID] = townships[x.Township] + cmp.Or(villages[x.VillageCode], x.Village)
	}
	byPlace := map[string][]map[string]string{}
	for _, row := range truth(t, "队员.csv") {
		key := row["乡镇（街道）"] + row["村（社区）"]
		byPlace[key] = append(byPlace[key], row)
	}
	members := map[inspections.MemberID]inspections.Member{}
	for _, m := range r.Members {
		members[m.ID] = m
	}
	who := map[inspections.MemberID]string{}
	taken := map[string]bool{}
	for _, p := range r.Postings {
		m := members[p.Member]
		for _, row := range byPlace[place[p.Team]] {
			if (m.Phone == row["手机号码"] || m.Phone == "" && m.Name == row["姓名"]) && !taken[person(row)] {
				who[m.ID] = person(row)
				taken[person(row)] = true
				break
			}
		}
	}
	return who
}

func person(row map[string]string) string {
	township, village := row["乡镇"], row["村"]
	if township == "" {
		township, village = row["乡镇（街道）"], row["村（社区）"]
	}
	return township + " " + village + " " + row["姓名"] + " " + row["手机号码"]
}

type dayOf struct{ member, day string }

// trueDays gives the status of every member's day and whether it was signed far away.
func trueDays(t *testing.T) (map[dayOf]string, map[dayOf]bool) {
	t.Helper()
	status, odd := map[dayOf]string{}, map[dayOf]bool{}
	for _, row := range truth(t, "签到_真值.csv.gz") {
		key := dayOf{person(row), row["日期"]}
		status[key] = row["状态"]
		odd[key] = row["异地"] == "1"
	}
	return status, odd
}

// trueMonths gives rows by member and month.
func trueMonths(t *testing.T) map[dayOf]map[string]string {
	t.Helper()
	by := map[dayOf]map[string]string{}
	for _, row := range truth(t, "月度汇总_真值.csv") {
		by[dayOf{person(row), row["月"]}] = row
	}
	return by
}

var plainStatus = map[inspections.SignStatus]string{
	inspections.SignPresent: "在岗", inspections.SignLeave: "请假", inspections.SignTravel: "公出", inspections.SignAbsent: "未签到",
}

func TestMonthsEqualTheTruthFromEveryFormOfTheRoster(t *testing.T) {
	t.Parallel()
	files := ledgers(t)
	status, odd := trueDays(t)
	months := trueMonths(t)
	settings := inspections.SettingsOn(nil, calendar.NewDate(2025, 3, 1))
	for form := range rosterForms {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			rows, _ := readForm(t, form)
			roster := rosterOf(rows)
			who := identities(t, roster)
			if got, want := len(who), 745; got != want {
				t.Errorf("members known: got %d, want %d", got, want)
			}
			var order []calendar.Month
			for m := range files {
				if form == "csv in UTF-8" || m.Month == 3 || m.Month == 10 {
					order = append(order, m)
				}
			}
			sort.Slice(order, func(i, j int) bool { return order[i].Month < order[j].Month })
			for _, month := range order {
				signs, problems, err := intake.ReadSignIns(load(t, files[month]), roster, calendar.Month{}, nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range signs {
					key := dayOf{who[s.Member], s.Day.String()}
					if got, want := plainStatus[s.Status], status[key]; got != want {
						t.Errorf("%s row %d: member %s on %s: got %q, truth says %q", month, s.Row, key.member, key.day, got, want)
					}
					if s.Odd && !odd[key] {
						t.Errorf("%s row %d: member %s on %s: called far away", month, s.Row, key.member, key.day)
					}
				}
				lines, err := attendance.Month(roster, signs, nil, month, calendar.BuiltIn(), settings)
				if err != nil {
					t.Fatal(err)
				}
				missing := compareMonth(t, month, lines, who, months)
				asked := 0
				for _, p := range problems {
					asked += count(p.LeftOut && !harmless[p.Key])
				}
				if missing > asked {
					t.Errorf("%s: %d days are missing and only %d rows are asked", month, missing, asked)
				}
			}
		})
	}
}

// harmless are the keys of rows that are left out without losing a day.
var harmless = map[string]bool{"duplicate_row": true, "same_day_again": true, "blank_row": true, "repeated_header": true}

// compareMonth gives how many signed days the count lacks.
func compareMonth(t *testing.T, month calendar.Month, lines []attendance.MemberMonth, who map[inspections.MemberID]string, months map[dayOf]map[string]string) int {
	t.Helper()
	missing := 0
	exact, rows, leave, travel, absent, odd, reached, whole := 0, 0, 0, 0, 0, 0, 0, 0
	seen := map[string]bool{}
	for _, m := range lines {
		key := dayOf{who[m.Member], strconv.Itoa(int(month.Month))}
		want, ok := months[key]
		if !ok {
			if m.Signed > 0 {
				t.Errorf("%s: member %s was credited %d days in a month without posting", month, key.member, m.Signed)
			}
			continue
		}
		rows++
		seen[key.member] = true
		number := func(column string) int {
			n, err := strconv.Atoi(want[column])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if m.Signed > number("签到天数") {
			t.Errorf("%s: member %s: got %d days, more than the true %d", month, key.member, m.Signed, number("签到天数"))
		}
		missing += number("签到天数") - m.Signed
		exact += count(m.Signed == number("签到天数"))
		leave += count(m.Leave == number("请假天数"))
		travel += count(m.Travel == number("公出天数"))
		absent += count(m.Absent == number("工作日无故未签到"))
		odd += count(m.Odd == number("异地签到"))
		if m.Posted == month.Days() {
			whole++
			reached += count(m.Reached == (want["满20天"] == "1"))
		}
	}
	all := 0
	for key := range months {
		if key.day == strconv.Itoa(int(month.Month)) {
			all++
			if !seen[key.member] {
				t.Logf("%s: member %s has no line", month, key.member)
			}
		}
	}
	share := float64(exact) / float64(all)
	t.Logf("%s: %d of %d member-months exact (%.2f%%); leave %d, travel %d, absent %d, odd %d of %d; threshold %d of %d whole months",
		month, exact, all, 100*share, leave, travel, absent, odd, rows, reached, whole)
	if share < wantExact {
		t.Errorf("%s: got %.4f exact, want at least %.4f", month, share, wantExact)
	}
	if share := float64(reached) / float64(whole); share < 0.98 {
		t.Errorf("%s: got %.4f of the thresholds right, want at least 0.98", month, share)
	}
	if share := float64(absent) / float64(rows); share < 0.975 {
		t.Errorf("%s: got %.4f of the absences right, want at least 0.975", month, share)
	}
	return missing
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestTheRosterEqualsTheTruth(t *testing.T) {
	t.Parallel()
	villages := map[string]map[string]string{}
	for _, row := range truth(t, "工作队.csv") {
		villages[row["乡镇（街道）"]+row["村（社区）"]] = row
	}
	members := map[string]map[string]string{}
	for _, row := range truth(t, "队员.csv") {
		members[row["乡镇（街道）"]+row["村（社区）"]+row["姓名"]+row["手机号码"]] = row
	}
	for form := range rosterForms {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			rows, problems := readForm(t, form)
			if got, want := len(rows.Townships), 16; got != want {
				t.Errorf("townships: got %d, want %d", got, want)
			}
			if got, want := len(rows.Teams), 260; got != want {
				t.Errorf("teams: got %d, want %d", got, want)
			}
			if got, want := len(rows.Members), 745; got != want {
				t.Errorf("members: got %d, want %d", got, want)
			}
			for _, team := range rows.Teams {
				want, ok := villages[team.Township+team.Village]
				if !ok {
					t.Errorf("team %s %s does not exist", team.Township, team.Village)
					continue
				}
				if team.VillageCode != "" && team.VillageCode != want["村代码"] {
					t.Errorf("village code of %s: got %s, want %s", team.Village, team.VillageCode, want["村代码"])
				}
				if !slices.Contains(team.Units, want["帮扶单位"]) {
					t.Errorf("units of %s: got %v, want %s among them", team.Village, team.Units, want["帮扶单位"])
				}
				if !team.From.IsZero() && team.From.String() != want["进驻时间"] {
					t.Errorf("first day of %s: got %s, want %s", team.Village, team.From, want["进驻时间"])
				}
			}
			wrong := 0
			for _, m := range rows.Members {
				want, ok := members[m.Township+m.Village+m.Name+m.Phone]
				if !ok {
					wrong++ // number or a character missing, and listed as such below
					continue
				}
				if m.Unit != want["派出单位"] {
					t.Errorf("unit of %s: got %q, want %q", m.Name, m.Unit, want["派出单位"])
				}
				if !m.From.IsZero() && m.From.String() != want["驻村起始时间"] {
					t.Errorf("first day of %s: got %s, want %s", m.Name, m.From, want["驻村起始时间"])
				}
				if m.Until.String() != want["离队时间"] && form != "flat sheet with other headers" { // it has no such column
					t.Errorf("last day of %s: got %s, want %q", m.Name, m.Until, want["离队时间"])
				}
			}
			listed := 0
			for _, p := range problems {
				switch p.Key {
				case "phone_missing", "phone_digits", "phone_shared", "lost_character":
					listed++
				}
			}
			if wrong > listed {
				t.Errorf("%d members differ from the truth and only %d rows are listed", wrong, listed)
			}
		})
	}
}
