package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports/sheet"
)

// monthBook is a month with all that its papers are made of.
type monthBook struct {
	roster *inspections.Roster
	ledger []inspections.SignIn
	leaves []inspections.Leave
	lines  []attendance.MemberMonth
	all    []inspections.Setting
	set    inspections.Settings // of the month's last day
}

func bookOf(tx *store.Tx, cal *calendar.Calendar, month calendar.Month) (b monthBook, err error) {
	if b.roster, err = tx.Roster(); err != nil {
		return b, err
	}
	b.roster = b.roster.On(month.Last())
	if b.ledger, err = tx.SignIns(month.First(), month.Last()); err != nil {
		return b, err
	}
	if b.leaves, err = tx.Leaves(month.First(), month.Last()); err != nil {
		return b, err
	}
	if b.all, err = tx.Settings(); err != nil {
		return b, err
	}
	b.set = inspections.SettingsOn(b.all, month.Last())
	b.lines, err = attendance.Month(b.roster, b.ledger, b.leaves, month, cal, b.set)
	return b, err
}

// monthStep is a command about one month for the desk.
func (c *cli) monthStep(key, use string, do func(a *app.App, month calendar.Month, b monthBook, tx *store.Tx, args []string) error) *cobra.Command {
	var text string
	cmd := c.step(key, use, func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		month, err := c.monthOf(text)
		if err != nil {
			return err
		}
		return a.Store.View(ctx, func(tx *store.Tx) error {
			b, err := bookOf(tx, a.Calendar, month)
			if err != nil {
				return err
			}
			return do(a, month, b, tx, args)
		})
	})
	c.text(cmd, &text, "month", "", "MONTH")
	return cmd
}

