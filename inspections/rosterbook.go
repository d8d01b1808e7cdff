package inspections

import (
	"sort"

	"anfang.example/inspections/calendar"
)

// Roster is the whole roster of a county, with everything that ever stood in it; ask it as of a day.
type Roster struct {
	Townships  []Township
	Units      []Unit
	Teams      []Team
	TeamUnits  []TeamUnit
	Members    []Member
	Postings   []Posting
	Holders    []Holder
	Inspectors []Inspector
	Aliases    []Alias    // former and further names, by id
	Moves      []TeamMove // teams that came to another township, by id

	Answers []NameAnswer // whom spellings in files mean, by id; only where files are read
}

// Township finds a township by id.
func (r *Roster) Township(id TownshipID) (Township, bool) {
	return find(r.Townships, func(t Township) bool { return t.ID == id })
}

// Unit finds a unit by id.
func (r *Roster) Unit(id UnitID) (Unit, bool) {
	return find(r.Units, func(u Unit) bool { return u.ID == id })
}

// Team finds a team by id.
func (r *Roster) Team(id TeamID) (Team, bool) {
	return find(r.Teams, func(t Team) bool { return t.ID == id })
}

// Member finds a member by id.
func (r *Roster) Member(id MemberID) (Member, bool) {
	return find(r.Members, func(m Member) bool { return m.ID == id })
}

// Inspector finds an inspector by id.
func (r *Roster) Inspector(id InspectorID) (Inspector, bool) {
	return find(r.Inspectors, func(i Inspector) bool { return i.ID == id })
}

// Holder gives who held a post on a day; false when nobody is named.
func (r *Roster) Holder(p Party, post Post, day calendar.Date) (Holder, bool) {
	return find(r.Holders, func(h Holder) bool {
		return h.Party == p && h.Post == post && Covers(h.From, h.Until, day)
	})
}

// ContactOf gives where letters to a body go: its own address, else that of its leader in charge; zero when none is known.
func (r *Roster) ContactOf(p Party, day calendar.Date) Holder {
	for _, post := range []Post{PostContact, PostDeputy, PostInCharge, PostMainLeader} {
		if h, ok := r.Holder(p, post, day); ok && h.Email != "" {
			return h
		}
	}
	return Holder{}
}

// PostingsOf lists the postings to a team on a day, head first, then by member.
func (r *Roster) PostingsOf(team TeamID, day calendar.Date) []Posting {
	var found []Posting
	for _, p := range r.Postings {
		if p.Team == team && Covers(p.From, p.Until, day) {
			found = append(found, p)
		}
	}
	sort.SliceStable(found, func(i, j int) bool {
		if found[i].Role != found[j].Role {
			return found[i].Role == RoleHead
		}
		return found[i].Member < found[j].Member
	})
	return found
}

// UnitsOf lists the units that send people to a team on a day, by id.
func (r *Roster) UnitsOf(team TeamID, day calendar.Date) []UnitID {
	seen := map[UnitID]bool{}
	for _, tu := range r.TeamUnits {
		if tu.Team == team && Covers(tu.From, tu.Until, day) {
			seen[tu.Unit] = true
		}
	}
	for _, p := range r.PostingsOf(team, day) {
		if p.Unit != 0 {
			seen[p.Unit] = true
		}
	}
	units := make([]UnitID, 0, len(seen))
	for u := range seen {
		units = append(units, u)
	}
	sort.Slice(units, func(i, j int) bool { return units[i] < units[j] })
	return units
}

// PartyName gives the name under which a party is known: of a team its village; "" for the county's office
// and for a unit still to be named.
func (r *Roster) PartyName(p Party) string {
	switch p.Kind {
	case PartyTownship:
		t, _ := r.Township(TownshipID(p.ID))
		return t.Name
	case PartyUnit:
		u, _ := r.Unit(UnitID(p.ID))
		return u.Name
	case PartyTeam:
		t, _ := r.Team(TeamID(p.ID))
		return t.Village
	case PartyMember:
		m, _ := r.Member(MemberID(p.ID))
		return m.Name
	case PartyInspector:
		i, _ := r.Inspector(InspectorID(p.ID))
		return i.Name
	}
	return ""
}

// TeamsOn lists the teams that stand on a day, by id.
func (r *Roster) TeamsOn(day calendar.Date) []Team {
	var teams []Team
	for _, t := range r.Teams {
		if Covers(t.From, t.Until, day) {
			teams = append(teams, t)
		}
	}
	sort.Slice(teams, func(i, j int) bool { return teams[i].ID < teams[j].ID })
	return teams
}

func find[T any](list []T, is func(T) bool) (T, bool) {
	for _, v := range list {
		if is(v) {
			return v, true
		}
	}
	var none T
	return none, false
}
