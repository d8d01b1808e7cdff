package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
	"anfang.example/reports/sheet"
)

// duty is `anfang duty`: what is owed, by whom, until when.
func (c *cli) duty() *cobra.Command {
	return c.group("duty", "duty", c.dutyList(), c.dutyShow(), c.dutySubmit(), c.dutyReceipt(), c.dutyCatalog(), c.dutyGaps(), c.dutyLink(),
		c.dutyOwed(), c.dutyTell(), c.dutyCare(), c.dutyTips(), c.dutyFund())
}

func (c *cli) dutyList() *cobra.Command {
	var all, overdue bool
	var party, clause, period, township, unit, out string
	cmd := c.step("duty.list", "list", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		b, err := c.dutiesOf(ctx, a, by, duties.Filter{Open: !all, Party: inspections.PartyKind(party), Period: period})
		if err != nil {
			return err
		}
		var of inspections.Party
		if township != "" || unit != "" {
			if of, err = bodyOf(b.roster, township, "", unit); err != nil {
				return err
			}
		}
		b.owed = slices.DeleteFunc(b.owed, func(o duties.Obligation) bool {
			return overdue && !o.Overdue(b.now) || clause != "" && o.Clause != clause || of.Kind != "" && o.Party != of
		})
		if out != "" {
			return c.exportDuties(b, out)
		}
		return c.reply(map[string]any{"obligations": b.owed}, func() {
			c.table([]string{"id", "clause", "duty", "party", "about", "due", "state", "why"}, c.dutyRows(b))
		})
	})
	c.toggle(cmd, &all, "all")
	c.toggle(cmd, &overdue, "overdue")
	c.text(cmd, &party, "party", "", "county|township|unit|…")
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &clause, "clause", "", "CLAUSE")
	c.text(cmd, &period, "period", "", "PERIOD")
	c.text(cmd, &out, "out", "", "FILE.xlsx|FILE.csv")
	return cmd
}

// dutyBook is what is owed, with all that names it.
type dutyBook struct {
	roster *inspections.Roster
	set    inspections.Settings
	owed   []duties.Obligation
	now    calendar.Instant
}

// dutiesOf reads what is owed and may be seen.
func (c *cli) dutiesOf(ctx context.Context, a *app.App, by inspections.Actor, f duties.Filter) (b dutyBook, err error) {
	err = a.Store.View(ctx, func(tx *store.Tx) error {
		b = dutyBook{owed: []duties.Obligation{}, now: tx.Now()}
		if b.roster, err = tx.Roster(); err != nil {
			return err
		}
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		b.set = inspections.SettingsOn(all, b.now.Date())
		list, err := tx.Obligations(f)
		if err != nil {
			return err
		}
		for _, o := range list {
			seen, err := c.seesDuty(tx, by, o)
			if err != nil {
				return err
			}
			if seen {
				b.owed = append(b.owed, o)
			}
		}
		return nil
	})
	return b, err
}

// seesDuty keeps back what a visit owes while it is a secret that there is one.
func (c *cli) seesDuty(tx *store.Tx, by inspections.Actor, o duties.Obligation) (bool, error) {
	text, about := strings.CutPrefix(o.Subject, "visit/")
	id, err := strconv.ParseInt(text, 10, 64)
	if !about || err != nil {
		return true, nil
	}
	v, err := tx.Visit(inspections.VisitID(id))
	return seesVisit(by, v, c.shown(tx.Now())), err
}

// dutyRows names each obligation: number, clause, what, who, period and subject, due, state, why.
func (c *cli) dutyRows(b dutyBook) [][]string {
	var rows [][]string
	for _, o := range b.owed {
		about := strings.TrimSpace(o.Period + " " + o.Subject)
		if o.About != "" {
			about = o.Period + " " + o.About
		}
		rows = append(rows, []string{
			strconv.FormatInt(int64(o.ID), 10), c.words.Label("clause.short", o.Clause), c.words.Label("duty", o.Kind), c.words.Body(b.roster, b.set, o.Party), about,
			c.moment(o.Due), c.dutyState(o, b.now), o.Reason,
		})
	}
	return rows
}

func (c *cli) dutyState(o duties.Obligation, now calendar.Instant) string {
	switch {
	case o.Waived():
		return c.words.T("cli.duty.waived")
	case o.Late():
		return c.words.T("cli.duty.late")
	case !o.Done.IsZero():
		return c.words.T("cli.duty.done")
	case o.Overdue(now):
		return c.words.T("cli.duty.overdue")
	case o.Undetermined != "":
		return c.words.T("cli.duty.undetermined", "what", o.Undetermined)
	}
	return c.words.T("cli.duty.open")
}

// exportDuties writes the list as a workbook or csv, by the ending of the file's name.
func (c *cli) exportDuties(b dutyBook, out string) error {
	list := sheet.List{Words: c.words, Name: c.words.T("sheet.duties.name"), Title: c.words.T("sheet.duties.title"), Under: c.words.T("sheet.duties.under", "day", b.now.Date())}
	for _, key := range []string{"id", "clause", "duty", "party", "about", "due", "state", "why"} {
		list.Heads = append(list.Heads, c.words.T("cli.column."+key))
	}
	list.Rows = c.dutyRows(b)
	data, err := list.File(out)
	if err != nil {
		return err
	}
	return c.keepSheet(out, data, map[string]any{"obligations": len(b.owed)})
}
