package paper

import (
	"context"
	"fmt"

	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// CaseVolume renders the case files of a month as one volume, with their list and pages numbered through.
func (p Papers) CaseVolume(_ context.Context, v reports.CaseVolume) ([]byte, error) {
	raw, _, err := pdf.Render(p.volumeDocument(v), p.Faces)
	return raw, err
}

func (p Papers) volumeDocument(v reports.CaseVolume) pdf.Document {
	words := p.Words
	title := words.T("casevolume.title", "month", v.Month)
	list := pdf.Table{
		Columns: []pdf.Column{{Weight: 1.8, Align: pdf.Center}, {Weight: 3.4}, {Weight: 2.4}, {Weight: 2, Align: pdf.Center}, {Weight: 1, Align: pdf.Center}},
		Head: []string{
			words.T("casevolume.number"), words.T("casefile.place"), words.T("casefile.sheet.matter"), words.T("casefile.state"), words.T("casefile.index.page"),
		},
	}
	var cases []pdf.Block
	var files []pdf.File
	for _, f := range v.Files {
		anchor := fmt.Sprintf("case-%d", f.Case.ID)
		list.Rows = append(list.Rows, []string{f.Case.Number, f.Township + f.Village, words.Label("kind", f.Case.Kind), words.Label("case_state", f.Case.State), ""})
		list.Pages = append(list.Pages, anchor)
		c := casePaper{Catalog: words, f: f, prefix: anchor + "/"}
		heading := plain(words.T("casefile.title", "kind", words.Label("kind", f.Case.Kind)))
		cases = append(cases, pdf.PageBreak{}, pdf.Anchor{Name: anchor},
			pdf.Para{Text: heading, Align: pdf.Center, Role: pdf.Hei},
			pdf.Para{Text: words.T("casefile.number", "number", f.Case.Number), Align: pdf.Center},
			pdf.KeyValues{Items: c.coverItems(), Ruled: true})
		cases = append(cases, c.body()...)
		files = append(files, c.attached()...)
	}
	return pdf.Document{
		Kind: pdf.Plain,
		Meta: pdf.Meta{Title: plain(title), Author: v.Issuer, Lang: metaLang(words.Lang()), Created: v.At.Time, Keywords: v.Sealed},
		Cover: &pdf.Cover{
			Over: v.Issuer, Title: title,
			Items: []pdf.KeyValue{
				{Key: words.T("casevolume.month"), Value: words.Month(v.Month)},
				{Key: words.T("casevolume.cases"), Value: words.Value(len(v.Files))},
				{Key: words.T("casefile.retention"), Value: words.T("casefile.retention.value")},
				{Key: words.T("casefile.pages"), Pages: true},
			},
			Foot: []string{words.Date(v.At.Date())},
		},
		Running: plain(title),
		Files:   files,
		Body:    append([]pdf.Block{pdf.Para{Text: words.T("casevolume.list"), Align: pdf.Center, Role: pdf.Hei}, list}, cases...),
	}
}
