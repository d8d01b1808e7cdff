package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
)

// migrate is `anfang migrate`: it brings the database to this program's schema.
func (c *cli) migrate() *cobra.Command {
	return c.command("migrate", "migrate", func(ctx context.Context, _ []string) error {
		cfg, err := c.settle()
		if err != nil {
			return err
		}
		if err := c.standing(cfg); err != nil {
			return err
		}
		a, err := app.Open(ctx, cfg, app.Options{Now: c.clock()})
		if err != nil {
			return err
		}
		versions, err := a.Store.Migrate(ctx)
		if err = errors.Join(err, a.Close()); err != nil {
			return err
		}
		answer := struct {
			Applied []int64 `json:"applied"`
		}{versions}
		return c.reply(answer, func() { c.say("migrate.done", "n", len(versions)) })
	})
}
