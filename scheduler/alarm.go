package scheduler

import (
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/scheduler/draw"
)

// The keys of alarms; words: "alarm."+key. Each names the parameters its words take.
const (
	AlarmWeek       = "weekly_visits" // a week ended below two: week, n
	AlarmWeekDanger = "week_danger"   // what is left cannot bring the week to two: week, n
	AlarmNoPair     = "no_pair"       // a drawn team, and nobody on standby may go: slot
	AlarmSlotMissed = "slot_missed"   // releases passed while nobody ran; the first of them: slot
	AlarmFewSlots   = "few_slots"     // a week's slots cannot hold two visits and the buffer: week
	AlarmFreezeLate = "freeze_late"   // a book was sealed after its time: week
	AlarmGuessable  = "guessable"     // people decided so much that visits can be guessed: numbers
	AlarmAborts     = "aborts"        // visits of an inspector or to a unit fall through too often: name, aborted, visits
	AlarmBulletin   = "bulletin_sign" // a draft waits past its time: month
	AlarmOverdue    = "overdue"       // anything else past its time: duty, subject
)

const (
	alarmUnderlying  = "/" // between the key of an alarm and what it is about
	subjectOfSlot    = "slot/"
	subjectOfVisit   = "visit/"
	countOfCompleted = "n"
)

// alarm is what a named person must hear of.
type alarm struct {
	key    string
	about  string // "2025-W11", "slot/2025-W11/5", or for overdue duties "record_visit/visit/7"
	period string
	clause string
	due    calendar.Instant // of what is overdue; zero: none
}

// weekAlarm makes an alarm about a week.
func weekAlarm(key string, week calendar.Week) alarm {
	return alarm{key: key, about: week.String(), period: week.String(), clause: "3.4"}
}

// slotAlarm makes an alarm about a slot.
func slotAlarm(key string, slot slotKey) alarm {
	return alarm{key: key, about: subjectSlot(slot), period: slot.week.String(), clause: "3.4"}
}

// overdueAlarm makes the alarm of an obligation past its time.
func overdueAlarm(o duties.Obligation) alarm {
	a := alarm{period: o.Period, clause: o.Clause, due: o.Due, about: o.Period}
	switch o.Kind {
	case duties.WeeklyVisits:
		a.key = AlarmWeek
	case duties.BulletinSign:
		a.key = AlarmBulletin
	default:
		a.key = AlarmOverdue
		about := o.Subject
		if about == "" {
			about = o.Period
		}
		a.about = string(o.Kind) + alarmUnderlying + about
	}
	return a
}

// openAlarm makes again the alarm of an obligation that nobody could be told.
func openAlarm(o duties.Obligation) alarm {
	return alarm{key: o.Reason, about: strings.TrimPrefix(o.Subject, o.Reason+alarmUnderlying), period: o.Period, clause: o.Clause}
}

// subject names the alarm, so that each is told once.
func (a alarm) subject() string { return a.key + alarmUnderlying + a.about }

// roles says who must hear of it: the leader, and of what concerns the week also the clerk who can act.
func (a alarm) roles() []inspections.Role {
	if a.key == AlarmOverdue || a.key == AlarmBulletin {
		return []inspections.Role{inspections.RoleLeader}
	}
	return []inspections.Role{inspections.RoleLeader, inspections.RoleClerk}
}

// tell raises an alarm and keeps it for the report of the transaction under way.
func (t *tick) tell(tx Tx, a alarm) error {
	told, err := t.raise(tx, a)
	if err == nil && told {
		t.told = append(t.told, a.subject())
	}
	return err
}

// raise tells an alarm to every user of its roles, once, and records to whom. Where nobody has such a
// role and an address, it goes to whoever runs the office; where there is nobody at all it stands open
// and is told as soon as there is somebody. It gives whether it was told now.
func (t *tick) raise(tx Tx, a alarm) (bool, error) {
	o := duties.Obligation{
		Kind: duties.Alarm, Clause: a.clause, Party: inspections.Party{Kind: inspections.PartyCounty},
		Period: a.period, Subject: a.subject(), Started: tx.Now(), Due: tx.Now(), Reason: a.key,
	}
	fresh, err := tx.AddObligation(&o)
	if err != nil {
		return false, err
	}
	if !fresh {
		open, err := tx.Obligations(duties.Filter{Kind: duties.Alarm, Period: o.Period, Subject: o.Subject, Open: true})
		if err != nil || len(open) == 0 {
			return false, err
		}
		o = open[0]
	}
	users, err := people(tx, a.roles()...)
	if err == nil && len(users) == 0 {
		users, err = anybody(tx)
	}
	if err != nil {
		return false, err
	}
	args, err := t.alarmArgs(tx, a)
	if err != nil {
		return false, err
	}
	told := []int64{}
	for _, u := range users {
		if err := writeToUser(tx, inspections.LetterAlarm, "alarm/"+o.Subject, args, u); err != nil {
			return false, err
		}
		told = append(told, int64(u.ID))
	}
	if fresh || len(told) > 0 {
		body := map[string]any{"key": a.key, "told": told}
		if err := record(tx, inspections.System, "alarm.raised", "alarm/"+o.Subject, body); err != nil {
			return false, err
		}
	}
	if len(told) == 0 {
		return false, nil
	}
	o.Done, o.DoneRef = tx.Now(), fmt.Sprintf("user/%d", told[0])
	return true, tx.SaveObligation(o)
}

