package office

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// ChangeUnit puts another unit behind a team in place of one, from a day on; unit 0 only takes the old one
// away, old 0 only adds. Members stay with the unit that sent them.
func (o *Office) ChangeUnit(ctx context.Context, by inspections.Actor, team inspections.TeamID, old, unit inspections.UnitID, from calendar.Date) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if from.IsZero() {
			from = tx.Now().Date()
		}
		if _, ok := roster.Team(team); !ok {
			return inspections.Fail(inspections.NotFound, "team.unknown", "team", int64(team))
		}
		ended := old == 0
		for _, tu := range roster.TeamUnits {
			if tu.Team != team || !inspections.Covers(tu.From, tu.Until, from) {
				continue
			}
			if tu.Unit == unit {
				return inspections.Fail(inspections.Conflict, "team.unit_stands", "unit", roster.PartyName(inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)}))
			}
			if tu.Unit == old && tu.From < from {
				tu.Until, ended = from.Add(-1), true
				if err := tx.SaveTeamUnit(tu); err != nil {
					return err
				}
			}
		}
		_, known := roster.Unit(unit)
		if !ended || unit != 0 && !known || old == unit {
			return inspections.Fail(inspections.Invalid, "team.unit_change")
		}
		if unit != 0 {
			if err := tx.AddTeamUnit(inspections.TeamUnit{Team: team, Unit: unit, From: from}); err != nil {
				return err
			}
		}
		return record(tx, by, "team.unit", fmt.Sprintf("team/%d", team), map[string]any{"old": int64(old), "unit": int64(unit), "from": from})
	})
}

// NameHolder names who holds a post of a township or unit from a day on; the one before held it until the
// day before. Errors: Forbidden, NotFound, Invalid.
func (o *Office) NameHolder(ctx context.Context, by inspections.Actor, h inspections.Holder) (inspections.Holder, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return h, err
	}
	h.Name, h.Phone, h.Email = strings.TrimSpace(h.Name), strings.TrimSpace(h.Phone), strings.TrimSpace(h.Email)
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if h.From.IsZero() {
			h.From = tx.Now().Date()
		}
		if roster.PartyName(h.Party) == "" {
			return inspections.Fail(inspections.NotFound, "party.unknown", "kind", string(h.Party.Kind), "id", h.Party.ID)
		}
		if h.Name == "" || !postOf(h.Party.Kind, h.Post) || h.Email != "" && !strings.Contains(h.Email, "@") {
			return inspections.Fail(inspections.Invalid, "holder.incomplete")
		}
		if old, ok := roster.Holder(h.Party, h.Post, h.From); ok {
			if old.From < h.From && old.Name != h.Name {
				old.Until = h.From.Add(-1)
				if err := tx.SaveHolder(old); err != nil {
					return err
				}
			} else { // the same person, or one who was to begin on this very day: put right
				h.ID, h.From, h.Until = old.ID, old.From, old.Until
				if err := tx.SaveHolder(h); err != nil {
					return err
				}
			}
		}
		if h.ID == 0 {
			if err := tx.AddHolder(&h); err != nil {
				return err
			}
		}
		return record(tx, by, "holder.named", fmt.Sprintf("%s/%d", h.Party.Kind, h.Party.ID), map[string]any{"post": string(h.Post), "holder": int64(h.ID), "from": h.From})
	})
	return h, err
}

// postOf reports whether a body has a post.
func postOf(kind inspections.PartyKind, post inspections.Post) bool {
	switch post {
	case inspections.PostDeputy, inspections.PostResident:
		return kind == inspections.PartyTownship
	case inspections.PostMainLeader, inspections.PostInCharge:
		return kind == inspections.PartyUnit
	case inspections.PostContact:
		return kind == inspections.PartyTownship || kind == inspections.PartyUnit
	}
	return false
}
