package inspections

import (
	"slices"

	"anfang.example/inspections/calendar"
)

// On gives the roster as a paper of a day prints it: every township, unit and village under the name that held
// on that day, every team in the township it belonged to then. Spans (postings, posts, teams) are asked for by their own day as ever. A roster in which nothing was
// renamed since is given back as it is.
func (r *Roster) On(day calendar.Date) *Roster {
	then := *r
	for _, a := range r.KnownAs() {
		if a.Why != AliasRenamed || !Covers(a.From, a.Until, day) {
			continue
		}
		switch a.Of.Kind {
		case PartyTownship:
			setOne(&then.Townships, r.Townships, func(t *Township) bool { return t.ID == TownshipID(a.Of.ID) }, func(t *Township) { t.Name = a.Name })
		case PartyUnit:
			setOne(&then.Units, r.Units, func(u *Unit) bool { return u.ID == UnitID(a.Of.ID) }, func(u *Unit) { u.Name = a.Name })
		case PartyTeam:
			setOne(&then.Teams, r.Teams, func(t *Team) bool { return t.ID == TeamID(a.Of.ID) }, func(t *Team) { t.Village, t.VillageCode = a.Name, a.Code })
		}
	}
	for team, township := range r.moved(day) {
		setOne(&then.Teams, r.Teams, func(t *Team) bool { return t.ID == team }, func(t *Team) { t.Township = township })
	}
	return &then
}

// setOne changes one entry of a list that is copied before its first change, so that the whole stays as it was.
func setOne[T any](list *[]T, whole []T, is func(*T) bool, set func(*T)) {
	for i := range *list {
		if !is(&(*list)[i]) {
			continue
		}
		if &(*list)[i] == &whole[i] {
			*list = slices.Clone(whole)
		}
		set(&(*list)[i])
		return
	}
}
