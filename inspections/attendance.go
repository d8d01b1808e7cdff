package inspections

import (
	"slices"
	"strings"

	"anfang.example/inspections/calendar"
)

// SignStatus is what a township's ledger says of a member's day.
type SignStatus string

// The statuses of a ledger day.
const (
	SignPresent SignStatus = "present"
	SignLeave   SignStatus = "leave"
	SignTravel  SignStatus = "travel" // 公出
	SignAbsent  SignStatus = "absent" // the ledger itself says: not signed in
)

// What a file showed about the place of a sign-in.
const (
	MarkLocated   = "located"    // it had coordinates, so that Odd means something
	MarkSameSpot  = "same_spot"  // several members with the very same coordinates
	MarkTwoPlaces = "two_places" // another row of the day is kilometres away
)

// Has reports whether a sign-in bears a mark.
func (s SignIn) Has(mark string) bool {
	return slices.Contains(strings.Fields(s.Marks), mark)
}

// SignIn is one member's day in a ledger. The newest import of a day counts; earlier ones stay on record.
type SignIn struct {
	Member MemberID      `json:"member" db:"member_id"`
	Team   TeamID        `json:"team" db:"team_id"`
	Day    calendar.Date `json:"day" db:"day"`
	Clock  string        `json:"clock" db:"clock"` // "08:15:00", "" when not given
	Status SignStatus    `json:"status" db:"status"`
	Leave  string        `json:"leave" db:"leave_kind"` // key of the catalog: "leave."+Leave
	Odd    bool          `json:"odd" db:"odd_place"`
	Marks  string        `json:"marks" db:"marks"` // words of the Mark constants with a blank between, told at intake; coordinates are not kept
	Import ImportID      `json:"import" db:"import_id"`
	Row    int           `json:"row" db:"source_row"`
	Answer int64         `json:"answer,omitempty" db:"answer_id"` // the answer about a name that credited it; 0 none
}

// Leave is a leave or a duty travel that was reported to the office.
type Leave struct {
	ID         LeaveID          `json:"id" db:"id"`
	Member     MemberID         `json:"member" db:"member_id"`
	Kind       string           `json:"kind" db:"kind"` // "travel", or a kind of leave: "sick", "personal", "annual", "other"
	From       calendar.Date    `json:"from" db:"from_day"`
	Until      calendar.Date    `json:"until" db:"until_day"`
	Approver   string           `json:"approver" db:"approver"`
	ApprovedBy Approval         `json:"approved_by,omitempty" db:"approved_by"`
	Note       string           `json:"note" db:"note"`
	Recorded   calendar.Instant `json:"recorded" db:"recorded_at"`
	Replaces   LeaveID          `json:"replaces,omitempty" db:"replaces"` // the earlier entry that this one corrects; 0 none
	Answer     int64            `json:"answer,omitempty" db:"answer_id"`  // as of a SignIn
}

// Corrects reports whether a later entry about the same member is another word on an earlier one, so that only the
// later counts: they share days and are of one kind, or are of the same days. A span cut at the end of a month, as
// monthly lists do with what runs on, corrects nothing: the days beyond stay covered.
func (l Leave) Corrects(old Leave) bool {
	if l.Member != old.Member || !Covers(old.From, old.Until, l.From) && !Covers(l.From, l.Until, old.From) {
		return false
	}
	if l.Kind != old.Kind {
		return l.From == old.From && l.Until == old.Until
	}
	cutBefore := old.From < l.From && l.From == calendar.MonthOf(l.From).First()
	cutAfter := !l.Until.IsZero() && (old.Until.IsZero() || l.Until < old.Until) && l.Until == calendar.MonthOf(l.Until).Last()
	return !cutBefore && !cutAfter
}

// Import is one file that was taken in.
type Import struct {
	ID       ImportID         `json:"id" db:"id"`
	Kind     string           `json:"kind" db:"kind"` // roster, signins, leave, calendar
	Name     string           `json:"name" db:"name"`
	SHA      string           `json:"sha256" db:"sha256"`
	Rows     int              `json:"rows" db:"row_count"`
	Problems int              `json:"problems" db:"problem_count"`
	At       calendar.Instant `json:"at" db:"imported_at"`
}

// Problem is one thing about a file that was repaired, left out or must be asked (never guessed).
type Problem struct {
	File     string `json:"file"`
	Sheet    string `json:"sheet,omitempty"`
	Row      int    `json:"row"`              // from 1, as a spreadsheet counts
	Column   string `json:"column,omitempty"` // heading or letter
	Key      string `json:"key"`              // words: "problem."+Key
	Value    string `json:"value,omitempty"`
	Repaired string `json:"repaired,omitempty"` // what was taken instead; empty when the row was left out
	LeftOut  bool   `json:"left_out"`
	Asks     Asking `json:"-"` // whom the row names, where somebody must say or has said who it is
}
