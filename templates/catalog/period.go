package catalog

import (
	"fmt"

	"anfang.example/inspections/calendar"
)

// Period gives the period of a duty as people say it: a day, a week, a month, a quarter ("2025-Q1") or a
// year; what is none of them is given back.
func (c *Catalog) Period(name string) string {
	if w, err := calendar.ParseWeek(name); err == nil {
		return c.Week(w)
	}
	if m, err := calendar.ParseMonth(name); err == nil {
		return c.Month(m)
	}
	if d, err := calendar.ParseDate(name); err == nil {
		return c.Date(d)
	}
	var year, quarter int
	if n, err := fmt.Sscanf(name, "%4d-Q%1d", &year, &quarter); n == 2 && err == nil {
		return c.T("period.quarter", "year", year, "quarter", quarter)
	}
	if n, err := fmt.Sscanf(name, "%4d", &year); n == 1 && err == nil && len(name) == 4 {
		return c.T("period.year", "year", year)
	}
	return name
}
