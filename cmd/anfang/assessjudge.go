package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// judge makes a command that records something of a member, a team or a unit in a year's assessment.
func (c *cli) judge(key, use string, fill func(*cobra.Command, *string) func(*inspections.Roster, *inspections.Judgement) error) *cobra.Command {
	var year, township, village, unit, member string
	var filled func(*inspections.Roster, *inspections.Judgement) error
	cmd := c.step(key, use, func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		var j inspections.Judgement
		if j.Year, err = yearOf(year, a.Now()); err != nil {
			return err
		}
		if member != "" {
			m, err := servedIn(roster, "member", member, 0)
			if err != nil {
				return err
			}
			j.Of = inspections.Party{Kind: inspections.PartyMember, ID: int64(m.ID)}
		} else if j.Of, err = bodyOf(roster, township, village, unit); err != nil {
			return err
		}
		if err := filled(roster, &j); err != nil {
			return err
		}
		if j, err = a.Office.Judge(ctx, by, j); err != nil {
			return err
		}
		return c.reply(map[string]any{"judgement": j}, func() {
			what := c.words.Label("judgement", j.Kind)
			if j.Grade != "" {
				what = c.words.Label("grade", j.Grade)
			}
			c.say("assess.judged", "year", j.Year, "name", roster.PartyName(j.Of), "what", what)
		})
	})
	c.text(cmd, &year, "year", "", "YEAR")
	c.text(cmd, &member, "member", "", "NAME|PHONE|ID")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &township, "township", "", "NAME")
	filled = fill(cmd, &township)
	return cmd
}

// assessGrade is `anfang assess grade`: the county office's grade with its reason.
func (c *cli) assessGrade() *cobra.Command {
	return c.judge("assess.grade", "grade", func(cmd *cobra.Command, _ *string) func(*inspections.Roster, *inspections.Judgement) error {
		var grade, reason string
		c.text(cmd, &grade, "grade", "", "excellent|competent|basic|failed")
		c.text(cmd, &reason, "reason", "", "TEXT")
		return func(_ *inspections.Roster, j *inspections.Judgement) (err error) {
			j.Kind, j.Text = inspections.JudgeGrade, reason
			j.Grade, err = lookUp("grade", grade, inspections.Grades...)
			return err
		}
	})
}

// assessOpinion is `anfang assess opinion`: what a township's party committee says.
func (c *cli) assessOpinion() *cobra.Command {
	return c.judge("assess.opinion", "opinion", func(cmd *cobra.Command, township *string) func(*inspections.Roster, *inspections.Judgement) error {
		var text string
		c.text(cmd, &text, "text", "", "TEXT")
		return func(roster *inspections.Roster, j *inspections.Judgement) error {
			t, err := townshipNamed(roster, *township)
			j.Kind, j.Text, j.Township = inspections.JudgeOpinion, text, t.ID
			return err
		}
	})
}

// yearOf reads a year; "" is the one that runs.
func yearOf(text string, now time.Time) (int, error) {
	if text == "" {
		year, _, _ := calendar.DateOf(now).Parts()
		return year, nil
	}
	n, err := number("--year", text)
	if err != nil || n < 2017 || n > 2099 {
		return 0, wrong("usage.year", "value", text)
	}
	return int(n), nil
}
