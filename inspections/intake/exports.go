package intake

import (
	"cmp"
	"regexp"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// ledgerKinds are the tables that tell of members' days: the townships' own ledger and what DingTalk and
// WeCom export. They are told apart by their headings.
var ledgerKinds = []kind{kindSignIns, kindDingSign, kindDingRaw, kindDingDaily, kindWecomDay, kindWecomPunch}

var shortYear = regexp.MustCompile(`^\d{2}-\d{2}-\d{2}(\D|$)`)

// exported takes one row of an export. Such a table names no phone: the person is known by name and
// department. Several punches of a day are usual there: the earliest counts and nothing is listed.
func (r *ledgerReader) exported(s sheet, h header, l line, at place, month calendar.Month) {
	out := func(n note) { r.leftOut(at, h.title(n.field), n.key, n.value) }
	cell := func(f field) string {
		if v := strings.TrimSpace(half(h.get(l, f))); strings.Trim(v, "-") != "" {
			return v
		}
		return "" // "--" stands for nothing
	}
	status, kindOfLeave, punched := exportStatus(cell)
	if status == "" && punched == "" {
		return // a day of rest
	}
	date := cell(fDay)
	if shortYear.MatchString(date) {
		date = "20" + date // DingTalk's raw records write 25-03-01
	}
	day, n, ok := ledgerDay(date, s, month)
	if !ok {
		out(n)
		return
	}
	w := written{name: cell(fName), village: cmp.Or(cell(fPath), cell(fDept))}
	who := r.people.told(s, l, w, day, func() sighting { return r.people.byDepartment(w.name, w.village, day) })
	if who.fault != nil {
		out(*who.fault)
		r.about(who.asks)
		return
	}
	if status == "" {
		out(note{field: fStatus, key: "status_unknown", value: h.get(l, fStatus)})
		return
	}
	e := entry{at: at, export: true, sign: inspections.SignIn{
		Member: who.member, Team: who.team, Day: day, Status: status, Leave: kindOfLeave, Row: l.row, Answer: who.answer,
	}}
	notes := who.notes
	if status == inspections.SignPresent {
		clock, _, ok := readClock(punched)
		if !ok {
			notes = append(notes, note{fClock, "clock_unreadable", punched, ""})
		}
		e.sign.Clock = clock
		e.sign.Odd = exportOdd(cell)
		var key string
		lat, lon := h.get(l, fLat), h.get(l, fLon)
		if e.spot, key, e.located = readSpot(lat, lon); key != "" {
			repaired := ""
			if e.located {
				repaired = lon + ", " + lat
			}
			notes = append(notes, note{fLat, key, lat + ", " + lon, repaired})
		}
	}
	r.noted(at, h, notes, who.asks)
	r.keep(e, h)
}

// exportStatus reads what a row of an export says: a punch is presence, whatever the shift's rule calls
// it (迟到 in a village is no absence); else an approval; else a missing punch. A row without any of these
// has no status; punched then holds what was not understood, "" for a day of rest.
func exportStatus(cell func(field) string) (status inspections.SignStatus, leave, punched string) {
	result := cell(fStatus)
	for _, f := range []field{fClock, fClock2} {
		if clock := cell(f); clock != "" {
			return inspections.SignPresent, "", clock
		}
	}
	approved := cell(fNote) + " " + result
	switch kind := leaveKind(approved); {
	case kind == "travel", strings.Contains(approved, "外出"):
		return inspections.SignTravel, "travel", ""
	case kind != "":
		return inspections.SignLeave, kind, ""
	case strings.Contains(approved, "假"):
		return inspections.SignLeave, "other", ""
	}
	for _, word := range []string{"旷工", "缺卡", "未打卡", "未签到"} {
		if strings.Contains(result, word) {
			return inspections.SignAbsent, "", ""
		}
	}
	if result == "" || strings.Contains(result, "休息") || strings.Contains(result, "无需打卡") {
		return "", "", ""
	}
	return "", "", result
}

// exportOdd reports whether the export itself calls the place of a punch odd.
func exportOdd(cell func(field) string) bool {
	for _, f := range []field{fStatus, fPlaceNote, fNote} {
		for _, word := range []string{"不在打卡范围", "范围外", "地点异常"} {
			if strings.Contains(cell(f), word) {
				return true
			}
		}
	}
	n := cell(fOddCount)
	return allDigits(n) && number(n) > 0
}

// rank orders what a day's rows say: who punched was there, whatever another row of the day lacks.
func rank(s inspections.SignStatus) int {
	switch s {
	case inspections.SignPresent:
		return 3
	case inspections.SignTravel, inspections.SignLeave:
		return 2
	}
	return 1
}

// keepExport takes an export's entry, or settles it with an earlier one of the same day.
func (r *ledgerReader) keepExport(first *entry, e entry) {
	a, b := rank(first.sign.Status), rank(e.sign.Status)
	earlier := e.sign.Clock != "" && (first.sign.Clock == "" || e.sign.Clock < first.sign.Clock)
	if b > a || b == a && earlier {
		far := r.apart(first, e)
		*first, e = e, *first
		first.sign.Marks = mark(first.sign.Marks, far && a == b, inspections.MarkTwoPlaces)
		return
	}
	if a == b && r.apart(first, e) {
		first.sign.Marks = mark(first.sign.Marks, true, inspections.MarkTwoPlaces)
	}
}

var departmentParts = strings.NewReplacer("/", "\x00", "\\", "\x00", ">", "\x00", "|", "\x00", "-", "\x00", "—", "\x00", "–", "\x00")

// byDepartment finds a member by name and department: 永兴县驻村办-便江街道-滨河路社区, or only 滨河路社区
// where one township alone has such a village. Who belongs to several departments is found when exactly
// one of them fits.
func (p *people) byDepartment(name, path string, day calendar.Date) sighting {
	if path == "" {
		return refuse(fDept, "village_missing", "")
	}
	var found []sighting
	var fault sighting
	for _, one := range strings.FieldsFunc(half(path), func(r rune) bool { return strings.ContainsRune(",;\n\r", r) }) {
		s := p.inDepartment(name, one, day)
		if s.fault != nil {
			fault = s
			continue
		}
		if len(found) == 0 || found[0].member != s.member || found[0].team != s.team {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		if fault.fault == nil {
			return refuse(fDept, "village_missing", "")
		}
		switch fault.fault.field {
		case fTownship, fVillage:
			fault.fault.field, fault.fault.value = fDept, path
		}
		return fault
	case 1:
		return found[0]
	}
	return refuse(fName, "person_ambiguous", name)
}

func (p *people) inDepartment(name, path string, day calendar.Date) sighting {
	w := written{name: name, phoneless: true}
	var parts []string
	for _, part := range strings.Split(departmentParts.Replace(path), "\x00") {
		if part = squeeze(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return refuse(fDept, "village_missing", "")
	}
	w.village = parts[len(parts)-1]
	for _, part := range parts[:len(parts)-1] {
		if _, v := matchTownship(part, p.townships); v == exact || v == repaired {
			w.township = part
		}
	}
	if w.township == "" {
		for _, township := range p.townships {
			if _, v := matchVillage(w.village, p.villages[township]); v == unknown {
				continue
			}
			if w.township != "" {
				return refuse(fDept, "village_ambiguous", path)
			}
			w.township = township
		}
	}
	if w.township == "" {
		return refuse(fDept, "village_unknown", path)
	}
	return p.find(w, day)
}

func mark(marks string, on bool, word string) string {
	switch {
	case !on || strings.Contains(marks, word):
		return marks
	case marks == "":
		return word
	}
	return marks + " " + word
}
