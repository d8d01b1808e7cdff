package simulate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/scheduler"
)

// Run lets the years pass and measures them. The same options give the same result. Error: kind Invalid,
// key "simulate.range".
func Run(ctx context.Context, o Options) (Result, error) {
	if err := o.Check(); err != nil {
		return Result{}, err
	}
	w, memory, err := newWorld(o)
	if err != nil {
		return Result{}, err
	}
	first, last := w.firstWeek(), lastWeek(firstYear+o.Years-1)
	weeks := int(last.Monday()-first.Monday())/7 + 1
	m := newMeasure(o, w.risks, memory.roster, weeks)

	// The county lives on one core and is measured on another.
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	over := make(chan finished, 64)
	measuredAll := make(chan error, 1)
	go func() {
		var err error
		for f := range over {
			if err == nil {
				if err = m.see(f); err != nil {
					stop(err)
				}
			}
		}
		measuredAll <- err
	}()
	n := 0
	err = w.run(ctx, first, last, func(f finished) error {
		over <- f
		if n++; o.Progress != nil {
			o.Progress(n, weeks)
		}
		return nil
	})
	close(over)
	if wrong := <-measuredAll; wrong != nil {
		return Result{}, wrong
	}
	if err != nil {
		return Result{}, errors.Join(err, context.Cause(ctx))
	}
	return m.result(o)
}

// measure holds all observers.
type measure struct {
	index  int
	ours   *choice
	timing *timing
	exact  exact
	pairs  *pairs
	replay replay
	rivals []*rival
	slots  int
	visits int
	before []inspections.Visit // of the week before
}

func newMeasure(o Options, weights []uint32, roster *inspections.Roster, weeks int) *measure {
	risks := make([]float64, len(weights))
	for i, r := range weights {
		risks[i] = float64(r)
	}
	m := &measure{
		ours: newChoice(risks, o.HorizonWeeks, weeks), timing: newTiming(), exact: exact{newFit(o.Teams)}, pairs: newPairs(roster),
	}
	if o.Compare {
		for i, r := range rules() {
			m.rivals = append(m.rivals, &rival{
				rule: r, choice: newChoice(risks, o.HorizonWeeks, weeks), random: o.chance(uint64(10 + i)),
				perWeek: float64(o.PerWeekMilli) / 1000, p: make([]float64, o.Teams),
			})
		}
	}
	return m
}

// see enters a finished week into every observer.
func (m *measure) see(f finished) error {
	w, err := read(f, m.index)
	if err != nil {
		return err
	}
	m.index++
	if err := m.again(w); err != nil {
		return err
	}
	m.timing.see(w)
	if err := m.pairs.see(w); err != nil {
		return err
	}
	if err := m.exact.see(w); err != nil {
		return err
	}
	if err := m.choose(w); err != nil {
		return err
	}
	for _, r := range m.rivals {
		r.see(w)
	}
	return nil
}

// choose enters the week's draws into the observer of the real policy, whose own book of visits must
// agree with the bag of the rows.
func (m *measure) choose(w *weekSeen) error {
	var late []int
	for _, v := range m.before {
		if v.State == inspections.VisitCompleted && v.Recorded.After(w.freeze.Frozen.Time) {
			late = append(late, int(v.Team-1))
		}
	}
	m.before = w.visits
	m.ours.begin(w.index, w.book.Horizon.Number, late)
	for i := range w.slots {
		s := &w.slots[i]
		m.slots++
		if !slices.Equal(s.bag, m.ours.history.flag) {
			return fmt.Errorf("simulate: the bag of slot %s/%d differs from the visits made", w.week, s.row.Slot)
		}
		if s.team < 0 {
			continue
		}
		if s.done {
			m.visits++
		}
		m.ours.draw(s.chances, s.team, s.done)
	}
	return nil
}

// again recomputes the week as a stranger would, from its proof alone.
func (m *measure) again(w *weekSeen) error {
	proof, err := w.proof(w.rows)
	if err != nil {
		return err
	}
	m.replay.slots += len(w.book.Slots)
	report, err := scheduler.CheckProof(proof)
	m.replay.equal += report.Slots - report.Sealed
	if err != nil && m.replay.first == "" {
		m.replay.first = err.Error()
	}
	return nil
}

func (m *measure) result(o Options) (Result, error) {
	r := Result{
		Schema: Schema, Years: o.Years, Teams: o.Teams, PerWeek: float64(o.PerWeekMilli) / 1000, HorizonWeeks: o.HorizonWeeks,
		Inspectors: o.Inspectors, FallThrough: o.FallThrough, Seed: o.Seed, EqualRisks: o.EqualRisks,
		Weeks: m.index, Slots: m.slots, Visits: m.visits,
	}
	if err := r.capacity(o.Teams, o.HorizonWeeks, o.PerWeekMilli, scheduler.Slack, scheduler.MaxAlpha); err != nil {
		return r, err
	}
	m.ours.endHorizon(m.index)
	coverage := 0.01
	if o.EqualRisks {
		coverage = 0.003
	}
	r.choiceMetrics(m.ours, m.exact.fit, coverage)
	r.timingMetrics(m.timing)
	r.Pairs, r.Replay = m.pairs.metric(), m.replay.metric()
	r.Pass = true
	for _, metric := range r.List() {
		r.Pass = r.Pass && metric.Metric.Pass
	}
	for _, rival := range m.rivals {
		rival.endHorizon(m.index)
		var theirs Metrics
		theirs.choiceMetrics(rival.choice, rival.fit, coverage)
		theirs.timingMetrics(m.timing) // the slots were the same
		if r.Compare == nil {
			r.Compare = map[string]Metrics{}
		}
		r.Compare[rival.name] = theirs
	}
	return r, nil
}
