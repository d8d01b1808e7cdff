package main

import (
	"context"
	"fmt"
	"math"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"anfang.example/scheduler"
	"anfang.example/scheduler/simulate"
)

// simulate is `anfang simulate`: years of the real scheduler with keys of its own; it opens no county.
func (c *cli) simulate() *cobra.Command {
	opt := simulate.Defaults()
	years, teams, horizon, inspectors := strconv.Itoa(opt.Years), strconv.Itoa(opt.Teams), strconv.Itoa(opt.HorizonWeeks), strconv.Itoa(opt.Inspectors)
	perWeek, share, seed := fmt.Sprint(float64(opt.PerWeekMilli)/1000), fmt.Sprint(opt.FallThrough), strconv.FormatUint(opt.Seed, 10)
	cmd := c.command("simulate", "simulate", func(ctx context.Context, _ []string) error {
		for _, n := range []struct {
			flag, text string
			to         *int
		}{
			{"--years", years, &opt.Years}, {"--teams", teams, &opt.Teams}, {"--horizon-weeks", horizon, &opt.HorizonWeeks},
			{"--inspectors", inspectors, &opt.Inspectors},
		} {
			var err error
			if *n.to, err = strconv.Atoi(n.text); err != nil {
				return wrong("usage.number", "flag", n.flag, "value", n.text)
			}
		}
		visits, err := strconv.ParseFloat(perWeek, 64)
		if err != nil || !(math.Abs(visits) < 1e6) {
			return wrong("usage.number", "flag", "--per-week", "value", perWeek)
		}
		opt.PerWeekMilli = int(math.Round(visits * 1000))
		if opt.FallThrough, err = strconv.ParseFloat(share, 64); err != nil {
			return wrong("usage.number", "flag", "--fall-through", "value", share)
		}
		if opt.Seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
			return wrong("usage.number", "flag", "--seed", "value", seed)
		}
		if err := opt.Check(); err != nil {
			return &usageError{err}
		}
		ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		if isTerminal(c.errs) {
			opt.Progress = c.simulated
		}
		result, err := simulate.Run(ctx, opt)
		if err != nil {
			return err
		}
		return c.reply(result, func() { c.tellSimulation(result) })
	})
	c.text(cmd, &years, "years", years, "N")
	c.text(cmd, &teams, "teams", teams, "N")
	c.text(cmd, &perWeek, "per-week", perWeek, "N")
	c.text(cmd, &horizon, "horizon-weeks", horizon, "N")
	c.text(cmd, &inspectors, "inspectors", inspectors, "N")
	c.text(cmd, &share, "fall-through", share, "N")
	c.text(cmd, &seed, "seed", seed, "N")
	c.toggle(cmd, &opt.EqualRisks, "equal-risks")
	c.toggle(cmd, &opt.Compare, "compare")
	return cmd
}

// simulated draws how far the run is, on one line that is written over.
func (c *cli) simulated(done, all int) {
	const wide = 30
	if done%13 != 0 && done != all {
		return
	}
	filled := wide * done / all
	fmt.Fprintf(c.errs, "\r[%s%s] %s ", strings.Repeat("█", filled), strings.Repeat("░", wide-filled),
		c.words.T("simulate.progress", "done", done, "all", all))
	if done == all {
		fmt.Fprintln(c.errs)
	}
}

// tellSimulation prints a row for every metric and, of other policies, what each came to.
func (c *cli) tellSimulation(r simulate.Result) {
	c.say("simulate.ran", "years", r.Years, "teams", r.Teams, "weeks", r.Weeks, "visits", r.Visits, "seed", r.Seed)
	key := "simulate.enough"
	if !r.Enough {
		key = "simulate.scarce"
	}
	need := 0
	if o, err := scheduler.OutlookOf(r.Teams, r.HorizonWeeks, int(math.Round(r.PerWeek*1000))); err == nil { // the simulation has run with them
		need = o.NeedMilli
	}
	c.say(key, "per_week", r.PerWeek, "weeks", r.HorizonWeeks, "least", tenths(need))
	fmt.Fprintln(c.out)
	var rows [][]string
	for _, m := range r.List() {
		rows = append(rows, []string{m.Name, c.metricValue(m.Metric), metricGoal(m.Metric), c.passed(m.Metric), c.words.T("simulate.metric." + m.Name)})
	}
	c.table([]string{"metric", "measured", "goal", "passed", "meaning"}, rows)
	if len(r.Compare) == 0 {
		return
	}
	fmt.Fprintln(c.out)
	c.say("simulate.compared")
	rows = nil
	add := func(name string, m simulate.Metrics) {
		row := []string{name}
		for _, metric := range m.List() {
			switch metric.Name {
			case "edge", "relax", "maxp", "coverage", "exact":
				row = append(row, c.metricValue(metric.Metric)+" "+c.passed(metric.Metric))
			}
		}
		rows = append(rows, row)
	}
	add(c.words.T("simulate.policy.anfang"), r.Metrics)
	var names []string
	for name := range r.Compare {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		add(c.words.T("simulate.policy."+name), r.Compare[name])
	}
	c.table([]string{"policy", "edge", "relax", "maxp", "coverage", "exact"}, rows)
}

func (c *cli) metricValue(m simulate.Metric) string {
	switch value := m.Value.(type) {
	case float64:
		return strconv.FormatFloat(value, 'g', 4, 64)
	case simulate.Pairs:
		return fmt.Sprintf("%d; %.3f; %.3f", value.Conflicts, value.Gini, value.Repeats)
	}
	return c.words.T("simulate.unmeasured")
}

func metricGoal(m simulate.Metric) string {
	if goals, ok := m.Goal.(map[string]string); ok {
		return goals["conflicts"] + "; " + goals["gini"] + "; " + goals["repeats"]
	}
	return fmt.Sprint(m.Goal)
}

func (c *cli) passed(m simulate.Metric) string {
	switch {
	case m.Value == nil:
		return "–"
	case m.Pass:
		return c.words.T("simulate.pass")
	}
	return c.words.T("simulate.fail")
}
