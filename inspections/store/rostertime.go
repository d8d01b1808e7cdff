package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// aliasRow says how the body of a further name is stored.
type aliasRow struct {
	inspections.Alias
	partyColumns
}

var (
	aliases = table[aliasRow]{name: "aliases", noun: "alias"}
	care    = table[inspections.Care]{name: "care", noun: "care"}

	teamMoves = table[inspections.TeamMove]{name: "team_moves", noun: "team_move"}
)

// AddAlias sets the id.
func (t *Tx) AddAlias(v *inspections.Alias) error {
	if err := claim(t, "alias", &v.ID); err != nil {
		return err
	}
	return aliases.insert(t, aliasRow{*v, columnsOfParty(v.Of)})
}

// Aliases lists all ever recorded, by id.
func (t *Tx) Aliases() ([]inspections.Alias, error) {
	rows, err := aliases.all(t, where{}, "ORDER BY id")
	var list []inspections.Alias
	for _, r := range rows {
		r.Of = r.party()
		list = append(list, r.Alias)
	}
	return list, err
}

// AddTeamMove sets the id.
func (t *Tx) AddTeamMove(v *inspections.TeamMove) error {
	if err := claim(t, "team_move", &v.ID); err != nil {
		return err
	}
	return teamMoves.insert(t, *v)
}

// AddCare sets the id.
func (t *Tx) AddCare(v *inspections.Care) error {
	if err := claim(t, "care", &v.ID); err != nil {
		return err
	}
	return care.insert(t, *v)
}

// Care lists what was given in a span, both days included, by day and id.
func (t *Tx) Care(from, until calendar.Date) ([]inspections.Care, error) {
	w := by("day >= ?", from)
	w.and("day <= ?", until)
	return care.all(t, w, "ORDER BY day, id")
}
