package reports

import (
	"slices"
	"strings"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// rectifications takes the ledger of rectification into annex 1 and counts, for section 5, what stood open
// before the span: a line of the office's ledger is what closes a problem, so its date and state go before
// those of the finding.
func (c *compiler) rectifications() error {
	from, until := c.span()
	lines, err := c.tx.Rectifications()
	if err != nil {
		return err
	}
	for _, r := range lines {
		if !r.Verified.IsZero() && r.Verified.Before(from.Time) {
			continue
		}
		c.countRectification(r, from, until)
		at := slices.IndexFunc(c.f.Ledger, func(l LedgerLine) bool { return l.Finding != 0 && l.Finding == int64(r.Finding) && l.Rectify == 0 })
		if at >= 0 && c.f.Ledger[at].Case == 0 {
			c.orders(&c.f.Ledger[at], r)
			continue
		}
		line := c.placeOf(r)
		c.orders(&line, r)
		c.f.Ledger = append(c.f.Ledger, line)
		if line.State == LedgerOverdue && r.Opened.Before(from.Time) {
			c.f.Earlier.Lines = append(c.f.Earlier.Lines, line)
		}
	}
	return nil
}

// countRectification counts a line that was open when the span began, as it stood at its end.
func (c *compiler) countRectification(r casework.Rectification, from, until calendar.Instant) {
	if !r.Opened.Before(from.Time) {
		return
	}
	f, id := &c.f.Earlier.Rectify, int64(r.ID)
	f.Open.add(id)
	switch {
	case !r.Verified.IsZero() && !r.Verified.After(until.Time):
		f.Settled.add(id)
	case r.Reported.IsZero() && r.Due.Before(until.Time):
		f.Overdue.add(id)
	default:
		f.InTime.add(id)
	}
}

// placeOf begins the line of a rectification whose finding is none of this month's.
func (c *compiler) placeOf(r casework.Rectification) LedgerLine {
	line := LedgerLine{Finding: int64(r.Finding), Found: r.Opened.Date(), Units: []string{}}
	switch r.Party.Kind {
	case inspections.PartyTownship:
		line.Township = c.roster.PartyName(r.Party)
	case inspections.PartyUnit:
		line.Units = []string{c.roster.PartyName(r.Party)}
	}
	return line
}

// orders writes into a line who must put the problem right, how, and how far that is.
func (c *compiler) orders(line *LedgerLine, r casework.Rectification) {
	line.Rectify, line.Party, line.Problem, line.Action = int64(r.ID), string(r.Party.Kind), r.Problem, r.Action
	line.Due = calendar.DateOf(r.Due.Add(-time.Second))
	line.State = map[string]string{
		casework.RectifyVerified: LedgerSettled, casework.RectifyOverdue: LedgerOverdue, casework.RectifyReported: LedgerReported,
	}[r.State(c.tx.Now())]
	if line.State == "" {
		line.State = LedgerInTime
	}
}

// partyOfKind says who answers for an item of the checklist; "" for what is none.
func partyOfKind(kind string) string {
	_, item, _ := strings.Cut(kind, ".")
	for _, one := range inspections.Checklist() {
		if one.Item == item && one.Party == inspections.PartyTownship {
			return string(one.Party)
		}
	}
	return ""
}
