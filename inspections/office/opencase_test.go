package office_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

func TestACaseByHandIsAboutTheTeamAsItStoodOnTheDay(t *testing.T) {
	t.Parallel()
	d := open(t)
	open := func(day calendar.Date, members []inspections.MemberID, units []inspections.UnitID) error {
		_, err := d.OpenCase(t.Context(), clerk, office.HandCase{
			Kind: "absent", Team: 1, FactAt: calendar.InstantOf(day.At(8, 0)), Reason: "核实属实", Members: members, Units: units,
		})
		return err
	}
	tuesday := monday.Add(1)
	d.now = tuesday.At(9, 0)
	if err := d.ChangeUnit(t.Context(), clerk, 1, 2, 0, tuesday); err != nil {
		t.Fatal(err)
	}
	if _, err := d.EndPosting(t.Context(), clerk, office.Departure{Member: 2, Team: 1, Last: monday, Reason: "调离"}); err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		day     calendar.Date
		members []inspections.MemberID
		units   []inspections.UnitID
		want    string
	}{
		{tuesday, []inspections.MemberID{2}, nil, "case.member_elsewhere"},
		{tuesday, nil, []inspections.UnitID{0, 2}, "case.unit_elsewhere"},
		{monday, []inspections.MemberID{1, 99}, nil, "case.member_unknown"},
		{monday, nil, []inspections.UnitID{99}, "unit.unknown"},
		{tuesday, []inspections.MemberID{1}, []inspections.UnitID{0, 1}, ""},
		{monday, []inspections.MemberID{2}, []inspections.UnitID{2}, ""},
	} {
		if got := key(open(one.day, one.members, one.units)); got != one.want {
			t.Errorf("members %v, units %v on %v: got %q, want %q", one.members, one.units, one.day, got, one.want)
		}
	}
}
