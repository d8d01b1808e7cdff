package paper

import (
	"cmp"
	"strings"

	"anfang.example/inspections/casework"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// branches are the parts A, B and C with their talk records, the comparison sheet and the grounds.
func (c *casePaper) branches() []pdf.Block {
	blocks := c.heading("casefile.branches")
	for _, b := range c.f.Branches {
		title := c.T("casefile.branch", "letter", reports.BranchLetter(b.Seq), "side", c.Label("side", b.Side))
		blocks = append(blocks, c.paper("", c.party(b), title, b.Concluded)...)
		blocks = append(blocks, form(
			c.T("casefile.party"), c.party(b),
			c.T("casefile.responsible"), cmp.Or(c.posts(b), c.T("casefile.none")),
			c.T("casefile.statement"), c.statement(b),
			c.Label("case_act", casework.ActFactCheck), c.said(b.Seq, casework.ActFactCheck),
			c.Label("case_act", casework.ActOpinion), c.said(b.Seq, casework.ActOpinion),
			c.T("casefile.conclusion"), cmp.Or(b.Conclusion, c.T("casefile.conclusion.none")),
			c.T("casefile.liable"), c.liable(b),
			c.T("casefile.drawn_up"), c.signed(b.ConcludedBy),
			c.T("casefile.approved_by"), c.signed(b.ApprovedBy),
		))
		for _, a := range c.f.Acts {
			if a.Branch == b.Seq && a.Kind == casework.ActTalk {
				blocks = append(blocks, c.talk(a)...)
			}
		}
	}
	return append(append(blocks, c.compare()...), c.grounds()...)
}

func (c *casePaper) posts(b reports.CaseBranch) string {
	var persons []string
	for _, p := range b.Responsible {
		persons = append(persons, c.T("casefile.person", "post", c.Label("post", p.Post), "name", p.Name))
	}
	return c.Join(persons)
}

// statement is what they said, or that they refused to, or that nothing came.
func (c *casePaper) statement(b reports.CaseBranch) string {
	if b.Statement == "" {
		for _, a := range c.f.Acts {
			if a.Branch == b.Seq && a.Kind == casework.ActDeclined {
				return c.T("casefile.statement.declined", "reason", a.Text)
			}
		}
	}
	return cmp.Or(b.Statement, c.T("casefile.statement.none"))
}

// said gathers what a kind of act recorded in a branch, with its outcome.
func (c *casePaper) said(branch int, kind casework.ActKind) string {
	var list []string
	for _, a := range c.f.Acts {
		if a.Branch == branch && a.Kind == kind {
			list = append(list, strings.TrimSpace(a.Text+"　"+a.Outcome))
		}
	}
	return cmp.Or(strings.Join(list, "\n"), c.T("casefile.none"))
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

// talk is a talk record 谈话笔录, with room for the hands of those who sign it.
func (c *casePaper) talk(a casework.Act) []pdf.Block {
	title := c.T("casefile.talk", "branch", reports.BranchLetter(a.Branch))
	return append(c.paper(c.f.Case.Number, c.office(), title, a.At), c.talkForm(a))
}

func (c *casePaper) talkForm(a casework.Act) pdf.KeyValues {
	return form(
		c.T("casefile.talk.at"), c.moment(a.At),
		c.T("casefile.talk.with"), cmp.Or(a.Person, c.partyOf(a.Branch)),
		c.T("casefile.talk.by"), c.signed(a.By),
		c.T("casefile.talk.second"), c.signed(a.Second),
		c.T("casefile.talk.text"), a.Text,
		c.T("casefile.talk.hand"), handRoom,
		c.T("casefile.talk.hands"), handRoom,
	)
}

// sideBySide is how many investigations stand beside each other on one sheet.
const sideBySide = 4

// compare is the comparison sheet: the investigations side by side.
func (c *casePaper) compare() []pdf.Block {
	return append(c.paper("", c.office(), c.T("casefile.compare"), c.f.Case.ClosedAt), c.compareTables()...)
}

func (c *casePaper) compareTables() []pdf.Block {
	var blocks []pdf.Block
	for from := 0; from < len(c.f.Branches); from += sideBySide {
		some := c.f.Branches[from:min(from+sideBySide, len(c.f.Branches))]
		t := pdf.Table{Columns: []pdf.Column{{Weight: 1.6, Align: pdf.Center}}, Head: []string{c.T("casefile.side")}, Size: 10.5, Together: formTogether}
		row := func(key string, of func(reports.CaseBranch) string) {
			line := []string{c.T(key)}
			for _, b := range some {
				line = append(line, of(b))
			}
			t.Rows = append(t.Rows, line)
		}
		for _, b := range some {
			t.Columns = append(t.Columns, pdf.Column{Weight: 3})
			t.Head = append(t.Head, reports.BranchLetter(b.Seq)+" "+c.Label("side", b.Side))
		}
		row("casefile.party", c.party)
		row("casefile.state", func(b reports.CaseBranch) string { return c.Label("branch_state", b.State) })
		row("casefile.responsible", func(b reports.CaseBranch) string { return cmp.Or(c.posts(b), c.T("casefile.none")) })
		row("casefile.statement", c.statement)
		row("casefile.compare.checked", func(b reports.CaseBranch) string { return c.said(b.Seq, casework.ActFactCheck) })
		row("casefile.compare.weighed", func(b reports.CaseBranch) string { return c.said(b.Seq, casework.ActOpinion) })
		row("casefile.conclusion", func(b reports.CaseBranch) string { return cmp.Or(b.Conclusion, c.T("casefile.conclusion.none")) })
		row("casefile.liable", c.liable)
		row("casefile.measure", c.measuresOf)
		blocks = append(blocks, t)
	}
	return blocks
}

func (c *casePaper) measuresOf(b reports.CaseBranch) string {
	var list []string
	for _, m := range c.f.Measures {
		if m.Branch == b.Seq {
			list = append(list, strings.TrimSpace(c.Label("measure", m.Kind)+" "+m.Person))
		}
	}
	return cmp.Or(c.Join(list), c.T("casefile.none"))
}

// grounds lists what weighs lighter and heavier; a prompt report of the township's own counts here.
func (c *casePaper) grounds() []pdf.Block {
	blocks := c.paper("", c.office(), c.T("casefile.grounds"), c.f.Case.ClosedAt)
	var items []string
	if c.f.Case.Reported {
		items = append(items, c.Label("case_act", casework.ActLighter), c.T("casefile.grounds.reported"))
	}
	for _, a := range c.f.Acts {
		if a.Kind == casework.ActLighter || a.Kind == casework.ActHeavier {
			items = append(items, c.Label("case_act", a.Kind), reports.BranchLetter(a.Branch)+"　"+a.Text)
		}
	}
	if len(items) == 0 {
		return append(blocks, c.none())
	}
	return append(blocks, form(items...))
}
