package paper

import (
	"strings"

	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// Why says day by day how a clock of working days was counted when it was set, for instance why a report
// of 30 September 2025 is due on 11 October. It is empty for clocks of calendar days.
func Why(words *catalog.Catalog, o duties.Obligation) string {
	days, err := o.Days()
	if err != nil { // written by this program; what cannot be read is not printed as a reason
		return ""
	}
	var list []string
	for _, d := range days {
		key := "casefile.why.skips"
		switch {
		case d.Counts && d.Name != "":
			key = "casefile.why.makeup"
		case d.Counts:
			key = "casefile.why.counts"
		case d.Name != "":
			key = "casefile.why.holiday"
		}
		list = append(list, words.T(key, "day", d.Day, "name", d.Name))
	}
	return words.Join(list)
}

// acts lists everything done in the case, in order.
func (c *casePaper) acts() []pdf.Block {
	blocks := []pdf.Block{c.heading("casefile.acts")}
	if len(c.f.Acts) == 0 {
		return append(blocks, c.none())
	}
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 2.4, Align: pdf.Center}, {Weight: 2}, {Weight: 1, Align: pdf.Center}, {Weight: 5}},
		Head:    []string{c.T("casefile.no"), c.T("casefile.at"), c.T("casefile.act"), c.T("casefile.act.branch"), c.T("casefile.act.text")},
		Size:    10.5,
	}
	for _, a := range c.f.Acts {
		branch := ""
		if a.Branch > 0 {
			branch = string(rune('A' + a.Branch - 1))
		}
		var said []string
		for _, part := range []string{c.actText(a), a.Body, a.Person, a.Outcome} {
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

// grounds lists what weighs lighter and heavier; a prompt report of the township's own counts here.
func (c *casePaper) grounds() []pdf.Block {
	blocks := []pdf.Block{pdf.Heading{Level: 2, Text: c.T("casefile.grounds")}}
	var items []pdf.KeyValue
	if c.f.Case.Reported {
		items = append(items, pdf.KeyValue{Key: c.Label("case_act", casework.ActLighter), Value: c.T("casefile.grounds.reported")})
	}
	for _, a := range c.f.Acts {
		if a.Kind == casework.ActLighter || a.Kind == casework.ActHeavier {
			items = append(items, pdf.KeyValue{Key: c.Label("case_act", a.Kind), Value: a.Text})
		}
	}
	if len(items) == 0 {
		return append(blocks, c.none())
	}
	return append(blocks, pdf.KeyValues{Items: items, Ruled: true})
}

// decisions says of each measure by which power it was decided, and why otherwise than proposed.
func (c *casePaper) decisions() []pdf.Block {
	var blocks []pdf.Block
	for _, m := range c.f.Measures {
		var said []string
		if m.Authority != "" {
			said = append(said, c.T("casefile.authority", "authority", m.Authority))
		}
		if m.Reason != "" {
			proposed := c.T("casefile.none")
			if m.Proposed != "" {
				proposed = c.Label("measure", m.Proposed)
			}
			said = append(said, c.T("casefile.deviation", "proposed", proposed, "reason", m.Reason))
		}
		if casework.Vacant(m, c.f.Acts) {
			said = append(said, c.T("casefile.vacant"))
		}
		if len(said) > 0 {
			blocks = append(blocks, pdf.Para{Text: c.Label("measure", m.Kind) + " " + m.Person + "\n" + strings.Join(said, "\n"), Size: 10.5})
		}
	}
	return blocks
}

// counting explains the clocks of working days and the extended ones under the clock record.
func (c *casePaper) counting() []pdf.Block {
	var blocks []pdf.Block
	for _, o := range c.f.Clocks {
		if why := Why(c.Catalog, o); why != "" {
			blocks = append(blocks, pdf.Para{Text: c.Label("duty", o.Kind) + " " + c.T("casefile.why") + " " + why, Size: 10.5})
		}
		if !o.FirstDue.IsZero() {
			blocks = append(blocks, pdf.Para{Text: c.Label("duty", o.Kind) + " " + c.T("casefile.first_due", "first", c.FullMoment(o.FirstDue.Time), "reason", o.Reason), Size: 10.5})
		}
	}
	return blocks
}

// back is the back sheet 备考表: the state of the file, with lines for those who made and checked it.
func (c *casePaper) back() []pdf.Block {
	return []pdf.Block{c.heading("casefile.back"), pdf.KeyValues{Ruled: true, Items: []pdf.KeyValue{
		{Key: c.T("casefile.back.state"), Value: c.T("casefile.back.value", "pieces", len(c.f.Evidence), "seq", c.f.Head.Seq)},
		{Key: c.T("casefile.retention"), Value: c.T("casefile.retention.value")},
		{Key: c.T("casefile.back.maker"), Value: "　"},
		{Key: c.T("casefile.back.checker"), Value: "　"},
		{Key: c.T("casefile.back.date"), Value: "　"},
	}}}
}
