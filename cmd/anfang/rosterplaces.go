package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// rosterShow is `anfang roster show`: each township with its posts, links, teams, members and gaps on a day.
func (c *cli) rosterShow() *cobra.Command {
	var day string
	cmd := c.step("roster.show", "show", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		on, err := c.dateOf(day)
		if err != nil {
			return err
		}
		var list []attendance.TownshipState
		err = a.Store.View(ctx, func(tx *store.Tx) error {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			links, err := tx.TownshipLinks()
			list = attendance.States(roster, links, on)
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"day": on, "townships": list}, func() {
			var rows [][]string
			for _, t := range list {
				var gaps []string
				for _, g := range t.Gaps {
					gaps = append(gaps, c.words.T("gap."+g.Key))
				}
				rows = append(rows, []string{t.Name, t.Deputy, t.Resident, t.LeadUnit, t.CountyLeader, c.words.Value(t.Teams), c.words.Value(t.Members), strings.Join(gaps, "；")})
			}
			c.table([]string{"township", "deputy", "resident", "lead_unit", "county_leader", "teams", "members", "gaps"}, rows)
		})
	})
	c.text(cmd, &day, "day", "", "DAY")
	return cmd
}

// bodyOf reads which village, unit or township a change is about.
func bodyOf(roster *inspections.Roster, township, village, unit string) (inspections.Party, error) {
	switch {
	case village != "":
		t, err := villageTeam(roster, township, village)
		return inspections.Party{Kind: inspections.PartyTeam, ID: int64(t.ID)}, err
	case unit != "":
		u, err := unitNamed(roster, "unit", unit)
		return inspections.Party{Kind: inspections.PartyUnit, ID: int64(u.ID)}, err
	}
	t, err := townshipNamed(roster, township)
	return inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}, err
}

// rosterRename is `anfang roster rename`: a village, unit or township is called otherwise from a day on.
func (c *cli) rosterRename() *cobra.Command {
	var township, village, unit, to, code, from string
	cmd := c.rosterChange("roster.rename", "rename", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		of, err := bodyOf(roster, township, village, unit)
		if err != nil {
			return err
		}
		if err := a.Office.Rename(ctx, by, office.Renaming{Of: of, Name: to, Code: code, From: day}); err != nil {
			return err
		}
		return c.reply(map[string]any{"of": of, "name": to, "from": day}, func() {
			c.say("roster.renamed", "was", roster.PartyName(of), "name", to, "from", day)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &to, "to", "", "NAME")
	c.text(cmd, &code, "code", "", "CODE")
	return cmd
}

// rosterPlace is `anfang roster place`: whether a unit is under the county, or outside and written to by letter.
func (c *cli) rosterPlace() *cobra.Command {
	var unit string
	var outside bool
	cmd := c.step("roster.place", "place", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		u, err := unitNamed(roster, "unit", unit)
		if err != nil {
			return err
		}
		if err := a.Office.PlaceUnit(ctx, by, u.ID, outside); err != nil {
			return err
		}
		return c.reply(map[string]any{"unit": u.ID, "outside": outside}, func() {
			key := "roster.placed.county"
			if outside {
				key = "roster.placed.outside"
			}
			c.say(key, "name", u.Name)
		})
	})
	c.text(cmd, &unit, "unit", "", "NAME")
	c.toggle(cmd, &outside, "outside")
	return cmd
}

// rosterLink is `anfang roster link`: a team works in a further village.
func (c *cli) rosterLink() *cobra.Command {
	var township, village, further, code, from string
	cmd := c.rosterChange("roster.link", "link", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		team, err := villageTeam(roster, township, village)
		if err != nil {
			return err
		}
		if err := a.Office.LinkVillage(ctx, by, team.ID, further, code, day); err != nil {
			return err
		}
		return c.reply(map[string]any{"team": team.ID, "village": further, "from": day}, func() {
			c.say("roster.linked", "village", team.Village, "further", further, "from", day)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &further, "further", "", "NAME")
	c.text(cmd, &code, "code", "", "CODE")
	return cmd
}

// rosterMerge is `anfang roster merge`: a village goes up in another.
func (c *cli) rosterMerge() *cobra.Command {
	var township, village, into, from string
	cmd := c.rosterChange("roster.merge", "merge", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		gone, err := villageTeam(roster, township, village)
		if err != nil {
			return err
		}
		stays, err := teamOf(roster, "into", township, into)
		if err != nil {
			return err
		}
		moved, err := a.Office.MergeVillages(ctx, by, gone.ID, stays.ID, day)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"team": gone.ID, "into": stays.ID, "from": day, "moved": moved}, func() {
			c.say("roster.merged", "village", gone.Village, "into", stays.Village, "from", day, "n", moved)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &into, "into", "", "NAME")
	return cmd
}

// rosterUnit is `anfang roster unit`: another unit stands behind a team.
func (c *cli) rosterUnit() *cobra.Command {
	var township, village, old, unit, from string
	cmd := c.rosterChange("roster.unit", "unit", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		team, err := villageTeam(roster, township, village)
		if err != nil {
			return err
		}
		var ids [2]inspections.UnitID
		for i, flag := range []struct{ name, value string }{{"old", old}, {"unit", unit}} {
			if flag.value == "" {
				continue
			}
			u, err := unitNamed(roster, flag.name, flag.value)
			if err != nil {
				return err
			}
			ids[i] = u.ID
		}
		if err := a.Office.ChangeUnit(ctx, by, team.ID, ids[0], ids[1], day); err != nil {
			return err
		}
		return c.reply(map[string]any{"team": team.ID, "old": ids[0], "unit": ids[1], "from": day}, func() {
			c.say("roster.unit_changed", "village", team.Village, "from", day)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &old, "old", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	return cmd
}

// rosterHolder is `anfang roster holder`: who holds a post of a township or unit.
func (c *cli) rosterHolder() *cobra.Command {
	var township, unit, post, name, phone, email, from string
	cmd := c.rosterChange("roster.holder", "holder", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		of, err := bodyOf(roster, township, "", unit)
		if err != nil {
			return err
		}
		h := inspections.Holder{Party: of, Name: name, Phone: phone, Email: email, From: day}
		if h.Post, err = lookUp("post", post, inspections.PostDeputy, inspections.PostResident, inspections.PostMainLeader, inspections.PostInCharge, inspections.PostContact); err != nil {
			return err
		}
		if h, err = a.Office.NameHolder(ctx, by, h); err != nil {
			return err
		}
		return c.reply(map[string]any{"holder": h}, func() {
			c.say("roster.holder", "body", roster.PartyName(of), "post", c.words.Label("post", h.Post), "name", h.Name, "from", h.From)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &post, "post", "", "deputy|resident|main_leader|in_charge|contact")
	c.text(cmd, &name, "name", "", "NAME")
	c.text(cmd, &phone, "phone", "", "PHONE")
	c.text(cmd, &email, "email", "", "ADDRESS")
	return cmd
}
