package inspections

import "anfang.example/inspections/calendar"

// VisitFilter picks visits; zero fields do not narrow. Lists come by start time, then id.
type VisitFilter struct {
	Kind      VisitKind
	State     VisitState
	Team      TeamID
	Inspector InspectorID      // first or second of the pair
	From      calendar.Instant // window starts at or after
	Until     calendar.Instant // window starts before
	Year      int              // with Week: of that ISO week
	Week      int
}

// FindingFilter picks findings; zero fields do not narrow. Lists come by id.
type FindingFilter struct {
	Kind     string
	Visit    VisitID
	Member   MemberID
	Team     TeamID
	Township TownshipID
	From     calendar.Instant // seen at or after
	Until    calendar.Instant // seen before
}

// LetterFilter picks letters; zero fields do not narrow. Lists come by id.
type LetterFilter struct {
	Kind LetterKind
	// Standby picks the letters of a standby, go and ended alike.
	Standby bool
	State   LetterState
	DueBy   calendar.Instant // next try at this moment or before; those never tried are due
	To      Party            // of this reader
	Under   string           // whose key begins so, e.g. "issue/7/"
	Message string           // of this Message-ID
	Settled calendar.Instant // settled then or later
	Limit   int
}
