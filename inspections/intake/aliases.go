package intake

import (
	"slices"

	"anfang.example/inspections"
)

// addAliases lets a row name a village by a former or further name of its team, unless another village of
// the township bears that name now.
func (p *people) addAliases(r *inspections.Roster, townships map[inspections.TownshipID][]string) {
	for _, a := range r.KnownAs() {
		team, ok := r.Team(inspections.TeamID(a.Of.ID))
		if a.Of.Kind != inspections.PartyTeam || !ok {
			continue
		}
		for _, township := range townships[team.Township] {
			key := [2]string{township, a.Name}
			if named := p.teams[key]; len(named) > 0 && a.Why != inspections.AliasMerged || slices.Contains(named, team.ID) {
				continue
			}
			p.villages[township] = addName(p.villages[township], a.Name)
			p.teams[key] = append(p.teams[key], team.ID)
		}
	}
}
