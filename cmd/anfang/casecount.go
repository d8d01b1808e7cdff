package main

import (
	"cmp"
	"context"
	"time"

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
		first, last, err := c.monthsOf(from, until)
		if err != nil {
			return err
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
		return c.reply(map[string]any{"from": first.String(), "until": last.String(), "count": n, "in_a_row": told}, func() {
			c.say("case.counted", "from", first, "until", last)
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

// monthsOf reads a span of months: none given is this year so far, the last one missing the first one alone, the
// first one missing from January on.
func (c *cli) monthsOf(from, until string) (first, last calendar.Month, err error) {
	last = calendar.MonthOf(calendar.DateOf(c.clock()()))
	if text := cmp.Or(until, from); text != "" {
		if last, err = c.monthOf(text); err != nil {
			return first, last, err
		}
	}
	if first = (calendar.Month{Year: last.Year, Month: time.January}); from != "" {
		if first, err = c.monthOf(from); err != nil {
			return first, last, err
		}
	}
	if last.First() < first.First() {
		return first, last, wrong("usage.months", "from", first, "until", last)
	}
	return first, last, nil
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
