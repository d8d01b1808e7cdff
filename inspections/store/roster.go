package store

import (
	"fmt"

	"anfang.example/inspections"
)

// holderRow and inspectorRow say how a party and a list of units are stored.
type (
	holderRow struct {
		inspections.Holder
		partyColumns
	}
	inspectorRow struct {
		inspections.Inspector
		AvoidText string `db:"avoid"`
	}
)

var (
	townships  = table[inspections.Township]{name: "townships", noun: "township"}
	units      = table[inspections.Unit]{name: "units", noun: "unit"}
	teams      = table[inspections.Team]{name: "teams", noun: "team"}
	teamUnits  = table[inspections.TeamUnit]{name: "team_units", noun: "team_unit", keys: []string{"team_id", "unit_id", "from_day"}}
	members    = table[inspections.Member]{name: "members", noun: "member"}
	postings   = table[inspections.Posting]{name: "postings", noun: "posting"}
	holders    = table[holderRow]{name: "holders", noun: "holder"}
	inspectors = table[inspectorRow]{name: "inspectors", noun: "inspector"}
)

// Roster reads the whole roster, each list by id.
func (t *Tx) Roster() (*inspections.Roster, error) {
	r := &inspections.Roster{}
	var err error
	if r.Townships, err = townships.all(t, where{}, "ORDER BY id"); err != nil {
		return nil, err
	}
	if r.Units, err = units.all(t, where{}, "ORDER BY id"); err != nil {
		return nil, err
	}
	if r.Teams, err = teams.all(t, where{}, "ORDER BY id"); err != nil {
		return nil, err
	}
	if r.TeamUnits, err = teamUnits.all(t, where{}, "ORDER BY team_id, unit_id, from_day"); err != nil {
		return nil, err
	}
	if r.Members, err = members.all(t, where{}, "ORDER BY id"); err != nil {
		return nil, err
	}
	if r.Postings, err = postings.all(t, where{}, "ORDER BY id"); err != nil {
		return nil, err
	}
	held, err := holders.all(t, where{}, "ORDER BY id")
	if err != nil {
		return nil, err
	}
	for _, h := range held {
		h.Party = h.party()
		r.Holders = append(r.Holders, h.Holder)
	}
	if r.Aliases, err = t.Aliases(); err != nil {
		return nil, err
	}
	if r.Moves, err = teamMoves.all(t, where{}, "ORDER BY id"); err != nil {
		return nil, err
	}
	going, err := inspectors.all(t, where{}, "ORDER BY id")
	if err != nil {
		return nil, err
	}
	for _, i := range going {
		if err := fromText(i.AvoidText, &i.Avoid); err != nil {
			return nil, fmt.Errorf("store: inspector %d: %w", i.ID, err)
		}
		r.Inspectors = append(r.Inspectors, i.Inspector)
	}
	return r, nil
}

// AddTownship sets the id. Error: Conflict when the code stands.
func (t *Tx) AddTownship(v *inspections.Township) error {
	if err := claim(t, "township", &v.ID); err != nil {
		return err
	}
	return townships.insert(t, *v)
}

// SaveTownship replaces the township of that id.
func (t *Tx) SaveTownship(v inspections.Township) error { return townships.update(t, v) }

// AddUnit sets the id.
func (t *Tx) AddUnit(v *inspections.Unit) error {
	if err := claim(t, "unit", &v.ID); err != nil {
		return err
	}
	return units.insert(t, *v)
}

// SaveUnit replaces the unit of that id.
func (t *Tx) SaveUnit(v inspections.Unit) error { return units.update(t, v) }

// AddTeam sets the id.
func (t *Tx) AddTeam(v *inspections.Team) error {
	if err := claim(t, "team", &v.ID); err != nil {
		return err
	}
	return teams.insert(t, *v)
}

// SaveTeam replaces the team of that id.
func (t *Tx) SaveTeam(v inspections.Team) error { return teams.update(t, v) }

// AddTeamUnit writes a span in which a unit sends people to a team.
func (t *Tx) AddTeamUnit(v inspections.TeamUnit) error { return teamUnits.insert(t, v) }

// SaveTeamUnit replaces the span of that team, unit and first day.
func (t *Tx) SaveTeamUnit(v inspections.TeamUnit) error { return teamUnits.update(t, v) }

// AddMember sets the id.
func (t *Tx) AddMember(v *inspections.Member) error {
	if err := claim(t, "member", &v.ID); err != nil {
		return err
	}
	return members.insert(t, *v)
}

// SaveMember replaces the member of that id.
func (t *Tx) SaveMember(v inspections.Member) error { return members.update(t, v) }

// AddPosting sets the id.
func (t *Tx) AddPosting(v *inspections.Posting) error {
	if err := claim(t, "posting", &v.ID); err != nil {
		return err
	}
	return postings.insert(t, *v)
}

// SavePosting replaces the posting of that id.
func (t *Tx) SavePosting(v inspections.Posting) error { return postings.update(t, v) }

// AddHolder sets the id.
func (t *Tx) AddHolder(v *inspections.Holder) error {
	if err := claim(t, "holder", &v.ID); err != nil {
		return err
	}
	return holders.insert(t, holderRow{*v, columnsOfParty(v.Party)})
}

// SaveHolder replaces the holder of that id.
func (t *Tx) SaveHolder(v inspections.Holder) error {
	return holders.update(t, holderRow{v, columnsOfParty(v.Party)})
}

// AddInspector sets the id.
func (t *Tx) AddInspector(v *inspections.Inspector) error {
	avoid, err := asText(v.Avoid)
	if err != nil {
		return err
	}
	if err := claim(t, "inspector", &v.ID); err != nil {
		return err
	}
	return inspectors.insert(t, inspectorRow{*v, avoid})
}

// SaveInspector replaces the inspector of that id.
func (t *Tx) SaveInspector(v inspections.Inspector) error {
	avoid, err := asText(v.Avoid)
	if err != nil {
		return err
	}
	return inspectors.update(t, inspectorRow{v, avoid})
}
