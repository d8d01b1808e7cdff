package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// weekPlan drops slots of a holiday week and adds evenings, before it is sealed.
func (c *cli) weekPlan() *cobra.Command {
	var text, by, reason string
	var drops, evenings []string
	cmd := c.step("week.plan", "plan", func(ctx context.Context, a *app.App, actor inspections.Actor, _ []string) error {
		week, err := c.needWeek(text)
		if err != nil {
			return err
		}
		plan := inspections.WeekPlan{Year: week.Year, Week: week.Number, Reason: reason, Dropped: []inspections.SlotMark{}, Evenings: []calendar.Date{}}
		if plan.Signer, err = signedBy(by, actor); err != nil {
			return err
		}
		for _, drop := range drops {
			day, part, found := strings.Cut(drop, "/")
			if !found {
				return wrong("usage.pair", "flag", "--drop", "value", drop, "form", "2025-05-05/morning")
			}
			date, err := c.dateOf(day)
			if err != nil {
				return err
			}
			plan.Dropped = append(plan.Dropped, inspections.SlotMark{Day: date, Part: part})
		}
		for _, evening := range evenings {
			date, err := c.dateOf(evening)
			if err != nil {
				return err
			}
			plan.Evenings = append(plan.Evenings, date)
		}
		if plan, err = a.Scheduler.PlanWeek(ctx, actor, a.Calendar, plan); err != nil {
			return err
		}
		return c.reply(map[string]any{"plan": plan}, func() {
			c.say("week.planned", "week", week, "dropped", len(plan.Dropped), "evenings", len(plan.Evenings))
		})
	})
	c.text(cmd, &text, "week", "", "WEEK")
	c.texts(cmd, &drops, "drop", "DAY/morning|afternoon")
	c.texts(cmd, &evenings, "evening", "DAY")
	c.text(cmd, &reason, "reason", "", "TEXT")
	c.text(cmd, &by, "by", "", "NAME")
	return cmd
}

// weekNoPair closes a drawn slot to which nobody on standby could go.
func (c *cli) weekNoPair() *cobra.Command {
	var text, reason string
	cmd := c.step("week.nopair", "nopair SLOT", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		week, err := c.needWeek(text)
		if err != nil {
			return err
		}
		slot, err := number("SLOT", args[0])
		if err != nil {
			return err
		}
		if err := a.Scheduler.CloseNoPair(ctx, by, week, int(slot), reason); err != nil {
			return err
		}
		return c.reply(map[string]any{"week": week.String(), "slot": slot}, func() { c.say("week.nopair", "week", week, "slot", slot) })
	})
	c.text(cmd, &text, "week", "", "WEEK")
	c.text(cmd, &reason, "reason", "", "TEXT")
	return cmd
}

// weekBeacon enters the value of the public beacon that the sealed book names.
func (c *cli) weekBeacon() *cobra.Command {
	var text string
	cmd := c.step("week.beacon", "beacon VALUE", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		week, err := c.needWeek(text)
		if err != nil {
			return err
		}
		if err := a.Scheduler.SetBeacon(ctx, by, week, args[0]); err != nil {
			return err
		}
		return c.reply(map[string]any{"week": week.String(), "value": args[0]}, func() { c.say("week.beacon", "week", week) })
	})
	c.text(cmd, &text, "week", "", "WEEK")
	return cmd
}
