package main

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// report is `anfang report`: what townships report, its receipts and the opinions on it.
func (c *cli) report() *cobra.Command {
	return c.group("report", "report", c.reportList(), c.reportReceive(), c.reportShow(), c.reportOpinion())
}

// reportTold is a report of flags or of a JSON file.
type reportTold struct {
	Member     string `json:"member"` // as for --member
	Team       string `json:"team"`
	Kind       string `json:"kind"`
	At         string `json:"at"` // RFC 3339
	What       string `json:"what"`
	Discovered string `json:"discovered"` // day
	Received   string `json:"received"`   // RFC 3339
	How        string `json:"how"`
}

// receiptLine is a report with its case, its place and the term of the opinion.
type receiptLine struct {
	casework.Report
	CaseNumber string           `json:"case_number"`
	Place      string           `json:"place"`
	Due        calendar.Instant `json:"due"`
}

func receiptOf(tx *store.Tx, r casework.Report) (receiptLine, error) {
	l := receiptLine{Report: r}
	roster, err := tx.Roster()
	if err != nil {
		return l, err
	}
	l.Place = place(roster, r.Team)
	one, err := tx.Case(r.Case)
	if err != nil {
		return l, err
	}
	l.CaseNumber = one.Number
	owed, err := tx.Obligations(duties.Filter{Kind: duties.Opinion, Subject: "case/" + strconv.FormatInt(int64(r.Case), 10)})
	if err == nil && len(owed) > 0 {
		l.Due = owed[0].Due
	}
	return l, err
}

func (c *cli) tellReceipt(l receiptLine) {
	prompt := "not_prompt"
	if l.Prompt {
		prompt = "prompt"
	}
	c.say("report.received", "number", l.Number, "place", l.Place, "matter", c.words.Label("kind", l.Kind), "received", c.moment(l.Received),
		"case", l.CaseNumber, "prompt", c.words.T("cli.report."+prompt))
	if l.Opinion != "" {
		c.say("report.opinion", "at", c.moment(l.OpinionAt), "text", l.Opinion)
		return
	}
	c.say("report.due", "due", c.moment(l.Due))
}

func (c *cli) reportList() *cobra.Command {
	return c.step("report.list", "list", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		lines := []receiptLine{}
		err := a.Store.View(ctx, func(tx *store.Tx) error {
			list, err := tx.Reports()
			for _, r := range list {
				l, err := receiptOf(tx, r)
				if err != nil {
					return err
				}
				lines = append(lines, l)
			}
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"reports": lines}, func() {
			var rows [][]string
			for _, l := range lines {
				done := c.moment(l.Due)
				if !l.OpinionAt.IsZero() {
					done = c.moment(l.OpinionAt)
				}
				rows = append(rows, []string{l.Number, l.Place, c.words.Label("kind", l.Kind), c.moment(l.Received), l.CaseNumber, done})
			}
			c.table([]string{"number", "place", "matter", "received", "case", "due"}, rows)
		})
	})
}

// reportReceive takes one report of flags, or those of a file.
func (c *cli) reportReceive() *cobra.Command {
	var told reportTold
	var scan, file string
	cmd := c.step("report.receive", "receive", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		list := []reportTold{told}
		if file != "" {
			var in struct {
				Reports []reportTold `json:"reports"`
			}
			if err := readTold(file, &in); err != nil {
				return err
			}
			list = in.Reports
		}
		paper, err := scanOf(scan)
		if err != nil {
			return err
		}
		reports := make([]office.Report, len(list))
		for i, one := range list {
			r, field, err := c.reportOf(ctx, a, one)
			if err != nil {
				return inFile(file, i+1, field, err)
			}
			if r.Scan = paper; file != "" && one.How == "" {
				r.How = casework.HowFile
			}
			reports[i] = r
		}
		taken, err := a.Office.TakeReports(ctx, by, reports) // all or none
		if err != nil {
			return notTaken(file, err)
		}
		lines := []receiptLine{}
		err = a.Store.View(ctx, func(tx *store.Tx) error {
			for _, t := range taken {
				l, err := receiptOf(tx, t.Report)
				if err != nil {
					return err
				}
				lines = append(lines, l)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"reports": lines}, func() {
			for _, l := range lines {
				c.tellReceipt(l)
			}
		})
	})
	c.text(cmd, &told.Member, "member", "", "NAME|NAME@VILLAGE|PHONE|ID")
	c.text(cmd, &told.Team, "team", "", "CODE|VILLAGE|ID")
	c.text(cmd, &told.Kind, "kind", "absent", "KIND")
	c.text(cmd, &told.At, "at", "", "TIME")
	c.text(cmd, &told.Discovered, "discovered", "", "DAY")
	c.text(cmd, &told.Received, "received", "", "TIME")
	c.text(cmd, &told.How, "how", "", "paper|phone|file")
	c.text(cmd, &told.What, "text", "", "TEXT")
	c.text(cmd, &scan, "file", "", "FILE")
	c.text(cmd, &file, "json-file", "", "FILE")
	return cmd
}

