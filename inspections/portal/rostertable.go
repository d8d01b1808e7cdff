package portal

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/reports/sheet"
)

// rosterTable saves the members in post today, as far as this person may see them, of the township in the address
// or of all; a team without members keeps its row. Phones stay in the office's own files.
func rosterTable(x *exchange) (answer, error) {
	list := sheet.List{Words: x.words, Title: x.words.T("portal.roster.title"), Under: x.words.T("sheet.duties.under", "day", x.now.Date())}
	list.Name = list.Title
	for _, key := range []string{
		"portal.township", "portal.village", "portal.roster.code", "portal.roster.kind", "portal.unit", "portal.member", "portal.field.role", "portal.roster.sent", "portal.field.from",
	} {
		list.Heads = append(list.Heads, x.words.T(key))
	}
	code, name := x.r.URL.Query().Get("township"), "roster"
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		teams := roster.TeamsOn(x.now.Date())
		slices.SortStableFunc(teams, func(a, b inspections.Team) int { return cmp.Compare(a.VillageCode, b.VillageCode) })
		for _, town := range roster.TownshipsByCode() {
			if !seesTownship(x.who, town.ID) || code != "" && code != town.Code {
				continue
			}
			if town.Code == code {
				name += "-" + code
			}
			for _, t := range teams {
				if t.Township == town.ID {
					list.Rows = append(list.Rows, rosterRows(x, roster, town, t)...)
				}
			}
		}
		return nil
	})
	if err != nil {
		return answer{}, err
	}
	return savedList(x, list, name)
}

func rosterRows(x *exchange, roster *inspections.Roster, town inspections.Township, t inspections.Team) [][]string {
	team := rosterTeamOf(x, roster, t)
	place := []string{town.Name, t.Village, t.VillageCode, x.words.Label("team_kind", t.Kind), x.words.Join(team.Units)}
	if len(team.Members) == 0 {
		return [][]string{append(place, "", "", "", "")}
	}
	var rows [][]string
	for _, m := range team.Members {
		since := ""
		if !m.P.From.IsZero() {
			since = x.words.Date(m.P.From)
		}
		rows = append(rows, append(slices.Clone(place), m.Name, x.words.Label("posting_role", m.P.Role), m.Unit, since))
	}
	return rows
}
