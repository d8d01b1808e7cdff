package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"anfang.example/inspections/calendar"
)

// everyMinute wakes Tick; what is due stands in the database, so a wake that is skipped costs nothing.
const everyMinute = "* * * * *"

// Cron wakes Tick every minute. A tick that still runs is not started again, and a panic in one does not
// keep the next from running.
type Cron struct {
	tick   func(context.Context, time.Time) (Report, error)
	now    func() time.Time
	log    *slog.Logger
	after  func(Report, error)
	cron   *cron.Cron
	job    cron.Job
	ctx    context.Context
	cancel context.CancelFunc
	runs   sync.WaitGroup
}

// NewCron makes a cron that calls s.Tick with now(). after, if not nil, gets what each tick brought, for
// metrics; the cron itself logs its errors.
func NewCron(s *Scheduler, now func() time.Time, after func(Report, error)) *Cron {
	return newCron(s.Tick, now, s.log(), after)
}

func newCron(tick func(context.Context, time.Time) (Report, error), now func() time.Time, log *slog.Logger, after func(Report, error)) *Cron {
	c := &Cron{tick: tick, now: now, log: log, after: after}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	chain := cron.NewChain(cron.SkipIfStillRunning(cronLog{log}), cron.Recover(cronLog{log})) // outside first
	c.job = chain.Then(cron.FuncJob(c.run))
	c.cron = cron.New(cron.WithLocation(calendar.Shanghai), cron.WithLogger(cronLog{log}))
	return c
}

// Start ticks at once, for what was missed while nobody ran, and then every minute.
func (c *Cron) Start() error {
	if _, err := c.cron.AddJob(everyMinute, c.job); err != nil {
		return fmt.Errorf("scheduler: cron: %w", err)
	}
	c.runs.Go(c.job.Run)
	c.cron.Start()
	return nil
}

// Stop starts no more ticks and waits for one under way until ctx ends; then it calls that off and waits
// for its rollback. It gives ctx's error when the tick had to be called off.
func (c *Cron) Stop(ctx context.Context) error {
	scheduled := c.cron.Stop()
	over := make(chan struct{})
	go func() {
		<-scheduled.Done()
		c.runs.Wait()
		close(over)
	}()
	defer c.cancel()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
	}
	c.cancel()
	<-over
	return ctx.Err()
}

func (c *Cron) run() {
	if c.ctx.Err() != nil {
		return
	}
	report, err := c.tick(c.ctx, c.now())
	if err != nil && !errors.Is(err, context.Canceled) {
		c.log.Error("tick", "error", err)
	}
	if c.after != nil {
		c.after(report, err)
	}
}

// cronLog turns cron's own lines into ours: its errors are recovered panics, the rest is noise.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(string, ...any) {}

func (l cronLog) Error(err error, msg string, _ ...any) {
	l.log.Error("tick", "error", err, "what", msg)
}
