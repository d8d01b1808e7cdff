package reports

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

// entryPaperIssued journals that a numbered paper left.
const entryPaperIssued = "paper.issued"

// Official is what an issued paper bears and a sample does not: its number, what it corrects, a signed head of the journal.
type Official struct {
	Prefix   string
	Year     int
	Number   int
	Corrects *inspections.IssuedPaper // nil: nothing
	Reason   string                   // of the correction
	Sealed   string
}

// Correcting says that a paper is issued again with other contents, in place of one that left. Zero: it is not.
type Correcting struct {
	Replaces inspections.PaperID
	Reason   string
}

// numbered is a form that is numbered when it is issued.
type numbered interface {
	Form
	// blank is the row of the paper, without number and bytes.
	blank() inspections.IssuedPaper
	// under gives the form with its number.
	under(Official) Form
}

// IssueRectifyOrder signs, numbers and fixes a rectification notice, and mails it to the party in the same transaction. Issued
// already, it is given as it left. Errors: those of RectifyOrder; Forbidden "paper.leader_signs" for others than leaders;
// Conflict "paper.settings_missing", "paper.not_standing" for a correction of what does not stand; Invalid
// "paper.correction_reason".
func (p *Press) IssueRectifyOrder(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form OrderForm, letter bool, c Correcting) (inspections.IssuedPaper, error) {
	return p.issueForm(ctx, by, c, func(tx Tx) (numbered, error) { return rectifyOrder(tx, id, form, letter) })
}

// IssueRecall is the same for the notice of a recall. Errors: those of Recall and of IssueRectifyOrder.
func (p *Press) IssueRecall(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID, letter bool, c Correcting) (inspections.IssuedPaper, error) {
	return p.issueForm(ctx, by, c, func(tx Tx) (numbered, error) { return recall(tx, id, measure, letter) })
}

// IssueYearly is the same for the report of a year that is over; it goes to nobody by mail. Errors: those of Yearly and of
// IssueRectifyOrder; Conflict "paper.year_runs".
func (p *Press) IssueYearly(ctx context.Context, by inspections.Actor, year int, c Correcting) (inspections.IssuedPaper, error) {
	return p.issueForm(ctx, by, c, func(tx Tx) (numbered, error) {
		if now, _, _ := tx.Now().Date().Parts(); year >= now {
			return nil, inspections.Fail(inspections.Conflict, "paper.year_runs", "year", year)
		}
		return p.yearly(tx, year)
	})
}

func (p *Press) issueForm(ctx context.Context, by inspections.Actor, c Correcting, gather func(Tx) (numbered, error)) (inspections.IssuedPaper, error) {
	var issued inspections.IssuedPaper
	if !by.Is(inspections.RoleLeader) || by == inspections.System {
		return issued, inspections.Fail(inspections.Forbidden, "paper.leader_signs", "role", string(by.Role))
	}
	if c.Replaces != 0 && c.Reason == "" {
		return issued, inspections.Fail(inspections.Invalid, "paper.correction_reason")
	}
	err := p.InTx(ctx, func(tx Tx) error {
		f, err := gather(tx)
		if err != nil {
			return err
		}
		issued, err = p.issueIn(ctx, tx, by, f, c)
		return err
	})
	return issued, err
}

