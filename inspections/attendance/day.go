package attendance

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// LeaveTravel is the kind of a leave that is duty travel (公出).
const LeaveTravel = "travel"

// DayStatus says what the records know of a member's day: leave and duty travel that were reported to
// the office come first, then the township's ledger, of which the newest import of the day counts. ""
// means that nothing is known.
func DayStatus(ledger []inspections.SignIn, leaves []inspections.Leave, member inspections.MemberID, day calendar.Date) inspections.SignStatus {
	for _, l := range leaves {
		if l.Member == member && inspections.Covers(l.From, l.Until, day) {
			return leaveStatus(l)
		}
	}
	status, newest := inspections.SignStatus(""), inspections.ImportID(-1)
	for _, s := range ledger {
		if s.Member == member && s.Day == day && s.Import > newest {
			status, newest = s.Status, s.Import
		}
	}
	return status
}

func leaveStatus(l inspections.Leave) inspections.SignStatus {
	if l.Kind == LeaveTravel {
		return inspections.SignTravel
	}
	return inspections.SignLeave
}

type memberDay struct {
	member inspections.MemberID
	day    calendar.Date
}

// newest keeps, of each member's day, the row of the newest import; of one import, the first.
func newest(ledger []inspections.SignIn) map[memberDay]inspections.SignIn {
	days := make(map[memberDay]inspections.SignIn, len(ledger))
	for _, s := range ledger {
		key := memberDay{s.Member, s.Day}
		if have, ok := days[key]; !ok || s.Import > have.Import {
			days[key] = s
		}
	}
	return days
}
