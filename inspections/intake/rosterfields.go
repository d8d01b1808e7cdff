package intake

import (
	"regexp"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// row is one line of a roster table with what is needed to list its faults.
type row struct {
	*rosterReader
	t  table
	l  line
	at place
}

func (c row) raw(f field) string    { return c.t.header.get(c.l, f) }
func (c row) title(f field) string  { return c.t.header.title(f) }
func (c row) text(f field) string   { return squeeze(c.raw(f)) }
func (c row) say(f field, k string) { c.dropped(c.at, c.title(f), k, c.raw(f)) }

// township resolves the township of a row; false means the row was left out and listed.
func (c row) township(f field) (string, bool) {
	written := c.text(f)
	if written == "" {
		c.leftOut(c.at, c.title(f), "township_missing", "")
		return "", false
	}
	name, v := matchTownship(written, c.townships)
	switch v {
	case unknown:
		c.leftOut(c.at, c.title(f), "township_unknown", c.raw(f))
	case ambiguous:
		c.leftOut(c.at, c.title(f), "township_ambiguous", c.raw(f))
	case repaired:
		c.fixed(c.at, c.title(f), "township_short", c.raw(f), name)
	case exact:
		c.spaces(f, name)
	}
	return name, v == exact || v == repaired
}

// spaces lists blanks that were taken out of a value.
func (c row) spaces(f field, taken string) {
	if raw := strings.TrimRight(c.raw(f), " "); raw != taken && squeeze(raw) == taken {
		key := "spaces"
		if wide(raw) {
			key = "full_width"
		}
		c.fixed(c.at, c.title(f), key, c.raw(f), taken)
	}
}

// person reads a name; its blanks are listed, and a character the file lost is asked for.
func (c row) person(f field) string {
	name := personName(c.raw(f))
	if c.raw(f) != name {
		c.fixed(c.at, c.title(f), "spaces", c.raw(f), name)
	}
	if strings.ContainsRune(name, lost) {
		c.say(f, "lost_character")
	}
	return name
}

func (c row) phone(f field, read func(string) phone) string {
	if !c.t.header.has(f) {
		return ""
	}
	p := read(c.raw(f))
	switch {
	case p.fault != "":
		c.say(f, string(p.fault))
	case p.repair != "":
		c.fixed(c.at, c.title(f), p.repair, c.raw(f), p.digits)
	}
	return p.digits
}

var emailForm = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

func (c row) email() string {
	if !c.t.header.has(fEmail) {
		return ""
	}
	mail := squeeze(c.raw(fEmail))
	switch {
	case mail == "":
		c.say(fEmail, "email_missing")
	case !emailForm.MatchString(mail):
		c.say(fEmail, "email_unreadable")
		return ""
	case mail != c.raw(fEmail):
		c.fixed(c.at, c.title(fEmail), "email_form", c.raw(fEmail), mail)
	}
	return mail
}

// code reads a division code of n digits.
func (c row) code(f field, n int) string {
	code := c.text(f)
	if code == "" {
		return ""
	}
	if whole, ok := strings.CutSuffix(code, strings.Repeat("0", 12-n)); ok && len(whole) == n {
		code = whole // the 12-digit form of a township's code
	}
	if len(code) != n || !allDigits(code) {
		c.say(f, "code_unreadable")
		return ""
	}
	c.spaces(f, code)
	return code
}

// unit resolves one name of a unit; "" means it is not known and was listed.
func (c row) unit(f field, written string) string {
	name, v := matchUnit(written, c.units)
	switch v {
	case unknown:
		c.dropped(c.at, c.title(f), "unit_unknown", written)
	case ambiguous:
		c.dropped(c.at, c.title(f), "unit_ambiguous", written)
	case repaired:
		c.fixed(c.at, c.title(f), "unit_form", written, name)
	}
	return name
}

// unitList resolves a cell that may name several units. A name that is known as a whole is not split.
func (c row) unitList(f field) []string {
	whole := c.text(f)
	if _, v := match(whole, c.units, same); v == exact {
		return []string{whole}
	}
	var names []string
	for _, part := range list(c.raw(f)) {
		if name := c.unit(f, part); name != "" {
			names = addName(names, name)
		}
	}
	return names
}

// pendingDate is a date without a year; set stores the day once the year is known.
type pendingDate struct {
	row
	field             field
	written           writtenDate
	township, village string
	set               func(calendar.Date)
}

// day reads a date of a roster; zero when none can be taken.
func (c row) day(f field, missing bool, township, village string, set func(calendar.Date)) {
	if !c.t.header.has(f) {
		return
	}
	if c.text(f) == "" {
		if missing {
			c.say(f, "date_missing")
		}
		return
	}
	w := readDate(c.raw(f), c.t.sheet.days1904)
	switch w.form {
	case formNone:
		c.say(f, "date_unreadable")
		return
	case formNoYear:
		c.noYear = append(c.noYear, pendingDate{c, f, w, township, village, set})
		return
	case formOther:
		c.fixed(c.at, c.title(f), "date_form", c.raw(f), w.date().String())
	case formSerial:
		if !c.t.sheet.xlsx {
			c.fixed(c.at, c.title(f), "date_serial", c.raw(f), w.date().String())
		}
	}
	set(w.date())
}

// fillYears settles dates without a year: when the dates of the same village that stand on this day of
// the month all have one year, it is that year; else it is asked.
func (r *rosterReader) fillYears() {
	for _, p := range r.noYear {
		years := map[int]calendar.Date{}
		note := func(d calendar.Date) {
			if !d.IsZero() && p.written.sameDay(d) {
				y, _, _ := d.Parts()
				years[y] = d
			}
		}
		if p.field == fFrom {
			for _, t := range r.rows.Teams {
				if t.Township == p.township && t.Village == p.village {
					note(t.From)
				}
			}
			for _, m := range r.rows.Members {
				if m.Township == p.township && m.Village == p.village {
					note(m.From)
				}
			}
		}
		if len(years) != 1 {
			p.say(p.field, "date_year_unknown")
			continue
		}
		for _, d := range years {
			p.fixed(p.at, p.title(p.field), "date_no_year", p.raw(p.field), d.String())
			p.set(d)
		}
	}
}

var teamKinds = []struct {
	word string
	kind inspections.TeamKind
}{
	{"扶贫", inspections.TeamPoverty}, {"软弱涣散", inspections.TeamBranch}, {"整顿", inspections.TeamBranch},
	{"美丽乡村", inspections.TeamVillage}, {"示范村", inspections.TeamVillage},
}

// teamKind reads the kind of a team; a cell that speaks of two kinds is not decided here.
func (c row) teamKind() inspections.TeamKind {
	if !c.t.header.has(fTeamKind) || c.text(fTeamKind) == "" {
		return inspections.TeamUnstated
	}
	found := inspections.TeamUnstated
	for _, k := range teamKinds {
		if strings.Contains(c.text(fTeamKind), k.word) {
			if found != inspections.TeamUnstated && found != k.kind {
				found = inspections.TeamUnstated
				break
			}
			found = k.kind
		}
	}
	if found == inspections.TeamUnstated {
		c.say(fTeamKind, "kind_unknown")
	}
	return found
}
