package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// LinkVillage says that a team works in a further village from a day on: several linked villages, one team.
func (o *Office) LinkVillage(ctx context.Context, by inspections.Actor, team inspections.TeamID, village, code string, from calendar.Date) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return err
	}
	village = strings.TrimSpace(village)
	return o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		t, ok := roster.Team(team)
		if !ok {
			return inspections.Fail(inspections.NotFound, "team.unknown", "team", int64(team))
		}
		if village == "" || village == t.Village || !codeForm(code) {
			return inspections.Fail(inspections.Invalid, "rename.name", "name", t.Village)
		}
		for _, other := range roster.TeamsOn(tx.Now().Date()) {
			if other.Township == t.Township && other.Village == village || code != "" && other.VillageCode == code {
				return inspections.Fail(inspections.Conflict, "village.has_team", "village", village)
			}
		}
		if from.IsZero() {
			from = tx.Now().Date()
		}
		a := inspections.Alias{Of: inspections.Party{Kind: inspections.PartyTeam, ID: int64(team)}, Why: inspections.AliasLinked, Name: village, Code: code, From: from, Recorded: tx.Now()}
		if err := tx.AddAlias(&a); err != nil {
			return err
		}
		return record(tx, by, "team.linked", fmt.Sprintf("team/%d", team), map[string]any{"village": village, "code": code, "from": from})
	})
}

// EndLink says that a team no longer works in one of its further villages from a day on; until then it did. It is
// undone by linking the village again from the day on which it was. Errors: Forbidden, NotFound when the village is
// none of the team's, Invalid for a day before it was linked.
func (o *Office) EndLink(ctx context.Context, by inspections.Actor, team inspections.TeamID, village string, from calendar.Date) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return err
	}
	village = strings.TrimSpace(village)
	return o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if from.IsZero() {
			from = tx.Now().Date()
		}
		for _, a := range roster.AliasesOf(inspections.Party{Kind: inspections.PartyTeam, ID: int64(team)}) {
			if a.Why != inspections.AliasLinked || a.Name != village || !a.Until.IsZero() {
				continue
			}
			if from <= a.From {
				return inspections.Fail(inspections.Invalid, "link.early", "village", village, "from", a.From)
			}
			a.ID, a.Until, a.Recorded = 0, from.Add(-1), tx.Now()
			if err := tx.AddAlias(&a); err != nil {
				return err
			}
			return record(tx, by, "team.unlinked", fmt.Sprintf("team/%d", team), map[string]any{"village": village, "from": from})
		}
		return inspections.Fail(inspections.NotFound, "link.unknown", "village", village)
	})
}

// MergeVillages merges a village into another of the township from a day on: its team ends the day before,
// whoever serves in it goes on in the other team, as a member, and old files that name it find the other.
// Errors: Forbidden, NotFound, Invalid.
func (o *Office) MergeVillages(ctx context.Context, by inspections.Actor, gone, into inspections.TeamID, from calendar.Date) (moved int, err error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return 0, err
	}
	err = o.InTx(ctx, func(tx Tx) error {
		moved = 0
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		a, okA := roster.Team(gone)
		b, okB := roster.Team(into)
		if from.IsZero() {
			from = tx.Now().Date()
		}
		switch {
		case !okA || !okB:
			return inspections.Fail(inspections.NotFound, "team.unknown", "team", int64(gone))
		case gone == into || a.Township != b.Township || from <= a.From || !inspections.Covers(a.From, a.Until, from) || !inspections.Covers(b.From, b.Until, from):
			return inspections.Fail(inspections.Invalid, "village.merge", "village", a.Village, "into", b.Village)
		}
		a.Until = from.Add(-1)
		if err := tx.SaveTeam(a); err != nil {
			return err
		}
		for _, p := range roster.PostingsOf(gone, from) {
			if err := movePosting(tx, p, into, from); err != nil {
				return err
			}
			moved++
		}
		if err := moveUnits(tx, roster, gone, into, from); err != nil {
			return err
		}
		alias := inspections.Alias{Of: inspections.Party{Kind: inspections.PartyTeam, ID: int64(into)}, Why: inspections.AliasMerged, Name: a.Village, Code: a.VillageCode, From: from, Recorded: tx.Now()}
		if err := tx.AddAlias(&alias); err != nil {
			return err
		}
		return record(tx, by, "team.merged", fmt.Sprintf("team/%d", gone), map[string]any{"into": int64(into), "from": from, "moved": moved})
	})
	return moved, err
}

func movePosting(tx Tx, p inspections.Posting, into inspections.TeamID, from calendar.Date) error {
	next := p
	if p.From < from {
		p.Until = from.Add(-1)
		if err := tx.SavePosting(p); err != nil {
			return err
		}
		next.ID, next.From, next.Team, next.Role = 0, from, into, inspections.RoleMember
		return tx.AddPosting(&next)
	}
	next.Team, next.Role = into, inspections.RoleMember // was to begin only now
	return tx.SavePosting(next)
}

func moveUnits(tx Tx, roster *inspections.Roster, gone, into inspections.TeamID, from calendar.Date) error {
	have := roster.UnitsOf(into, from)
	for _, tu := range roster.TeamUnits {
		if tu.Team != gone || !inspections.Covers(tu.From, tu.Until, from) {
			continue
		}
		if tu.From < from {
			tu.Until = from.Add(-1)
			if err := tx.SaveTeamUnit(tu); err != nil {
				return err
			}
		}
		if slices.Contains(have, tu.Unit) {
			continue
		}
		if err := tx.AddTeamUnit(inspections.TeamUnit{Team: into, Unit: tu.Unit, From: from}); err != nil {
			return err
		}
	}
	return nil
}
