package paper

import (
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// annex is one annex before it has its number; key names its title in the catalog.
type annex struct {
	key  string
	body []pdf.Block
}

// annexes are those of WORDING.zh.md, part one, in their order.
func (b *bulletin) annexes() []pdf.Annex {
	var list []pdf.Annex
	all := []annex{b.ledgerAnnex(), b.dutyAnnex(), b.replyAnnex(), b.proofAnnex()}
	if b.unitsApart() {
		all = append(all, annex{"units", []pdf.Block{b.unitTable(b.f.Attendance)}})
	}
	for i, a := range all {
		name := b.T("bulletin.annex." + a.key)
		list = append(list, pdf.Annex{
			Label: b.T("bulletin.annex.label", "no", i+1), ListNumber: b.T("bulletin.annex.no", "no", i+1), ListName: name, Title: name, Body: a.body,
		})
	}
	return list
}

// ledgerAnnex is what is to be put right, bodies only.
func (b *bulletin) ledgerAnnex() annex {
	others := ""
	if b.f.Scope != nil {
		others = b.T("bulletin.scope.ledger", "n", b.f.Scope.Ledger)
	}
	if len(b.f.Ledger) == 0 {
		none := "bulletin.annex.ledger.none"
		if b.f.Scope != nil {
			none = "bulletin.scope.ledger.none"
		}
		return annex{"ledger", paras(b.T(none), others)}
	}
	t := pdf.Table{
		Columns: []pdf.Column{
			{Weight: 1.3, Align: pdf.Center}, {Weight: 3.1}, {Weight: 2.9}, {Weight: 3.6}, {Weight: 2.4, Align: pdf.Center},
			{Weight: 2.4, Align: pdf.Center}, {Weight: 2.2, Align: pdf.Center},
		},
		Head: b.heads("ledger", "no", "place", "units", "matter", "found", "due", "state"),
		Note: b.T("bulletin.annex.ledger.note"),
	}
	for i, l := range b.f.Ledger {
		due := b.T("bulletin.annex.ledger.no_due")
		if !l.Due.IsZero() {
			due = b.DayMonth(l.Due)
		}
		t.Rows = append(t.Rows, []string{
			b.Value(i + 1), b.place(l.Township, l.Village), b.answerable(l), b.matter(l), b.DayMonth(l.Found), due,
			b.T("bulletin.annex.ledger.state." + l.State),
		})
	}
	return annex{"ledger", append([]pdf.Block{t}, paras(others)...)}
}

func (b *bulletin) place(township, village string) string {
	return b.T("bulletin.place", "township", township, "village", village)
}

// answerable names who has to act on a line of the ledger.
func (b *bulletin) answerable(l reports.LedgerLine) string {
	if l.Party == string(inspections.PartyTownship) {
		return b.T("bulletin.party.township", "township", l.Township)
	}
	return b.units(l.Units)
}

// matter names a ledger's problem without judging it.
func (b *bulletin) matter(l reports.LedgerLine) string {
	if l.Problem != "" {
		return l.Problem
	}
	kind, item, _ := strings.Cut(l.Kind, ".")
	if item != "" && b.Has("check."+item) {
		return b.Label("check", item)
	}
	return b.Label("matter", kind)
}

// dutyAnnex is the table of duties: what was owed, done in time, late, not at all.
func (b *bulletin) dutyAnnex() annex {
	if len(b.f.Duties) == 0 {
		return annex{"duties", paras(b.T("bulletin.annex.duties.none"))}
	}
	t := pdf.Table{
		Columns: []pdf.Column{
			{Weight: 5.4}, {Weight: 3}, {Weight: 1.6, Align: pdf.Center}, {Weight: 1.5, Align: pdf.Right}, {Weight: 1.5, Align: pdf.Right},
			{Weight: 1.8, Align: pdf.Right}, {Weight: 1.8, Align: pdf.Right},
		},
		Head: b.heads("duties", "duty", "party", "clause", "owed", "in_time", "late", "open"),
		Note: b.T("bulletin.annex.duties.note"),
	}
	undetermined := 0
	for _, d := range b.f.Duties {
		t.Rows = append(t.Rows, []string{
			b.Label("duty", d.Kind), b.Label("party", d.Party), b.shortClause(d.Clause), b.Value(d.Owed.N), b.Value(d.InTime.N), b.Value(d.Late.N), b.Value(d.Open.N),
		})
		undetermined += d.Undetermined.N
	}
	return annex{"duties", append([]pdf.Block{t}, paras(b.T("bulletin.annex.duties.undetermined", "n", undetermined))...)}
}

// shortClause is the clause as tables print it: part and item.
func (b *bulletin) shortClause(code string) string {
	part, item, _ := strings.Cut(code, ".")
	if item == "" {
		return code
	}
	return b.T("bulletin.annex.clause", "part", b.T("bulletin.part."+part), "item", strings.TrimRight(item, "abcd"))
}

// replyAnnex is what those concerned answered in the fact-check window and how it was weighed.
func (b *bulletin) replyAnnex() annex {
	if len(b.head.Answers) == 0 {
		return annex{"replies", paras(b.T("bulletin.annex.replies.none"))}
	}
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 3}, {Weight: 5}, {Weight: 1.8, Align: pdf.Center}, {Weight: 4}},
		Head:    b.heads("replies", "no", "from", "text", "weighed", "reason"),
	}
	for i, a := range b.head.Answers {
		t.Rows = append(t.Rows, []string{b.Value(i + 1), a.From, a.Text, b.T("bulletin.weighed." + a.Weighed), a.Reason})
	}
	return annex{"replies", []pdf.Block{t}}
}

func (b *bulletin) heads(table string, columns ...string) []string {
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = b.T("bulletin.annex." + table + "." + c)
	}
	return head
}

// proofAnnex lets a stranger check the month's draws.
func (b *bulletin) proofAnnex() annex {
	p := b.f.Proof
	t := pdf.Table{
		Columns: []pdf.Column{{Weight: 1, Align: pdf.Center}, {Weight: 4}},
		Head:    []string{b.T("bulletin.annex.week"), b.T("bulletin.annex.freeze")},
		Size:    10.5,
	}
	for _, week := range sortedKeys(p.Freezes) {
		t.Rows = append(t.Rows, []string{week, p.Freezes[week]})
	}
	for _, year := range sortedKeys(p.Anchors) {
		t.Rows = append(t.Rows, []string{b.T("bulletin.annex.anchor", "year", year), p.Anchors[year]})
	}
	if p.JournalSeq > 0 {
		t.Rows = append(t.Rows, []string{b.T("bulletin.annex.journal", "seq", p.JournalSeq), p.Journal})
	}
	if len(t.Rows) == 0 {
		return annex{"proof", paras(b.T("bulletin.annex.proof.none"))}
	}
	return annex{"proof", append(paras(b.T("bulletin.annex.proof.text")), t)}
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
