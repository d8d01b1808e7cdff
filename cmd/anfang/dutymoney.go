package main

import (
	"context"
	"math"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
	"anfang.example/reports/sheet"
)

// dutyCare is `anfang duty care`: health checks, insurance and visits of sympathy (2.3); without --kind
// the list of members and what each had this year.
func (c *cli) dutyCare() *cobra.Command {
	var member, kind, day, until, note, year string
	cmd := c.step("duty.care", "care", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		if kind == "" {
			if err := deskOnly(by); err != nil {
				return err
			}
			return c.listCare(ctx, a, roster, year)
		}
		care := inspections.Care{Note: note}
		if care.Kind, err = lookUp("kind", kind, inspections.CareKinds...); err != nil {
			return err
		}
		m, err := servedIn(roster, "member", member, 0)
		if err != nil {
			return err
		}
		care.Member = m.ID
		if care.Day, err = c.dateOf(day); err != nil {
			return err
		}
		if until != "" {
			if care.Until, err = c.dateOf(until); err != nil {
				return err
			}
		}
		if care, err = a.Office.RecordCare(ctx, by, care); err != nil {
			return err
		}
		return c.reply(map[string]any{"care": care}, func() {
			c.say("care.recorded", "name", m.Name, "kind", c.words.Label("care", care.Kind), "day", care.Day)
		})
	})
	c.text(cmd, &member, "member", "", "NAME|PHONE|ID")
	c.text(cmd, &kind, "kind", "", "health|insurance|sympathy")
	c.text(cmd, &day, "day", "", "DAY")
	c.text(cmd, &until, "until", "", "DAY")
	c.text(cmd, &note, "note", "", "TEXT")
	c.text(cmd, &year, "year", "", "YEAR")
	return cmd
}

func (c *cli) listCare(ctx context.Context, a *app.App, roster *inspections.Roster, text string) error {
	day := calendar.DateOf(a.Now())
	year, _, _ := day.Parts()
	if text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 2017 || n > 2099 {
			return wrong("usage.year", "value", text)
		}
		if n != year {
			year, day = n, calendar.NewDate(n, 12, 31)
		}
	}
	var states []duties.CareState
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		given, err := tx.Care(calendar.NewDate(year-1, 1, 1), calendar.NewDate(year, 12, 31))
		states = duties.CareOf(roster, given, year, day)
		return err
	})
	if err != nil {
		return err
	}
	return c.reply(map[string]any{"year": year, "members": states}, func() {
		var rows [][]string
		for _, s := range states {
			m, _ := roster.Member(s.Member)
			unit, _ := roster.Unit(s.Unit)
			rows = append(rows, []string{unit.Name, m.Name, c.dayOrMissing(s.Health), c.dayOrMissing(s.Insurance), c.dayOrMissing(s.Sympathy)})
		}
		c.table([]string{"unit", "member", "health", "insurance", "sympathy"}, rows)
	})
}

func (c *cli) dayOrMissing(d calendar.Date) string {
	if d.IsZero() {
		return c.words.T("word.not_reported")
	}
	return d.String()
}

// dutyTips is `anfang duty tips`: a department's tips and task list of a month (四); without --title the list.
func (c *cli) dutyTips() *cobra.Command {
	var text, kind, title, tasks, file string
	cmd := c.step("duty.tips", "tips", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if title == "" {
			return c.listTips(ctx, a, text)
		}
		if text == "" {
			text = calendar.MonthOf(calendar.DateOf(a.Now())).String()
		}
		tip := inspections.Tip{Month: text, Title: title, Tasks: tasks}
		var err error
		if tip.Kind, err = lookUp("kind", kind, inspections.Departments...); err != nil {
			return err
		}
		if file != "" {
			raw, err := os.ReadFile(file)
			if err != nil {
				return inspections.Fail(inspections.Invalid, "cli.no_file", "file", file).Because(err)
			}
			tip.Tasks = string(raw)
		}
		if tip, err = a.Office.PublishTips(ctx, by, tip); err != nil {
			return err
		}
		return c.reply(map[string]any{"tip": tip}, func() {
			c.say("tip.published", "title", tip.Title, "kind", c.words.Label("team_name", tip.Kind))
		})
	})
	c.text(cmd, &text, "month", "", "MONTH")
	c.text(cmd, &kind, "kind", "", "branch|poverty|village")
	c.text(cmd, &title, "title", "", "TEXT")
	c.text(cmd, &tasks, "tasks", "", "TEXT")
	c.text(cmd, &file, "file", "", "FILE")
	return cmd
}

