package paper

import (
	"context"
	"strings"

	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// Papers implements reports.Renderer: the same input gives the same bytes.
type Papers struct {
	Words *catalog.Catalog
	Faces pdf.Faces
}

// Bulletin renders the monthly bulletin (BULLETIN.md). A sample has no number and says so on every page.
func (p Papers) Bulletin(_ context.Context, head reports.Head, f reports.Figures) (reports.Paper, error) {
	b := bulletin{Catalog: p.Words, head: head, f: f}
	doc := b.document()
	p.seal(&doc, head.Sealed)
	raw, _, err := pdf.Render(doc, p.Faces)
	if err != nil {
		return reports.Paper{}, err
	}
	month, err := calendar.ParseMonth(f.Month)
	if err != nil {
		return reports.Paper{}, err
	}
	paper := reports.Paper{PDF: raw, Title: plain(doc.Title), File: p.Words.T("bulletin.file", "month", month)}
	if !head.Sample {
		paper.Number = doc.Number
	}
	return paper, nil
}

// CaseFile renders a case's file.
func (p Papers) CaseFile(_ context.Context, f reports.CaseFile) ([]byte, error) {
	c := casePaper{Catalog: p.Words, f: f}
	raw, _, err := pdf.Render(c.document(), p.Faces)
	return raw, err
}

// plain takes the marks of sense out of a title.
func plain(title string) string { return strings.ReplaceAll(title, "|", "") }
