package app

import (
	"context"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

// The names of the jobs, for `anfang run`.
const (
	JobDraft    = "bulletin.draft"
	JobIssue    = "bulletin.issue"
	JobDuties   = "duties.keep"   // what the catalog owes, each morning
	JobDigest   = "digest.daily"  // 3.7, each evening
	JobRemind   = "duties.remind" // what is theirs, to everybody, each morning
	JobLastCall = "duties.last"   // what ends today, each afternoon
	JobUnread   = "mail.unread"   // start notices that nobody confirmed, each morning
)

// jobs are what other rooms want done at nominal times; each does its work and its run row in one
// transaction.
func (a *App) jobs() []scheduler.Job {
	return []scheduler.Job{
		{Name: JobDraft, Due: a.draftTimes, Run: a.inRun(a.draft)},
		{Name: JobIssue, Due: scheduler.Daily(8, 30), Run: a.inRun(func(ctx context.Context, tx *store.Tx, _ time.Time) error {
			_, err := a.Press.IssueStanding(ctx, tx)
			return err
		})},
		{Name: JobDuties, Due: scheduler.Daily(0, 10), Run: a.inRun(func(_ context.Context, tx *store.Tx, due time.Time) error {
			if a.Years != nil {
				if err := a.Years(); err != nil {
					return err
				}
			}
			if _, err := office.SettleClocks(tx, inspections.System, a.Calendar); err != nil {
				return err
			}
			_, err := office.KeepDuties(tx, duties.Catalog(), calendar.DateOf(due))
			return err
		})},
		{Name: JobDigest, Due: scheduler.Daily(20, 0), Run: a.inRun(func(_ context.Context, tx *store.Tx, due time.Time) error {
			return office.SendDigest(tx, calendar.DateOf(due))
		})},
		{Name: JobRemind, Due: scheduler.Daily(8, 5), Run: a.inRun(func(_ context.Context, tx *store.Tx, due time.Time) error {
			return office.Remind(tx, duties.Catalog(), calendar.DateOf(due), true)
		})},
		{Name: JobLastCall, Due: scheduler.Daily(16, 30), Run: a.inRun(func(_ context.Context, tx *store.Tx, due time.Time) error {
			return office.Remind(tx, duties.Catalog(), calendar.DateOf(due), false)
		})},
		{Name: JobUnread, Due: scheduler.Daily(9, 0), Run: a.inRun(func(_ context.Context, tx *store.Tx, due time.Time) error {
			return office.RemindOfReceipts(tx, due)
		})},
	}
}

func (a *App) inRun(work func(context.Context, *store.Tx, time.Time) error) func(context.Context, time.Time, scheduler.Once) error {
	return func(ctx context.Context, due time.Time, once scheduler.Once) error {
		return a.Store.InTx(ctx, func(tx *store.Tx) error {
			if fresh, err := once(tx); err != nil || !fresh {
				return err
			}
			return work(ctx, tx, due)
		})
	}
}

// draftTimes follows the settings in force, default the 6th at 08:00.
func (a *App) draftTimes(after, until time.Time) []time.Time {
	set, err := a.Settings(context.Background())
	if err != nil {
		a.Log.Error("settings unreadable, taking the defaults", "job", JobDraft, "error", err)
		set = inspections.SettingsOn(nil, calendar.DateOf(until))
	}
	return scheduler.Monthly(set.Int(inspections.SetDraftDay), set.Int(inspections.SetDraftHour), 0)(after, until)
}

// draft drafts the month before; a month in which no week was sealed has nothing to report.
func (a *App) draft(_ context.Context, tx *store.Tx, due time.Time) error {
	month := calendar.MonthOf(calendar.DateOf(due)).Add(-1)
	freezes, err := tx.Freezes()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(freezes, func(f inspections.Freeze) bool { return f.ISOWeek().Month() == month }) {
		return nil
	}
	_, err = a.Press.DraftIn(tx, inspections.System, month)
	return err
}
