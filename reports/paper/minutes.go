package paper

import (
	"cmp"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports/pdf"
)

// Minutes are those of a meeting 纪要 (clause 10.3), as a clerk writes them.
type Minutes struct {
	Title   string           `json:"title"`
	Number  string           `json:"number"` // as printed; may be empty
	Date    calendar.Date    `json:"date"`
	Text    []string         `json:"text"`    // paragraphs; one that begins with 一、 and stands alone is a level
	Present []string         `json:"present"` // 出席
	Excused []string         `json:"excused"` // 请假
	Also    []string         `json:"also"`    // 列席
	CopyTo  string           `json:"copy_to"`
	Issuer  string           `json:"-"`
	Created calendar.Instant `json:"-"`
}

// Check refuses minutes that lack what every paper of the kind has. Error: Invalid, naming the field.
func (m Minutes) Check() error {
	for _, f := range []struct {
		name    string
		missing bool
	}{{"title", m.Title == ""}, {"date", m.Date.IsZero()}, {"text", len(m.Text) == 0}, {"present", len(m.Present) == 0}} {
		if f.missing {
			return inspections.Fail(inspections.Invalid, "paper.minutes_lack", "field", f.name)
		}
	}
	return nil
}

// Minutes renders them.
func (p Papers) Minutes(m Minutes) ([]byte, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	raw, _, err := pdf.Render(p.minutesDocument(m), p.Faces)
	return raw, err
}

func (p Papers) minutesDocument(m Minutes) pdf.Document {
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
	if m.Issuer == "" {
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