// anybody lists who runs the office.
func anybody(tx Tx) ([]inspections.User, error) {
	return people(tx, inspections.RoleLeader, inspections.RoleClerk, inspections.RoleAdmin)
}

// alarmArgs gives what the letter says. Weeks, months and moments stand as text that the words turn into
// those of a language: "2025-W11", "2025-03", and a slot as the start of its window.
func (t *tick) alarmArgs(tx Tx, a alarm) (inspections.AlarmArgs, error) {
	args := inspections.AlarmArgs{Key: a.key, Params: map[string]string{}, Clause: a.clause, Due: a.due, Path: "/week"}
	switch a.key {
	case AlarmWeek, AlarmWeekDanger:
		week, err := calendar.ParseWeek(a.period)
		if err != nil {
			return args, err
		}
		done, err := completedIn(tx, week)
		if err != nil {
			return args, err
		}
		args.Params["week"], args.Params[countOfCompleted] = a.period, fmt.Sprint(len(done))
	case AlarmFewSlots, AlarmFreezeLate:
		args.Params["week"] = a.period
	case AlarmNoPair, AlarmSlotMissed:
		start, err := t.startOf(tx, a)
		if err != nil {
			return args, err
		}
		args.Params["slot"] = start.Text()
	case AlarmGuessable, AlarmAborts:
		args.Path = "/weights"
		return args, t.patternArgs(tx, a, args.Params)
	case AlarmBulletin:
		args.Params["month"], args.Path = a.period, "/bulletins/"+a.period
	default:
		kind, about, _ := strings.Cut(a.about, alarmUnderlying)
		args.Params["duty"], args.Params["subject"], args.Path = kind, about, "/duties"
		if id, isVisit := strings.CutPrefix(about, subjectOfVisit); isVisit {
			args.Path = "/visits/" + id
		} else if kind == string(duties.Bulletin) {
			args.Path = "/bulletins/" + a.period
		}
	}
	return args, nil
}

// startOf gives the start of the window of the slot an alarm is about.
func (t *tick) startOf(tx Tx, a alarm) (calendar.Instant, error) {
	week, err := calendar.ParseWeek(a.period)
	if err != nil {
		return calendar.Instant{}, err
	}
	var number int
	if _, err := fmt.Sscanf(a.about, subjectOfSlot+a.period+"/%d", &number); err != nil {
		return calendar.Instant{}, fmt.Errorf("alarm about %q: %w", a.about, err)
	}
	row, err := tx.Freeze(week)
	if err != nil {
		return calendar.Instant{}, err
	}
	book, err := t.book(row)
	if err != nil {
		return calendar.Instant{}, err
	}
	slot, err := book.Slot(number)
	if err != nil {
		return calendar.Instant{}, err
	}
	start, _, err := slot.Window()
	return calendar.InstantOf(start), err
}

// warnOfBook tells what is wrong with a book at its sealing: made late, or too few slots for the floor.
func (t *tick) warnOfBook(tx Tx, week calendar.Week, book *draw.Freeze) error {
	if book.Late {
		if err := t.tell(tx, weekAlarm(AlarmFreezeLate, week)); err != nil {
			return err
		}
	}
	if err := t.warnOfPattern(tx, week); err != nil {
		return err
	}
	if len(book.Slots) >= draw.Floor+book.Buffer {
		return nil
	}
	if _, err := tx.Exception(week); err == nil || !inspections.IsNotFound(err) {
		return err
	}
	return t.tell(tx, weekAlarm(AlarmFewSlots, week))
}

// reportAlarms reports what the transaction that just ended told.
func (t *tick) reportAlarms() {
	for _, subject := range t.told {
		t.report.Alarms = append(t.report.Alarms, subject)
		t.log().Warn("alarm", "subject", subject)
	}
	t.told = nil
}
