package demo

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
)

type memberDay struct {
	member inspections.MemberID
	day    calendar.Date
}

// ledger is what the county's own ledger says of each member's day: the truth the played inspectors find.
type ledger struct {
	file     intake.File
	days     []inspections.SignIn
	problems int
	status   map[memberDay]inspections.SignIn
}

func (p *play) readLedger() error {
	file, err := ledgerFile(p.opt.Month)
	if err != nil {
		return err
	}
	days, problems, err := intake.ReadSignIns([]intake.File{file}, p.roster, p.opt.Month, nil)
	if err != nil {
		return err
	}
	p.ledger = ledger{file: file, days: days, problems: len(problems), status: map[memberDay]inspections.SignIn{}}
	for _, s := range days {
		p.ledger.status[memberDay{s.Member, s.Day}] = s
	}
	return nil
}

// importLedger takes the month's ledger in, when the townships have sent it.
func (p *play) importLedger() error {
	src := office.Source{Name: p.ledger.file.Name, SHA: sha(p.ledger.file.Data), Problems: p.ledger.problems, Rules: intake.PlaceRules(p.ledger.days, nil)}
	_, err := p.app.Office.ImportSignIns(p.ctx, p.cast.clerk, src, p.ledger.days)
	return err
}

// whereabouts plays a member on a day: there, away with a leave that was reported, or just away. The
// ledger decides; a day off of which it says nothing is a rest day in turn, a working day is a day missed.
// After the month there is no ledger yet, and everybody is there.
func (p *play) whereabouts(member inspections.MemberID, day calendar.Date) (present bool, leave string) {
	s, known := p.ledger.status[memberDay{member, day}]
	switch {
	case !p.opt.Month.Holds(day):
		return true, ""
	case !known:
		off, err := p.app.Calendar.Day(day)
		if err == nil && !off.Workday {
			return false, "other"
		}
		return false, ""
	case s.Status == inspections.SignLeave:
		if s.Leave == "" {
			return false, "other"
		}
		return false, s.Leave
	case s.Status == inspections.SignTravel:
		return false, "travel"
	case s.Status == inspections.SignAbsent:
		return false, ""
	}
	return true, ""
}
