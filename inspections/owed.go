package inspections

import "anfang.example/inspections/calendar"

// OwedArgs tell somebody what is theirs: what is over, what ends today, what comes in the next days; and
// a higher person what others have let pass (提级督办). It names bodies and matters, never a person.
type OwedArgs struct {
	Name    string        `json:"name"`
	Day     calendar.Date `json:"day"`
	Raised  []OwedLine    `json:"raised,omitempty"`
	Late    []OwedLine    `json:"late,omitempty"`
	Today   []OwedLine    `json:"today,omitempty"`
	Soon    []OwedLine    `json:"soon,omitempty"`
	Waiting []OwedLine    `json:"waiting,omitempty"` // no end yet: a year of the calendar is missing
	Silent  []OwedLine    `json:"silent,omitempty"`  // of bodies without an address: to be telephoned
	Path    string        `json:"path"`
	Issuer  string        `json:"issuer"`
	Phone   string        `json:"phone"`
}

// OwedLine is one thing owed.
type OwedLine struct {
	Duty     string           `json:"duty"` // kind, e.g. "case_conclude"
	Clause   string           `json:"clause"`
	Period   string           `json:"period,omitempty"`
	About    string           `json:"about,omitempty"` // "case", "rectify", "visit" …; words: "owed.about."+About
	ID       string           `json:"id,omitempty"`    // its number
	Body     string           `json:"body,omitempty"`  // who owes it, "" the county office
	BodyKind PartyKind        `json:"body_kind"`
	Due      calendar.Instant `json:"due"`
	First    calendar.Instant `json:"first_due"` // before it was extended; zero: it never was
	Waits    string           `json:"waits,omitempty"`
}

// Any reports whether there is anything to tell.
func (a OwedArgs) Any() bool {
	return len(a.Raised)+len(a.Late)+len(a.Today)+len(a.Soon)+len(a.Waiting)+len(a.Silent) > 0
}

// ReceiptArgs tell a township that its report was received, and what the office holds of it (处理意见).
type ReceiptArgs struct {
	Number   string           `json:"number"` // of the receipt
	Case     string           `json:"case"`   // number of the case it proposed
	Township string           `json:"township"`
	Village  string           `json:"village"`
	Kind     string           `json:"kind"`
	How      string           `json:"how"`
	At       calendar.Instant `json:"at"` // of what was reported
	Received calendar.Instant `json:"received"`
	Prompt   bool             `json:"prompt"`
	Due      calendar.Instant `json:"due"` // of the opinion; zero: the calendar is missing
	Opinion  string           `json:"opinion"`
	Issuer   string           `json:"issuer"`
	Phone    string           `json:"phone"`
	Date     calendar.Date    `json:"date"`
}
