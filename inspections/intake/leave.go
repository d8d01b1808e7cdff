package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// ReadLeave reads lists of leave and duty travel (name, phone, township, village, kind, first and last
// day, approver, note). ID and Recorded are left for the office. A spell whose person, kind or days are
// not certain is left out and listed.
func ReadLeave(files []File, roster *inspections.Roster) ([]inspections.Leave, []inspections.Problem, error) {
	if roster == nil || len(roster.Members) == 0 {
		return nil, nil, inspections.Fail(inspections.Conflict, "intake.no_roster")
	}
	var rep report
	var leaves []inspections.Leave
	known := newPeople(roster)
	seen := map[inspections.Leave]bool{}
	for _, f := range files {
		sheets, closeFile, err := f.sheets()
		if err != nil {
			return nil, nil, err
		}
		err = readSheets(f, sheets, []kind{kindLeave}, &rep, func(s sheet, h header, l line, at place) {
			if h.overflow(l) {
				rep.leftOut(at, "", "row_shifted", "")
				return
			}
			leave, ok := leaveRow(known, &rep, s, h, l, at)
			if !ok {
				return
			}
			if seen[leave] {
				rep.leftOut(at, "", "duplicate_row", h.get(l, fName))
				return
			}
			seen[leave] = true
			leaves = append(leaves, leave)
		}, func() {})
		closeFile()
		if err != nil {
			return nil, nil, err
		}
	}
	return leaves, rep.problems, nil
}

func leaveRow(known *people, rep *report, s sheet, h header, l line, at place) (inspections.Leave, bool) {
	var notes []note
	var days [2]calendar.Date
	for i, f := range []field{fFrom, fUntil} {
		day, n, ok := ledgerDay(h.get(l, f), s, calendar.Month{})
		n.field = f
		if !ok {
			rep.leftOut(at, h.title(f), n.key, n.value)
			return inspections.Leave{}, false
		}
		if n.key != "" {
			notes = append(notes, n)
		}
		days[i] = day
	}
	if days[1] < days[0] {
		rep.leftOut(at, h.title(fUntil), "date_order", h.get(l, fUntil))
		return inspections.Leave{}, false
	}
	w := writtenIn(h, l)
	who := known.told(s, l, w, days[0], func() sighting { return known.find(w, days[0]) })
	if who.fault != nil {
		rep.leftOut(at, h.title(who.fault.field), who.fault.key, who.fault.value)
		rep.about(who.asks)
		return inspections.Leave{}, false
	}
	notes = append(notes, who.notes...)
	kind := leaveKind(h.get(l, fLeaveKind))
	if kind == "" {
		rep.leftOut(at, h.title(fLeaveKind), "leave_kind_unknown", h.get(l, fLeaveKind))
		return inspections.Leave{}, false
	}
	rep.noted(at, h, notes, who.asks)
	return inspections.Leave{
		Answer: who.answer, Member: who.member, Kind: kind, From: days[0], Until: days[1],
		Approver: personName(h.get(l, fApprover)), ApprovedBy: approvedBy(h.get(l, fApprover)), Note: strings.TrimSpace(half(h.get(l, fNote))),
	}, true
}

// approvedBy tells the body from what stands for the approver; "" where it is only a name.
func approvedBy(text string) inspections.Approval {
	for _, body := range []struct {
		word string
		is   inspections.Approval
	}{
		{"驻村办", inspections.ApprovedByCounty}, {"组织部", inspections.ApprovedByCounty}, {"县委", inspections.ApprovedByCounty},
		{"乡镇", inspections.ApprovedByTownship}, {"镇党委", inspections.ApprovedByTownship}, {"乡党委", inspections.ApprovedByTownship},
		{"街道", inspections.ApprovedByTownship}, {"驻镇工作队长", inspections.ApprovedByTownship},
		{"单位", inspections.ApprovedByUnit}, {"党组", inspections.ApprovedByUnit},
	} {
		if strings.Contains(text, body.word) {
			return body.is
		}
	}
	return ""
}

// ReadCalendar reads a table of working days (date,workday,name) in any of the encodings of a csv.
func ReadCalendar(f File) (*calendar.Calendar, error) {
	text, err := f.text()
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, inspections.Fail(inspections.Invalid, "intake.empty", "file", f.Name)
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if err := checkCalendar(f.Name, text); err != nil {
		return nil, err
	}
	c, err := calendar.Read(bytes.NewReader(text))
	if err != nil {
		return nil, inspections.Fail(inspections.Invalid, "intake.calendar_row", "file", f.Name, "row", 1).Because(err)
	}
	return c, nil
}

// checkCalendar finds the row that is wrong, so that a person can be told in one sentence.
func checkCalendar(name string, text []byte) error {
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	seen := map[string]bool{}
	for n := 1; ; n++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			if n == 2 {
				return inspections.Fail(inspections.Invalid, "intake.no_rows", "file", name)
			}
			return nil
		}
		bad := inspections.Fail(inspections.Invalid, "intake.calendar_row", "file", name, "row", n).Because(err)
		if n == 1 && err == nil {
			if strings.Join(row, ",") != calendarHead {
				return inspections.Fail(inspections.Invalid, "intake.calendar_head", "file", name)
			}
			continue
		}
		if err != nil || len(row) != 3 || row[1] != "0" && row[1] != "1" {
			return bad
		}
		if _, err := calendar.ParseDate(row[0]); err != nil {
			return bad
		}
		if seen[row[0]] {
			return inspections.Fail(inspections.Invalid, "intake.calendar_twice", "file", name, "row", n, "date", row[0])
		}
		seen[row[0]] = true
	}
}
