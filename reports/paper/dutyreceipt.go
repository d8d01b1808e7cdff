package paper

import (
	"cmp"

	"anfang.example/inspections/duties"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// receiptDocument lays out the receipt for what was handed in for a duty 报送回执.
func (p Papers) receiptDocument(r reports.DutyReceipt) pdf.Document {
	w := p.Words
	doc := pdf.Document{
		Kind: pdf.Plain, Meta: pdf.Meta{Author: r.Issuer, Lang: metaLang(w.Lang()), Created: r.Submission.At.Time},
		Title: w.T("receipt.title"), Number: w.T("receipt.number", "number", r.Number()),
	}
	doc.Meta.Title = plain(doc.Title)
	if r.Sample || r.Issuer == "" {
		doc.Sample = w.T("paper.sample")
	}
	due := w.FullMoment(r.Duty.Due.Time)
	if r.Duty.Due.IsZero() {
		due = w.T("casefile.undetermined", "what", r.Duty.Undetermined)
	}
	kept := "casefile.kept.yes"
	switch {
	case r.Submission.Kind == duties.SubmissionWaived:
		kept = "receipt.waived"
	case r.Duty.Late():
		kept = "casefile.kept.no"
	}
	items := []string{
		w.T("receipt.party"), w.Body(r.Roster, r.Settings, r.Duty.Party),
		w.T("receipt.duty"), w.Label("duty", r.Duty.Kind),
		w.T("receipt.period"), cmp.Or(w.Period(r.Duty.Period), r.Duty.About),
		w.T("receipt.clause"), w.T("receipt.clause.value", "clause", w.T("clause.ref."+r.Duty.Clause)),
		w.T("casefile.due"), due,
		w.T("receipt.done_on"), w.Date(r.Submission.Day),
		w.T("receipt.at"), w.FullMoment(r.Submission.At.Time),
		w.T("casefile.kept"), w.T(kept),
	}
	if r.Submission.Note != "" {
		items = append(items, w.T("receipt.note"), r.Submission.Note)
	}
	if r.Submission.SHA != "" {
		items = append(items, w.T("receipt.sha"), r.Submission.SHA)
	}
	doc.Body = []pdf.Block{form(append(items, w.T("receipt.stamp"), handRoom)...)}
	p.seal(&doc, r.Sealed)
	return doc
}
