package paper

import (
	"cmp"
	"strings"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// casePaper writes one case's file in the order of CASES.md; parts that do not exist yet say so.
type casePaper struct {
	*catalog.Catalog
	f reports.CaseFile
}

func (c *casePaper) document() pdf.Document {
	title := c.T("casefile.title", "kind", c.Label("kind", c.f.Case.Kind))
	doc := pdf.Document{
		Kind: pdf.Plain,
		Meta: pdf.Meta{Title: plain(title), Author: c.f.Issuer, Lang: metaLang(c.Lang()), Created: c.f.At.Time},
		Cover: &pdf.Cover{
			Over: c.f.Issuer, Title: title, Number: c.T("casefile.number", "number", c.f.Case.Number),
			Items: c.coverItems(), Foot: []string{c.Date(c.f.At.Date())},
		},
		Running: c.T("casefile.number", "number", c.f.Case.Number),
	}
	for _, part := range []func() []pdf.Block{c.source, c.start, c.clocks, c.counting, c.branches, c.grounds, c.measures, c.decisions, c.evidence, c.extract, c.acts, c.back} {
		doc.Body = append(doc.Body, part()...)
	}
	return doc
}

func (c *casePaper) coverItems() []pdf.KeyValue {
	until := c.T("casefile.running")
	if !c.f.Case.ClosedAt.IsZero() {
		until = c.Date(c.f.Case.ClosedAt.Date())
	}
	return []pdf.KeyValue{
		{Key: c.T("casefile.place"), Value: c.f.Township + c.f.Village},
		{Key: c.T("casefile.units"), Value: c.Join(c.units())},
		{Key: c.T("casefile.from_to"), Value: c.T("casefile.from_to.value", "from", c.f.Case.Proposed.Date(), "until", until)},
		{Key: c.T("casefile.state"), Value: c.Label("case_state", c.f.Case.State)},
		{Key: c.T("casefile.pieces"), Value: c.Value(len(c.f.Evidence))},
	}
}

func (c *casePaper) units() []string {
	var names []string
	for _, b := range c.f.Branches {
		if b.Party.Kind == inspections.PartyUnit {
			names = append(names, cmp.Or(b.Name, c.T("bulletin.unit.unknown")))
		}
	}
	return names
}

func (c *casePaper) heading(key string) pdf.Block { return pdf.Heading{Level: 1, Text: c.T(key)} }

func (c *casePaper) none() pdf.Block { return pdf.Para{Text: c.T("casefile.none")} }

// source is what was seen, by whom, and the proof that the visit was drawn.
func (c *casePaper) source() []pdf.Block {
	blocks := []pdf.Block{c.heading("casefile.source")}
	items := []pdf.KeyValue{
		{Key: c.T("casefile.fact_at"), Value: c.FullMoment(c.f.Case.FactAt.Time)},
		{Key: c.T("casefile.place"), Value: c.f.Township + c.f.Village},
		{Key: c.T("casefile.member"), Value: c.f.Member},
		{Key: c.T("casefile.unit"), Value: cmp.Or(c.f.Unit, c.T("bulletin.unit.unknown"))},
	}
	if c.f.HasVisit {
		items = append(items,
			pdf.KeyValue{Key: c.T("casefile.visit"), Value: c.T("casefile.visit.value", "kind", c.Label("visit_kind", c.f.Visit.Kind), "id", int64(c.f.Visit.ID))},
			pdf.KeyValue{Key: c.T("casefile.pair"), Value: c.Join(c.f.Inspectors)},
		)
	}
	if s := c.f.Seen; s != nil {
		items = append(items,
			pdf.KeyValue{Key: c.T("casefile.seen"), Value: c.Label("presence", s.SeenAs)},
			pdf.KeyValue{Key: c.T("casefile.verified"), Value: c.T("casefile.verified.value", "presence", c.Label("presence", s.Presence), "at", c.FullMoment(s.VerifiedAt.Time))},
			pdf.KeyValue{Key: c.T("casefile.explanation"), Value: cmp.Or(s.Explanation, c.T("casefile.none"))},
		)
	}
	if c.f.HasFinding {
		items = append(items, pdf.KeyValue{Key: c.T("casefile.times"), Value: c.T("bulletin.times", "n", c.f.Finding.Times)})
	}
	if c.f.Proof != "" {
		week := calendar.Week{Year: c.f.Visit.Year, Number: c.f.Visit.Week}
		items = append(items, pdf.KeyValue{Key: c.T("casefile.proof", "week", week.String()), Value: c.f.Proof})
	}
	return append(blocks, pdf.KeyValues{Items: items, Ruled: true})
}

// start is the approval to start.
func (c *casePaper) start() []pdf.Block {
	k := c.f.Case
	if k.Decided.IsZero() {
		return []pdf.Block{c.heading("casefile.start"), pdf.Para{Text: c.T("casefile.start.awaiting")}}
	}
	return []pdf.Block{c.heading("casefile.start"), pdf.Para{Text: c.T("casefile.start."+decision(c.f), "at", c.FullMoment(k.Decided.Time), "duty", c.f.Approver, "reason", k.Reason)}}
}

func decision(f reports.CaseFile) string {
	if f.Case.State == "refused" {
		return "refused"
	}
	return "approved"
}

// clocks lists what was owed by when and whether it was kept.
func (c *casePaper) clocks() []pdf.Block {
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 3}, {Weight: 2.8, Align: pdf.Center}, {Weight: 2.8, Align: pdf.Center}, {Weight: 1.2, Align: pdf.Center}},
		Head:    []string{c.T("casefile.clock"), c.T("casefile.due"), c.T("casefile.done"), c.T("casefile.kept")},
	}
	for _, o := range c.f.Clocks {
		due, done, kept := c.FullMoment(o.Due.Time), c.FullMoment(o.Done.Time), c.T("casefile.kept.yes")
		if o.Due.IsZero() {
			due = c.T("casefile.undetermined", "what", o.Undetermined)
		}
		switch {
		case o.Late() || o.Overdue(c.f.At):
			kept = c.T("casefile.kept.no")
		case o.Open():
			kept = c.T("casefile.kept.running")
		}
		if o.Open() {
			done = c.T("casefile.open")
		}
		t.Rows = append(t.Rows, []string{c.Label("duty", o.Kind), due, done, kept})
	}
	return []pdf.Block{c.heading("casefile.clocks"), t}
}

