package inspections

import "anfang.example/inspections/calendar"

// WeekPlan says which slots of a holiday week fall away and which evenings are added. It is signed before
// the week is sealed; of several the newest counts.
type WeekPlan struct {
	ID       WeekPlanID       `json:"id" db:"id"`
	Year     int              `json:"iso_year" db:"iso_year"`
	Week     int              `json:"iso_week" db:"iso_week"`
	Dropped  []SlotMark       `json:"dropped" db:"-"`
	Evenings []calendar.Date  `json:"evenings" db:"-"`
	Reason   string           `json:"reason" db:"reason"`
	Signer   string           `json:"signer" db:"signed_by"`
	At       calendar.Instant `json:"at" db:"signed_at"`
}

// WeekPlanID numbers the plans of weeks.
type WeekPlanID int64

// SlotMark names a slot by its day and part ("morning", "afternoon").
type SlotMark struct {
	Day  calendar.Date `json:"day"`
	Part string        `json:"part"`
}

// Beacon is the value of a week's public beacon, taken from where the sealed book says.
type Beacon struct {
	Year  int              `json:"iso_year" db:"iso_year"`
	Week  int              `json:"iso_week" db:"iso_week"`
	Value string           `json:"value" db:"value"` // 64 lower-case hex digits
	By    string           `json:"by" db:"entered_by"`
	At    calendar.Instant `json:"at" db:"entered_at"`
}
