package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// stepFlags are the flags of case step; each step needs some of them.
type stepFlags struct {
	file, duty, reason, text, unit, drafter, branch, measure string
	liable, clear                                            bool
	measures                                                 []string // KIND:PERSON:BODY
}

// caseSteps are the steps of a case by their names.
var caseSteps = map[string]func(*cli, context.Context, *app.App, casework.Case, stepFlags) error{
	"approve": (*cli).stepApprove, "refuse": (*cli).stepRefuse, "statement": (*cli).stepStatement, "name-unit": (*cli).stepUnit,
	"conclude": (*cli).stepConclude, "measure": (*cli).stepDecide, "measure-done": (*cli).stepMeasure, "close": (*cli).stepClose,
}

// caseStep takes one step of a case, or those of a JSON file.
func (c *cli) caseStep() *cobra.Command {
	var f stepFlags
	cmd := c.command("case.step", "step NUMBER [STEP]", func(ctx context.Context, args []string) error {
		name := "file"
		switch {
		case len(args) > 1:
			name = args[1]
		case f.file == "":
			return wrong("usage.needed", "flag", "STEP|--json-file")
		}
		do, ok := caseSteps[name]
		if !ok && (name != "file" || f.file == "") {
			return wrong("usage.one_of", "flag", "STEP", "value", name, "known", strings.Join(sortedKeys(caseSteps), ", "))
		}
		return c.with(ctx, func(a *app.App) error {
			one, err := findCase(ctx, a, args[0])
			if err != nil {
				return err
			}
			if f.file == "" {
				err = do(c, ctx, a, one, f)
			} else {
				err = c.stepsOfFile(ctx, a, one, f.file)
			}
			if err != nil {
				return err
			}
			if one, err = findCase(ctx, a, one.Number); err != nil {
				return err
			}
			return c.reply(map[string]any{"case": one, "step": name}, func() {
				c.say("case.step", "number", one.Number, "step", c.words.T("cli.step."+name), "state", c.words.Label("case_state", one.State))
			})
		})
	})
	c.text(cmd, &f.file, "json-file", "", "FILE")
	c.text(cmd, &f.duty, "duty", "", "TEXT")
	c.text(cmd, &f.reason, "reason", "", "TEXT")
	c.text(cmd, &f.branch, "branch", "", "N")
	c.text(cmd, &f.text, "text", "", "TEXT")
	c.text(cmd, &f.unit, "unit", "", "NAME|ID")
	c.toggle(cmd, &f.liable, "liable")
	c.toggle(cmd, &f.clear, "not-liable")
	c.text(cmd, &f.drafter, "drafted-by", "", "LOGIN")
	c.texts(cmd, &f.measures, "measure", "KIND:PERSON:BODY")
	c.text(cmd, &f.measure, "measure-id", "", "N")
	return cmd
}

func (c *cli) stepApprove(ctx context.Context, a *app.App, one casework.Case, f stepFlags) error {
	who, err := c.signer(ctx, a)
	if err != nil {
		return err
	}
	_, err = a.Office.ApproveCase(ctx, who.AsActor(), one.ID, dutyOf(who, f.duty))
	return err
}

func (c *cli) stepRefuse(ctx context.Context, a *app.App, one casework.Case, f stepFlags) error {
	who, err := c.signer(ctx, a)
	if err != nil {
		return err
	}
	_, err = a.Office.RefuseCase(ctx, who.AsActor(), one.ID, dutyOf(who, f.duty), f.reason)
	return err
}

// dutyOf is the approver's post as printed: as told, else the user's own.
func dutyOf(u inspections.User, told string) string {
	if told != "" {
		return told
	}
	return u.Duty
}

// seq reads the branch a step is about.
func (f stepFlags) seq() (int, error) {
	if f.branch == "" {
		return 0, wrong("usage.needed", "flag", "--branch")
	}
	n, err := number("--branch", f.branch)
	return int(n), err
}

