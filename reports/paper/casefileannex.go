package paper

import (
	"fmt"
	"strings"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/reports/pdf"
)

// evidence lists each piece in order of the facts, with what proves it, and shows the pictures.
func (c *casePaper) evidence() []pdf.Block {
	blocks := c.heading("casefile.evidence")
	if len(c.f.Evidence) == 0 {
		return append(blocks, c.none())
	}
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 2.8}, {Weight: 2.2, Align: pdf.Center}, {Weight: 2.2}, {Weight: 1.8}, {Weight: 4}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.name"), c.T("casefile.taken"), c.T("casefile.origin_of"), c.T("casefile.kept_as"), "SHA-256"},
		Size:    10.5,
	}
	c.weigh(t, 1, 2.4, 2.7, 2.2, 1.8, 3.9)
	for i, e := range c.f.Evidence {
		t.Rows = append(t.Rows, []string{c.Value(i + 1), strings.TrimSpace(e.Name + "\n" + e.Note), c.narrow(e.Taken), c.from(e), c.kept(e.SHA), e.SHA})
	}
	blocks = append(blocks, t)
	for i, e := range c.f.Evidence {
		if data, ok := c.f.Pictures[e.SHA]; ok {
			name := c.T("casefile.picture", "n", i+1, "name", e.Name)
			blocks = append(blocks, c.enter("", c.Join(c.f.Inspectors), name, e.Taken), pdf.Image{Data: data, Caption: name, MaxHeight: c.pictureHeight()})
		}
	}
	return blocks
}

// pictureHeight leaves room for two pictures with their captions on a page.
func (c *casePaper) pictureHeight() float64 {
	if c.f.Form == 0 {
		return 0
	}
	return 93
}

// from is where a piece of evidence was made and by whom: on a visit by its pair, else it was handed to the office.
func (c *casePaper) from(e inspections.Evidence) string {
	if e.Visit == 0 || !c.f.HasVisit {
		return c.office()
	}
	return c.f.Township + c.f.Village + "\n" + c.Join(c.f.Inspectors)
}

// kept says in which form a file is kept.
func (c *casePaper) kept(sha string) string {
	p, ok := c.f.Papers[sha]
	switch {
	case !ok:
		return c.T("casefile.kept.erased")
	case p.Picture():
		return c.T("casefile.kept.picture")
	case p.Media == "application/pdf" && p.Pages > 0:
		return c.T("casefile.kept.pdf", "n", p.Pages)
	case p.Media == "application/pdf":
		return c.T("casefile.kept.pdf.unknown")
	}
	return c.T("casefile.kept.file", "n", p.Bytes)
}

// originalHeight is nearly a page: a stamped paper must be read, not only seen.
const originalHeight = 205.0

// originals are the stamped papers scanned back in: pictures as pages, PDF files by what proves them.
func (c *casePaper) originals() []pdf.Block {
	blocks := c.heading("casefile.originals")
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 3}, {Weight: 2.2, Align: pdf.Center}, {Weight: 2}, {Weight: 5}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.name"), c.T("casefile.at"), c.T("casefile.kept_as"), "SHA-256"},
		Size:    10.5,
	}
	c.weigh(t, 1, 2.9, 2.6, 2, 4.7)
	var pages []pdf.Block
	for _, a := range c.f.Acts {
		if a.SHA == "" {
			continue
		}
		n := len(t.Rows) + 1
		name := a.Text
		if a.Kind != casework.ActOriginal {
			name = c.Label("case_act", a.Kind) + "　" + a.Text
		}
		t.Rows = append(t.Rows, []string{c.Value(n), name, c.narrow(a.At), c.kept(a.SHA), a.SHA})
		if data, ok := c.f.Pictures[a.SHA]; ok {
			caption := c.T("casefile.picture", "n", n, "name", name)
			pages = append(pages, c.enter(fmt.Sprintf("%s-%d", c.f.Case.Number, a.Seq), c.office(), name, a.At), pdf.Image{Data: data, Caption: caption, MaxHeight: originalHeight})
		}
	}
	if len(t.Rows) == 0 {
		return append(blocks, c.none())
	}
	return append(append(blocks, t), pages...)
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
	end := form(c.T("casefile.head.key"), c.T("casefile.head", "seq", c.f.Head.Seq, "hash", c.f.Head.Hash))
	if c.f.Sealed != "" {
		end.Items = append(end.Items, pdf.KeyValue{Key: c.T("casefile.sealed.key"), Value: c.f.Sealed})
	}
	end.Size = 10.5
	if c.f.Form == 0 {
		return append(c.heading("casefile.journal"), t, end)
	}
	return append(c.heading("casefile.journal"), end, t) // the head would stand alone after a table that fills its page
}

// attached are the PDF files of the case, kept in the file as they came: evidence first, then reports and stamped originals. Their
// names begin with the case and where they stand in its list, so that a reader finds them.
func (c *casePaper) attached() []pdf.File {
	var files []pdf.File
	seen := map[string]bool{}
	add := func(list string, n int, name, sha string) {
		data, ok := c.f.Files[sha]
		if !ok || seen[sha] {
			return
		}
		seen[sha] = true
		name = strings.TrimSuffix(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) }), " "), ".pdf")
		files = append(files, pdf.File{Name: fmt.Sprintf("%s %s%d %s.pdf", c.f.Case.Number, list, n, name), Data: data})
	}
	for i, e := range c.f.Evidence {
		add(c.T("casefile.attached.evidence"), i+1, e.Name, e.SHA)
	}
	for i, r := range c.f.Reports {
		add(c.T("casefile.attached.report"), i+1, r.Number, r.SHA)
	}
	for i, p := range c.f.Issues {
		add(c.T("casefile.attached.issue"), i+1, c.issueNumber(p.IssuedPaper), p.PDF)
	}
	n := 0
	for _, a := range c.f.Acts {
		if a.SHA != "" {
			n++
			add(c.T("casefile.attached.original"), n, a.Text, a.SHA)
		}
	}
	return files
}
