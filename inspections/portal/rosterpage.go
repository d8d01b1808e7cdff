package portal

import (
	"slices"
	"strings"

	"anfang.example/inspections"
)

type rosterTownship struct {
	T        inspections.Township
	Deputy   string
	Resident string
	Teams    int
	Members  int
}

type rosterTeam struct {
	T       inspections.Team
	Units   []string
	Members []rosterMember
}

type rosterMember struct {
	Name, Unit string
	Head       bool
	P          inspections.Posting
}

type rosterView struct {
	Townships  []rosterTownship
	Township   rosterTownship // chosen
	Teams      []rosterTeam
	Inspectors []inspections.Inspector // at the desk
	Units      int
}

// rosterPage shows townships with who answers for them and, of one township, teams and members as of today.
// Phones stay in the office's own files.
func rosterPage(x *exchange) (answer, error) {
	var view rosterView
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		today := x.now.Date()
		teams := roster.TeamsOn(today)
		towns := roster.TownshipsOn(today)
		slices.SortFunc(towns, func(a, b inspections.Township) int { return strings.Compare(a.Code, b.Code) })
		chosen := chosenTownship(x, roster)
		for _, t := range towns {
			if !seesTownship(x.who, t.ID) {
				continue
			}
			line := rosterTownshipOf(x, roster, t, teams)
			view.Townships = append(view.Townships, line)
			if t.ID == chosen.ID {
				view.Township = line
			}
		}
		for _, t := range teams {
			if t.Township == chosen.ID {
				view.Teams = append(view.Teams, rosterTeamOf(x, roster, t))
			}
		}
		if atDesk(x.who) {
			view.Units = len(roster.Units)
			for _, i := range roster.Inspectors {
				if inspections.Covers(i.From, i.Until, today) {
					view.Inspectors = append(view.Inspectors, i)
				}
			}
		}
		return nil
	})
	return show("roster", x.words.T("portal.roster.title"), view), err
}

func rosterTownshipOf(x *exchange, roster *inspections.Roster, t inspections.Township, teams []inspections.Team) rosterTownship {
	today := x.now.Date()
	line := rosterTownship{T: t}
	party := inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}
	if h, ok := roster.Holder(party, inspections.PostDeputy, today); ok {
		line.Deputy = h.Name
	}
	if h, ok := roster.Holder(party, inspections.PostResident, today); ok {
		line.Resident = h.Name
	}
	for _, team := range teams {
		if team.Township == t.ID {
			line.Teams++
			line.Members += len(roster.PostingsOf(team.ID, today))
		}
	}
	return line
}

func rosterTeamOf(x *exchange, roster *inspections.Roster, t inspections.Team) rosterTeam {
	today := x.now.Date()
	team := rosterTeam{T: t, Units: unitNames(roster, roster.UnitsOf(t.ID, today))}
	for _, p := range roster.PostingsOf(t.ID, today) {
		m, _ := roster.Member(p.Member)
		team.Members = append(team.Members, rosterMember{m.Name, unitName(roster, p.Unit), p.Role == inspections.RoleHead, p})
	}
	return team
}
