package scheduler

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/scheduler/draw"
)

// watchWeeks settles the weeks that have their two visits and warns of one that cannot reach them any
// more, while there is still time for a person to act.
func (t *tick) watchWeeks() error {
	return t.eachDuty(duties.Filter{Kind: duties.WeeklyVisits, Open: true}, func(tx Tx, o duties.Obligation, act bool) (bool, error) {
		week, err := calendar.ParseWeek(o.Period)
		if err != nil {
			return false, err
		}
		done, err := completedIn(tx, week)
		if err != nil {
			return false, err
		}
		if len(done) >= draw.Floor {
			if act {
				return true, duties.Fulfil(tx, duties.Filter{Kind: o.Kind, Period: o.Period}, "week/"+o.Period)
			}
			return true, nil
		}
		if o.Overdue(calendar.InstantOf(t.now)) {
			return false, nil // the sweep's part
		}
		if inDanger, err := t.inDanger(tx, week, len(done)); err != nil || !inDanger {
			return false, err
		}
		danger := weekAlarm(AlarmWeekDanger, week)
		warned, err := tx.Obligations(duties.Filter{Kind: duties.Alarm, Period: o.Period, Subject: danger.subject()})
		if err != nil || len(warned) > 0 || !act {
			return len(warned) == 0, err
		}
		return true, t.tell(tx, danger)
	})
}

// inDanger reports whether visits made, visits on their way and slots to come cannot make two, in a week
// that is sealed and has no exception.
func (t *tick) inDanger(tx Tx, week calendar.Week, done int) (bool, error) {
	row, err := tx.Freeze(week)
	if inspections.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if _, err := tx.Exception(week); !inspections.IsNotFound(err) {
		return false, err
	}
	book, err := t.book(row)
	if err != nil {
		return false, err
	}
	slots, err := tx.Slots(week)
	if err != nil {
		return false, err
	}
	released, err := tx.Visits(inspections.VisitFilter{
		Kind: inspections.VisitRandom, State: inspections.VisitReleased, Year: week.Year, Week: week.Number,
	})
	return done+len(released)+len(book.Slots)-len(slots) < draw.Floor, err
}

// sweep hands everything overdue to a named person, once. A week with an exception signed before it is
// settled by that instead.
func (t *tick) sweep() error {
	now := calendar.InstantOf(t.now)
	err := t.eachDuty(duties.Filter{Open: true, Unescalated: true, DueBy: now}, func(tx Tx, o duties.Obligation, act bool) (bool, error) {
		if o.Kind == duties.Alarm || !o.Overdue(now) {
			return false, nil
		}
		if !act {
			return true, nil
		}
		if o.Kind == duties.WeeklyVisits {
			excepted, err := settleByException(tx, o)
			if excepted || err != nil {
				return true, err
			}
		}
		o.Escalated = tx.Now()
		if err := tx.SaveObligation(o); err != nil {
			return true, err
		}
		return true, t.tell(tx, overdueAlarm(o))
	})
	if err != nil {
		return err
	}
	return t.tellOpenAlarms()
}

// settleByException ends a week's duty by the exception signed before the week began.
func settleByException(tx Tx, o duties.Obligation) (bool, error) {
	week, err := calendar.ParseWeek(o.Period)
	if err != nil {
		return false, err
	}
	exception, err := tx.Exception(week)
	if inspections.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	o.Done, o.DoneRef, o.Reason = tx.Now(), "exception/"+o.Period, exception.Reason
	if err := tx.SaveObligation(o); err != nil {
		return false, err
	}
	return true, record(tx, inspections.System, "week.excepted", "week/"+o.Period, map[string]any{"exception": o.DoneRef})
}

// tellOpenAlarms tells alarms that arose while there was nobody to tell.
func (t *tick) tellOpenAlarms() error {
	waiting := duties.Filter{Kind: duties.Alarm, Open: true}
	return t.eachDuty(waiting, func(tx Tx, o duties.Obligation, act bool) (bool, error) {
		users, err := anybody(tx)
		if err != nil || len(users) == 0 || !act {
			return len(users) > 0, err
		}
		return true, t.tell(tx, openAlarm(o))
	})
}

// eachDuty looks at the duties of a filter in a reading transaction and, only when one of them needs
// something, does it in a writing one. do gives whether there is or was something to do.
func (t *tick) eachDuty(f duties.Filter, do func(tx Tx, o duties.Obligation, act bool) (bool, error)) error {
	pass := func(act bool) (needed bool, err error) {
		run := t.view
		if act {
			run = t.InTx
		}
		err = run(t.ctx, func(tx Tx) error {
			t.told, needed = nil, false
			list, err := tx.Obligations(f)
			if err != nil {
				return err
			}
			for _, o := range list {
				something, err := do(tx, o, act)
				if err != nil {
					return err
				}
				needed = needed || something
			}
			return nil
		})
		return needed, err
	}
	needed, err := pass(false)
	if err != nil || !needed {
		return err
	}
	if _, err := pass(true); err != nil {
		return err
	}
	t.reportAlarms()
	return nil
}
