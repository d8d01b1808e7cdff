package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports"
	"anfang.example/reports/paper"
)

// paper is `anfang paper`: papers other than the bulletin and those of a case, to be printed and stamped.
func (c *cli) paper() *cobra.Command {
	return c.group("paper", "paper", c.paperTask(), c.paperRecord(), c.paperRectify(), c.paperRecall(), c.paperExtract(), c.paperYear(), c.paperMinutes())
}

// printed makes a command that prints one paper; file names it where --out does not.
func (c *cli) printed(key, use, file string, make func(context.Context, *app.App, paper.Papers, inspections.Actor, []string) ([]byte, error)) *cobra.Command {
	var out string
	cmd := c.step(key, use, func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		papers, ok := a.Press.Render.(paper.Papers)
		if !ok {
			return fmt.Errorf("the renderer %T makes no papers", a.Press.Render)
		}
		pdf, err := make(ctx, a, papers, by, args)
		if err != nil {
			return err
		}
		path := out
		if path == "" {
			path = file + ".pdf"
		}
		return c.giveOut(path, pdf)
	})
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}

// paperTask prints the letter that sent a pair, once its window is over: before that a paper on a desk would tell who goes.
func (c *cli) paperTask() *cobra.Command {
	return c.printed("paper.task", "task VISIT", "task", func(ctx context.Context, a *app.App, papers paper.Papers, _ inspections.Actor, args []string) ([]byte, error) {
		id, err := number("VISIT", args[0])
		if err != nil {
			return nil, err
		}
		var letters []inspections.Letter
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			letters, err = tx.Letters(inspections.LetterFilter{Kind: inspections.LetterGo})
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, l := range letters {
			var task inspections.AssignmentArgs
			if err := json.Unmarshal(l.Args, &task); err != nil {
				return nil, err
			}
			if int64(task.Visit) != id {
				continue
			}
			words, err := a.Outbox.Renderer.PrintTask(l, calendar.InstantOf(a.Now()))
			if err != nil {
				return nil, err
			}
			return papers.Notice(paper.Notice{Issuer: task.Issuer, Title: words.Title, To: words.To, Paras: words.Paras, Signature: words.Signature, Created: l.Created})
		}
		return nil, inspections.Fail(inspections.NotFound, "paper.no_task", "id", id)
	})
}

func (c *cli) paperRecord() *cobra.Command {
	return c.printed("paper.record", "record VISIT", "record", func(ctx context.Context, a *app.App, papers paper.Papers, by inspections.Actor, args []string) ([]byte, error) {
		id, err := number("VISIT", args[0])
		if err != nil {
			return nil, err
		}
		r, err := a.Press.VisitRecord(ctx, by, inspections.VisitID(id))
		if err != nil {
			return nil, err
		}
		return papers.VisitRecord(r)
	})
}

func (c *cli) paperRectify() *cobra.Command {
	var form string
	var letter bool
	cmd := c.printed("paper.rectify", "rectify ID", "rectification", func(ctx context.Context, a *app.App, papers paper.Papers, by inspections.Actor, args []string) ([]byte, error) {
		id, err := number("ID", args[0])
		if err != nil {
			return nil, err
		}
		switch reports.OrderForm(form) {
		case "", reports.OrderGiven, reports.OrderReminder, reports.OrderUrged, reports.OrderClosed:
		default:
			return nil, inspections.Fail(inspections.Invalid, "paper.bad_form")
		}
		o, err := a.Press.RectifyOrder(ctx, by, inspections.MeasureID(id), reports.OrderForm(form), letter)
		if err != nil {
			return nil, err
		}
		return papers.Notice(papers.RectifyOrder(o))
	})
	c.text(cmd, &form, "form", "", "order|reminder|urge|closed")
	c.toggle(cmd, &letter, "letter")
	return cmd
}

func (c *cli) paperRecall() *cobra.Command {
	var letter bool
	cmd := c.printed("paper.recall", "recall CASE", "recall", func(ctx context.Context, a *app.App, papers paper.Papers, by inspections.Actor, args []string) ([]byte, error) {
		one, err := findCase(ctx, a, args[0])
		if err != nil {
			return nil, err
		}
		r, err := a.Press.Recall(ctx, by, one.ID, letter)
		if err != nil {
			return nil, err
		}
		return papers.Notice(papers.Recall(r))
	})
	c.toggle(cmd, &letter, "letter")
	return cmd
}

func (c *cli) paperExtract() *cobra.Command {
	var month, township string
	cmd := c.printed("paper.extract", "extract", "extract", func(ctx context.Context, a *app.App, papers paper.Papers, by inspections.Actor, _ []string) ([]byte, error) {
		if township == "" {
			return nil, wrong("usage.needed", "flag", "--township")
		}
		m, err := c.monthOf(month)
		if err != nil {
			return nil, err
		}
		known := false
		err = a.Store.View(ctx, func(tx *store.Tx) error {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			for _, t := range roster.Townships {
				known = known || t.Name == township
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if !known {
			return nil, inspections.Fail(inspections.NotFound, "paper.no_township", "name", township)
		}
		head, figures, err := a.Press.Extract(ctx, by, m)
		if err != nil {
			return nil, err
		}
		return papers.Extract(head, figures, township)
	})
	c.text(cmd, &month, "month", "", "MONTH")
	c.text(cmd, &township, "township", "", "NAME")
	return cmd
}

func (c *cli) paperYear() *cobra.Command {
	var year string
	cmd := c.printed("paper.year", "year", "year", func(ctx context.Context, a *app.App, papers paper.Papers, by inspections.Actor, _ []string) ([]byte, error) {
		n, _, _ := calendar.DateOf(a.Now()).Parts()
		if year != "" {
			var err error
			if n, err = strconv.Atoi(year); err != nil || n < 2000 || n > 2999 {
				return nil, wrong("usage.number", "flag", "--year", "value", year)
			}
		}
		y, err := a.Press.Yearly(ctx, by, n)
		if err != nil {
			return nil, err
		}
		return papers.Yearly(y)
	})
	c.text(cmd, &year, "year", "", "2025")
	return cmd
}

func (c *cli) paperMinutes() *cobra.Command {
	return c.printed("paper.minutes", "minutes FILE.json", "minutes", func(ctx context.Context, a *app.App, papers paper.Papers, _ inspections.Actor, args []string) ([]byte, error) {
		raw, err := os.ReadFile(args[0])
		if err != nil {
			return nil, inspections.Fail(inspections.Invalid, "cli.no_file", "file", args[0]).Because(err)
		}
		var m paper.Minutes
		read := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
		read.DisallowUnknownFields()
		if err := read.Decode(&m); err != nil {
			return nil, inspections.Fail(inspections.Invalid, "paper.bad_file", "file", args[0], "reason", err.Error())
		}
		set, err := a.Settings(ctx)
		if err != nil {
			return nil, err
		}
		m.Issuer, m.Created = set[inspections.SetIssuer], calendar.InstantOf(a.Now())
		return papers.Minutes(m)
	})
}
