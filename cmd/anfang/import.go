package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// taking is what the flags of an import say.
type taking struct {
	dry             bool
	problems, month string
	columns, who    []string // what a person says of headings and of rows
}

// taken is what one import brought.
type taken struct {
	Files []string `json:"files"`
	office.Tally
}

// imports is `anfang import`.
func (c *cli) imports() *cobra.Command {
	return c.group("import", "import",
		c.importer("roster", c.importRoster), c.importer("signins", c.importSignIns),
		c.importer("leave", c.importLeave), c.importer("duties", c.importDuties), c.importer("calendar", c.importCalendar))
}

// importer makes one import: every file is read before any is kept, so that a fault in one changes nothing.
func (c *cli) importer(kind string, read func(context.Context, *app.App, []intake.File, taking) ([]batch, error)) *cobra.Command {
	var t taking
	cmd := c.command("import."+kind, kind+" FILE…", func(ctx context.Context, args []string) error {
		files, err := loadAll(args)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			by, err := c.actor(ctx, a)
			if err != nil {
				return err
			}
			if err := tellFiles(ctx, a, files, t); err != nil {
				return err
			}
			batches, err := read(ctx, a, files, t)
			if err != nil {
				return err
			}
			if err := c.keepBatches(ctx, by, batches, t); err != nil || kind != "roster" || t.dry || c.json {
				return err
			}
			return c.tellCapacity(ctx, a)
		})
	})
	c.toggle(cmd, &t.dry, "dry-run")
	c.text(cmd, &t.problems, "problems", "", "FILE")
	if kind != "calendar" {
		c.texts(cmd, &t.columns, "column", "HEADING=FIELD")
	}
	if kind == "signins" {
		c.texts(cmd, &t.who, "who", "FILE:ROW=PHONE")
		c.text(cmd, &t.month, "month", "", "MONTH")
	}
	return cmd
}

// batch is what is kept in one transaction.
type batch struct {
	files    []intake.File
	problems []inspections.Problem
	keep     func(context.Context, inspections.Actor, office.Source) (office.Tally, error)
}

func loadAll(paths []string) ([]intake.File, error) {
	files := make([]intake.File, len(paths))
	for i, path := range paths {
		var err error
		if files[i], err = intake.Load(path); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func (c *cli) keepBatches(ctx context.Context, by inspections.Actor, batches []batch, t taking) error {
	var problems []inspections.Problem
	for _, b := range batches {
		problems = append(problems, b.problems...)
	}
	if t.problems != "" {
		if err := c.writeProblems(t.problems, problems); err != nil {
			return err
		}
	}
	results := []taken{}
	for _, b := range batches {
		src := sourceOf(b.files)
		src.Problems, src.DryRun = len(b.problems), t.dry
		tally, err := b.keep(ctx, by, src)
		if err != nil {
			return err
		}
		results = append(results, taken{fileNames(b.files), tally})
	}
	if problems == nil {
		problems = []inspections.Problem{}
	}
	answer := struct {
		DryRun   bool                  `json:"dry_run"`
		Imports  []taken               `json:"imports"`
		Problems []inspections.Problem `json:"problems"`
	}{t.dry, results, problems}
	return c.reply(answer, func() { c.tellImport(results, problems, t) })
}

func fileNames(files []intake.File) []string {
	var list []string
	for _, f := range files {
		list = append(list, f.Name)
	}
	return list
}

// sourceOf names the bytes of a batch: of one file its SHA-256, of several that of their sums in order.
func sourceOf(files []intake.File) office.Source {
	sums := make([]string, len(files))
	for i, f := range files {
		sum := sha256.Sum256(f.Data)
		sums[i] = hex.EncodeToString(sum[:])
	}
	// The same file with another word of a person about it is no repetition.
	for _, f := range files {
		if len(f.Mapping)+len(f.Answers) > 0 {
			sums = append(sums, fmt.Sprint(f.Name, f.Mapping, f.Answers))
		}
	}
	src := office.Source{Name: strings.Join(fileNames(files), ", "), SHA: sums[0]}
	if len(sums) > 1 {
		sum := sha256.Sum256([]byte(strings.Join(sums, "\n")))
		src.SHA = hex.EncodeToString(sum[:])
	}
	return src
}

func rosterOf(ctx context.Context, a *app.App) (*inspections.Roster, error) {
	var roster *inspections.Roster
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		roster, err = tx.Roster()
		return err
	})
	return roster, err
}

