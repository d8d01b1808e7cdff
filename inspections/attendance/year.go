package attendance

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// MemberYear is a member's year for the assessment (3.3): each figure opens to the months it sums up.
type MemberYear struct {
	Member   inspections.MemberID   `json:"member"`
	Team     inspections.TeamID     `json:"team"` // the last
	Township inspections.TownshipID `json:"township"`
	Unit     inspections.UnitID     `json:"unit"`
	Months   int                    `json:"months"`  // with a posting and a ledger
	Silent   int                    `json:"silent"`  // months whose ledger is missing
	Reached  int                    `json:"reached"` // of Months
	Signed   int                    `json:"signed"`
	Leave    int                    `json:"leave"`
	Travel   int                    `json:"travel"`
	Absent   int                    `json:"absent"`
	Odd      int                    `json:"odd"`
	Findings int                    `json:"findings"` // upheld on visits
	Lines    []MemberMonth          `json:"lines"`    // by month
}

// Year sums a year's months up by member, in the order of township code, team and member: no ranking.
// months holds the lines of each month that can be counted; findings those of the year.
func Year(roster *inspections.Roster, months map[calendar.Month][]MemberMonth, findings []inspections.Finding) []MemberYear {
	order := make([]calendar.Month, 0, len(months))
	for m := range months {
		order = append(order, m)
	}
	slices.SortFunc(order, func(a, b calendar.Month) int { return cmp.Compare(a.First(), b.First()) })
	at := map[inspections.MemberID]int{}
	var years []MemberYear
	for _, month := range order {
		type state struct{ reported, reached bool }
		in := map[inspections.MemberID]state{}
		for _, line := range months[month] {
			i, seen := at[line.Member]
			if !seen {
				i = len(years)
				at[line.Member] = i
				years = append(years, MemberYear{Member: line.Member, Lines: make([]MemberMonth, 0, len(order))})
			}
			y := &years[i]
			y.Team, y.Township, y.Unit = line.Team, line.Township, line.Unit
			y.Lines = append(y.Lines, line)
			have, twice := in[line.Member]
			in[line.Member] = state{(have.reported || !twice) && line.Reported, (have.reached || !twice) && line.Reached}
			if line.Reported {
				y.Signed, y.Leave, y.Travel = y.Signed+line.Signed, y.Leave+line.Leave, y.Travel+line.Travel
				y.Absent, y.Odd = y.Absent+line.Absent, y.Odd+line.Odd
			}
		}
		for member, s := range in {
			y := &years[at[member]]
			if !s.reported {
				y.Silent++
				continue
			}
			y.Months++
			y.Reached += one(s.reached)
		}
	}
	for _, f := range findings {
		if i, ok := at[f.Member]; ok && f.Member != 0 {
			years[i].Findings++
		}
	}
	rank := codeOrder(roster)
	slices.SortFunc(years, func(a, b MemberYear) int {
		return cmp.Or(cmp.Compare(rank[a.Township], rank[b.Township]), cmp.Compare(a.Team, b.Team), cmp.Compare(a.Member, b.Member))
	})
	return years
}
