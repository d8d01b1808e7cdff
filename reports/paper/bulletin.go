package paper

import (
	"cmp"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// bulletin writes one bulletin; its parts follow the order of WORDING.zh.md, part one.
type bulletin struct {
	*catalog.Catalog
	head  reports.Head
	f     reports.Figures
	month calendar.Month

	pictures int // those laid out so far, which their numbers follow
}

func (b *bulletin) document() pdf.Document {
	b.month, _ = calendar.ParseMonth(b.f.Month) // checked by the caller, who names the file by it
	issuer := cmp.Or(b.head.Issuer, b.T("bulletin.no_issuer"))
	doc := pdf.Document{
		Kind:      pdf.Bulletin,
		Meta:      pdf.Meta{Author: issuer, Lang: metaLang(b.Lang()), Created: b.head.Created.Time},
		Mark:      b.T("bulletin.mark", "issuer", issuer),
		Title:     b.T("bulletin.title", "issuer", issuer, "month", b.month),
		To:        b.T("bulletin.to"),
		Body:      b.body(),
		AnnexLead: b.T("bulletin.annex.lead"),
		Annexes:   b.annexes(),
		Signature: issuer,
		Date:      b.Date(b.head.Date),
		SealSpace: true,
		Imprint: pdf.Imprint{
			CopyLead: b.T("bulletin.copy.lead"), CopyTo: b.T("bulletin.copy.to", "to", cmp.Or(b.head.CopyTo, b.T("bulletin.copy.default"))),
			IssuedBy: issuer, IssuedOn: b.T("bulletin.printed", "date", b.head.Date),
		},
	}
	doc.Meta.Title = plain(doc.Title)
	switch {
	case b.head.Copy > 0:
		doc.Reader = b.T("bulletin.reader.mark", "reader", b.head.Reader, "copy", b.head.Copy)
	case b.head.Reader != "":
		doc.Reader = b.T("bulletin.reader", "reader", b.head.Reader)
	}
	if b.head.Sample {
		doc.Sample = b.T("bulletin.sample")
		doc.Number = cmp.Or(b.head.Prefix, b.T("bulletin.no_prefix"))
		return doc
	}
	doc.Number = b.T("bulletin.number", "prefix", b.head.Prefix, "year", b.head.Year, "number", b.head.Number)
	return doc
}

func metaLang(lang string) string {
	if lang == catalog.English {
		return "en"
	}
	return "zh-CN"
}

func (b *bulletin) body() []pdf.Block {
	opening := "bulletin.opening"
	if b.f.Random.N == 0 && b.f.Manual.N == 0 {
		opening = "bulletin.opening.unvisited" // the office went nowhere
	}
	blocks := []pdf.Block{pdf.Para{Text: b.T(opening, "month", int(b.month.Month))}}
	for _, section := range []func() []pdf.Block{b.visits, b.attendance, b.problems, b.cases, b.earlier, b.asks, b.own} {
		blocks = append(blocks, section()...)
	}
	return blocks
}

func (b *bulletin) heading(key string) pdf.Block {
	return pdf.Heading{Level: 1, Text: b.T("bulletin.section." + key)}
}

// paras makes a paragraph of each text that is not empty.
func paras(texts ...string) []pdf.Block {
	var blocks []pdf.Block
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			blocks = append(blocks, pdf.Para{Text: t})
		}
	}
	return blocks
}

// visits is section 1: random visits week by week against the two, special ones apart.
func (b *bulletin) visits() []pdf.Block {
	var weeks, unmeasured []string
	var short []string
	for _, w := range b.f.Weeks {
		if !w.Measured {
			unmeasured = append(unmeasured, b.Span(w.From, w.Until))
			continue
		}
		weeks = append(weeks, b.T("bulletin.week", "span", b.Span(w.From, w.Until), "n", w.Completed.N))
		if w.Short() {
			short = append(short, b.shortWeek(w))
		}
	}
	text := b.T("bulletin.visits", "span", b.Span(b.f.From, b.f.Until), "n", b.f.Random.N, "weeks", b.Join(weeks)) +
		b.T("bulletin.manual", "n", b.f.Manual.N) +
		b.T("bulletin.reach", "n", b.f.Villages.N, "townships", b.f.Townships.N, "teams", b.f.Teams.N, "units", b.f.Units.N)
	if len(b.f.Proof.Freezes) > 0 {
		text += b.T("bulletin.proof")
	}
	blocks := append([]pdf.Block{b.heading("1")}, paras(text)...)
	blocks = append(blocks, paras(short...)...)
	if len(unmeasured) > 0 {
		blocks = append(blocks, paras(b.T("bulletin.unmeasured", "weeks", b.Join(unmeasured)))...)
	}
	return append(blocks, b.visitsChart()...)
}

