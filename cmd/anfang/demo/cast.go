package demo

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/inspections/portal"
	"anfang.example/inspections/store"
)

// password of every sign-in of the demo; its records are invented.
const password = "anfang-demo-2025"

// cast is who plays.
type cast struct {
	clerk, leader inspections.Actor
	users         []inspections.User
}

// prepare imports the roster, names the office's people and settings, and allows a standing sign-off.
func (p *play) prepare() error {
	roster, err := rosterFile()
	if err != nil {
		return err
	}
	if err := p.people(); err != nil {
		return err
	}
	rows, problems, err := intake.ReadRosterFiles([]intake.File{roster}, nil)
	if err != nil {
		return err
	}
	src := office.Source{Name: roster.Name, SHA: sha(roster.Data), Problems: len(problems)}
	if _, err := p.app.Office.ImportRoster(p.ctx, p.cast.clerk, src, rows); err != nil {
		return err
	}
	if err := p.app.Store.View(p.ctx, func(tx *store.Tx) error {
		p.roster, err = tx.Roster()
		return err
	}); err != nil {
		return err
	}
	if err := p.readers(); err != nil {
		return err
	}
	if err := p.settings(); err != nil {
		return err
	}
	if err := p.readLedger(); err != nil {
		return err
	}
	p.planOffice()
	return nil
}

// people makes the sign-ins of the office itself.
func (p *play) people() error {
	for _, u := range []inspections.User{
		{Login: "clerk", Name: p.opt.Words.T("demo.clerk"), Role: inspections.RoleClerk, Email: "clerk@example.com"},
		{Login: "leader", Name: p.opt.Words.T("demo.leader"), Duty: p.opt.Words.T("demo.leader_duty"), Role: inspections.RoleLeader, Email: "leader@example.com"},
		{Login: "admin", Name: p.opt.Words.T("demo.admin"), Role: inspections.RoleAdmin},
		{Login: "reviewer", Name: p.opt.Words.T("demo.reviewer"), Role: inspections.RoleReviewer},
	} {
		added, err := p.addUser(u)
		if err != nil {
			return err
		}
		switch added.Role {
		case inspections.RoleClerk:
			p.cast.clerk = added.AsActor()
		case inspections.RoleLeader:
			p.cast.leader = added.AsActor()
		}
	}
	return nil
}

// readers makes a sign-in for each inspector and for one township and one unit.
func (p *play) readers() error {
	for _, n := range p.roster.Inspectors {
		u := inspections.User{
			Login: fmt.Sprintf("inspector%d", n.ID), Name: n.Name, Role: inspections.RoleInspector, Email: n.Email,
			Party: inspections.Party{Kind: inspections.PartyInspector, ID: int64(n.ID)},
		}
		if _, err := p.addUser(u); err != nil {
			return err
		}
	}
	township, unit := p.roster.Townships[0], p.roster.Units[0]
	for _, u := range []inspections.User{
		{Login: "township", Name: township.Name, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(township.ID)}},
		{Login: "unit", Name: unit.Name, Role: inspections.RoleUnit, Party: inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit.ID)}},
	} {
		if _, err := p.addUser(u); err != nil {
			return err
		}
	}
	return nil
}

// addUser makes a sign-in. Without --serve nobody signs in, and no password opens anything.
func (p *play) addUser(u inspections.User) (inspections.User, error) {
	u.Password = "-"
	if p.opt.Serve {
		hash, err := portal.HashPassword(password)
		if err != nil {
			return u, err
		}
		u.Password = hash
	}
	err := p.app.Store.InTx(p.ctx, func(tx *store.Tx) error {
		u.Created = tx.Now()
		return tx.AddUser(&u)
	})
	p.cast.users = append(p.cast.users, u)
	return u, err
}

func (p *play) settings() error {
	first := p.opt.Month.First()
	for _, set := range [][2]string{
		{inspections.SetIssuer, p.opt.Words.T("demo.issuer")}, {inspections.SetPrefix, p.opt.Words.T("demo.prefix")},
		{inspections.SetSigner, p.cast.leader.Name}, {inspections.SetSignerDuty, p.opt.Words.T("demo.leader_duty")},
		{inspections.SetContact, p.cast.clerk.Name}, {inspections.SetContactPhone, p.opt.Words.T("demo.phone")},
	} {
		if err := p.app.Office.SetSetting(p.ctx, p.cast.clerk, set[0], set[1], first); err != nil {
			return err
		}
	}
	next := p.opt.Month.Add(1)
	return p.app.Press.AllowStanding(p.ctx, p.cast.leader, first, next.Last())
}

// planOffice plans what the office does by itself: a co-seed each Sunday evening, and the ledgers when
// they arrive on the 3rd.
func (p *play) planOffice() {
	next := p.opt.Month.Add(1)
	for d := p.opt.Month.First(); d <= next.Last(); d = d.Add(1) {
		if week := calendar.WeekOf(d); d == week.Sunday() {
			p.agenda.plan(d.At(20, 0), func() error { return p.coSeed(week.Add(1)) })
		}
	}
	p.planReport()
	p.agenda.plan(calendar.NewDate(next.Year, next.Month, 3).At(10, 0), p.importLedger)
}

// coSeed throws ten dice, as the leader does on paper.
func (p *play) coSeed(week calendar.Week) error {
	dice := make([]byte, 10)
	for i := range dice {
		dice[i] = byte('1' + p.dice.IntN(6))
	}
	err := p.app.Scheduler.AddCoSeed(p.ctx, p.cast.leader, week, string(dice), p.cast.leader.Name)
	if inspections.KindOf(err) == inspections.Conflict {
		return nil // a late freeze takes none
	}
	return err
}
