package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
)

// mailPaper prints a letter as an official paper, for those who are reached on paper only: a clerk prints and stamps it.
func (c *cli) mailPaper() *cobra.Command {
	var out string
	cmd := c.step("mail.paper", "paper ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		paper, err := a.Press.LetterPDF(ctx, by, inspections.LetterID(id))
		if err != nil {
			return err
		}
		if out == "" {
			out = fmt.Sprintf("letter-%d.pdf", id)
		}
		return c.giveOut(out, paper.PDF)
	})
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}
