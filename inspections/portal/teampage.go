package portal

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

// teamPage shows one team: its villages, units, members now and before, and the forms that change it.
func teamPage(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	var view bodyView
	var title string
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		t, ok := roster.Team(inspections.TeamID(id))
		if !ok || !seesTeam(x.who, roster, t) {
			return noPage()
		}
		party := inspections.Party{Kind: inspections.PartyTeam, ID: id}
		title = placeWords(x, roster, t.ID)
		if view, err = x.body(tx, roster, party); err != nil {
			return err
		}
		view.fact(x.words.T("portal.township"), roster.PartyName(inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.Township)}), fmt.Sprintf("/townships/%d", t.Township))
		view.fact(x.words.T("portal.roster.kind"), x.words.Label("team_kind", t.Kind), "")
		view.fact(x.words.T("portal.unit"), x.words.Join(unitNames(roster, roster.UnitsOf(t.ID, view.Day))), "")
		view.fact(x.words.T("portal.body.villages"), x.words.Join(roster.VillagesOf(t.ID, view.Day)), "")
		if !t.Until.IsZero() {
			view.fact(x.words.T("portal.body.ended"), x.words.Date(t.Until), "")
		}
		view.former(x, roster, party)
		links, err := tx.TownshipLinks()
		if err != nil {
			return err
		}
		view.lacks(x, roster, links, func(g attendance.Gap) bool { return g.Team == t.ID })
		for _, p := range roster.PostingsOf(t.ID, view.Day) {
			view.People = append(view.People, personOf(x, roster, p))
		}
		for _, p := range roster.Postings {
			if p.Team == t.ID && !p.Until.IsZero() && p.Until < view.Day {
				view.Past = append(view.Past, personOf(x, roster, p))
			}
		}
		tips, err := tx.Tips(calendar.MonthOf(view.Day).String())
		if err != nil {
			return err
		}
		view.Tips = slices.DeleteFunc(tips, func(tip inspections.Tip) bool { return tip.Kind != t.Kind })
		if x.actor().Is(clerks...) && view.Today {
			view.Forms = teamForms(x, roster, t, view)
		}
		return nil
	})
	return show("body", title, view), err
}

// seesTeam: a unit sees the teams that it stands behind.
func seesTeam(u inspections.User, roster *inspections.Roster, t inspections.Team) bool {
	if u.Role == inspections.RoleUnit {
		for _, tu := range roster.TeamUnits {
			if tu.Team == t.ID && u.Party == (inspections.Party{Kind: inspections.PartyUnit, ID: int64(tu.Unit)}) {
				return true
			}
		}
		for _, p := range roster.Postings {
			if p.Team == t.ID && u.Party == (inspections.Party{Kind: inspections.PartyUnit, ID: int64(p.Unit)}) {
				return true
			}
		}
		return false
	}
	return seesTownship(u, t.Township)
}

func teamForms(x *exchange, roster *inspections.Roster, t inspections.Team, v bodyView) []changeForm {
	at := fmt.Sprintf("/teams/%d", t.ID)
	person := func(p bodyPerson) (int64, string) { return int64(p.ID), p.Name }
	now := choicesOf(v.People, person)
	seen := map[inspections.MemberID]bool{}
	var left []bodyPerson
	for _, p := range v.Past {
		if !seen[p.ID] {
			seen[p.ID], left = true, append(left, p)
		}
	}
	var others []inspections.Team
	for _, o := range roster.TeamsOn(v.Day) {
		if o.Township == t.Township && o.ID != t.ID {
			others = append(others, o)
		}
	}
	var linked []partyChoice
	for _, village := range roster.VillagesOf(t.ID, v.Day)[1:] {
		linked = append(linked, partyChoice{village, village})
	}
	behind := choicesOf(roster.UnitsOf(t.ID, v.Day), func(u inspections.UnitID) (int64, string) { return int64(u), unitName(roster, u) })
	return []changeForm{
		formOf(x, "leave", at+"/departures", "member", now, "last", "date", "reason", "text", "replace", "check"),
		formOf(x, "post", at+"/arrivals", "name", "text", "phone", "text", "unit", unitChoices(roster), "role", wordChoices(x, "posting_role", inspections.RoleMember, inspections.RoleHead), "from", "date", "replaces", choicesOf(left, person)),
		formOf(x, "head", at+"/head", "member", now, "from", "date"),
		formOf(x, "behind", at+"/units", "old", behind, "unit", unitChoices(roster), "from", "date"),
		formOf(x, "rename", at+"/name", "name", "text", "code", "text", "from", "date"),
		formOf(x, "further", at+"/villages", "name", "text", "code", "text", "from", "date"),
		formOf(x, "unlink", at+"/villages/end", "village", linked, "from", "date"),
		formOf(x, "merge", at+"/merger", "into", choicesOf(others, func(o inspections.Team) (int64, string) { return int64(o.ID), o.Village }), "from", "date"),
	}
}

// memberPage shows one member: where and when posted, what the unit did, what was found.
func memberPage(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	var view bodyView
	var title string
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		m, ok := roster.Member(inspections.MemberID(id))
		var served []inspections.Posting
		for _, p := range roster.Postings {
			t, _ := roster.Team(p.Team)
			if p.Member == m.ID && seesMember(x.who, p, t) {
				served = append(served, p)
			}
		}
		if !ok || len(served) == 0 {
			return noPage()
		}
		title = m.Name
		if view, err = x.body(tx, roster, inspections.Party{Kind: inspections.PartyMember, ID: id}); err != nil {
			return err
		}
		for _, p := range served {
			if line := personOf(x, roster, p); inspections.Covers(p.From, p.Until, view.Day) {
				view.People = append(view.People, line)
				view.fact(x.words.T("portal.body.serves"), line.Place, fmt.Sprintf("/teams/%d", p.Team))
				view.fact(x.words.T("portal.unit"), line.Unit, unitPath(p.Unit))
			} else {
				view.Past = append(view.Past, line)
			}
		}
		year, _, _ := view.Day.Parts()
		if atDesk(x.who) {
			view.fact(x.words.T("portal.assessment.head"), x.words.T("portal.assessment.title", "year", year), fmt.Sprintf("/assessments/%d?member=%d", year, id))
		}
		if view.Care, err = careLines(tx, x, roster, func(_ inspections.UnitID, member inspections.MemberID) bool { return member == m.ID }); err != nil {
			return err
		}
		if x.actor().Is(admins...) && !m.Erased() && len(view.People) == 0 {
			view.fact(x.words.T("portal.erase.head"), x.words.T("portal.erase.link"), fmt.Sprintf("/members/%d/erasure", id))
		}
		if x.actor().Is(clerks...) && len(view.People) > 0 {
			view.Forms = []changeForm{careForm(x, id)}
		}
		return nil
	})
	return show("body", title, view), err
}
