package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/reports"
	"anfang.example/reports/paper"
)

// casePaper prints one paper of a case to be signed and stamped, or lists those the case has come to.
func (c *cli) casePaper() *cobra.Command {
	var out string
	cmd := c.step("case.paper", "paper NUMBER [PAPER]", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		one, err := findCase(ctx, a, args[0])
		if err != nil {
			return err
		}
		if len(args) == 1 {
			return c.caseSheets(ctx, a, by, one.ID)
		}
		pdf, err := a.Press.CaseSheetPDF(ctx, by, one.ID, args[1])
		if err != nil {
			return err
		}
		if out == "" {
			out = "case-" + one.Number + "-" + strings.ReplaceAll(args[1], "/", "-") + ".pdf"
		}
		return c.giveOut(out, pdf)
	})
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}

// sheetLine is a paper as it is asked for and called.
type sheetLine struct {
	reports.Sheet
	Ref  string `json:"ref"`
	Name string `json:"name"`
}

func (c *cli) caseSheets(ctx context.Context, a *app.App, by inspections.Actor, id inspections.CaseID) error {
	if err := deskOnly(by); err != nil {
		return err
	}
	if err := a.Office.ReadCase(ctx, by, id, office.ReadPapers, ""); err != nil {
		return err
	}
	lines := []sheetLine{}
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		one, err := tx.Case(id)
		if err != nil {
			return err
		}
		measures, err := tx.Measures(id)
		if err != nil {
			return err
		}
		acts, err := tx.Acts(id)
		for _, s := range reports.SheetsOf(one, measures, acts) {
			lines = append(lines, sheetLine{s, s.Ref(), paper.SheetName(c.words, s)})
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.reply(map[string]any{"papers": lines}, func() {
		var rows [][]string
		for _, l := range lines {
			rows = append(rows, []string{l.Ref, l.Name})
		}
		c.table([]string{"case_paper", "case_paper_name"}, rows)
	})
}