func (c *cli) stepStatement(ctx context.Context, a *app.App, one casework.Case, f stepFlags) error {
	seq, err := f.seq()
	if err != nil {
		return err
	}
	by, err := c.actor(ctx, a)
	if err != nil {
		return err
	}
	return a.Office.AddStatement(ctx, by, one.ID, seq, f.text)
}

func (c *cli) stepUnit(ctx context.Context, a *app.App, one casework.Case, f stepFlags) error {
	seq, err := f.seq()
	if err != nil {
		return err
	}
	by, err := c.actor(ctx, a)
	if err != nil {
		return err
	}
	var unit inspections.Party
	err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
		unit, err = partyOf(tx, inspections.RoleUnit, person{unit: f.unit})
		return err
	})
	if err != nil {
		return err
	}
	return a.Office.NameUnit(ctx, by, one.ID, seq, inspections.UnitID(unit.ID))
}

// stepConclude approves a conclusion that another person drew up.
func (c *cli) stepConclude(ctx context.Context, a *app.App, one casework.Case, f stepFlags) error {
	seq, err := f.seq()
	if err != nil {
		return err
	}
	if f.liable == f.clear {
		return wrong("usage.needed", "flag", "--liable|--not-liable")
	}
	if f.drafter == "" {
		return wrong("usage.needed", "flag", "--drafted-by")
	}
	who, err := c.signer(ctx, a)
	if err != nil {
		return err
	}
	drafter, err := c.userBy(ctx, a, f.drafter)
	if err != nil {
		return err
	}
	end := office.Conclusion{Liable: f.liable, Text: f.text, By: drafter.ID}
	if end.Measures, err = f.decided(); err != nil {
		return err
	}
	return a.Office.ConcludeBranch(ctx, who.AsActor(), one.ID, seq, end)
}

// decided reads the measures of the flags, each KIND:PERSON:BODY.
func (f stepFlags) decided() ([]office.MeasureDecided, error) {
	var list []office.MeasureDecided
	for _, text := range f.measures {
		parts := strings.SplitN(text, ":", 3)
		if len(parts) != 3 {
			return nil, wrong("usage.pair", "flag", "--measure", "value", text, "form", "KIND:PERSON:BODY")
		}
		list = append(list, office.MeasureDecided{Kind: casework.MeasureKind(parts[0]), Person: parts[1], Body: parts[2], Reason: f.reason})
	}
	return list, nil
}

// stepDecide adds a measure to an investigation that was concluded before: a body often decides days later.
func (c *cli) stepDecide(ctx context.Context, a *app.App, one casework.Case, f stepFlags) error {
	seq, err := f.seq()
	if err != nil {
		return err
	}
	list, err := f.decided()
	if err != nil {
		return err
	}
	return c.decide(ctx, a, one, seq, list)
}

// decide records the one measure that is decided; each is a decision of its own.
func (c *cli) decide(ctx context.Context, a *app.App, one casework.Case, seq int, list []office.MeasureDecided) error {
	if len(list) != 1 {
		return wrong("usage.needed", "flag", "--measure")
	}
	who, err := c.signer(ctx, a)
	if err != nil {
		return err
	}
	return a.Office.DecideMeasure(ctx, who.AsActor(), one.ID, seq, list[0])
}

func (c *cli) stepMeasure(ctx context.Context, a *app.App, one casework.Case, f stepFlags) error {
	if f.measure == "" {
		return wrong("usage.needed", "flag", "--measure-id")
	}
	id, err := number("--measure-id", f.measure)
	if err != nil {
		return err
	}
	by, err := c.actor(ctx, a)
	if err != nil {
		return err
	}
	return a.Office.ExecuteMeasure(ctx, by, one.ID, inspections.MeasureID(id))
}

func (c *cli) stepClose(ctx context.Context, a *app.App, one casework.Case, _ stepFlags) error {
	by, err := c.actor(ctx, a)
	if err != nil {
		return err
	}
	_, err = a.Office.CloseCase(ctx, by, one.ID)
	return err
}
