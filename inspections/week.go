package inspections

import (
	"encoding/json"

	"anfang.example/inspections/calendar"
)

// Freeze is the sealed book of a week (督查底册): written once, Sunday 18:00 before it, never changed.
// Body is canonical JSON (RFC 8785); Hash is SHA-256("anfang/freeze/v1" ‖ Body).
type Freeze struct {
	Year     int              `json:"iso_year" db:"iso_year"`
	Week     int              `json:"iso_week" db:"iso_week"`
	Body     string           `json:"body" db:"body"`
	Hash     string           `json:"hash" db:"hash"`
	Late     bool             `json:"late" db:"late"`
	Frozen   calendar.Instant `json:"frozen" db:"frozen_at"`
	CoSeed   string           `json:"coseed" db:"coseed"` // ten dice or 32 hex digits as given, "" absent
	CoSeedBy string           `json:"coseed_by" db:"coseed_by"`
	CoSeedAt calendar.Instant `json:"coseed_at" db:"coseed_at"`
}

// ISOWeek gives the frozen week.
func (f Freeze) ISOWeek() calendar.Week { return calendar.Week{Year: f.Year, Number: f.Week} }

// SlotOutcome is what a slot brought.
type SlotOutcome string

// The outcomes of a slot.
const (
	SlotNone     SlotOutcome = "none"
	SlotDispatch SlotOutcome = "dispatch"
	SlotMissed   SlotOutcome = "missed" // its release passed while nobody could make it; never redrawn
	SlotNoPair   SlotOutcome = "nopair" // drawn, but nobody on standby may go: escalated to a person
)

// Slot is the row of one slot. Nothing of it exists before its release minute.
type Slot struct {
	Year     int              `json:"iso_year" db:"iso_year"`
	Week     int              `json:"iso_week" db:"iso_week"`
	Slot     int              `json:"slot" db:"slot"`
	Outcome  SlotOutcome      `json:"outcome" db:"outcome"`
	Visit    VisitID          `json:"visit" db:"visit_id"` // 0: none
	Released calendar.Instant `json:"released" db:"released_at"`
	Row      json.RawMessage  `json:"row" db:"row"`   // everything the replay needs, canonical JSON
	Link     string           `json:"link" db:"link"` // x_t in hex, set when revealed after the window
}

// Exception is a week with fewer than two visits, approved before it begins (例外安排).
type Exception struct {
	Year   int              `json:"iso_year" db:"iso_year"`
	Week   int              `json:"iso_week" db:"iso_week"`
	Reason string           `json:"reason" db:"reason"`
	By     string           `json:"by" db:"signed_by"`
	At     calendar.Instant `json:"at" db:"signed_at"`
}

// Anchor is the published check value of a year's chain of links (年度校验基准).
type Anchor struct {
	Year int              `json:"iso_year" db:"iso_year"`
	Hex  string           `json:"anchor" db:"anchor"`
	At   calendar.Instant `json:"at" db:"recorded_at"`
}

// Run is one scheduled job at its nominal time; the pair is unique, so a job fires once.
type Run struct {
	Job  string           `json:"job" db:"job"`
	Due  calendar.Instant `json:"due" db:"due_at"`
	Done calendar.Instant `json:"done" db:"done_at"`
	Note string           `json:"note" db:"note"`
}