// importRoster takes all files as one roster: its csv form is one file for each sheet.
func (c *cli) importRoster(ctx context.Context, a *app.App, files []intake.File, _ taking) ([]batch, error) {
	roster, err := rosterOf(ctx, a)
	if err != nil {
		return nil, err
	}
	rows, problems, err := intake.ReadRosterFiles(files, roster)
	if err != nil {
		return nil, err
	}
	return []batch{{files, problems, func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
		return a.Office.ImportRoster(ctx, by, src, rows)
	}}}, nil
}

func (c *cli) importSignIns(ctx context.Context, a *app.App, files []intake.File, t taking) ([]batch, error) {
	var month calendar.Month
	if t.month != "" {
		var err error
		if month, err = c.monthOf(t.month); err != nil {
			return nil, err
		}
	}
	roster, err := rosterOf(ctx, a)
	if err != nil {
		return nil, err
	}
	var batches []batch
	for _, file := range files {
		one := []intake.File{file}
		days, problems, err := intake.ReadSignIns(one, roster, month)
		if err != nil {
			return nil, err
		}
		batches = append(batches, batch{one, problems, func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
			return a.Office.ImportSignIns(ctx, by, src, days)
		}})
	}
	return batches, nil
}

func (c *cli) importLeave(ctx context.Context, a *app.App, files []intake.File, _ taking) ([]batch, error) {
	roster, err := rosterOf(ctx, a)
	if err != nil {
		return nil, err
	}
	var batches []batch
	for _, file := range files {
		one := []intake.File{file}
		leaves, problems, err := intake.ReadLeave(one, roster)
		if err != nil {
			return nil, err
		}
		batches = append(batches, batch{one, problems, func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
			return a.Office.ImportLeaves(ctx, by, src, leaves)
		}})
	}
	return batches, nil
}

// importCalendar keeps the years of a table of working days in the data directory, journalled.
func (c *cli) importCalendar(_ context.Context, a *app.App, files []intake.File, _ taking) ([]batch, error) {
	var batches []batch
	for _, file := range files {
		table, err := intake.ReadCalendar(file)
		if err != nil {
			return nil, err
		}
		batches = append(batches, batch{[]intake.File{file}, nil, func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
			tally := office.Tally{Rows: len(table.Years()), Added: map[string]int{"year": len(table.Years())}, Changed: map[string]int{}}
			if src.DryRun {
				return tally, nil
			}
			err := a.Store.InTx(ctx, func(tx *store.Tx) error {
				if old, err := tx.ImportBySHA("calendar", src.SHA); err == nil {
					tally = office.Tally{Import: old.ID, Repeat: true, Rows: old.Rows, Added: map[string]int{}, Changed: map[string]int{}}
					return nil
				} else if !inspections.IsNotFound(err) {
					return err
				}
				imp := inspections.Import{Kind: "calendar", Name: src.Name, SHA: src.SHA, Rows: tally.Rows, At: tx.Now()}
				if err := tx.AddImport(&imp); err != nil {
					return err
				}
				tally.Import = imp.ID
				if _, err := journal.Append(tx, journal.Entry{
					Kind: "import.calendar", Actor: by.Ref(), Subject: fmt.Sprintf("import/%d", imp.ID),
					Body: map[string]any{"file_sha256": imp.SHA, "years": table.Years()},
				}); err != nil {
					return err
				}
				// The clocks that waited for these years end with the import, in its transaction.
				settled, err := settleBy(tx, by, a.Calendar, table)
				if err != nil {
					return err
				}
				if settled > 0 {
					tally.Changed["clock"] = settled
				}
				return keepYears(a.Config.Data, table)
			})
			return tally, err
		}})
	}
	return batches, nil
}
