package scheduler

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// The keys of alarms beside those of overdue obligations, whose key is the obligation's kind. Words:
// "alarm."+key.
const (
	AlarmNoPair     = "no_pair"     // a drawn team, and nobody on standby may go
	AlarmWeekDanger = "week_danger" // the slots left cannot bring the week to two visits
)

// alarm is what a named person must hear of.
type alarm struct {
	key    string
	source duties.Obligation
}

// alarmOf makes the alarm of an obligation.
func alarmOf(key string, o duties.Obligation) alarm { return alarm{key, o} }

// subject names the alarm: its key and what it is about, so that each is told once.
func (a alarm) subject() string {
	about := a.source.Subject
	if about == "" {
		about = a.source.Period
	}
	return fmt.Sprintf("%s/%s", a.key, about)
}

// raise tells an alarm to every user with one of the roles, once, and records to whom. Where nobody has
// such a role and an address, it goes to whoever runs the office; where there is nobody at all it stands
// open and is told as soon as there is somebody. It gives the alarm's subject when it was told now.
func raise(tx Tx, a alarm, roles ...inspections.Role) (string, error) {
	o := duties.Obligation{
		Kind: duties.Alarm, Clause: a.source.Clause, Party: inspections.Party{Kind: inspections.PartyCounty},
		Period: a.source.Period, Subject: a.subject(), Started: tx.Now(), Due: tx.Now(), Reason: a.key,
	}
	fresh, err := tx.AddObligation(&o)
	if err != nil {
		return "", err
	}
	if !fresh {
		open, err := tx.Obligations(duties.Filter{Kind: duties.Alarm, Period: o.Period, Subject: o.Subject, Open: true})
		if err != nil || len(open) == 0 {
			return "", err
		}
		o = open[0]
	}
	users, err := people(tx, roles...)
	if err == nil && len(users) == 0 {
		users, err = people(tx, inspections.RoleLeader, inspections.RoleClerk, inspections.RoleAdmin)
	}
	if err != nil {
		return "", err
	}
	told := []int64{}
	for _, u := range users {
		if err := writeToUser(tx, inspections.LetterAlarm, "alarm/"+o.Subject, a.args(), u); err != nil {
			return "", err
		}
		told = append(told, int64(u.ID))
	}
	if fresh || len(told) > 0 {
		body := map[string]any{"key": a.key, "told": told}
		if err := record(tx, inspections.System, "alarm.raised", "alarm/"+o.Subject, body); err != nil {
			return "", err
		}
	}
	if len(told) == 0 {
		return "", nil
	}
	o.Done, o.DoneRef = tx.Now(), fmt.Sprintf("user/%d", told[0])
	return o.Subject, tx.SaveObligation(o)
}

// args gives what the letter says.
func (a alarm) args() inspections.AlarmArgs {
	o := a.source
	params := map[string]string{
		"period": o.Period, "subject": o.Subject,
		"party_kind": string(o.Party.Kind), "party_id": fmt.Sprint(o.Party.ID),
	}
	if week, err := calendar.ParseWeek(o.Period); err == nil {
		params["week"] = week.String()
	}
	return inspections.AlarmArgs{Key: a.key, Params: params, Clause: o.Clause, Due: o.Due, Path: path(o)}
}

// path gives the page where the thing is put right.
func path(o duties.Obligation) string {
	var id int64
	switch {
	case o.Kind == duties.WeeklyVisits || o.Kind == duties.NoPair:
		return "/week"
	case matches(o.Subject, "visit/%d", &id):
		return fmt.Sprintf("/visits/%d", id)
	case o.Kind == duties.Bulletin || o.Kind == duties.BulletinSign:
		return "/bulletins/" + o.Period
	}
	return "/duties"
}

func matches(text, format string, id *int64) bool {
	n, err := fmt.Sscanf(text, format, id)
	return n == 1 && err == nil
}
