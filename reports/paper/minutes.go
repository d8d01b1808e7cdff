package paper

import (
	"cmp"
	"strings"

	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// minutesDocument lays out minutes of a meeting (10.3).
func (p Papers) minutesDocument(m reports.Minutes) pdf.Document {
	w := p.Words
	issuer := cmp.Or(m.Issuer, w.T("bulletin.no_issuer"))
	doc := pdf.Document{
		Kind: pdf.Minutes, Meta: pdf.Meta{Author: issuer, Lang: metaLang(w.Lang()), Created: m.Created.Time},
		Mark: w.T("minutes_paper.mark", "issuer", issuer), Number: cmp.Or(m.Number, w.Date(m.Date)), Title: m.Title, Body: p.leveled(m.Text),
		Imprint: pdf.Imprint{IssuedBy: issuer, IssuedOn: w.T("bulletin.printed", "date", m.Created.Date())},
	}
	doc.Meta.Title = plain(doc.Title)
	if m.CopyTo != "" {
		doc.Imprint.CopyLead, doc.Imprint.CopyTo = w.T("bulletin.copy.lead"), w.T("bulletin.copy.to", "to", m.CopyTo)
	}
	if m.Sample || m.Issuer == "" {
		doc.Sample = w.T("paper.sample")
	}
	doc.Body = append(doc.Body, pdf.Space{Lines: 1})
	for _, line := range []struct {
		key   string
		names []string
	}{{"present", m.Present}, {"excused", m.Excused}, {"also", m.Also}} {
		if len(line.names) > 0 {
			doc.Body = append(doc.Body, pdf.Para{Lead: w.T("minutes_paper." + line.key), Text: strings.Join(line.names, w.T("minutes_paper.sep"))})
		}
	}
	return doc
}

// leveled sets paragraphs, those that are a level of their own in the face of one.
func (p Papers) leveled(texts []string) []pdf.Block {
	var blocks []pdf.Block
	for _, text := range texts {
		if levelOne.MatchString(text) {
			blocks = append(blocks, pdf.Heading{Level: 1, Text: text})
			continue
		}
		blocks = append(blocks, pdf.Para{Text: text})
	}
	return blocks
}
