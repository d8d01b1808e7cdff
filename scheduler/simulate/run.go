package simulate

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// recordAfter is how long after its arrival minute a pair has its record in: before the cut-off of the
// next slot, whatever the minute was.
const recordAfter = time.Hour

// world is the county of a run with its clock.
type world struct {
	*scheduler.Scheduler
	office *office.Office
	risks  []uint32
	chance *rand.Rand    // what falls through
	words  *rand.ChaCha8 // salts of the words in the journal
	share  float64
	now    time.Time
	agenda []event // by time

	calendar *calendar.Calendar
	planned  calendar.Week // the next whose slots are to be planned
}

// event is something a pair does.
type event struct {
	at time.Time
	do func(context.Context) error
}

// finished is a week that is over, as the observers get it.
type finished struct {
	freeze inspections.Freeze
	slots  []inspections.Slot
	visits []inspections.Visit
	alarm  bool // somebody was told that the week stayed below two
}

// newWorld makes a county in memory.
func newWorld(o Options) (*world, *Memory, error) {
	w, err := newClockwork(o)
	if err != nil {
		return nil, nil, err
	}
	m := NewMemory(county, w.clock, newRoster(o), newUsers())
	m.settings = newSettings(o, calendar.InstantOf(w.now))
	w.on(m.InTx, m.inOffice)
	return w, m, nil
}

// newClockwork makes all of a county but where it is kept.
func newClockwork(o Options) (*world, error) {
	w := &world{risks: o.risks(), chance: o.chance(2), share: o.FallThrough}
	var err error
	if w.calendar, err = cycled(o.Years); err != nil {
		return nil, err
	}
	w.planned = w.firstWeek()
	w.now = scheduler.FreezeTime(w.firstWeek()).Add(-time.Hour)
	w.words = rand.NewChaCha8(digest("anfang/simulate/words", o.Seed))
	salt := digest("anfang/simulate/salt", o.Seed)
	w.Scheduler = &scheduler.Scheduler{Links: newKeys(o.Seed, w.clock), Chance: rand.NewChaCha8(salt), Risks: w.weigh}
	return w, nil
}

// firstWeek is the first whose two visits count.
func (*world) firstWeek() calendar.Week { return calendar.Week{Year: firstYear, Number: 1} }

// on says where the county is kept.
func (w *world) on(tx func(context.Context, func(scheduler.Tx) error) error, officeTx func(context.Context, func(office.Tx) error) error) {
	w.InTx, w.office = tx, &office.Office{InTx: officeTx, View: officeTx, Salts: w.words}
}

func (w *world) clock() time.Time { return w.now }

// weigh gives the risks of the run to every sealing.
func (w *world) weigh(_ scheduler.Tx, _ calendar.Week, teams []inspections.Team) (map[inspections.TeamID]scheduler.Risk, error) {
	risks := make(map[inspections.TeamID]scheduler.Risk, len(teams))
	for _, team := range teams {
		risks[team.ID] = scheduler.Risk{Weight: w.risks[team.ID-1]}
	}
	return risks, nil
}

// run lets the weeks of the years pass and hands each to done when it is over and its links are out.
func (w *world) run(ctx context.Context, first, last calendar.Week, done func(finished) error) error {
	next := first
	for !last.Before(next) {
		if err := w.planAhead(ctx); err != nil {
			return err
		}
		if _, err := w.Tick(ctx, w.now); err != nil {
			return fmt.Errorf("simulate: at %s: %w", calendar.InstantOf(w.now).Text(), err)
		}
		if err := w.planNew(ctx); err != nil {
			return err
		}
		if w.now.After(next.Sunday().End()) {
			week, err := w.week(ctx, next)
			if err != nil {
				return err
			}
			if err := done(week); err != nil {
				return err
			}
			next = next.Add(1)
		}
		wake, err := w.NextWake(ctx, w.now)
		if err != nil {
			return fmt.Errorf("simulate: wake after %s: %w", calendar.InstantOf(w.now).Text(), err)
		}
		if err := w.live(ctx, wake); err != nil {
			return err
		}
		w.now = wake
	}
	return nil
}

// live does what pairs do until a moment.
func (w *world) live(ctx context.Context, until time.Time) error {
	for len(w.agenda) > 0 && !w.agenda[0].at.After(until) {
		e := w.agenda[0]
		w.agenda = w.agenda[1:]
		w.now = e.at
		if err := e.do(ctx); err != nil {
			return fmt.Errorf("simulate: at %s: %w", calendar.InstantOf(e.at).Text(), err)
		}
	}
	return nil
}

// planNew decides what becomes of the visits that were just released.
func (w *world) planNew(ctx context.Context) error {
	var released []inspections.Visit
	err := w.InTx(ctx, func(tx scheduler.Tx) (err error) {
		released, err = tx.Visits(inspections.VisitFilter{State: inspections.VisitReleased})
		return err
	})
	if err != nil {
		return err
	}
	for _, v := range released {
		if v.Released.Time.Equal(calendar.InstantOf(w.now).Time) {
			w.plan(v)
		}
	}
	return nil
}

func (w *world) plan(v inspections.Visit) {
	e := event{at: v.Arrive.Add(recordAfter), do: func(ctx context.Context) error {
		_, err := w.office.RecordVisit(ctx, inspections.System, office.VisitRecord{Visit: v.ID, Visited: v.Arrive})
		return err
	}}
	if w.chance.Float64() < w.share {
		e = event{at: v.Arrive.Time, do: func(ctx context.Context) error {
			return w.office.CancelVisit(ctx, inspections.System, v.ID, "simulate")
		}}
	}
	w.agenda = append(w.agenda, e)
	slices.SortStableFunc(w.agenda, func(a, b event) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
}

// week gathers a week that is over.
func (w *world) week(ctx context.Context, week calendar.Week) (finished, error) {
	var f finished
	err := w.InTx(ctx, func(tx scheduler.Tx) (err error) {
		if f.freeze, err = tx.Freeze(week); err != nil {
			return err
		}
		if f.slots, err = tx.Slots(week); err != nil {
			return err
		}
		if f.visits, err = tx.Visits(inspections.VisitFilter{Year: week.Year, Week: week.Number}); err != nil {
			return err
		}
		alarms, err := tx.Obligations(duties.Filter{Kind: duties.Alarm, Subject: scheduler.AlarmWeek + "/" + week.String()})
		f.alarm = len(alarms) == 1 && !alarms[0].Done.IsZero()
		return err
	})
	if err != nil {
		return f, fmt.Errorf("simulate: %s: %w", week, err)
	}
	return f, nil
}

// lastWeek gives the last ISO week of a year.
func lastWeek(isoYear int) calendar.Week {
	return calendar.Week{Year: isoYear + 1, Number: 1}.Add(-1)
}

// proof is a finished week as a stranger gets it.
func (f finished) proof(rows []draw.Row) (draw.Proof, error) {
	proof := draw.NewProof(uint64(county))
	hash, err := draw.ParseHash(f.freeze.Hash)
	if err != nil {
		return proof, fmt.Errorf("simulate: %w", err)
	}
	week := draw.ProofWeek{Freeze: f.freeze.Body, FreezeHash: hash, CoSeed: f.freeze.CoSeed}
	for i, row := range rows {
		week.Slots = append(week.Slots, draw.ProofSlot{Row: row, Link: f.slots[i].Link})
	}
	proof.Weeks = append(proof.Weeks, week)
	return proof, proof.Seal()
}
