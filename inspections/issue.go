package inspections

import (
	"encoding/json"

	"anfang.example/inspections/calendar"
)

// IssueState is where a bulletin stands on its way out.
type IssueState string

// The states of an issue.
const (
	IssueDraft  IssueState = "draft"
	IssueSigned IssueState = "signed"
	IssueIssued IssueState = "issued"
)

// Issue is one published paper: the bulletin of a month, or a correction of one.
type Issue struct {
	ID       IssueID          `json:"id" db:"id"`
	Kind     string           `json:"kind" db:"kind"`   // "bulletin" or "correction"
	Month    string           `json:"month" db:"month"` // "2025-03"
	State    IssueState       `json:"state" db:"state"`
	Figures  json.RawMessage  `json:"figures" db:"figures"` // frozen, each with its row ids
	Drafted  calendar.Instant `json:"drafted" db:"drafted_at"`
	SignedBy string           `json:"signed_by" db:"signed_by"`
	SignedAt calendar.Instant `json:"signed_at" db:"signed_at"`
	Standing bool             `json:"standing" db:"standing"` // by a standing sign-off
	Year     int              `json:"year" db:"number_year"`
	Number   int              `json:"number" db:"number"` // without gaps per year; 0 until issued
	Issued   calendar.Instant `json:"issued" db:"issued_at"`
	PDF      string           `json:"pdf_sha256" db:"pdf_sha256"`
}

// FactAnswer is what one of those concerned said to a drafted bulletin, and how it was weighed (事实核对).
type FactAnswer struct {
	ID      int64            `json:"id" db:"id"`
	Month   string           `json:"month" db:"month"` // of the bulletin, "2025-03"
	Party   Party            `json:"party" db:"-"`
	Text    string           `json:"text" db:"text"`
	Weighed Weighing         `json:"weighed" db:"weighed"` // "" not yet
	Reason  string           `json:"reason" db:"reason"`
	By      string           `json:"by" db:"given_by"` // who entered it
	At      calendar.Instant `json:"at" db:"given_at"`
}

// Weighing is what became of an answer.
type Weighing string

// The outcomes of weighing an answer.
const (
	Adopted  Weighing = "adopted"
	Partly   Weighing = "partly"
	Rejected Weighing = "rejected"
)

// StandingSignOff lets bulletins of a period leave without a signature each; it is itself recorded.
type StandingSignOff struct {
	By    string           `json:"by" db:"signed_by"`
	From  calendar.Date    `json:"from" db:"from_day"`
	Until calendar.Date    `json:"until" db:"until_day"`
	At    calendar.Instant `json:"at" db:"recorded_at"`
}
