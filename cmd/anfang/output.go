package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// schema is the version of every object that --json prints.
const schema = 1

// reply answers a command: with --json one object with its schema first, else what human writes.
func (c *cli) reply(object any, human func()) error {
	if !c.json {
		human()
		return nil
	}
	raw, err := json.Marshal(object)
	if err != nil {
		return fmt.Errorf("cli: %w", err)
	}
	head := fmt.Sprintf(`{"schema":%d,`, schema)
	switch {
	case strings.HasPrefix(string(raw), `{"schema":`): // an object that has its own
		head = "{"
	case string(raw) == "{}":
		head = strings.TrimSuffix(head, ",")
	}
	_, err = fmt.Fprintf(c.out, "%s%s\n", head, raw[1:])
	return err
}

// say writes the sentence of a key on a line of its own.
func (c *cli) say(key string, args ...any) {
	fmt.Fprintln(c.out, c.words.T("cli."+key, args...))
}

// table writes rows under a head in columns; head gives keys of the catalog ("cli.column."+key).
func (c *cli) table(head []string, rows [][]string) {
	titles := make([]string, len(head))
	for i, key := range head {
		titles[i] = c.words.T("cli.column." + key)
	}
	all := append([][]string{titles}, rows...)
	widths := make([]int, len(head))
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], width(cell))
		}
	}
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			if i+1 < len(row) {
				line.WriteString(strings.Repeat(" ", widths[i]-width(cell)+2))
			}
		}
		fmt.Fprintln(c.out, strings.TrimRight(line.String(), " "))
	}
}

// isTerminal reports whether a person sits at the other end of a stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// width gives the columns a text takes on a terminal: a Chinese character takes two.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xff60 {
			n++
		}
	}
	return n
}

// moment gives a time as people of the office write it, with its year; a dash when there is none.
func (c *cli) moment(at calendar.Instant) string {
	if at.IsZero() {
		return "–"
	}
	return c.words.FullMoment(at.Time)
}

// week reads a week of the form 2025-W11; empty means the one that runs.
func (c *cli) weekOf(text string) (calendar.Week, error) {
	if text == "" {
		return calendar.WeekOf(calendar.DateOf(c.clock()())), nil
	}
	week, err := calendar.ParseWeek(text)
	if err != nil {
		return week, wrong("usage.week", "value", text)
	}
	return week, nil
}

// monthOf reads a month of the form 2025-03; empty means the one before this.
func (c *cli) monthOf(text string) (calendar.Month, error) {
	if text == "" {
		return calendar.MonthOf(calendar.DateOf(c.clock()())).Add(-1), nil
	}
	month, err := calendar.ParseMonth(text)
	if err != nil {
		return month, wrong("usage.month", "value", text)
	}
	return month, nil
}

// dateOf reads a day of the form 2025-03-12; empty means today.
func (c *cli) dateOf(text string) (calendar.Date, error) {
	if text == "" {
		return calendar.DateOf(c.clock()()), nil
	}
	day, err := calendar.ParseDate(text)
	if err != nil {
		return day, wrong("usage.date", "value", text)
	}
	return day, nil
}

// lookUp finds a code in a closed list; field names it in the error.
func lookUp[T ~string](field, text string, known ...T) (T, error) {
	var list []string
	for _, k := range known {
		if string(k) == text {
			return k, nil
		}
		list = append(list, string(k))
	}
	var none T
	return none, wrong("usage.one_of", "flag", field, "value", text, "known", strings.Join(list, ", "))
}

var allRoles = []inspections.Role{
	inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleInspector,
	inspections.RoleReviewer, inspections.RoleTownship, inspections.RoleUnit,
}
