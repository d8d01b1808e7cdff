package main

import (
	"context"
	"errors"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"github.com/spf13/cobra"
)

// caseKinds lists the kinds of problem in force, after adding the dated lines of a JSON file where one is given.
func (c *cli) caseKinds() *cobra.Command {
	var file string
	cmd := c.step("case.kinds", "kinds", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if file != "" {
			var told struct {
				Kinds []casework.Problem `json:"kinds"`
			}
			if err := readTold(file, &told); err != nil {
				return err
			}
			if err := a.Office.SetProblems(ctx, by, told.Kinds); err != nil {
				return ofFile(err)
			}
		}
		var kinds casework.Problems
		err := a.Store.View(ctx, func(tx *store.Tx) error {
			all, err := tx.Problems()
			kinds = all.On(tx.Now().Date())
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"kinds": kinds}, func() {
			var rows [][]string
			for _, p := range kinds {
				rows = append(rows, []string{p.Kind, c.words.Label("kind", p.Kind), c.words.Label("clause.short", p.Clause)})
			}
			c.table([]string{"problem.kind", "problem.words", "clause"}, rows)
		})
	})
	c.text(cmd, &file, "json-file", "", "FILE")
	return cmd
}

// ofFile names which line of a file the office refused.
func ofFile(err error) error {
	var nth *office.NthError
	var why *inspections.Error
	if !errors.As(err, &nth) || !errors.As(err, &why) {
		return err
	}
	return inspections.Fail(why.Kind, "input.nth", "n", nth.N, "reason", why)
}
