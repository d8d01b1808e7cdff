package paper

import (
	"cmp"

	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// letters are those that left in the case: how each was delivered and by whom it was confirmed, then their words, each
// from the head of a page.
func (c *casePaper) letters() []pdf.Block {
	blocks := c.heading("casefile.letters")
	if len(c.f.Letters) == 0 {
		return append(blocks, c.none())
	}
	if c.f.Form > 0 {
		blocks = append(blocks, c.deliveries()...)
	}
	for i, l := range c.f.Letters {
		if i > 0 || c.f.Form > 0 {
			blocks = append(blocks, pdf.PageBreak{})
		}
		blocks = append(blocks, c.paper(c.f.Case.Number, c.office(), c.letterTitle(l), l.Created)...)
		if l.To != "" {
			blocks = append(blocks, pdf.Para{Text: l.To, Flush: true})
		}
		for _, text := range l.Paras {
			blocks = append(blocks, pdf.Para{Text: text})
		}
		for _, text := range l.Signature {
			blocks = append(blocks, pdf.Para{Text: text, Align: pdf.Right})
		}
		blocks = append(blocks, pdf.Para{Text: c.delivered(l), Flush: true, Size: 10.5})
	}
	return blocks
}

func (c *casePaper) letterTitle(l reports.CaseLetter) string {
	title := l.Title
	if l.Branch > 0 {
		title = c.T("casefile.letter", "branch", reports.BranchLetter(l.Branch), "title", title)
	}
	if l.Again {
		title = c.T("casefile.letter.again", "title", title)
	}
	return title
}

// deliveries lists the letters with what became of each and who confirmed it.
func (c *casePaper) deliveries() []pdf.Block {
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1.1, Align: pdf.Center}, {Weight: 3.8}, {Weight: 2.2}, {Weight: 3, Align: pdf.Center}, {Weight: 3, Align: pdf.Center}, {Weight: 3, Align: pdf.Center}},
		Head: []string{
			c.T("casefile.no"), c.T("casefile.delivery.letter"), c.T("casefile.delivery.to"), c.T("casesheet.sent"), c.T("casefile.receipt.how"), c.T("casefile.delivery.confirmed"),
		},
		Size: 10.5,
	}
	for i, l := range c.f.Letters {
		state := c.Label("letter_state", l.State)
		if !l.Settled.IsZero() {
			state += "\n" + c.narrow(l.Settled)
		}
		t.Rows = append(t.Rows, []string{c.Value(i + 1), c.letterTitle(l), l.Name, c.narrow(l.Created), state, c.confirmation(l)})
	}
	return append(c.paper("", c.office(), c.T("casefile.delivery"), c.f.Letters[0].Created), t)
}

// confirmation says who confirmed a letter and when; of letters that start no clock nobody is asked to.
func (c *casePaper) confirmation(l reports.CaseLetter) string {
	switch {
	case !l.Received.IsZero():
		return l.ReceivedBy + "\n" + c.narrow(l.Received)
	case l.Kind.AsksReceipt():
		return c.T("casefile.delivery.open")
	}
	return c.T("casefile.delivery.unasked")
}

// delivered is the line under a letter: what became of it and who confirmed it.
func (c *casePaper) delivered(l reports.CaseLetter) string {
	text := c.T("casefile.letter.state", "state", c.Label("letter_state", l.State), "at", c.moment(cmp.Or(l.Settled, l.Created)))
	if !l.Received.IsZero() {
		text += c.T("casefile.letter.confirmed", "name", l.ReceivedBy, "at", c.moment(l.Received))
	}
	return text
}
