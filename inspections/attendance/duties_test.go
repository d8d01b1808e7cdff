package attendance_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

func TestRecordsThatDisagreeAreListed(t *testing.T) {
	t.Parallel()
	day := func(n int) calendar.Date { return calendar.NewDate(2025, time.March, n) }
	roster := &inspections.Roster{
		Teams: []inspections.Team{{ID: 1, Township: 1}},
		Postings: []inspections.Posting{
			{ID: 1, Member: 1, Team: 1, From: day(1)}, {ID: 2, Member: 2, Team: 1, From: day(1), Until: day(10)}, {ID: 3, Member: 3, Team: 1, From: day(1)},
		},
	}
	sign := func(m inspections.MemberID, n int, clock, marks string, odd bool) inspections.SignIn {
		return inspections.SignIn{Member: m, Team: 1, Day: day(n), Clock: clock, Status: inspections.SignPresent, Marks: marks, Odd: odd}
	}
	ledger := []inspections.SignIn{
		sign(1, 3, "08:01:00", "located two_places", false), sign(1, 4, "08:12:00", "located same_spot", true),
		sign(1, 5, "08:20:00", "", false), sign(1, 6, "08:30:00", "", false), sign(2, 12, "08:00:00", "", false),
	}
	for n := 1; n <= 9; n++ {
		ledger = append(ledger, sign(3, n, "08:00:30", "", false))
	}
	leaves := []inspections.Leave{{Member: 1, Kind: "sick", From: day(5), Until: day(5)}, {Member: 3, Kind: "travel", From: day(2), Until: day(2)}}
	seen := []attendance.Seen{{Visit: 7, Member: 1, Day: day(6), Absent: true}, {Visit: 7, Member: 3, Day: day(6)}}
	got := map[attendance.ContradictionKind][]inspections.MemberID{}
	for _, c := range attendance.Contradictions(roster, ledger, leaves, seen, calendar.Month{Year: 2025, Month: 3}, nil) {
		got[c.Kind] = append(got[c.Kind], c.Member)
		if c.Kind == attendance.SameMinute && (c.Detail != "08:00" || len(c.Days) != 9) || c.Kind == attendance.NotFoundOnVisit && c.Detail != "visit/7" {
			t.Errorf("got %+v", c)
		}
	}
	for kind, want := range map[attendance.ContradictionKind]inspections.MemberID{
		attendance.NotFoundOnVisit: 1, attendance.OnLeave: 1, attendance.TwoPlaces: 1, attendance.OddPlace: 1,
		attendance.SameSpot: 1, attendance.SameMinute: 3, attendance.AfterLeaving: 2,
	} {
		if !slices.Equal(got[kind], []inspections.MemberID{want}) {
			t.Errorf("%s: got members %v, want %d", kind, got[kind], want)
		}
	}
}

// Eight of ten sign-ins at one minute are listed by what the notice's program takes for no chance, and not by a county
// that wants nine days or nine tenths.
func TestTheSameMinuteIsMeasuredBySettings(t *testing.T) {
	t.Parallel()
	month := calendar.Month{Year: 2025, Month: 3}
	roster := &inspections.Roster{Postings: []inspections.Posting{{ID: 1, Member: 1, Team: 1, From: month.First()}}}
	var ledger []inspections.SignIn
	for n := range 10 {
		s := inspections.SignIn{Member: 1, Team: 1, Day: month.First().Add(n), Clock: "08:00:30", Status: inspections.SignPresent}
		if n >= 8 {
			s.Clock = fmt.Sprintf("09:%02d:00", n)
		}
		ledger = append(ledger, s)
	}
	for _, c := range []struct {
		key, value string
		want       int
	}{{"", "", 1}, {inspections.SetMinuteDays, "9", 0}, {inspections.SetMinuteShare, "81", 0}, {inspections.SetMinuteShare, "80", 1}} {
		all := []inspections.Setting{{Key: c.key, Value: c.value, From: month.First()}}
		if got := attendance.Contradictions(roster, ledger, nil, nil, month, all); len(got) != c.want {
			t.Errorf("%s %s: got %v, want %d lines", c.key, c.value, got, c.want)
		}
	}
}

func TestGapsOfTheRosterAreNamed(t *testing.T) {
	t.Parallel()
	today := calendar.NewDate(2025, time.March, 10)
	deputy := inspections.Holder{Party: inspections.Party{Kind: inspections.PartyTownship, ID: 2}, Post: inspections.PostDeputy, Name: "龙超"}
	roster := &inspections.Roster{
		Townships: []inspections.Township{{ID: 1, Code: "431023002"}, {ID: 2, Code: "431023001"}},
		Teams:     []inspections.Team{{ID: 1, Township: 2}, {ID: 2, Township: 2, Until: today.Add(-1)}},
		Units:     []inspections.Unit{{ID: 1}},
		TeamUnits: []inspections.TeamUnit{{Team: 1, Unit: 1}},
		Postings:  []inspections.Posting{{ID: 1, Member: 1, Team: 1, Unit: 1}},
		Holders:   []inspections.Holder{deputy},
	}
	links := []inspections.TownshipLink{{ID: 1, Township: 2, Kind: inspections.LinkLeadUnit, Unit: 1, From: today}, {ID: 2, Township: 1, Kind: inspections.LinkLeadUnit, Unit: 1, From: today.Add(1)}}
	var got []string
	for _, g := range attendance.Gaps(roster, links, today) {
		got = append(got, g.Key)
	}
	want := []string{"no_resident", "no_county_leader", "no_head", "no_team", "no_deputy", "no_resident", "no_lead_unit", "no_county_leader"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
