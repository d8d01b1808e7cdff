package reports

import (
	"context"
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

// copiesAtOnce bounds a transaction that makes copies: each takes some 20 ms, and nobody else writes meanwhile.
const copiesAtOnce = 8

func deliveryOf(set inspections.Settings) string {
	if d := set[inspections.SetDelivery]; d != inspections.DeliverAttach {
		return d
	}
	return ""
}

// deal records what each reader is to have of a bulletin that is being issued. Who gets the paper as it is gets the
// letter in the same transaction; the other copies are owed, and MakeCopies makes them.
func deal(tx Tx, set inspections.Settings, issue inspections.Issue, args inspections.BulletinArgs, file string) error {
	list, err := readers(tx, set, tx.Now().Date())
	if err != nil {
		return err
	}
	args.Delivery = deliveryOf(set)
	for _, r := range list {
		c := inspections.IssueCopy{
			Issue: issue.ID, To: r.to, Name: r.name, Email: r.email,
			Scope: inspections.CopyScope(set[inspections.SetReaderScope]), Mark: set[inspections.SetReaderMark] == "on",
		}
		if r.to.Kind == inspections.PartyOfficial {
			c.Scope = inspections.ScopeAll
		}
		if c.Scope == inspections.ScopeAll && !c.Mark {
			c.PDF, c.Made = issue.PDF, tx.Now()
		}
		if err := hand(tx, &c, args, file); err != nil {
			return err
		}
	}
	return nil
}

// hand records a copy and, when it is made, writes its reader's letter.
func hand(tx Tx, c *inspections.IssueCopy, args inspections.BulletinArgs, file string) error {
	args.SHA, args.Own = "", c.Scope == inspections.ScopeOwn
	raw, err := json.Marshal(args)
	if err != nil {
		return err
	}
	c.Args = raw
	if err := tx.AddIssueCopy(c); err != nil {
		return err
	}
	if c.PDF == "" {
		return nil
	}
	return write(tx, *c, args, file)
}

// write enqueues the letter of a copy that is made; with the PDF, or telling how it comes.
func write(tx Tx, c inspections.IssueCopy, args inspections.BulletinArgs, file string) error {
	if c.Email == "" {
		return nil
	}
	args.SHA = c.PDF
	l, err := inspections.NewLetter(inspections.LetterBulletin, fmt.Sprintf("issue/%d/%s/%d", c.Issue, c.To.Kind, c.To.ID), c.To, c.Name, c.Email, args)
	if err != nil {
		return err
	}
	l.Created = tx.Now()
	if args.Delivery == "" {
		l.Attach = []inspections.Attachment{{SHA: c.PDF, Name: file, Media: mediaPDF}}
	}
	_, err = tx.Enqueue(l)
	return err
}

// MakeCopies makes every copy that is owed, a few in each transaction: PDF, hash in the journal, letter. It gives how
// many were made. What fails stays owed.
func (p *Press) MakeCopies(ctx context.Context) (int, error) {
	made := 0
	for {
		n := 0
		err := p.InTx(ctx, func(tx Tx) (err error) {
			n, err = p.makeSome(ctx, tx)
			return err
		})
		made += n
		if err != nil || n == 0 {
			return made, err
		}
	}
}

func (p *Press) makeSome(ctx context.Context, tx Tx) (int, error) {
	owed, err := tx.CopiesToMake(copiesAtOnce)
	if err != nil || len(owed) == 0 {
		return 0, err
	}
	for _, c := range owed {
		issue, err := tx.Issue(c.Issue)
		if err != nil {
			return 0, err
		}
		m, err := calendar.ParseMonth(issue.Month)
		if err != nil {
			return 0, err
		}
		paper, err := p.copyOf(ctx, tx, issue, c)
		if err != nil {
			return 0, fmt.Errorf("reports: copy of %s for %s %d: %w", issue.Month, c.To.Kind, c.To.ID, err)
		}
		if c.PDF, err = tx.PutBlob(mediaPDF, paper.PDF); err != nil {
			return 0, err
		}
		c.Made = tx.Now()
		if err := tx.SaveIssueCopy(c); err != nil {
			return 0, err
		}
		var args inspections.BulletinArgs
		if err := json.Unmarshal(c.Args, &args); err != nil {
			return 0, fmt.Errorf("reports: copy %d: %w", c.ID, err)
		}
		if err := write(tx, c, args, paper.File); err != nil {
			return 0, err
		}
		_, err = journal.Append(tx, journal.Entry{Kind: "bulletin.copy", Actor: inspections.System.Ref(), Subject: subject(m), Body: map[string]any{
			"copy": c.ID, "party": string(c.To.Kind), "party_id": c.To.ID, "scope": string(c.Scope), "pdf_sha256": c.PDF,
		}})
		if err != nil {
			return 0, err
		}
	}
	return len(owed), nil
}

// copyOf renders one reader's copy of an issued bulletin, under the settings of the day it was issued.
func (p *Press) copyOf(ctx context.Context, tx Tx, issue inspections.Issue, c inspections.IssueCopy) (Paper, error) {
	var figures Figures
	if err := json.Unmarshal(issue.Figures, &figures); err != nil {
		return Paper{}, err
	}
	all, err := tx.Settings()
	if err != nil {
		return Paper{}, err
	}
	head, err := p.issuedHead(tx, inspections.SettingsOn(all, issue.Issued.Date()), issue, issue.Year, issue.Number, issue.Issued)
	if err != nil {
		return Paper{}, err
	}
	if c.Scope == inspections.ScopeOwn {
		figures, head.Answers = figures.For(c.To.Kind, c.Name), ownAnswers(head.Answers, c.Name)
		head.Reader = c.Name
	}
	if c.Mark {
		head.Reader, head.Copy = c.Name, c.ID
	}
	return p.Render.Bulletin(ctx, head, figures)
}

func ownAnswers(list []Answer, name string) []Answer {
	var own []Answer
	for _, a := range list {
		if a.From == name {
			own = append(own, a)
		}
	}
	return own
}

// Copies gives an issued bulletin's copies and their PDFs by hash. Error: Conflict when it has not left.
func (p *Press) Copies(ctx context.Context, m calendar.Month) ([]inspections.IssueCopy, map[string][]byte, error) {
	var list []inspections.IssueCopy
	files := map[string][]byte{}
	err := p.View(ctx, func(tx Tx) error {
		issue, err := tx.IssueOf(kindBulletin, m.String())
		if inspections.IsNotFound(err) || err == nil && issue.State != inspections.IssueIssued {
			return inspections.Fail(inspections.Conflict, "bulletin.not_issued", "month", m.String())
		}
		if err != nil {
			return err
		}
		if list, err = tx.IssueCopies(issue.ID); err != nil {
			return err
		}
		for _, c := range list {
			if c.PDF == "" || files[c.PDF] != nil {
				continue
			}
			if files[c.PDF], err = tx.Blob(c.PDF); err != nil {
				return err
			}
		}
		return nil
	})
	return list, files, err
}
