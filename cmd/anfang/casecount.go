package main

import (
	"context"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
)

// caseCount counts what the cases of some months came to; the kinds of count are never added up.
func (c *cli) caseCount() *cobra.Command {
	var from, until string
	cmd := c.step("case.count", "count", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		first, err := c.monthOf(from)
		if err != nil {
			return err
		}
		last := first
		if until != "" {
			if last, err = c.monthOf(until); err != nil {
				return err
			}
		}
		counts, rows, err := a.Office.Count(ctx, calendar.InstantOf(first.First().Start()), calendar.InstantOf(last.Last().End()))
		if err != nil {
			return err
		}
		n := counts.Count()
		var roster *inspections.Roster
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			roster, err = tx.Roster()
			return err
		})
		if err != nil {
			return err
		}
		type rowTold struct {
			casework.Row
			Name string `json:"name"`
		}
		told := []rowTold{}
		for _, r := range rows {
			u, _ := roster.Unit(inspections.UnitID(r.Party.ID))
			told = append(told, rowTold{r, u.Name})
		}
		return c.reply(map[string]any{"count": n, "in_a_row": told}, func() {
			c.say("case.count", "problems", n.Problems, "persons", n.Persons, "times", n.PersonTimes, "committees", n.Committees,
				"units", n.Units, "villages", n.Villages, "handovers", n.Handovers)
			for _, r := range told {
				var months []string
				for _, m := range r.Months {
					months = append(months, c.words.Month(m))
				}
				c.say("case.row", "unit", r.Name, "months", c.words.Join(months))
			}
		})
	})
	c.text(cmd, &from, "from", "", "MONTH")
	c.text(cmd, &until, "until", "", "MONTH")
	return cmd
}

// caseRule sets the dated lines of a JSON file: who may approve and decide, and what is proposed.
func (c *cli) caseRule() *cobra.Command {
	var file string
	cmd := c.step("case.rule", "rule", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if file == "" {
			return wrong("usage.needed", "flag", "--json-file")
		}
		var told struct {
			Rules []casework.Rule `json:"rules"`
		}
		if err := readTold(file, &told); err != nil {
			return err
		}
		if err := a.Office.SetRules(ctx, by, told.Rules); err != nil {
			return ofFile(err)
		}
		return c.reply(map[string]any{"rules": len(told.Rules)}, func() { c.say("case.rules", "n", len(told.Rules)) })
	})
	c.text(cmd, &file, "json-file", "", "FILE")
	return cmd
}