func (c *cli) listTips(ctx context.Context, a *app.App, month string) error {
	list := []inspections.Tip{}
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		found, err := tx.Tips(month)
		list = append(list, found...)
		return err
	})
	if err != nil {
		return err
	}
	return c.reply(map[string]any{"tips": list}, func() {
		var rows [][]string
		for _, t := range list {
			rows = append(rows, []string{t.Month, c.words.Label("team_name", t.Kind), t.Title})
		}
		c.table([]string{"month", "kind", "title"}, rows)
	})
}

// dutyFund is `anfang duty fund`: a transfer with amount and day (2.5, 5.1, 5.2); without --yuan the list
// of a year.
func (c *cli) dutyFund() *cobra.Command {
	var clause, day, payer, township, village, yuan, purpose, year string
	cmd := c.step("duty.fund", "fund", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if yuan == "" {
			return c.listFunds(ctx, a, year)
		}
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		f := inspections.Fund{Clause: clause, Purpose: purpose, Payer: inspections.Party{Kind: inspections.PartyFinance}}
		if payer != "" {
			u, err := unitNamed(roster, "payer", payer)
			if err != nil {
				return err
			}
			f.Payer = inspections.Party{Kind: inspections.PartyUnit, ID: int64(u.ID)}
		}
		t, err := townshipNamed(roster, township)
		if err != nil {
			return err
		}
		f.Township = t.ID
		if village != "" {
			team, err := villageTeam(roster, township, village)
			if err != nil {
				return err
			}
			f.Team = team.ID
		}
		if f.Day, err = c.dateOf(day); err != nil {
			return err
		}
		amount, err := strconv.ParseFloat(yuan, 64)
		if err != nil || !(amount > 0 && amount <= 1e10) { // NaN is neither
			return wrong("usage.number", "flag", "--yuan", "value", yuan)
		}
		f.Cents = int64(math.Round(amount * 100))
		if f, err = a.Office.RecordFund(ctx, by, f); err != nil {
			return err
		}
		return c.reply(map[string]any{"fund": f}, func() {
			c.say("fund.recorded", "township", t.Name, "amount", sheet.Yuan(f.Cents), "day", f.Day)
		})
	})
	c.text(cmd, &clause, "clause", "", "CLAUSE")
	c.text(cmd, &day, "day", "", "DAY")
	c.text(cmd, &payer, "payer", "", "NAME")
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &yuan, "yuan", "", "AMOUNT")
	c.text(cmd, &purpose, "purpose", "", "TEXT")
	c.text(cmd, &year, "year", "", "YEAR")
	return cmd
}

func (c *cli) listFunds(ctx context.Context, a *app.App, text string) error {
	year, _, _ := calendar.DateOf(a.Now()).Parts()
	if n, err := strconv.Atoi(text); err == nil {
		year = n
	} else if text != "" {
		return wrong("usage.year", "value", text)
	}
	list := []inspections.Fund{}
	var b dutyBook
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		if b.roster, err = tx.Roster(); err != nil {
			return err
		}
		found, err := tx.Funds(calendar.NewDate(year, 1, 1), calendar.NewDate(year, 12, 31))
		list = append(list, found...)
		return err
	})
	if err != nil {
		return err
	}
	return c.reply(map[string]any{"year": year, "funds": list}, func() {
		var rows [][]string
		for _, f := range list {
			township, _ := b.roster.Township(f.Township)
			team, _ := b.roster.Team(f.Team)
			rows = append(rows, []string{f.Day.String(), c.words.Label("clause.short", f.Clause), c.words.Body(b.roster, b.set, f.Payer), township.Name, team.Village, sheet.Yuan(f.Cents), f.Purpose})
		}
		c.table([]string{"day", "clause", "payer", "township", "village", "yuan", "purpose"}, rows)
	})
}
