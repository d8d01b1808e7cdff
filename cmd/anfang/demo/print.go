package demo

import (
	"fmt"
	"io"
	"strings"

	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// Print writes the summary as a person reads it.
func (s Summary) Print(w io.Writer, words *catalog.Catalog, out string) error {
	month, err := calendar.ParseMonth(s.Month)
	if err != nil {
		return err
	}
	lines := []string{"", words.T("demo.title", "month", month), ""}
	for _, week := range s.Weeks {
		line, err := week.line(words)
		if err != nil {
			return err
		}
		lines = append(lines, "  "+line)
	}
	lines = append(lines, "", words.T("demo.visits", "n", s.Visits, "cancelled", s.Cancelled, "findings", s.Findings), words.T("demo.cases", "n", len(s.Cases)))
	for _, c := range s.Cases {
		var sides []string
		for _, i := range c.Investigations {
			sides = append(sides, words.T("demo.side", "side", words.Label("side", i.Side), "state", words.Label("branch_state", i.State)))
		}
		lines = append(lines, "  "+words.T("demo.case", "id", c.ID, "township", c.Township, "subject", c.Subject, "state", words.Label("case_state", c.State), "sides", words.Join(sides)))
	}
	lines = append(lines, words.T("demo.letters", "accepted", s.Letters.Accepted, "refused", s.Letters.Refused, "unknown", s.Letters.Unknown))
	for _, b := range s.Bulletins {
		lines = append(lines, words.T("demo.bulletin", "month", b.Month, "number", b.Number, "pdf", b.PDF))
	}
	lines = append(lines, words.T("demo.journal", "n", s.Journal.Records, "head", s.Journal.Head[:16]), "", words.T("demo.out", "out", out), words.T("demo.check", "out", out))
	_, err = fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}

func (w Week) line(words *catalog.Catalog) (string, error) {
	week, err := calendar.ParseWeek(w.Week)
	if err != nil {
		return "", err
	}
	span := words.Span(week.Monday(), week.Sunday())
	villages := words.Join(w.Villages)
	switch {
	case !w.Measured && len(w.Villages) == 0:
		return words.T("demo.week.unmeasured", "week", w.Week, "span", span), nil
	case !w.Measured:
		return words.T("demo.week.running", "week", w.Week, "span", span, "villages", villages), nil
	case w.Alarm != nil:
		return words.T("demo.week.alarm", "week", w.Week, "span", span, "n", w.Random, "at", w.Alarm.At, "to", words.Join(w.Alarm.To), "villages", villages), nil
	}
	return words.T("demo.week", "week", w.Week, "span", span, "n", w.Random, "villages", villages), nil
}
