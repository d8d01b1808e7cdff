package main

import (
	"bytes"
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
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// handCase is a case of a JSON file; team, members and units go by code or name, or by number.
type handCase struct {
	Kind    string     `json:"kind"`
	Clause  string     `json:"clause"`
	Team    string     `json:"team"`
	FactAt  string     `json:"fact_at"` // RFC 3339
	Reason  string     `json:"reason"`
	Members []string   `json:"members"`
	Units   []string   `json:"units"` // "" stands to be named
	Steps   []caseTold `json:"steps"`
}

// caseTold is a step of a JSON file.
type caseTold struct {
	Step      string        `json:"step"` // as for case step, or "act"
	As        string        `json:"as"`   // login
	Duty      string        `json:"duty"`
	Reason    string        `json:"reason"`
	Branch    int           `json:"branch"`
	Text      string        `json:"text"`
	Unit      string        `json:"unit"`
	Liable    bool          `json:"liable"`
	DraftedBy string        `json:"drafted_by"`
	Measures  []measureTold `json:"measures"`
	All       bool          `json:"all"` // measure-done: every measure that is open
	Act       string        `json:"act"`
	Second    string        `json:"second"` // login
	Answers   int           `json:"answers"`
	Measure   int64         `json:"measure"`
	Person    string        `json:"person"`
	Body      string        `json:"body"`
	Outcome   string        `json:"outcome"`
	Due       string        `json:"due"` // RFC 3339
}

type measureTold struct {
	Kind   string `json:"kind"`
	Person string `json:"person"`
	Body   string `json:"body"`
	Reason string `json:"reason"`
}

// readTold reads a JSON file strictly.
func readTold(path string, into any) error {
	file, err := intake.Load(path)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(file.Data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return inspections.Fail(inspections.Invalid, "case.json", "file", path, "reason", err.Error()).Because(err)
	}
	return nil
}

// caseOpen proposes the cases of a JSON file and takes their steps.
func (c *cli) caseOpen() *cobra.Command {
	var file string
	cmd := c.step("case.open", "open", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if file == "" {
			return wrong("usage.needed", "flag", "--json-file")
		}
		var told struct {
			Cases []handCase `json:"cases"`
		}
		if err := readTold(file, &told); err != nil {
			return err
		}
		opened := []casework.Case{}
		for _, h := range told.Cases {
			hand, err := handCaseOf(ctx, a, h)
			if err != nil {
				return err
			}
			one, err := a.Office.OpenCase(ctx, by, hand)
			if err != nil {
				return err
			}
			if err := c.takeSteps(ctx, a, one, h.Steps); err != nil {
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
	return cmd
}

func handCaseOf(ctx context.Context, a *app.App, h handCase) (office.HandCase, error) {
	out := office.HandCase{Kind: h.Kind, Clause: h.Clause, Reason: h.Reason}
	at, err := momentOf(h.FactAt)
	if err != nil {
		return out, wrong("usage.time", "flag", "fact_at", "value", h.FactAt)
	}
	out.FactAt = calendar.InstantOf(at)
	err = a.Store.View(ctx, func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if out.Team = teamNamed(roster, h.Team); out.Team == 0 {
			return inspections.Fail(inspections.NotFound, "case.team_unknown", "team", h.Team)
		}
		for _, name := range h.Members {
			id := memberNamed(roster, out.Team, out.FactAt.Date(), name)
			if id == 0 {
				return inspections.Fail(inspections.NotFound, "case.member_unknown", "member", name)
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
		return nil
	})
	return out, err
}

// teamNamed finds a team by its code, its village or its number; 0 when there is none.
func teamNamed(roster *inspections.Roster, text string) inspections.TeamID {
	for _, t := range roster.Teams {
		if text != "" && (t.Code == text || t.Village == text || t.VillageCode == text || strconv.FormatInt(int64(t.ID), 10) == text) {
			return t.ID
		}
	}
	return 0
}

// memberNamed finds a member of a team on a day by name, or any member by number; 0 when there is none.
func memberNamed(roster *inspections.Roster, team inspections.TeamID, day calendar.Date, text string) inspections.MemberID {
	for _, p := range roster.PostingsOf(team, day) {
		if m, ok := roster.Member(p.Member); ok && m.Name == text {
			return m.ID
		}
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	m, _ := roster.Member(inspections.MemberID(id))
	return m.ID
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
	end := office.Conclusion{Liable: s.Liable, Text: s.Text, By: drafter.ID}
	for _, m := range s.Measures {
		end.Measures = append(end.Measures, office.MeasureDecided{Kind: casework.MeasureKind(m.Kind), Person: m.Person, Body: m.Body, Reason: m.Reason})
	}
	return a.Office.ConcludeBranch(ctx, who.AsActor(), one.ID, s.Branch, end)
}

func (c *cli) takeAct(ctx context.Context, a *app.App, one casework.Case, s caseTold) error {
	_, err := c.takeActWith(ctx, a, one, s, office.Scan{})
	return err
}
