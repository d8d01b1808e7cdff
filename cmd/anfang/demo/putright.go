package demo

import (
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// What was found is put right: days until the party has to be done, reports, and is looked at.
const (
	rightWithin = 15
	rightDone   = 8
	rightSeen   = 11
)

// orderRight enters what the checklist of a visit found into the ledger of rectification, the next morning.
func (p *play) orderRight(visit inspections.VisitID) {
	day := calendar.DateOf(p.clock.Now())
	p.agenda.plan(day.Add(1).At(9, 30), func() error {
		var found []inspections.Finding
		err := p.app.Store.View(p.ctx, func(tx *store.Tx) (err error) {
			found, err = tx.Findings(inspections.FindingFilter{Visit: visit})
			return err
		})
		for _, f := range found {
			kind, item, _ := strings.Cut(f.Kind, ".")
			if err != nil || kind != inspections.FindingChecklist {
				continue
			}
			err = p.putRight(f, p.opt.Words.Label("check", item))
		}
		return err
	})
}

// putRight opens a line, and plans what comes of it: two in three parties report in time, and most are found in order.
func (p *play) putRight(f inspections.Finding, problem string) error {
	today := calendar.DateOf(p.clock.Now())
	line, err := p.app.Office.OpenRectification(p.ctx, p.cast.clerk, casework.Rectification{
		Finding: f.ID, Party: casework.PartyOf(f), Problem: problem, Clause: f.Clause,
		Action: p.opt.Words.T("demo.rectify.action", "problem", problem), Due: calendar.InstantOf(today.Add(rightWithin).End()),
	})
	if err != nil || line.ID%3 == 0 {
		return err
	}
	p.agenda.plan(today.Add(rightDone).At(15, 0), func() error {
		return p.app.Office.ReportRectification(p.ctx, p.cast.clerk, line.ID, office.Proof{Text: p.opt.Words.T("demo.rectify.proof")})
	})
	if line.ID%4 == 0 {
		return nil
	}
	p.agenda.plan(today.Add(rightSeen).At(10, 0), func() error {
		return p.app.Office.VerifyRectification(p.ctx, p.cast.clerk, line.ID, p.opt.Words.T("demo.rectify.seen"), 0)
	})
	return nil
}
