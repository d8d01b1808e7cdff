package reports

import (
	"context"
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

const mediaPDF = "application/pdf"

// sign signs and issues in one transaction; who signs for a standing sign-off is its leader.
func (p *Press) sign(ctx context.Context, tx Tx, by inspections.Actor, m calendar.Month, signer string, standing bool) (inspections.Issue, error) {
	issue, err := tx.IssueOf(kindBulletin, m.String())
	if inspections.IsNotFound(err) {
		return issue, inspections.Fail(inspections.Conflict, "bulletin.not_drafted", "month", m.String())
	}
	if err != nil {
		return issue, err
	}
	if issue.State != inspections.IssueDraft {
		return issue, inspections.Fail(inspections.Conflict, "bulletin.issued", "month", m.String(), "number", issue.Number)
	}
	set, err := settings(tx)
	if err != nil {
		return issue, err
	}
	if !set.Official() {
		return issue, inspections.Fail(inspections.Conflict, "bulletin.settings_missing", "month", m.String())
	}
	end, err := p.factCheckEnd(set, issue.Drafted)
	if err != nil {
		return issue, err
	}
	if tx.Now().Before(end.Time) {
		return issue, inspections.Fail(inspections.Conflict, "bulletin.fact_check_runs", "month", m.String(), "until", end)
	}
	issue.State, issue.SignedBy, issue.SignedAt, issue.Standing = inspections.IssueSigned, signer, tx.Now(), standing
	if _, err := journal.Append(tx, journal.Entry{Kind: "bulletin.signed", Actor: by.Ref(), Subject: subject(m), Body: map[string]any{"standing": standing}}); err != nil {
		return issue, err
	}
	return issue, p.publish(ctx, tx, by, m, set, &issue)
}

// publish numbers, renders and mails a signed issue.
func (p *Press) publish(ctx context.Context, tx Tx, by inspections.Actor, m calendar.Month, set inspections.Settings, issue *inspections.Issue) error {
	today := tx.Now().Date()
	year, _, _ := today.Parts()
	number, err := tx.NextNumber(inspections.SeriesBulletin, year)
	if err != nil {
		return err
	}
	var figures Figures
	if err := json.Unmarshal(issue.Figures, &figures); err != nil {
		return fmt.Errorf("reports: figures of %s: %w", m, err)
	}
	head, err := p.issuedHead(tx, set, *issue, year, number, tx.Now())
	if err != nil {
		return err
	}
	paper, err := p.Render.Bulletin(ctx, head, figures)
	if err != nil {
		return fmt.Errorf("reports: bulletin of %s: %w", m, err)
	}
	sha, err := tx.PutBlob(mediaPDF, paper.PDF)
	if err != nil {
		return err
	}
	issue.State, issue.Year, issue.Number, issue.Issued, issue.PDF = inspections.IssueIssued, year, number, tx.Now(), sha
	if err := tx.SaveIssue(*issue); err != nil {
		return err
	}
	for _, kind := range []duties.Kind{duties.Bulletin, duties.BulletinSign} {
		if err := duties.Fulfil(tx, duties.Filter{Kind: kind, Period: m.String()}, subject(m)); err != nil {
			return err
		}
	}
	line, err := journal.Append(tx, journal.Entry{Kind: "bulletin.issued", Actor: by.Ref(), Subject: subject(m), Body: map[string]any{"year": year, "number": number, "pdf_sha256": sha}})
	if err != nil {
		return err
	}
	sealed, err := p.sealed(line)
	if err != nil {
		return err
	}
	args := inspections.BulletinArgs{
		Month: m, Title: paper.Title, Number: paper.Number, SHA: sha, JournalSeq: line.Seq, Journal: sealed,
		Issuer: set[inspections.SetIssuer], Date: today,
	}
	return deal(tx, set, *issue, args, paper.File)
}

func headOf(set inspections.Settings, year, number int, at calendar.Instant) Head {
	return Head{
		Issuer: set[inspections.SetIssuer], Prefix: set[inspections.SetPrefix], Year: year, Number: number,
		Date: at.Date(), CopyTo: set[inspections.SetCopyTo], Sample: number == 0, Created: at,
	}
}

// issuedHead is what stands around an issued bulletin's figures, with the answers and the signed head; a copy made on a
// later day has the same.
func (p *Press) issuedHead(tx Tx, set inspections.Settings, issue inspections.Issue, year, number int, at calendar.Instant) (Head, error) {
	head := headOf(set, year, number, at)
	var err error
	if head.Answers, err = printedAnswers(tx, issue.Month); err != nil {
		return head, err
	}
	head.Sealed, err = p.sealedBefore(tx, at)
	return head, err
}

// Preview gives a month's figures and a sample paper; nothing is kept. A drafted month shows what was frozen.
func (p *Press) Preview(ctx context.Context, m calendar.Month) (Figures, Paper, error) {
	var figures Figures
	var paper Paper
	err := p.View(ctx, func(tx Tx) error {
		issue, err := tx.IssueOf(kindBulletin, m.String())
		switch {
		case inspections.IsNotFound(err):
			if figures, err = Compile(tx, p.Calendar, m); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			figures = Figures{}
			if err := json.Unmarshal(issue.Figures, &figures); err != nil {
				return fmt.Errorf("reports: figures of %s: %w", m, err)
			}
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		year, _, _ := tx.Now().Date().Parts()
		head := headOf(set, year, 0, tx.Now())
		if head.Answers, err = printedAnswers(tx, m.String()); err != nil {
			return err
		}
		paper, err = p.Render.Bulletin(ctx, head, figures)
		return err
	})
	return figures, paper, err
}
