package intake

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// ReadSignIns reads the townships' daily ledgers and the exports of DingTalk (签到报表, 原始记录, 每日统计)
// and WeCom (上下班打卡_日报), by their headings. Each taken row is a member's day; a second sign-in of
// the same day is listed and the earlier clock kept. month says which month the files are for; the zero
// month takes it from the title or the file's name. Rows of another month are left out, and without a
// month so are dates that have no year. Which places are odd is told by the settings in force on the day, of all
// that were ever set. Import is left 0 for the office to fill.
func ReadSignIns(files []File, roster *inspections.Roster, month calendar.Month, set []inspections.Setting) ([]inspections.SignIn, []inspections.Problem, error) {
	if roster == nil || len(roster.Members) == 0 {
		return nil, nil, inspections.Fail(inspections.Conflict, "intake.no_roster")
	}
	r := &ledgerReader{people: newPeople(roster), days: map[memberDay]int{}, limits: limits{set: set, on: map[calendar.Date]placeLimits{}}}
	for _, f := range files {
		if err := r.read(f, month); err != nil {
			return nil, nil, err
		}
	}
	inPlace(files, r.problems)
	return r.finish(), r.problems, nil
}

// inPlace sorts a list of problems by file, sheet and row, as a person goes through them.
func inPlace(files []File, problems []inspections.Problem) {
	type table struct{ file, sheet string }
	order := map[table]int{}
	for i, f := range files {
		order[table{file: f.Name}] = i
	}
	sheets := map[table]int{}
	for _, p := range problems {
		if _, known := sheets[table{p.File, p.Sheet}]; !known {
			sheets[table{p.File, p.Sheet}] = len(sheets)
		}
	}
	slices.SortStableFunc(problems, func(a, b inspections.Problem) int {
		return cmp.Or(cmp.Compare(order[table{file: a.File}], order[table{file: b.File}]),
			cmp.Compare(sheets[table{a.File, a.Sheet}], sheets[table{b.File, b.Sheet}]), cmp.Compare(a.Row, b.Row))
	})
}

type memberDay struct {
	member inspections.MemberID
	day    calendar.Date
}

// entry is a taken row before the places of its village are known.
type entry struct {
	sign     inspections.SignIn
	spot     spot
	located  bool
	at       place
	conflict bool // rows of the day contradict each other: none counts
	export   bool // of DingTalk or WeCom, where several rows a day are usual
}

type ledgerReader struct {
	report
	people  *people
	entries []entry
	days    map[memberDay]int
	limits  limits

	trail    []step    // the rows of the sheet being read
	waiting  []waiting // of these, the rows that get a second look
	settling bool      // the second look is running
}

func (r *ledgerReader) read(f File, month calendar.Month) error {
	sheets, closeFile, err := f.sheets()
	if err != nil {
		return err
	}
	defer closeFile()
	return readSheets(f, sheets, ledgerKinds, &r.report, func(s sheet, h header, l line, at place) {
		if h.kind != kindSignIns && h.overflow(l) {
			r.leftOut(at, "", "row_shifted", "")
			return
		}
		if h.kind != kindSignIns {
			r.exported(s, h, l, at, month)
			return
		}
		r.row(s, h, l, at, hint(month, s, h), 0)
	}, r.settle)
}

// hint gives the month a table is for: as told, else by its title, else by its sheet's or file's name.
func hint(month calendar.Month, s sheet, h header) calendar.Month {
	if month != (calendar.Month{}) {
		return month
	}
	return monthOf(h.above, s.name, s.file)
}

