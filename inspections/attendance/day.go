package attendance

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// DayStatus says what the records know of a member's day: leave and duty travel that were reported to
// the office come first, then the township's ledger. "" means that nothing is known.
func DayStatus(ledger []inspections.SignIn, leaves []inspections.Leave, member inspections.MemberID, day calendar.Date) inspections.SignStatus {
	for _, l := range leaves {
		if l.Member == member && inspections.Covers(l.From, l.Until, day) {
			if l.Kind == LeaveTravel {
				return inspections.SignTravel
			}
			return inspections.SignLeave
		}
	}
	for _, s := range ledger {
		if s.Member == member && s.Day == day {
			return s.Status
		}
	}
	return ""
}

// LeaveTravel is the kind of a leave that is duty travel (公出).
const LeaveTravel = "travel"
