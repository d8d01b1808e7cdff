package simulate

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// visitTable holds visits by id and finds them by what the scheduler asks for.
type visitTable struct {
	rows        []inspections.Visit // id 1 at index 0
	byStart     []int               // indexes by start, then id
	byWeek      map[calendar.Week][]int
	byTeam      map[inspections.TeamID][]int
	byInspector map[inspections.InspectorID][]int
	open        []int // released and not yet recorded or cancelled, by index
}

func newVisitTable() visitTable {
	return visitTable{
		byWeek: map[calendar.Week][]int{}, byTeam: map[inspections.TeamID][]int{},
		byInspector: map[inspections.InspectorID][]int{},
	}
}

func (t *visitTable) add(v *inspections.Visit, back func(func())) error {
	week := calendar.Week{Year: v.Year, Number: v.Week}
	if v.Kind == inspections.VisitRandom && slices.ContainsFunc(t.byWeek[week], func(i int) bool {
		return t.rows[i].Kind == inspections.VisitRandom && t.rows[i].Slot == v.Slot
	}) {
		return duplicate()
	}
	i := len(t.rows)
	v.ID = inspections.VisitID(i + 1)
	old := *t
	people := []inspections.InspectorID{v.First}
	if v.Second != v.First {
		people = append(people, v.Second)
	}
	back(func() {
		t.rows, t.byStart, t.open = old.rows, old.byStart, old.open
		t.byWeek[week] = t.byWeek[week][:len(t.byWeek[week])-1]
		t.byTeam[v.Team] = t.byTeam[v.Team][:len(t.byTeam[v.Team])-1]
		for _, id := range people {
			t.byInspector[id] = t.byInspector[id][:len(t.byInspector[id])-1]
		}
	})
	t.rows = append(t.rows, *v)
	at, _ := slices.BinarySearchFunc(t.byStart, i, t.order)
	if at == len(t.byStart) {
		t.byStart = append(t.byStart, i)
	} else { // not in place: the old list must stay as it is
		t.byStart = slices.Insert(slices.Clone(t.byStart), at, i)
	}
	t.byWeek[week] = append(t.byWeek[week], i)
	t.byTeam[v.Team] = append(t.byTeam[v.Team], i)
	for _, id := range people {
		t.byInspector[id] = append(t.byInspector[id], i)
	}
	if v.State == inspections.VisitReleased {
		t.open = append(slices.Clone(t.open), i)
	}
	return nil
}

func (t *visitTable) order(a, b int) int {
	return cmp.Or(t.rows[a].Start.Compare(t.rows[b].Start.Time), cmp.Compare(a, b))
}

// save replaces a visit; its place (team, week, pair, start) is what it was released with.
func (t *visitTable) save(v inspections.Visit, back func(func())) error {
	old, err := t.one(v.ID)
	if err != nil {
		return err
	}
	i, open := int(v.ID-1), t.open
	if v.Team != old.Team || v.Year != old.Year || v.Week != old.Week || v.First != old.First || v.Second != old.Second || v.Start != old.Start {
		return inspections.Fail(inspections.Conflict, "store.sealed")
	}
	back(func() { t.rows[i], t.open = old, open })
	t.rows[i] = v
	t.open = slices.DeleteFunc(slices.Clone(open), func(n int) bool { return n == i })
	if v.State == inspections.VisitReleased {
		t.open = append(t.open, i)
		slices.Sort(t.open)
	}
	return nil
}

func (t *visitTable) one(id inspections.VisitID) (inspections.Visit, error) {
	if id < 1 || int(id) > len(t.rows) {
		return inspections.Visit{}, missing("visit", int64(id))
	}
	return t.rows[id-1], nil
}

// list goes over the shortest index that holds all a filter can pick.
func (t *visitTable) list(f inspections.VisitFilter) []inspections.Visit {
	candidates, sorted := t.byStart, true
	switch {
	case f.State == inspections.VisitReleased:
		candidates, sorted = t.open, false
	case f.Year != 0 && f.Week != 0:
		candidates, sorted = t.byWeek[calendar.Week{Year: f.Year, Number: f.Week}], false
	case f.Team != 0:
		candidates, sorted = t.byTeam[f.Team], false
	case f.Inspector != 0:
		candidates, sorted = t.byInspector[f.Inspector], false
	}
	if sorted && !f.From.IsZero() {
		from, _ := slices.BinarySearchFunc(candidates, f.From, func(i int, at calendar.Instant) int {
			if t.rows[i].Start.Before(at.Time) {
				return -1
			}
			return 1
		})
		candidates = candidates[from:]
	}
	var found []inspections.Visit
	for _, i := range candidates {
		if v := &t.rows[i]; picks(f, v) {
			found = append(found, *v)
		}
	}
	if !sorted {
		slices.SortStableFunc(found, func(a, b inspections.Visit) int {
			return cmp.Or(a.Start.Compare(b.Start.Time), cmp.Compare(a.ID, b.ID))
		})
	}
	return found
}

func picks(f inspections.VisitFilter, v *inspections.Visit) bool {
	return (f.Kind == "" || f.Kind == v.Kind) && (f.State == "" || f.State == v.State) &&
		(f.Team == 0 || f.Team == v.Team) && (f.Inspector == 0 || f.Inspector == v.First || f.Inspector == v.Second) &&
		(f.From.IsZero() || !v.Start.Before(f.From.Time)) && (f.Until.IsZero() || v.Start.Before(f.Until.Time)) &&
		(f.Year == 0 || f.Year == v.Year) && (f.Week == 0 || f.Week == v.Week)
}