// readSheets calls row for each data row of the tables of some kinds, and end after each table; blank and
// repeated rows are listed.
func readSheets(f File, sheets []sheet, kinds []kind, rep *report, row func(s sheet, h header, l line, at place), end func()) error {
	found, rows := 0, 0
	var strange []string
	var fault *inspections.Error
	for _, s := range sheets {
		var blank []place
		h, err := s.walk(kinds, func(h header, l line) error {
			at := place{s.file, s.name, l.row}
			switch {
			case l.blank():
				blank = append(blank, at)
				return nil
			case l.footer():
				return nil
			}
			for _, b := range blank {
				rep.leftOut(b, "", "blank_row", "")
			}
			blank = blank[:0]
			switch {
			case h.repeatsHeader(l):
				rep.leftOut(at, "", "repeated_header", "")
			default:
				rows++
				if f, is := h.formulaIn(l); is {
					rep.leftOut(at, h.title(f), "formula_cell", "")
					return nil
				}
				if f, is := h.tooLong(l); is {
					rep.leftOut(at, h.title(f), "cell_long", h.get(l, f))
					return nil
				}
				row(s, h, l, at)
			}
			return nil
		})
		if incomplete := (*inspections.Error)(nil); len(sheets) > 1 && errors.As(err, &incomplete) && incomplete.Key == "intake.missing_column" {
			fault = cmp.Or(fault, incomplete) // a summary beside the table
			strange = append(strange, s.name)
			continue
		}
		if err != nil {
			return err
		}
		if h == nil {
			strange = append(strange, s.name)
			continue
		}
		found++
		end()
	}
	if found == 0 && fault != nil {
		return fault
	}
	if found == 0 {
		return inspections.Fail(inspections.Invalid, "intake.unknown_table", "file", f.Name)
	}
	if rows == 0 {
		return inspections.Fail(inspections.Invalid, "intake.no_rows", "file", f.Name)
	}
	for _, name := range strange {
		rep.leftOut(place{f.Name, name, 1}, "", "sheet_unknown", name)
	}
	return nil
}

// row takes one row of a ledger or lists why not. Its repairs are listed only when it is taken. told is the
// day that the order of the rows gave it; 0 where the row tells its own.
func (r *ledgerReader) row(s sheet, h header, l line, at place, month calendar.Month, told calendar.Date) {
	var notes []note
	var seen sighting
	out := func(n note) {
		if !r.defers(waiting{s: s, h: h, l: l, at: at, month: month, fault: n}) {
			r.leftOut(at, h.title(n.field), n.key, n.value)
			r.about(seen.asks)
		}
	}
	if shifted := h.overflow(l); shifted {
		// A separator inside a value moved what follows it. Where everything needed still reads well, the
		// shift lies behind it; else no cell can be trusted.
		out = func(note) { r.leftOut(at, "", "row_shifted", "") }
	}
	day, n, ok := ledgerDay(h.get(l, fDay), s, month)
	if !told.IsZero() {
		day, n, ok = told, note{fDay, "date_from_order", h.get(l, fDay), told.String()}, true
	}
	if !r.settling {
		r.trail = append(r.trail, step{day: day})
	}
	if !ok {
		out(n)
		return
	}
	if n.key != "" {
		notes = append(notes, n)
	}
	if h.overflow(l) {
		notes = append(notes, note{key: "extra_cells", value: strings.Join(l.cells[len(h.titles):], " ")})
	}
	w := writtenIn(h, l)
	seen = r.people.told(s, l, w, day, func() sighting { return r.people.find(w, day) })
	if seen.fault != nil {
		out(*seen.fault)
		return
	}
	notes = append(notes, seen.notes...)
	raw := h.get(l, fStatus)
	status, plain := readStatus(raw)
	switch {
	case !h.has(fStatus) && squeeze(h.get(l, fClock)) != "":
		// A list of who signed when, without any status: having signed is being there.
		status = inspections.SignPresent
	case squeeze(raw) == "":
		out(note{field: fStatus, key: "status_missing"})
		return
	case status == "":
		out(note{field: fStatus, key: "status_unknown", value: raw})
		return
	case raw != plain:
		notes = append(notes, note{fStatus, "status_form", raw, plain})
	}
	e := entry{at: at, sign: inspections.SignIn{Member: seen.member, Team: seen.team, Day: day, Status: status, Row: l.row, Answer: seen.answer}}
	switch status {
	case inspections.SignLeave:
		// The note is more particular than the status: 公休 with 病假 beside it is sick leave.
		e.sign.Leave = leaveKind(h.get(l, fNote))
		if e.sign.Leave == "" || e.sign.Leave == "travel" {
			e.sign.Leave = leaveKind(raw)
		}
		if e.sign.Leave == "" {
			e.sign.Leave = "other"
		}
	case inspections.SignTravel:
		e.sign.Leave = "travel"
	}
	if raw := h.get(l, fClock); squeeze(raw) != "" {
		clock, ordinary, ok := readClock(raw)
		switch {
		case !ok:
			notes = append(notes, note{fClock, "clock_unreadable", raw, ""})
		case !ordinary && !(s.xlsx && numeric.MatchString(raw)):
			notes = append(notes, note{fClock, "clock_form", raw, clock})
		}
		e.sign.Clock = clock
	}
	if status == inspections.SignPresent {
		var key string
		lat, lon := h.get(l, fLat), h.get(l, fLon)
		e.spot, key, e.located = readSpot(lat, lon)
		switch {
		case key == "coordinates_swapped":
			notes = append(notes, note{fLat, key, lat + ", " + lon, lon + ", " + lat})
		case key != "":
			notes = append(notes, note{fLat, key, lat + ", " + lon, ""})
		}
	}
	r.noted(at, h, notes, seen.asks)
	r.keep(e, h)
}

