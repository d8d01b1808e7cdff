package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
)

// change carries out a form of a body's page and goes back to it.
func (x *exchange) change(noun, done string, page handler, do func(f *form, id int64) error) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	again := func() (answer, error) { return page(x) }
	err = do(f, id)
	if len(f.faults) > 0 {
		return f.again(again)
	}
	if err != nil {
		return x.refused(err, again)
	}
	return goTo(fmt.Sprintf("/%s/%d", noun, id), done), nil
}

// unless runs a verb only when the form has no faults.
func (f *form) unless(verb func() error) error {
	if len(f.faults) > 0 {
		return nil
	}
	return verb()
}

func teamDepart(x *exchange) (answer, error) {
	return x.change("teams", "roster_changed", teamPage, func(f *form, id int64) error {
		d := office.Departure{
			Team: inspections.TeamID(id), Member: inspections.MemberID(f.chosen("member-leave", true)), Last: f.date("last-leave", true),
			Reason: f.must("reason-leave"), Replace: x.r.PostForm.Get("replace-leave") != "",
		}
		return f.unless(func() error { _, err := x.p.cfg.Office.EndPosting(x.ctx(), x.actor(), d); return err })
	})
}

func teamArrive(x *exchange) (answer, error) {
	return x.change("teams", "roster_changed", teamPage, func(f *form, id int64) error {
		a := office.Arrival{
			Team: inspections.TeamID(id), Name: f.must("name-post"), Phone: f.text("phone-post"), Unit: inspections.UnitID(f.chosen("unit-post", true)),
			Role: inspections.PostingRole(f.choice("role-post", string(inspections.RoleMember), string(inspections.RoleHead))),
			From: f.date("from-post", true), Replaces: inspections.MemberID(f.chosen("replaces-post", false)),
		}
		return f.unless(func() error { _, err := x.p.cfg.Office.Post(x.ctx(), x.actor(), a); return err })
	})
}

func teamHead(x *exchange) (answer, error) {
	return x.change("teams", "roster_changed", teamPage, func(f *form, id int64) error {
		member, from := inspections.MemberID(f.chosen("member-head", true)), f.date("from-head", true)
		return f.unless(func() error {
			return x.p.cfg.Office.ChangeRole(x.ctx(), x.actor(), member, inspections.TeamID(id), inspections.RoleHead, from)
		})
	})
}

func teamUnits(x *exchange) (answer, error) {
	return x.change("teams", "roster_changed", teamPage, func(f *form, id int64) error {
		old, unit, from := inspections.UnitID(f.chosen("old-behind", false)), inspections.UnitID(f.chosen("unit-behind", false)), f.date("from-behind", true)
		return f.unless(func() error {
			return x.p.cfg.Office.ChangeUnit(x.ctx(), x.actor(), inspections.TeamID(id), old, unit, from)
		})
	})
}

func teamFurther(x *exchange) (answer, error) {
	return x.change("teams", "roster_changed", teamPage, func(f *form, id int64) error {
		name, code, from := f.must("name-further"), f.text("code-further"), f.date("from-further", true)
		return f.unless(func() error {
			return x.p.cfg.Office.LinkVillage(x.ctx(), x.actor(), inspections.TeamID(id), name, code, from)
		})
	})
}

func teamUnlink(x *exchange) (answer, error) {
	return x.change("teams", "roster_changed", teamPage, func(f *form, id int64) error {
		village, from := f.must("village-unlink"), f.date("from-unlink", true)
		return f.unless(func() error {
			return x.p.cfg.Office.EndLink(x.ctx(), x.actor(), inspections.TeamID(id), village, from)
		})
	})
}

func townshipMerge(x *exchange) (answer, error) {
	return x.change("townships", "roster_changed", townshipPage, func(f *form, id int64) error {
		m := office.TownshipMerger{
			Gone: inspections.TownshipID(id), Into: inspections.TownshipID(f.chosen("into_township-absorb", true)),
			From: f.date("from-absorb", true), Reason: f.must("order-absorb"),
		}
		return f.unless(func() error { _, err := x.p.cfg.Office.MergeTownships(x.ctx(), x.actor(), m); return err })
	})
}

