package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// visit is `anfang visit`: inspections and what they found.
func (c *cli) visit() *cobra.Command {
	return c.group("visit", "visit", c.visitList(), c.visitShow(), c.visitRecord(), c.visitVerify(), c.visitCancel(), c.visitManual())
}

// seesVisit says who may see a visit, as the portal does: the pair from its release, everybody else in
// the office when it is over or given up. now is what cli.shown gives.
func seesVisit(by inspections.Actor, v inspections.Visit, now calendar.Instant) bool {
	id := inspections.InspectorID(by.Party.ID)
	if by.Is(inspections.RoleInspector) {
		return by.Party.Kind == inspections.PartyInspector && id != 0 && (v.First == id || v.Second == id)
	}
	return by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader) &&
		(v.State != inspections.VisitReleased || now.After(v.End.Time))
}

// visitLine is a visit in a list.
type visitLine struct {
	inspections.Visit
	Place string   `json:"place"` // township and village
	Pair  []string `json:"pair"`
}

func lineOf(roster *inspections.Roster, v inspections.Visit) visitLine {
	line := visitLine{Visit: v, Place: place(roster, v.Team), Pair: []string{}}
	for _, id := range []inspections.InspectorID{v.First, v.Second} {
		if i, ok := roster.Inspector(id); ok {
			line.Pair = append(line.Pair, i.Name)
		}
	}
	return line
}

func (c *cli) visitList() *cobra.Command {
	var weekText, month, state string
	cmd := c.step("visit.list", "list", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		filter, err := c.visitFilter(weekText, month, state)
		if err != nil {
			return err
		}
		lines := []visitLine{}
		err = a.Store.View(ctx, func(tx *store.Tx) error {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			visits, err := tx.Visits(filter)
			for _, v := range visits {
				if seesVisit(by, v, c.shown(tx.Now())) {
					lines = append(lines, lineOf(roster, v))
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"visits": lines}, func() {
			var rows [][]string
			for _, l := range lines {
				rows = append(rows, []string{
					strconv.FormatInt(int64(l.ID), 10), c.words.FullMoment(l.Start.Time), c.words.Label("visit_kind", l.Kind),
					l.Place, c.words.Join(l.Pair), c.words.Label("visit_state", l.State),
				})
			}
			c.table([]string{"id", "window", "kind", "place", "pair", "state"}, rows)
		})
	})
	c.text(cmd, &weekText, "week", "", "WEEK")
	c.text(cmd, &month, "month", "", "MONTH")
	c.text(cmd, &state, "state", "", "STATE")
	return cmd
}

func (c *cli) visitFilter(weekText, month, state string) (inspections.VisitFilter, error) {
	var f inspections.VisitFilter
	if weekText != "" {
		week, err := c.weekOf(weekText)
		if err != nil {
			return f, err
		}
		f.Year, f.Week = week.Year, week.Number
	}
	if month != "" {
		m, err := c.monthOf(month)
		if err != nil {
			return f, err
		}
		f.From, f.Until = calendar.InstantOf(m.First().Start()), calendar.InstantOf(m.Last().End())
	}
	if state != "" {
		var err error
		f.State, err = lookUp("--state", state, inspections.VisitReleased, inspections.VisitCompleted, inspections.VisitCancelled)
		return f, err
	}
	return f, nil
}

// visitWhole is one visit with everything recorded of it.
type visitWhole struct {
	visitLine
	Attendance []attendanceLine       `json:"attendance"`
	Checks     []inspections.Check    `json:"checks"`
	Evidence   []inspections.Evidence `json:"evidence"`
	Findings   []inspections.Finding  `json:"findings"`
	Posted     []postedLine           `json:"posted"` // who is to be recorded, until it is
}

// attendanceLine is a member's line with the name.
type attendanceLine struct {
	inspections.Attendance
	Name string `json:"name"`
}

// postedLine is a member of the team as of the visit's day.
type postedLine struct {
	Member inspections.MemberID    `json:"member"`
	Name   string                  `json:"name"`
	Role   inspections.PostingRole `json:"role"`
}

func (c *cli) visitShow() *cobra.Command {
	return c.step("visit.show", "show ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		whole, err := c.readVisit(ctx, a, by, inspections.VisitID(id))
		if err != nil {
			return err
		}
		return c.reply(whole, func() { c.tellVisit(whole) })
	})
}

