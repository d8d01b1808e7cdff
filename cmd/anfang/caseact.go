package main

import (
	"context"
	"net/http"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
)

// caseAct is `anfang case act`: one act of a case, with the original that shows it.
func (c *cli) caseAct() *cobra.Command {
	var told caseTold
	var branch, answers, measure, scan string
	cmd := c.command("case.act", "act NUMBER KIND", func(ctx context.Context, args []string) error {
		kind, err := lookUp("KIND", args[1], casework.ActKinds()...)
		if err != nil {
			return err
		}
		told.Act = string(kind)
		for _, n := range []struct {
			flag, text string
			keep       func(int64)
		}{
			{"--branch", branch, func(n int64) { told.Branch = int(n) }},
			{"--answers", answers, func(n int64) { told.Answers = int(n) }},
			{"--measure-id", measure, func(n int64) { told.Measure = n }},
		} {
			if n.text == "" {
				continue
			}
			v, err := number(n.flag, n.text)
			if err != nil {
				return err
			}
			n.keep(v)
		}
		paper, err := scanOf(scan)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			one, err := findCase(ctx, a, args[0])
			if err != nil {
				return err
			}
			act, err := c.takeActWith(ctx, a, one, told, paper)
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"case": one.Number, "act": act}, func() {
				c.say("case.acted", "number", one.Number, "n", act.Seq, "act", c.words.Label("case_act", act.Kind))
			})
		})
	})
	c.text(cmd, &told.Text, "text", "", "TEXT")
	c.text(cmd, &branch, "branch", "", "N")
	c.text(cmd, &told.Second, "second", "", "LOGIN")
	c.text(cmd, &told.Body, "body", "", "NAME")
	c.text(cmd, &told.Outcome, "outcome", "", "upheld|partly|dismissed")
	c.text(cmd, &answers, "answers", "", "N")
	c.text(cmd, &measure, "measure-id", "", "N")
	c.text(cmd, &told.Due, "due", "", "DAY")
	c.text(cmd, &told.How, "how", "", "paper|phone|in_person")
	c.text(cmd, &scan, "file", "", "FILE")
	return cmd
}

// scanOf reads an original: JPEG, PNG or PDF; none is no fault.
func scanOf(path string) (office.Scan, error) {
	if path == "" {
		return office.Scan{}, nil
	}
	file, err := intake.Load(path)
	if err != nil {
		return office.Scan{}, err
	}
	media := http.DetectContentType(file.Data)
	switch media {
	case "application/pdf", "image/jpeg", "image/png":
		return office.Scan{Media: media, Data: file.Data}, nil
	}
	return office.Scan{}, inspections.Fail(inspections.Invalid, "case.original_kind", "file", path)
}

// dueOf reads a day, whose end counts, or a moment.
func (c *cli) dueOf(text string) (calendar.Instant, error) {
	if text == "" {
		return calendar.Instant{}, nil
	}
	if !strings.Contains(text, "T") {
		day, err := c.dateOf(text)
		return calendar.InstantOf(day.End()), err
	}
	at, err := momentOf(text)
	if err != nil {
		return calendar.Instant{}, wrong("usage.time", "flag", "due", "value", text)
	}
	return calendar.InstantOf(at), nil
}

// takeActWith records the act that a file or flags tell.
func (c *cli) takeActWith(ctx context.Context, a *app.App, one casework.Case, s caseTold, scan office.Scan) (casework.Act, error) {
	by, err := c.actor(ctx, a)
	if err != nil {
		return casework.Act{}, err
	}
	act := casework.Act{
		Kind: casework.ActKind(s.Act), Branch: s.Branch, Answers: s.Answers, Measure: inspections.MeasureID(s.Measure),
		Person: s.Person, Body: s.Body, Text: s.Text, Outcome: s.Outcome, How: s.How,
	}
	if s.Second != "" {
		second, err := c.userBy(ctx, a, s.Second)
		if err != nil {
			return act, err
		}
		act.Second = second.ID
	}
	if act.Due, err = c.dueOf(s.Due); err != nil {
		return act, err
	}
	return a.Office.ActWith(ctx, by, one.ID, act, scan)
}
