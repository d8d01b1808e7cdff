package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/reports/paper"
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
		var letter inspections.Letter
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			letter, err = tx.Letter(inspections.LetterID(id))
			return err
		})
		if err != nil {
			return err
		}
		words, err := a.Outbox.Renderer.Print(letter)
		if err != nil {
			return err
		}
		papers, ok := a.Press.Render.(paper.Papers)
		if !ok {
			return fmt.Errorf("the renderer %T makes no notices", a.Press.Render)
		}
		set, err := a.Settings(ctx)
		if err != nil {
			return err
		}
		var form struct {
			External bool `json:"external"`
		}
		if err := json.Unmarshal(letter.Args, &form); err != nil {
			return err
		}
		pdf, err := papers.Notice(paper.Notice{
			Issuer: set[inspections.SetIssuer], Title: words.Title, To: words.To, Paras: words.Paras, Signature: words.Signature,
			Letter: form.External, Created: letter.Created,
		})
		if err != nil {
			return err
		}
		if out == "" {
			out = fmt.Sprintf("letter-%d.pdf", id)
		}
		return c.giveOut(out, pdf)
	})
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}
