package store

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type slotRow struct {
	inspections.Slot
	RowText string `db:"row"`
}

var (
	freezes    = table[inspections.Freeze]{name: "freezes", noun: "freeze", keys: []string{"iso_year", "iso_week"}}
	slots      = table[slotRow]{name: "slots", noun: "slot", keys: []string{"iso_year", "iso_week", "slot"}}
	exceptions = table[inspections.Exception]{name: "exceptions", noun: "exception", keys: []string{"iso_year", "iso_week"}}
	anchors    = table[inspections.Anchor]{name: "anchors", noun: "anchor", keys: []string{"iso_year"}}
	runs       = table[inspections.Run]{name: "runs", noun: "run", keys: []string{"job", "due_at"}}
)

func inWeek(w calendar.Week) where {
	return where{[]string{"iso_year = ?", "iso_week = ?"}, []any{w.Year, w.Number}}
}

// AddRun writes a run of a job; false when that job at that time has one, so that it fires once.
func (t *Tx) AddRun(r inspections.Run) (bool, error) {
	w := by("job = ?", r.Job)
	w.and("due_at = ?", r.Due)
	_, err := runs.one(t, r.Job, w, "")
	if !inspections.IsNotFound(err) {
		return false, err
	}
	if err := runs.insert(t, r); err != nil {
		return false, err
	}
	return true, nil
}

// LastRun reads the run of a job with the latest nominal time. Error: NotFound.
func (t *Tx) LastRun(job string) (inspections.Run, error) {
	return runs.one(t, job, by("job = ?", job), "ORDER BY due_at DESC LIMIT 1")
}

// AddFreeze seals a week. Error: Conflict when it is sealed.
func (t *Tx) AddFreeze(f inspections.Freeze) error { return freezes.insert(t, f) }

// Freeze reads the sealed book of a week. Error: NotFound.
func (t *Tx) Freeze(w calendar.Week) (inspections.Freeze, error) {
	return freezes.one(t, w.String(), inWeek(w), "")
}

// Freezes lists by week.
func (t *Tx) Freezes() ([]inspections.Freeze, error) {
	return freezes.all(t, where{}, "ORDER BY iso_year, iso_week")
}

// SetCoSeed adds what was thrown for a sealed week. Errors: NotFound; Conflict "week.coseed_set" the second time.
func (t *Tx) SetCoSeed(w calendar.Week, text, by string, at calendar.Instant) error {
	f, err := t.Freeze(w)
	if err != nil {
		return err
	}
	if f.CoSeed != "" {
		return inspections.Fail(inspections.Conflict, "week.coseed_set", "week", w.String())
	}
	f.CoSeed, f.CoSeedBy, f.CoSeedAt = text, by, at
	return freezes.update(t, f)
}

// AddSlot writes the row of a slot at its release. Error: Conflict when it has one.
func (t *Tx) AddSlot(s inspections.Slot) error {
	text, err := asText(s.Row)
	if err != nil {
		return fmt.Errorf("store: slot %d: %w", s.Slot, err)
	}
	return slots.insert(t, slotRow{s, text})
}

// Slots lists the released slots of a week in order.
func (t *Tx) Slots(w calendar.Week) ([]inspections.Slot, error) {
	rows, err := slots.all(t, inWeek(w), "ORDER BY slot")
	if err != nil {
		return nil, err
	}
	var list []inspections.Slot
	for _, r := range rows {
		if r.RowText != "" {
			r.Slot.Row = json.RawMessage(r.RowText)
		}
		list = append(list, r.Slot)
	}
	return list, nil
}

// RevealSlot adds the link of a slot whose window is over. Errors: NotFound; Conflict "store.sealed" when
// it is revealed already.
func (t *Tx) RevealSlot(w calendar.Week, slot int, link string) error {
	if err := checkText("slot", "link", link); err != nil {
		return err
	}
	n, err := t.exec(`UPDATE slots SET link = ? WHERE county_id = ? AND iso_year = ? AND iso_week = ? AND slot = ?`,
		link, t.County(), w.Year, w.Number, slot)
	if err == nil && n == 0 {
		err = missing("slot", fmt.Sprintf("%s/%d", w, slot))
	}
	return err
}

// AddException records a week with fewer visits. Error: Conflict when it has one.
func (t *Tx) AddException(e inspections.Exception) error { return exceptions.insert(t, e) }

// Exception reads the exception of a week. Error: NotFound.
func (t *Tx) Exception(w calendar.Week) (inspections.Exception, error) {
	return exceptions.one(t, w.String(), inWeek(w), "")
}

// Anchors lists the check values of all years, by year.
func (t *Tx) Anchors() ([]inspections.Anchor, error) {
	return anchors.all(t, where{}, "ORDER BY iso_year")
}

// AddAnchor records the check value of a year. Error: Conflict when it has one.
func (t *Tx) AddAnchor(a inspections.Anchor) error { return anchors.insert(t, a) }

// Anchor reads the check value of a year. Error: NotFound.
func (t *Tx) Anchor(year int) (inspections.Anchor, error) {
	return anchors.one(t, year, by("iso_year = ?", year), "")
}