func townshipRestore(x *exchange) (answer, error) {
	return x.change("townships", "roster_changed", townshipPage, func(_ *form, id int64) error {
		_, err := x.p.cfg.Office.UndoTownshipMerger(x.ctx(), x.actor(), inspections.TownshipID(id))
		return err
	})
}

func teamMerge(x *exchange) (answer, error) {
	return x.change("teams", "roster_changed", teamPage, func(f *form, id int64) error {
		into, from := inspections.TeamID(f.chosen("into-merge", true)), f.date("from-merge", true)
		return f.unless(func() error {
			_, err := x.p.cfg.Office.MergeVillages(x.ctx(), x.actor(), inspections.TeamID(id), into, from)
			return err
		})
	})
}

// rename serves the three bodies that have a name.
func (x *exchange) rename(noun string, kind inspections.PartyKind, page handler) (answer, error) {
	return x.change(noun, "roster_changed", page, func(f *form, id int64) error {
		r := office.Renaming{Of: inspections.Party{Kind: kind, ID: id}, Name: f.must("name-rename"), Code: f.text("code-rename"), From: f.date("from-rename", true)}
		return f.unless(func() error { return x.p.cfg.Office.Rename(x.ctx(), x.actor(), r) })
	})
}

func teamRename(x *exchange) (answer, error) {
	return x.rename("teams", inspections.PartyTeam, teamPage)
}

func unitRename(x *exchange) (answer, error) {
	return x.rename("units", inspections.PartyUnit, unitPage)
}

// unitPlace records whether a unit is under the county; it decides between notice and letter.
func unitPlace(x *exchange) (answer, error) {
	return x.change("units", "roster_changed", unitPage, func(f *form, id int64) error {
		place := f.choice("place-place", unitPlaces...)
		return f.unless(func() error {
			return x.p.cfg.Office.PlaceUnit(x.ctx(), x.actor(), inspections.UnitID(id), place == unitPlaces[1])
		})
	})
}

func townshipRename(x *exchange) (answer, error) {
	return x.rename("townships", inspections.PartyTownship, townshipPage)
}

// nameHolder serves townships and units.
func (x *exchange) nameHolder(noun string, kind inspections.PartyKind, page handler) (answer, error) {
	return x.change(noun, "roster_changed", page, func(f *form, id int64) error {
		h := inspections.Holder{
			Party: inspections.Party{Kind: kind, ID: id}, Post: inspections.Post(f.must("post-holder")), Name: f.must("name-holder"),
			Phone: f.text("phone-holder"), Email: f.text("email-holder"), From: f.date("from-holder", true),
		}
		return f.unless(func() error { _, err := x.p.cfg.Office.NameHolder(x.ctx(), x.actor(), h); return err })
	})
}

func townshipHolder(x *exchange) (answer, error) {
	return x.nameHolder("townships", inspections.PartyTownship, townshipPage)
}

func unitHolder(x *exchange) (answer, error) {
	return x.nameHolder("units", inspections.PartyUnit, unitPage)
}

func townshipLead(x *exchange) (answer, error) {
	return x.change("townships", "roster_changed", townshipPage, func(f *form, id int64) error {
		l := inspections.TownshipLink{Township: inspections.TownshipID(id), Kind: inspections.LinkLeadUnit, Unit: inspections.UnitID(f.chosen("unit-lead", true)), From: f.date("from-lead", true)}
		return f.unless(func() error { _, err := x.p.cfg.Office.LinkTownship(x.ctx(), x.actor(), l); return err })
	})
}

func townshipLeader(x *exchange) (answer, error) {
	return x.change("townships", "roster_changed", townshipPage, func(f *form, id int64) error {
		l := inspections.TownshipLink{
			Township: inspections.TownshipID(id), Kind: inspections.LinkCountyLeader, Name: f.must("name-leader"), Email: f.text("email-leader"), From: f.date("from-leader", true),
		}
		return f.unless(func() error { _, err := x.p.cfg.Office.LinkTownship(x.ctx(), x.actor(), l); return err })
	})
}
