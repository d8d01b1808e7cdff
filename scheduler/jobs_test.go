package scheduler_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

// draft is a job whose effect is one setting, so that work and run can be seen together.
func (w *world) draft(fault *error) scheduler.Job {
	return scheduler.Job{
		Name: "draft", Due: scheduler.Monthly(6, 8, 0),
		Run: func(ctx context.Context, due time.Time, once scheduler.Once) error {
			return w.store.InTx(ctx, func(tx *store.Tx) error {
				first, err := once(tx)
				if err != nil || !first {
					return err
				}
				if err := tx.AddSetting(inspections.Setting{Key: inspections.SetContact, Value: due.In(calendar.Shanghai).Format(time.RFC3339), From: 1, Recorded: tx.Now()}); err != nil {
					return err
				}
				if fault != nil {
					return *fault
				}
				return nil
			})
		},
	}
}

func (w *world) drafts() (list []string) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) error {
		all, err := tx.Settings()
		for _, set := range all {
			if set.Key == inspections.SetContact {
				list = append(list, set.Value)
			}
		}
		return err
	})
	return list
}

func TestJobs(t *testing.T) {
	t.Parallel()
	sixth := calendar.NewDate(2025, 3, 6).At(8, 0)

	t.Run("stopped over the 6th at 08:00 and started on the 7th drafts once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.Jobs = []scheduler.Job{w.draft(nil)}
		w.at(start)
		w.at(sixth.Add(-time.Hour))
		again := w.process(key(1)) // started anew on the 7th
		again.Jobs = w.Jobs
		w.Scheduler = again
		report := w.at(sixth.AddDate(0, 0, 1))
		if len(report.Jobs) != 1 || !report.Jobs[0].Due.Equal(sixth) {
			t.Errorf("got %v", report.Jobs)
		}
		if got := w.at(sixth.AddDate(0, 0, 2)); len(got.Jobs) != 0 {
			t.Errorf("again: %v", got.Jobs)
		}
		if got, want := w.drafts(), []string{"2025-03-06T08:00:00+08:00"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	t.Run("does not make good what was due before the county was set up", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.Jobs = []scheduler.Job{w.draft(nil)}
		w.clock.set(sixth.Add(time.Hour))
		w.at(sixth.Add(time.Hour))
		if got := w.drafts(); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	})
	t.Run("makes good every month, but no more than forty days back", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.Jobs = []scheduler.Job{w.draft(nil)}
		w.at(start)
		w.at(calendar.NewDate(2025, 7, 10).At(9, 0))
		if got, want := w.drafts(), []string{"2025-06-06T08:00:00+08:00", "2025-07-06T08:00:00+08:00"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	t.Run("that fails leaves nothing, keeps no other from running, and is tried again", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		fault := errors.New("no paper")
		other := 0
		w.Jobs = []scheduler.Job{w.draft(&fault), {
			Name: "panics", Due: scheduler.Daily(9, 0),
			Run: func(context.Context, time.Time, scheduler.Once) error { panic("at the disco") },
		}, {
			Name: "other", Due: scheduler.Daily(9, 0),
			Run: func(ctx context.Context, _ time.Time, once scheduler.Once) error {
				return w.store.InTx(ctx, func(tx *store.Tx) error {
					_, err := once(tx)
					other++
					return err
				})
			},
		}}
		w.at(freezeAt.AddDate(0, 0, -1).Add(-24 * time.Hour))
		w.clock.set(sixth)
		if _, err := w.Tick(t.Context(), sixth); !errors.Is(err, fault) {
			t.Errorf("got %v, want %v", err, fault)
		}
		if got := w.drafts(); len(got) != 0 || other == 0 {
			t.Errorf("got drafts %v and %d other runs", got, other)
		}
		fault = nil
		w.Jobs = append(w.Jobs[:1], w.Jobs[2])
		if report := w.at(sixth.Add(time.Minute)); len(report.Jobs) != 1 || len(w.drafts()) != 1 {
			t.Errorf("got %v and %v", report.Jobs, w.drafts())
		}
	})
	t.Run("run by hand is the same run", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.Jobs = []scheduler.Job{w.draft(nil)}
		w.at(start)
		now := sixth.Add(time.Hour)
		w.clock.set(now)
		for i, want := range []bool{true, false} {
			if got, err := w.RunJob(t.Context(), "draft", sixth, now); err != nil || got != want {
				t.Errorf("time %d: got %v, %v, want %v", i+1, got, err, want)
			}
		}
		if report := w.at(now); len(report.Jobs) != 0 || len(w.drafts()) != 1 {
			t.Errorf("got %v and %v", report.Jobs, w.drafts())
		}
		_, err := w.RunJob(t.Context(), "draft", now.AddDate(0, 1, 0), now)
		wantKey(t, err, "job.early")
		_, err = w.RunJob(t.Context(), "nothing", sixth, now)
		wantKey(t, err, "job.unknown")
	})
	t.Run("wake the clock at their times", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{teams: -1})
		w.Jobs = []scheduler.Job{w.draft(nil)}
		now := calendar.NewDate(2025, 3, 5).At(12, 0)
		w.clock.set(now)
		if got, err := w.NextWake(t.Context(), now); err != nil || !got.Equal(sixth) {
			t.Errorf("got %s, %v, want %s", got, err, sixth)
		}
	})
}
