package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/reports"
	"anfang.example/reports/paper"
)

// cases is `anfang case`: one case, several investigations.
func (c *cli) cases() *cobra.Command {
	return c.group("case", "case", c.caseList(), c.caseShow(), c.caseOpen(), c.caseStep(), c.caseAct(), c.caseFile(), c.casePaper(), c.caseCount(), c.caseRule(), c.caseKinds())
}

// deskOnly refuses who does not belong to the office's desk.
func deskOnly(by inspections.Actor) error {
	if by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader, inspections.RoleReviewer) {
		return nil
	}
	return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
}

// caseLine is a case in a list.
type caseLine struct {
	casework.Case
	Place  string `json:"place"`
	Member string `json:"member_name"`
}

func (c *cli) caseList() *cobra.Command {
	var state string
	cmd := c.step("case.list", "list", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		var filter casework.Filter
		if state != "" {
			var err error
			if filter.State, err = lookUp("--state", state, casework.Proposed, casework.Refused, casework.Open, casework.Closed); err != nil {
				return err
			}
		}
		lines := []caseLine{}
		err := a.Store.View(ctx, func(tx *store.Tx) error {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			cases, err := tx.Cases(filter)
			for _, one := range cases {
				member, _ := roster.Member(one.Member)
				lines = append(lines, caseLine{one, place(roster, one.Team), member.Name})
			}
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"cases": lines}, func() {
			var rows [][]string
			for _, l := range lines {
				rows = append(rows, []string{l.Number, c.words.Label("case_state", l.State), c.words.Label("kind", l.Kind), l.Place, l.Member, c.moment(l.Due)})
			}
			c.table([]string{"number", "state", "matter", "place", "member", "due"}, rows)
		})
	})
	c.text(cmd, &state, "state", "", "STATE")
	return cmd
}

// findCase reads a case by its number, "2025-003", or its id.
func findCase(ctx context.Context, a *app.App, text string) (casework.Case, error) {
	var found casework.Case
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		if id, bad := strconv.ParseInt(text, 10, 64); bad == nil {
			found, err = tx.Case(inspections.CaseID(id))
			return err
		}
		found, err = tx.CaseByNumber(text)
		return err
	})
	if inspections.IsNotFound(err) {
		err = inspections.Fail(inspections.NotFound, "case.unknown", "case", text)
	}
	return found, err
}

func (c *cli) caseShow() *cobra.Command {
	var reads bool
	cmd := c.step("case.show", "show NUMBER", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		one, err := findCase(ctx, a, args[0])
		if err != nil {
			return err
		}
		if err := a.Office.ReadCase(ctx, by, one.ID, office.ReadShow, ""); err != nil {
			return err
		}
		var file reports.CaseFile
		var read []office.Reading
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			if file, err = reports.GatherCase(tx, one.ID); err != nil {
				return err
			}
			read, err = office.Readings(tx, one.ID)
			return err
		})
		if err != nil {
			return err
		}
		branches := []branchLine{}
		for _, b := range file.Branches {
			branches = append(branches, branchLine{b.Branch, b.Name, b.Responsible})
		}
		next := casework.Next(casework.Whole{Case: file.Case, Branches: plainBranches(file), Measures: file.Measures}, file.Acts, calendar.InstantOf(a.Now()))
		answer := map[string]any{
			"next": next, "acts": file.Acts,
			"case": file.Case, "township": file.Township, "village": file.Village, "unit": file.Unit, "member": file.Member,
			"branches": branches, "measures": file.Measures, "clocks": file.Clocks, "reads": read,
		}
		return c.reply(answer, func() {
			c.tellCase(file)
			for _, s := range next {
				about := ""
				if s.Branch != 0 {
					about = " " + strconv.Itoa(s.Branch)
				}
				c.say("case.next", "step", c.words.Label("case_next", s.Kind)+about, "due", c.moment(s.Due))
			}
			if reads {
				c.tellReads(read)
			}
		})
	})
	c.toggle(cmd, &reads, "reads")
	return cmd
}

// tellReads says who read the case, its file and its papers, the newest first.
func (c *cli) tellReads(list []office.Reading) {
	for _, r := range list {
		c.say("case.read", "at", c.moment(r.At), "what", strings.TrimSpace(c.words.Label("case_read", r.What)+" "+r.Ref), "name", cmp.Or(r.Name, c.words.T("casefile.program")))
	}
}

// plainBranches gives the branches of a case file as they stand in the records.
func plainBranches(f reports.CaseFile) []casework.Branch {
	var list []casework.Branch
	for _, b := range f.Branches {
		list = append(list, b.Branch)
	}
	return list
}

// branchLine is one investigation with its party's name and who held the posts on the day of the fact.
type branchLine struct {
	casework.Branch
	Name  string          `json:"name"`
	Posts []casework.Post `json:"posts"`
}

func (c *cli) tellCase(f reports.CaseFile) {
	one := f.Case
	c.say("case.head", "number", one.Number, "matter", c.words.Label("kind", one.Kind), "place", f.Township+f.Village, "member", f.Member,
		"state", c.words.Label("case_state", one.State), "proposed", c.moment(one.Proposed), "due", c.moment(one.Due))
	if one.Reason != "" {
		c.say("case.reason", "reason", one.Reason)
	}
	for _, b := range f.Branches {
		var responsible []string
		for _, p := range b.Responsible {
			responsible = append(responsible, strings.TrimSpace(c.words.Label("post", p.Post)+" "+p.Name))
		}
		name := b.Name
		if name == "" {
			name = c.words.T("word.unit_unknown")
		}
		line := fmt.Sprintf("  %d %s %s: %s", b.Seq, c.words.Label("side", b.Side), name, c.words.Label("branch_state", b.State))
		if len(responsible) > 0 {
			line += " (" + c.words.Join(responsible) + ")"
		}
		fmt.Fprintln(c.out, line)
		if b.Statement != "" {
			c.say("case.statement", "text", b.Statement)
		}
		if b.State == casework.BranchConcluded {
			key := "case.not_liable"
			if b.Liable {
				key = "case.liable"
			}
			c.say(key, "text", b.Conclusion)
		}
	}
	for _, m := range f.Measures {
		done := c.words.T("cli.case.measure_open")
		if !m.Executed.IsZero() {
			done = c.moment(m.Executed)
		}
		c.say("case.measure", "id", int64(m.ID), "branch", m.Branch, "measure", c.words.Label("measure", m.Kind), "person", m.Person, "body", m.Body, "done", done)
		if casework.Vacant(m, f.Acts) {
			c.say("case.vacant", "person", m.Person)
		}
	}
	for _, o := range f.Clocks {
		if starts := c.words.ClockStart(o.Starts, o.FirstDay); starts != "" {
			c.say("case.clock", "duty", c.words.Label("duty", o.Kind), "due", c.moment(o.Due), "why", starts)
		}
		if o.Counted != "" {
			c.say("case.clock", "duty", c.words.Label("duty", o.Kind), "due", c.moment(o.Due), "why", paper.Why(c.words, o))
		}
	}
	for _, one := range f.Acts {
		text := strings.TrimSpace(one.Text + " " + paper.Spoken(c.words, one))
		c.say("case.act", "at", c.moment(one.At), "act", c.words.Label("case_act", one.Kind), "text", text)
	}
}
