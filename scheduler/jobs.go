package scheduler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// lookBack bounds how far back a job's nominal times are made good.
const lookBack = 40 * 24 * time.Hour

// Job is something another room wants done at nominal times. The daemon, `anfang run` and the demo run
// the same code.
type Job struct {
	Name string
	// Due lists the nominal times in (after, until], ascending.
	Due func(after, until time.Time) []time.Time
	// Run does the work for one nominal time in a transaction of its own making, whatever that holds,
	// and calls once inside it, first: false means that the run stands already and nothing is to be
	// done. So the work and its line in the run ledger stand together or not at all.
	Run func(ctx context.Context, due time.Time, once Once) error
}

// Once writes the run into the caller's transaction; false when it was done before.
type Once func(Runs) (bool, error)

// RunJob runs one job for a nominal time, once. It gives whether the work was done now. Errors: kind
// NotFound, key "job.unknown"; Conflict, key "job.early" for a time still to come.
func (s *Scheduler) RunJob(ctx context.Context, name string, due, now time.Time) (bool, error) {
	for _, job := range s.Jobs {
		if job.Name != name {
			continue
		}
		if due.After(now) {
			return false, inspections.Fail(inspections.Conflict, "job.early", "job", name, "due", calendar.InstantOf(due))
		}
		return runJob(ctx, job, due)
	}
	known := make([]string, len(s.Jobs))
	for i, job := range s.Jobs {
		known[i] = job.Name
	}
	return false, inspections.Fail(inspections.NotFound, "job.unknown", "job", name, "known", known)
}

// runJob runs one job for one nominal time. A panic in it is its error and nobody else's.
func runJob(ctx context.Context, job Job, due time.Time) (first bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			first, err = false, fmt.Errorf("job %s: panic: %v", job.Name, p)
		}
	}()
	asked := false
	err = job.Run(ctx, due, func(tx Runs) (bool, error) {
		asked = true
		var err error
		first, err = tx.AddRun(inspections.Run{Job: job.Name, Due: calendar.InstantOf(due), Done: tx.Now()})
		return first, err
	})
	if err == nil && !asked {
		err = errors.New("did not write its run")
	}
	if err != nil {
		return false, fmt.Errorf("job %s of %s: %w", job.Name, calendar.InstantOf(due).Text(), err)
	}
	return first, nil
}

// runJobs does each job for every nominal time since its last run, oldest first. One that fails is tried
// again at the next tick and keeps no other from running.
func (t *tick) runJobs() error {
	var faults []error
	for _, job := range t.Jobs {
		after, err := t.lastDue(job)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		for _, due := range job.Due(after, t.now) {
			if !due.After(after) || due.After(t.now) {
				continue // a job may list more than it was asked for
			}
			done, err := runJob(t.ctx, job, due)
			if err != nil {
				faults = append(faults, err)
				break
			}
			if done {
				t.report.Jobs = append(t.report.Jobs, JobRun{job.Name, due})
				t.log().Info("job done", "job", job.Name, "due", calendar.InstantOf(due).Text())
			}
		}
	}
	return errors.Join(faults...)
}

// lastDue gives the moment after which a job's nominal times are still open: its last run or, when it
// never ran, the day the county was set up, and never more than the look-back.
func (t *tick) lastDue(job Job) (time.Time, error) {
	after := t.since
	err := t.view(t.ctx, func(tx Tx) error {
		last, err := tx.LastRun(job.Name)
		if err == nil {
			after = last.Due.Time
		}
		if inspections.IsNotFound(err) {
			return nil
		}
		return err
	})
	return latest(after, t.now.Add(-lookBack)), err
}

// Daily gives every day at hour and minute, Asia/Shanghai.
func Daily(hour, minute int) func(after, until time.Time) []time.Time {
	return days(hour, minute, func(calendar.Date) bool { return true })
}

// Monthly gives a day of every month at hour and minute, Asia/Shanghai; months that are shorter give
// their last day.
func Monthly(day, hour, minute int) func(after, until time.Time) []time.Time {
	return days(hour, minute, func(d calendar.Date) bool {
		month := calendar.MonthOf(d)
		return d == month.First().Add(min(day, month.Days())-1)
	})
}

func days(hour, minute int, is func(calendar.Date) bool) func(after, until time.Time) []time.Time {
	return func(after, until time.Time) []time.Time {
		var times []time.Time
		for d := calendar.DateOf(after); ; d = d.Add(1) {
			at := d.At(hour, minute)
			if at.After(until) {
				return times
			}
			if at.After(after) && is(d) {
				times = append(times, at)
			}
		}
	}
}
