package attendance

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// TownshipState is a township on a day: who answers for it, what stands in it, what it lacks. A name is ""
// where nobody is named.
type TownshipState struct {
	Township     inspections.TownshipID `json:"township_id"`
	Code         string                 `json:"code"`
	Name         string                 `json:"name"`
	Deputy       string                 `json:"deputy"`        // 1.1
	Resident     string                 `json:"resident"`      // 六, apart from village-team heads
	LeadUnit     string                 `json:"lead_unit"`     // 2.5
	CountyLeader string                 `json:"county_leader"` // 6.4
	Teams        int                    `json:"teams"`
	Members      int                    `json:"members"`
	Gaps         []Gap                  `json:"gaps"`
}

// States lists all townships in division-code order.
func States(roster *inspections.Roster, links []inspections.TownshipLink, day calendar.Date) []TownshipState {
	towns := slices.DeleteFunc(roster.TownshipsByCode(), func(t inspections.Township) bool { return !t.StandsOn(day) })
	gaps := Gaps(roster, links, day)
	teams := roster.TeamsOn(day)
	list := make([]TownshipState, 0, len(towns))
	for _, t := range towns {
		party := inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}
		s := TownshipState{Township: t.ID, Code: t.Code, Name: t.Name, Gaps: []Gap{}}
		deputy, _ := roster.Holder(party, inspections.PostDeputy, day)
		resident, _ := roster.Holder(party, inspections.PostResident, day)
		lead, _ := inspections.LinkOn(links, t.ID, inspections.LinkLeadUnit, day)
		linked, _ := inspections.LinkOn(links, t.ID, inspections.LinkCountyLeader, day)
		s.Deputy, s.Resident, s.CountyLeader = deputy.Name, resident.Name, linked.Name
		s.LeadUnit = roster.PartyName(inspections.Party{Kind: inspections.PartyUnit, ID: int64(lead.Unit)})
		for _, team := range teams {
			if team.Township == t.ID {
				s.Teams++
				s.Members += len(roster.PostingsOf(team.ID, day))
			}
		}
		for _, g := range gaps {
			if g.Township == t.ID {
				s.Gaps = append(s.Gaps, g)
			}
		}
		list = append(list, s)
	}
	return list
}
