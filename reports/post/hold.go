package post

import (
	"fmt"
	"strings"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// held looks whether a queued letter may be tried at all now. It settles or puts off the letter and reports
// true when its clock is over, when nobody is at its address, or when its reader should not be woken.
func (o *Outbox) held(tx Tx, l inspections.Letter, r *Report) (bool, error) {
	end, err := deadline(l)
	if err != nil {
		return false, err
	}
	if !end.IsZero() && o.Now().After(end) {
		if l.AnsweredBy(inspections.AnswerDoubted) { // it may well have arrived
			r.Unknown++
			return true, o.end(tx, l, inspections.LetterUnknown, l.Answer)
		}
		r.Refused++
		return true, o.tooLate(tx, l, end)
	}
	// Who is on standby is written to at any price: a try at a dead address costs nothing, a lost go a visit.
	if !l.Kind.Assignment() {
		stop, err := tx.DeadAddress(l.Email)
		if err == nil {
			r.Refused++
			return true, o.end(tx, l, inspections.LetterRefused, answerOf(inspections.Fail(inspections.Conflict, inspections.AnswerStopped,
				"address", l.Email, "since", stop.Since, "answer", stop.Answer)))
		}
		if !inspections.IsNotFound(err) {
			return false, err
		}
	}
	until, err := o.quiet(tx, l)
	if err != nil || until.IsZero() {
		return false, err
	}
	if !end.IsZero() && until.After(end.Add(-time.Hour)) {
		return false, nil // to be woken is better than to be late
	}
	r.Held++
	l.Answer = answerOf(inspections.Fail(inspections.Busy, inspections.AnswerQuiet, "until", calendar.InstantOf(until)))
	l.NextTry = calendar.InstantOf(until)
	return true, tx.SaveLetter(l)
}

// quiet gives the end of the reader's quiet hours; zero when they do not hold the letter.
func (o *Outbox) quiet(tx Tx, l inspections.Letter) (time.Time, error) {
	if l.Urgent() {
		return time.Time{}, nil
	}
	role, err := roleOf(tx, l.To)
	if err != nil || role == "" {
		return time.Time{}, err
	}
	all, err := tx.Settings()
	if err != nil {
		return time.Time{}, fmt.Errorf("post: settings: %w", err)
	}
	hours, ok := inspections.SettingsOn(all, calendar.DateOf(o.Now())).Quiet(role)
	if !ok {
		return time.Time{}, nil
	}
	until, _ := hours.End(o.Now())
	return until, nil
}

// roleOf says as what a reader is written to; "" as nobody in particular. A member's letter opens at the unit.
func roleOf(tx Tx, p inspections.Party) (inspections.Role, error) {
	switch p.Kind {
	case inspections.PartyInspector:
		return inspections.RoleInspector, nil
	case inspections.PartyTownship:
		return inspections.RoleTownship, nil
	case inspections.PartyUnit, inspections.PartyMember:
		return inspections.RoleUnit, nil
	case inspections.PartyOfficial:
		u, err := tx.User(inspections.UserID(p.ID))
		if inspections.IsNotFound(err) {
			return "", nil
		}
		return u.Role, err
	}
	return "", nil
}

// deadline gives the end of the letter's clock. A person who asks for a letter after its clock was over
// knows that, and the letter has all the time there is.
func deadline(l inspections.Letter) (time.Time, error) {
	end, err := l.Deadline()
	if err != nil || end.IsZero() || l.Asked.After(end.Time) {
		return time.Time{}, err
	}
	return end.Time, nil
}

// tooLate ends a letter whose clock ran out before the server took it.
func (o *Outbox) tooLate(tx Tx, l inspections.Letter, end time.Time) error {
	return o.end(tx, l, inspections.LetterRefused, answerOf(inspections.Fail(inspections.Conflict, inspections.AnswerTooLate,
		"end", calendar.InstantOf(end), "answer", l.Answer)))
}

// wait gives how long a letter waits after a try that was put off, and false when its time is over: with a
// clock, that of the clock, and the pauses shrink towards it; without one, five days.
func (o *Outbox) wait(l inspections.Letter, end time.Time) (time.Duration, bool) {
	now := o.Now()
	pause := backOff[min(max(l.Tries, 1), len(backOff))-1]
	if end.IsZero() {
		since := l.Created.Time
		if l.Asked.After(since) {
			since = l.Asked.Time
		}
		return pause, now.Sub(since) <= maxAge || l.Tries <= 1
	}
	left := end.Sub(now)
	if left <= 0 {
		return 0, false
	}
	return min(pause, max(left/2, time.Minute), left), true
}

// slow reports a letter with a clock that has used up half of it.
func (o *Outbox) slow(l inspections.Letter, end time.Time) bool {
	since := l.Created.Time
	if l.Asked.After(since) {
		since = l.Asked.Time
	}
	return !end.IsZero() && o.Now().Sub(since) >= end.Sub(since)/2
}

// stop keeps an address of which the server said that nobody is there.
func (o *Outbox) stop(tx Tx, l inspections.Letter, answer string) error {
	if _, err := tx.DeadAddress(l.Email); !inspections.IsNotFound(err) {
		return err
	}
	return tx.AddDeadAddress(&inspections.DeadAddress{
		Address: strings.ToLower(l.Email), Letter: l.ID, Answer: kept(answer), Since: calendar.InstantOf(o.Now()),
	})
}

// revive lifts the stop of an address that took a letter after all. Where a notice caused the stop it stays: the server
// that takes our letters takes those, too.
func (o *Outbox) revive(tx Tx, l inspections.Letter) error {
	stop, err := tx.DeadAddress(l.Email)
	if inspections.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if stop.ByNotice() {
		return nil
	}
	stop.Lifted, stop.LiftedBy = calendar.InstantOf(o.Now()), inspections.System.Ref()
	return tx.SaveDeadAddress(stop)
}
