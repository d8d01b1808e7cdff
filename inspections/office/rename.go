package office

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Renaming gives a team's village, a unit or a township another name from a day on.
type Renaming struct {
	Of   inspections.Party
	Name string
	Code string // of a village: its new 12-digit code, "" unchanged
	From calendar.Date
}

// Rename gives a body its new name and keeps the former one as a dated alias, so that old files still find
// it. Errors: Forbidden, NotFound, Invalid, Conflict when another body bears the name.
func (o *Office) Rename(ctx context.Context, by inspections.Actor, r Renaming) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return err
	}
	r.Name = strings.TrimSpace(r.Name)
	return o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		was := roster.PartyName(r.Of)
		switch {
		case was == "":
			return inspections.Fail(inspections.NotFound, "party.unknown", "kind", string(r.Of.Kind), "id", r.Of.ID)
		case r.Name == "" || r.Name == was && r.Code == "" || !codeForm(r.Code):
			return inspections.Fail(inspections.Invalid, "rename.name", "name", was)
		}
		if r.From > tx.Now().Date() {
			return inspections.Fail(inspections.Invalid, "rename.future", "day", r.From)
		}
		former := inspections.Alias{Of: r.Of, Why: inspections.AliasRenamed, Name: was}
		switch r.Of.Kind {
		case inspections.PartyTeam:
			former.Code, err = renameVillage(tx, roster, r)
		case inspections.PartyUnit:
			err = renameUnit(tx, roster, r)
		case inspections.PartyTownship:
			err = renameTownship(tx, roster, r)
		default:
			err = inspections.Fail(inspections.Invalid, "rename.name", "name", was)
		}
		if err != nil {
			return err
		}
		if err := formerly(tx, roster, former, r.From); err != nil {
			return err
		}
		return record(tx, by, "roster.renamed", fmt.Sprintf("%s/%d", r.Of.Kind, r.Of.ID), map[string]any{"from": r.From, "was": was, "name": r.Name, "code": r.Code})
	})
}

// formerly keeps a name that held until the day before from.
func formerly(tx Tx, roster *inspections.Roster, a inspections.Alias, from calendar.Date) error {
	if from.IsZero() {
		from = tx.Now().Date()
	}
	for _, old := range roster.AliasesOf(a.Of) {
		if old.Why == inspections.AliasRenamed && !old.Until.IsZero() {
			a.From = max(a.From, old.Until.Add(1))
		}
	}
	a.Until, a.Recorded = from.Add(-1), tx.Now()
	if a.Until < a.From {
		return inspections.Fail(inspections.Invalid, "rename.early", "from", a.From)
	}
	return tx.AddAlias(&a)
}

// codeForm: a village's code has twelve digits, or is not given.
func codeForm(code string) bool {
	return code == "" || len(code) == 12 && strings.Trim(code, "0123456789") == ""
}

func renameVillage(tx Tx, roster *inspections.Roster, r Renaming) (formerCode string, err error) {
	team, _ := roster.Team(inspections.TeamID(r.Of.ID))
	for _, t := range roster.TeamsOn(tx.Now().Date()) {
		if t.ID != team.ID && t.Township == team.Township && t.Village == r.Name {
			return "", inspections.Fail(inspections.Conflict, "rename.taken", "name", r.Name)
		}
	}
	formerCode = team.VillageCode
	team.Village = r.Name
	if r.Code != "" {
		team.VillageCode = r.Code
	}
	return formerCode, tx.SaveTeam(team)
}

func renameUnit(tx Tx, roster *inspections.Roster, r Renaming) error {
	for _, u := range roster.Units {
		if u.Name == r.Name {
			return inspections.Fail(inspections.Conflict, "rename.taken", "name", r.Name)
		}
	}
	u, _ := roster.Unit(inspections.UnitID(r.Of.ID))
	u.Name = r.Name
	return tx.SaveUnit(u)
}

func renameTownship(tx Tx, roster *inspections.Roster, r Renaming) error {
	for _, t := range roster.Townships {
		if t.Name == r.Name {
			return inspections.Fail(inspections.Conflict, "rename.taken", "name", r.Name)
		}
	}
	t, _ := roster.Township(inspections.TownshipID(r.Of.ID))
	t.Name = r.Name
	return tx.SaveTownship(t)
}
