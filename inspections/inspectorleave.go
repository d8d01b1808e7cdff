package inspections

import "anfang.example/inspections/calendar"

// InspectorLeave says that an inspector cannot go on some days. From the moment of its record it keeps the
// person off the next rosters and, for slots whose cut-off comes later, out of the pair.
type InspectorLeave struct {
	ID        InspectorLeaveID `json:"id" db:"id"`
	Inspector InspectorID      `json:"inspector" db:"inspector_id"`
	Kind      string           `json:"kind" db:"kind"` // one of InspectorLeaveKinds
	From      calendar.Date    `json:"from" db:"from_day"`
	Until     calendar.Date    `json:"until" db:"until_day"` // last day; zero while it lasts
	Note      string           `json:"note" db:"note"`
	Recorded  calendar.Instant `json:"recorded" db:"recorded_at"`
}

// InspectorLeaveID numbers the leaves of inspectors.
type InspectorLeaveID int64

// InspectorLeaveKinds lists why an inspector may be away; words: "inspector_leave."+kind.
func InspectorLeaveKinds() []string { return []string{"leave", "illness", "duty"} }
