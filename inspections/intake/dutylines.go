package intake

import (
	"regexp"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// ReadDutyLines reads lists of what was handed in or is waived (body, clause, period, day, way, note): each
// row settles one obligation of open. The clause is written 1.3 or 一·3; without a period the obligation
// whose period holds the day is meant. A row that fits none, or more than one, is left out and listed.
func ReadDutyLines(files []File, roster *inspections.Roster, open []duties.Obligation, today calendar.Date) ([]duties.Submission, []inspections.Problem, error) {
	var rep report
	var lines []duties.Submission
	r := dutyReader{roster: roster, open: open, today: today, taken: map[inspections.ObligationID]bool{}, rep: &rep}
	for _, t := range roster.Townships {
		r.townships = addName(r.townships, t.Name)
	}
	for _, u := range roster.Units {
		r.units = addName(r.units, u.Name)
	}
	for _, f := range files {
		sheets, closeFile, err := f.sheets()
		if err != nil {
			return nil, nil, err
		}
		err = readSheets(f, sheets, []kind{kindDuties}, &rep, func(s sheet, h header, l line, at place) {
			if h.overflow(l) {
				rep.leftOut(at, "", "row_shifted", "")
				return
			}
			if one, ok := r.row(s, h, l, at); ok {
				lines = append(lines, one)
			}
		}, func() {})
		closeFile()
		if err != nil {
			return nil, nil, err
		}
	}
	return lines, rep.problems, nil
}

type dutyReader struct {
	roster    *inspections.Roster
	townships []string
	units     []string
	open      []duties.Obligation
	today     calendar.Date
	taken     map[inspections.ObligationID]bool // settled by an earlier row
	rep       *report
}

func (r *dutyReader) row(s sheet, h header, l line, at place) (duties.Submission, bool) {
	refuse := func(f field, key string) (duties.Submission, bool) {
		r.rep.leftOut(at, h.title(f), key, h.get(l, f))
		return duties.Submission{}, false
	}
	day, n, ok := ledgerDay(h.get(l, fDay), s, calendar.Month{})
	switch {
	case !ok:
		return refuse(fDay, n.key)
	case day > r.today:
		return refuse(fDay, "duty_day")
	case n.key != "":
		r.rep.fixed(at, h.title(fDay), n.key, n.value, n.repaired)
	}
	clause, ok := dutyClause(h.get(l, fClause))
	if !ok {
		return refuse(fClause, "duty_clause")
	}
	party, key := r.party(h.get(l, fBody), clause)
	if key != "" {
		return refuse(fBody, key)
	}
	period, ok := dutyPeriod(h.get(l, fPeriod))
	if !ok {
		return refuse(fPeriod, "duty_period")
	}
	var found []duties.Obligation
	for _, o := range r.open {
		if o.Party == party && !r.taken[o.ID] && (o.Clause == clause || strings.TrimRight(o.Clause, "abcd") == clause) && inPeriod(o, period, day) && takesLine(o) {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 0:
		return refuse(fClause, "duty_none")
	case len(found) > 1:
		return refuse(fClause, "duty_several")
	case day < found[0].Started.Date():
		return refuse(fDay, "duty_day")
	}
	r.taken[found[0].ID] = true
	one := duties.Submission{Obligation: found[0].ID, Kind: duties.SubmissionDone, Day: day, Note: strings.TrimSpace(half(h.get(l, fNote)))}
	if strings.Contains(h.get(l, fHow), "免") {
		one.Kind = duties.SubmissionWaived
		if one.Note == "" {
			return refuse(fNote, "duty_reason")
		}
	}
	return one, true
}

// takesLine reports whether an obligation is settled by a line and not by another room.
func takesLine(o duties.Obligation) bool {
	rule, known := duties.RuleOf(duties.Catalog(), o.Kind, o.Clause, o.Started.Date())
	return known && !rule.Kept
}

// inPeriod: the period named, else the one that holds the day.
func inPeriod(o duties.Obligation, period string, day calendar.Date) bool {
	if period != "" {
		return o.Period == period
	}
	first, last, ok := duties.PeriodSpan(o.Period)
	return ok && first <= day && day <= last
}

// party finds who a row is about: the chapter of the clause says what kind of body its name is.
func (r *dutyReader) party(name, clause string) (inspections.Party, string) {
	name = strings.TrimSuffix(squeeze(name), "驻镇工作队长")
	switch clause[0] {
	case '1', '6':
		kind := inspections.PartyTownship
		if clause[0] == '6' {
			kind = inspections.PartyResident
		}
		known, how := matchTownship(name, r.townships)
		for _, t := range r.roster.Townships {
			if t.Name == known && (how == exact || how == repaired) {
				return inspections.Party{Kind: kind, ID: int64(t.ID)}, ""
			}
		}
	case '2':
		known, how := matchUnit(name, r.units)
		for _, u := range r.roster.Units {
			if u.Name == known && (how == exact || how == repaired) {
				return inspections.Party{Kind: inspections.PartyUnit, ID: int64(u.ID)}, ""
			}
		}
	case '3':
		return inspections.Party{Kind: inspections.PartyCounty}, ""
	case '4':
		for _, rule := range duties.Catalog() {
			if rule.Clause == clause {
				return duties.Parties(rule, r.roster, nil, r.today)[0], ""
			}
		}
	case '5':
		return inspections.Party{Kind: inspections.PartyFinance}, ""
	}
	return inspections.Party{}, "duty_body"
}

var (
	clauseForm  = regexp.MustCompile(`^([1-6])[.·、](\d{1,2}[a-d]?)$`)
	chapters    = strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6")
	monthForm   = regexp.MustCompile(`^(\d{4})年(\d{1,2})月$`)
	quarterForm = regexp.MustCompile(`^(\d{4})年第?([1-4])季度$`)
	weekForm    = regexp.MustCompile(`^(\d{4})年第?(\d{1,2})周$`)
	yearForm    = regexp.MustCompile(`^(\d{4})年(?:度)?$`)
)

// dutyClause reads 1.3, 一·3 or 1.2a.
func dutyClause(text string) (string, bool) {
	m := clauseForm.FindStringSubmatch(chapters.Replace(strings.ToLower(squeeze(text))))
	if m == nil {
		return "", false
	}
	return m[1] + "." + m[2], true
}

// dutyPeriod reads 2025-03, 2025年3月, 2025年第1季度, 2025年第11周, 2025年; "" is none.
func dutyPeriod(text string) (string, bool) {
	text = squeeze(text)
	two := func(s string) string { return strings.Repeat("0", max(0, 2-len(s))) + s }
	if m := monthForm.FindStringSubmatch(text); m != nil {
		text = m[1] + "-" + two(m[2])
	} else if m := quarterForm.FindStringSubmatch(text); m != nil {
		text = m[1] + "-Q" + m[2]
	} else if m := weekForm.FindStringSubmatch(text); m != nil {
		text = m[1] + "-W" + two(m[2])
	} else if m := yearForm.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	_, _, ok := duties.PeriodSpan(strings.ToUpper(text))
	return strings.ToUpper(text), text == "" || ok
}
