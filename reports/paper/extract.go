package paper

import (
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// extractDocument lays out what a month's figures say of one township, for that township.
func (p Papers) extractDocument(e reports.Extract) (pdf.Document, error) {
	month, err := calendar.ParseMonth(e.Figures.Month)
	if err != nil {
		return pdf.Document{}, err
	}
	b := bulletin{Catalog: p.Words, head: e.Head, f: e.Figures.Of(e.Township), month: month}
	return b.extract(e.Township), nil
}

func (b *bulletin) extract(township string) pdf.Document {
	doc := pdf.Document{
		Kind: pdf.Plain, Meta: pdf.Meta{Author: b.head.Issuer, Lang: metaLang(b.Lang()), Created: b.head.Created.Time},
		Title: b.T("extract.title", "month", b.month, "township", township), To: b.T("extract.to", "township", township),
		Signature: b.head.Issuer, Date: b.Date(b.head.Date), SealSpace: true,
	}
	if b.head.Sample {
		doc.Sample = b.T("bulletin.sample")
	}
	heading := func(key string) pdf.Block { return pdf.Heading{Level: 1, Text: b.T("extract." + key)} }
	doc.Body = append(paras(b.T("extract.opening", "month", b.month)), heading("attendance"))
	if len(b.f.Attendance.Rows) == 0 {
		doc.Body = append(doc.Body, paras(b.T("extract.attendance.none"))...)
	} else {
		doc.Body = append(doc.Body, b.attendanceTable(b.f.Attendance))
	}
	doc.Body = append(doc.Body, heading("problems"))
	for i, p := range b.f.Problems {
		doc.Body = append(doc.Body, pdf.Para{Text: b.problem(i+1, p)})
	}
	if len(b.f.Problems) == 0 {
		doc.Body = append(doc.Body, paras(b.T("extract.problems.none"))...)
	}
	doc.Body = append(doc.Body, heading("ledger"))
	doc.Body = append(doc.Body, b.ledgerAnnex().body...)
	return doc
}
