package attendance_test

import (
	"errors"
	"reflect"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"pgregory.net/rapid"
)

var march = calendar.Month{Year: 2025, Month: 3}

func day(d int) calendar.Date { return calendar.NewDate(2025, 3, d) }

// county has two townships (codes in reverse order of ids), a team in each, three members.
func county() *inspections.Roster {
	return &inspections.Roster{
		Townships: []inspections.Township{{ID: 1, Code: "431023104", Name: "b"}, {ID: 2, Code: "431023001", Name: "a"}, {ID: 3, Code: "431023200", Name: "c"}},
		Units:     []inspections.Unit{{ID: 7, Name: "u"}, {ID: 8, Name: "v"}},
		Teams:     []inspections.Team{{ID: 10, Township: 1, Village: "x"}, {ID: 20, Township: 2, Village: "y"}},
		Members:   []inspections.Member{{ID: 1}, {ID: 2}, {ID: 3}},
		Postings: []inspections.Posting{
			{ID: 1, Member: 1, Team: 10, Unit: 7, From: calendar.NewDate(2024, 5, 1)},
			{ID: 2, Member: 2, Team: 10, Unit: 8, From: calendar.NewDate(2024, 5, 1), Until: day(15)},
			{ID: 3, Member: 3, Team: 20, Unit: 7, From: day(17)},
		},
	}
}

func signed(m inspections.MemberID, team inspections.TeamID, days ...int) []inspections.SignIn {
	var list []inspections.SignIn
	for _, d := range days {
		list = append(list, inspections.SignIn{Member: m, Team: team, Day: day(d), Status: inspections.SignPresent, Import: 1})
	}
	return list
}

func span(from, until int) []int {
	var days []int
	for d := from; d <= until; d++ {
		days = append(days, d)
	}
	return days
}

func month(t *testing.T, r *inspections.Roster, ledger []inspections.SignIn, leaves []inspections.Leave) map[inspections.MemberID]attendance.MemberMonth {
	t.Helper()
	lines, err := attendance.Month(r, ledger, leaves, march, calendar.BuiltIn(), inspections.SettingsOn(nil, day(1)))
	if err != nil {
		t.Fatal(err)
	}
	by := map[inspections.MemberID]attendance.MemberMonth{}
	for _, l := range lines {
		by[l.Member] = l
	}
	return by
}

func TestTheThresholdIsMeasuredByTheDaysPosted(t *testing.T) {
	t.Parallel()
	got := month(t, county(), append(signed(1, 10, span(1, 20)...), signed(2, 10, span(1, 9)...)...), nil)
	if m := got[1]; m.Signed != 20 || m.Expected != 20 || !m.Reached || m.Posted != 31 {
		t.Errorf("a whole month: %+v", m)
	}
	// 20 × 15 of 31 days is 9.7: nine days are asked.
	if m := got[2]; m.Signed != 9 || m.Expected != 9 || !m.Reached || m.Until != day(15) {
		t.Errorf("who left on the 15th: %+v", m)
	}
	if m := got[3]; m.Posted != 15 || m.From != day(17) || m.Expected != 9 {
		t.Errorf("who came on the 17th: %+v", m)
	}
}

func TestWhatDidNotArriveIsNotReported(t *testing.T) {
	t.Parallel()
	r := county()
	lines, err := attendance.Month(r, signed(1, 10, 3), nil, march, calendar.BuiltIn(), inspections.SettingsOn(nil, day(1)))
	if err != nil {
		t.Fatal(err)
	}
	sums := attendance.Townships(r, lines)
	var order []inspections.TownshipID
	for _, s := range sums {
		order = append(order, s.Township)
	}
	if want := []inspections.TownshipID{2, 1, 3}; !reflect.DeepEqual(order, want) {
		t.Errorf("townships: got %v, want %v by code", order, want)
	}
	if sums[0].Reported || sums[0].Members != 1 || sums[0].Counted != 0 {
		t.Errorf("no ledger: %+v", sums[0])
	}
	if !sums[1].Reported || sums[1].Members != 2 || sums[1].Counted != 2 {
		t.Errorf("a ledger: %+v", sums[1])
	}
	units := attendance.Units(lines)
	if len(units) != 2 || units[0].Unit != 7 || units[0].Reported || units[0].Members != 2 || units[0].Counted != 1 || !units[1].Reported {
		t.Errorf("units: %+v", units)
	}
}

