package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/reports/post"
)

// mailResend writes a letter once more, to another address or to the one on record now.
func (c *cli) mailResend() *cobra.Command {
	var to string
	cmd := c.step("mail.resend", "resend ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		again, err := a.Office.ResendLetter(ctx, by, inspections.LetterID(id), to)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"id": id, "letter": c.letter(again)}, func() {
			c.say("mail.resent", "id", int64(again.ID), "to", again.Email)
		})
	})
	c.text(cmd, &to, "to", "", "ADDRESS")
	return cmd
}

// mailArrived records a person's word that a doubtful letter arrived.
func (c *cli) mailArrived() *cobra.Command {
	return c.step("mail.arrived", "arrived ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		if err := a.Office.SettleLetter(ctx, by, inspections.LetterID(id)); err != nil {
			return err
		}
		return c.reply(map[string]any{"id": id}, func() { c.say("mail.arrived", "id", id) })
	})
}

// stopLine is an address to which no letters go.
type stopLine struct {
	inspections.DeadAddress
	Held int `json:"held"` // letters that were not sent because of it
}

// mailStops lists the addresses to which no letters go.
func (c *cli) mailStops() *cobra.Command {
	return c.command("mail.stops", "stops", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			lines := []stopLine{}
			err := a.Store.View(ctx, func(tx *store.Tx) error {
				all, err := tx.DeadAddresses()
				for _, d := range all {
					if !d.Lifted.IsZero() {
						continue
					}
					held, err := office.HeldBack(tx, d)
					if err != nil {
						return err
					}
					d.Answer = post.ExplainAnswer(c.words, d.Answer)
					lines = append(lines, stopLine{d, len(held)})
				}
				return err
			})
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"stops": lines}, func() {
				var rows [][]string
				for _, l := range lines {
					rows = append(rows, []string{strconv.FormatInt(int64(l.ID), 10), l.Address, c.moment(l.Since), strconv.Itoa(l.Held), l.Answer})
				}
				c.table([]string{"id", "email", "since", "held", "answer"}, rows)
			})
		})
	})
}

// mailLift ends the stop of an address.
func (c *cli) mailLift() *cobra.Command {
	var again bool
	cmd := c.step("mail.lift", "lift ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		n, err := a.Office.LiftAddress(ctx, by, inspections.StopID(id), again)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"id": id, "letters": n}, func() { c.say("mail.lifted", "id", id, "n", n) })
	})
	c.toggle(cmd, &again, "again")
	return cmd
}

// mailResults tells, reader by reader, what became of a month's bulletin.
func (c *cli) mailResults() *cobra.Command {
	var text string
	cmd := c.command("mail.results", "results", func(ctx context.Context, _ []string) error {
		month, err := c.monthOf(text)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			lines, counts := []letterLine{}, map[inspections.LetterState]int{}
			err := a.Store.View(ctx, func(tx *store.Tx) error {
				issue, err := tx.IssueOf("bulletin", month.String())
				if err != nil {
					return err
				}
				letters, err := tx.Letters(inspections.LetterFilter{Under: fmt.Sprintf("issue/%d/", issue.ID)})
				if err != nil {
					return err
				}
				copies := office.CopiesOf(letters)
				for _, l := range letters {
					line := c.letter(l)
					line.Standing = copies.Standing(l)
					lines, counts[line.Standing] = append(lines, line), counts[line.Standing]+1
				}
				return nil
			})
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"month": month.String(), "letters": lines, "counts": counts}, func() {
				var rows [][]string
				for _, l := range lines {
					rows = append(rows, []string{
						strconv.FormatInt(int64(l.ID), 10), l.Name, l.Email, c.words.Label("letter_state", l.Standing), c.moment(l.Settled), l.Answer,
					})
				}
				c.table([]string{"id", "name", "email", "state", "settled", "answer"}, rows)
			})
		})
	})
	c.text(cmd, &text, "month", "", "YYYY-MM")
	return cmd
}

// mailCheck looks into the mailboxes for the letters in doubt and for those that came back.
func (c *cli) mailCheck() *cobra.Command {
	return c.step("mail.check", "check", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		settled, left, err := a.Outbox.Reconcile(ctx)
		if err != nil {
			return err
		}
		returned := 0
		if a.Outbox.Returns != nil {
			if returned, err = a.Outbox.TakeReturned(ctx); err != nil {
				return err
			}
		}
		return c.reply(map[string]any{"settled": settled, "left": left, "returned": returned}, func() {
			c.say("mail.checked", "n", settled, "left", left)
			if a.Outbox.Returns != nil {
				c.say("mail.came_back", "n", returned)
			}
		})
	})
}
