package demo

import (
	"fmt"
	"os"
	"path/filepath"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
)

// papers writes the issued bulletins and every case's file as PDF.
func (p *play) papers(s *Summary) error {
	for _, dir := range []string{"bulletins", "cases"} {
		if err := os.MkdirAll(filepath.Join(p.opt.Out, dir), 0o755); err != nil {
			return err
		}
	}
	var cases []casework.Case
	err := p.app.Store.View(p.ctx, func(tx *store.Tx) error {
		issues, err := tx.Issues()
		if err != nil {
			return err
		}
		for _, issue := range issues {
			if issue.State != inspections.IssueIssued {
				continue
			}
			raw, err := tx.Blob(issue.PDF)
			if err != nil {
				return err
			}
			b := Bulletin{Month: issue.Month, Number: fmt.Sprintf("%d-%d", issue.Year, issue.Number), PDF: filepath.Join("bulletins", issue.Month+".pdf"), SHA: issue.PDF}
			if err := os.WriteFile(filepath.Join(p.opt.Out, b.PDF), raw, 0o644); err != nil {
				return err
			}
			s.Bulletins = append(s.Bulletins, b)
		}
		cases, err = tx.Cases(casework.Filter{})
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range cases {
		raw, err := p.app.Press.CaseFilePDF(p.ctx, p.cast.clerk, c.ID)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(p.opt.Out, "cases", c.Number+".pdf"), raw, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// proof writes the proof of every week of the month whose links are published.
func (p *play) proof() error {
	from, to := calendar.WeekOf(p.opt.Month.First()), calendar.WeekOf(p.opt.Month.Last())
	proof, err := p.app.Scheduler.ExportProof(p.ctx, from, to, calendar.InstantOf(p.app.Now()))
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(p.opt.Out, "proof.json"))
	if err != nil {
		return err
	}
	if err := proof.Write(f); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
