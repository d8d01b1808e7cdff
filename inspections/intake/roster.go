package intake

import (
	"cmp"
	"errors"
	"sort"

	"anfang.example/inspections"
)

// rosterKinds are the tables of a roster, in the order in which they are read: each may name rows of
// those before it.
var rosterKinds = []kind{kindTownships, kindUnits, kindTeams, kindMembers, kindInspectors}

// table is one sheet of a roster with its rows.
type table struct {
	sheet  sheet
	header header
	lines  []line
}

// ReadRoster reads one roster file; see [ReadRosterFiles].
func ReadRoster(name string, data []byte, known *inspections.Roster) (inspections.RosterRows, []inspections.Problem, error) {
	return ReadRosterFiles([]File{{Name: name, Data: data}}, known)
}

// ReadRosterFiles reads the files of one roster together: a workbook, one csv for each table, or any
// mix. Tables are told apart by their headings. known is what the store holds already (may be nil): a
// short name may stand for a row of it. The rows come in the order townships, units, teams, members,
// inspectors. Errors are *inspections.Error and mean that nothing was taken.
func ReadRosterFiles(files []File, known *inspections.Roster) (inspections.RosterRows, []inspections.Problem, error) {
	if known == nil {
		known = &inspections.Roster{}
	}
	r := &rosterReader{tables: map[kind][]table{}, ambiguous: map[int]bool{}}
	for _, f := range files {
		if err := r.open(f); err != nil {
			return inspections.RosterRows{}, nil, err
		}
	}
	if len(files) == 0 {
		return inspections.RosterRows{}, nil, inspections.Fail(inspections.Invalid, "intake.empty", "file", "")
	}
	r.learn(known)
	r.readTownships()
	r.readUnits()
	r.readTeams()
	r.readMembers()
	r.readInspectors()
	r.fillYears()
	r.takeOutAmbiguous()
	sort.SliceStable(r.problems, func(i, j int) bool {
		a, b := r.problems[i], r.problems[j]
		if a.File != b.File {
			return a.File < b.File
		}
		return a.Sheet < b.Sheet || a.Sheet == b.Sheet && a.Row < b.Row
	})
	return r.rows, r.problems, nil
}

// rosterReader holds what the tables have given so far.
type rosterReader struct {
	report
	tables map[kind][]table
	rows   inspections.RosterRows

	townships []string                        // names that may be meant
	stored    map[string]bool                 // of these, names the store has
	units     []string                        // the same for units
	villages  map[string][]string             // by township
	codes     map[[2]string]string            // village code by township and village
	villageOf map[string][2]string            // township and village by code, as the store has them
	openUnits bool                            // no list of units anywhere: each name written is one
	derive    bool                            // no list of teams anywhere: the members' rows make them
	teams     map[[2]string]int               // index of the team's row
	forms     map[string]map[string]int       // village names written in members' rows, by township
	noYear    []pendingDate                   // dates without a year, settled at the end
	asWritten map[inspections.Source][]string // to tell a doubled row from a namesake
	ambiguous map[int]bool                    // members' rows that turned out to be unclear, taken out at the end
}

