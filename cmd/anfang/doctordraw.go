package main

import (
	"context"
	"fmt"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
)

// fewPairs is how many pairs a team should at least have among all inspectors; below it a draw may end
// without one, since only some are on standby.
const fewPairs = 10

// draws looks at what the draw lives on: coverage, pairs, visits that fall through, and what people know
// beside chance.
func (x *examination) draws(ctx context.Context, a *app.App, set inspections.Settings, roster *inspections.Roster) error {
	now := calendar.InstantOf(a.Now())
	teams := len(roster.TeamsOn(now.Date()))
	if teams == 0 {
		return nil
	}
	if err := x.outlook(set, teams); err != nil {
		return err
	}
	few, err := a.Scheduler.FewPairs(ctx, fewPairs)
	if err != nil {
		return err
	}
	if len(few) > 0 {
		x.note(checkWarn, "draw", "pairs", "n", len(few), "place", place(roster, few[0].Team), "pairs", few[0].Pairs)
	}
	watch, err := a.Scheduler.Look(ctx, now)
	if err != nil {
		return err
	}
	for _, abort := range watch.Aborts {
		x.note(checkWarn, "draw", "aborts", "who", roster.PartyName(abort.Party), "aborted", abort.Aborted, "visits", abort.Visits,
			"usual", percent(abort.UsualPPM), "chance", percent(abort.TailPPM))
	}
	p := watch.Pattern
	state, which := checkOK, "pattern"
	if p.Guessable {
		state, which = checkWarn, "guessable"
	}
	x.note(state, "draw", which, "special", p.Special, "random", p.Random, "share", p.SharePercent, "chance", percent(p.WeekdayPPM),
		"overrides", p.Overrides, "excluded", p.Excluded, "teams", p.Teams, "most", percent(p.MaxPermille*1000))
	return nil
}

// outlook says how far the aimed visits reach, and what two, three and four a week would.
func (x *examination) outlook(set inspections.Settings, teams int) error {
	horizon := set.Int(inspections.SetHorizonWeeks)
	aimed, err := scheduler.OutlookOf(teams, horizon, set.Int(inspections.SetLambda))
	if err != nil {
		return err
	}
	x.note(checkOK, "draw", "alpha", "alpha", aimed.AlphaPercent, "relax", aimed.RelaxPercent, "coverage", aimed.CoveragePercent, "weeks", horizon)
	for _, visits := range []int{2, 3, 4} {
		o, err := scheduler.OutlookOf(teams, horizon, visits*1000)
		if err != nil {
			return err
		}
		x.note(checkOK, "draw", "coverage", "visits", visits, "weeks", horizon, "coverage", o.CoveragePercent, "relax", o.RelaxPercent)
	}
	return nil
}

// capacityOf gives the sentences of capacity and outlook for so many teams, one each.
func (c *cli) capacityOf(set inspections.Settings, teams int) ([]string, error) {
	x := &examination{c: c}
	list := []string{}
	if err := x.capacity(set, teams); err != nil {
		return nil, err
	}
	if err := x.outlook(set, teams); err != nil {
		return nil, err
	}
	for _, one := range x.found {
		list = append(list, one.Text)
	}
	return list, nil
}

// tellCapacity says what the roster that just came in means for the weeks.
func (c *cli) tellCapacity(ctx context.Context, a *app.App) error {
	set, err := a.Settings(ctx)
	if err != nil {
		return err
	}
	roster, err := rosterOf(ctx, a)
	if err != nil {
		return err
	}
	teams := len(roster.TeamsOn(calendar.DateOf(a.Now())))
	if teams == 0 {
		return nil
	}
	list, err := c.capacityOf(set, teams)
	for _, line := range list {
		fmt.Fprintln(c.out, line)
	}
	return err
}

// percent writes millionths as a percentage.
func percent(ppm int) string { return fmt.Sprintf("%.4g%%", float64(ppm)/10_000) }