// ledgerDay reads the day of a row; a note with a key lists a repair, or with ok false the fault.
func ledgerDay(raw string, s sheet, month calendar.Month) (calendar.Date, note, bool) {
	known := month != (calendar.Month{})
	w := readDateIn(raw, s.days1904, month)
	day := w.date()
	n := note{field: fDay, value: raw}
	switch w.form {
	case formNone:
		n.key = "date_unreadable"
		if squeeze(raw) == "" {
			n.key = "date_missing"
		}
		return 0, n, false
	case formNoYear:
		if !known {
			n.key = "date_year_unknown"
			return 0, n, false
		}
		n.key, day = "date_no_year", w.in(month.Year)
	case formOther:
		n.key = "date_form"
	case formSerial:
		if !s.xlsx {
			n.key = "date_serial"
		}
	case formPlain:
		if wide(raw) {
			n.key = "full_width"
		}
	}
	if day.IsZero() || known && !month.Holds(day) {
		n.key = "date_outside_month"
		return 0, n, false
	}
	n.repaired = day.String()
	return day, n, true
}

// keep takes an entry, or settles it with an earlier one of the same day.
func (r *ledgerReader) keep(e entry, h header) {
	key := memberDay{e.sign.Member, e.sign.Day}
	i, twice := r.days[key]
	if !twice {
		r.days[key] = len(r.entries)
		r.entries = append(r.entries, e)
		return
	}
	first := &r.entries[i]
	if first.export && e.export {
		r.keepExport(first, e)
		return
	}
	if r.apart(first, e) {
		first.sign.Marks = mark(first.sign.Marks, true, inspections.MarkTwoPlaces)
		e.sign.Marks = first.sign.Marks
	}
	switch {
	case first.conflict || first.sign.Status != e.sign.Status:
		if !first.conflict {
			first.conflict = true
			r.leftOut(first.at, h.title(fStatus), "same_day_conflict", string(first.sign.Status))
		}
		r.leftOut(e.at, h.title(fStatus), "same_day_conflict", string(e.sign.Status))
	case first.sign.Clock == e.sign.Clock && first.spot == e.spot:
		r.leftOut(e.at, "", "duplicate_row", e.sign.Day.String())
	default:
		other := e
		if e.sign.Clock != "" && (first.sign.Clock == "" || e.sign.Clock < first.sign.Clock) {
			other = *first
			r.entries[i] = e
		}
		r.leftOut(other.at, h.title(fClock), "same_day_again", other.sign.Clock)
	}
}

// finish marks sign-ins that lie far from the village's others and gives what counts, in file order.
func (r *ledgerReader) finish() []inspections.SignIn {
	spots := map[inspections.TeamID][]spot{}
	crowd := map[spot]map[inspections.MemberID]bool{}
	for _, e := range r.entries {
		if e.located {
			if crowd[e.spot] == nil {
				crowd[e.spot] = map[inspections.MemberID]bool{}
			}
			crowd[e.spot][e.sign.Member] = true
			spots[e.sign.Team] = append(spots[e.sign.Team], e.spot)
		}
	}
	type centre struct {
		spot  spot
		known bool
	}
	centres := map[inspections.TeamID]centre{}
	for team, list := range spots {
		at, ok := middle(list)
		centres[team] = centre{at, ok}
	}
	var signs []inspections.SignIn
	for _, e := range r.entries {
		if e.conflict {
			continue
		}
		limits := r.limits.of(e.sign.Day)
		if c := centres[e.sign.Team]; e.located && c.known {
			e.sign.Odd = e.sign.Odd || e.spot.metres(c.spot) > limits.odd
		}
		e.sign.Marks = mark(e.sign.Marks, e.located, inspections.MarkLocated)
		e.sign.Marks = mark(e.sign.Marks, e.located && len(crowd[e.spot]) >= limits.crowd, inspections.MarkSameSpot)
		signs = append(signs, e.sign)
	}
	return signs
}
