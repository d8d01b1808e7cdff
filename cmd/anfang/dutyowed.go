package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

// dutyOwed is `anfang duty owed`: who owes us what, a line for each party that owes anything.
func (c *cli) dutyOwed() *cobra.Command {
	var party string
	cmd := c.step("duty.owed", "owed", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		b, err := c.dutiesOf(ctx, a, by, duties.Filter{Party: inspections.PartyKind(party)})
		if err != nil {
			return err
		}
		sums := duties.ByParty(b.owed, duties.Catalog(), b.now)
		list := []duties.Owing{}
		for _, p := range b.roster.Parties() {
			if s, owes := sums[p]; owes && (s.Open > 0 || party != "") {
				list = append(list, s)
			}
		}
		return c.reply(map[string]any{"owing": list}, func() {
			var rows [][]string
			for _, s := range list {
				rows = append(rows, []string{
					c.words.Body(b.roster, b.set, s.Party), strconv.Itoa(s.Open), strconv.Itoa(s.Overdue), c.moment(s.Next),
					strconv.Itoa(s.OnTime), strconv.Itoa(s.Late), strconv.Itoa(s.Waived),
				})
			}
			c.table([]string{"party", "open", "overdue", "next", "on_time", "late", "waived"}, rows)
		})
	})
	c.text(cmd, &party, "party", "", "county|township|unit|…")
	return cmd
}

// tellParty reads for whom something is told.
func tellParty(b *inspections.Roster, party, township, unit string) (inspections.Party, error) {
	switch kind := inspections.PartyKind(party); kind {
	case inspections.PartyCounty, inspections.PartyFinance:
		return inspections.Party{Kind: kind}, nil
	case inspections.PartyResident:
		t, err := townshipNamed(b, township)
		return inspections.Party{Kind: kind, ID: int64(t.ID)}, err
	case inspections.PartyDepartment:
		return inspections.Party{}, wrong("usage.one_of", "flag", "party", "value", party, "known", "department:branch, department:poverty, department:village")
	}
	for i, kind := range inspections.Departments {
		if party == "department:"+string(kind) {
			return inspections.Party{Kind: inspections.PartyDepartment, ID: int64(i + 1)}, nil
		}
	}
	return bodyOf(b, township, "", unit)
}

// dutyTell is `anfang duty tell`: an event that is owed from now on, or what was done on demand.
func (c *cli) dutyTell() *cobra.Command {
	var party, township, unit, clause, kind, day, about string
	cmd := c.step("duty.tell", "tell", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		t := duties.Told{Clause: clause, Kind: duties.Kind(kind), About: about}
		if t.Party, err = tellParty(roster, party, township, unit); err != nil {
			return err
		}
		if t.Day, err = c.dateOf(day); err != nil {
			return err
		}
		o, err := a.Office.TellDuty(ctx, by, t)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"obligation": o}, func() {
			if o.Open() {
				c.say("duty.told", "id", int64(o.ID), "what", c.words.Label("duty", o.Kind), "due", c.moment(o.Due))
				return
			}
			c.say("duty.registered", "what", c.words.Label("duty", o.Kind))
		})
	})
	c.text(cmd, &clause, "clause", "", "CLAUSE")
	c.text(cmd, &kind, "kind", "", "KIND")
	c.text(cmd, &party, "party", "", "county|finance|resident|department:branch|…")
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &day, "day", "", "DAY")
	c.text(cmd, &about, "about", "", "TEXT")
	return cmd
}
