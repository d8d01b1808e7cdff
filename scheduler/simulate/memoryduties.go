package simulate

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

// obligationTable holds obligations by id and finds the open ones, and those of a subject or a period,
// without going over fifty years.
type obligationTable struct {
	rows      []duties.Obligation // id 1 at index 0
	keys      map[obligationKey]int
	open      map[int]bool
	bySubject map[string][]int
	byPeriod  map[string][]int
}

type obligationKey struct {
	kind            duties.Kind
	party           inspections.Party
	period, subject string
}

func newObligationTable() obligationTable {
	return obligationTable{
		keys: map[obligationKey]int{}, open: map[int]bool{}, bySubject: map[string][]int{}, byPeriod: map[string][]int{},
	}
}

func (t *obligationTable) add(o *duties.Obligation, back func(func())) bool {
	key := obligationKey{o.Kind, o.Party, o.Period, o.Subject}
	if _, known := t.keys[key]; known {
		return false
	}
	i := len(t.rows)
	o.ID = inspections.ObligationID(i + 1)
	back(func() {
		t.rows = t.rows[:i]
		delete(t.keys, key)
		delete(t.open, i)
		t.bySubject[key.subject] = t.bySubject[key.subject][:len(t.bySubject[key.subject])-1]
		t.byPeriod[key.period] = t.byPeriod[key.period][:len(t.byPeriod[key.period])-1]
	})
	t.rows, t.keys[key] = append(t.rows, *o), i
	t.bySubject[key.subject] = append(t.bySubject[key.subject], i)
	t.byPeriod[key.period] = append(t.byPeriod[key.period], i)
	t.mark(i)
	return true
}

func (t *obligationTable) mark(i int) {
	if t.rows[i].Open() {
		t.open[i] = true
	} else {
		delete(t.open, i)
	}
}

// save replaces an obligation; what it is about never changes.
func (t *obligationTable) save(o duties.Obligation, back func(func())) error {
	if o.ID < 1 || int(o.ID) > len(t.rows) {
		return missing("obligation", int64(o.ID))
	}
	i := int(o.ID - 1)
	old := t.rows[i]
	if o.Kind != old.Kind || o.Party != old.Party || o.Period != old.Period || o.Subject != old.Subject {
		return inspections.Fail(inspections.Conflict, "store.sealed")
	}
	back(func() { t.rows[i] = old; t.mark(i) })
	t.rows[i] = o
	t.mark(i)
	return nil
}

func (t *obligationTable) list(f duties.Filter) []duties.Obligation {
	var found []duties.Obligation
	take := func(i int) {
		o := &t.rows[i]
		if (f.Kind == "" || f.Kind == o.Kind) && (f.Party == "" || f.Party == o.Party.Kind) &&
			(f.Period == "" || f.Period == o.Period) && (f.Subject == "" || f.Subject == o.Subject) &&
			(!f.Open || o.Open()) && (f.DueBy.IsZero() || !o.Due.IsZero() && !o.Due.After(f.DueBy.Time)) &&
			(!f.Unescalated || o.Escalated.IsZero()) {
			found = append(found, *o)
		}
	}
	switch {
	case f.Subject != "":
		for _, i := range t.bySubject[f.Subject] {
			take(i)
		}
	case f.Open:
		for i := range t.open {
			take(i)
		}
	case f.Period != "":
		for _, i := range t.byPeriod[f.Period] {
			take(i)
		}
	default:
		for i := range t.rows {
			take(i)
		}
	}
	slices.SortFunc(found, func(a, b duties.Obligation) int {
		return cmp.Or(a.Due.Compare(b.Due.Time), cmp.Compare(a.ID, b.ID))
	})
	return found
}
