package simulate

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// put writes a new row of a map and remembers to take it out again. Error: Conflict when one stands.
func put[K comparable, V any](tx *Tx, rows map[K]V, key K, v V) error {
	if _, known := rows[key]; known {
		return duplicate()
	}
	tx.back(func() { delete(rows, key) })
	rows[key] = v
	return nil
}

// get reads a row of a map. Error: NotFound.
func get[K comparable, V any](rows map[K]V, what string, key K) (V, error) {
	v, known := rows[key]
	if !known {
		return v, missing(what, key)
	}
	return v, nil
}

// AddRun writes a run of a job; false when that job at that time has one.
func (tx *Tx) AddRun(r inspections.Run) (bool, error) {
	return put(tx, tx.runs, runKey{r.Job, r.Due}, r) == nil, nil
}

// LastRun reads the run of a job with the latest nominal time. Error: NotFound.
func (tx *Tx) LastRun(job string) (inspections.Run, error) {
	var last inspections.Run
	for key, r := range tx.runs {
		if key.job == job && (last.Job == "" || r.Due.After(last.Due.Time)) {
			last = r
		}
	}
	if last.Job == "" {
		return last, missing("run", job)
	}
	return last, nil
}

// Freeze reads the sealed book of a week. Error: NotFound.
func (tx *Tx) Freeze(w calendar.Week) (inspections.Freeze, error) {
	return get(tx.freezes, "freeze", w)
}

// AddFreeze seals a week. Error: Conflict when it is sealed.
func (tx *Tx) AddFreeze(f inspections.Freeze) error { return put(tx, tx.freezes, f.ISOWeek(), f) }

// SetCoSeed adds what was thrown for a sealed week. Errors: NotFound; Conflict the second time.
func (tx *Tx) SetCoSeed(w calendar.Week, text, by string, at calendar.Instant) error {
	old, err := tx.Freeze(w)
	if err != nil {
		return err
	}
	if old.CoSeed != "" {
		return inspections.Fail(inspections.Conflict, "week.coseed_set", "week", w.String())
	}
	tx.back(func() { tx.freezes[w] = old })
	f := old
	f.CoSeed, f.CoSeedBy, f.CoSeedAt = text, by, at
	tx.freezes[w] = f
	return nil
}

// Slots lists the released slots of a week in order.
func (tx *Tx) Slots(w calendar.Week) ([]inspections.Slot, error) {
	return slices.Clone(tx.slots[w]), nil
}

// AddSlot writes the row of a slot at its release. Error: Conflict when it has one.
func (tx *Tx) AddSlot(s inspections.Slot) error {
	w := calendar.Week{Year: s.Year, Number: s.Week}
	old := tx.slots[w]
	i, known := slices.BinarySearchFunc(old, s.Slot, func(s inspections.Slot, n int) int { return s.Slot - n })
	if known {
		return duplicate()
	}
	tx.back(func() { tx.slots[w] = old })
	tx.slots[w] = slices.Insert(slices.Clone(old), i, s)
	return nil
}

// RevealSlot adds the link of a slot whose window is over. Errors: NotFound; Conflict when it has one.
func (tx *Tx) RevealSlot(w calendar.Week, slot int, link string) error {
	old := tx.slots[w]
	i := slices.IndexFunc(old, func(s inspections.Slot) bool { return s.Slot == slot })
	if i < 0 {
		return missing("slot", slot)
	}
	if old[i].Link != "" {
		return inspections.Fail(inspections.Conflict, "store.sealed")
	}
	tx.back(func() { tx.slots[w] = old })
	tx.slots[w] = slices.Clone(old)
	tx.slots[w][i].Link = link
	return nil
}

// Exception reads the exception of a week. Error: NotFound.
func (tx *Tx) Exception(w calendar.Week) (inspections.Exception, error) {
	return get(tx.exceptions, "exception", w)
}

// AddException records a week with fewer visits. Error: Conflict when it has one.
func (tx *Tx) AddException(e inspections.Exception) error {
	return put(tx, tx.exceptions, calendar.Week{Year: e.Year, Number: e.Week}, e)
}

// Anchor reads the check value of a year. Error: NotFound.
func (tx *Tx) Anchor(year int) (inspections.Anchor, error) { return get(tx.anchors, "anchor", year) }

// AddAnchor records the check value of a year. Error: Conflict when it has one.
func (tx *Tx) AddAnchor(a inspections.Anchor) error { return put(tx, tx.anchors, a.Year, a) }
