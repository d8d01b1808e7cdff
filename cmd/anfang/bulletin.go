package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

// bulletin is `anfang bulletin`: the monthly supervision bulletin.
func (c *cli) bulletin() *cobra.Command {
	return c.group("bulletin", "bulletin",
		c.bulletinPreview(), c.bulletinDraft(), c.bulletinSign(), c.bulletinIssue(), c.bulletinStanding(),
		c.bulletinReissue(), c.bulletinCopies(), c.bulletinAnswer(), c.bulletinCheck())
}

// monthly makes a command about one month's bulletin.
func (c *cli) monthly(key, use string, do func(context.Context, *app.App, inspections.Actor, calendar.Month, string) error) *cobra.Command {
	var month, out string
	cmd := c.step(key, use, func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		m, err := c.monthOf(month)
		if err != nil {
			return err
		}
		return do(ctx, a, by, m, out)
	})
	c.text(cmd, &month, "month", "", "MONTH")
	c.text(cmd, &out, "out", "", "FILE.pdf")
	return cmd
}

// bulletinPreview gives figures and a sample; nothing is kept.
func (c *cli) bulletinPreview() *cobra.Command {
	return c.monthly("bulletin.preview", "preview", func(ctx context.Context, a *app.App, by inspections.Actor, m calendar.Month, out string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		figures, paper, err := a.Press.Preview(ctx, m)
		if err != nil {
			return err
		}
		if out == "" {
			out = "bulletin-" + m.String() + "-sample.pdf"
		}
		if err := c.writeFile(out, paper.PDF); err != nil {
			return err
		}
		return c.reply(map[string]any{"month": m.String(), "file": out, "figures": figures}, func() {
			c.say("bulletin.preview", "title", paper.Title, "file", out)
		})
	})
}

// bulletinDraft freezes the figures and asks the leaders, as the job does on the draft day.
func (c *cli) bulletinDraft() *cobra.Command {
	var month string
	cmd := c.step("bulletin.draft", "draft", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		m, err := c.monthOf(month)
		if err != nil {
			return err
		}
		if !by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader) {
			return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
		}
		issue, err := a.Press.Draft(ctx, by, m)
		if err != nil {
			return err
		}
		return c.tellIssue(ctx, a, issue, "")
	})
	c.text(cmd, &month, "month", "", "MONTH")
	return cmd
}

// bulletinSign signs off and issues: number, PDF and letters in one transaction.
func (c *cli) bulletinSign() *cobra.Command {
	return c.monthly("bulletin.sign", "sign", func(ctx context.Context, a *app.App, _ inspections.Actor, m calendar.Month, out string) error {
		who, err := c.signer(ctx, a)
		if err != nil {
			return err
		}
		issue, err := a.Press.SignOff(ctx, who.AsActor(), m)
		if err != nil {
			return err
		}
		return c.tellIssue(ctx, a, issue, out)
	})
}

// bulletinIssue issues a draft that a standing sign-off covers; of one that has left it gives the paper.
func (c *cli) bulletinIssue() *cobra.Command {
	return c.monthly("bulletin.issue", "issue", func(ctx context.Context, a *app.App, by inspections.Actor, m calendar.Month, out string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		issue, err := issueOf(ctx, a, m)
		if err != nil {
			return err
		}
		if issue.State == inspections.IssueDraft {
			if err := a.Press.InTx(ctx, func(tx reports.Tx) error { _, err := a.Press.IssueStanding(ctx, tx); return err }); err != nil {
				return err
			}
			if issue, err = issueOf(ctx, a, m); err != nil {
				return err
			}
		}
		if issue.State != inspections.IssueIssued {
			return inspections.Fail(inspections.Conflict, "bulletin.unsigned", "month", m)
		}
		return c.tellIssue(ctx, a, issue, out)
	})
}

func issueOf(ctx context.Context, a *app.App, m calendar.Month) (inspections.Issue, error) {
	var issue inspections.Issue
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		issue, err = tx.IssueOf("bulletin", m.String())
		return err
	})
	if inspections.IsNotFound(err) {
		err = inspections.Fail(inspections.Conflict, "bulletin.not_drafted", "month", m)
	}
	return issue, err
}

// tellIssue says where an issue stands and writes its paper where one is asked for.
func (c *cli) tellIssue(ctx context.Context, a *app.App, issue inspections.Issue, out string) error {
	if out != "" {
		var pdf []byte
		err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
			pdf, err = tx.Blob(issue.PDF)
			return err
		})
		if err != nil {
			return err
		}
		if err := c.writeFile(out, pdf); err != nil {
			return err
		}
	}
	issue.Figures = nil // they have a command of their own
	answer := struct {
		Month  string                 `json:"month"`
		State  inspections.IssueState `json:"state"`
		Year   int                    `json:"year"`
		Number int                    `json:"number"` // 0 until issued
		PDF    string                 `json:"pdf_sha256"`
		File   string                 `json:"file"`
	}{issue.Month, issue.State, issue.Year, issue.Number, issue.PDF, out}
	return c.reply(answer, func() {
		if issue.State == inspections.IssueIssued {
			c.say("bulletin.issued", "month", issue.Month, "year", issue.Year, "number", issue.Number, "sha", issue.PDF)
		} else {
			c.say("bulletin.state", "month", issue.Month, "state", c.words.Label("issue_state", issue.State))
		}
		if out != "" {
			c.say("written", "file", out)
		}
	})
}

// bulletinStanding lets bulletins of a period leave without a signature each.
func (c *cli) bulletinStanding() *cobra.Command {
	var from, to string
	cmd := c.command("bulletin.standing", "standing", func(ctx context.Context, _ []string) error {
		for _, f := range []struct{ name, value string }{{"--from", from}, {"--to", to}} {
			if f.value == "" {
				return wrong("usage.needed", "flag", f.name)
			}
		}
		first, err := c.dateOf(from)
		if err != nil {
			return err
		}
		last, err := c.dateOf(to)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			who, err := c.signer(ctx, a)
			if err != nil {
				return err
			}
			if err := a.Press.AllowStanding(ctx, who.AsActor(), first, last); err != nil {
				return err
			}
			return c.reply(map[string]any{"by": who.Name, "from": first, "to": last}, func() {
				c.say("bulletin.standing", "by", who.Name, "from", first, "until", last)
			})
		})
	})
	c.text(cmd, &from, "from", "", "DAY")
	c.text(cmd, &to, "to", "", "DAY")
	return cmd
}

// giveOut writes a paper and says where it lies.
func (c *cli) giveOut(path string, data []byte) error {
	if err := c.writeFile(path, data); err != nil {
		return err
	}
	return c.reply(map[string]any{"file": path, "bytes": len(data)}, func() {
		fmt.Fprintln(c.out, c.words.T("cli.written", "file", path))
	})
}
