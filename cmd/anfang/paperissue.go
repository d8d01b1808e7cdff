package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

// numberedPaper is a paper that may be printed as a sample, or signed and issued.
type numberedPaper struct {
	sample func(context.Context, *app.App, inspections.Actor, []string) (reports.Paper, error)
	issue  func(context.Context, *app.App, inspections.Actor, []string, reports.Correcting) (inspections.IssuedPaper, error)
}

// issuable makes a command that prints a sample, or with --issue signs, numbers and mails the paper.
func (c *cli) issuable(key, use, file string, p numberedPaper) *cobra.Command {
	var out, corrects, reason string
	var issue bool
	cmd := c.step(key, use, func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if out == "" {
			out = file + ".pdf"
		}
		if !issue {
			if corrects != "" || reason != "" {
				return wrong("usage.needed", "flag", "--issue")
			}
			if err := deskOnly(by); err != nil {
				return err
			}
			paper, err := p.sample(ctx, a, by, args)
			if err != nil {
				return err
			}
			return c.giveOut(out, paper.PDF)
		}
		who, err := c.signer(ctx, a)
		if err != nil {
			return err
		}
		instead := reports.Correcting{Reason: reason}
		if corrects != "" {
			n, err := number("--corrects", corrects)
			if err != nil {
				return err
			}
			instead.Replaces = inspections.PaperID(n)
		}
		paper, err := p.issue(ctx, a, who.AsActor(), args, instead)
		if err != nil {
			return err
		}
		return c.givePaper(ctx, a, who.AsActor(), paper.ID, out)
	})
	c.text(cmd, &out, "out", "", "FILE.pdf")
	c.toggle(cmd, &issue, "issue")
	c.text(cmd, &corrects, "corrects", "", "ID")
	c.text(cmd, &reason, "reason", "", "TEXT")
	return cmd
}

// givePaper writes an issued paper to a file, byte for byte as it left.
func (c *cli) givePaper(ctx context.Context, a *app.App, by inspections.Actor, id inspections.PaperID, out string) error {
	paper, pdf, err := a.Press.IssuedPaperPDF(ctx, by, id)
	if err != nil {
		return err
	}
	if err := c.writeFile(out, pdf); err != nil {
		return err
	}
	return c.reply(map[string]any{"file": out, "bytes": len(pdf), "paper": paper}, func() {
		c.say("paper.issued", "number", c.paperNumber(paper), "title", paper.Title, "name", paper.Name, "file", out)
	})
}

func (c *cli) paperNumber(p inspections.IssuedPaper) string {
	return c.words.T("bulletin.number", "prefix", p.Prefix, "year", p.Year, "number", p.Number)
}

// paperIssued lists the issued papers, or gives one of them.
func (c *cli) paperIssued() *cobra.Command {
	var out string
	cmd := c.step("paper.issued", "issued [ID]", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		if len(args) > 0 {
			id, err := number("ID", args[0])
			if err != nil {
				return err
			}
			if out == "" {
				out = "paper-" + args[0] + ".pdf"
			}
			return c.givePaper(ctx, a, by, inspections.PaperID(id), out)
		}
		list := []inspections.IssuedPaper{}
		err := a.Store.View(ctx, func(tx *store.Tx) error {
			all, err := tx.IssuedPapers(inspections.PaperFilter{})
			list = append(list, all...)
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"papers": list}, func() {
			var rows [][]string
			for _, p := range list {
				rows = append(rows, []string{strconv.FormatInt(int64(p.ID), 10), c.paperNumber(p), p.Title, p.Name, c.words.Date(p.Issued.Date()), p.PDF[:12]})
			}
			c.table([]string{"id", "paper_number", "paper_title", "paper_to", "paper_issued", "paper_sha"}, rows)
		})
	})
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}
