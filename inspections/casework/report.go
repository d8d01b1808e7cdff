package casework

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// How a report reached the office, words "report_how."+how, or an act of a case, words "act_how."+how.
const (
	HowPage  = "page"
	HowFile  = "file"
	HowPaper = "paper" // one line by the clerk
	HowPhone = "phone" // one line by the clerk

	HowInPerson = "in_person" // an act only
)

// Report is what a township told of a member's absence, a member not released or the like (1.4b, 3.2b),
// with the receipt it was given. Received is when it reached the office on paper too, so that a township
// that uses paper loses nothing by the day on which it is typed.
type Report struct {
	ID         int64                  `json:"id" db:"id"`
	Number     string                 `json:"number" db:"number"` // of the receipt, "2025-003"
	Township   inspections.TownshipID `json:"township" db:"township_id"`
	Team       inspections.TeamID     `json:"team" db:"team_id"`
	Member     inspections.MemberID   `json:"member" db:"member_id"` // 0: no person identified
	Kind       string                 `json:"kind" db:"kind"`        // of the problem
	How        string                 `json:"how" db:"how"`
	At         calendar.Instant       `json:"at" db:"at"`                    // of what is reported
	Discovered calendar.Date          `json:"discovered" db:"discovered_on"` // day on which the township found out
	Received   calendar.Instant       `json:"received" db:"received_at"`
	Recorded   calendar.Instant       `json:"recorded" db:"recorded_at"`
	By         inspections.UserID     `json:"by" db:"by_user"`
	What       string                 `json:"what" db:"what"` // in the township's words
	SHA        string                 `json:"sha256" db:"sha256"`
	Prompt     bool                   `json:"prompt" db:"prompt"` // on the day of its discovery; counts for the township
	Case       inspections.CaseID     `json:"case" db:"case_id"`
	Opinion    string                 `json:"opinion" db:"opinion"` // the handling opinion 处理意见
	OpinionAt  calendar.Instant       `json:"opinion_at" db:"opinion_at"`
	OpinionBy  inspections.UserID     `json:"opinion_by" db:"opinion_by"`
}

// Answer records the handling opinion. Errors: Invalid without one, Conflict when one is given.
func (r *Report) Answer(opinion string, by inspections.UserID, now calendar.Instant) error {
	if opinion == "" {
		return inspections.Fail(inspections.Invalid, "report.opinion_missing", "report", r.Number)
	}
	if r.Opinion != "" {
		return inspections.Fail(inspections.Conflict, "report.answered", "report", r.Number)
	}
	r.Opinion, r.OpinionAt, r.OpinionBy = opinion, now, by
	return nil
}

// ReportTx keeps the reports of townships.
type ReportTx interface {
	// AddReport writes one, sets its ID and its Number (year of its receipt, running).
	AddReport(*Report) error
	SaveReport(Report) error
	Report(id int64) (Report, error) // NotFound
	Reports() ([]Report, error)      // by id
}
