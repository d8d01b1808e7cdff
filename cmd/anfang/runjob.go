package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
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
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, wrong("usage.time", "value", text)
	}
	return at, nil
}
