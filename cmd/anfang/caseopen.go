package main

import (
	"context"
	"encoding/json"
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
)

// handCase is a case of a JSON file; team, members and units go by code or name, or by number.
type handCase struct {
	Kind    string     `json:"kind"` // one that "case kinds" lists
	Clause  string     `json:"clause,omitempty"`
	Team    string     `json:"team"`
	FactAt  string     `json:"fact_at"` // RFC 3339
	Reason  string     `json:"reason"`
	Members []string   `json:"members,omitempty"`
	Units   []string   `json:"units,omitempty"` // "" stands to be named
	Steps   []caseTold `json:"steps,omitempty"`
}

// caseTold is a step of a JSON file.
type caseTold struct {
	Step      string        `json:"step"`         // as for case step, or "act"
	As        string        `json:"as,omitempty"` // login
	Duty      string        `json:"duty,omitempty"`
	Reason    string        `json:"reason,omitempty"`
	Branch    int           `json:"branch,omitempty"`
	Text      string        `json:"text,omitempty"`
	Unit      string        `json:"unit,omitempty"`
	Liable    bool          `json:"liable,omitempty"`
	DraftedBy string        `json:"drafted_by,omitempty"`
	Measures  []measureTold `json:"measures,omitempty"`
	All       bool          `json:"all,omitempty"` // measure-done: every measure that is open
	Act       string        `json:"act,omitempty"`
	Second    string        `json:"second,omitempty"` // login
	Answers   int           `json:"answers,omitempty"`
	Measure   int64         `json:"measure,omitempty"`
	Person    string        `json:"person,omitempty"`
	Body      string        `json:"body,omitempty"`
	Outcome   string        `json:"outcome,omitempty"`
	Due       string        `json:"due,omitempty"` // RFC 3339
	How       string        `json:"how,omitempty"` // one of casework.ActHows
}

type measureTold struct {
	Kind   string `json:"kind"`
	Person string `json:"person"`
	Body   string `json:"body"`
	Reason string `json:"reason"`
}

// handCases is the JSON file of case open.
type handCases struct {
	Cases []handCase `json:"cases"`
}

// openHelp tells the kinds a case can be about and shows a file that works.
func (c *cli) openHelp() {
	fmt.Fprintf(c.out, "\n%s\n", c.words.T("cli.case.open.kinds"))
	var rows [][2]string
	for _, p := range casework.Problems(nil).On(0) {
		rows = append(rows, [2]string{p.Kind, c.words.T("cli.case.open.kind", "kind", c.words.Label("kind", p.Kind), "clause", c.words.Label("clause.short", p.Clause))})
	}
	c.columns(rows)
	raw, err := json.MarshalIndent(c.openExample(), "  ", "  ")
	if err != nil { // strings and numbers marshal always
		panic(fmt.Sprintf("case open: example: %v", err))
	}
	fmt.Fprintf(c.out, "\n%s\n  %s\n", c.words.T("cli.case.open.example"), raw)
}

func (c *cli) openExample() handCases {
	return handCases{[]handCase{{
		Kind: inspections.FindingAbsent, Team: "1", FactAt: "2025-03-10T10:00:00+08:00", Reason: c.words.T("cli.case.open.reason"),
		Steps: []caseTold{{Step: "approve", As: "leader"}},
	}}}
}

// caseOpen proposes the cases of a JSON file and takes their steps.
func (c *cli) caseOpen() *cobra.Command {
	var file string
	cmd := c.step("case.open", "open", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if file == "" {
			return wrong("usage.needed", "flag", "--json-file")
		}
		var told handCases
		err := readTold(file, &told)
		if err != nil {
			return err
		}
		hands := make([]office.HandCase, len(told.Cases))
		for i, h := range told.Cases { // all are looked at before the first is proposed
			if hands[i], err = handCaseOf(ctx, a, h); err != nil {
				return fmt.Errorf("case %d of the file: %w", i+1, err)
			}
		}
		opened := []casework.Case{}
		for i, hand := range hands {
			one, err := a.Office.OpenCase(ctx, by, hand)
			if err != nil {
				return err
			}
			if err := c.takeSteps(ctx, a, one, told.Cases[i].Steps); err != nil {
				return fmt.Errorf("case %s: %w", one.Number, err)
			}
			if one, err = findCase(ctx, a, one.Number); err != nil {
				return err
			}
			opened = append(opened, one)
		}
		return c.reply(map[string]any{"cases": opened}, func() {
			for _, one := range opened {
				c.say("case.opened", "number", one.Number, "due", c.moment(one.Due))
			}
		})
	})
	c.text(cmd, &file, "json-file", "", "FILE")
	c.docs[cmd].more = c.openHelp
	return cmd
}

