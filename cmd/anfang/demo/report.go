package demo

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

// reportDay is the day of the month from which a township plays the honest one: it reports by itself a
// member whom its ledger shows absent (1.4b).
const reportDay = 12

// planReport plans the report for the first day that has such a member.
func (p *play) planReport() {
	for day := p.opt.Month.First().Add(reportDay - 1); day <= p.opt.Month.Last(); day = day.Add(1) {
		absent := p.absentOn(day)
		if len(absent) == 0 {
			continue
		}
		who := absent[p.dice.IntN(len(absent))]
		p.agenda.plan(day.At(17, 10), func() error {
			c, err := p.app.Office.ReceiveReport(p.ctx, p.cast.clerk, office.Report{
				Member: who, At: calendar.InstantOf(day.At(9, 0)), What: p.opt.Words.T("demo.report"),
			})
			if err != nil {
				return err
			}
			p.planCase(c)
			return nil
		})
		return
	}
}

// absentOn lists whom the ledger itself calls absent, in the order of the roster.
func (p *play) absentOn(day calendar.Date) []inspections.MemberID {
	var absent []inspections.MemberID
	for _, m := range p.roster.Members {
		if s, known := p.ledger.status[memberDay{m.ID, day}]; known && s.Status == inspections.SignAbsent {
			absent = append(absent, m.ID)
		}
	}
	return absent
}
