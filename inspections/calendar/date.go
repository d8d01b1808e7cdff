package calendar

import (
	"database/sql/driver"
	"fmt"
	"time"
	_ "time/tzdata" // the office's zone must exist on a bare machine
)

// Shanghai is the zone of every date and hour an office speaks of.
var Shanghai = mustLoad("Asia/Shanghai")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(fmt.Sprintf("calendar: embedded zone data lacks %s: %v", name, err))
	}
	return loc
}

// Date is a day of the office in Asia/Shanghai, counted in days since 1970-01-01 plus one, so that
// the zero value means "no date". Dates compare with < and ==. As text and in the database a Date is
// "2006-01-02"; no date is the empty string.
type Date int32

// NewDate gives the day; values out of range roll over as in [time.Date].
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400 + 1)
}

// DateOf gives the day on which t falls in Asia/Shanghai.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Shanghai).Date()
	return NewDate(y, m, d)
}

// ParseDate reads "2006-01-02".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("calendar: %q is not a date of the form 2006-01-02", s)
	}
	return NewDate(t.Date()), nil
}

func (d Date) utc() time.Time { return time.Unix(int64(d-1)*86400, 0).UTC() }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Parts gives year, month and day.
func (d Date) Parts() (int, time.Month, int) { return d.utc().Date() }

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Add gives the day n days later; n may be negative.
func (d Date) Add(n int) Date { return d + Date(n) }

// AddMonths gives the day of the same number n months later or, where that month has none, its last day (Civil
// Code 2020, article 202; General Provisions 2017, article 202): one month from 31 March ends on 30 April.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Parts()
	last := NewDate(y, m+time.Month(n)+1, 1).Add(-1)
	return min(NewDate(y, m+time.Month(n), 1).Add(day-1), last)
}

// At gives the moment of hour and minute of d in Asia/Shanghai. At(24, 0) is the end of the day.
func (d Date) At(hour, minute int) time.Time {
	y, m, day := d.Parts()
	return time.Date(y, m, day, hour, minute, 0, 0, Shanghai)
}

// Start gives 00:00 of d.
func (d Date) Start() time.Time { return d.At(0, 0) }

// End gives 24:00 of d: time limits that are counted in days end there.
func (d Date) End() time.Time { return d.At(24, 0) }

// String gives "2006-01-02", or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores d as text.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads d from text.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case nil:
		*d = 0
		return nil
	}
	return fmt.Errorf("calendar: cannot read a date from %T", src)
}