func (b *bulletin) shortWeek(w reports.WeekFigure) string {
	span := b.Span(w.From, w.Until)
	if e := w.Exception; e != nil {
		return b.T("bulletin.short.excepted", "span", span, "n", w.Completed.N, "reason", e.Reason, "date", e.Day, "by", e.By)
	}
	reason := ""
	if w.Reason != "" {
		reason = b.T("bulletin.short.reason", "reason", w.Reason)
	}
	return b.T("bulletin.short.missed", "span", span, "n", w.Completed.N, "reason", reason)
}

// attendance is section 2 with its table in division-code order.
func (b *bulletin) attendance() []pdf.Block {
	a := b.f.Attendance
	text := b.T("bulletin.attendance", "n", a.Reported.N, "date", a.CutOff, "members", a.Members.N, "days", a.DaysMin,
		"reached", a.Reached.N, "leave", a.OnLeave.N, "leave_times", a.LeaveTimes, "unexcused", a.Unexcused.N, "times", a.Times)
	if a.NotReported.N == 0 {
		text += b.T("bulletin.attendance.all", "n", a.Reported.N)
	} else if a.Reported.N > 0 && len(a.NotNames) == 0 { // a reader's copy names no others
		text += b.T("bulletin.scope.missing", "n", a.NotReported.N, "members", a.Missing.N)
	} else if a.Reported.N > 0 {
		text += b.T("bulletin.attendance.missing", "n", a.NotReported.N, "names", b.Join(a.NotNames), "members", a.Missing.N)
	}
	text += b.T("bulletin.attendance.lodging", "n", a.NoLodging.N) + b.comparison(a)
	blocks := append([]pdf.Block{b.heading("2")}, paras(text)...)
	if a.Reported.N == 0 {
		return blocks
	}
	if len(a.Rows) > 0 {
		blocks = append(append(blocks, b.attendanceTable(a)), b.attendanceChart(a)...)
	}
	switch {
	case b.unitsApart():
		blocks = append(blocks, paras(b.T("bulletin.units.apart"))...)
	case len(a.Units) > 0:
		blocks = append(blocks, b.unitTable(a))
	}
	return blocks
}

// comparison says more, fewer or equal, and nothing where data are missing.
func (b *bulletin) comparison(a reports.AttendanceFigures) string {
	switch {
	case a.Last == nil:
		return b.T("bulletin.compare.missing")
	case a.Times > *a.Last:
		return b.T("bulletin.compare.more", "n", a.Times-*a.Last)
	case a.Times < *a.Last:
		return b.T("bulletin.compare.fewer", "n", *a.Last-a.Times)
	}
	return b.T("bulletin.compare.equal")
}

