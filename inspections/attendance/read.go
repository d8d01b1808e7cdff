package attendance

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Tx is what counting months needs of a transaction.
type Tx interface {
	SignDays(month calendar.Month) ([]inspections.SignIn, error) // a month's counting days
	Leaves(from, until calendar.Date) ([]inspections.Leave, error)
}

// ReadMonth counts a month from its records, by the thresholds in force on its last day; all is every setting
// ever recorded. Error: *calendar.MissingYearError.
func ReadMonth(tx Tx, roster *inspections.Roster, all []inspections.Setting, month calendar.Month, cal *calendar.Calendar) ([]MemberMonth, error) {
	days, err := tx.SignDays(month)
	if err != nil {
		return nil, err
	}
	leaves, err := tx.Leaves(month.First(), month.Last())
	if err != nil {
		return nil, err
	}
	return Month(roster, days, leaves, month, cal, inspections.SettingsOn(all, month.Last()))
}

// ReadMonths counts the months from the first to the last, both included.
func ReadMonths(tx Tx, roster *inspections.Roster, all []inspections.Setting, first, last calendar.Month, cal *calendar.Calendar) (map[calendar.Month][]MemberMonth, error) {
	months := map[calendar.Month][]MemberMonth{}
	for m := first; m.First() <= last.First(); m = m.Add(1) {
		lines, err := ReadMonth(tx, roster, all, m, cal)
		if err != nil {
			return nil, err
		}
		months[m] = lines
	}
	return months, nil
}