// reportFields are the fields of a report's JSON that the office's refusals are about.
var reportFields = map[string]string{
	"report.text_missing": "what", "report.kind": "kind", "report.time": "at", "report.received": "received", "report.discovered": "discovered",
	"report.not_posted": "member", "report.team": "team", "report.not_yours": "team",
}

// notTaken says of a file which report the office refused, and for which field.
func notTaken(file string, err error) error {
	var nth *office.NthError
	var why *inspections.Error
	if !errors.As(err, &nth) || !errors.As(err, &why) {
		return err
	}
	return inFile(file, nth.N, reportFields[why.Key], err)
}

// inFile names the n-th report of a file and the field that is wrong; a report of flags is told of as it is.
func inFile(file string, n int, field string, err error) error {
	var why *inspections.Error
	if file == "" || field == "" || !errors.As(err, &why) {
		return err
	}
	return inspections.Fail(why.Kind, "report.in_file", "n", n, "field", field, "reason", why)
}

// reportOf reads a report; with an error it gives the field that is wrong.
func (c *cli) reportOf(ctx context.Context, a *app.App, told reportTold) (r office.Report, field string, err error) {
	r = office.Report{Kind: told.Kind, What: told.What, How: told.How}
	at, err := timeOf("--at", told.At)
	if err != nil {
		return r, "at", err
	}
	r.At = calendar.InstantOf(at)
	if told.Received != "" {
		received, err := momentOf(told.Received)
		if err != nil {
			return r, "received", wrong("usage.time", "value", told.Received)
		}
		r.Received = calendar.InstantOf(received)
	}
	if told.Discovered != "" {
		if r.Discovered, err = c.dateOf(told.Discovered); err != nil {
			return r, "discovered", err
		}
	} else if received := cmp.Or(r.Received, calendar.InstantOf(a.Now())); received.Date() > r.At.Date() {
		// When the township found out decides whether it was prompt (1.4b); that is told, never guessed.
		return r, "discovered", wrong("usage.discovered", "flag", "--discovered", "day", r.At.Date(), "received", received.Date())
	}
	if told.How != "" {
		if r.How, err = lookUp("--how", told.How, casework.HowPaper, casework.HowPhone, casework.HowFile); err != nil {
			return r, "how", err
		}
	}
	roster, err := rosterOf(ctx, a)
	if err != nil {
		return r, "", err
	}
	if told.Team != "" {
		if r.Team = teamNamed(roster, told.Team); r.Team == 0 {
			return r, "team", inspections.Fail(inspections.NotFound, "case.team_unknown", "team", told.Team)
		}
	}
	if told.Member == "" {
		if r.Team == 0 {
			return r, "member", wrong("usage.needed", "flag", "--member|--team")
		}
		return r, "", nil
	}
	if r.Member, err = postedMember(roster, r.Team, r.At.Date(), "member", told.Member); err != nil {
		return r, "member", err
	}
	return r, "", nil
}

// findReport reads a report by the number of its receipt or its id.
func findReport(tx *store.Tx, text string) (casework.Report, error) {
	list, err := tx.Reports()
	for _, r := range list {
		if r.Number == text || strconv.FormatInt(r.ID, 10) == text {
			return r, err
		}
	}
	if err == nil {
		err = inspections.Fail(inspections.NotFound, "report.unknown", "report", text)
	}
	return casework.Report{}, err
}

func (c *cli) reportShow() *cobra.Command {
	return c.step("report.show", "show NUMBER", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		var l receiptLine
		err := a.Store.View(ctx, func(tx *store.Tx) error {
			r, err := findReport(tx, args[0])
			if err != nil {
				return err
			}
			l, err = receiptOf(tx, r)
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"report": l}, func() { c.tellReceipt(l) })
	})
}

func (c *cli) reportOpinion() *cobra.Command {
	var text string
	cmd := c.command("report.opinion", "opinion NUMBER", func(ctx context.Context, args []string) error {
		return c.with(ctx, func(a *app.App) error {
			who, err := c.signer(ctx, a)
			if err != nil {
				return err
			}
			var r casework.Report
			err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
				r, err = findReport(tx, args[0])
				return err
			})
			if err != nil {
				return err
			}
			if r, err = a.Office.GiveOpinion(ctx, who.AsActor(), r.ID, text); err != nil {
				return err
			}
			return c.reply(map[string]any{"report": r}, func() { c.say("report.answered", "number", r.Number) })
		})
	})
	c.text(cmd, &text, "text", "", "TEXT")
	return cmd
}