func (p *Press) issueIn(ctx context.Context, tx Tx, by inspections.Actor, f numbered, c Correcting) (inspections.IssuedPaper, error) {
	paper := f.blank()
	earlier, err := tx.IssuedPapers(inspections.PaperFilter{Subject: paper.Subject})
	if err != nil {
		return paper, err
	}
	last, stands := standingPaper(earlier, paper.Kind, paper.Form)
	switch {
	case c.Replaces == 0 && stands:
		return last, nil // the same paper, to the byte
	case c.Replaces != 0 && (!stands || last.ID != c.Replaces):
		return paper, inspections.Fail(inspections.Conflict, "paper.not_standing", "id", int64(c.Replaces))
	}
	set, err := settings(tx)
	if err != nil {
		return paper, err
	}
	if !set.Official() {
		return paper, inspections.Fail(inspections.Conflict, "paper.settings_missing")
	}
	o := Official{Reason: c.Reason}
	if stands {
		o.Corrects = &last
	}
	var series string
	o.Prefix, series = set.Series(paper.Letter)
	o.Year, _, _ = tx.Now().Date().Parts()
	if o.Number, err = tx.NextNumber(series, o.Year); err != nil {
		return paper, err
	}
	if o.Sealed, err = p.sealedBefore(tx, tx.Now()); err != nil {
		return paper, err
	}
	made, err := p.Render.Form(ctx, f.under(o))
	if err != nil {
		return paper, fmt.Errorf("reports: paper of %s: %w", paper.Subject, err)
	}
	if paper.PDF, err = tx.PutBlob(mediaPDF, made.PDF); err != nil {
		return paper, err
	}
	paper.Title, paper.Prefix, paper.Year, paper.Number = made.Title, o.Prefix, o.Year, o.Number
	paper.SignedBy, paper.Issued, paper.Replaces, paper.Reason = by.Name, tx.Now(), c.Replaces, c.Reason
	if err := tx.AddIssuedPaper(&paper); err != nil {
		return paper, err
	}
	line, err := journal.Append(tx, journal.Entry{Kind: entryPaperIssued, Actor: by.Ref(), Subject: paper.Subject, Body: map[string]any{
		"paper": int64(paper.ID), "kind": string(paper.Kind), "form": paper.Form, "prefix": paper.Prefix, "year": paper.Year, "number": paper.Number,
		"party": string(paper.To.Kind), "party_id": paper.To.ID, "replaces": int64(paper.Replaces), "pdf_sha256": paper.PDF,
	}})
	if err != nil {
		return paper, err
	}
	return paper, p.sendPaper(tx, set, paper, made, line)
}

// standingPaper gives the newest paper of a kind and form: the last correction counts.
func standingPaper(list []inspections.IssuedPaper, kind inspections.PaperKind, form string) (inspections.IssuedPaper, bool) {
	var last inspections.IssuedPaper
	for _, p := range list {
		if p.Kind == kind && p.Form == form {
			last = p
		}
	}
	return last, last.ID != 0
}

// sendPaper writes the letter with the paper to its addressee; a body without an address gets it on paper or in the portal.
func (p *Press) sendPaper(tx Tx, set inspections.Settings, paper inspections.IssuedPaper, made Paper, line journal.Record) error {
	if paper.To.Kind == inspections.PartyCounty {
		return nil
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	contact := roster.ContactOf(paper.To, tx.Now().Date())
	if contact.Email == "" {
		return nil
	}
	args := inspections.PaperArgs{
		Kind: paper.Kind, Title: made.Title, Number: made.Number, Correction: paper.Replaces != 0, SHA: paper.PDF, JournalSeq: line.Seq,
		Issuer: set[inspections.SetIssuer], Date: tx.Now().Date(), Due: paper.Due, Delivery: deliveryOf(set), Path: "/papers",
	}
	if args.Journal, err = p.sealed(line); err != nil {
		return err
	}
	l, err := inspections.NewLetter(inspections.LetterPaper, fmt.Sprintf("paper/%d", paper.ID), paper.To, paper.Name, contact.Email, args)
	if err != nil {
		return err
	}
	l.Created = tx.Now()
	if args.Delivery == "" {
		l.Attach = []inspections.Attachment{{SHA: paper.PDF, Name: made.File, Media: mediaPDF}}
	}
	_, err = tx.Enqueue(l)
	return err
}

// ReadsPaper reports whether somebody may have an issued paper: the office every one, a body what is addressed to it.
func ReadsPaper(by inspections.Actor, paper inspections.IssuedPaper) bool {
	return mayRead(by) == nil || by.Is(inspections.RoleTownship, inspections.RoleUnit) && by.Party.ID != 0 && by.Party == paper.To
}

// IssuedPaperPDF gives an issued paper, byte for byte as it left. Error: NotFound, also for one that somebody may not have.
func (p *Press) IssuedPaperPDF(ctx context.Context, by inspections.Actor, id inspections.PaperID) (inspections.IssuedPaper, []byte, error) {
	var paper inspections.IssuedPaper
	var pdf []byte
	err := p.View(ctx, func(tx Tx) (err error) {
		if paper, err = tx.IssuedPaper(id); err == nil && !ReadsPaper(by, paper) {
			err = inspections.Fail(inspections.NotFound, "store.not_found", "what", "issued_paper", "id", int64(id))
		}
		if err != nil {
			return err
		}
		pdf, err = tx.Blob(paper.PDF)
		return err
	})
	return paper, pdf, err
}

// lastDay is the day at whose end a term ends; zero for none.
func lastDay(end calendar.Instant) calendar.Date {
	if end.IsZero() {
		return 0
	}
	return calendar.DateOf(end.Add(-1))
}
