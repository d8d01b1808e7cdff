package duties

import (
	"errors"
	"fmt"

	"anfang.example/inspections/calendar"
)

// DueDays sets the end of a limit of n calendar days counted from the day after start: 24:00 of the
// last day. It does not roll over holidays (3.6: within a week).
func (o *Obligation) DueDays(start calendar.Date, n int) {
	o.Due, o.Undetermined = calendar.InstantOf(start.Add(n).End()), ""
}

// DueWorkdays sets the end of a limit of n working days counted from the day after start (3.2b). A year
// without data leaves the clock undetermined; that is no error, the fact is recorded all the same.
func (o *Obligation) DueWorkdays(cal *calendar.Calendar, start calendar.Date, n int) error {
	day, err := cal.AddWorkdays(start, n)
	var missing *calendar.MissingYearError
	switch {
	case errors.As(err, &missing):
		o.Due, o.Undetermined = calendar.Instant{}, fmt.Sprintf("calendar %d", missing.Year)
	case err != nil:
		return err
	default:
		o.Due, o.Undetermined = calendar.InstantOf(day.End()), ""
	}
	return nil
}
