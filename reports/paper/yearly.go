package paper

import (
	"cmp"
	"maps"
	"slices"

	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// yearDocument lays out a year's report 年度督查情况报告.
func (p Papers) yearDocument(y reports.YearFigures) pdf.Document {
	w := p.Words
	issuer := cmp.Or(y.Issuer, w.T("bulletin.no_issuer"))
	doc := pdf.Document{
		Kind: pdf.Bulletin, Meta: pdf.Meta{Author: issuer, Lang: metaLang(w.Lang()), Created: y.At.Time},
		Mark: w.T("bulletin.mark", "issuer", issuer), Title: w.T("year_paper.title", "issuer", issuer, "year", y.Year),
		Signature: issuer, Date: w.Date(y.At.Date()), SealSpace: true,
	}
	doc.Meta.Title = plain(doc.Title)
	if o := y.Official; o == nil {
		doc.Sample = w.T("paper.sample")
	} else {
		doc.Number = p.number(o.Prefix, o.Year, o.Number)
		p.seal(&doc, o.Sealed)
		doc.Body = paras(p.corrects(o))
	}
	until := y.At.Date()
	if last := y.Months[len(y.Months)-1].Month.Last(); last < until {
		until = last
	}
	heading := func(key string) pdf.Block { return pdf.Heading{Level: 1, Text: w.T("year_paper.section." + key)} }
	doc.Body = append(append(doc.Body, paras(w.T("year_paper.opening", "year", y.Year, "date", until))...), heading("1"))
	doc.Body = append(doc.Body, paras(
		w.T("year_paper.visits", "n", y.Random.N)+w.T("year_paper.manual", "n", y.Manual.N)+w.T("year_paper.teams", "n", y.Teams.N, "all", y.AllOf),
		w.T("year_paper.short", "n", y.Short, "weeks", y.Weeks),
	)...)
	doc.Body = append(doc.Body, p.yearTable(y), heading("2"))
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(y.Kinds)) {
		kinds = append(kinds, w.T("year_paper.kind", "kind", (&bulletin{Catalog: w}).matter(reports.LedgerLine{Kind: kind}), "n", y.Kinds[kind]))
	}
	doc.Body = append(doc.Body, paras(w.T("year_paper.problems", "n", y.Problems.N, "kinds", w.Join(kinds)))...)
	doc.Body = append(doc.Body, heading("3"))
	var measures []string
	for _, kind := range []string{"talk", "criticism", "admonish", "recall"} {
		if n := y.Measures[kind].N; n > 0 {
			measures = append(measures, w.T("bulletin.measure."+kind, "n", n))
		}
	}
	cases := w.T("year_paper.cases", "n", y.Started.N, "closed", y.Closed.N)
	if len(measures) > 0 {
		cases += w.T("bulletin.measures", "list", w.Join(measures))
	}
	doc.Body = append(append(doc.Body, paras(cases)...), heading("4"))
	doc.Body = append(doc.Body, paras(w.T("year_paper.own", "n", y.Own.N))...)
	return doc
}

// yearTable is the year month by month; no month is set against another in words.
func (p Papers) yearTable(y reports.YearFigures) pdf.Table {
	w := p.Words
	t := pdf.Table{
		Caption: w.T("year_paper.table"), Note: w.T("year_paper.table.note"),
		Columns: []pdf.Column{{Weight: 2, Align: pdf.Center}, {Weight: 2, Align: pdf.Right}, {Weight: 2, Align: pdf.Right}, {Weight: 2, Align: pdf.Right}, {Weight: 2, Align: pdf.Right}, {Weight: 2, Align: pdf.Right}},
	}
	for _, key := range []string{"month", "random", "manual", "short", "problems", "started"} {
		t.Head = append(t.Head, w.T("year_paper.table."+key))
	}
	for _, m := range y.Months {
		short := w.T("year_paper.table.unmeasured")
		if m.Weeks > 0 {
			short = w.Value(m.Short)
		}
		name := w.T("year_paper.table.name", "month", int(m.Month.Month))
		if !m.Frozen {
			name = w.T("year_paper.table.open", "month", int(m.Month.Month))
		}
		t.Rows = append(t.Rows, []string{name, w.Value(m.Random), w.Value(m.Manual), short, w.Value(m.Problems), w.Value(m.Started)})
	}
	return t
}
