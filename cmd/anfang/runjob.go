package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections/calendar"
)

// runJob is `anfang run`: one scheduled job for its nominal time, by the code the daemon runs.
func (c *cli) runJob() *cobra.Command {
	var text string
	cmd := c.command("run", "run JOB", func(ctx context.Context, args []string) error {
		due, err := timeOf("--due", text)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			done, err := a.Scheduler.RunJob(ctx, args[0], due, a.Now())
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"job": args[0], "due": due, "done": done}, func() {
				key := "run.done"
				if !done {
					key = "run.before"
				}
				c.say(key, "job", args[0], "due", c.words.FullMoment(due))
			})
		})
	})
	c.text(cmd, &text, "due", "", "TIME")
	return cmd
}

// timeOf reads a moment that must be given.
func timeOf(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, wrong("usage.needed", "flag", flag)
	}
	at, err := momentOf(text)
	if err != nil {
		return at, wrong("usage.time", "value", text)
	}
	return at, nil
}

// momentOf reads a moment as scripts write it, with its zone, or as people do: day and clock of the office.
func momentOf(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err == nil {
		return at, nil
	}
	for _, form := range []string{"2006-01-02T15:04", "2006-01-02 15:04"} {
		if local, lerr := time.ParseInLocation(form, text, calendar.Shanghai); lerr == nil {
			return local, nil
		}
	}
	return at, err
}
