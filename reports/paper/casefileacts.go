package paper

import (
	"strings"

	"anfang.example/inspections/casework"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// acts lists everything done in the case, in order.
func (c *casePaper) acts() []pdf.Block {
	blocks := c.heading("casefile.acts")
	if len(c.f.Acts) == 0 {
		return append(blocks, c.none())
	}
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 3.4, Align: pdf.Center}, {Weight: 2.2}, {Weight: 1, Align: pdf.Center}, {Weight: 5}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.at"), c.T("casefile.act"), c.T("casefile.act.branch"), c.T("casefile.act.text")},
		Size:    10.5,
	}
	for _, a := range c.f.Acts {
		branch := ""
		if a.Branch > 0 {
			branch = reports.BranchLetter(a.Branch)
		}
		outcome := a.Outcome
		if a.Kind == casework.ActAppealEnd {
			outcome = c.Label("appeal", outcome)
		}
		var said []string
		body := a.Body
		if a.How != "" {
			body = Spoken(c.Catalog, a)
		}
		for _, part := range []string{c.actText(a), body, a.Person, outcome} {
			if part != "" {
				said = append(said, part)
			}
		}
		t.Rows = append(t.Rows, []string{c.Value(a.Seq), c.FullMoment(a.At.Time), c.Label("case_act", a.Kind), branch, strings.Join(said, "\n")})
	}
	return append(blocks, t)
}

// actText gives the words of an act; an invitation is the start letter, of which the day to answer matters.
func (c *casePaper) actText(a casework.Act) string {
	if a.Kind == casework.ActInvited && !a.Due.IsZero() {
		return c.T("casefile.due") + " " + c.FullMoment(a.Due.Time)
	}
	return a.Text
}

// Spoken says how an act came and, of one for a member without an account, who handed it in; "" where nothing is told.
func Spoken(words *catalog.Catalog, a casework.Act) string {
	switch {
	case a.How == "":
		return ""
	case a.Member == 0 || a.Body == "": // nobody spoke for another, or who did was erased
		return words.Label("act_how", a.How)
	}
	return words.T("act.spoken", "body", a.Body, "how", words.Label("act_how", a.How))
}

// back is the back sheet 备考表: the state of the file, with lines for those who made and checked it.
func (c *casePaper) back() []pdf.Block {
	return append(append([]pdf.Block{pdf.PageBreak{}}, c.heading("casefile.back")...), form(
		c.T("casefile.back.state"), c.T("casefile.back.value", "pieces", len(c.f.Evidence), "seq", c.f.Head.Seq),
		c.T("casefile.retention"), c.T("casefile.retention.value"),
		c.T("casefile.back.maker"), blank,
		c.T("casefile.back.checker"), blank,
		c.T("casefile.back.date"), blank,
	))
}
