package main

import (
	"context"
	"net/http"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

// dutySubmit is `anfang duty submit`: one line settles an obligation; --waive with a reason excuses it.
func (c *cli) dutySubmit() *cobra.Command {
	var day, note, file string
	var waive bool
	cmd := c.step("duty.submit", "submit ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil {
			return wrong("usage.number", "flag", "ID", "value", args[0])
		}
		s := duties.Submission{Obligation: inspections.ObligationID(id), Kind: duties.SubmissionDone, Note: note}
		if waive {
			s.Kind = duties.SubmissionWaived
		}
		if day != "" {
			if s.Day, err = c.dateOf(day); err != nil {
				return err
			}
		}
		var paper []byte
		if file != "" {
			loaded, err := intake.Load(file)
			if err != nil {
				return err
			}
			paper = loaded.Data
		}
		o, err := a.Office.SubmitDutyPaper(ctx, by, s, http.DetectContentType(paper), paper)
		if err != nil {
			return err
		}
		r, err := a.Press.DutyReceipt(ctx, by, o.ID)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"obligation": o, "receipt": receiptGiven{r.Number(), r.Submission.At, r.Submission.SHA, r.Sealed}}, func() {
			c.say("duty.submitted", "what", c.words.Label("duty", o.Kind), "period", o.Period)
			c.say("duty.receipt", "number", r.Number(), "at", c.moment(r.Submission.At))
			c.tellHead(r.Sealed)
		})
	})
	c.text(cmd, &day, "day", "", "DAY")
	c.text(cmd, &note, "note", "", "TEXT")
	c.text(cmd, &file, "file", "", "FILE")
	c.toggle(cmd, &waive, "waive")
	return cmd
}

// receiptGiven is a receipt as JSON tells it.
type receiptGiven struct {
	Number string           `json:"number"`
	At     calendar.Instant `json:"at"`
	SHA    string           `json:"sha256"` // of the document, "" none
	Head   string           `json:"head"`   // signed head of the journal
}

// tellHead prints the signed head of a receipt; a journal that began today has none yet.
func (c *cli) tellHead(head string) {
	if head != "" {
		c.say("receipt.head", "head", head)
	}
}

// dutyReceipt is `anfang duty receipt`: the receipt for what was handed in, to be printed and stamped.
func (c *cli) dutyReceipt() *cobra.Command {
	return c.printed("duty.receipt", "receipt ID", "receipt", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) (reports.Paper, error) {
		id, err := number("ID", args[0])
		if err != nil {
			return reports.Paper{}, err
		}
		return a.Press.DutyReceiptPDF(ctx, by, inspections.ObligationID(id))
	})
}

// dutyCatalog is `anfang duty catalog`: every row of the notice's duties as data.
func (c *cli) dutyCatalog() *cobra.Command {
	return c.command("duty.catalog", "catalog", func(context.Context, []string) error {
		rules := duties.Catalog()
		return c.reply(map[string]any{"duties": rules}, func() {
			var rows [][]string
			for _, r := range rules {
				party := r.Party
				if party == duties.PartyLead {
					party = inspections.PartyUnit
				}
				proof := ""
				if r.Proof != "" {
					proof = c.words.Label("duty_proof", r.Proof)
				}
				rows = append(rows, []string{c.words.Label("clause.short", r.Clause), c.words.Label("party", party), c.words.Label("duty", r.Kind), c.words.Label("duty_each", r.Each), proof})
			}
			c.table([]string{"clause", "party", "duty", "each", "proof"}, rows)
		})
	})
}

// dutyGaps is `anfang duty gaps`: what the roster lacks today.
func (c *cli) dutyGaps() *cobra.Command {
	return c.step("duty.gaps", "gaps", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		return a.Store.View(ctx, func(tx *store.Tx) error {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			links, err := tx.TownshipLinks()
			if err != nil {
				return err
			}
			gaps := attendance.Gaps(roster, links, tx.Now().Date())
			return c.reply(map[string]any{"gaps": gaps}, func() {
				var rows [][]string
				for _, g := range gaps {
					township, _ := roster.Township(g.Township)
					team, _ := roster.Team(g.Team)
					rows = append(rows, []string{township.Name, team.Village, c.words.Label("clause.short", g.Clause), c.words.T("gap." + g.Key)})
				}
				c.table([]string{"township", "village", "clause", "why"}, rows)
			})
		})
	})
}

// dutyLink is `anfang duty link`: the lead unit of a township or the county leader linked to it.
func (c *cli) dutyLink() *cobra.Command {
	var township, unit, leader, from string
	cmd := c.step("duty.link", "link", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		t, err := townshipNamed(roster, township)
		if err != nil {
			return err
		}
		l := inspections.TownshipLink{Township: t.ID, Kind: inspections.LinkCountyLeader, Name: leader}
		if unit != "" {
			l.Kind = inspections.LinkLeadUnit
			for _, u := range roster.Units {
				if u.Name == unit {
					l.Unit = u.ID
				}
			}
		}
		if from != "" {
			if l.From, err = c.dateOf(from); err != nil {
				return err
			}
		}
		if l, err = a.Office.LinkTownship(ctx, by, l); err != nil {
			return err
		}
		return c.reply(map[string]any{"link": l}, func() { c.say("duty.linked", "township", t.Name, "from", l.From) })
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &unit, "lead-unit", "", "NAME")
	c.text(cmd, &leader, "county-leader", "", "NAME")
	c.text(cmd, &from, "from", "", "DAY")
	return cmd
}
