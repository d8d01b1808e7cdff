package paper

import (
	"context"
	"slices"
	"strconv"

	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// Assessment renders a year's figures of townships, units, teams and members, each table in the order of
// tables, with the thresholds that measured them.
func (p Papers) Assessment(_ context.Context, head reports.Head, a reports.Assessment) ([]byte, error) {
	doc := assessmentPaper{p, a}.document(head)
	raw, _, err := pdf.Render(doc, p.Faces)
	return raw, err
}

type assessmentPaper struct {
	Papers
	a reports.Assessment
}

func (p assessmentPaper) document(head reports.Head) pdf.Document {
	w := p.Words
	title := w.T("assessment.title", "year", p.a.Year)
	doc := pdf.Document{
		Kind: pdf.Plain, Title: title, Running: plain(title),
		Meta: pdf.Meta{Title: plain(title), Author: head.Issuer, Lang: metaLang(w.Lang()), Created: head.Created.Time},
		Body: paras(w.T("assessment.opening", "year", p.a.Year, "day", p.a.Until)),
	}
	for _, r := range p.a.Rules {
		key := "sheet.assessment.rule"
		if !r.From.IsZero() {
			key = "sheet.assessment.rule_from"
		}
		doc.Body = append(doc.Body, paras(w.T(key, "what", w.Label("setting", r.Key), "value", r.Value, "day", r.From))...)
	}
	for _, part := range []struct {
		key  string
		body []pdf.Block
	}{
		{"townships", p.bodies(p.a.Townships)}, {"units", p.bodies(p.a.Units)}, {"teams", p.teams()}, {"members", p.members()},
	} {
		doc.Body = append(doc.Body, pdf.Heading{Level: 1, Text: w.T("assessment." + part.key)})
		doc.Body = append(doc.Body, part.body...)
	}
	if said := p.judged(); len(said) > 0 {
		doc.Body = append(doc.Body, pdf.Heading{Level: 1, Text: w.T("assessment.judged")}, pdf.Table{
			Columns: columns(3, 1.4, 2.6, 3.6), Size: 10.5, Head: p.heads("body", "grade", "reason", "opinion"), Rows: said,
		})
	}
	doc.Signature, doc.Date = head.Issuer, w.Date(head.Date)
	if head.Sample {
		doc.Sample = w.T("bulletin.sample")
	}
	return doc
}

func (p assessmentPaper) heads(keys ...string) []string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = p.Words.T("assessment.head." + k)
	}
	return list
}

// of writes "reached of months", or that nothing was reported.
func (p assessmentPaper) of(reached, months int) string {
	if months == 0 {
		return p.Words.T("word.not_reported")
	}
	return strconv.Itoa(reached) + "/" + strconv.Itoa(months)
}

func (p assessmentPaper) days(n, months int) string {
	if months == 0 {
		return p.Words.T("word.not_reported")
	}
	return strconv.Itoa(n)
}

// columns: the first, flexible ones to the left, figures in the middle.
func columns(weights ...float64) []pdf.Column {
	list := make([]pdf.Column, len(weights))
	for i, weight := range weights {
		list[i] = pdf.Column{Weight: weight, Align: pdf.Center}
		if weight >= 2 {
			list[i].Align = pdf.Left
		}
	}
	return list
}

func (p assessmentPaper) bodies(lines []reports.BodyLine) []pdf.Block {
	t := pdf.Table{
		Columns: columns(3.2, 1.2, 1.7, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2), Size: 10.5,
		Head: p.heads("body", "members", "reached", "absent", "visits", "findings", "on_time", "late", "missing", "cases"),
		Note: p.Words.T("assessment.note.bodies"),
	}
	for _, b := range lines {
		t.Rows = append(t.Rows, []string{
			b.Name, strconv.Itoa(b.Members.N), p.of(b.Reached, b.Months), p.days(b.Absent, b.Months), strconv.Itoa(b.Visits.N), strconv.Itoa(b.Findings.N),
			strconv.Itoa(b.OnTime.N), strconv.Itoa(b.Late.N), strconv.Itoa(b.Missing.N), strconv.Itoa(b.Cases.N),
		})
	}
	return p.table(t)
}

func (p assessmentPaper) teams() []pdf.Block {
	t := pdf.Table{
		Columns: columns(2.4, 2.8, 1.2, 1.7, 1.2, 1.2, 1.2), Size: 10.5,
		Head: p.heads("township", "village", "members", "reached", "absent", "visits", "findings"), Note: p.Words.T("assessment.note.months"),
	}
	for _, b := range p.a.Teams {
		t.Rows = append(t.Rows, []string{b.Place, b.Name, strconv.Itoa(b.Members.N), p.of(b.Reached, b.Months), p.days(b.Absent, b.Months), strconv.Itoa(b.Visits.N), strconv.Itoa(b.Findings.N)})
	}
	return p.table(t)
}

func (p assessmentPaper) members() []pdf.Block {
	t := pdf.Table{
		Columns: columns(2.4, 2.6, 1.6, 2.8, 1.4, 1.2, 1.2, 1.2, 1.2), Size: 10.5,
		Head: p.heads("township", "village", "name", "unit", "reached", "signed", "leave", "absent", "findings"), Note: p.Words.T("assessment.note.months"),
	}
	for _, m := range p.a.Members {
		unit := m.UnitName
		if unit == "" {
			unit = p.Words.T("sheet.unit_unknown")
		}
		t.Rows = append(t.Rows, []string{
			m.Town, m.Village, m.Name, unit, p.of(m.Reached, m.Months), p.days(m.Signed, m.Months), p.days(m.Leave, m.Months), p.days(m.Absent, m.Months), strconv.Itoa(m.Upheld.N),
		})
	}
	return p.table(t)
}

// judged lists the grades and opinions that are recorded, units before teams before members as the tables stand.
func (p assessmentPaper) judged() [][]string {
	var rows [][]string
	add := func(name string, s reports.Said) {
		grade := ""
		if s.Grade != "" {
			grade = p.Words.Label("grade", s.Grade)
		}
		if s.Grade != "" || len(s.Opinions) > 0 {
			rows = append(rows, []string{name, grade, s.Reason, s.Opinion()})
		}
	}
	for _, b := range append(slices.Clone(p.a.Units), p.a.Teams...) {
		add(b.Place+b.Name, b.Said)
	}
	for _, m := range p.a.Members {
		add(m.Town+m.Village+" "+m.Name, m.Said)
	}
	return rows
}

func (p assessmentPaper) table(t pdf.Table) []pdf.Block {
	if len(t.Rows) == 0 {
		return paras(p.Words.T("assessment.none"))
	}
	return []pdf.Block{t}
}
