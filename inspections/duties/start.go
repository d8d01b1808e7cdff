package duties

import (
	"errors"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Start says what sets a clock going and which day is the first that it counts.
type Start struct {
	Event inspections.ClockStart
	First inspections.FirstDay
}

// StartOf gives the start of a clock that an event sets going, under the settings of that day.
func StartOf(set inspections.Settings, event inspections.ClockStart) Start {
	return Start{event, inspections.FirstDay(set[inspections.SetFirstDay])}
}

// After gives the day after which a clock counts that starts on a day, so that a limit of n days ends on
// the n-th day after it. Error: *calendar.MissingYearError where the first working day cannot be told.
func (s Start) After(cal *calendar.Calendar, start calendar.Date) (calendar.Date, error) {
	switch s.First {
	case inspections.FirstSameDay:
		return start.Add(-1), nil
	case inspections.FirstNextWorkday:
		first, err := cal.AddWorkdays(start, 1)
		return first.Add(-1), err
	}
	return start, nil
}

// RunDays sets a clock of n calendar days going on a day: 24:00 of the last day, holidays or not (3.6).
// Where the first day cannot be told for want of a calendar, the clock stands undetermined.
func (o *Obligation) RunDays(cal *calendar.Calendar, start calendar.Date, n int, s Start) error {
	o.Length, o.Starts, o.FirstDay = n, s.Event, s.First
	after, err := s.After(cal, start)
	if err != nil {
		return o.wait(err)
	}
	o.DueDays(after, n)
	return nil
}

// RunWorkdays sets a clock of n working days going on a day, like DueWorkdays.
func (o *Obligation) RunWorkdays(cal *calendar.Calendar, start calendar.Date, n int, s Start) error {
	o.Workdays, o.Starts, o.FirstDay = n, s.Event, s.First
	after, err := s.After(cal, start)
	if err != nil {
		return o.wait(err)
	}
	return o.DueWorkdays(cal, after, n)
}

// wait leaves a clock without an end until the year is imported that it lacks; other errors are given back.
func (o *Obligation) wait(err error) error {
	var missing *calendar.MissingYearError
	if !errors.As(err, &missing) {
		return err
	}
	o.Due, o.Counted, o.Undetermined = calendar.Instant{}, "", fmt.Sprintf("calendar %d", missing.Year)
	return nil
}

// recount gives a clock that waited for a calendar its end, from the day it started.
func (o *Obligation) recount(cal *calendar.Calendar) error {
	s := Start{o.Starts, o.FirstDay}
	if o.Workdays > 0 {
		return o.RunWorkdays(cal, o.Started.Date(), o.Workdays, s)
	}
	return o.RunDays(cal, o.Started.Date(), o.Length, s)
}
