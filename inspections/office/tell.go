package office

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// TellDuty enters a duty of an event, which then is owed, or a register row of what was done on demand. A
// township or unit may tell its own. Errors: Forbidden, NotFound, Invalid.
func (o *Office) TellDuty(ctx context.Context, by inspections.Actor, t duties.Told) (duties.Obligation, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleTownship, inspections.RoleUnit); err != nil {
		return duties.Obligation{}, err
	}
	if !by.Is(inspections.RoleClerk, inspections.RoleAdmin) && t.Party != by.Party {
		return duties.Obligation{}, inspections.Fail(inspections.Forbidden, "duty.not_yours")
	}
	t.About = strings.TrimSpace(t.About)
	var told duties.Obligation
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if (t.Party.Kind == inspections.PartyTownship || t.Party.Kind == inspections.PartyUnit) && roster.PartyName(t.Party) == "" {
			return inspections.Fail(inspections.NotFound, "party.unknown", "kind", string(t.Party.Kind), "id", t.Party.ID)
		}
		if t.Day.IsZero() {
			t.Day = tx.Now().Date()
		}
		set, err := settingsOn(tx, t.Day)
		if err != nil {
			return err
		}
		if told, err = duties.Tell(tx, duties.Catalog(), set, t); err != nil {
			return err
		}
		return record(tx, by, "duty.told", fmt.Sprintf("obligation/%d", told.ID), map[string]any{"kind": string(told.Kind), "clause": told.Clause, "party": told.Party, "day": t.Day})
	})
	return told, err
}

// RecordCare keeps what a unit did for a member (2.3) and settles the unit's duty of the year once all of
// its members had it. Errors: Forbidden, Invalid, NotFound for a member whom the unit has not posted.
func (o *Office) RecordCare(ctx context.Context, by inspections.Actor, c inspections.Care) (inspections.Care, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleUnit); err != nil {
		return c, err
	}
	c.Note = strings.TrimSpace(c.Note)
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		today := tx.Now().Date()
		if c.Day.IsZero() {
			c.Day = today
		}
		unit, err := sender(roster, c.Member, c.Day)
		if err != nil {
			return err
		}
		if c.Unit == 0 {
			c.Unit = unit
		}
		mine := inspections.Party{Kind: inspections.PartyUnit, ID: int64(c.Unit)}
		switch {
		case c.Unit != unit:
			return inspections.Fail(inspections.NotFound, "care.not_posted", "member", int64(c.Member))
		case by.Is(inspections.RoleUnit) && !by.Is(inspections.RoleClerk) && by.Party != mine:
			return inspections.Fail(inspections.Forbidden, "duty.not_yours")
		case c.Kind != inspections.CareHealth && c.Kind != inspections.CareInsurance && c.Kind != inspections.CareSympathy,
			c.Day > today, !c.Until.IsZero() && (c.Until < c.Day || c.Kind != inspections.CareInsurance):
			return inspections.Fail(inspections.Invalid, "care.incomplete", "until", today)
		}
		c.By, c.Recorded = by.Ref(), tx.Now()
		if err := tx.AddCare(&c); err != nil {
			return err
		}
		if err := settleCare(tx, roster, c, mine); err != nil {
			return err
		}
		return record(tx, by, "care.recorded", fmt.Sprintf("care/%d", c.ID), map[string]any{"member": int64(c.Member), "unit": int64(c.Unit), "kind": string(c.Kind), "day": c.Day})
	})
	return c, err
}

// sender gives the unit that had posted a member on a day.
func sender(roster *inspections.Roster, member inspections.MemberID, day calendar.Date) (inspections.UnitID, error) {
	for _, p := range roster.Postings {
		if p.Member == member && p.Unit != 0 && inspections.Covers(p.From, p.Until, day) {
			return p.Unit, nil
		}
	}
	return 0, inspections.Fail(inspections.NotFound, "care.not_posted", "member", int64(member))
}

func settleCare(tx Tx, roster *inspections.Roster, c inspections.Care, unit inspections.Party) error {
	year, _, _ := c.Day.Parts()
	given, err := tx.Care(calendar.NewDate(year-1, 1, 1), calendar.NewDate(year, 12, 31))
	if err != nil {
		return err
	}
	kind := duties.HealthInsurance
	if c.Kind == inspections.CareSympathy {
		kind = duties.SympathyVisit
	}
	day := tx.Now().Date()
	if y, _, _ := day.Parts(); y != year {
		day = calendar.NewDate(year, 12, 31) // entered after the year: whoever served to its end
	}
	if !duties.Cared(duties.CareOf(roster, given, year, day), c.Unit, kind, year, day) {
		return nil
	}
	return settle(tx, duties.Filter{Kind: kind, Period: fmt.Sprint(year)}, unit, fmt.Sprintf("care/%d", c.ID))
}

// LookTx is what [LookedAt] reads.
type LookTx interface {
	Visits(inspections.VisitFilter) ([]inspections.Visit, error)
	Checks(inspections.VisitID) ([]inspections.Check, error)
}

// LookedAt lists what completed visits of a span saw of duties: a township's items stand for the team's
// township, a unit's for the unit where only one stands behind the team.
func LookedAt(tx LookTx, roster *inspections.Roster, from, until calendar.Date) ([]duties.Looked, error) {
	visits, err := tx.Visits(inspections.VisitFilter{State: inspections.VisitCompleted, From: calendar.InstantOf(from.Start()), Until: calendar.InstantOf(until.End())})
	if err != nil {
		return nil, err
	}
	var list []duties.Looked
	for _, v := range visits {
		checks, err := tx.Checks(v.ID)
		if err != nil {
			return nil, err
		}
		team, _ := roster.Team(v.Team)
		for _, c := range checks {
			party := inspections.Party{Kind: inspections.PartyTownship, ID: int64(team.Township)}
			if units := roster.UnitsOf(team.ID, v.Visited.Date()); c.Party == inspections.PartyUnit && len(units) == 1 {
				party = inspections.Party{Kind: inspections.PartyUnit, ID: int64(units[0])}
			} else if c.Party != inspections.PartyTownship {
				continue
			}
			if c.Result != inspections.CheckNone {
				list = append(list, duties.Looked{Visit: v.ID, Day: v.Visited.Date(), Clause: c.Clause, Party: party, Result: c.Result, Note: c.Note})
			}
		}
	}
	return list, nil
}
