package paper

import (
	"cmp"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/reports/pdf"
)

// measures are the decisions, each with its service receipt and its execution, and the hand-over slips.
func (c *casePaper) measures() []pdf.Block {
	blocks := c.heading("casefile.measures")
	if len(c.f.Measures) == 0 {
		blocks = append(blocks, c.none())
	}
	for i, m := range c.f.Measures {
		reference := fmt.Sprintf("%s-%d", c.f.Case.Number, i+1)
		blocks = append(blocks, c.decision(reference, m)...)
		blocks = append(blocks, c.receipt(reference, m)...)
	}
	blocks = append(blocks, c.issues()...)
	for _, a := range c.f.Acts {
		if a.Kind == casework.ActHandover {
			blocks = append(blocks, c.slip(a)...)
		}
	}
	return blocks
}

// issues lists the numbered papers that left in the case; their bytes are attached to the file.
func (c *casePaper) issues() []pdf.Block {
	if len(c.f.Issues) == 0 {
		return nil
	}
	blocks := c.paper("", c.office(), c.T("casefile.issues"), c.f.Issues[0].Issued)
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 3, Align: pdf.Center}, {Weight: 4}, {Weight: 2.2}, {Weight: 2.6, Align: pdf.Center}, {Weight: 2.2}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.index.reference"), c.T("casefile.index.title"), c.T("casefile.delivery.to"), c.T("casefile.issued"), c.T("casefile.kept_as")},
		Size:    10.5,
	}
	for i, p := range c.f.Issues {
		title := p.Title
		if p.Replaces != 0 {
			title = c.T("casefile.issue.corrects", "title", title, "reason", p.Reason)
		}
		t.Rows = append(t.Rows, []string{c.Value(i + 1), c.issueNumber(p.IssuedPaper), title, p.Name, c.narrow(p.Issued), c.kept(p.PDF)})
	}
	return append(blocks, t)
}

func (c *casePaper) issueNumber(p inspections.IssuedPaper) string {
	return c.T("bulletin.number", "prefix", p.Prefix, "year", p.Year, "number", p.Number)
}

// decision is the paper of one measure: by which power it was decided, and why otherwise than proposed.
func (c *casePaper) decision(reference string, m casework.Measure) []pdf.Block {
	title := c.T("casefile.decision", "measure", c.Label("measure", m.Kind), "person", m.Person)
	return append(c.paper(reference, m.Body, title, m.Decided), c.decisionForm(m))
}

func (c *casePaper) decisionForm(m casework.Measure) pdf.KeyValues {
	proposed := c.T("casefile.none")
	if m.Proposed != "" {
		proposed = c.Label("measure", m.Proposed)
	}
	executed := c.T("casefile.open")
	if !m.Executed.IsZero() {
		executed = c.FullMoment(m.Executed.Time)
	}
	if casework.Vacant(m, c.f.Acts) {
		executed += "\n" + c.T("casefile.vacant")
	}
	return form(
		c.T("casefile.measure"), c.Label("measure", m.Kind),
		c.T("casefile.person.head"), m.Person,
		c.T("casefile.party"), c.partyOf(m.Branch),
		c.T("casefile.body"), m.Body,
		c.T("casefile.power"), cmp.Or(m.Authority, c.T("casefile.none")),
		c.T("casefile.proposed"), proposed,
		c.T("casefile.deviation.reason"), cmp.Or(m.Reason, c.T("casefile.none")),
		c.T("casefile.decided"), c.moment(m.Decided),
		c.T("casefile.executed"), executed,
	)
}

// receipt is the service receipt 送达回执 of a decision.
func (c *casePaper) receipt(reference string, m casework.Measure) []pdf.Block {
	title := c.T("casefile.receipt", "person", m.Person)
	return append(c.paper(reference, c.office(), title, m.Served), c.receiptForm(m))
}

func (c *casePaper) receiptForm(m casework.Measure) pdf.KeyValues {
	how, by := c.T("casefile.none"), blank
	if a, ok := c.service(m.ID); ok {
		how, by = a.Text, c.signed(a.By)
	}
	served := c.T("casefile.receipt.not_yet")
	if !m.Served.IsZero() {
		served = c.FullMoment(m.Served.Time)
	}
	return c.receiptOf(m, served, how, by)
}

