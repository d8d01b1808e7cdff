package portal

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// dutyParties are the parties by whom the list is narrowed, in the order of the notice.
var dutyParties = []string{
	string(inspections.PartyTownship), string(inspections.PartyUnit), string(inspections.PartyCounty),
	string(inspections.PartyDepartment), string(inspections.PartyFinance), string(inspections.PartyResident),
}

// dutyDay is one day of the calendar of what is due.
type dutyDay struct {
	Day   calendar.Date
	Owed  int
	Today bool
}

// calendarDays is how far the calendar of what is due looks ahead.
const calendarDays = 35

// dutyDays counts what is still owed by its last day, from today on; days without any are left away.
func dutyDays(owed []duties.Obligation, now calendar.Instant) []dutyDay {
	counts := map[calendar.Date]int{}
	for _, o := range owed {
		if o.Open() && !o.Due.IsZero() {
			counts[lastDay(o.Due)]++
		}
	}
	var days []dutyDay
	for d := now.Date(); d < now.Date().Add(calendarDays); d = d.Add(1) {
		if counts[d] > 0 {
			days = append(days, dutyDay{d, counts[d], d == now.Date()})
		}
	}
	return days
}

// lastDay gives the day that a time ends: 24:00 belongs to the day before.
func lastDay(due calendar.Instant) calendar.Date {
	if d := due.Date(); due.Equal(d.Start()) {
		return d.Add(-1)
	}
	return due.Date()
}

// maySettle reports whether the person may settle an obligation with one line: what the catalog asks of
// others, by the office or by the body itself.
func maySettle(x *exchange, o duties.Obligation) bool {
	rule, known := duties.RuleOf(duties.Catalog(), o.Kind, o.Clause, o.Started.Date())
	if !o.Open() || !known || rule.Kept {
		return false
	}
	return x.actor().Is(clerks...) || actsForBody(x.who) && o.Party == x.who.Party
}
