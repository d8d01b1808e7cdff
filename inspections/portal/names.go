package portal

import (
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// number reads an id out of the address; what is no number does not exist.
func (x *exchange) number(name string) (int64, error) {
	n, err := strconv.ParseInt(x.r.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, noPage()
	}
	return n, nil
}

// placeOf gives township and village of a team, "" where the roster does not say.
func placeOf(r *inspections.Roster, id inspections.TeamID) (township, village string) {
	team, _ := r.Team(id)
	t, _ := r.Township(team.Township)
	return t.Name, team.Village
}

func unitName(r *inspections.Roster, id inspections.UnitID) string {
	u, _ := r.Unit(id)
	return u.Name
}

func unitNames(r *inspections.Roster, ids []inspections.UnitID) []string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, unitName(r, id))
	}
	return names
}

func inspectorNames(r *inspections.Roster, ids ...inspections.InspectorID) []string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if n, ok := r.Inspector(id); ok {
			names = append(names, n.Name)
		}
	}
	return names
}

// dayOf gives the day on which a visit's team is looked up: when the pair was there, else the slot's.
func dayOf(v inspections.Visit) calendar.Date {
	if !v.Visited.IsZero() {
		return v.Visited.Date()
	}
	return v.Start.Date()
}
