package paper

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// Form renders one of the papers other than the bulletin and those of a case.
func (p Papers) Form(_ context.Context, form reports.Form) (reports.Paper, error) {
	doc, file, err := p.formDocument(form)
	if err != nil {
		return reports.Paper{}, err
	}
	raw, _, err := pdf.Render(doc, p.Faces)
	return reports.Paper{PDF: raw, Title: plain(doc.Title), Number: doc.Number, File: fileName(file) + ".pdf"}, err
}

// formDocument lays a form out and names its file.
func (p Papers) formDocument(form reports.Form) (pdf.Document, string, error) {
	w := p.Words
	switch f := form.(type) {
	case reports.TaskNotice:
		n := Notice{Issuer: f.Issuer, Sample: f.Sample, Title: f.Title, To: f.To, Paras: f.Paras, Signature: f.Signature, Created: f.Letter.Created}
		return p.noticeDocument(n), w.T("paper.file.task", "id", int64(f.Visit)), nil
	case reports.VisitRecord:
		return p.recordDocument(f), w.T("paper.file.record", "id", int64(f.Visit.ID)), nil
	case reports.RectifyOrder:
		n := p.RectifyOrder(f)
		return p.noticeDocument(n), w.T("paper.file.rectify", "title", n.Title, "id", int64(f.Line.ID)), nil
	case reports.Recall:
		n := p.Recall(f)
		return p.noticeDocument(n), w.T("paper.file.recall", "title", n.Title, "number", f.Number), nil
	case reports.Extract:
		doc, err := p.extractDocument(f)
		return doc, plain(doc.Title), err
	case reports.YearFigures:
		doc := p.yearDocument(f)
		return doc, plain(doc.Title), nil
	case reports.LetterForm:
		n := Notice{Issuer: f.Issuer, Sample: f.Sample, Title: f.Title, To: f.To, Paras: f.Paras, Signature: f.Signature, Letter: f.External, Created: f.Letter.Created}
		return p.noticeDocument(n), plain(f.Title), nil
	case reports.Minutes:
		return p.minutesDocument(f), plain(f.Title), nil
	case reports.DutyReceipt:
		return p.receiptDocument(f), w.T("receipt.file", "number", f.Number()), nil
	}
	return pdf.Document{}, "", fmt.Errorf("paper: no layout for %T", form)
}

// fileName makes a title fit for the name of a file.
func fileName(title string) string {
	return strings.NewReplacer("/", "-", "\\", "-", ":", "：", "\n", "").Replace(title)
}
