package duties

import (
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Stage is how near its end an obligation is when somebody is reminded of it (催办), or that it was
// handed to a higher person (提级督办). Words: "stage."+stage.
type Stage string

// The stages, in the order in which an obligation goes through them.
const (
	StageBefore Stage = "before" // its end is near
	StageAt     Stage = "at"     // its last day
	StageAfter  Stage = "after"  // over; told again each week, four times in all
	StageRaised Stage = "raised" // told to a higher person
)

// Reminder is one time that somebody was reminded of an obligation. An obligation is reminded of once for
// each stage, round, end and reader, so that an extended clock reminds anew and a job done twice does not.
type Reminder struct {
	Obligation inspections.ObligationID `json:"obligation" db:"obligation_id"`
	Stage      Stage                    `json:"stage" db:"stage"`
	Round      int                      `json:"round" db:"round"` // of after: 0 the first day, 1 a week later
	Due        calendar.Instant         `json:"due" db:"due_at"`  // the end it spoke of
	Reader     string                   `json:"reader" db:"reader"`
	Name       string                   `json:"name" db:"name"` // as written to
	Letter     string                   `json:"letter" db:"letter_key"`
	At         calendar.Instant         `json:"at" db:"at"`
}

const (
	againDays = 7 // between two reminders of what is over
	rounds    = 4
)

// Last gives the last day on which it is in time: an end at 24:00 belongs to the day that ends.
func (o Obligation) Last() calendar.Date { return calendar.DateOf(o.Due.Add(-time.Nanosecond)) }

// StageOn says of what stage somebody is to be reminded on a day, and in which round; false for what is
// done, has no end yet, or needs no word on that day. ahead is how many days before the last one the
// first word comes. What comes round each day or week is not told before its last day: whoever owes it
// knows.
func (o Obligation) StageOn(day calendar.Date, ahead int) (Stage, int, bool) {
	if !o.Open() || o.Due.IsZero() || o.Kind == Alarm {
		return "", 0, false
	}
	last := o.Last()
	switch {
	case day == last:
		return StageAt, 0, true
	case day > last:
		round := (int(day) - int(last) - 1) / againDays
		return StageAfter, round, round < rounds
	case day < last.Add(-ahead) || o.routine():
		return "", 0, false
	}
	return StageBefore, 0, true
}

// RaisedOn reports whether on a day it has been over long enough to be handed to a higher person.
func (o Obligation) RaisedOn(day calendar.Date, after int) bool {
	return o.Open() && !o.Due.IsZero() && o.Kind != Alarm && int(day)-int(o.Last()) >= after
}

// routine reports whether it comes round each day or week.
func (o Obligation) routine() bool {
	if o.Subject != "" {
		return false
	}
	first, last, ok := PeriodSpan(o.Period)
	return ok && int(last)-int(first) < againDays
}

// RemindTx keeps who was reminded of what.
type RemindTx interface {
	// AddReminder writes one; false when it stands already.
	AddReminder(Reminder) (bool, error)
	// Reminders lists those of an obligation, oldest first.
	Reminders(inspections.ObligationID) ([]Reminder, error)
}
