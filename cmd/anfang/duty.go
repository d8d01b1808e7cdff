package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// duty is `anfang duty`: what is owed, by whom, until when.
func (c *cli) duty() *cobra.Command {
	return c.group("duty", "duty", c.dutyList(), c.dutySubmit(), c.dutyCatalog(), c.dutyGaps(), c.dutyLink())
}

func (c *cli) dutyList() *cobra.Command {
	var all, overdue bool
	var party, clause, period string
	cmd := c.step("duty.list", "list", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		owed := []duties.Obligation{}
		var now calendar.Instant
		err := a.Store.View(ctx, func(tx *store.Tx) error {
			now, owed = tx.Now(), owed[:0]
			list, err := tx.Obligations(duties.Filter{Open: !all, Party: inspections.PartyKind(party), Period: period})
			if err != nil {
				return err
			}
			for _, o := range list {
				seen, err := seesDuty(tx, by, o)
				if err != nil {
					return err
				}
				if seen && (!overdue || o.Overdue(now)) && (clause == "" || o.Clause == clause) {
					owed = append(owed, o)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"obligations": owed}, func() { c.tellDuties(owed, now) })
	})
	c.toggle(cmd, &all, "all")
	c.toggle(cmd, &overdue, "overdue")
	c.text(cmd, &party, "party", "", "county|township|unit|…")
	c.text(cmd, &clause, "clause", "", "CLAUSE")
	c.text(cmd, &period, "period", "", "PERIOD")
	return cmd
}

// seesDuty keeps back what a visit owes while it is a secret that there is one.
func seesDuty(tx *store.Tx, by inspections.Actor, o duties.Obligation) (bool, error) {
	text, about := strings.CutPrefix(o.Subject, "visit/")
	id, err := strconv.ParseInt(text, 10, 64)
	if !about || err != nil {
		return true, nil
	}
	v, err := tx.Visit(inspections.VisitID(id))
	return seesVisit(by, v, tx.Now()), err
}

func (c *cli) tellDuties(owed []duties.Obligation, now calendar.Instant) {
	var rows [][]string
	for _, o := range owed {
		state := c.words.T("cli.duty.open")
		switch {
		case o.Late():
			state = c.words.T("cli.duty.late")
		case !o.Done.IsZero():
			state = c.words.T("cli.duty.done")
		case o.Overdue(now):
			state = c.words.T("cli.duty.overdue")
		case o.Undetermined != "":
			state = c.words.T("cli.duty.undetermined", "what", o.Undetermined)
		}
		rows = append(rows, []string{
			c.words.Label("duty", o.Kind), c.words.Label("party", o.Party.Kind), strings.TrimSpace(o.Period + " " + o.Subject),
			c.moment(o.Due), state, o.Reason,
		})
	}
	c.table([]string{"duty", "party", "about", "due", "state", "why"}, rows)
}
