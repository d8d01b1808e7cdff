package inspections

import "anfang.example/inspections/calendar"

// SpecialOrder says why a special visit was sent and who asked for it; the visit itself stands beside the
// random ones and counts for none of them.
type SpecialOrder struct {
	Visit   VisitID          `json:"visit" db:"visit_id"`
	Reason  string           `json:"reason" db:"reason"` // may hold what a tip-off says: never in the journal
	AskedBy string           `json:"asked_by" db:"asked_by"`
	Follows VisitID          `json:"follows" db:"follows_id"` // of a follow-up: the visit it looks back at; 0 none
	By      string           `json:"by" db:"ordered_by"`      // role and number of who sent it
	At      calendar.Instant `json:"at" db:"ordered_at"`
}
