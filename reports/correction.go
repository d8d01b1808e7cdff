package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// kindCorrection is the issue kind of a correction notice (更正); it takes its number from the bulletins' series.
const kindCorrection = "correction"

// Correction says what an issued bulletin got wrong.
type Correction struct {
	Section int    `json:"section"` // 1 to 7
	Old     string `json:"old"`     // as printed
	New     string `json:"new"`
	Reason  string `json:"reason"` // what the review found
	Number  string `json:"number"` // of the bulletin, as printed; filled in here
	Month   string `json:"month"`
}

// Correct signs, numbers and mails a correction of an issued bulletin to everybody who was sent that bulletin.
// The bulletin itself stays as it left. Errors: Forbidden for others than leaders; Conflict when the month's bulletin
// has not left; Invalid when a part is missing.
func (p *Press) Correct(ctx context.Context, by inspections.Actor, m calendar.Month, c Correction) (inspections.Issue, error) {
	var notice inspections.Issue
	if !by.Is(inspections.RoleLeader) || by == inspections.System {
		return notice, inspections.Fail(inspections.Forbidden, "bulletin.leader_signs", "role", string(by.Role))
	}
	if c.Section < 1 || c.Section > 7 || strings.TrimSpace(c.Old) == "" || strings.TrimSpace(c.New) == "" || strings.TrimSpace(c.Reason) == "" || c.Old == c.New {
		return notice, inspections.Fail(inspections.Invalid, "bulletin.correction_incomplete")
	}
	err := p.InTx(ctx, func(tx Tx) error {
		issue, err := tx.IssueOf(kindBulletin, m.String())
		if inspections.IsNotFound(err) || err == nil && issue.State != inspections.IssueIssued {
			return inspections.Fail(inspections.Conflict, "bulletin.not_issued", "month", m.String())
		}
		if err != nil {
			return err
		}
		notice, err = p.correct(ctx, tx, by, m, issue, c)
		return err
	})
	return notice, err
}

func (p *Press) correct(ctx context.Context, tx Tx, by inspections.Actor, m calendar.Month, issue inspections.Issue, c Correction) (inspections.Issue, error) {
	set, err := settings(tx)
	if err != nil {
		return inspections.Issue{}, err
	}
	if !set.Official() {
		return inspections.Issue{}, inspections.Fail(inspections.Conflict, "bulletin.settings_missing", "month", m.String())
	}
	sent, args, err := sentTo(tx, issue)
	if err != nil {
		return inspections.Issue{}, err
	}
	c.Number, c.Month = args.Number, m.String()
	year, _, _ := tx.Now().Date().Parts()
	number, err := tx.NextNumber(inspections.SeriesBulletin, year)
	if err != nil {
		return inspections.Issue{}, err
	}
	head := headOf(set, year, number, tx.Now())
	if head.Sealed, err = p.sealedBefore(tx, tx.Now()); err != nil {
		return inspections.Issue{}, err
	}
	paper, err := p.Render.Correction(ctx, head, c)
	if err != nil {
		return inspections.Issue{}, fmt.Errorf("reports: correction of %s: %w", m, err)
	}
	sha, err := tx.PutBlob(mediaPDF, paper.PDF)
	if err != nil {
		return inspections.Issue{}, err
	}
	raw, err := json.Marshal(c)
	if err != nil {
		return inspections.Issue{}, err
	}
	notice := inspections.Issue{
		Kind: kindCorrection, Month: m.String(), State: inspections.IssueIssued, Figures: raw, Drafted: tx.Now(),
		SignedBy: by.Name, SignedAt: tx.Now(), Year: year, Number: number, Issued: tx.Now(), PDF: sha,
	}
	if err := tx.AddIssue(&notice); err != nil {
		return notice, err
	}
	line, err := journal.Append(tx, journal.Entry{Kind: "bulletin.corrected", Actor: by.Ref(), Subject: subject(m), Body: map[string]any{
		"year": year, "number": number, "pdf_sha256": sha, "section": c.Section, "readers": len(sent),
	}})
	if err != nil {
		return notice, err
	}
	// What an upheld appeal asked for is done with it.
	if err := duties.Fulfil(tx, duties.Filter{Kind: duties.Correct, Period: m.String()}, subject(m)); err != nil {
		return notice, err
	}
	sealed, err := p.sealed(line)
	if err != nil {
		return notice, err
	}
	args = inspections.BulletinArgs{
		Month: m, Title: paper.Title, Number: paper.Number, Correction: true, SHA: sha, JournalSeq: line.Seq, Journal: sealed,
		Issuer: set[inspections.SetIssuer], Date: tx.Now().Date(),
	}
	args.Delivery = deliveryOf(set)
	for _, r := range sent {
		r.ID, r.Issue, r.Scope, r.Mark, r.PDF, r.Made = 0, notice.ID, inspections.ScopeAll, false, sha, tx.Now()
		if err := hand(tx, &r, args, paper.File); err != nil {
			return notice, err
		}
	}
	return notice, nil
}

// sentTo gives the copies of an issue, and what their letters said of it. Of an issue from before there were copies,
// the letters tell.
func sentTo(tx Tx, issue inspections.Issue) ([]inspections.IssueCopy, inspections.BulletinArgs, error) {
	var args inspections.BulletinArgs
	sent, err := tx.IssueCopies(issue.ID)
	if err != nil {
		return nil, args, err
	}
	if len(sent) == 0 {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterBulletin})
		if err != nil {
			return nil, args, err
		}
		for _, l := range letters {
			if strings.HasPrefix(l.Key, fmt.Sprintf("issue/%d/", issue.ID)) {
				sent = append(sent, inspections.IssueCopy{To: l.To, Name: l.Name, Email: l.Email, Args: l.Args})
			}
		}
	}
	for _, c := range sent {
		if err := json.Unmarshal(c.Args, &args); err != nil {
			return nil, args, fmt.Errorf("reports: copy of issue %d: %w", issue.ID, err)
		}
	}
	return sent, args, nil
}

// Origin is an issued paper: a bulletin or its correction and, if it is a reader's copy, whose; or another paper.
type Origin struct {
	inspections.Issue
	Reader string
	Paper  *inspections.IssuedPaper // nil: Issue says which
}

// Ours says which issued paper, or which reader's copy of one, has a SHA-256 (hex); NotFound when none has.
func (p *Press) Ours(ctx context.Context, sha string) (Origin, error) {
	var found Origin
	err := p.View(ctx, func(tx Tx) error {
		issues, err := tx.Issues()
		if err != nil {
			return err
		}
		for _, i := range issues {
			if i.PDF == sha && i.State == inspections.IssueIssued {
				found = Origin{Issue: i}
				return nil
			}
		}
		copies, err := tx.CopiesByHash(sha)
		if err != nil {
			return err
		}
		for _, c := range copies {
			issue, err := tx.Issue(c.Issue)
			found = Origin{Issue: issue, Reader: c.Name}
			return err
		}
		papers, err := tx.IssuedPapers(inspections.PaperFilter{SHA: sha})
		if err != nil {
			return err
		}
		if sha != "" && len(papers) > 0 {
			found = Origin{Paper: &papers[0]}
			return nil
		}
		return inspections.Fail(inspections.NotFound, "bulletin.not_ours", "sha", sha)
	})
	return found, err
}
