package calendar

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// instantLayout is fixed in width and sorts as text; every time column of both databases has it.
const instantLayout = "2006-01-02T15:04:05.000000Z"

// Instant is a moment in UTC with microseconds. The zero value means "not yet" and is stored as "".
type Instant struct{ time.Time }

// InstantOf gives t in UTC, cut to microseconds so that what is read back equals what was written.
func InstantOf(t time.Time) Instant {
	if t.IsZero() {
		return Instant{}
	}
	return Instant{t.UTC().Truncate(time.Microsecond)}
}

// Text gives the stored form, "" for the zero value.
func (i Instant) Text() string {
	if i.IsZero() {
		return ""
	}
	return i.UTC().Format(instantLayout)
}

// Local gives the moment in Asia/Shanghai.
func (i Instant) Local() time.Time { return i.In(Shanghai) }

// Date gives the office's day of the moment.
func (i Instant) Date() Date { return DateOf(i.Time) }

// MarshalText implements encoding.TextMarshaler.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.Text()), nil }

// MarshalJSON overrides the embedded time's form with the fixed-width one.
func (i Instant) MarshalJSON() ([]byte, error) { return []byte(`"` + i.Text() + `"`), nil }

// UnmarshalJSON reads the fixed-width form.
func (i *Instant) UnmarshalJSON(b []byte) error {
	if len(b) < 2 || b[0] != '"' {
		return fmt.Errorf("calendar: %s is not a time", b)
	}
	return i.UnmarshalText(b[1 : len(b)-1])
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero value.
func (i *Instant) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*i = Instant{}
		return nil
	}
	t, err := time.Parse(instantLayout, string(b))
	if err != nil {
		return fmt.Errorf("calendar: %q is not a stored time", b)
	}
	*i = Instant{t}
	return nil
}

// Value stores the moment as text.
func (i Instant) Value() (driver.Value, error) { return i.Text(), nil }

// Scan reads the moment from text.
func (i *Instant) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return i.UnmarshalText([]byte(v))
	case []byte:
		return i.UnmarshalText(v)
	case nil:
		*i = Instant{}
		return nil
	}
	return fmt.Errorf("calendar: cannot read a time from %T", src)
}