// attendanceForm is `anfang attendance form`: 出勤登记表 or 工作实绩月报表 of a township as xlsx (1.3).
func (c *cli) attendanceForm() *cobra.Command {
	var township, kind, out string
	cmd := c.monthStep("attendance.form", "form", func(a *app.App, month calendar.Month, b monthBook, _ *store.Tx, _ []string) error {
		if out == "" {
			return wrong("usage.missing", "use", "attendance form --township NAME --out FILE.xlsx")
		}
		t, err := townshipNamed(b.roster, township)
		if err != nil {
			return err
		}
		what, err := lookUp("kind", kind, "attendance", "work")
		if err != nil {
			return err
		}
		var lines []sheet.MonthLine
		for _, l := range b.lines {
			if l.Township == t.ID {
				lines = append(lines, sheet.MonthLine{MemberMonth: l, Days: attendance.Days(l, b.ledger, b.leaves, month)})
			}
		}
		forms := sheet.Forms{Words: a.Words, Roster: b.roster}
		print := forms.Attendance
		if what == "work" {
			print = forms.Work
		}
		data, err := print(t.ID, month, lines)
		if err != nil {
			return err
		}
		return c.keepSheet(out, data, map[string]any{"month": month.String(), "township": t.Name, "members": len(lines)})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &kind, "kind", "attendance", "attendance|work")
	c.text(cmd, &out, "out", "", "FILE")
	return cmd
}

// townshipNamed finds a township by its name or code, else by a name that it bore.
func townshipNamed(r *inspections.Roster, text string) (inspections.Township, error) {
	for _, t := range r.Townships {
		if text != "" && (t.Name == text || t.Code == text) {
			return t, nil
		}
	}
	if t, ok := r.Township(r.TownshipCalled(text)); ok && text != "" {
		return t, nil
	}
	return inspections.Township{}, inspections.Fail(inspections.NotFound, "township.unknown", "township", text)
}

func (c *cli) keepSheet(out string, data []byte, answer map[string]any) error {
	if err := c.writeFile(out, data); err != nil {
		return err
	}
	answer["file"] = out
	return c.reply(answer, func() { c.say("sheet.written", "file", out) })
}

// attendanceAllowance is `anfang attendance allowance`: the one register of living allowances (3.5).
func (c *cli) attendanceAllowance() *cobra.Command {
	var out string
	cmd := c.monthStep("attendance.allowance", "allowance", func(a *app.App, month calendar.Month, b monthBook, _ *store.Tx, _ []string) error {
		rule, err := attendance.AllowanceRuleOf(b.set)
		if err != nil {
			return err
		}
		register, total := attendance.Allowances(b.lines, rule)
		answer := map[string]any{
			"month": month.String(), "day_cents": rule.DayCents, "max_days": rule.MaxDays, "lines": register,
			"total_cents": total, "total": sheet.Yuan(total), "total_capitals": sheet.Capitals(a.Words, total),
		}
		if out != "" {
			data, err := sheet.Forms{Words: a.Words, Roster: b.roster}.Allowances(month, register, rule, total)
			if err != nil {
				return err
			}
			return c.keepSheet(out, data, answer)
		}
		return c.reply(answer, func() {
			c.say("allowance.total", "n", len(register), "figures", sheet.Yuan(total), "words", sheet.Capitals(a.Words, total))
		})
	})
	c.text(cmd, &out, "out", "", "FILE")
	return cmd
}

// attendanceMember is `anfang attendance member`: one person's days of a month.
func (c *cli) attendanceMember() *cobra.Command {
	return c.monthStep("attendance.member", "member NAME|PHONE|ID", func(_ *app.App, month calendar.Month, b monthBook, _ *store.Tx, args []string) error {
		type day struct {
			Day    calendar.Date          `json:"day"`
			Status inspections.SignStatus `json:"status"`
		}
		type month1 struct {
			memberMonth
			Days []day `json:"days"`
		}
		found := []month1{}
		var same []inspections.Member // who go by the name: more than one where it repeats
		for _, l := range b.lines {
			m, _ := b.roster.Member(l.Member)
			if args[0] == "" || !slices.Contains(memberNames(m), args[0]) {
				continue
			}
			if !slices.Contains(same, m) {
				same = append(same, m)
			}
			one := month1{memberMonth: nameMonth(b.roster, l)}
			for i, s := range attendance.Days(l, b.ledger, b.leaves, month) {
				if s != "" {
					one.Days = append(one.Days, day{month.First().Add(i), s})
				}
			}
			found = append(found, one)
		}
		if len(found) == 0 {
			return inspections.Fail(inspections.NotFound, "attendance.no_member", "name", args[0], "month", month)
		}
		return c.reply(map[string]any{"month": month.String(), "members": found}, func() {
			if len(same) > 1 {
				c.say("attendance.homonyms", "name", args[0], "n", len(same), "known", whereabouts(b.roster, same))
			}
			for _, one := range found {
				c.say("attendance.member", "name", one.Member, "township", one.Township, "village", one.Village)
				var rows [][]string
				for _, d := range one.Days {
					rows = append(rows, []string{d.Day.String(), c.words.Label("sign", d.Status)})
				}
				c.table([]string{"day", "state"}, rows)
			}
		})
	})
}

// attendanceCheck is `anfang attendance check`: what in a month's records disagrees, each a question.
func (c *cli) attendanceCheck() *cobra.Command {
	return c.monthStep("attendance.check", "check", func(_ *app.App, month calendar.Month, b monthBook, tx *store.Tx, _ []string) error {
		list, err := attendance.ReadContradictions(tx, b.roster, b.all, month)
		if err != nil {
			return err
		}
		rules := inspections.RulesIn(b.all, month.First(), month.Last(), attendance.ContradictionKeys...)
		return c.reply(map[string]any{"month": month.String(), "contradictions": list, "rules": rules}, func() {
			var rows [][]string
			for _, x := range list {
				m, _ := b.roster.Member(x.Member)
				team, _ := b.roster.Team(x.Team)
				township, _ := b.roster.Township(team.Township)
				rows = append(rows, []string{c.words.T("contradiction." + string(x.Kind)), township.Name, team.Village, m.Name, strconv.Itoa(len(x.Days)), x.Days[0].String()})
			}
			c.table([]string{"why", "township", "village", "member", "days", "first"}, rows)
		})
	})
}

// attendanceYear is `anfang attendance year`: the yearly table for the assessment (3.3).
func (c *cli) attendanceYear() *cobra.Command {
	var text, out string
	cmd := c.step("attendance.year", "year", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		year, err := strconv.Atoi(text)
		if err != nil || year < 2017 || year > 2099 {
			return wrong("usage.year", "value", text)
		}
		return a.Store.View(ctx, func(tx *store.Tx) error {
			first, last := calendar.MonthOf(calendar.NewDate(year, 1, 1)), calendar.MonthOf(min(calendar.NewDate(year, 12, 31), tx.Now().Date()))
			if last.First() < first.First() {
				return wrong("usage.year", "value", text)
			}
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			all, err := tx.Settings()
			if err != nil {
				return err
			}
			months, err := attendance.ReadMonths(tx, roster, all, first, last, a.Calendar)
			if err != nil {
				return err
			}
			findings, err := tx.Findings(inspections.FindingFilter{
				From: calendar.InstantOf(calendar.NewDate(year, 1, 1).Start()), Until: calendar.InstantOf(calendar.NewDate(year+1, 1, 1).Start()),
			})
			if err != nil {
				return err
			}
			lines := attendance.Year(roster, months, findings)
			answer := map[string]any{"year": year, "members": lines}
			if out == "" {
				return c.reply(answer, func() { c.say("attendance.year", "year", year, "n", len(lines)) })
			}
			data, err := sheet.Forms{Words: a.Words, Roster: roster}.Year(year, lines)
			if err != nil {
				return err
			}
			return c.keepSheet(out, data, answer)
		})
	})
	c.text(cmd, &text, "year", "", "YEAR")
	c.text(cmd, &out, "out", "", "FILE")
	return cmd
}
