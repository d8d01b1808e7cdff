package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// risk is `anfang risk`: the weights of the teams in the draw, and what moves them.
func (c *cli) risk() *cobra.Command {
	return c.group("risk", "risk", c.riskShow(), c.riskChanges(), c.riskPropose(), c.riskDecide(), c.riskComplaint())
}

// riskShow lists the weights that the next week would be sealed with now.
func (c *cli) riskShow() *cobra.Command {
	return c.step("risk.show", "show", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if !by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader) {
			return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
		}
		if err := a.Office.ReadDraw(ctx, by, office.ReadWeights, ""); err != nil {
			return err
		}
		week, err := c.weekOf("")
		if err != nil {
			return err
		}
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		list, err := a.Scheduler.Weights(ctx, week.Add(1))
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"week": week.Add(1).String(), "teams": list}, func() {
			var rows [][]string
			for _, t := range list {
				var why []string
				for _, reason := range t.Reasons {
					code, n, _ := strings.Cut(reason, "=")
					why = append(why, c.words.Label("risk", code)+" "+n)
				}
				rows = append(rows, []string{strconv.FormatInt(int64(t.Team), 10), place(roster, t.Team), strconv.Itoa(t.Weight), c.words.Join(why)})
			}
			c.table([]string{"id", "place", "weight", "why"}, rows)
		})
	})
}

func (c *cli) riskChanges() *cobra.Command {
	return c.command("risk.changes", "changes", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			roster, err := rosterOf(ctx, a)
			if err != nil {
				return err
			}
			var list []inspections.WeightChange
			err = a.Store.View(ctx, func(tx *store.Tx) (err error) { list, err = tx.WeightChanges(); return err })
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"changes": append([]inspections.WeightChange{}, list...)}, func() {
				var rows [][]string
				for _, w := range list {
					state := "open"
					if !w.Decided.IsZero() {
						state = map[bool]string{true: "approved", false: "refused"}[w.Approved]
					}
					rows = append(rows, []string{
						strconv.FormatInt(int64(w.ID), 10), place(roster, w.Team), strconv.Itoa(w.Weight), c.words.Date(w.From), c.words.Date(w.Until),
						c.words.Label("weight_state", state), w.Reason,
					})
				}
				c.table([]string{"id", "place", "weight", "from", "until", "state", "why"}, rows)
			})
		})
	})
}

func (c *cli) riskPropose() *cobra.Command {
	var weight, from, until, reason string
	cmd := c.step("risk.propose", "propose TEAM", func(ctx context.Context, a *app.App, _ inspections.Actor, args []string) error {
		signer, err := c.signer(ctx, a)
		if err != nil {
			return err
		}
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		change := inspections.WeightChange{Reason: reason}
		if change.Team, err = teamBy(roster, args[0]); err != nil {
			return err
		}
		if change.Weight, err = strconv.Atoi(weight); err != nil {
			return wrong("usage.number", "flag", "--weight", "value", weight)
		}
		if change.From, err = c.dateOf(from); err != nil {
			return err
		}
		if until == "" {
			return wrong("usage.needed", "flag", "--until")
		}
		if change.Until, err = c.dateOf(until); err != nil {
			return err
		}
		if change, err = a.Scheduler.ProposeWeight(ctx, signer.AsActor(), change); err != nil {
			return err
		}
		return c.reply(map[string]any{"change": change}, func() { c.say("risk.proposed", "change", int64(change.ID)) })
	})
	c.text(cmd, &weight, "weight", "", "N")
	c.text(cmd, &from, "from", "", "DAY")
	c.text(cmd, &until, "until", "", "DAY")
	c.text(cmd, &reason, "reason", "", "TEXT")
	return cmd
}

func (c *cli) riskDecide() *cobra.Command {
	var refuse bool
	cmd := c.step("risk.decide", "decide CHANGE", func(ctx context.Context, a *app.App, _ inspections.Actor, args []string) error {
		signer, err := c.signer(ctx, a)
		if err != nil {
			return err
		}
		id, err := number("CHANGE", args[0])
		if err != nil {
			return err
		}
		change, err := a.Scheduler.DecideWeight(ctx, signer.AsActor(), inspections.WeightChangeID(id), !refuse)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"change": change}, func() {
			key := "risk.approved"
			if refuse {
				key = "risk.refused"
			}
			c.say(key, "change", fmt.Sprint(id))
		})
	})
	c.toggle(cmd, &refuse, "refuse")
	return cmd
}

func (c *cli) riskComplaint() *cobra.Command {
	var day, source, note string
	cmd := c.step("risk.complaint", "complaint TEAM", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		told := inspections.Complaint{Source: source, Note: note}
		if told.Team, err = teamBy(roster, args[0]); err != nil {
			return err
		}
		if told.Day, err = c.dateOf(day); err != nil {
			return err
		}
		if told, err = a.Scheduler.RecordComplaint(ctx, by, told); err != nil {
			return err
		}
		return c.reply(map[string]any{"complaint": told}, func() { c.say("risk.told", "place", place(roster, told.Team)) })
	})
	c.text(cmd, &day, "day", "", "DAY")
	c.text(cmd, &source, "source", "", "TEXT")
	c.text(cmd, &note, "note", "", "TEXT")
	return cmd
}
