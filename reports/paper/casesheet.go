package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// CaseSheet renders one paper of a case by itself, with the words and boxes it has in the case file: notices to a
// party in the form of a notice or letter, all others as sheets to be signed by hand.
func (p Papers) CaseSheet(_ context.Context, f reports.CaseFile, s reports.Sheet) ([]byte, error) {
	doc, err := p.sheetDocument(f, s)
	if err != nil {
		return nil, err
	}
	raw, _, err := pdf.Render(doc, p.Faces)
	return raw, err
}

func (p Papers) sheetDocument(f reports.CaseFile, s reports.Sheet) (pdf.Document, error) {
	c := casePaper{Catalog: p.Words, f: f}
	switch s.Kind {
	case reports.SheetStart:
		i := slices.IndexFunc(f.Letters, func(l reports.CaseLetter) bool { return l.Branch == int(s.N) && l.Kind != inspections.LetterPaper })
		if i < 0 {
			return pdf.Document{}, fmt.Errorf("case %s: no start notice of investigation %d", f.Case.Number, s.N)
		}
		l := f.Letters[i]
		return p.noticeDocument(Notice{
			Issuer: f.Issuer, Sample: f.Sample, Title: l.Title, To: l.To, Paras: l.Paras, Signature: l.Signature, Letter: l.External, Created: l.Created, Sealed: f.Sealed,
		}), nil
	case reports.SheetOpinion:
		return p.noticeDocument(c.opinion()), nil
	}
	title, body, at, err := c.sheet(s)
	if err != nil {
		return pdf.Document{}, err
	}
	doc := pdf.Document{
		Kind:  pdf.Plain,
		Meta:  pdf.Meta{Title: title, Author: f.Issuer, Lang: metaLang(p.Words.Lang()), Created: cmp.Or(at, f.At).Time, Keywords: f.Sealed},
		Title: title, Number: c.T("casefile.number", "number", f.Case.Number), Body: body,
	}
	if f.Sealed != "" {
		doc.Body = append(doc.Body, pdf.KeyValues{Items: []pdf.KeyValue{{Key: c.T("casefile.sealed.key"), Value: f.Sealed}}, Size: sealedSize})
	}
	if f.Sample || f.Issuer == "" {
		doc.Sample = p.Words.T("paper.sample")
	}
	return doc, nil
}

// sealedSize in points: a signed head is long, and for programs to read.
const sealedSize = 7.5

// sheet gives title, contents and day of a paper that is signed by hand.
func (c *casePaper) sheet(s reports.Sheet) (string, []pdf.Block, calendar.Instant, error) {
	one := func(title string, k pdf.KeyValues, at calendar.Instant) (string, []pdf.Block, calendar.Instant, error) {
		return title, []pdf.Block{k}, at, nil
	}
	switch s.Kind {
	case reports.SheetReported:
		k := c.reported(c.report())
		k.Size = 12 // one page, the days of a long holiday included
		return one(c.T("casesheet.reported"), k, c.f.Case.Proposed)
	case reports.SheetApproval:
		return one(c.T("casefile.sheet"), c.approval(), c.f.Case.Decided)
	case reports.SheetCompare:
		return c.T("casefile.compare"), c.compareTables(), c.f.Case.ClosedAt, nil
	case reports.SheetNotified:
		for _, l := range c.f.Letters {
			if l.Branch == int(s.N) && l.Kind != inspections.LetterPaper {
				return one(c.T("casefile.receipt", "person", c.partyOf(l.Branch)), c.notified(l), cmp.Or(l.Settled, l.Created))
			}
		}
	case reports.SheetTalk, reports.SheetHandover:
		for _, a := range c.f.Acts {
			switch {
			case a.Seq != int(s.N):
			case s.Kind == reports.SheetTalk:
				return one(c.T("casefile.talk", "branch", reports.BranchLetter(a.Branch)), c.talkForm(a), a.At)
			default:
				return one(c.Label("case_act", casework.ActHandover), c.slipForm(a), a.At)
			}
		}
	case reports.SheetDecision, reports.SheetServed:
		for _, m := range c.f.Measures {
			switch {
			case m.ID != inspections.MeasureID(s.N):
			case s.Kind == reports.SheetDecision:
				return one(c.T("casefile.decision", "measure", c.Label("measure", m.Kind), "person", m.Person), c.decisionForm(m), m.Decided)
			default:
				return one(c.T("casefile.receipt", "person", m.Person), c.receiptSheet(m), m.Served)
			}
		}
	}
	return "", nil, calendar.Instant{}, fmt.Errorf("case %s has no paper %s", c.f.Case.Number, s.Ref())
}

// opinion is the handling opinion 处理意见 on a township's report. It names nobody: nothing is concluded yet.
func (c *casePaper) opinion() Notice {
	k := c.f.Case
	paras := []string{c.T("casesheet.opinion.received", "at", c.FullMoment(c.report().Received.Time), "village", c.f.Village,
		"unit", cmp.Or(c.f.Unit, c.T("bulletin.unit.unknown")), "kind", c.Label("kind", k.Kind))}
	if k.State == casework.Refused {
		paras = append(paras, c.T("casesheet.opinion.refused", "duty", c.f.Approver, "reason", k.Reason))
	} else {
		paras = append(paras, c.T("casesheet.opinion.started", "duty", c.f.Approver, "due", c.moment(k.Due)))
	}
	prompt := "casesheet.opinion.late"
	if k.Reported {
		prompt = "casesheet.opinion.prompt"
	}
	paras = append(paras, c.T(prompt))
	if o, ok := c.opinionClock(); ok && !o.Due.IsZero() {
		paras = append(paras, c.T("casesheet.opinion.clock", "due", c.FullMoment(o.Due.Time), "done", c.FullMoment(k.Decided.Time)))
	}
	if told := c.report().Opinion; told != "" {
		paras = append(paras, c.T("casesheet.opinion.told", "opinion", told))
	}
	return Notice{
		Issuer: c.f.Issuer, Sample: c.f.Sample, Title: c.T("casesheet.opinion.title", "kind", c.Label("kind", k.Kind)),
		To: c.T("casesheet.opinion.to", "township", c.f.Township), Paras: paras, Created: k.Decided, Sealed: c.f.Sealed,
	}
}

// notified is the service receipt of a start notice; one that went by mail says what became of it.
func (c *casePaper) notified(l reports.CaseLetter) pdf.KeyValues {
	return form(
		c.T("casefile.receipt.what"), plain(l.Title),
		c.T("casefile.receipt.to"), c.partyOf(l.Branch),
		c.T("casesheet.sent"), c.moment(l.Created),
		c.T("casefile.receipt.how"), c.T("casefile.letter.state", "state", c.Label("letter_state", l.State), "at", c.moment(cmp.Or(l.Settled, l.Created))),
		c.T("casefile.receipt.at"), c.moment(l.Received),
		c.T("casefile.receipt.by"), blank,
		c.T("casefile.receipt.hand"), handRoom,
		c.T("casesheet.remarks"), handRoom,
	)
}

// SheetName is what people call a paper of a case.
func SheetName(words *catalog.Catalog, s reports.Sheet) string {
	name := words.Label("case_sheet", s.Kind)
	if s.Mark != "" {
		name = words.T("casesheet.name", "sheet", name, "mark", s.Mark)
	}
	return name
}
