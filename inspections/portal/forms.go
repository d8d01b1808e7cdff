package portal

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// fault is something wrong in a form; Field is the name of the field, "" for the whole form, and Label what
// a person calls it.
type fault struct {
	Field, Label, Text string
}

// textLimit is what one field of text may hold, in characters.
const textLimit = 4000

// form reads the fields of a request and collects what is wrong with them.
type form struct {
	x      *exchange
	faults []fault
}

func (x *exchange) form() *form { return &form{x: x} }

// fail adds a fault; the key stands under "error.portal.".
func (f *form) fail(field, key string, args ...any) {
	f.faults = append(f.faults, fault{field, f.x.labelOf(field), f.x.words.T("error.portal."+key, args...)})
}

// labels says what people call the fields; fields that come several times have a number after a dash.
var labels = map[string]string{
	"reason": "portal.reason", "visited": "portal.visit.visited", "note": "portal.visit.note", "duty": "portal.case.duty",
	"statement": "portal.case.statement", "unit": "portal.unit", "conclusion": "portal.case.conclusion", "liable": "portal.case.liable.ask",
	"writer": "portal.case.writer", "measure": "portal.case.measure", "person": "portal.case.measure.person", "body": "portal.case.measure.by",
	"member": "portal.member", "kind": "portal.leaves.kind", "from": "portal.leaves.from", "until": "portal.leaves.until",
	"approver": "portal.leaves.approver", "value": "portal.settings.value", "read": "portal.bulletin.read", "file": "portal.papercheck.file",
	"problem": "portal.rectify.problem", "action": "portal.rectify.action", "due": "portal.rectify.due", "party": "portal.rectify.party",
	"proof": "portal.rectify.proof", "how": "portal.rectify.how", "visit": "portal.rectify.visit",
	"coseed": "portal.week.coseed", "giver": "portal.week.giver", "beacon": "portal.week.beacon", "exception": "portal.reason", "exceptor": "portal.week.signer",
	"plan": "portal.reason", "planner": "portal.week.signer", "inspector": "portal.inspectors.who", "team": "portal.special.team", "told": "portal.special.team",
	"first": "portal.special.first", "second": "portal.special.second", "start": "portal.special.start", "end": "portal.special.end",
	"asked": "portal.special.asked", "follows": "portal.special.follows", "weight": "portal.weights.weight", "day": "portal.weights.day",
	"reported": "portal.reports.who", "report_kind": "portal.reports.kind", "report_at": "portal.reports.at", "discovered": "portal.reports.discovered",
	"report_what": "portal.reports.what", "how_came": "portal.reports.how", "received": "portal.reports.received", "opinion": "portal.reports.opinion",
	"act_branch": "portal.act.branch", "act_second": "portal.act.second", "act_body": "portal.act.body", "act_outcome": "portal.act.outcome",
	"act_due": "portal.act.due", "act_text": "portal.act.text", "act_measure": "portal.case.measure", "act_answers": "portal.act.answers", "act_how": "portal.act.how",
	"complaint": "portal.weights.complaint", "decision": "portal.weights.decision",
	"sure": "portal.erase.sure.head", "sort": "portal.imports.sort", "files": "portal.imports.files", "month": "portal.imports.month", "who": "portal.questions.who",
	"minutes_title": "portal.minutes.name", "minutes_number": "portal.minutes.number", "minutes_date": "portal.minutes.date", "minutes_text": "portal.minutes.text",
	"present": "portal.minutes.present", "correction": "portal.notice.correction",
	"password": "portal.password.new", "again": "portal.password.again", "current": "portal.password.current",
}

// labelOf gives what people call a field; "" where the sentence says enough.
func (x *exchange) labelOf(field string) string {
	base, item, _ := strings.Cut(field, "-")
	if key := "check." + item; item != "" && x.words.Has(key) {
		return x.words.T(key)
	}
	if key, ok := labels[base]; ok {
		return x.words.T(key)
	}
	return ""
}

