package main

import (
	"context"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
)

// journal is `anfang journal`: the chain over everything recorded.
func (c *cli) journal() *cobra.Command {
	return c.group("journal", "journal", c.journalVerify())
}

func (c *cli) journalVerify() *cobra.Command {
	return c.command("journal.verify", "verify", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			var n int64
			var head string
			err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
				n, head, err = journal.Verify(tx)
				return err
			})
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"records": n, "head": head}, func() { c.say("journal.whole", "n", n, "head", head) })
		})
	})
}