// receiptSheet is the receipt by itself: without a service on record, when and how it was served are for the hand.
func (c *casePaper) receiptSheet(m casework.Measure) pdf.KeyValues {
	if _, ok := c.service(m.ID); !ok {
		return c.receiptOf(m, blank, blank, blank)
	}
	return c.receiptForm(m)
}

// service gives the act by which a measure was served; the last counts.
func (c *casePaper) service(m inspections.MeasureID) (last casework.Act, ok bool) {
	for _, a := range c.f.Acts {
		if a.Kind == casework.ActServed && a.Measure == m {
			last, ok = a, true
		}
	}
	return last, ok
}

func (c *casePaper) receiptOf(m casework.Measure, served, how, by string) pdf.KeyValues {
	return form(
		c.T("casefile.receipt.what"), c.T("casefile.decision", "measure", c.Label("measure", m.Kind), "person", m.Person),
		c.T("casefile.receipt.to"), m.Person,
		c.T("casefile.receipt.at"), served,
		c.T("casefile.receipt.how"), how,
		c.T("casefile.receipt.by"), by,
		c.T("casefile.receipt.hand"), handRoom,
	)
}

// slip is the hand-over slip 问题线索移送单 with its receipt; the case waits for it.
func (c *casePaper) slip(a casework.Act) []pdf.Block {
	title := c.Label("case_act", casework.ActHandover)
	return append(c.paper(c.slipNumber(a), c.office(), title, a.At), c.slipForm(a))
}

func (c *casePaper) slipNumber(a casework.Act) string {
	return fmt.Sprintf("%s-Y%d", c.f.Case.Number, a.Seq)
}

func (c *casePaper) slipForm(a casework.Act) pdf.KeyValues {
	answer := c.T("casefile.slip.open")
	for _, other := range c.f.Acts {
		if other.Kind == casework.ActReceipt && other.Answers == a.Seq {
			answer = c.FullMoment(other.At.Time) + "\n" + other.Text
		}
	}
	return form(
		c.T("casefile.slip.number"), c.slipNumber(a),
		c.T("casefile.slip.from"), c.f.Issuer,
		c.T("casefile.slip.to"), a.Body,
		c.T("casefile.person.head"), cmp.Or(a.Person, c.partyOf(a.Branch)),
		c.T("casefile.slip.text"), a.Text,
		c.T("casefile.slip.at"), c.moment(a.At),
		c.T("casefile.slip.by"), c.signed(a.By),
		c.T("casefile.slip.receipt"), answer,
		c.T("casefile.slip.hand"), handRoom,
	)
}

// replies are what those concerned answered before the bulletin and appealed after, with what came of it.
func (c *casePaper) replies() []pdf.Block {
	blocks := c.heading("casefile.replies")
	found := false
	for _, a := range c.f.Acts {
		if a.Kind != casework.ActReply && a.Kind != casework.ActAppeal {
			continue
		}
		found = true
		items := []string{
			c.T("casefile.at"), c.moment(a.At),
			c.T("casefile.person.head"), cmp.Or(a.Person, c.partyOf(a.Branch)),
			c.T("casefile.act.text"), a.Text,
		}
		if a.How != "" {
			items = append(items, c.T("act.how"), Spoken(c.Catalog, a))
		}
		if !a.Due.IsZero() {
			items = append(items, c.T("casefile.due"), c.moment(a.Due))
		}
		for _, end := range c.f.Acts {
			if end.Kind == casework.ActAppealEnd && end.Answers == a.Seq {
				items = append(items, c.Label("case_act", end.Kind), c.Label("appeal", end.Outcome)+"\n"+end.Text)
			}
		}
		blocks = append(append(blocks, c.paper("", cmp.Or(a.Person, c.partyOf(a.Branch)), c.Label("case_act", a.Kind), a.At)...), form(items...))
	}
	if !found {
		blocks = append(blocks, c.none())
	}
	return blocks
}
