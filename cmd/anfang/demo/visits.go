package demo

import (
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// How the played people spend their time after a pair arrives.
const (
	stay        = 75 * time.Minute // on the spot, until the record is sent
	checkPapers = 2 * time.Hour    // until the clerk has asked the township and the unit
	fallThrough = 6                // of a hundred released visits: illness, a closed road
	badItem     = 4                // of a hundred items looked at: a problem
)

// meetVisits plays the pair of every visit that was just released.
func (p *play) meetVisits() error {
	var fresh []inspections.Visit
	err := p.app.Store.View(p.ctx, func(tx *store.Tx) error {
		all, err := tx.Visits(inspections.VisitFilter{State: inspections.VisitReleased})
		for _, v := range all {
			if !p.seen[v.ID] {
				fresh = append(fresh, v)
			}
		}
		return err
	})
	for _, v := range fresh {
		p.seen[v.ID] = true
		p.planVisit(v)
	}
	return err
}

func (p *play) planVisit(v inspections.Visit) {
	if p.dice.IntN(100) < fallThrough {
		reason := p.opt.Words.T([]string{"demo.cancel.road", "demo.cancel.ill"}[p.dice.IntN(2)])
		p.agenda.plan(v.Released.Add(30*time.Minute), func() error {
			return p.app.Office.CancelVisit(p.ctx, p.inspector(v.First), v.ID, reason)
		})
		return
	}
	there := v.Arrive.Add(time.Duration(p.dice.IntN(10)) * time.Minute)
	p.agenda.plan(there.Add(stay), func() error { return p.record(v, calendar.InstantOf(there)) })
}

func (p *play) inspector(id inspections.InspectorID) inspections.Actor {
	for _, u := range p.cast.users {
		if u.Party == (inspections.Party{Kind: inspections.PartyInspector, ID: int64(id)}) {
			return u.AsActor()
		}
	}
	return p.cast.clerk // an inspector without a sign-in sends a paper, which the clerk enters
}

// record sends what the pair saw, and plans the check of those who were absent.
func (p *play) record(v inspections.Visit, there calendar.Instant) error {
	rec := office.VisitRecord{Visit: v.ID, Visited: there}
	day := there.Date()
	away := false
	for _, post := range p.roster.PostingsOf(v.Team, day) {
		present, leave := p.whereabouts(post.Member, day)
		rec.Members = append(rec.Members, office.MemberSeen{Member: post.Member, Present: present})
		if present {
			continue
		}
		away = true
		if leave == "" {
			continue
		}
		// The township reported the leave; the pair on the spot does not know it yet.
		_, err := p.app.Office.RecordLeave(p.ctx, p.cast.clerk, inspections.Leave{
			Member: post.Member, Kind: leave, From: day, Until: day, Approver: p.opt.Words.T("post.deputy"),
		})
		if err != nil {
			return err
		}
	}
	for _, item := range inspections.Checklist() {
		made := office.CheckMade{Item: item.Item, Result: inspections.CheckOK}
		if p.dice.IntN(100) < badItem {
			made.Result, made.Note = inspections.CheckProblem, p.opt.Words.T("demo.check_note")
		}
		rec.Checks = append(rec.Checks, made)
	}
	if _, err := p.app.Office.RecordVisit(p.ctx, p.inspector(v.First), rec); err != nil {
		return err
	}
	p.orderRight(v.ID)
	if away {
		at := p.clock.Now().Add(checkPapers)
		if end := calendar.DateOf(p.clock.Now()).At(23, 30); at.After(end) {
			at = end // the same day
		}
		p.agenda.plan(at, func() error { return p.verify(v.ID) })
	}
	return nil
}

func (p *play) verify(id inspections.VisitID) error {
	done, err := p.app.Office.VerifyVisit(p.ctx, p.cast.clerk, id, nil)
	if err != nil {
		return err
	}
	for _, c := range done.Cases {
		p.planCase(c)
	}
	return nil
}
