package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anfang.example/cmd/anfang/app"
)

const (
	errandEvery = time.Minute
	errandLimit = 10 * time.Minute // of one run; what is left goes with the next
)

// errand is work of the daemon in a goroutine of its own, so that a slow mail server or a large file holds up no
// release. It is done whenever cron has ticked, and every minute.
type errand struct {
	name   string
	work   func(context.Context) error
	log    *slog.Logger
	bell   chan struct{}
	quit   chan struct{}
	over   chan struct{}
	ctx    context.Context // of the run under way
	cancel context.CancelFunc
}

func newErrand(log *slog.Logger, name string, work func(context.Context) error) *errand {
	e := &errand{name: name, work: work, log: log, bell: make(chan struct{}, 1), quit: make(chan struct{}), over: make(chan struct{})}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	return e
}

// wake asks for a run soon; asked twice, one comes.
func (e *errand) wake() {
	select {
	case e.bell <- struct{}{}:
	default:
	}
}

func (e *errand) start() {
	go func() {
		defer close(e.over)
		clock := time.NewTicker(errandEvery)
		defer clock.Stop()
		for {
			select {
			case <-e.quit:
				return
			case <-e.bell:
			case <-clock.C:
			}
			e.run()
		}
	}()
}

// run does the work once. A panic in it is logged and keeps no later run from its work.
func (e *errand) run() {
	defer func() {
		if caught := recover(); caught != nil {
			e.log.Error(e.name, "panic", caught)
		}
	}()
	ctx, cancel := context.WithTimeout(e.ctx, errandLimit)
	defer cancel()
	if err := e.work(ctx); err != nil && !errors.Is(err, context.Canceled) {
		e.log.Error(e.name, "error", err)
	}
}

// stop begins no new run, waits for the one under way until ctx ends and then calls it off; what it had to do stands
// in the outbox or the folder.
func (e *errand) stop(ctx context.Context) {
	close(e.quit)
	defer e.cancel()
	select {
	case <-e.over:
		return
	case <-ctx.Done():
	}
	e.cancel()
	<-e.over
}

// drain tries once what is due in the outbox.
func drain(ctx context.Context, a *app.App) error {
	report, err := a.Drain(ctx)
	if err == nil && report.Accepted+report.Refused+report.Unknown > 0 {
		a.Log.Info("outbox", "accepted", report.Accepted, "refused", report.Refused, "later", report.Later, "unknown", report.Unknown)
	}
	return err
}