// branches are the parts A, B and C and their comparison side by side.
func (c *casePaper) branches() []pdf.Block {
	blocks := []pdf.Block{c.heading("casefile.branches")}
	compare := pdf.Table{
		Caption: c.T("casefile.compare"),
		Columns: []pdf.Column{{Weight: 2}, {Weight: 3}, {Weight: 2, Align: pdf.Center}, {Weight: 2, Align: pdf.Center}},
		Head:    []string{c.T("casefile.side"), c.T("casefile.party"), c.T("casefile.state"), c.T("casefile.liable")},
	}
	for i, b := range c.f.Branches {
		side, name := c.Label("side", b.Side), cmp.Or(b.Name, c.T("bulletin.unit.unknown"))
		if b.Side == casework.SideTownship { // the committee answers, not the place
			name = c.T("bulletin.party.township", "township", b.Name)
		}
		var persons []string
		for _, p := range b.Responsible {
			persons = append(persons, c.T("casefile.person", "post", c.Label("post", p.Post), "name", p.Name))
		}
		items := []pdf.KeyValue{
			{Key: c.T("casefile.party"), Value: name},
			{Key: c.T("casefile.responsible"), Value: cmp.Or(c.Join(persons), c.T("casefile.none"))},
			{Key: c.T("casefile.statement"), Value: cmp.Or(b.Statement, c.T("casefile.statement.none"))},
			{Key: c.T("casefile.conclusion"), Value: cmp.Or(b.Conclusion, c.T("casefile.conclusion.none"))},
		}
		blocks = append(blocks, pdf.Heading{Level: 2, Text: c.T("casefile.branch", "letter", string(rune('A'+i)), "side", side)}, pdf.KeyValues{Items: items, Ruled: true})
		compare.Rows = append(compare.Rows, []string{side, name, c.Label("branch_state", b.State), c.liable(b)})
	}
	return append(blocks, compare)
}

func (c *casePaper) liable(b reports.CaseBranch) string {
	switch {
	case b.Concluded.IsZero():
		return c.T("casefile.open")
	case b.Liable:
		return c.T("casefile.liable.yes")
	}
	return c.T("casefile.liable.no")
}

func (c *casePaper) measures() []pdf.Block {
	blocks := []pdf.Block{c.heading("casefile.measures")}
	if len(c.f.Measures) == 0 {
		return append(blocks, c.none())
	}
	t := pdf.Table{Head: []string{c.T("casefile.measure"), c.T("casefile.person.head"), c.T("casefile.body"), c.T("casefile.decided"), c.T("casefile.executed")}}
	for _, m := range c.f.Measures {
		executed := c.T("casefile.open")
		if !m.Executed.IsZero() {
			executed = c.Date(m.Executed.Date())
		}
		t.Rows = append(t.Rows, []string{c.Label("measure", m.Kind), m.Person, m.Body, c.Date(m.Decided.Date()), executed})
	}
	return append(blocks, t)
}

func (c *casePaper) evidence() []pdf.Block {
	blocks := []pdf.Block{c.heading("casefile.evidence")}
	if len(c.f.Evidence) == 0 {
		return append(blocks, c.none())
	}
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 3}, {Weight: 2, Align: pdf.Center}, {Weight: 5}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.name"), c.T("casefile.taken"), "SHA-256"},
		Size:    10.5,
	}
	for i, e := range c.f.Evidence {
		t.Rows = append(t.Rows, []string{c.Value(i + 1), e.Name, c.FullMoment(e.Taken.Time), e.SHA})
	}
	blocks = append(blocks, t)
	for i, e := range c.f.Evidence {
		if data, ok := c.f.Pictures[e.SHA]; ok {
			blocks = append(blocks, pdf.Image{Data: data, Caption: c.T("casefile.picture", "n", i+1, "name", e.Name)})
		}
	}
	return blocks
}

// extract is the journal's lines of this case with the head that proves them.
func (c *casePaper) extract() []pdf.Block {
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Right}, {Weight: 3, Align: pdf.Center}, {Weight: 3}, {Weight: 2}, {Weight: 3}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.at"), c.T("casefile.entry"), c.T("casefile.actor"), c.T("casefile.hash")},
		Size:    10.5,
	}
	for _, r := range c.f.Journal {
		role, _, person := strings.Cut(r.Actor, "/")
		by := c.T("casefile.program")
		if person {
			by = c.Label("role", role)
		}
		t.Rows = append(t.Rows, []string{c.Value(r.Seq), r.At.In(calendar.Shanghai).Format(time.DateTime), c.Label("entry", r.Kind), by, r.Hash[:16]})
	}
	head := c.T("casefile.head", "seq", c.f.Head.Seq, "hash", c.f.Head.Hash)
	blocks := []pdf.Block{c.heading("casefile.journal"), t, pdf.Para{Text: head, Flush: true, Size: 10.5}}
	if c.f.Sealed != "" {
		blocks = append(blocks, pdf.Para{Text: c.T("casefile.sealed", "head", c.f.Sealed), Flush: true, Size: 10.5})
	}
	return blocks
}
