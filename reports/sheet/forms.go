package sheet

import (
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// Forms prints tables in one language.
type Forms struct {
	Words  *catalog.Catalog
	Roster *inspections.Roster
}

// person names what a line of a form begins with.
func (f Forms) person(b book, member inspections.MemberID, team inspections.TeamID, unit inspections.UnitID) (name, village, from string) {
	from, ok := b.units[unit]
	if !ok {
		from = f.Words.T("sheet.unit_unknown")
	}
	return b.members[member], b.villages[team], from
}

// book finds names without searching the roster for each line.
type book struct {
	members  map[inspections.MemberID]string
	villages map[inspections.TeamID]string
	units    map[inspections.UnitID]string
}

func (f Forms) book() book {
	b := book{map[inspections.MemberID]string{}, map[inspections.TeamID]string{}, map[inspections.UnitID]string{}}
	for _, m := range f.Roster.Members {
		b.members[m.ID] = m.Name
	}
	for _, t := range f.Roster.Teams {
		b.villages[t.ID] = t.Village
	}
	for _, u := range f.Roster.Units {
		b.units[u.ID] = u.Name
	}
	return b
}

func (f Forms) township(id inspections.TownshipID) string {
	t, _ := f.Roster.Township(id)
	return t.Name
}

// head gives columns from keys and widths; texts set left are marked by a width below zero.
func (f Forms) head(pairs ...any) []column {
	var list []column
	for i := 0; i+1 < len(pairs); i += 2 {
		width := float64(pairs[i+1].(int))
		c := column{head: f.Words.T("sheet.column." + pairs[i].(string)), width: width}
		if width < 0 {
			c.width, c.left = -width, true
		}
		list = append(list, c)
	}
	return list
}

func (f Forms) signs(keys ...string) []string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = f.Words.T("sheet.sign." + k)
	}
	return list
}

// MonthLine is a member's month with its days, "" where nothing is known.
type MonthLine struct {
	attendance.MemberMonth
	Days []inspections.SignStatus
}

var dayMarks = map[inspections.SignStatus]string{
	inspections.SignPresent: "√", inspections.SignLeave: "△", inspections.SignTravel: "○", inspections.SignAbsent: "×",
}

// Attendance prints a township's 出勤登记表 of a month (1.3): a line for each member, a column for each
// day. A month whose ledger has not come says so and holds no figure.
func (f Forms) Attendance(township inspections.TownshipID, month calendar.Month, lines []MonthLine) ([]byte, error) {
	p := paper{
		name: f.Words.T("sheet.attendance.name"), title: f.Words.T("sheet.attendance.title", "month", month), landscape: true,
		under: f.Words.T("sheet.under", "township", f.township(township), "month", month),
		after: []string{f.Words.T("sheet.attendance.marks")}, signs: f.signs("filled", "resident", "deputy", "date"),
		columns: f.head("no", 5, "village", -12, "name", 9, "unit", -16),
	}
	for d := 1; d <= month.Days(); d++ {
		p.columns = append(p.columns, column{head: strconv.Itoa(d), width: 3})
	}
	p.columns = append(p.columns, f.head("signed", 6, "leave", 6, "travel", 6, "absent", 6, "reached", 8)...)
	names := f.book()
	for i, l := range lines {
		name, village, unit := f.person(names, l.Member, l.Team, l.Unit)
		row := []any{i + 1, village, name, unit}
		for _, s := range l.Days {
			var mark any
			if m := dayMarks[s]; m != "" {
				mark = m
			}
			row = append(row, mark)
		}
		for len(row) < 4+month.Days() {
			row = append(row, nil)
		}
		if !l.Reported {
			row = append(row, f.Words.T("word.not_reported"))
		} else {
			row = append(row, l.Signed, l.Leave, l.Travel, l.Absent, f.yes(l.Reached))
		}
		p.rows = append(p.rows, row)
	}
	return f.print(p)
}

func (f Forms) yes(is bool) string {
	if is {
		return f.Words.T("sheet.yes")
	}
	return f.Words.T("sheet.no")
}

// writingHeight is the height of a row in which somebody writes by hand, in points.
const writingHeight = 54