func (b *bulletin) attendanceTable(a reports.AttendanceFigures) pdf.Table {
	missing := b.T("bulletin.table.missing")
	t := pdf.Table{
		Caption: b.T("bulletin.table.caption"), Note: b.T("bulletin.table.note"),
		Columns: []pdf.Column{{Weight: 3, Align: pdf.Center}, {Weight: 2, Align: pdf.Right}, {Weight: 2.4, Align: pdf.Right}, {Weight: 2, Align: pdf.Right}, {Weight: 2.4, Align: pdf.Right}},
		Head: []string{
			b.T("bulletin.table.township"), b.T("bulletin.table.members"), b.T("bulletin.table.reached", "days", a.DaysMin),
			b.T("bulletin.table.leave"), b.T("bulletin.table.unexcused"),
		},
	}
	for _, r := range a.Rows {
		row := []string{r.Name, b.Value(r.Members), missing, missing, b.Value(r.Unexcused)}
		if r.Reported {
			row[2], row[3] = b.Value(r.Reached), b.Value(r.OnLeave)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// unitsApart says that the table by unit is an annex: in the text it would stand between a reader and the problems.
func (b *bulletin) unitsApart() bool {
	const fewUnits = 12
	return len(b.f.Attendance.Units) > fewUnits && b.f.Attendance.Reported.N > 0
}

// unitTable is the same by aid unit, in the order of the roster.
func (b *bulletin) unitTable(a reports.AttendanceFigures) pdf.Table {
	t := pdf.Table{
		Note: b.T("bulletin.units.note"), Size: 10.5,
		Columns: []pdf.Column{{Weight: 4}, {Weight: 1.8, Align: pdf.Right}, {Weight: 1.8, Align: pdf.Right}, {Weight: 2.2, Align: pdf.Right}, {Weight: 1.6, Align: pdf.Right}, {Weight: 2.2, Align: pdf.Right}},
		Head: []string{
			b.T("bulletin.units.unit"), b.T("bulletin.table.members"), b.T("bulletin.units.reported"), b.T("bulletin.table.reached", "days", a.DaysMin),
			b.T("bulletin.table.leave"), b.T("bulletin.table.unexcused"),
		},
	}
	if !b.unitsApart() { // an annex has it as its title
		t.Caption = b.T("bulletin.units.caption")
	}
	missing := b.T("bulletin.table.missing")
	for _, u := range a.Units {
		row := []string{cmp.Or(u.Name, b.T("bulletin.unit.unknown")), b.Value(u.Members.N), missing, missing, missing, b.Value(u.Unexcused.N)}
		if u.Reported.N > 0 {
			row[2], row[3], row[4] = b.Value(u.Reported.N), b.Value(u.Reached.N), b.Value(u.OnLeave.N)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// earlier is section 5.
func (b *bulletin) earlier() []pdf.Block {
	e := b.f.Earlier
	if !e.Any && e.Open.N == 0 && e.Rectify.Open.N == 0 {
		return append([]pdf.Block{b.heading("5")}, paras(b.T("bulletin.earlier.first"))...)
	}
	var cases string // where only the ledger has something open, the cases' sentence would deny it
	if e.Open.N > 0 || e.Rectify.Open.N == 0 {
		cases = b.T("bulletin.earlier", "n", e.Open.N, "date", b.f.Until, "settled", e.Settled.N, "in_time", e.InTime.N, "overdue", e.Overdue.N)
	}
	r := e.Rectify
	lines := b.T("bulletin.earlier.rectify", "n", r.Open.N, "date", b.f.Until, "settled", r.Settled.N, "in_time", r.InTime.N, "overdue", r.Overdue.N)
	return append([]pdf.Block{b.heading("5")}, paras(cases, lines, b.overdue())...)
}

// overdue lists what earlier bulletins asked for and is still not done.
func (b *bulletin) overdue() string {
	var list []string
	for _, l := range b.f.Earlier.Lines {
		if l.Rectify != 0 {
			list = append(list, b.T("bulletin.earlier.rectify_overdue", "who", b.answerable(l), "problem", l.Problem, "due", l.Due))
			continue
		}
		list = append(list, b.T("bulletin.earlier.overdue", "where", l.Township+l.Village, "units", b.units(l.Units), "matter", b.Label("matter", l.Kind), "due", l.Due))
	}
	return strings.Join(list, "")
}

// own is section 7: the county office's misses are printed like anyone's.
func (b *bulletin) own() []pdf.Block {
	var list []string
	for _, o := range b.f.Own {
		what := b.Label("duty", o.Kind)
		if o.About != "" {
			what = b.T("bulletin.own.about", "what", what, "about", o.About)
		}
		text := b.T("bulletin.own.done", "what", what, "due", b.Brief(o.Due.Time), "done", b.Brief(o.Done.Time))
		if o.Done.IsZero() {
			text = b.T("bulletin.own.open", "what", what, "due", b.Brief(o.Due.Time))
		}
		if o.Reason != "" {
			text += b.T("bulletin.own.reason", "reason", o.Reason)
		}
		list = append(list, text)
	}
	slices.Sort(list)
	text := b.T("bulletin.own", "n", len(list), "list", strings.Join(slices.Compact(list), b.T("bulletin.sep")))
	if len(list) == 0 {
		text = b.ownKept()
	}
	return append([]pdf.Block{b.heading("7")}, paras(text)...)
}

// ownKept is said where no duty of the county office was missed; a week below two is none that was kept.
func (b *bulletin) ownKept() string {
	short := 0
	for _, w := range b.f.Weeks {
		if w.Short() && w.Exception == nil {
			short++
		}
	}
	owed := slices.ContainsFunc(b.f.Duties, func(d reports.DutyLine) bool { return d.Party == string(inspections.PartyCounty) && d.Owed.N > 0 })
	switch {
	case short > 0 && owed:
		return b.T("bulletin.own.short", "n", short) + b.T("bulletin.own.others")
	case short > 0:
		return b.T("bulletin.own.short", "n", short)
	case !owed:
		return b.T("bulletin.own.nothing_due")
	}
	return b.T("bulletin.own", "n", 0, "list", "")
}
