package main

import (
	"context"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// dutyShow is `anfang duty show`: one obligation and who was reminded of it.
func (c *cli) dutyShow() *cobra.Command {
	return c.step("duty.show", "show ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		var owed duties.Obligation
		told := []duties.Reminder{}
		var body string
		var now calendar.Instant
		err = a.Store.View(ctx, func(tx *store.Tx) error {
			now = tx.Now()
			if owed, err = tx.Obligation(inspections.ObligationID(id)); err != nil {
				return err
			}
			seen, err := c.seesDuty(tx, by, owed)
			if err != nil {
				return err
			}
			if !seen {
				return inspections.Fail(inspections.NotFound, "store.not_found", "what", "obligation", "id", id)
			}
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			body = roster.PartyName(owed.Party)
			list, err := tx.Reminders(owed.ID)
			told = append(told, list...)
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"obligation": owed, "reminders": told}, func() { c.tellDuty(owed, told, body, now) })
	})
}

func (c *cli) tellDuty(o duties.Obligation, told []duties.Reminder, body string, now calendar.Instant) {
	if body == "" {
		body = c.words.Label("party", o.Party.Kind)
	}
	about := ""
	if o.Period != "" || o.Subject != "" {
		about = " " + c.words.Period(o.Period) + o.Subject
	}
	c.say("duty.show", "duty", c.words.Label("duty", o.Kind), "body", body, "about", about, "due", c.moment(o.Due), "state", c.dutyState(o, now))
	if starts := c.words.ClockStart(o.Starts, o.FirstDay); starts != "" {
		c.say("duty.starts", "starts", starts)
	}
	if !o.FirstDue.IsZero() {
		c.say("duty.first_due", "due", c.moment(o.FirstDue), "reason", o.Reason)
	}
	for _, r := range told {
		c.say("duty.reminded", "at", c.moment(r.At), "stage", c.words.Label("stage", r.Stage), "name", r.Name)
	}
	if len(told) == 0 {
		c.say("duty.unreminded")
	}
}