// Work prints a township's 工作实绩月报表 (1.3): what the records know is filled in, what the member did
// is left for the member to write.
func (f Forms) Work(township inspections.TownshipID, month calendar.Month, lines []MonthLine) ([]byte, error) {
	p := paper{
		name: f.Words.T("sheet.work.name"), title: f.Words.T("sheet.work.title", "month", month), landscape: true,
		under:   f.Words.T("sheet.under", "township", f.township(township), "month", month),
		columns: f.head("no", 5, "village", -12, "name", 9, "unit", -16, "days", 8, "nights", 8, "work", -36, "trouble", -20, "plan", -24, "signature", 10),
		signs:   f.signs("filled", "resident", "deputy", "date"), height: writingHeight,
	}
	names := f.book()
	for i, l := range lines {
		name, village, unit := f.person(names, l.Member, l.Team, l.Unit)
		missing := f.Words.T("word.not_reported")
		var days any = missing
		if l.Reported {
			days = l.Signed
		}
		p.rows = append(p.rows, []any{i + 1, village, name, unit, days, missing, nil, nil, nil, nil})
	}
	return f.print(p)
}

// Allowances prints the one register of living allowances (3.5), totals in figures and in words.
func (f Forms) Allowances(month calendar.Month, register []attendance.AllowanceLine, rule attendance.AllowanceRule, total int64) ([]byte, error) {
	p := paper{
		name: f.Words.T("sheet.allowance.name"), title: f.Words.T("sheet.allowance.title", "month", month),
		under:   f.Words.T("sheet.allowance.under", "rate", Yuan(rule.DayCents), "days", rule.MaxDays),
		columns: f.head("no", 5, "township", -12, "village", -12, "name", 9, "unit", -18, "paid_days", 8, "amount", 12, "signature", 10),
		signs:   f.signs("filled", "checked", "approved", "date"),
	}
	silent := 0
	names := f.book()
	for i, l := range register {
		name, village, unit := f.person(names, l.Member, l.Team, l.Unit)
		row := []any{i + 1, f.township(l.Township), village, name, unit}
		if l.Reported {
			row = append(row, l.Days, Yuan(l.Cents), nil)
		} else {
			silent++
			row = append(row, f.Words.T("word.not_reported"), nil, nil)
		}
		p.rows = append(p.rows, row)
	}
	p.after = []string{f.Words.T("sheet.allowance.total", "n", len(register)-silent, "figures", Yuan(total), "words", Capitals(f.Words, total))}
	if silent > 0 {
		p.after = append(p.after, f.Words.T("sheet.allowance.silent", "n", silent))
	}
	return f.print(p)
}

// Year prints the yearly table of members for the assessment (3.3), in division-code order.
func (f Forms) Year(year int, lines []attendance.MemberYear) ([]byte, error) {
	p := paper{
		name: f.Words.T("sheet.year.name"), title: f.Words.T("sheet.year.title", "year", year), landscape: true,
		under: f.Words.T("sheet.year.under"),
		columns: f.head("no", 5, "township", -12, "village", -12, "name", 9, "unit", -18, "months", 8, "silent", 10, "reached", 8,
			"signed", 8, "leave", 8, "travel", 8, "absent", 8, "odd", 8, "findings", 8),
		signs: f.signs("filled", "checked", "approved", "date"),
	}
	names := f.book()
	for i, l := range lines {
		name, village, unit := f.person(names, l.Member, l.Team, l.Unit)
		row := []any{i + 1, f.township(l.Township), village, name, unit, l.Months, l.Silent}
		if l.Months == 0 {
			missing := f.Words.T("word.not_reported")
			row = append(row, missing, missing, missing, missing, missing, missing, l.Findings)
		} else {
			row = append(row, l.Reached, l.Signed, l.Leave, l.Travel, l.Absent, l.Odd, l.Findings)
		}
		p.rows = append(p.rows, row)
	}
	return f.print(p)
}

func (f Forms) print(papers ...paper) ([]byte, error) {
	for i := range papers {
		papers[i].font, papers[i].headFont = f.Words.T("sheet.font.body"), f.Words.T("sheet.font.head")
	}
	return workbook(papers...)
}
