package sheet

import (
	"slices"

	"anfang.example/reports"
)

// Assessment prints a year's figures as a workbook of four sheets: members, teams, townships, units. The
// columns for the township's opinion and the grade stay empty, for people to fill in, where none is recorded.
func (f Forms) Assessment(a reports.Assessment) ([]byte, error) {
	sheet := func(key string, columns []column) paper {
		return paper{
			name: f.Words.T("sheet.assessment." + key), title: f.Words.T("sheet.assessment.title", "year", a.Year, "who", f.Words.T("sheet.assessment."+key)),
			landscape: true, under: f.Words.T("sheet.assessment.under", "day", a.Until), columns: columns, after: f.rules(a), signs: f.signs("filled", "checked", "approved", "date"),
		}
	}
	members := sheet("members", f.head("no", 5, "township", -10, "village", -12, "name", 8, "unit", -16, "months", 7, "silent", 7, "reached", 7,
		"signed", 7, "leave", 7, "travel", 7, "absent", 7, "seen", 7, "missed", 7, "findings", 7, "measures", 7, "opinion", 12, "grade", 8))
	missing := f.Words.T("word.not_reported")
	for i, m := range a.Members {
		row := []any{i + 1, m.Town, m.Village, m.Name, f.unit(m.UnitName), m.Months, m.Silent}
		if m.Months == 0 {
			row = append(row, missing, missing, missing, missing, missing)
		} else {
			row = append(row, m.Reached, m.Signed, m.Leave, m.Travel, m.Absent)
		}
		members.rows = append(members.rows, append(row, m.Seen.N, m.Missed.N, m.Upheld.N, m.Measures.N, m.Opinion(), f.grade(m.Said)))
	}
	teams := sheet("teams", f.head("no", 5, "township", -12, "village", -14, "members", 8, "months", 10, "silent", 10, "reached", 10, "absent", 10, "visits", 10, "findings", 10, "opinion", 16, "grade", 8))
	for i, t := range a.Teams {
		teams.rows = append(teams.rows, append(append([]any{i + 1, t.Place, t.Name}, f.service(t, t.Visits.N, t.Findings.N)...), t.Opinion(), f.grade(t.Said)))
	}
	body := f.head("no", 5, "body", -20, "members", 7, "months", 8, "silent", 8, "reached", 8, "absent", 8, "visits", 7, "findings", 7,
		"on_time", 7, "late", 7, "missing", 7, "waived", 7, "borne", 8, "not_borne", 8, "cases", 8, "liable", 8, "funds", 12)
	judged := append(slices.Clone(body), f.head("opinion", 14, "grade", 8)...)
	bodies := func(key string, columns []column, lines []reports.BodyLine) paper {
		p := sheet(key, columns)
		for i, b := range lines {
			row := append([]any{i + 1, b.Name}, f.service(b, b.Visits.N, b.Findings.N, b.OnTime.N, b.Late.N, b.Missing.N, b.Waived.N, b.Borne.N, b.NotBorne.N, b.Cases.N, b.Liable.N)...)
			row = append(row, Yuan(b.Cents))
			if len(columns) > len(body) {
				row = append(row, b.Opinion(), f.grade(b.Said))
			}
			p.rows = append(p.rows, row)
		}
		return p
	}
	return f.print(members, teams, bodies("townships", body, a.Townships), bodies("units", judged, a.Units))
}

// service gives the columns of a body's members, then others; what was not reported is no zero.
func (f Forms) service(b reports.BodyLine, more ...int) []any {
	row := []any{b.Members.N, b.Months, b.Silent, b.Reached, b.Absent}
	if b.Months == 0 {
		row[3], row[4] = f.Words.T("word.not_reported"), f.Words.T("word.not_reported")
	}
	for _, n := range more {
		row = append(row, n)
	}
	return row
}

func (f Forms) grade(s reports.Said) string {
	if s.Grade == "" {
		return ""
	}
	return f.Words.Label("grade", s.Grade)
}

func (f Forms) unit(name string) string {
	if name == "" {
		return f.Words.T("sheet.unit_unknown")
	}
	return name
}

// rules says which thresholds measured the year, and from when.
func (f Forms) rules(a reports.Assessment) []string {
	var lines []string
	for _, r := range a.Rules {
		key := "sheet.assessment.rule"
		if !r.From.IsZero() {
			key = "sheet.assessment.rule_from"
		}
		lines = append(lines, f.Words.T(key, "what", f.Words.Label("setting", r.Key), "value", r.Value, "day", r.From))
	}
	return lines
}
