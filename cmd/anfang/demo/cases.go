package demo

import (
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// planCase plays a case: approved the next morning, heard after three days, concluded on the sixth and
// closed on the seventh; one in five runs late and stays open, as in life.
func (p *play) planCase(c casework.Case) {
	day := c.Proposed.Date()
	morning := func(n int) time.Time { return day.Add(n).At(9, 0) }
	p.agenda.plan(morning(1), func() error {
		_, err := p.app.Office.ApproveCase(p.ctx, p.cast.leader, c.ID, p.opt.Words.T("demo.leader_duty"))
		return err
	})
	p.agenda.plan(morning(3), func() error { return p.eachBranch(c.ID, p.hear) })
	if c.ID%5 == 0 {
		return
	}
	p.agenda.plan(morning(6), func() error { return p.eachBranch(c.ID, p.conclude) })
	p.agenda.plan(morning(7), func() error { return p.close(c.ID) })
}

func (p *play) eachBranch(id inspections.CaseID, do func(inspections.CaseID, casework.Branch) error) error {
	var branches []casework.Branch
	err := p.app.Store.View(p.ctx, func(tx *store.Tx) (err error) {
		branches, err = tx.Branches(id)
		return err
	})
	if err != nil {
		return err
	}
	for _, b := range branches {
		if err := do(id, b); err != nil {
			return err
		}
	}
	return nil
}

func (p *play) hear(id inspections.CaseID, b casework.Branch) error {
	return p.app.Office.AddStatement(p.ctx, p.cast.clerk, id, b.Seq, p.opt.Words.T("demo.statement."+string(b.Side)))
}

// conclude finds the member liable, and the bodies about every other time.
func (p *play) conclude(id inspections.CaseID, b casework.Branch) error {
	liable := b.Side == casework.SideMember || p.dice.IntN(2) == 0
	verdict := "cleared"
	end := office.Conclusion{Liable: liable, By: p.cast.clerk.User}
	if liable {
		verdict = "liable"
		proposed, err := p.app.Office.Propose(p.ctx, id, b.Seq)
		if err != nil {
			return err
		}
		kind, person := proposed.Measure, p.responsible(b)
		if kind == "" {
			kind = casework.MeasureTalk // reported promptly: nothing is proposed, and here a talk is enough
		}
		end.Measures = []office.MeasureDecided{{Kind: kind, Person: person, Body: p.opt.Words.T("demo.issuer")}}
	}
	end.Text = p.opt.Words.T("demo.conclusion." + string(b.Side) + "." + verdict)
	return p.app.Office.ConcludeBranch(p.ctx, p.cast.leader, id, b.Seq, end)
}

// responsible names who answers in a branch: the member, or the leader in charge on that day.
func (p *play) responsible(b casework.Branch) string {
	if b.Side == casework.SideMember {
		m, _ := p.roster.Member(inspections.MemberID(b.Party.ID))
		return m.Name
	}
	for _, post := range []inspections.Post{inspections.PostDeputy, inspections.PostInCharge} {
		if h, ok := p.roster.Holder(b.Party, post, calendar.DateOf(p.clock.Now())); ok {
			return h.Name
		}
	}
	return p.opt.Words.T("post.in_charge")
}

func (p *play) close(id inspections.CaseID) error {
	var measures []casework.Measure
	err := p.app.Store.View(p.ctx, func(tx *store.Tx) (err error) {
		measures, err = tx.Measures(id)
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range measures {
		if err := p.app.Office.ExecuteMeasure(p.ctx, p.cast.clerk, id, m.ID); err != nil {
			return err
		}
	}
	_, err = p.app.Office.CloseCase(p.ctx, p.cast.clerk, id)
	return err
}
