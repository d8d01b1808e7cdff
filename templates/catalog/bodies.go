package catalog

import "anfang.example/inspections"

// Body names a party: a township, unit, team, member or inspector as the roster has it, a department or
// bureau as set or else as the notice calls it, the resident leader by the township; what is nameless by
// its kind.
func (c *Catalog) Body(r *inspections.Roster, set inspections.Settings, p inspections.Party) string {
	switch p.Kind {
	case inspections.PartyDepartment:
		if i := int(p.ID) - 1; i >= 0 && i < len(inspections.Departments) {
			return otherwise(set["body_"+string(inspections.Departments[i])], c.Label("department", inspections.Departments[i]))
		}
	case inspections.PartyFinance:
		return otherwise(set[inspections.SetFinanceBody], c.Label("party", p.Kind))
	case inspections.PartyResident:
		if t, ok := r.Township(inspections.TownshipID(p.ID)); ok {
			return c.T("party.resident_of", "township", t.Name)
		}
	case inspections.PartyTeam:
		if t, ok := r.Team(inspections.TeamID(p.ID)); ok {
			town, _ := r.Township(t.Township)
			return town.Name + t.Village
		}
	}
	return otherwise(r.PartyName(p), c.Label("party", p.Kind))
}

func otherwise(text, fallback string) string {
	if text != "" {
		return text
	}
	return fallback
}
