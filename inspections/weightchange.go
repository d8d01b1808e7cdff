package inspections

import "anfang.example/inspections/calendar"

// WeightChange is a risk weight that people set instead of the one computed: it takes one person to
// propose it and another to decide it, and both stand on record.
type WeightChange struct {
	ID       WeightChangeID   `json:"id" db:"id"`
	Team     TeamID           `json:"team" db:"team_id"`
	Weight   int              `json:"weight" db:"weight"` // 500 … 3000; 0 leaves the team out of the draw
	From     calendar.Date    `json:"from" db:"from_day"`
	Until    calendar.Date    `json:"until" db:"until_day"` // last day; a change always ends
	Reason   string           `json:"reason" db:"reason"`
	Proposer UserID           `json:"proposer" db:"proposer_id"`
	Proposed calendar.Instant `json:"proposed" db:"proposed_at"`
	Decider  UserID           `json:"decider" db:"decider_id"`
	Decided  calendar.Instant `json:"decided" db:"decided_at"` // zero: open
	Approved bool             `json:"approved" db:"approved"`
}

// WeightChangeID numbers the changes of weights.
type WeightChangeID int64

// InForce reports whether the change was approved before a moment and covers a day.
func (c WeightChange) InForce(before calendar.Instant, day calendar.Date) bool {
	return c.Approved && c.Decided.Before(before.Time) && Covers(c.From, c.Until, day)
}

// Complaint is what somebody told the office about a team; it raises the team's chance a little, up to a
// cap, and decides nothing.
type Complaint struct {
	ID       ComplaintID      `json:"id" db:"id"`
	Team     TeamID           `json:"team" db:"team_id"`
	Day      calendar.Date    `json:"day" db:"day"` // when it reached the office
	Source   string           `json:"source" db:"source"`
	Note     string           `json:"note" db:"note"` // never in the journal
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// ComplaintID numbers complaints.
type ComplaintID int64
