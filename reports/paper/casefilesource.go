package paper

import (
	"cmp"
	"strings"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// source is what was seen, by whom, the proof that the visit was drawn, and what the township reported.
func (c *casePaper) source() []pdf.Block {
	items := []string{
		c.T("casefile.origin"), c.Label("case_source", c.f.Case.Source),
		c.T("casefile.fact_at"), c.FullMoment(c.f.Case.FactAt.Time),
		c.T("casefile.place"), c.f.Township + c.f.Village,
		c.T("casefile.member"), cmp.Or(c.f.Member, c.T("casefile.none")),
		c.T("casefile.unit"), cmp.Or(c.f.Unit, c.T("bulletin.unit.unknown")),
	}
	if c.f.HasVisit {
		items = append(items,
			c.T("casefile.visit"), c.T("casefile.visit.value", "kind", c.Label("visit_kind", c.f.Visit.Kind), "id", int64(c.f.Visit.ID)),
			c.T("casefile.pair"), c.Join(c.f.Inspectors),
		)
	}
	if s := c.f.Seen; s != nil {
		items = append(items,
			c.T("casefile.seen"), c.Label("presence", s.SeenAs),
			c.T("casefile.verified"), c.T("casefile.verified.value", "presence", c.Label("presence", s.Presence), "at", c.FullMoment(s.VerifiedAt.Time)),
			c.T("casefile.explanation"), cmp.Or(s.Explanation, c.T("casefile.none")),
		)
	}
	if c.f.HasFinding {
		items = append(items, c.T("casefile.times"), c.T("bulletin.times", "n", c.f.Finding.Times))
		if c.f.Finding.Note != "" {
			items = append(items, c.T("casefile.finding"), c.f.Finding.Note)
		}
	}
	if c.f.Proof != "" {
		week := calendar.Week{Year: c.f.Visit.Year, Number: c.f.Visit.Week}
		items = append(items, c.T("casefile.proof", "week", week.String()), c.f.Proof)
	}
	return append(append(c.heading("casefile.source"), form(items...)), c.reports()...)
}

// start is the approval sheet 启动审批表.
func (c *casePaper) start() []pdf.Block {
	blocks := append(c.heading("casefile.start"), c.paper(c.f.Case.Number, c.office(), c.T("casefile.sheet"), c.f.Case.Decided)...)
	return append(blocks, c.approval())
}

func (c *casePaper) approval() pdf.KeyValues {
	k := c.f.Case
	opinion := c.T("casefile.start.awaiting")
	if !k.Decided.IsZero() {
		key := "approved"
		if k.State == casework.Refused {
			key = "refused"
		}
		opinion = c.T("casefile.start."+key, "at", c.FullMoment(k.Decided.Time), "duty", c.f.Approver, "reason", k.Reason)
	}
	var parties []string
	for _, b := range c.f.Branches {
		parties = append(parties, c.party(b))
	}
	return form(
		c.T("casefile.sheet.matter"), c.T("casefile.sheet.matter.value", "place", c.f.Township+c.f.Village, "kind", c.Label("kind", k.Kind)),
		c.T("casefile.sheet.basis"), c.T("casefile.sheet.basis.value"),
		c.T("casefile.sheet.parties"), c.Join(parties),
		c.T("casefile.sheet.proposed"), c.moment(k.Proposed),
		c.T("casefile.due"), c.moment(k.Due),
		c.T("casefile.sheet.opinion"), opinion,
		c.T("casefile.sheet.approver"), cmp.Or(strings.TrimSpace(c.signed(k.DecidedBy)), c.f.Approver),
		c.T("casefile.sheet.hand"), handRoom,
	)
}

// clocks lists what was owed by when and whether it was kept, with how working days were counted and who was reminded.
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
		t.Rows = append(t.Rows, []string{c.clock(o), due, done, kept})
	}
	blocks := append(append(c.heading("casefile.clocks"), t), c.counting()...)
	if c.f.Form > 0 {
		blocks = append(blocks, c.reminders()...)
	}
	return blocks
}

// clock names a clock; each side has its own time to make a statement.
func (c *casePaper) clock(o duties.Obligation) string {
	name := c.Label("duty", o.Kind)
	if o.Kind != duties.Statement {
		return name
	}
	for _, b := range c.f.Branches {
		if b.Party == o.Party {
			return strings.TrimSpace(c.Label("side", b.Side)+" "+b.Name) + "\n" + name
		}
	}
	return name
}

// counting explains what set the clocks going, how working days were counted, and the extended ones.
func (c *casePaper) counting() []pdf.Block {
	var items []string
	told := map[string]bool{} // each side has a time to make a statement, counted alike
	for _, o := range c.f.Clocks {
		if starts := c.ClockStart(o.Starts, o.FirstDay); starts != "" && !told[string(o.Kind)+starts] {
			told[string(o.Kind)+starts] = true
			items = append(items, c.Label("duty", o.Kind), starts)
		}
		if why := Why(c.Catalog, o); why != "" {
			items = append(items, c.Label("duty", o.Kind), c.T("casefile.why")+"　"+why)
		}
		if !o.FirstDue.IsZero() {
			items = append(items, c.Label("duty", o.Kind), c.T("casefile.first_due", "first", c.FullMoment(o.FirstDue.Time), "reason", o.Reason))
		}
	}
	if len(items) == 0 {
		return nil
	}
	k := form(items...)
	k.Size = 12
	return []pdf.Block{k}
}

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
