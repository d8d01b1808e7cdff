package catalog

import "anfang.example/inspections"

// ClockStart says what set a clock going and which day was its first; "" for a clock whose day stands by itself.
func (c *Catalog) ClockStart(event inspections.ClockStart, first inspections.FirstDay) string {
	if event == "" || first == "" {
		return ""
	}
	return c.T("clock_first."+string(first), "event", c.Label("clock_start", event))
}
