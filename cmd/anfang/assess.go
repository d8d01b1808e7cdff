package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/reports"
	"anfang.example/reports/sheet"
)

// assess is `anfang assess`: the year's figures for the assessment of members, teams, townships and units.
func (c *cli) assess() *cobra.Command {
	var text, out string
	cmd := c.step("assess", "assess", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		year, err := yearOf(text, a.Now())
		if err != nil {
			return err
		}
		figures, err := a.Press.Assessment(ctx, year)
		if err != nil {
			return err
		}
		if out == "" {
			return c.reply(map[string]any{"assessment": figures}, func() { c.tellAssessment(figures) })
		}
		var data []byte
		switch lower := strings.ToLower(out); {
		case strings.HasSuffix(lower, ".pdf"):
			data, err = a.Press.AssessmentPDF(ctx, year)
		case strings.HasSuffix(lower, ".xlsx"):
			data, err = sheet.Forms{Words: c.words}.Assessment(figures)
		default:
			err = inspections.Fail(inspections.Invalid, "assessment.ending", "file", out)
		}
		if err != nil {
			return err
		}
		return c.keepSheet(out, data, map[string]any{
			"year": year, "members": len(figures.Members), "teams": len(figures.Teams), "townships": len(figures.Townships), "units": len(figures.Units),
		})
	})
	c.text(cmd, &text, "year", "", "YEAR")
	c.text(cmd, &out, "out", "", "FILE.xlsx|FILE.pdf")
	cmd.AddCommand(c.assessOpinion(), c.assessGrade())
	return cmd
}

func (c *cli) tellAssessment(a reports.Assessment) {
	var rows [][]string
	for _, lines := range [][]reports.BodyLine{a.Townships, a.Units} {
		for _, b := range lines {
			reached := strconv.Itoa(b.Reached) + "/" + strconv.Itoa(b.Months)
			if b.Months == 0 {
				reached = c.words.T("word.not_reported")
			}
			rows = append(rows, []string{
				b.Name, strconv.Itoa(b.Members.N), reached, strconv.Itoa(b.Visits.N), strconv.Itoa(b.Findings.N),
				strconv.Itoa(b.OnTime.N), strconv.Itoa(b.Late.N), strconv.Itoa(b.Missing.N), strconv.Itoa(b.Cases.N),
			})
		}
	}
	c.table([]string{"party", "members", "reached_months", "visits", "findings", "on_time", "late", "overdue", "cases"}, rows)
}
