package main

import (
	"context"
	"fmt"

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
	Head string `json:"head,omitempty"` // signed head of the journal that the receipts bear
}

// imports is `anfang import`.
func (c *cli) imports() *cobra.Command {
	return c.group("import", "import",
		c.importer("roster", c.reader(intake.SortRoster)), c.importer("signins", c.reader(intake.SortSignIns)),
		c.importer("leave", c.reader(intake.SortLeave)), c.importer("duties", c.reader(intake.SortDuties)),
		c.importer("calendar", c.importCalendar), c.importer("any", c.reader("")), c.importInbox(), c.importQuestions(), c.importAnswer())
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
			fresh, err := c.keepBatches(ctx, a, by, batches, t)
			if err != nil || !fresh || kind != "roster" || t.dry || c.json {
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
	if kind == "signins" || kind == "leave" || kind == "any" {
		c.texts(cmd, &t.who, "who", "FILE:ROW=WHO")
	}
	if kind == "signins" || kind == "any" {
		c.text(cmd, &t.month, "month", "", "MONTH")
	}
	return cmd
}

// batch is what is kept in one transaction.
type batch struct {
	files    []intake.File
	problems []inspections.Problem
	keep     func(ctx context.Context, by inspections.Actor, dry bool) (office.Tally, error)
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

// keepBatches keeps and tells; fresh is false where all of it had been taken in before.
func (c *cli) keepBatches(ctx context.Context, a *app.App, by inspections.Actor, batches []batch, t taking) (fresh bool, err error) {
	var problems []inspections.Problem
	for _, b := range batches {
		problems = append(problems, b.problems...)
	}
	if t.problems != "" {
		if err := c.writeProblems(t.problems, problems); err != nil {
			return false, err
		}
	}
	results := []taken{}
	for _, b := range batches {
		tally, err := b.keep(ctx, by, t.dry)
		if err != nil {
			return false, err
		}
		fresh = fresh || !tally.Repeat
		one := taken{Files: fileNames(b.files), Tally: tally}
		if len(tally.Receipts) > 0 {
			if one.Head, err = a.Press.ReceiptHead(ctx); err != nil {
				return false, err
			}
		}
		results = append(results, one)
	}
	if problems == nil {
		problems = []inspections.Problem{}
	}
	answer := struct {
		DryRun   bool                  `json:"dry_run"`
		Imports  []taken               `json:"imports"`
		Problems []inspections.Problem `json:"problems"`
	}{t.dry, results, problems}
	return fresh, c.reply(answer, func() { c.tellImport(results, problems, t) })
}

func fileNames(files []intake.File) []string {
	var list []string
	for _, f := range files {
		list = append(list, f.Name)
	}
	return list
}

func rosterOf(ctx context.Context, a *app.App) (*inspections.Roster, error) {
	var roster *inspections.Roster
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		roster, err = tx.Roster()
		return err
	})
	return roster, err
}

// reader reads files of one sort by what stands in the records; sort "" is told by their headings.
func (c *cli) reader(sort string) func(context.Context, *app.App, []intake.File, taking) ([]batch, error) {
	return func(ctx context.Context, a *app.App, files []intake.File, t taking) ([]batch, error) {
		sort := sort
		var err error
		if sort == "" {
			if sort, err = intake.OneSort(files); err != nil {
				return nil, err
			}
		}
		if sort == intake.SortCalendar {
			return c.importCalendar(ctx, a, files, t)
		}
		var known intake.Known
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			known, err = intake.KnownIn(tx, sort, calendar.DateOf(a.Now()))
			return err
		})
		if err == nil && t.month != "" {
			known.Month, err = c.monthOf(t.month)
		}
		if err != nil {
			return nil, err
		}
		read, err := intake.Batches(a.Office, sort, files, known)
		batches := make([]batch, len(read))
		for i, b := range read {
			batches[i] = batch{b.Files, b.Problems, b.Keep}
		}
		return batches, err
	}
}

// importCalendar keeps the years of a table of working days in the data directory, journalled.
func (c *cli) importCalendar(_ context.Context, a *app.App, files []intake.File, _ taking) ([]batch, error) {
	var batches []batch
	for _, file := range files {
		table, err := intake.ReadCalendar(file)
		if err != nil {
			return nil, err
		}
		one := []intake.File{file}
		batches = append(batches, batch{one, nil, func(ctx context.Context, by inspections.Actor, dry bool) (office.Tally, error) {
			src := intake.SourceOf(one)
			tally := office.Tally{Rows: len(table.Years()), Added: map[string]int{"year": len(table.Years())}, Changed: map[string]int{}}
			if dry {
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
