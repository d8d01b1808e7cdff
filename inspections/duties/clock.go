package duties

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// DueDays sets the end of a limit of n calendar days counted from the day after start: 24:00 of the
// last day. It does not roll over holidays (3.6: within a week).
func (o *Obligation) DueDays(start calendar.Date, n int) {
	o.Due, o.Undetermined = calendar.InstantOf(start.Add(n).End()), ""
}

// DueWorkdays sets the end of a limit of n working days counted from the day after start (3.2b), and
// keeps how the days were counted: a later notice about a past day must not change what was due. A year
// without data leaves the clock undetermined; that is no error, the fact is recorded all the same.
func (o *Obligation) DueWorkdays(cal *calendar.Calendar, start calendar.Date, n int) error {
	o.Workdays = n
	days, err := CountDays(cal, start, n)
	if err != nil {
		return o.wait(err)
	}
	raw, err := json.Marshal(days)
	if err != nil {
		return fmt.Errorf("duties: counted days: %w", err)
	}
	o.Due, o.Counted, o.Undetermined = calendar.InstantOf(days[len(days)-1].Day.End()), string(raw), ""
	return nil
}

// Counted is one day of a clock: whether it counted, and the holiday's name where it has one.
type Counted struct {
	Day    calendar.Date `json:"day"`
	Counts bool          `json:"counts"`
	Name   string        `json:"name,omitempty"`
}

// CountDays lists the days after start up to the n-th working day (n ≥ 1), each with why it counts or
// does not. Error: *calendar.MissingYearError.
func CountDays(cal *calendar.Calendar, start calendar.Date, n int) ([]Counted, error) {
	var list []Counted
	for d, left := start, n; left > 0; {
		d = d.Add(1)
		day, err := cal.Day(d)
		if err != nil {
			return nil, err
		}
		if day.Workday {
			left--
		}
		list = append(list, Counted{d, day.Workday, day.Name})
	}
	return list, nil
}

// Days gives how a clock of working days was counted when it was set; none for other clocks.
func (o Obligation) Days() ([]Counted, error) {
	if o.Counted == "" {
		return nil, nil
	}
	var list []Counted
	if err := json.Unmarshal([]byte(o.Counted), &list); err != nil {
		return nil, fmt.Errorf("duties: obligation %d: counted days: %w", o.ID, err)
	}
	return list, nil
}

// Extend moves the end of a clock. The first end stays visible beside the new one. Errors: Conflict when
// it is done or undetermined, Invalid without a reason or for an end that is not later.
func (o *Obligation) Extend(until calendar.Instant, reason string, approver inspections.UserID) error {
	switch {
	case !o.Open() || o.Due.IsZero():
		return inspections.Fail(inspections.Conflict, "duty.not_running", "duty", int64(o.ID))
	case reason == "":
		return inspections.Fail(inspections.Invalid, "duty.reason_missing", "duty", int64(o.ID))
	case !until.After(o.Due.Time):
		return inspections.Fail(inspections.Invalid, "duty.not_later", "due", o.Due)
	}
	if o.FirstDue.IsZero() {
		o.FirstDue = o.Due
	}
	o.Due, o.Reason, o.ExtendedBy = until, reason, approver
	return nil
}

// Settle gives the undetermined clocks that a calendar can now count their end, from the day they
// started, and lists those it settled. Clocks that stand are left alone.
func Settle(tx Tx, cal *calendar.Calendar) ([]Obligation, error) {
	open, err := tx.Obligations(Filter{})
	if err != nil {
		return nil, err
	}
	var settled []Obligation
	for _, o := range open {
		if o.Undetermined == "" || o.Workdays == 0 && o.Length == 0 {
			continue
		}
		if err := o.recount(cal); err != nil {
			return nil, err
		}
		if o.Undetermined != "" {
			continue
		}
		if err := tx.SaveObligation(o); err != nil {
			return nil, err
		}
		settled = append(settled, o)
	}
	return settled, nil
}
