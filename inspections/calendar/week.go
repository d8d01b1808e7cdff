package calendar

import (
	"fmt"
	"time"
)

// Week is an ISO 8601 week, Monday 00:00 to Sunday 24:00 in Asia/Shanghai.
type Week struct {
	Year   int `json:"year" db:"iso_year"`
	Number int `json:"week" db:"iso_week"`
}

// WeekOf gives the week in which d falls.
func WeekOf(d Date) Week {
	y, w := d.utc().ISOWeek()
	return Week{y, w}
}

// ParseWeek reads "2025-W11" and refuses weeks the year does not have.
func ParseWeek(s string) (Week, error) {
	var w Week
	var tail string
	if n, _ := fmt.Sscanf(s, "%4d-W%2d%s", &w.Year, &w.Number, &tail); n != 2 || w.String() != s || WeekOf(w.Monday()) != w {
		return Week{}, fmt.Errorf("calendar: %q is not a week of the form 2025-W11", s)
	}
	return w, nil
}

// Monday gives the first day of the week.
func (w Week) Monday() Date {
	// 4 January is always in week 1.
	jan4 := NewDate(w.Year, time.January, 4)
	back := (int(jan4.Weekday()) + 6) % 7
	return jan4.Add(7*(w.Number-1) - back)
}

// Sunday gives the last day of the week.
func (w Week) Sunday() Date { return w.Monday().Add(6) }

// Add gives the week n weeks later; n may be negative.
func (w Week) Add(n int) Week { return WeekOf(w.Monday().Add(7 * n)) }

// Before reports whether w lies before o.
func (w Week) Before(o Week) bool {
	return w.Year < o.Year || w.Year == o.Year && w.Number < o.Number
}

// Month gives the month of a week that crosses two: that of its Sunday (BULLETIN.md).
func (w Week) Month() Month { return MonthOf(w.Sunday()) }

// String gives "2025-W11".
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// Month is a calendar month.
type Month struct {
	Year  int        `json:"year"`
	Month time.Month `json:"month"`
}

// MonthOf gives the month of d.
func MonthOf(d Date) Month {
	y, m, _ := d.Parts()
	return Month{y, m}
}

// ParseMonth reads "2025-03".
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return Month{}, fmt.Errorf("calendar: %q is not a month of the form 2025-03", s)
	}
	return Month{t.Year(), t.Month()}, nil
}

// First gives the month's first day.
func (m Month) First() Date { return NewDate(m.Year, m.Month, 1) }

// Last gives the month's last day.
func (m Month) Last() Date { return NewDate(m.Year, m.Month+1, 0) }

// Add gives the month n months later; n may be negative.
func (m Month) Add(n int) Month { return MonthOf(NewDate(m.Year, m.Month+time.Month(n), 1)) }

// Days gives the number of days in the month.
func (m Month) Days() int { return int(m.Last()-m.First()) + 1 }

// Holds reports whether d lies in the month.
func (m Month) Holds(d Date) bool { return MonthOf(d) == m }

// Weeks lists the weeks whose Sunday lies in the month, in order.
func (m Month) Weeks() []Week {
	var weeks []Week
	for w := WeekOf(m.First()); !w.Sunday().After(m.Last()); w = w.Add(1) {
		if m.Holds(w.Sunday()) {
			weeks = append(weeks, w)
		}
	}
	return weeks
}

// After reports whether d lies after o.
func (d Date) After(o Date) bool { return d > o }

// String gives "2025-03".
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }
