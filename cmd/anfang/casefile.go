package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
)

// caseFile writes the case file; that it was read is itself in the journal.
func (c *cli) caseFile() *cobra.Command {
	var out, month, at string
	var all bool
	cmd := c.step("case.file", "file [NUMBER]", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if all {
			if at != "" || len(args) > 0 {
				return wrong("usage.missing", "use", "anfang case file --all --month 2025-03")
			}
			return c.caseFiles(ctx, a, by, month, out)
		}
		if len(args) == 0 {
			return wrong("usage.missing", "use", "anfang case file NUMBER")
		}
		one, err := findCase(ctx, a, args[0])
		if err != nil {
			return err
		}
		path := out
		if path == "" {
			path = "case-" + one.Number + ".pdf"
		}
		var pdf []byte
		if at == "" {
			pdf, err = a.Press.CaseFilePDF(ctx, by, one.ID)
		} else {
			var seq int64
			if seq, err = number("--at", at); err == nil {
				pdf, err = a.Press.CaseFileAt(ctx, by, one.ID, seq)
			}
		}
		if err != nil {
			return err
		}
		return c.giveOut(path, pdf)
	})
	c.text(cmd, &out, "out", "", "FILE")
	c.text(cmd, &at, "at", "", "N")
	c.toggle(cmd, &all, "all")
	c.text(cmd, &month, "month", "", "MONTH")
	return cmd
}

// caseFiles writes the files of every case proposed in a month into a folder, one for each case, and one volume of all.
func (c *cli) caseFiles(ctx context.Context, a *app.App, by inspections.Actor, text, folder string) error {
	month, err := c.monthOf(text)
	if err != nil {
		return err
	}
	if folder == "" {
		folder = "cases-" + month.String()
	}
	var list []casework.Case
	err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.Cases(casework.Filter{From: calendar.InstantOf(month.First().Start()), Until: calendar.InstantOf(month.Last().End())})
		return err
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return inspections.Fail(inspections.Forbidden, "cli.cannot_write", "file", folder).Because(err)
	}
	files := []string{}
	keep := func(name string, pdf []byte, err error) error {
		if err != nil {
			return err
		}
		path := filepath.Join(folder, name)
		files = append(files, path)
		return c.writeFile(path, pdf)
	}
	if len(list) > 0 {
		volume, err := a.Press.CaseVolumePDF(ctx, by, month)
		if err := keep("volume-"+month.String()+".pdf", volume, err); err != nil {
			return err
		}
	}
	for _, one := range list {
		pdf, err := a.Press.CaseFilePDF(ctx, by, one.ID)
		if err := keep("case-"+one.Number+".pdf", pdf, err); err != nil {
			return err
		}
	}
	return c.reply(map[string]any{"files": files}, func() { c.say("case.files", "n", len(files), "folder", folder) })
}
