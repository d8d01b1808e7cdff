package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
)

// bulletinCopies lists the readers' copies of an issued bulletin and writes them out, for offices that exchange files or
// hand out paper instead of mailing.
func (c *cli) bulletinCopies() *cobra.Command {
	var month, dir string
	cmd := c.step("bulletin.copies", "copies", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		m, err := c.monthOf(month)
		if err != nil {
			return err
		}
		if _, err := a.Press.MakeCopies(ctx); err != nil {
			return err
		}
		list, pdfs, err := a.Press.Copies(ctx, m)
		if err != nil {
			return err
		}
		type line struct {
			inspections.IssueCopy
			File string `json:"file"` // "" when nothing was written
		}
		lines := make([]line, 0, len(list))
		for _, copied := range list {
			lines = append(lines, line{IssueCopy: copied})
		}
		if dir != "" {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return inspections.Fail(inspections.Forbidden, "cli.cannot_write", "file", dir).Because(err)
			}
			var table bytes.Buffer
			table.WriteString("\ufeff") // so that office programs read it as UTF-8
			w := csv.NewWriter(&table)
			for i, l := range lines {
				lines[i].File = fmt.Sprintf("%03d-%s.pdf", i+1, fileName(l.Name))
				if err := c.writeFile(filepath.Join(dir, lines[i].File), pdfs[l.PDF]); err != nil {
					return err
				}
				if err := w.Write([]string{lines[i].File, l.Name, c.words.Label("copy_scope", l.Scope), l.PDF}); err != nil {
					return err
				}
			}
			w.Flush()
			if err := c.writeFile(filepath.Join(dir, "copies.csv"), table.Bytes()); err != nil {
				return err
			}
		}
		return c.reply(map[string]any{"month": m.String(), "copies": lines}, func() {
			c.say("bulletin.copies", "month", m, "n", len(lines))
			for _, l := range lines {
				c.say("bulletin.copy", "name", l.Name, "scope", c.words.Label("copy_scope", l.Scope), "sha", l.PDF)
			}
			if dir != "" {
				c.say("bulletin.copies.written", "dir", dir, "n", len(lines))
			}
		})
	})
	c.text(cmd, &month, "month", "", "MONTH")
	c.text(cmd, &dir, "dir", "", "DIR")
	return cmd
}

// fileName makes a name fit for a file on any system.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\\:*?"<>|.`, r) {
			return '_'
		}
		return r
	}, name)
}
