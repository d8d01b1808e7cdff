package portal

import (
	"time"

	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// timing is a moment as pages show it: words, the full date on hover, a class for what is over.
type timing struct {
	ISO   string
	Full  string
	Text  string
	Rest  string // what is left or over, of the end of a limit
	Class string // "late", "soon" or ""
}

// at shows a moment that has passed or is planned.
func at(c *catalog.Catalog, i calendar.Instant) timing {
	if i.IsZero() {
		return timing{}
	}
	return timing{ISO: i.Local().Format(time.RFC3339), Full: c.FullMoment(i.Time), Text: c.Moment(i.Time)}
}

// on is at, with the year of a moment that is not of this year.
func on(c *catalog.Catalog, now, i calendar.Instant) timing {
	t := at(c, i)
	year, _, _ := now.Date().Parts()
	t.Text = c.MomentIn(year, i.Time)
	return t
}

// within shows the end of a limit and what is left of it, or by how much it is over.
func within(c *catalog.Catalog, now, due calendar.Instant) timing {
	if due.IsZero() {
		return timing{}
	}
	t := on(c, now, due)
	t.Text = c.T("portal.time.by", "time", t.Text)
	if t.Text[len(t.Text)-1] < 0x80 { // a full-width comma brings its own space
		t.Text += " "
	}
	left := due.Sub(now.Time)
	switch {
	case left <= 0:
		t.Rest, t.Class = c.T("portal.time.over", "over", span(c, -left)), "late"
	default:
		t.Rest = c.T("portal.time.left", "left", span(c, left))
		if left < 24*time.Hour {
			t.Class = "soon"
		}
	}
	return t
}

// span gives a length of time in its largest whole unit.
func span(c *catalog.Catalog, d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return c.T("portal.time.days", "n", int(d/(24*time.Hour)))
	case d >= time.Hour:
		return c.T("portal.time.hours", "n", int(d/time.Hour))
	}
	return c.T("portal.time.minutes", "n", max(1, int(d/time.Minute)))
}
