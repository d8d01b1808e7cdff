package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

// visitManual sends a special visit: a tip-off or, with --follows, a look back at an earlier visit.
func (c *cli) visitManual() *cobra.Command {
	var team, start, end, follows, askedBy, reason string
	var pair []string
	cmd := c.step("visit.manual", "manual", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		order := scheduler.Special{Reason: reason, AskedBy: askedBy}
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		if follows != "" {
			id, err := number("--follows", follows)
			if err != nil {
				return err
			}
			order.Follows = inspections.VisitID(id)
		}
		if team != "" || follows == "" {
			if order.Team, err = teamBy(roster, team); err != nil {
				return err
			}
		}
		if len(pair) != 2 {
			return wrong("usage.needed", "flag", "--inspector")
		}
		for i, name := range pair {
			if order.Pair[i], err = inspectorBy(roster, name); err != nil {
				return err
			}
		}
		if order.Start, err = instantOf("--start", start); err != nil {
			return err
		}
		if order.End, err = instantOf("--end", end); err != nil {
			return err
		}
		visit, err := a.Scheduler.SendSpecial(ctx, by, order)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"visit": visit}, func() {
			c.say("visit.sent", "visit", int64(visit.ID), "kind", c.words.Label("visit_kind", visit.Kind), "place", place(roster, visit.Team),
				"start", c.moment(visit.Start), "end", c.words.Clock(visit.End.Time))
		})
	})
	c.text(cmd, &team, "team", "", "TEAM")
	c.texts(cmd, &pair, "inspector", "NAME")
	c.text(cmd, &start, "start", "", "TIME")
	c.text(cmd, &end, "end", "", "TIME")
	c.text(cmd, &reason, "reason", "", "TEXT")
	c.text(cmd, &askedBy, "asked-by", "", "NAME")
	c.text(cmd, &follows, "follows", "", "ID")
	return cmd
}

// inspector is `anfang inspector`: who cannot go, and when.
func (c *cli) inspector() *cobra.Command {
	return c.group("inspector", "inspector", c.inspectorLeave(), c.inspectorAway())
}

func (c *cli) inspectorLeave() *cobra.Command {
	var kind, from, until, note string
	cmd := c.step("inspector.leave", "leave INSPECTOR", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		id, err := inspectorBy(roster, args[0])
		if err != nil {
			return err
		}
		l := inspections.InspectorLeave{Inspector: id, Note: note}
		if l.Kind, err = lookUp("--kind", kind, inspections.InspectorLeaveKinds()...); err != nil {
			return err
		}
		if l.From, err = c.dateOf(from); err != nil {
			return err
		}
		if until != "" {
			if l.Until, err = c.dateOf(until); err != nil {
				return err
			}
		}
		if l, err = a.Scheduler.RecordInspectorLeave(ctx, by, l); err != nil {
			return err
		}
		return c.reply(map[string]any{"leave": l}, func() { c.say("inspector.recorded", "name", args[0]) })
	})
	c.text(cmd, &kind, "kind", "", "leave|illness|duty")
	c.text(cmd, &from, "from", "", "DAY")
	c.text(cmd, &until, "until", "", "DAY")
	c.text(cmd, &note, "note", "", "TEXT")
	return cmd
}

func (c *cli) inspectorAway() *cobra.Command {
	var text string
	cmd := c.command("inspector.away", "away", func(ctx context.Context, _ []string) error {
		week, err := c.weekOf(text)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			var list []inspections.InspectorLeave
			var roster *inspections.Roster
			err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
				if roster, err = tx.Roster(); err != nil {
					return err
				}
				list, err = tx.InspectorLeaves(week.Monday(), week.Sunday())
				return err
			})
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"week": week.String(), "leaves": append([]inspections.InspectorLeave{}, list...)}, func() {
				var rows [][]string
				for _, l := range list {
					i, _ := roster.Inspector(l.Inspector)
					until := "–"
					if !l.Until.IsZero() {
						until = c.words.Date(l.Until)
					}
					rows = append(rows, []string{i.Name, c.words.Label("inspector_leave", l.Kind), c.words.Date(l.From), until, c.moment(l.Recorded)})
				}
				c.table([]string{"name", "kind", "from", "until", "recorded"}, rows)
			})
		})
	})
	c.text(cmd, &text, "week", "", "WEEK")
	return cmd
}

// teamBy finds a team by its number, its village, or township and village together.
func teamBy(roster *inspections.Roster, text string) (inspections.TeamID, error) {
	t, err := pick("team", text, roster.Teams, func(t inspections.Team) []string {
		return []string{fmt.Sprint(t.ID), t.Village, place(roster, t.ID)}
	})
	return t.ID, err
}

func inspectorBy(roster *inspections.Roster, text string) (inspections.InspectorID, error) {
	i, err := pick("inspector", text, roster.Inspectors, func(i inspections.Inspector) []string { return []string{fmt.Sprint(i.ID), i.Name} })
	return i.ID, err
}

// instantOf reads a moment as RFC 3339, which must be given.
func instantOf(flag, text string) (calendar.Instant, error) {
	at, err := timeOf(flag, text)
	return calendar.InstantOf(at), err
}
