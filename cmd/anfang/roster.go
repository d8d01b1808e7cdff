package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

// roster is `anfang roster`: who serves where, and every change with its day.
func (c *cli) roster() *cobra.Command {
	return c.group("roster", "roster", c.rosterShow(), c.rosterLeave(), c.rosterPost(), c.rosterHead(), c.rosterRename(), c.rosterPlace(),
		c.rosterLink(), c.rosterUnlink(), c.rosterMerge(), c.rosterMergeTownship(), c.rosterUnmergeTownship(), c.rosterUnit(), c.rosterHolder())
}

// rosterChange makes a command that changes the roster from a day on.
func (c *cli) rosterChange(key, use string, from *string, do func(context.Context, *app.App, inspections.Actor, *inspections.Roster, calendar.Date) error) *cobra.Command {
	cmd := c.step(key, use, func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		day, err := c.dateOf(*from)
		if err != nil {
			return err
		}
		return do(ctx, a, by, roster, day)
	})
	c.text(cmd, from, "from", "", "DAY")
	return cmd
}

// villageTeam finds the team of --village, narrowed by the township where villages repeat.
func villageTeam(r *inspections.Roster, township, village string) (inspections.Team, error) {
	return teamOf(r, "village", township, village)
}

// teamOf is villageTeam for the village of another flag.
func teamOf(r *inspections.Roster, flag, township, village string) (inspections.Team, error) {
	teams := r.Teams
	if township != "" {
		t, err := townshipNamed(r, township)
		if err != nil {
			return inspections.Team{}, err
		}
		teams = nil
		for _, team := range r.Teams {
			if team.Township == t.ID {
				teams = append(teams, team)
			}
		}
	}
	t, err := pick(flag, village, teams, func(t inspections.Team) []string {
		return []string{strconv.FormatInt(int64(t.ID), 10), t.Village, t.VillageCode}
	})
	if inspections.IsNotFound(err) {
		return pick(flag, village, teams, func(t inspections.Team) []string { return formerNames(r, inspections.PartyTeam, int64(t.ID)) })
	}
	return t, err
}

func unitNamed(r *inspections.Roster, flag, name string) (inspections.Unit, error) {
	u, err := pick(flag, name, r.Units, func(u inspections.Unit) []string { return []string{strconv.FormatInt(int64(u.ID), 10), u.Name} })
	if inspections.IsNotFound(err) {
		return pick(flag, name, r.Units, func(u inspections.Unit) []string { return formerNames(r, inspections.PartyUnit, int64(u.ID)) })
	}
	return u, err
}

// formerNames lists the further names of a body, which find it where no other bears them.
func formerNames(r *inspections.Roster, kind inspections.PartyKind, id int64) []string {
	var names []string
	for _, a := range r.AliasesOf(inspections.Party{Kind: kind, ID: id}) {
		names = append(names, a.Name)
	}
	return names
}

// rosterLeave is `anfang roster leave`: a member leaves on a last day; --replace asks for another.
func (c *cli) rosterLeave() *cobra.Command {
	var township, village, member, last, reason string
	var replace bool
	cmd := c.step("roster.leave", "leave", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		team, err := villageTeam(roster, township, village)
		if err != nil {
			return err
		}
		m, err := servedIn(roster, "member", member, team.ID)
		if err != nil {
			return err
		}
		d := office.Departure{Member: m.ID, Team: team.ID, Reason: reason, Replace: replace}
		if d.Last, err = c.dateOf(last); err != nil {
			return err
		}
		p, err := a.Office.EndPosting(ctx, by, d)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"posting": p}, func() {
			c.say("roster.left", "name", m.Name, "village", team.Village, "last", p.Until)
			if replace {
				c.say("roster.replacement_owed")
			}
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &member, "member", "", "NAME|PHONE|ID")
	c.text(cmd, &last, "last", "", "DAY")
	c.text(cmd, &reason, "reason", "", "TEXT")
	c.toggle(cmd, &replace, "replace")
	return cmd
}

// rosterPost is `anfang roster post`: a person joins a team, in place of another or not.
func (c *cli) rosterPost() *cobra.Command {
	var township, village, name, phone, sex, unit, role, from, replaces, member string
	cmd := c.rosterChange("roster.post", "post", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		team, err := villageTeam(roster, township, village)
		if err != nil {
			return err
		}
		arrival := office.Arrival{Name: name, Phone: phone, Sex: sex, Team: team.ID, From: day}
		if arrival.Role, err = lookUp("role", role, inspections.RoleMember, inspections.RoleHead); err != nil {
			return err
		}
		if unit != "" {
			u, err := unitNamed(roster, "unit", unit)
			if err != nil {
				return err
			}
			arrival.Unit = u.ID
		}
		if member != "" {
			m, err := servedIn(roster, "member", member, 0)
			if err != nil {
				return err
			}
			arrival.Member, name = m.ID, m.Name
		}
		if replaces != "" {
			m, err := servedIn(roster, "replaces", replaces, team.ID)
			if err != nil {
				return err
			}
			arrival.Replaces = m.ID
		}
		p, err := a.Office.Post(ctx, by, arrival)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"posting": p}, func() {
			c.say("roster.posted", "name", name, "village", team.Village, "from", p.From)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &name, "name", "", "NAME")
	c.text(cmd, &phone, "phone", "", "PHONE")
	c.text(cmd, &sex, "sex", "", "m|f")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &role, "role", "member", "member|head")
	c.text(cmd, &replaces, "replaces", "", "NAME|PHONE|ID")
	c.text(cmd, &member, "member", "", "NAME|PHONE|ID")
	return cmd
}

// rosterHead is `anfang roster head`: who is the village-team head from a day on.
func (c *cli) rosterHead() *cobra.Command {
	var township, village, member, from string
	cmd := c.rosterChange("roster.head", "head", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		team, err := villageTeam(roster, township, village)
		if err != nil {
			return err
		}
		m, err := servedIn(roster, "member", member, team.ID)
		if err != nil {
			return err
		}
		if err := a.Office.ChangeRole(ctx, by, m.ID, team.ID, inspections.RoleHead, day); err != nil {
			return err
		}
		return c.reply(map[string]any{"member": m.ID, "team": team.ID, "from": day}, func() {
			c.say("roster.headed", "name", m.Name, "village", team.Village, "from", day)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &member, "member", "", "NAME|PHONE|ID")
	return cmd
}
