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

// CheckTx is what comparing the records of a month needs of a transaction.
type CheckTx interface {
	SignIns(from, until calendar.Date) ([]inspections.SignIn, error)
	Leaves(from, until calendar.Date) ([]inspections.Leave, error)
	Visits(inspections.VisitFilter) ([]inspections.Visit, error)
	Attendances(inspections.VisitID) ([]inspections.Attendance, error)
}

// ReadContradictions compares a month's ledgers, leave and completed visits; all is everything ever set.
func ReadContradictions(tx CheckTx, roster *inspections.Roster, all []inspections.Setting, month calendar.Month) ([]Contradiction, error) {
	ledger, err := tx.SignIns(month.First(), month.Last())
	if err != nil {
		return nil, err
	}
	leaves, err := tx.Leaves(month.First(), month.Last())
	if err != nil {
		return nil, err
	}
	visits, err := tx.Visits(inspections.VisitFilter{
		State: inspections.VisitCompleted, From: calendar.InstantOf(month.First().Start()), Until: calendar.InstantOf(month.Last().End()),
	})
	if err != nil {
		return nil, err
	}
	var seen []Seen
	for _, v := range visits {
		lines, err := tx.Attendances(v.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			seen = append(seen, Seen{Visit: v.ID, Member: l.Member, Day: v.Start.Date(), Absent: l.Presence != inspections.Present})
		}
	}
	return Contradictions(roster, ledger, leaves, seen, month, all), nil
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
