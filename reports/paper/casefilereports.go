package paper

import (
	"cmp"
	"slices"

	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/reports/pdf"
)

// reports are what the township reported, each with the dated receipt it was given, the paper it came on and the opinion on it.
func (c *casePaper) reports() []pdf.Block {
	var blocks []pdf.Block
	township := c.T("bulletin.party.township", "township", c.f.Township)
	for i, r := range c.f.Reports {
		blocks = append(append(blocks, c.paper(r.Number, township, c.T("casesheet.reported"), r.Received)...), c.reported(r))
		if data, ok := c.f.Pictures[r.SHA]; ok {
			name := c.T("casefile.report.scan", "number", r.Number)
			caption := c.T("casefile.picture", "n", i+1, "name", name)
			blocks = append(blocks, c.enter(r.Number, township, name, r.Received), pdf.Image{Data: data, Caption: caption, MaxHeight: originalHeight})
		}
		if r.Opinion != "" {
			blocks = append(append(blocks, c.paper(r.Number, c.office(), c.T("casefile.report.opinion"), r.OpinionAt)...), form(
				c.T("casefile.report.opinion"), r.Opinion, c.T("casefile.report.given"), c.moment(r.OpinionAt), c.T("casefile.report.giver"), c.signed(r.OpinionBy),
			))
		}
	}
	return blocks
}

// report is the report that the case came from, or what the case knows of one.
func (c *casePaper) report() casework.Report {
	if len(c.f.Reports) > 0 {
		return c.f.Reports[0]
	}
	return casework.Report{What: c.f.Finding.Note, Kind: c.f.Case.Kind, At: c.f.Case.FactAt, Received: c.f.Case.Proposed, Prompt: c.f.Case.Reported}
}

// reported is the receipt for a township's report: when it came, whether on the day itself, until when the
// opinion on it is owed, counted day by day.
func (c *casePaper) reported(r casework.Report) pdf.KeyValues {
	prompt := "casesheet.prompt.no"
	if r.Prompt {
		prompt = "casesheet.prompt.yes"
	}
	var items []string
	if r.Number != "" {
		items = append(items, c.T("casefile.report.number"), r.Number)
	}
	items = append(items,
		c.T("casesheet.reporter"), c.T("bulletin.party.township", "township", c.f.Township),
		c.T("casesheet.what"), cmp.Or(r.What, c.Label("kind", r.Kind)),
		c.T("casefile.place"), c.f.Township+c.f.Village,
		c.T("casefile.fact_at"), c.moment(r.At),
	)
	if r.Number != "" {
		items = append(items, c.T("casefile.report.discovered"), c.Date(r.Discovered), c.T("casefile.report.how"), c.Label("report_how", r.How))
	}
	items = append(items, c.T("casesheet.received"), c.moment(r.Received), c.T("casesheet.prompt"), c.T(prompt))
	if r.SHA != "" {
		items = append(items, c.T("casefile.kept_as"), c.kept(r.SHA), "SHA-256", r.SHA)
	}
	if o, ok := c.opinionClock(); ok {
		due := c.moment(o.Due)
		if o.Due.IsZero() {
			due = c.T("casefile.undetermined", "what", o.Undetermined)
		}
		items = append(items, c.T("casesheet.opinion_due"), due)
		if why := Why(c.Catalog, o); why != "" {
			items = append(items, c.T("casefile.why"), why)
		}
	}
	receiver := blank
	if r.How != casework.HowPage { // there the township itself wrote it
		receiver = c.signed(r.By)
	}
	return form(append(items, c.T("casesheet.receiver"), receiver, c.T("casesheet.stamp"), handRoom)...)
}

func (c *casePaper) opinionClock() (duties.Obligation, bool) {
	i := slices.IndexFunc(c.f.Clocks, func(o duties.Obligation) bool { return o.Kind == duties.Opinion })
	if i < 0 {
		return duties.Obligation{}, false
	}
	return c.f.Clocks[i], true
}

// reminders lists who was reminded of which clock and when, and what was handed to a higher person.
func (c *casePaper) reminders() []pdf.Block {
	blocks := c.paper("", c.office(), c.T("casefile.reminders"), c.f.At)
	if len(c.f.Reminders) == 0 {
		return append(blocks, c.none())
	}
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 2.9, Align: pdf.Center}, {Weight: 4.2}, {Weight: 2.9, Align: pdf.Center}, {Weight: 2.9, Align: pdf.Center}, {Weight: 2.3, Align: pdf.Center}},
		Head:    []string{c.T("casefile.at"), c.T("casefile.clock"), c.T("casefile.due"), c.T("casefile.reminder.stage"), c.T("casefile.reminder.to")},
		Size:    10.5,
	}
	for _, r := range c.f.Reminders {
		stage := c.Label("stage", r.Stage)
		if r.Round > 0 {
			stage = c.T("casefile.reminder.round", "stage", stage, "n", r.Round+1)
		}
		t.Rows = append(t.Rows, []string{c.narrow(r.At), c.Label("duty", r.Clock), c.narrow(r.Due), stage, r.Name})
	}
	return append(blocks, t)
}