func handCaseOf(ctx context.Context, a *app.App, h handCase) (office.HandCase, error) {
	out := office.HandCase{Kind: h.Kind, Clause: h.Clause, Reason: h.Reason}
	if err := out.Check(); err != nil {
		return out, err
	}
	at, err := momentOf(h.FactAt)
	if err != nil {
		return out, wrong("usage.time", "flag", "fact_at", "value", h.FactAt)
	}
	out.FactAt = calendar.InstantOf(at)
	err = a.Store.View(ctx, func(tx *store.Tx) error {
		kinds, err := tx.Problems()
		if err != nil {
			return err
		}
		if _, err := kinds.Find(tx.Now().Date(), h.Kind); err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if out.Team = teamNamed(roster, h.Team); out.Team == 0 {
			return inspections.Fail(inspections.NotFound, "case.team_unknown", "team", h.Team)
		}
		for _, name := range h.Members {
			id, err := postedMember(roster, out.Team, out.FactAt.Date(), "MEMBERS", name)
			if err != nil {
				return err
			}
			out.Members = append(out.Members, id)
		}
		for _, name := range h.Units {
			if name == "" {
				out.Units = append(out.Units, 0)
				continue
			}
			unit, err := partyOf(tx, inspections.RoleUnit, person{unit: name})
			if err != nil {
				return err
			}
			out.Units = append(out.Units, inspections.UnitID(unit.ID))
		}
		_, err = out.In(roster)
		return err
	})
	return out, err
}

// teamNamed finds a team by its code, its village or its number, else by a name that its village bore; 0 when there is none.
func teamNamed(roster *inspections.Roster, text string) inspections.TeamID {
	for _, t := range roster.Teams {
		if text != "" && (t.Code == text || t.Village == text || t.VillageCode == text || strconv.FormatInt(int64(t.ID), 10) == text) {
			return t.ID
		}
	}
	former, err := pick("team", text, roster.Teams, func(t inspections.Team) []string { return formerNames(roster, inspections.PartyTeam, int64(t.ID)) })
	if err != nil {
		return 0
	}
	return former.ID
}

// stepsOfFile takes the steps of a JSON file: {"steps": […]}.
func (c *cli) stepsOfFile(ctx context.Context, a *app.App, one casework.Case, file string) error {
	var told struct {
		Steps []caseTold `json:"steps"`
	}
	if err := readTold(file, &told); err != nil {
		return err
	}
	return c.takeSteps(ctx, a, one, told.Steps)
}

// takeSteps takes steps in order, each as the person it names.
func (c *cli) takeSteps(ctx context.Context, a *app.App, one casework.Case, steps []caseTold) error {
	for _, s := range steps {
		who := *c
		if s.As != "" {
			who.as = s.As
		}
		if err := who.takeStep(ctx, a, one, s); err != nil {
			return err
		}
	}
	return nil
}

func (c *cli) takeStep(ctx context.Context, a *app.App, one casework.Case, s caseTold) error {
	switch s.Step {
	case "act":
		return c.takeAct(ctx, a, one, s)
	case "conclude":
		return c.concludeTold(ctx, a, one, s)
	case "measure":
		return c.decide(ctx, a, one, s.Branch, s.decided())
	}
	do, ok := caseSteps[s.Step]
	if !ok {
		return wrong("usage.one_of", "flag", "step", "value", s.Step, "known", strings.Join(append(sortedKeys(caseSteps), "act"), ", "))
	}
	f := stepFlags{duty: s.Duty, reason: s.Reason, branch: strconv.Itoa(s.Branch), text: s.Text, unit: s.Unit, measure: strconv.FormatInt(s.Measure, 10)}
	if s.Step != "measure-done" || !s.All {
		return do(c, ctx, a, one, f)
	}
	var open []casework.Measure
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		open, err = tx.Measures(one.ID)
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range open {
		if !m.Executed.IsZero() {
			continue
		}
		f.measure = strconv.FormatInt(int64(m.ID), 10)
		if err := do(c, ctx, a, one, f); err != nil {
			return err
		}
	}
	return nil
}

func (c *cli) concludeTold(ctx context.Context, a *app.App, one casework.Case, s caseTold) error {
	who, err := c.signer(ctx, a)
	if err != nil {
		return err
	}
	drafter, err := c.userBy(ctx, a, s.DraftedBy)
	if err != nil {
		return err
	}
	end := office.Conclusion{Liable: s.Liable, Text: s.Text, By: drafter.ID, Measures: s.decided()}
	return a.Office.ConcludeBranch(ctx, who.AsActor(), one.ID, s.Branch, end)
}

// decided gives the measures of a step.
func (s caseTold) decided() []office.MeasureDecided {
	var list []office.MeasureDecided
	for _, m := range s.Measures {
		list = append(list, office.MeasureDecided{Kind: casework.MeasureKind(m.Kind), Person: m.Person, Body: m.Body, Reason: m.Reason})
	}
	return list
}

func (c *cli) takeAct(ctx context.Context, a *app.App, one casework.Case, s caseTold) error {
	_, err := c.takeActWith(ctx, a, one, s, office.Scan{})
	return err
}
