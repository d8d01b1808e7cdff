package main

import (
	"context"
	"net/http"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// rectify is `anfang rectify`: the ledger of rectification 整改台账.
func (c *cli) rectify() *cobra.Command {
	return c.group("rectify", "rectify", c.rectifyList(), c.rectifyOpen(), c.rectifyReport(), c.rectifyVerify())
}

func (c *cli) rectifyList() *cobra.Command {
	var open bool
	cmd := c.command("rectify.list", "list", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			lines, roster, err := ledgerOf(ctx, a)
			if err != nil {
				return err
			}
			now := calendar.InstantOf(a.Now())
			list := []casework.Rectification{}
			for _, r := range lines {
				if !open || r.Verified.IsZero() {
					list = append(list, r)
				}
			}
			return c.reply(map[string]any{"rectifications": list}, func() {
				var rows [][]string
				for _, r := range list {
					rows = append(rows, []string{
						strconv.FormatInt(int64(r.ID), 10), roster.PartyName(r.Party), r.Problem, r.Action, r.Person, c.words.Date(lastDay(r.Due)),
						c.words.Label("rectify_state", r.State(now)),
					})
				}
				c.table([]string{"id", "party", "problem", "action", "person", "due", "state"}, rows)
			})
		})
	})
	c.toggle(cmd, &open, "open")
	return cmd
}

// lastDay is the day at whose end a term ends.
func lastDay(due calendar.Instant) calendar.Date { return calendar.DateOf(due.Add(-1)) }

func ledgerOf(ctx context.Context, a *app.App) ([]casework.Rectification, *inspections.Roster, error) {
	var list []casework.Rectification
	var roster *inspections.Roster
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		if roster, err = tx.Roster(); err != nil {
			return err
		}
		list, err = tx.Rectifications()
		return err
	})
	return list, roster, err
}

// rectifyOpen adds a line: of a finding, whose party, clause and problem it takes, or by hand.
func (c *cli) rectifyOpen() *cobra.Command {
	var finding, township, unit, problem, action, person, due, clause string
	cmd := c.step("rectify.open", "open", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		r := casework.Rectification{Problem: problem, Action: action, Person: person, Clause: clause}
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		if finding != "" {
			id, err := number("--finding", finding)
			if err != nil {
				return err
			}
			if err := c.fromFinding(ctx, a, inspections.FindingID(id), &r); err != nil {
				return err
			}
		}
		switch {
		case township != "":
			t, err := pick("township", township, roster.Townships, func(t inspections.Township) []string { return []string{strconv.FormatInt(int64(t.ID), 10), t.Name} })
			if err != nil {
				return err
			}
			r.Party = inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}
		case unit != "":
			u, err := pick("unit", unit, roster.Units, func(u inspections.Unit) []string { return []string{strconv.FormatInt(int64(u.ID), 10), u.Name} })
			if err != nil {
				return err
			}
			r.Party = inspections.Party{Kind: inspections.PartyUnit, ID: int64(u.ID)}
		}
		if due == "" {
			return wrong("usage.needed", "flag", "--due")
		}
		day, err := c.dateOf(due)
		if err != nil {
			return err
		}
		r.Due = calendar.InstantOf(day.End())
		if r, err = a.Office.OpenRectification(ctx, by, r); err != nil {
			return err
		}
		return c.reply(map[string]any{"rectification": r}, func() {
			c.say("rectify.opened", "id", int64(r.ID), "party", roster.PartyName(r.Party), "due", day)
		})
	})
	c.text(cmd, &finding, "finding", "", "ID")
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &problem, "problem", "", "TEXT")
	c.text(cmd, &action, "action", "", "TEXT")
	c.text(cmd, &person, "person", "", "NAME")
	c.text(cmd, &due, "due", "", "DAY")
	c.text(cmd, &clause, "clause", "", "CLAUSE")
	return cmd
}

// fromFinding takes over what a finding says where no flag said otherwise.
func (c *cli) fromFinding(ctx context.Context, a *app.App, id inspections.FindingID, r *casework.Rectification) error {
	var findings []inspections.Finding
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		findings, err = tx.Findings(inspections.FindingFilter{})
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range findings {
		if f.ID != id {
			continue
		}
		r.Finding, r.Party = id, casework.PartyOf(f)
		if r.Problem == "" {
			r.Problem = c.words.Label("matter", f.Kind)
		}
		if r.Clause == "" {
			r.Clause = f.Clause
		}
		return nil
	}
	return inspections.Fail(inspections.NotFound, "finding.unknown", "finding", int64(id))
}

// rectifyReport keeps what the party says it did; a scan or photo is kept and known by its SHA-256.
func (c *cli) rectifyReport() *cobra.Command {
	var text, file string
	cmd := c.step("rectify.report", "report ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		proof := office.Proof{Text: text}
		if file != "" {
			raw, err := intake.Load(file)
			if err != nil {
				return err
			}
			proof.Data, proof.Media = raw.Data, http.DetectContentType(raw.Data)
		}
		if err := a.Office.ReportRectification(ctx, by, inspections.MeasureID(id), proof); err != nil {
			return err
		}
		return c.reply(map[string]any{"id": id}, func() { c.say("rectify.reported", "id", id) })
	})
	c.text(cmd, &text, "text", "", "TEXT")
	c.text(cmd, &file, "file", "", "FILE")
	return cmd
}

// rectifyVerify closes a line that was checked.
func (c *cli) rectifyVerify() *cobra.Command {
	var how, visit string
	cmd := c.step("rectify.verify", "verify ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		var seen int64
		if visit != "" {
			if seen, err = number("--visit", visit); err != nil {
				return err
			}
		}
		if err := a.Office.VerifyRectification(ctx, by, inspections.MeasureID(id), how, inspections.VisitID(seen)); err != nil {
			return err
		}
		return c.reply(map[string]any{"id": id, "visit": seen}, func() { c.say("rectify.verified", "id", id) })
	})
	c.text(cmd, &how, "how", "", "TEXT")
	c.text(cmd, &visit, "visit", "", "ID")
	return cmd
}
