package paper

import (
	"cmp"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// RectifyOrder is a rectification notice 整改通知书 in the form that fits where the matter stands.
func (p Papers) RectifyOrder(o reports.RectifyOrder) Notice {
	w, line := p.Words, o.Line
	due := w.Date(calendar.DateOf(line.Due.Add(-1))) // a term ends at the end of its last day
	n := Notice{
		Issuer: o.Issuer, Title: w.T("rectify_paper.title." + string(o.Form)), To: p.addressee(o.Kind, o.Party), Letter: o.Letter, Created: o.At,
	}
	if o.Letter {
		n.Title = w.T("rectify_paper.title.letter." + string(o.Form))
	}
	switch o.Form {
	case reports.OrderGiven:
		clause := ""
		if line.Clause != "" {
			clause = w.T("rectify_paper.clause", "clause", (&bulletin{Catalog: w}).clause(line.Clause))
		}
		n.Paras = []string{
			w.T("rectify_paper.fact", "problem", line.Problem, "clause", clause),
			w.T("rectify_paper.do", "action", strings.TrimRight(line.Action, "。."), "due", due),
		}
		if line.Person == "" {
			n.Paras = append(n.Paras, w.T("rectify_paper.report", "due", due))
		} else {
			n.Paras = append(n.Paras, w.T("rectify_paper.report.person", "person", line.Person, "due", due))
		}
		if line.Times > 1 {
			n.Paras = append(n.Paras, w.T("rectify_paper.again", "n", line.Times))
		}
		n.Paras = append(n.Paras, w.T("rectify_paper.check", "date", o.Answer))
	case reports.OrderReminder:
		n.Paras = []string{w.T("rectify_paper.reminder", "problem", line.Problem, "due", due)}
	case reports.OrderUrged:
		n.Paras = []string{w.T("rectify_paper.urge", "problem", line.Problem, "due", due, "date", o.Answer)}
	case reports.OrderClosed:
		n.Paras = []string{w.T("rectify_paper.closed", "problem", line.Problem, "date", line.Verified.Date())}
	}
	return p.ended(n, o.Form == reports.OrderClosed, o.Official)
}

// Recall is the notice to a unit that its member is recalled 召回撤换.
func (p Papers) Recall(r reports.Recall) Notice {
	w, b := p.Words, &bulletin{Catalog: p.Words}
	n := Notice{
		Issuer: r.Issuer, Title: w.T("recall_paper.title"), To: p.addressee(inspections.PartyUnit, r.Unit), Letter: r.Letter, Created: r.At,
		Paras: []string{
			w.T("recall_paper.fact", "township", r.Township, "village", r.Village, "person", r.Measure.Person, "number", r.Number),
			w.T("recall_paper.decided", "clause", b.clause("3.6"), "body", r.Measure.Body, "date", r.Measure.Decided.Date(), "person", r.Measure.Person),
			w.T("recall_paper.replace", "clause", b.clause("2.1"), "date", r.ReplaceBy),
			w.T("recall_paper.hand_over"),
			w.T("recall_paper.review"),
		},
	}
	if r.Letter {
		n.Title = w.T("recall_paper.title.letter")
	}
	return p.ended(n, false, r.Official)
}

// addressee is a body as notices address it.
func (p Papers) addressee(kind inspections.PartyKind, name string) string {
	if kind == inspections.PartyTownship {
		return p.Words.T("paper.to.township", "name", name)
	}
	return p.Words.T("paper.to.unit", "name", name)
}

// ended adds the closing sentence of a letter that asks for something, the signature, and what makes a paper official.
func (p Papers) ended(n Notice, tells bool, o *reports.Official) Notice {
	if n.Letter && !tells {
		n.Paras = append(n.Paras, p.Words.T("paper.letter_end"))
	}
	n.Signature = []string{cmp.Or(n.Issuer, p.Words.T("bulletin.no_issuer")), p.Words.Date(n.Created.Date())}
	if n.Sample = o == nil; n.Sample {
		return n
	}
	n.Number, n.Sealed = p.number(o.Prefix, o.Year, o.Number), o.Sealed
	if text := p.corrects(o); text != "" {
		n.Paras = append([]string{text}, n.Paras...)
	}
	return n
}

// number is 发文字号 as printed.
func (p Papers) number(prefix string, year, number int) string {
	return p.Words.T("bulletin.number", "prefix", prefix, "year", year, "number", number)
}

// corrects says which paper is void, and why; "" for one that corrects nothing.
func (p Papers) corrects(o *reports.Official) string {
	if o.Corrects == nil {
		return ""
	}
	return p.Words.T("paper.corrects", "number", p.number(o.Corrects.Prefix, o.Corrects.Year, o.Corrects.Number), "title", o.Corrects.Title, "reason", strings.TrimRight(o.Reason, "。."))
}

// recordDocument lays out the record of a visit 督查记录, to be signed by the pair and by those visited.
func (p Papers) recordDocument(r reports.VisitRecord) pdf.Document {
	w, v := p.Words, r.Visit
	b := &bulletin{Catalog: w}
	doc := pdf.Document{
		Kind: pdf.Plain, Meta: pdf.Meta{Author: r.Issuer, Lang: metaLang(w.Lang()), Created: v.Recorded.Time},
		Title: w.T("record_paper.title"), Number: w.T("record_paper.number", "id", int64(v.ID)),
	}
	if r.Sample || r.Issuer == "" {
		doc.Sample = w.T("paper.sample")
	}
	doc.Body = []pdf.Block{pdf.KeyValues{Ruled: true, Items: []pdf.KeyValue{
		{Key: w.T("record_paper.kind"), Value: w.Label("visit_kind", v.Kind)},
		{Key: w.T("record_paper.place"), Value: b.place(r.Township, r.Village)},
		{Key: w.T("record_paper.units"), Value: b.units(r.Units)},
		{Key: w.T("record_paper.at"), Value: w.FullMoment(v.Visited.Time)},
		{Key: w.T("record_paper.pair"), Value: w.Join(r.Pair)},
		{Key: w.T("record_paper.recorded"), Value: w.FullMoment(v.Recorded.Time)},
		{Key: w.T("record_paper.note"), Value: cmp.Or(v.Note, w.T("record_paper.nothing"))},
	}}}
	if len(r.Lines) > 0 {
		t := pdf.Table{
			Caption: w.T("record_paper.members"),
			Columns: []pdf.Column{{Weight: 1.4, Align: pdf.Center}, {Weight: 2, Align: pdf.Center}, {Weight: 3.8}, {Weight: 2.4, Align: pdf.Center}, {Weight: 2.4, Align: pdf.Center}, {Weight: 4}},
			Head:    []string{w.T("record_paper.no"), w.T("record_paper.name"), w.T("record_paper.unit"), w.T("record_paper.seen"), w.T("record_paper.verified"), w.T("record_paper.explanation")},
		}
		for i, l := range r.Lines {
			t.Rows = append(t.Rows, []string{w.Value(i + 1), l.Name, l.Unit, w.Label("presence", l.SeenAs), w.Label("presence", l.Presence), l.Explanation})
		}
		doc.Body = append(doc.Body, t)
	}
	if len(r.Checks) > 0 {
		t := pdf.Table{
			Caption: w.T("record_paper.checks"),
			Columns: []pdf.Column{{Weight: 3.2}, {Weight: 4.6}, {Weight: 1.6, Align: pdf.Center}, {Weight: 2.2, Align: pdf.Center}, {Weight: 3.8}},
			Head:    []string{w.T("record_paper.whose"), w.T("record_paper.item"), w.T("bulletin.annex.duties.clause"), w.T("record_paper.result"), w.T("record_paper.note")},
		}
		for _, c := range r.Checks {
			t.Rows = append(t.Rows, []string{w.Label("party", c.Party), w.Label("check", c.Item), b.shortClause(c.Clause), w.Label("check_result", c.Result), c.Note})
		}
		doc.Body = append(doc.Body, t)
	}
	if len(r.Evidence) > 0 {
		t := pdf.Table{
			Caption: w.T("record_paper.evidence"),
			Columns: []pdf.Column{{Weight: 1.3, Align: pdf.Center}, {Weight: 3}, {Weight: 3.4}, {Weight: 7}},
			Head:    []string{w.T("record_paper.no"), w.T("record_paper.file"), w.T("record_paper.taken"), w.T("record_paper.hash")},
		}
		for i, e := range r.Evidence {
			taken := ""
			if !e.Taken.IsZero() {
				taken = w.FullMoment(e.Taken.Time)
			}
			t.Rows = append(t.Rows, []string{w.Value(i + 1), e.Name, taken, e.SHA})
		}
		doc.Body = append(doc.Body, t)
	}
	doc.Body = append(doc.Body, pdf.KeyValues{Ruled: true, Items: []pdf.KeyValue{
		{Key: w.T("record_paper.sign.pair"), Value: "\n"}, {Key: w.T("record_paper.sign.visited"), Value: "\n"},
	}})
	return doc
}
