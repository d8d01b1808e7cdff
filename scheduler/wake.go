package scheduler

import (
	"context"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// overdueAfter is how long after its time an obligation is swept: what is done at 24:00 sharp is in time.
const overdueAfter = time.Second

// NextWake gives the first moment after now at which Tick will have something to do, given that Tick
// has done what is due at now: the next freeze, cut-off, release, week's end, obligation or job. Of a slot
// before its cut-off it tells the cut-off only, which is public; the release of one past it is known to
// this process and must not be stored or shown.
func (s *Scheduler) NextWake(ctx context.Context, now time.Time) (time.Time, error) {
	t := &tick{Scheduler: s, ctx: ctx, now: now}
	if err := t.begin(); err != nil {
		return time.Time{}, err
	}
	next := FreezeTime(FirstWholeWeek(now.Add(7 * 24 * time.Hour)))
	consider := func(at time.Time) {
		if at.After(now) && at.Before(next) {
			next = at
		}
	}
	this := calendar.WeekOf(calendar.DateOf(now))
	consider(FreezeTime(this.Add(1)))
	consider(this.Sunday().End()) // links and floor
	for _, week := range t.weeks {
		if err := t.nextSlot(week, consider); err != nil {
			return time.Time{}, err
		}
	}
	if err := t.nextDuty(consider); err != nil {
		return time.Time{}, err
	}
	for _, job := range s.Jobs {
		for _, due := range job.Due(now, next) {
			consider(due)
		}
	}
	return next, nil
}

// nextSlot considers the cut-off, or past it the release, of a week's first slot without a row, and the
// cut-offs after it.
func (t *tick) nextSlot(week calendar.Week, consider func(time.Time)) error {
	row, slots, err := t.sealed(t.ctx, week)
	if inspections.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	book, err := t.book(row)
	if err != nil {
		return err
	}
	for number := len(slots) + 1; number <= len(book.Slots); number++ {
		cutOff, err := book.Slots[number-1].CutOff(book.LeadMinutes)
		if err != nil {
			return err
		}
		if t.now.Before(cutOff) {
			consider(cutOff)
			return nil
		}
		release, err := t.releaseOf(t.ctx, row, book, slotKey{week, number}, cutOff)
		if err != nil {
			return err
		}
		consider(release)
	}
	return nil
}

// nextDuty considers the times of what is still owed.
func (t *tick) nextDuty(consider func(time.Time)) error {
	return t.view(t.ctx, func(tx Tx) error {
		open, err := tx.Obligations(duties.Filter{Open: true, Unescalated: true})
		if err != nil {
			return err
		}
		for _, o := range open {
			if !o.Due.IsZero() && o.Kind != duties.Alarm {
				consider(o.Due.Add(overdueAfter))
			}
		}
		return nil
	})
}
