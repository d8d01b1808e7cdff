package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

// bulletinReissue corrects an issued bulletin: a numbered notice to the same readers.
func (c *cli) bulletinReissue() *cobra.Command {
	var month, section, old, with, reason, out string
	cmd := c.step("bulletin.reissue", "reissue", func(ctx context.Context, a *app.App, _ inspections.Actor, _ []string) error {
		m, err := c.monthOf(month)
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(section)
		if err != nil {
			return wrong("usage.number", "flag", "--section", "value", section)
		}
		who, err := c.signer(ctx, a)
		if err != nil {
			return err
		}
		issue, err := a.Press.Correct(ctx, who.AsActor(), m, reports.Correction{Section: n, Old: old, New: with, Reason: reason})
		if err != nil {
			return err
		}
		return c.tellIssue(ctx, a, issue, out)
	})
	c.text(cmd, &month, "month", "", "MONTH")
	c.text(cmd, &section, "section", "", "1…7")
	c.text(cmd, &old, "old", "", "TEXT")
	c.text(cmd, &with, "new", "", "TEXT")
	c.text(cmd, &reason, "reason", "", "TEXT")
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}

// bulletinAnswer records what a township or unit said to a draft, or weighs what stands (--id).
func (c *cli) bulletinAnswer() *cobra.Command {
	var month, township, unit, text, weighed, reason, id string
	cmd := c.step("bulletin.answer", "answer", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		m, err := c.monthOf(month)
		if err != nil {
			return err
		}
		if id != "" {
			n, err := number("--id", id)
			if err != nil {
				return err
			}
			if err := a.Press.Weigh(ctx, by, m, n, inspections.Weighing(weighed), reason); err != nil {
				return err
			}
			return c.reply(map[string]any{"id": n, "weighed": weighed}, func() { c.say("bulletin.answered", "id", n) })
		}
		answer := inspections.FactAnswer{Text: text, Weighed: inspections.Weighing(weighed), Reason: reason}
		role, named := inspections.RoleTownship, person{township: township}
		if township == "" {
			role, named = inspections.RoleUnit, person{unit: unit}
		}
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			answer.Party, err = partyOf(tx, role, named)
			return err
		})
		if err != nil {
			return err
		}
		if answer, err = a.Press.Answer(ctx, by, m, answer); err != nil {
			return err
		}
		return c.reply(map[string]any{"id": answer.ID, "weighed": weighed}, func() { c.say("bulletin.answered", "id", answer.ID) })
	})
	c.text(cmd, &month, "month", "", "MONTH")
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &unit, "unit", "", "NAME")
	c.text(cmd, &text, "text", "", "TEXT")
	c.text(cmd, &weighed, "weighed", "", "adopted|partly|rejected")
	c.text(cmd, &reason, "reason", "", "TEXT")
	c.text(cmd, &id, "id", "", "ID")
	return cmd
}

// bulletinCheck says whether a PDF is one that this office issued, by its SHA-256.
func (c *cli) bulletinCheck() *cobra.Command {
	return c.step("bulletin.check", "check FILE", func(ctx context.Context, a *app.App, _ inspections.Actor, args []string) error {
		data, err := os.ReadFile(args[0])
		if err != nil {
			return inspections.Fail(inspections.Invalid, "cli.no_file", "file", args[0]).Because(err)
		}
		sum := sha256.Sum256(data)
		sha := hex.EncodeToString(sum[:])
		issue, err := a.Press.Ours(ctx, sha)
		if err != nil {
			return err
		}
		if p := issue.Paper; p != nil {
			return c.reply(map[string]any{"sha256": sha, "kind": p.Kind, "month": "", "year": p.Year, "number": p.Number, "prefix": p.Prefix, "reader": p.Name}, func() {
				c.say("paper.ours", "number", c.paperNumber(*p), "title", p.Title, "date", p.Issued.Date())
			})
		}
		m, err := calendar.ParseMonth(issue.Month)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"sha256": sha, "kind": issue.Kind, "month": issue.Month, "year": issue.Year, "number": issue.Number, "reader": issue.Reader}, func() {
			if issue.Reader != "" {
				c.say("bulletin.ours.reader", "reader", issue.Reader)
			}
			c.say("bulletin.ours", "month", m, "year", issue.Year, "number", issue.Number, "kind", c.words.Label("issue_kind", issue.Kind), "date", issue.Issued.Date())
		})
	})
}
