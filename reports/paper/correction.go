package paper

import (
	"cmp"
	"context"
	"fmt"

	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// Correction renders a correction notice (更正): what stood there, what stands now, and why.
func (p Papers) Correction(_ context.Context, head reports.Head, c reports.Correction) (reports.Paper, error) {
	w := p.Words
	month, err := calendar.ParseMonth(c.Month)
	if err != nil {
		return reports.Paper{}, err
	}
	issuer := cmp.Or(head.Issuer, w.T("bulletin.no_issuer"))
	doc := pdf.Document{
		Kind:   pdf.Bulletin,
		Meta:   pdf.Meta{Author: issuer, Lang: metaLang(w.Lang()), Created: head.Created.Time},
		Mark:   w.T("bulletin.mark", "issuer", issuer),
		Number: w.T("bulletin.number", "prefix", head.Prefix, "year", head.Year, "number", head.Number),
		Title:  w.T("correction.title", "number", c.Number),
		To:     w.T("bulletin.to"),
		Body: []pdf.Block{
			pdf.Para{Text: w.T("correction.text", "number", c.Number, "section", w.T("bulletin.part."+fmt.Sprint(c.Section)), "old", c.Old, "new", c.New)},
			pdf.Para{Text: w.T("correction.reason", "reason", c.Reason)},
			pdf.Para{Text: w.T("correction.rest")},
		},
		Signature: issuer, Date: w.Date(head.Date), SealSpace: true,
		Imprint: pdf.Imprint{
			CopyLead: w.T("bulletin.copy.lead"), CopyTo: w.T("bulletin.copy.to", "to", cmp.Or(head.CopyTo, w.T("bulletin.copy.default"))),
			IssuedBy: issuer, IssuedOn: w.T("bulletin.printed", "date", head.Date),
		},
	}
	doc.Meta.Title = plain(doc.Title)
	p.seal(&doc, head.Sealed)
	raw, _, err := pdf.Render(doc, p.Faces)
	if err != nil {
		return reports.Paper{}, err
	}
	return reports.Paper{PDF: raw, Title: plain(doc.Title), Number: doc.Number, File: w.T("correction.file", "month", month)}, nil
}
