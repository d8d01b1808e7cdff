package portal

import (
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
)

// printed gives a paper as a file.
func printed(p reports.Paper, err error) (answer, error) {
	if year, missing := missingYear(err); missing {
		err = inspections.Fail(inspections.Conflict, "portal.calendar_missing", "year", year)
	}
	return answer{body: p.PDF, media: "application/pdf", name: p.File}, err
}

// visitNotice gives the task notice of a visit, to its pair from the release on.
func visitNotice(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	return printed(x.p.cfg.Press.TaskNoticePDF(x.ctx(), x.actor(), inspections.VisitID(id)))
}

// visitPaper gives the record of a visit, to be signed.
func visitPaper(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	return printed(x.p.cfg.Press.VisitRecordPDF(x.ctx(), x.actor(), inspections.VisitID(id)))
}

// bulletinExtract gives what a month's bulletin says of one township: of their own to those who act for one.
func bulletinExtract(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	id := x.who.Party.ID
	if x.who.Role != inspections.RoleTownship {
		if id, err = strconv.ParseInt(x.r.URL.Query().Get("township"), 10, 64); err != nil {
			return answer{}, noPage()
		}
	}
	return printed(x.p.cfg.Press.ExtractPDF(x.ctx(), x.actor(), m, inspections.TownshipID(id)))
}

// minutesPage is the form for the minutes of a meeting.
func minutesPage(x *exchange) (answer, error) {
	return show("minutes", x.words.T("portal.minutes.title"), x.now.Date()), nil
}

// minutesMake lays out minutes and gives them back; nothing of them is kept.
func minutesMake(x *exchange) (answer, error) {
	f := x.form()
	m := reports.Minutes{
		Title: f.must("minutes_title"), Number: f.text("minutes_number"), Date: f.date("minutes_date", true), CopyTo: f.text("copy_to"),
		Text: lines(f.must("minutes_text"), "\n"), Present: lines(f.must("present"), "、，,\n"), Excused: lines(f.text("excused"), "、，,\n"), Also: lines(f.text("also"), "、，,\n"),
	}
	page := func() (answer, error) { return minutesPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	a, err := printed(x.p.cfg.Press.MinutesPDF(x.ctx(), x.actor(), m))
	if err != nil {
		return x.refused(err, page)
	}
	return a, nil
}

// lines splits what a person wrote at any of the given marks; empty parts are left out.
func lines(text, marks string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
