package paper

import (
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// problems is section 3: a row each, nobody named before a measure is concluded and naming approved.
func (b *bulletin) problems() []pdf.Block {
	f := b.f
	texts := []string{b.T("bulletin.problems", "n", b.allProblems(), "townships", f.ProblemTownships.N, "units", f.ProblemUnits.N, "members", f.ProblemMembers.N)}
	for i, p := range f.Problems {
		texts = append(texts, b.problem(i+1, p))
	}
	if s := f.Scope; s != nil {
		texts = append(texts, b.T("bulletin.scope.problems", "n", s.Problems-len(f.Problems)))
	}
	texts = append(texts, b.T("bulletin.pending", "n", f.Pending.N))
	return append([]pdf.Block{b.heading("3")}, paras(texts...)...)
}

// allProblems counts the county's, also where only a reader's own are listed.
func (b *bulletin) allProblems() int {
	if b.f.Scope != nil {
		return b.f.Scope.Problems
	}
	return len(b.f.Problems)
}

func (b *bulletin) problem(no int, p reports.Problem) string {
	units := b.units(p.Units)
	args := []any{
		"no", no, "when", b.when(p.At), "township", p.Township, "village", p.Village, "units", units,
		"times", b.T("bulletin.times", "n", p.Times), "clause", b.clause(p.Clause), "member", b.member(p),
	}
	switch {
	case p.Kind == inspections.FindingAbsent && p.Reported:
		return b.T("bulletin.problem.reported", args...)
	case p.Kind == inspections.FindingAbsent:
		return b.T("bulletin.problem.absent", args...)
	}
	item := strings.TrimPrefix(p.Kind, inspections.FindingChecklist+".")
	if item == p.Kind { // no item of the checklist: reported, or entered by hand
		source := "bulletin.problem.matter"
		if p.Reported {
			source += ".told"
		}
		return b.T(source, append(args, "matter", b.Label("kind", p.Kind))...)
	}
	party := inspections.PartyTeam
	for _, c := range inspections.Checklist() {
		if c.Item == item {
			party = c.Party
		}
	}
	args = append(args, "item", b.Label("check", item), "party", b.T("bulletin.party."+string(party), "township", p.Township, "units", units))
	return b.T("bulletin.problem.checklist", args...)
}

// member says who it was: by name only once naming was approved.
func (b *bulletin) member(p reports.Problem) string {
	switch {
	case p.Name != "":
		return b.T("bulletin.member.named", "name", p.Name)
	case p.Person:
		return b.T("bulletin.member.one")
	}
	return b.T("bulletin.member.team")
}

// when prints day and hour; minutes say more than a bulletin should.
func (b *bulletin) when(at calendar.Instant) string {
	return b.T("bulletin.when", "day", b.DayMonth(at.Date()), "hour", at.Local().Hour())
}

func (b *bulletin) units(names []string) string {
	if len(names) == 0 {
		return b.T("bulletin.unit.unknown")
	}
	return b.Join(names)
}

// clause prints "1.4b" as the notice counts: part one, item 4.
func (b *bulletin) clause(code string) string {
	part, item, _ := strings.Cut(code, ".")
	return b.T("bulletin.clause", "part", b.T("bulletin.part."+part), "item", strings.TrimRight(item, "abcd"))
}

// cases is section 4: dual investigations and what came of them.
func (b *bulletin) cases() []pdf.Block {
	c := b.f.Cases
	text := b.T("bulletin.cases", "n", c.Started.N, "townships", c.Townships.N, "units", c.Units.N)
	if c.Started.N > 0 {
		text += b.progress(c) + b.measures(c)
	}
	text += b.T("bulletin.case.awaiting", "n", c.Awaiting.N)
	texts := []string{text}
	var cleared []string
	for _, n := range c.NotLiable {
		cleared = append(cleared, b.T("bulletin.not_liable."+n.Side, "party", n.Party))
	}
	slices.Sort(cleared)
	texts = append(texts, slices.Compact(cleared)...)
	texts = append(texts, b.T("bulletin.case.overdue", "n", c.Overdue.N))
	return append([]pdf.Block{b.heading("4")}, paras(texts...)...)
}

// progress says how many are closed; a count of zero is not written.
func (b *bulletin) progress(c reports.CaseFigures) string {
	key := "bulletin.cases.some"
	switch {
	case c.Open.N == 0:
		key = "bulletin.cases.closed"
	case c.Closed.N == 0:
		key = "bulletin.cases.open"
	}
	return b.T(key, "date", b.head.Date, "closed", c.Closed.N, "open", c.Open.N)
}

// measures lists those taken; a kind without any is not written.
func (b *bulletin) measures(c reports.CaseFigures) string {
	var list []string
	for _, kind := range []string{"talk", "criticism", "admonish", "recall"} {
		if n := c.Measures[kind].N; n > 0 {
			list = append(list, b.T("bulletin.measure."+kind, "n", n))
		}
	}
	switch {
	case len(list) > 0:
		return b.T("bulletin.measures", "list", b.Join(list))
	case c.Open.N > 0:
		return b.T("bulletin.measures.pending")
	}
	return b.T("bulletin.measures.none")
}

// asks is section 6: who is to do what by when.
func (b *bulletin) asks() []pdf.Block {
	var texts []string
	for _, l := range b.f.Cases.Lines {
		if l.State != "open" {
			continue
		}
		by := l.Due
		if by <= b.head.Date {
			by = b.head.Date.Add(7) // what is overdue gets a new date to answer by; the first stays on record
		}
		texts = append(texts, b.T("bulletin.ask.case", "no", len(texts)+1, "township", l.Township, "village", l.Village, "units", b.units(l.Units), "date", by))
	}
	for _, l := range b.f.Ledger {
		if l.Action != "" && l.State == reports.LedgerInTime && l.Due > b.head.Date {
			texts = append(texts, b.T("bulletin.ask.rectify", "no", len(texts)+1, "who", b.answerable(l), "action", l.Action, "date", l.Due))
		}
	}
	if names := b.f.Attendance.NotNames; len(names) > 0 {
		texts = append(texts, b.T("bulletin.ask.ledger", "no", len(texts)+1, "names", b.Join(names), "date", b.head.Date.Add(7), "month", int(b.month.Month)))
	}
	// The office's own misses stand in section 7.
	if slices.ContainsFunc(b.f.Duties, func(d reports.DutyLine) bool { return d.Open.N > 0 && d.Party != string(inspections.PartyCounty) }) {
		texts = append(texts, b.T("bulletin.ask.duties", "no", len(texts)+1, "date", b.head.Date.Add(7)))
	}
	if len(texts) == 0 {
		texts = append(texts, b.T("bulletin.ask.none"))
	}
	return append([]pdf.Block{b.heading("6")}, paras(texts...)...)
}
