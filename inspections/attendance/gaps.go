package attendance

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Gap is something the roster lacks on a day. Key is the word for it ("gap."+Key); Clause is what wants it.
type Gap struct {
	Key      string                 `json:"key"`
	Clause   string                 `json:"clause"`
	Township inspections.TownshipID `json:"township"`
	Team     inspections.TeamID     `json:"team,omitempty"`
}

// Gaps names what is missing on a day: a deputy in charge (1.1), a resident team leader (六), a lead unit
// (2.5), a linked county leader (6.4), any team in a township (3.1), members in a team (3.1), a unit behind
// one (2.1), a village-team head. In the order of division codes.
func Gaps(roster *inspections.Roster, links []inspections.TownshipLink, day calendar.Date) []Gap {
	var gaps []Gap
	teams := map[inspections.TownshipID]int{}
	standing := roster.TeamsOn(day)
	for _, t := range standing {
		teams[t.Township]++
		posted := roster.PostingsOf(t.ID, day)
		lacks := func(missing bool, key, clause string) {
			if missing {
				gaps = append(gaps, Gap{key, clause, t.Township, t.ID})
			}
		}
		lacks(len(posted) == 0, "no_members", "3.1")
		lacks(len(roster.UnitsOf(t.ID, day)) == 0, "no_unit", "2.1")
		lacks(len(posted) > 0 && !slices.ContainsFunc(posted, func(p inspections.Posting) bool { return p.Role == inspections.RoleHead }), "no_head", "3.1")
	}
	for _, t := range roster.TownshipsOn(day) {
		party := inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}
		lacks := func(missing bool, key, clause string) {
			if missing {
				gaps = append(gaps, Gap{Key: key, Clause: clause, Township: t.ID})
			}
		}
		_, deputy := roster.Holder(party, inspections.PostDeputy, day)
		_, resident := roster.Holder(party, inspections.PostResident, day)
		_, lead := inspections.LinkOn(links, t.ID, inspections.LinkLeadUnit, day)
		_, linked := inspections.LinkOn(links, t.ID, inspections.LinkCountyLeader, day)
		lacks(teams[t.ID] == 0, "no_team", "3.1")
		lacks(!deputy, "no_deputy", "1.1")
		lacks(!resident, "no_resident", "6.1")
		lacks(!lead, "no_lead_unit", "2.5")
		lacks(!linked, "no_county_leader", "6.4")
	}
	rank := codeOrder(roster)
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(rank[a.Township], rank[b.Township]), cmp.Compare(a.Team, b.Team))
	})
	return gaps
}
