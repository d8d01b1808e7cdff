package paper

import (
	"cmp"
	"fmt"

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

	prefix  string // of anchors: a volume holds several cases
	entries []indexEntry
}

// indexEntry is a line of the index 卷内目录.
type indexEntry struct {
	anchor, reference, author, title string
	date                             calendar.Instant
}

func (c *casePaper) document() pdf.Document {
	title := c.T("casefile.title", "kind", c.Label("kind", c.f.Case.Kind))
	return pdf.Document{
		Kind: pdf.Plain,
		Meta: pdf.Meta{Title: plain(title), Author: c.f.Issuer, Lang: metaLang(c.Lang()), Created: c.f.At.Time, Keywords: c.f.Sealed},
		Cover: &pdf.Cover{
			Over: c.f.Issuer, Title: title, Number: c.T("casefile.number", "number", c.f.Case.Number),
			Items: append(c.coverItems(), pdf.KeyValue{Key: c.T("casefile.pages"), Pages: true}), Foot: []string{c.Date(c.f.At.Date())},
		},
		Running: c.T("casefile.number", "number", c.f.Case.Number),
		Body:    c.body(),
		Files:   c.attached(),
	}
}

// body is the index and everything after it; the index is written last, for it lists what the parts hold.
func (c *casePaper) body() []pdf.Block {
	var parts []pdf.Block
	for _, part := range []func() []pdf.Block{
		c.source, c.start, c.clocks, c.branches, c.measures, c.replies, c.letters, c.evidence, c.originals, c.acts, c.extract, c.back,
	} {
		parts = append(parts, part()...)
	}
	return c.compact(append(c.index(), parts...))
}

// Heights in mm up to which a form and a table stay on one page, each with the two headings that may stand above it.
const formTogether, tableTogether = 190, 75

// compact sets forms so that two of them fit on a page, and lets neither forms nor short tables run over a page's end.
func (c *casePaper) compact(blocks []pdf.Block) []pdf.Block {
	if c.f.Form == 0 {
		return blocks
	}
	for i, b := range blocks {
		switch b := b.(type) {
		case pdf.KeyValues:
			b.Together, b.Size = formTogether, cmp.Or(b.Size, 12)
			blocks[i] = b
		case pdf.Table:
			b.Together = cmp.Or(b.Together, tableTogether)
			blocks[i] = b
		}
	}
	return blocks
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
		{Key: c.T("casefile.retention"), Value: c.T("casefile.retention.value")},
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

// index is the 卷内目录, on pages of its own.
func (c *casePaper) index() []pdf.Block {
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 2.4, Align: pdf.Center}, {Weight: 3.2}, {Weight: 4.6}, {Weight: 2.6, Align: pdf.Center}, {Weight: 1, Align: pdf.Center}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.index.reference"), c.T("casefile.index.author"), c.T("casefile.index.title"), c.T("casefile.index.date"), c.T("casefile.index.page")},
		Size:    10.5,
	}
	if c.weigh(t, 1, 2.2, 3, 5.8, 2, 1); c.f.Form > 0 {
		t.Size = 9 // a case of three investigations has its index on one page
	}
	for i, e := range c.entries {
		date := ""
		if !e.date.IsZero() {
			date = e.date.Local().Format("2006.1.2")
		}
		t.Rows = append(t.Rows, []string{c.Value(i + 1), e.reference, e.author, e.title, date, ""})
		t.Pages = append(t.Pages, e.anchor)
	}
	return []pdf.Block{pdf.Para{Text: c.T("casefile.index"), Align: pdf.Center, Role: pdf.Hei}, t, pdf.PageBreak{}}
}

// enter lists what follows in the index.
func (c *casePaper) enter(reference, author, title string, date calendar.Instant) pdf.Block {
	e := indexEntry{fmt.Sprintf("%s%d", c.prefix, len(c.entries)), reference, author, title, date}
	c.entries = append(c.entries, e)
	return pdf.Anchor{Name: e.anchor}
}

// heading begins a part; every part stands in the index.
func (c *casePaper) heading(key string) []pdf.Block {
	return []pdf.Block{c.enter("", "", c.T(key), calendar.Instant{}), pdf.Heading{Level: 1, Text: c.T(key)}}
}

// paper begins one paper within a part, with its title centred.
func (c *casePaper) paper(reference, author, title string, date calendar.Instant) []pdf.Block {
	return []pdf.Block{c.enter(reference, author, title, date), pdf.Heading{Level: 2, Text: title}}
}

// office is the short name of the office, for the index.
func (c *casePaper) office() string { return c.T("word.county_office") }

func (c *casePaper) none() pdf.Block { return pdf.Para{Text: c.T("casefile.none")} }

// blank is room for a person's hand.
const blank = "　"

// handRoom is room for a signature, or for a stamp.
const handRoom = blank + "\n" + blank

// signed names a user with the post.
func (c *casePaper) signed(id inspections.UserID) string {
	s, ok := c.f.Signers[id]
	if !ok {
		return blank
	}
	return c.T("casefile.person", "post", s.Duty, "name", s.Name)
}

// party names who answers in a branch.
func (c *casePaper) party(b reports.CaseBranch) string {
	name := cmp.Or(b.Name, c.T("bulletin.unit.unknown"))
	if b.Side == casework.SideTownship { // the committee answers, not the place
		name = c.T("bulletin.party.township", "township", b.Name)
	}
	return name
}

// partyOf names who answers in the branch of a number, "" for the whole case.
func (c *casePaper) partyOf(seq int) string {
	for _, b := range c.f.Branches {
		if b.Seq == seq {
			return c.party(b)
		}
	}
	return ""
}

// moment is a time, or room to write it in.
func (c *casePaper) moment(at calendar.Instant) string {
	if at.IsZero() {
		return blank
	}
	return c.FullMoment(at.Time)
}

// weigh shares the width of a table anew; a file of form 0 keeps the old shares.
func (c *casePaper) weigh(t pdf.Table, weights ...float64) {
	if c.f.Form == 0 {
		return
	}
	for i, w := range weights {
		t.Columns[i].Weight = w
	}
}

// narrow is a moment for a narrow column.
func (c *casePaper) narrow(at calendar.Instant) string {
	if at.IsZero() || c.f.Form == 0 {
		return c.moment(at)
	}
	return c.Stamp(at.Time)
}

func form(items ...string) pdf.KeyValues {
	k := pdf.KeyValues{Ruled: true}
	for i := 0; i+1 < len(items); i += 2 {
		k.Items = append(k.Items, pdf.KeyValue{Key: items[i], Value: cmp.Or(items[i+1], blank)})
	}
	return k
}
