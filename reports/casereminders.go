package reports

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// CaseReminder is one time that somebody was reminded of a clock of the case, or that it was handed to a higher person.
type CaseReminder struct {
	Clock duties.Kind
	duties.Reminder
}

// reminders adds who was reminded of the case's clocks and when.
func (f *CaseFile) reminders(tx Tx, _ *inspections.Roster) error {
	for _, o := range f.Clocks {
		list, err := tx.Reminders(o.ID)
		if err != nil {
			return err
		}
		for _, r := range list {
			f.Reminders = append(f.Reminders, CaseReminder{o.Kind, r})
		}
	}
	slices.SortStableFunc(f.Reminders, func(a, b CaseReminder) int { return a.At.Compare(b.At.Time) })
	return nil
}

// reported adds what the township reported of this matter.
func (f *CaseFile) reported(tx Tx, _ *inspections.Roster) (err error) {
	f.Reports, err = ReportsOf(tx, f.Case.ID)
	return err
}

// ReportsOf lists the reports that came to a case, by id: a township may write twice of one matter.
func ReportsOf(tx interface {
	Reports() ([]casework.Report, error)
}, id inspections.CaseID) ([]casework.Report, error) {
	list, err := tx.Reports()
	return slices.DeleteFunc(list, func(r casework.Report) bool { return r.Case != id }), err
}
