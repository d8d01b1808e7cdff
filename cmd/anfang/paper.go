package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

// paper is `anfang paper`: papers other than the bulletin and those of a case, to be printed and stamped.
func (c *cli) paper() *cobra.Command {
	return c.group("paper", "paper", c.paperTask(), c.paperRecord(), c.paperRectify(), c.paperRecall(), c.paperExtract(), c.paperYear(), c.paperMinutes(), c.paperIssued())
}

// printed makes a command that prints one paper; file names it where --out does not.
func (c *cli) printed(key, use, file string, make func(context.Context, *app.App, inspections.Actor, []string) (reports.Paper, error)) *cobra.Command {
	var out string
	cmd := c.step(key, use, func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		paper, err := make(ctx, a, by, args)
		if err != nil {
			return err
		}
		path := out
		if path == "" {
			path = file + ".pdf"
		}
		return c.giveOut(path, paper.PDF)
	})
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}

// paperTask prints the letter that sent a pair, once its window is over: before that a paper on a desk would tell who goes.
func (c *cli) paperTask() *cobra.Command {
	return c.printed("paper.task", "task VISIT", "task", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) (reports.Paper, error) {
		id, err := number("VISIT", args[0])
		if err != nil {
			return reports.Paper{}, err
		}
		return a.Press.TaskNoticePDF(ctx, by, inspections.VisitID(id))
	})
}

func (c *cli) paperRecord() *cobra.Command {
	return c.printed("paper.record", "record VISIT", "record", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) (reports.Paper, error) {
		id, err := number("VISIT", args[0])
		if err != nil {
			return reports.Paper{}, err
		}
		return a.Press.VisitRecordPDF(ctx, by, inspections.VisitID(id))
	})
}

func (c *cli) paperRectify() *cobra.Command {
	var form string
	var letter bool
	cmd := c.issuable("paper.rectify", "rectify ID", "rectification", numberedPaper{
		sample: func(ctx context.Context, a *app.App, by inspections.Actor, args []string) (reports.Paper, error) {
			id, err := number("ID", args[0])
			if err != nil {
				return reports.Paper{}, err
			}
			return a.Press.RectifyOrderPDF(ctx, by, inspections.MeasureID(id), reports.OrderForm(form), letter)
		},
		issue: func(ctx context.Context, a *app.App, by inspections.Actor, args []string, instead reports.Correcting) (inspections.IssuedPaper, error) {
			id, err := number("ID", args[0])
			if err != nil {
				return inspections.IssuedPaper{}, err
			}
			return a.Press.IssueRectifyOrder(ctx, by, inspections.MeasureID(id), reports.OrderForm(form), letter, instead)
		},
	})
	c.text(cmd, &form, "form", "", "order|reminder|urge|closed")
	c.toggle(cmd, &letter, "letter")
	return cmd
}

func (c *cli) paperRecall() *cobra.Command {
	var measure string
	var letter bool
	which := func(ctx context.Context, a *app.App, text string) (inspections.CaseID, inspections.MeasureID, error) {
		one, err := findCase(ctx, a, text)
		if err != nil || measure == "" {
			return one.ID, 0, err
		}
		id, err := number("--measure-id", measure)
		return one.ID, inspections.MeasureID(id), err
	}
	cmd := c.issuable("paper.recall", "recall CASE", "recall", numberedPaper{
		sample: func(ctx context.Context, a *app.App, by inspections.Actor, args []string) (reports.Paper, error) {
			id, m, err := which(ctx, a, args[0])
			if err != nil {
				return reports.Paper{}, err
			}
			return a.Press.RecallPDF(ctx, by, id, m, letter)
		},
		issue: func(ctx context.Context, a *app.App, by inspections.Actor, args []string, instead reports.Correcting) (inspections.IssuedPaper, error) {
			id, m, err := which(ctx, a, args[0])
			if err != nil {
				return inspections.IssuedPaper{}, err
			}
			return a.Press.IssueRecall(ctx, by, id, m, letter, instead)
		},
	})
	c.text(cmd, &measure, "measure-id", "", "ID")
	c.toggle(cmd, &letter, "letter")
	return cmd
}

func (c *cli) paperExtract() *cobra.Command {
	var month, township string
	cmd := c.printed("paper.extract", "extract", "extract", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) (reports.Paper, error) {
		if township == "" {
			return reports.Paper{}, wrong("usage.needed", "flag", "--township")
		}
		m, err := c.monthOf(month)
		if err != nil {
			return reports.Paper{}, err
		}
		var t inspections.Township
		err = a.Store.View(ctx, func(tx *store.Tx) error {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			if t, err = townshipNamed(roster, township); err != nil {
				err = inspections.Fail(inspections.NotFound, "paper.no_township", "name", township)
			}
			return err
		})
		if err != nil {
			return reports.Paper{}, err
		}
		return a.Press.ExtractPDF(ctx, by, m, t.ID)
	})
	c.text(cmd, &month, "month", "", "MONTH")
	c.text(cmd, &township, "township", "", "NAME")
	return cmd
}

func (c *cli) paperYear() *cobra.Command {
	var year string
	which := func(a *app.App) (int, error) {
		n, _, _ := calendar.DateOf(a.Now()).Parts()
		if year != "" {
			var err error
			if n, err = strconv.Atoi(year); err != nil || n < 2000 || n > 2999 {
				return 0, wrong("usage.number", "flag", "--year", "value", year)
			}
		}
		return n, nil
	}
	cmd := c.issuable("paper.year", "year", "year", numberedPaper{
		sample: func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) (reports.Paper, error) {
			n, err := which(a)
			if err != nil {
				return reports.Paper{}, err
			}
			return a.Press.YearlyPDF(ctx, by, n)
		},
		issue: func(ctx context.Context, a *app.App, by inspections.Actor, _ []string, instead reports.Correcting) (inspections.IssuedPaper, error) {
			n, err := which(a)
			if err != nil {
				return inspections.IssuedPaper{}, err
			}
			return a.Press.IssueYearly(ctx, by, n, instead)
		},
	})
	c.text(cmd, &year, "year", "", "2025")
	return cmd
}

func (c *cli) paperMinutes() *cobra.Command {
	return c.printed("paper.minutes", "minutes FILE.json", "minutes", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) (reports.Paper, error) {
		raw, err := os.ReadFile(args[0])
		if err != nil {
			return reports.Paper{}, inspections.Fail(inspections.Invalid, "cli.no_file", "file", args[0]).Because(err)
		}
		var m reports.Minutes
		read := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
		read.DisallowUnknownFields()
		if err := read.Decode(&m); err != nil {
			return reports.Paper{}, inspections.Fail(inspections.Invalid, "paper.bad_file", "file", args[0], "reason", err.Error())
		}
		return a.Press.MinutesPDF(ctx, by, m)
	})
}