// text reads a field without outer white space.
func (f *form) text(field string) string {
	s := strings.TrimSpace(f.x.r.PostForm.Get(field))
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		f.fail(field, "not_text")
		return ""
	}
	if n := utf8.RuneCountInString(s); n > textLimit {
		f.fail(field, "text_long", "limit", textLimit, "length", n)
	}
	return s
}

// must reads a field that may not be empty.
func (f *form) must(field string) string {
	s := f.text(field)
	if s == "" {
		f.fail(field, "field_empty")
	}
	return s
}

// moment reads a day and hour in Shanghai, as <input type="datetime-local"> sends them.
func (f *form) moment(field string) calendar.Instant {
	s := f.must(field)
	if s == "" {
		return calendar.Instant{}
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, s, calendar.Shanghai); err == nil {
			return calendar.InstantOf(t)
		}
	}
	f.fail(field, "not_moment")
	return calendar.Instant{}
}

// date reads a day; required says that it may not be empty.
func (f *form) date(field string, required bool) calendar.Date {
	s := f.text(field)
	if s == "" && !required {
		return 0
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		f.fail(field, "not_date")
	}
	return d
}

// choice reads a field that must be one of the given values.
func (f *form) choice(field string, values ...string) string {
	s := f.x.r.PostForm.Get(field)
	for _, v := range values {
		if s == v {
			return s
		}
	}
	f.fail(field, "not_chosen")
	return ""
}

// fieldOf says at which field of its form an error of a verb is shown.
var fieldOf = map[string]string{
	"visit.time":            "visited",
	"setting.past":          "reason",
	"visit.reason_missing":  "reason",
	"case.reason_missing":   "reason",
	"case.original_missing": "scan",
	"report.time":           "report_at", "report.received": "received", "report.discovered": "discovered", "report.not_posted": "reported", "report.team": "reported",
	"case.talk_two":          "act_second",
	"case.how_missing":       "act_how",
	"erase.reason_names":     "reason",
	"duty.not_later":         "act_due",
	"case.appeal_late":       "act_measure",
	"case.named":             "act_measure",
	"rectify.incomplete":     "due",
	"week.coseed_text":       "coseed",
	"week.coseed_closed":     "coseed",
	"week.coseed_set":        "coseed",
	"week.exception_reason":  "exception",
	"week.exception_late":    "exception",
	"week.exception_set":     "exception",
	"beacon.value":           "beacon",
	"beacon.set":             "beacon",
	"plan.reason":            "plan",
	"plan.few":               "plan",
	"plan.late":              "plan",
	"plan.workday":           "plan",
	"inspector_leave.span":   "until",
	"special.window":         "start",
	"special.pair":           "second",
	"special.not_completed":  "follows",
	"weight.range":           "weight",
	"weight.span":            "until",
	"complaint.day":          "day",
	"setting.range":          "value",
	"setting.choice":         "value",
	"setting.week":           "value",
	"setting.line_break":     "value",
	"setting.hours":          "value",
	"leave.span":             "until",
	"leave.kind_missing":     "kind",
	"portal.password_length": "password",
	"portal.password_wrong":  "current",
	"user.login_taken":       "login",
}

// refused shows the page of a form again with what a verb had against it. What is not an answer to the
// form's content stays an error.
func (x *exchange) refused(err error, page func() (answer, error)) (answer, error) {
	var e *inspections.Error
	if !errors.As(err, &e) || (e.Kind != inspections.Invalid && e.Kind != inspections.Conflict) {
		return answer{}, err
	}
	a, perr := page()
	if perr != nil {
		return answer{}, perr
	}
	a.status = statusOf(err)
	a.faults = append(a.faults, fault{Field: fieldOf[e.Key], Text: x.words.Error(err)})
	return a, nil
}

// again shows the page of a form with its faults.
func (f *form) again(page func() (answer, error)) (answer, error) {
	a, err := page()
	if err != nil {
		return answer{}, err
	}
	a.status = statusOf(inspections.Fail(inspections.Invalid, ""))
	a.faults = append(a.faults, f.faults...)
	return a, nil
}