// readVisit gathers one visit. A visit that the actor may not see yet is as unknown as one that is not.
func (c *cli) readVisit(ctx context.Context, a *app.App, by inspections.Actor, id inspections.VisitID) (visitWhole, error) {
	var w visitWhole
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		w = visitWhole{Attendance: []attendanceLine{}, Checks: []inspections.Check{}, Evidence: []inspections.Evidence{}, Findings: []inspections.Finding{}, Posted: []postedLine{}}
		v, err := tx.Visit(id)
		if inspections.IsNotFound(err) || err == nil && !seesVisit(by, v, c.shown(tx.Now())) {
			return inspections.Fail(inspections.NotFound, "visit.unknown", "visit", int64(id))
		}
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		w.visitLine = lineOf(roster, v)
		if v.State == inspections.VisitReleased {
			for _, p := range roster.PostingsOf(v.Team, v.Start.Date()) {
				m, _ := roster.Member(p.Member)
				w.Posted = append(w.Posted, postedLine{p.Member, m.Name, p.Role})
			}
			return nil
		}
		lines, err := tx.Attendances(id)
		if err != nil {
			return err
		}
		for _, l := range lines {
			m, _ := roster.Member(l.Member)
			w.Attendance = append(w.Attendance, attendanceLine{l, m.Name})
		}
		checks, err := tx.Checks(id)
		if err != nil {
			return err
		}
		w.Checks = append(w.Checks, checks...)
		evidence, err := tx.Evidence(id, 0)
		if err != nil {
			return err
		}
		w.Evidence = append(w.Evidence, evidence...)
		findings, err := tx.Findings(inspections.FindingFilter{Visit: id})
		w.Findings = append(w.Findings, findings...)
		return err
	})
	return w, err
}

func (c *cli) tellVisit(w visitWhole) {
	c.say("visit.head", "visit", int64(w.ID), "place", w.Place, "state", c.words.Label("visit_state", w.State),
		"start", c.words.FullMoment(w.Start.Time), "end", c.words.Clock(w.End.Time), "arrive", c.words.Clock(w.Arrive.Time), "pair", c.words.Join(w.Pair))
	if w.Reason != "" {
		c.say("visit.reason", "reason", w.Reason)
	}
	if len(w.Posted) > 0 {
		c.say("visit.posted")
	}
	for _, p := range w.Posted {
		fmt.Fprintf(c.out, "  %d %s %s\n", p.Member, p.Name, c.words.Label("posting_role", p.Role))
	}
	if w.State != inspections.VisitCompleted {
		return
	}
	c.say("visit.visited", "at", c.moment(w.Visited), "recorded", c.moment(w.Recorded))
	for _, l := range w.Attendance {
		fmt.Fprintln(c.out, strings.TrimRight(fmt.Sprintf("  %d %s %s %s", l.Member, l.Name, c.words.Label("presence", l.Presence), l.Explanation), " "))
	}
	for _, check := range w.Checks {
		fmt.Fprintln(c.out, strings.TrimRight(fmt.Sprintf("  %s %s: %s %s", c.words.Label("party", check.Party), c.words.Label("check", check.Item), c.words.Label("check_result", check.Result), check.Note), " "))
	}
	for _, e := range w.Evidence {
		fmt.Fprintf(c.out, "  %s %s %s\n", e.Name, e.Media, e.SHA)
	}
	if w.Note != "" {
		fmt.Fprintln(c.out, "  "+w.Note)
	}
}

func (c *cli) visitCancel() *cobra.Command {
	var reason string
	cmd := c.step("visit.cancel", "cancel ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		if err := a.Office.CancelVisit(ctx, by, inspections.VisitID(id), reason); err != nil {
			return err
		}
		return c.reply(map[string]any{"visit": id, "reason": reason}, func() { c.say("visit.cancelled", "visit", id) })
	})
	c.text(cmd, &reason, "reason", "", "TEXT")
	return cmd
}
