package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

var reminders = table[duties.Reminder]{
	name: "reminders", noun: "reminder", keys: []string{"obligation_id", "stage", "round", "due_at", "reader"},
}

// AddReminder writes that somebody was reminded of an obligation; false when that stands.
func (t *Tx) AddReminder(r duties.Reminder) (bool, error) {
	w := by("obligation_id = ?", r.Obligation)
	w.and("stage = ?", r.Stage)
	w.and("round = ?", r.Round)
	w.and("due_at = ?", r.Due)
	w.and("reader = ?", r.Reader)
	_, err := reminders.one(t, r.Reader, w, "")
	if !inspections.IsNotFound(err) {
		return false, err
	}
	return true, reminders.insert(t, r)
}

// Reminders lists those of an obligation, oldest first.
func (t *Tx) Reminders(of inspections.ObligationID) ([]duties.Reminder, error) {
	return reminders.all(t, by("obligation_id = ?", of), `ORDER BY "at", stage, reader`)
}
