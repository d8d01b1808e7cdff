package intake

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// neighbours is how many readable rows above and below a row without a usable date must lie in order
// before the order may tell its date.
const neighbours = 3

// maxWaiting bounds the rows of a sheet that get a second look; in a sheet with more, its order tells nothing.
const maxWaiting = 5000

// step is one row of a sheet as far as it was understood; day 0 when it has no usable date.
type step struct{ day calendar.Date }

// waiting is a row whose date, or whose person, other rows of the file may tell.
type waiting struct {
	s     sheet
	h     header
	l     line
	at    place
	month calendar.Month
	fault note
	trail int // its place in the trail
}

// defers reports whether a fault may be settled by the rest of the file, and keeps the row until then.
func (r *ledgerReader) defers(w waiting) bool {
	if r.settling || len(r.waiting) >= maxWaiting {
		return false
	}
	switch w.fault.key {
	case "date_missing", "date_unreadable", "date_outside_month":
	case "name_missing", "person_unknown":
		if ph := readPhone(w.h.get(w.l, fPhone)); ph.fault != "" || len(r.people.byPhone[ph.digits]) > 0 {
			return false
		}
	default:
		return false
	}
	w.l.cells = slices.Clone(w.l.cells)
	w.trail = len(r.trail) - 1
	r.waiting = append(r.waiting, w)
	return true
}

// settle gives the waiting rows of a sheet their second look, now that all of it was read.
func (r *ledgerReader) settle() {
	r.settling = true
	r.people.adoptNumbers()
	ordered := inOrder(r.trail)
	for _, w := range r.waiting {
		var day calendar.Date
		if w.fault.field == fDay {
			if ordered {
				day = r.dayByOrder(w)
			}
			if day.IsZero() {
				r.leftOut(w.at, w.h.title(fDay), w.fault.key, w.fault.value)
				continue
			}
		}
		r.row(w.s, w.h, w.l, w.at, w.month, day)
	}
	r.waiting, r.trail, r.settling = nil, nil, false
}

// inOrder reports whether a sheet runs by date, as a whole or person by person: steps backwards are the
// few at which a new block begins.
func inOrder(trail []step) bool {
	var last calendar.Date
	forward, back := 0, 0
	for _, s := range trail {
		switch {
		case s.day.IsZero():
			continue
		case s.day < last:
			back++
		default:
			forward++
		}
		last = s.day
	}
	return back*10 <= forward
}

// dayByOrder gives the one day that the rows above and below a row leave for it: they lie in order, the
// person was posted on it and has no other row of that day. Zero when there is none or more than one, and
// when the row names a real day of another month, unless only its year is wrong.
func (r *ledgerReader) dayByOrder(w waiting) calendar.Date {
	var around []calendar.Date
	for i := w.trail - 1; i >= 0 && len(around) < neighbours; i-- {
		if d := r.trail[i].day; !d.IsZero() {
			around = append(around, d)
		}
	}
	slices.Reverse(around)
	above := len(around)
	for i := w.trail + 1; i < len(r.trail) && len(around) < above+neighbours; i++ {
		if d := r.trail[i].day; !d.IsZero() {
			around = append(around, d)
		}
	}
	if above < neighbours || len(around) < 2*neighbours || !slices.IsSorted(around) {
		return 0
	}
	written := readDate(w.h.get(w.l, fDay), w.s.days1904)
	var only calendar.Date
	for d := around[above-1]; d <= around[above]; d = d.Add(1) {
		if written.form != formNone && !written.sameDay(d) {
			continue
		}
		seen := r.people.find(writtenIn(w.h, w.l), d)
		if seen.fault != nil {
			continue
		}
		if _, has := r.days[memberDay{seen.member, d}]; has {
			continue
		}
		if !only.IsZero() {
			return 0
		}
		only = d
	}
	return only
}

func writtenIn(h header, l line) written {
	return written{
		township: h.get(l, fTownship), village: h.get(l, fVillage), name: h.get(l, fName), phone: h.get(l, fPhone),
		placeless: !h.has(fTownship) && !h.has(fVillage),
	}
}

// learnAfter is how many rows must name a person together with a number before the number tells the person.
const learnAfter = 3

// learn notes a number that a ledger writes beside the name and village of somebody whose own number the
// roster lacks.
func (p *people) learn(digits string, id inspections.MemberID) {
	if p.learned[digits] == nil {
		p.learned[digits] = map[inspections.MemberID]int{}
	}
	p.learned[digits][id]++
}

// adoptNumbers takes the numbers that the file itself has shown, again and again, to be one person's.
func (p *people) adoptNumbers() {
	for digits, of := range p.learned {
		for id, times := range of {
			if len(of) == 1 && times >= learnAfter && len(p.byPhone[digits]) == 0 {
				p.byPhone[digits] = []inspections.MemberID{id}
			}
		}
	}
}
