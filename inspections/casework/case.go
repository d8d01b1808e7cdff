// Package casework runs one case with its investigations of the township, of each aid unit and of the
// member, so that both sides answer for what happened (3.6, one case, dual investigation).
package casework

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// State is where a case stands.
type State string

// The states of a case.
const (
	Proposed State = "proposed" // clock running, awaiting approval to start
	Refused  State = "refused"  // closed as not started, with a reason, visible
	Open     State = "open"     // approved; letters have left
	Closed   State = "closed"   // all branches concluded, all measures carried out
)

// Case is one matter with one fact. Who was responsible is fixed as of the fact's day.
type Case struct {
	ID         inspections.CaseID     `json:"id" db:"id"`
	Number     string                 `json:"number" db:"number"` // "2025-003"
	State      State                  `json:"state" db:"state"`
	Source     string                 `json:"source" db:"source"` // "visit", "report", "hand"
	Visit      inspections.VisitID    `json:"visit" db:"visit_id"`
	Finding    inspections.FindingID  `json:"finding" db:"finding_id"`
	Kind       string                 `json:"kind" db:"kind"` // of the finding, e.g. "absent"
	Township   inspections.TownshipID `json:"township" db:"township_id"`
	Team       inspections.TeamID     `json:"team" db:"team_id"`
	Member     inspections.MemberID   `json:"member" db:"member_id"` // 0: no person identified
	FactAt     calendar.Instant       `json:"fact_at" db:"fact_at"`
	Reported   bool                   `json:"reported" db:"reported"` // the township reported by itself; counts for it
	Proposed   calendar.Instant       `json:"proposed" db:"proposed_at"`
	Due        calendar.Instant       `json:"due" db:"due_at"`
	Decided    calendar.Instant       `json:"decided" db:"decided_at"` // started or refused
	DecidedBy  inspections.UserID     `json:"decided_by" db:"decided_by"`
	DecideDuty string                 `json:"decide_duty" db:"decide_duty"` // post of the approver, as printed
	Reason     string                 `json:"reason" db:"reason"`
	ClosedAt   calendar.Instant       `json:"closed" db:"closed_at"`
}

// Approve starts the investigations. Error: Conflict.
func (c *Case) Approve(by inspections.UserID, duty string, now calendar.Instant) error {
	if c.State != Proposed {
		return inspections.Fail(inspections.Conflict, "case.not_proposed", "case", c.Number)
	}
	c.State, c.Decided, c.DecidedBy, c.DecideDuty = Open, now, by, duty
	return nil
}

// Refuse closes a proposed case as not started. Errors: Conflict, Invalid without a reason.
func (c *Case) Refuse(by inspections.UserID, duty, reason string, now calendar.Instant) error {
	if c.State != Proposed {
		return inspections.Fail(inspections.Conflict, "case.not_proposed", "case", c.Number)
	}
	if reason == "" {
		return inspections.Fail(inspections.Invalid, "case.reason_missing", "case", c.Number)
	}
	c.State, c.Decided, c.DecidedBy, c.DecideDuty, c.Reason = Refused, now, by, duty, reason
	return nil
}

// Reopen takes a closed case up again. Errors: Conflict, Invalid without a reason.
func (c *Case) Reopen(reason string) error {
	if c.State != Closed {
		return inspections.Fail(inspections.Conflict, "case.not_closed", "case", c.Number)
	}
	if reason == "" {
		return inspections.Fail(inspections.Invalid, "case.act_text", "case", c.Number)
	}
	c.State, c.ClosedAt = Open, calendar.Instant{}
	return nil
}

// Close ends the case; the gate of 3.6: every branch concluded, every measure carried out.
// The database holds the same gate. Error: Conflict.
func (c *Case) Close(branches []Branch, measures []Measure, now calendar.Instant) error {
	if c.State != Open {
		return inspections.Fail(inspections.Conflict, "case.not_open", "case", c.Number)
	}
	if len(branches) == 0 {
		return inspections.Fail(inspections.Conflict, "case.branch_open", "case", c.Number, "branch", 0)
	}
	for _, b := range branches {
		if b.State != BranchConcluded {
			return inspections.Fail(inspections.Conflict, "case.branch_open", "case", c.Number, "branch", b.Seq)
		}
	}
	for _, m := range measures {
		if m.Executed.IsZero() {
			return inspections.Fail(inspections.Conflict, "case.measure_open", "case", c.Number, "measure", int64(m.ID))
		}
	}
	c.State, c.ClosedAt = Closed, now
	return nil
}
