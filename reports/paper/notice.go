package paper

import (
	"cmp"
	"regexp"

	"anfang.example/inspections/calendar"
	"anfang.example/reports/pdf"
)

// Notice is a paper to one reader with the words of its letter: a notice 通知, or, to a unit that is not under the
// county, a letter 函.
type Notice struct {
	Issuer    string // "" makes a sample
	Number    string // as printed; may be empty
	Title, To string
	Paras     []string
	Signature []string // body and date, as the letter has them
	Letter    bool     // the letter form of clause 10.1
	Created   calendar.Instant
	Sealed    string // signed head of the journal; "" none
	Sample    bool   // not issued: a watermarked 样稿
}

// levelOne is a heading that stands alone. Numbered sentences stay in the face of the text, all of them alike.
var levelOne = regexp.MustCompile(`^[一二三四五六七八九十]+、[^：。；]{1,24}$`)

// noticeDocument lays one out; room is left for the stamp, which is never drawn.
func (p Papers) noticeDocument(n Notice) pdf.Document {
	issuer := cmp.Or(n.Issuer, p.Words.T("bulletin.no_issuer"))
	doc := pdf.Document{
		Kind: pdf.Bulletin, Meta: pdf.Meta{Author: issuer, Lang: metaLang(p.Words.Lang()), Created: n.Created.Time},
		Mark: p.Words.T("bulletin.mark", "issuer", issuer), Number: n.Number, Title: n.Title, To: n.To, SealSpace: true,
	}
	if n.Letter {
		doc.Kind, doc.Mark = pdf.Letter, issuer
	}
	if n.Sample || n.Issuer == "" {
		doc.Sample = p.Words.T("paper.sample")
	}
	doc.Body = p.leveled(n.Paras)
	p.seal(&doc, n.Sealed)
	doc.Signature, doc.Date = issuer, p.Words.Date(n.Created.Date())
	if len(n.Signature) > 0 {
		doc.Date = n.Signature[len(n.Signature)-1]
	}
	if len(n.Signature) > 1 {
		doc.Signature = n.Signature[0]
	}
	return doc
}

// seal puts a signed head of the journal on a paper and among the file's keywords, so that the paper proves the archive later.
func (p Papers) seal(doc *pdf.Document, head string) {
	if head == "" {
		return
	}
	doc.Imprint.Proof = p.Words.T("mail.sealed", "head", head)
	doc.Meta.Keywords = head
}
