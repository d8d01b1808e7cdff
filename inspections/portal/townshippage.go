package portal

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
)

// townshipPage shows one township: who answers, gaps, teams, what it owes.
func townshipPage(x *exchange) (answer, error) {
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
		t, ok := roster.Township(inspections.TownshipID(id))
		if !ok || !seesTownship(x.who, t.ID) {
			return noPage()
		}
		party := inspections.Party{Kind: inspections.PartyTownship, ID: id}
		title = t.Name
		if view, err = x.body(tx, roster, party); err != nil {
			return err
		}
		links, err := tx.TownshipLinks()
		if err != nil {
			return err
		}
		view.holders(x, roster, party, inspections.PostDeputy, inspections.PostResident)
		lead, _ := inspections.LinkOn(links, t.ID, inspections.LinkLeadUnit, view.Day)
		leader, _ := inspections.LinkOn(links, t.ID, inspections.LinkCountyLeader, view.Day)
		view.fact(x.words.T("portal.body.lead_unit"), unitName(roster, lead.Unit), unitPath(lead.Unit))
		view.fact(x.words.T("portal.body.county_leader"), leader.Name, "")
		view.former(x, roster, party)
		if into, ok := roster.Township(t.Into); ok {
			view.fact(x.words.T("portal.body.township_ended"), x.words.Date(t.Until), "")
			view.fact(x.words.T("portal.body.went_into"), into.Name, fmt.Sprintf("/townships/%d", into.ID))
		}
		view.fact(x.words.T("portal.attendance.head"), x.words.T("portal.body.attendance"), "/attendance?township="+t.Code)
		view.lacks(x, roster, links, func(g attendance.Gap) bool { return g.Township == t.ID })
		for _, team := range roster.TeamsOn(view.Day) {
			if team.Township == t.ID {
				view.Teams = append(view.Teams, teamOf(x, roster, team, view.Day))
			}
		}
		at := fmt.Sprintf("/townships/%d", id)
		switch {
		case !x.actor().Is(clerks...):
		case t.Into != 0:
			view.Forms = []changeForm{formOf(x, "restore", at+"/restoration")}
		default:
			others := slices.DeleteFunc(roster.TownshipsOn(view.Day), func(o inspections.Township) bool { return o.ID == t.ID })
			view.Forms = []changeForm{
				formOf(x, "holder", at+"/holders", "post", wordChoices(x, "post", inspections.PostDeputy, inspections.PostResident, inspections.PostContact), "name", "text", "phone", "text", "email", "text", "from", "date"),
				formOf(x, "lead", at+"/lead-unit", "unit", unitChoices(roster), "from", "date"),
				formOf(x, "leader", at+"/county-leader", "name", "text", "email", "text", "from", "date"),
				formOf(x, "rename", at+"/name", "name", "text", "from", "date"),
				formOf(x, "absorb", at+"/merger", "into_township", choicesOf(others, func(o inspections.Township) (int64, string) { return int64(o.ID), o.Name }), "from", "date", "order", "text"),
			}
		}
		return nil
	})
	return show("body", title, view), err
}

func unitPath(id inspections.UnitID) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("/units/%d", id)
}

// unitPage shows one aid unit: leaders, members, care, what it owes.
func unitPage(x *exchange) (answer, error) {
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
		u, ok := roster.Unit(inspections.UnitID(id))
		party := inspections.Party{Kind: inspections.PartyUnit, ID: id}
		if !ok || !seesUnit(x.who, u.ID) {
			return noPage()
		}
		title = u.Name
		if view, err = x.body(tx, roster, party); err != nil {
			return err
		}
		view.holders(x, roster, party, inspections.PostMainLeader, inspections.PostInCharge)
		view.former(x, roster, party)
		for _, p := range roster.Postings {
			switch {
			case p.Unit != u.ID:
			case inspections.Covers(p.From, p.Until, view.Day):
				view.People = append(view.People, personOf(x, roster, p))
			case !p.Until.IsZero() && p.Until < view.Day:
				view.Past = append(view.Past, personOf(x, roster, p))
			}
		}
		for _, team := range roster.TeamsOn(view.Day) {
			for _, behind := range roster.UnitsOf(team.ID, view.Day) {
				if behind == u.ID {
					view.Teams = append(view.Teams, teamOf(x, roster, team, view.Day))
				}
			}
		}
		if view.Care, err = careLines(tx, x, roster, func(unit inspections.UnitID, _ inspections.MemberID) bool { return unit == u.ID }); err != nil {
			return err
		}
		if x.actor().Is(clerks...) {
			at := fmt.Sprintf("/units/%d", id)
			view.Forms = []changeForm{
				formOf(x, "holder", at+"/holders", "post", wordChoices(x, "post", inspections.PostMainLeader, inspections.PostInCharge, inspections.PostContact), "name", "text", "phone", "text", "email", "text", "from", "date"),
				formOf(x, "rename", at+"/name", "name", "text", "from", "date"),
				formOf(x, "place", at+"/place", "place", wordChoices(x, "unit_place", unitPlaces...)),
			}
		}
		view.fact(x.words.T("portal.field.place"), x.words.Label("unit_place", placeOfUnit(u)), "")
		return nil
	})
	return show("body", title, view), err
}

// unitPlaces say whether a unit is under the county.
var unitPlaces = []string{"county", "outside"}

func placeOfUnit(u inspections.Unit) string {
	if u.Outside {
		return unitPlaces[1]
	}
	return unitPlaces[0]
}

// seesUnit says whether a person may see a unit's page: the desk and reviewers, and the unit itself.
func seesUnit(u inspections.User, id inspections.UnitID) bool {
	if u.Role == inspections.RoleUnit {
		return u.Party == inspections.Party{Kind: inspections.PartyUnit, ID: int64(id)}
	}
	return atDesk(u) || u.Role == inspections.RoleReviewer
}
