package reports

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// FiguresSHA gives the check value of an issue's frozen figures, so that a leader signs what they have read.
func FiguresSHA(i inspections.Issue) string { return digest(i.Figures) }

// TakeBack freezes the drafts that wait for their signature anew without the names whose naming no longer
// stands, because an appeal was upheld; all else stays as it was frozen. The leaders are asked again. It runs in the
// transaction that upholds the appeal; what has left is corrected instead (Correct).
func (p *Press) TakeBack(tx Tx, by inspections.Actor) error {
	issues, err := tx.Issues()
	if err != nil {
		return err
	}
	for _, issue := range issues {
		if issue.Kind != kindBulletin || issue.State != inspections.IssueDraft {
			continue
		}
		if err := p.takeBack(tx, by, issue); err != nil {
			return fmt.Errorf("reports: names of %s: %w", issue.Month, err)
		}
	}
	return nil
}

func (p *Press) takeBack(tx Tx, by inspections.Actor, issue inspections.Issue) error {
	m, err := calendar.ParseMonth(issue.Month)
	if err != nil {
		return err
	}
	var figures Figures
	if err := json.Unmarshal(issue.Figures, &figures); err != nil {
		return err
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	stands, err := named(tx, roster)
	if err != nil {
		return err
	}
	findings := []int64{}
	for i, problem := range figures.Problems {
		if problem.Name != "" && stands[inspections.FindingID(problem.Finding)] == "" {
			figures.Problems[i].Name = ""
			findings = append(findings, problem.Finding)
		}
	}
	if len(findings) == 0 {
		return nil
	}
	was := FiguresSHA(issue)
	if issue.Figures, err = json.Marshal(figures); err != nil {
		return err
	}
	if err := tx.SaveIssue(issue); err != nil {
		return err
	}
	if _, err := journal.Append(tx, journal.Entry{Kind: "bulletin.refrozen", Actor: by.Ref(), Subject: subject(m), Body: map[string]any{
		"figures_sha256": FiguresSHA(issue), "was": was, "findings": findings,
	}}); err != nil {
		return err
	}
	ask := signRequest{month: m, drafted: issue.Drafted, change: FiguresSHA(issue)}
	sign, err := tx.Obligations(duties.Filter{Kind: duties.BulletinSign, Period: issue.Month, Open: true})
	if err != nil {
		return err
	}
	for _, o := range sign {
		ask.due = o.Due
	}
	return p.askSigners(tx, ask)
}