func TestADayCountsAsWhatItWas(t *testing.T) {
	t.Parallel()
	ledger := signed(1, 10, 1, 2, 3) // Saturday, Sunday, Monday
	ledger[2].Odd = true
	add := func(d int, status inspections.SignStatus) {
		ledger = append(ledger, inspections.SignIn{Member: 1, Team: 10, Day: day(d), Status: status, Import: 1})
	}
	add(4, inspections.SignLeave)
	add(5, inspections.SignTravel)
	add(6, inspections.SignAbsent)
	add(8, inspections.SignAbsent) // a Saturday: no absence
	add(12, inspections.SignAbsent)
	add(14, inspections.SignPresent)
	leaves := []inspections.Leave{
		{Member: 1, Kind: "sick", From: day(11), Until: day(12)},
		{Member: 1, Kind: attendance.LeaveTravel, From: day(13), Until: day(13)},
		{Member: 1, Kind: "personal", From: day(14), Until: day(16)}, // signed on the 14th, then a weekend
	}
	m := month(t, county(), ledger, leaves)[1]
	got := [8]int{m.Signed, m.Odd, m.Leave, m.Travel, m.Absent, m.Silent, m.Disputed, m.Expected}
	// Leave: 4, 11, 12. Travel: 5, 13. Absent: 6, and 7 and 10 of which the ledger is silent; after the
	// 14th nobody's ledger speaks.
	if want := [8]int{4, 1, 3, 2, 3, 2, 1, 20}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTheNewestImportOfADayCounts(t *testing.T) {
	t.Parallel()
	ledger := signed(1, 10, 3)
	later := ledger[0]
	later.Import, later.Status = 2, inspections.SignAbsent
	for name, list := range map[string][]inspections.SignIn{
		"in order": {ledger[0], later}, "in reverse": {later, ledger[0]},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if m := month(t, county(), list, nil)[1]; m.Signed != 0 || m.Absent != 1 {
				t.Errorf("got %+v", m)
			}
			if got, want := attendance.DayStatus(list, nil, 1, day(3)), inspections.SignAbsent; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestAnAbsenceAtAVisitIsCoveredByWhatIsOnRecord(t *testing.T) {
	t.Parallel()
	leaves := []inspections.Leave{
		{Member: 1, Kind: "sick", From: day(3), Until: day(4)},
		{Member: 1, Kind: attendance.LeaveTravel, From: day(5), Until: day(5)},
	}
	ledger := signed(1, 10, 3, 6)
	for d, want := range map[int]inspections.SignStatus{
		3: inspections.SignLeave, 4: inspections.SignLeave, 5: inspections.SignTravel, 6: inspections.SignPresent, 7: "",
	} {
		if got := attendance.DayStatus(ledger, leaves, 1, day(d)); got != want {
			t.Errorf("day %d: got %q, want %q", d, got, want)
		}
		if got := attendance.DayStatus(ledger, leaves, 2, day(d)); got != "" {
			t.Errorf("day %d of another: got %q", d, got)
		}
	}
}

func TestWhoChangesTeamsHasALineForEach(t *testing.T) {
	t.Parallel()
	r := county()
	r.Postings[0].Until = day(16)
	r.Postings = append(r.Postings, inspections.Posting{ID: 9, Member: 1, Team: 20, Unit: 7, From: day(17)})
	ledger := append(signed(1, 10, span(1, 16)...), signed(1, 20, span(17, 31)...)...)
	lines, err := attendance.Month(r, ledger, nil, march, calendar.BuiltIn(), inspections.SettingsOn(nil, day(1)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[inspections.TeamID]int{}
	for _, l := range lines {
		if l.Member == 1 {
			got[l.Team] = l.Signed
		}
	}
	if want := map[inspections.TeamID]int{10: 16, 20: 15}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if sum := attendance.Sum(lines); sum.Members != 3 {
		t.Errorf("persons: got %d, want 3", sum.Members)
	}
}

func TestAYearWithoutACalendarIsAnError(t *testing.T) {
	t.Parallel()
	_, err := attendance.Month(county(), nil, nil, calendar.Month{Year: 2027, Month: 1}, calendar.BuiltIn(), inspections.SettingsOn(nil, day(1)))
	var missing *calendar.MissingYearError
	if !errors.As(err, &missing) || missing.Year != 2027 {
		t.Errorf("got %v, want the missing year 2027", err)
	}
}

func TestDaysAreNeverCountedTwiceNorOutsideThePosting(t *testing.T) {
	t.Parallel()
	statuses := []inspections.SignStatus{inspections.SignPresent, inspections.SignLeave, inspections.SignTravel, inspections.SignAbsent}
	rapid.Check(t, func(t *rapid.T) {
		r := county()
		r.Postings[0].From = day(rapid.IntRange(1, 31).Draw(t, "from"))
		r.Postings[0].Until = r.Postings[0].From.Add(rapid.IntRange(0, 40).Draw(t, "days"))
		var ledger []inspections.SignIn
		for range rapid.IntRange(0, 60).Draw(t, "rows") {
			ledger = append(ledger, inspections.SignIn{
				Member: 1, Team: inspections.TeamID(10 * rapid.IntRange(1, 2).Draw(t, "team")), Day: day(rapid.IntRange(-5, 40).Draw(t, "day")),
				Status: rapid.SampledFrom(statuses).Draw(t, "status"), Import: inspections.ImportID(rapid.IntRange(0, 3).Draw(t, "import")),
			})
		}
		leave := inspections.Leave{Member: 1, Kind: "sick", From: day(rapid.IntRange(1, 31).Draw(t, "leave"))}
		leave.Until = leave.From.Add(rapid.IntRange(0, 10).Draw(t, "spell"))
		lines, err := attendance.Month(r, ledger, []inspections.Leave{leave}, march, calendar.BuiltIn(), inspections.SettingsOn(nil, day(1)))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range lines {
			if sum := m.Signed + m.Leave + m.Travel + m.Absent; sum > m.Posted || m.Silent > m.Absent || m.Odd > m.Signed || m.Disputed > m.Signed {
				t.Fatalf("%+v", m)
			}
			if m.Posted != int(m.Until-m.From)+1 || m.Expected > 20 {
				t.Fatalf("%+v", m)
			}
		}
	})
}
