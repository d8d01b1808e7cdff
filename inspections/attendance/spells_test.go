package attendance_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

// A weekend does not break a spell of leave, a working day does; each spell names the rows that tell of it.
func TestSpellsOfLeaveNameTheirRows(t *testing.T) {
	t.Parallel()
	leaveOn := func(m inspections.MemberID, d, row int) inspections.SignIn {
		return inspections.SignIn{Member: m, Day: day(d), Status: inspections.SignLeave, Import: 3, Row: row}
	}
	ledger := []inspections.SignIn{leaveOn(2, 14, 7), leaveOn(2, 17, 8), leaveOn(2, 19, 9), {Member: 2, Day: day(20), Status: inspections.SignPresent, Import: 3, Row: 10}}
	leaves := []inspections.Leave{
		{ID: 5, Member: 1, Kind: "sick", From: day(1).Add(-2), Until: day(3)},
		{ID: 6, Member: 1, Kind: attendance.LeaveTravel, From: day(10), Until: day(11)},
		{ID: 7, Member: 2, Kind: "personal", From: day(17), Until: day(17)},
	}
	got, err := attendance.LeaveSpells(ledger, leaves, march, calendar.BuiltIn())
	if err != nil || len(got) != 3 {
		t.Fatalf("got %+v, %v, want one spell of the first and two of the second", got, err)
	}
	if s := got[0]; s.Member != 1 || s.From != day(1) || s.Until != day(3) || len(s.Leaves) != 1 || s.Leaves[0] != 5 || len(s.Ledger) != 0 {
		t.Errorf("got %+v, want leave 5 within the month", s)
	}
	if s := got[1]; s.Member != 2 || s.From != day(14) || s.Until != day(17) || len(s.Leaves) != 1 || len(s.Ledger) != 2 || s.Ledger[1].Row != 8 {
		t.Errorf("got %+v, want one spell over the weekend", s)
	}
	if s := got[2]; s.From != day(19) || len(s.Ledger) != 1 || s.Ledger[0] != (attendance.LedgerRow{Import: 3, Row: 9}) {
		t.Errorf("got %+v, want the leave after a working day by itself", s)
	}
}
