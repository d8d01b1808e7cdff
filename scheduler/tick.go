package scheduler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

// Tick does everything that is due at now and not yet done: check values, sealing of weeks, slots, links,
// the week's floor, what is overdue, jobs. It makes good what was missed while nobody ticked, does
// nothing twice and nothing early. now is the business clock of the transactions. One step's failure does
// not keep the others from their work; all errors come joined.
func (s *Scheduler) Tick(ctx context.Context, now time.Time) (Report, error) {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	t := &tick{Scheduler: s, ctx: ctx, now: now, anchored: map[int]error{}}
	if err := t.beginSet(); err != nil {
		return t.report, err
	}
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"check values", t.keepAnchors},
		{"freeze", t.freezeWeeks},
		{"slots", t.settleWeeks},
		{"links", t.revealWeeks},
		{"week", t.watchWeeks},
		{"sweep", t.sweep},
		{"jobs", t.runJobs},
	} {
		if err := ctx.Err(); err != nil {
			t.fail("tick", err)
			break
		}
		if err := step.run(); err != nil {
			t.fail(step.name, err)
		}
	}
	return t.report, errors.Join(t.faults...)
}

// tick is one run of Tick.
type tick struct {
	*Scheduler
	ctx      context.Context
	now      time.Time
	first    calendar.Week   // first week whose floor counts; zero: the county has no teams yet
	unset    bool            // there are teams and the first week is still to be set
	since    time.Time       // when the county was set up; jobs never run before begin there
	weeks    []calendar.Week // weeks from first on that are not finished, sealed or due to be sealed
	anchored map[int]error   // by ISO year: whether the key fits the recorded check value
	report   Report
	faults   []error
	told     []string // alarms of the transaction under way
}

func (t *tick) fail(step string, err error) {
	t.faults = append(t.faults, fmt.Errorf("scheduler: %s: %w", step, err))
}

// beginSet begins and, where it is still open, sets the first week that counts.
func (t *tick) beginSet() error {
	if err := t.begin(); err != nil || !t.unset {
		return err
	}
	if err := t.setFirstWeek(); err != nil {
		return fmt.Errorf("scheduler: first week: %w", err)
	}
	return t.begin()
}

// begin reads where the county stands. The first whole ISO week after init is the first that counts.
func (t *tick) begin() error {
	err := t.view(t.ctx, func(tx Tx) error {
		t.unset = false
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		t.since = t.now
		for _, set := range all {
			if set.Recorded.Before(t.since) {
				t.since = set.Recorded.Time
			}
		}
		text := inspections.SettingsOn(all, calendar.DateOf(t.now))[inspections.SetFirstWeek]
		if text == "" {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			t.unset = len(roster.TeamsOn(calendar.DateOf(t.now))) > 0
			return nil
		}
		if t.first, err = calendar.ParseWeek(text); err != nil {
			return err
		}
		t.weeks, err = t.openWeeks(tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("scheduler: begin: %w", err)
	}
	return nil
}

func (t *tick) setFirstWeek() error {
	return t.InTx(t.ctx, func(tx Tx) error {
		today := calendar.DateOf(t.now)
		values, err := settingsOn(tx, today)
		if err != nil || values[inspections.SetFirstWeek] != "" {
			return err
		}
		return setWeek(tx, inspections.SetFirstWeek, FirstWholeWeek(t.now), today)
	})
}

// FirstWholeWeek gives the first whole ISO week from now on: the first in which the floor of two counts.
func FirstWholeWeek(now time.Time) calendar.Week {
	week := calendar.WeekOf(calendar.DateOf(now))
	if now.After(week.Monday().Start()) {
		week = week.Add(1)
	}
	return week
}

// setWeek records a setting that is a week.
func setWeek(tx Tx, key string, week calendar.Week, from calendar.Date) error {
	set := inspections.Setting{Key: key, Value: week.String(), From: from, Recorded: tx.Now()}
	if err := tx.AddSetting(set); err != nil {
		return err
	}
	return record(tx, inspections.System, "setting.set", "setting/"+key, set)
}

// openWeeks lists, ascending, the weeks that may need work: back from now to the latest finished one,
// since weeks finish in order.
func (t *tick) openWeeks(tx Tx) ([]calendar.Week, error) {
	var weeks []calendar.Week
	week := calendar.WeekOf(calendar.DateOf(t.now))
	if next := week.Add(1); !t.now.Before(FreezeTime(next)) {
		week = next
	}
	for ; !week.Before(t.first); week = week.Add(-1) {
		finished, err := t.finished(tx, week)
		if err != nil {
			return nil, err
		}
		if finished {
			break
		}
		weeks = append([]calendar.Week{week}, weeks...)
	}
	return weeks, nil
}

// finished reports whether every slot of a sealed week has its row and its published link.
func (t *tick) finished(tx Tx, week calendar.Week) (bool, error) {
	row, err := tx.Freeze(week)
	if inspections.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	book, err := t.book(row)
	if err != nil {
		return false, err
	}
	slots, err := tx.Slots(week)
	if err != nil || len(slots) < len(book.Slots) {
		return false, err
	}
	for _, slot := range slots {
		if slot.Link == "" {
			return false, nil
		}
	}
	return true, nil
}

// record writes one line of the journal.
func record(tx Tx, by inspections.Actor, kind, subject string, body any) error {
	_, err := journal.Append(tx, journal.Entry{Kind: kind, Actor: by.Ref(), Subject: subject, Body: body})
	return err
}