// open finds the tables of a file.
func (r *rosterReader) open(f File) error {
	sheets, closeFile, err := f.sheets()
	if err != nil {
		return err
	}
	defer closeFile()
	found, rows := 0, 0
	var strange []string
	var fault *inspections.Error
	for _, s := range sheets {
		t := table{sheet: s}
		h, err := s.walk(rosterKinds, func(h header, l line) error {
			t.lines = append(t.lines, l)
			return nil
		})
		if incomplete := (*inspections.Error)(nil); len(sheets) > 1 && errors.As(err, &incomplete) && incomplete.Key == "intake.missing_column" {
			fault = cmp.Or(fault, incomplete)
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
		t.header = *h
		found++
		for _, l := range t.lines {
			if !l.blank() && !l.footer() {
				rows++
			}
		}
		r.tables[h.kind] = append(r.tables[h.kind], t)
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
		if name != "" {
			r.leftOut(place{f.Name, name, 1}, "", "sheet_unknown", name)
		}
	}
	return nil
}

// learn takes the names that may be meant from the store and from the tables themselves.
func (r *rosterReader) learn(known *inspections.Roster) {
	r.villages, r.codes = map[string][]string{}, map[[2]string]string{}
	r.villageOf, r.teams = map[string][2]string{}, map[[2]string]int{}
	r.forms, r.asWritten = map[string]map[string]int{}, map[inspections.Source][]string{}
	r.stored = map[string]bool{}
	townshipNames := known.TownshipNames()
	for _, t := range known.Townships {
		for _, name := range townshipNames[t.ID] {
			r.stored[name] = true
			r.townships = addName(r.townships, name)
		}
	}
	for _, u := range known.Units {
		r.units = addName(r.units, u.Name)
	}
	for _, t := range known.Teams {
		for i, township := range townshipNames[t.Township] {
			key := [2]string{township, t.Village}
			r.villages[township] = addName(r.villages[township], t.Village)
			if t.VillageCode != "" {
				r.codes[key] = t.VillageCode
				if i == 0 {
					r.villageOf[t.VillageCode] = key
				}
			}
		}
	}
	r.learnTownships()
	r.openUnits = len(known.Units) == 0 && len(r.tables[kindUnits]) == 0
	flat := false
	for _, t := range r.tables[kindMembers] {
		flat = flat || t.header.has(fTeamUnit) || t.header.has(fTeamKind)
	}
	r.derive = len(r.tables[kindTeams]) == 0 && (flat || len(known.Teams) == 0)
	r.learnUnits()
}

// learnTownships takes the names of the table of townships, and where there is none, of the store or
// elsewhere in the files, the full names that other tables write.
func (r *rosterReader) learnTownships() {
	stated := len(r.townships) > 0
	for _, t := range r.tables[kindTownships] {
		for _, l := range t.lines {
			if name := squeeze(t.header.get(l, fTownship)); fullTownship(name) && !l.footer() && !t.header.repeatsHeader(l) {
				r.townships = addName(r.townships, name)
				stated = true
			}
		}
	}
	if stated {
		return
	}
	for _, k := range []kind{kindTeams, kindMembers} {
		for _, t := range r.tables[k] {
			for _, l := range t.lines {
				if name := squeeze(t.header.get(l, fTownship)); fullTownship(name) {
					r.townships = addName(r.townships, name)
				}
			}
		}
	}
}

// learnUnits does the same for units. Without any list of units the most frequent way of writing a
// name is taken as the name.
func (r *rosterReader) learnUnits() {
	for _, t := range r.tables[kindUnits] {
		for _, l := range t.lines {
			if name := squeeze(t.header.get(l, fUnit)); name != "" && !l.footer() && !t.header.repeatsHeader(l) {
				r.units = addName(r.units, name)
			}
		}
	}
	if !r.openUnits {
		return
	}
	count := map[string]int{}
	var names []string
	for _, k := range []kind{kindTeams, kindMembers} {
		for _, t := range r.tables[k] {
			for _, l := range t.lines {
				if l.footer() || t.header.repeatsHeader(l) {
					continue
				}
				for _, f := range []field{fTeamUnit, fUnit} {
					for _, name := range list(t.header.get(l, f)) {
						if count[name]++; count[name] == 1 {
							names = append(names, name)
						}
					}
				}
			}
		}
	}
	sort.SliceStable(names, func(i, j int) bool { return count[names[i]] > count[names[j]] })
	for _, name := range names {
		if _, v := match(name, r.units, same, unitCoreEqual); v == unknown {
			r.units = append(r.units, name)
		}
	}
}

func (r *rosterReader) takeOutAmbiguous() {
	if len(r.ambiguous) == 0 {
		return
	}
	var kept []inspections.MemberRow
	for i, m := range r.rows.Members {
		if !r.ambiguous[i] {
			kept = append(kept, m)
		}
	}
	r.rows.Members = kept
}

func addName(names []string, name string) []string {
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}

// each calls do for every row of a kind that is data, after listing blank, repeated and shifted ones.
func (r *rosterReader) each(k kind, do func(t table, l line, at place)) {
	for _, t := range r.tables[k] {
		var blank []place
		h := t.header
		absent := place{t.sheet.file, t.sheet.name, h.row}
		for _, f := range headings[k].wanted {
			if !h.has(f) {
				r.dropped(absent, headings[k].names[f][0], "column_absent", "")
			}
		}
		for _, l := range t.lines {
			at := place{t.sheet.file, t.sheet.name, l.row}
			switch {
			case l.blank():
				blank = append(blank, at)
				continue
			case l.footer():
				continue
			}
			for _, b := range blank {
				r.leftOut(b, "", "blank_row", "")
			}
			blank = nil
			switch {
			case h.repeatsHeader(l):
				r.leftOut(at, "", "repeated_header", "")
			case h.overflow(l):
				r.leftOut(at, "", "row_shifted", "")
			default:
				if f, is := h.formulaIn(l); is {
					r.leftOut(at, h.title(f), "formula_cell", "")
					continue
				}
				if f, is := h.tooLong(l); is {
					r.leftOut(at, h.title(f), "cell_long", h.get(l, f))
					continue
				}
				do(t, l, at)
			}
		}
	}
}
