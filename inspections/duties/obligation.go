// Package duties knows who owes what by when and what was done, so that nothing due is forgotten and
// the county office's own misses show like anyone's.
//
// An obligation stands in the database from the moment it arises; a clock that cannot be computed
// (a calendar year without a notice) stands undetermined and is settled when the year is imported.
package duties

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Kind is one duty of the catalog.
type Kind string

// The duties that the program starts and settles by itself.
const (
	WeeklyVisits  Kind = "weekly_visits"    // 3.4: two random visits in the week; period "2025-W11"
	Bulletin      Kind = "bulletin"         // 3.4: the month's bulletin; period "2025-03"
	BulletinSign  Kind = "bulletin_sign"    // the signer's part of it
	CaseConclude  Kind = "case_conclude"    // 3.6: within a week; subject "case/3"
	Opinion       Kind = "opinion"          // 3.2b: three working days; subject "report/5"
	VerifyAbsence Kind = "verify_absence"   // same day; subject "visit/7"
	RecordVisit   Kind = "record_visit"     // the pair's record; subject "visit/7"
	CaseApprove   Kind = "case_approve"     // the approver's answer; subject "case/3"
	NoPair        Kind = "no_pair"          // a drawn team without a pair; subject "slot/2025-W11/5"
	Alarm         Kind = "alarm"            // told to a named person
	ReplaceUnit   Kind = "replace_unit"     // 2.1: the unit replaces a recalled member; subject "measure/9"
	ReplaceCounty Kind = "replace_county"   // 3.1: the county office posts another; subject "measure/9"
	Rectify       Kind = "rectify"          // a line of the ledger of rectification; subject "rectify/4"
	Correct       Kind = "bulletin_correct" // 3.4: an upheld appeal becomes a printed correction; subject "case/3/act/9"
	HandoverReply Kind = "handover"         // a hand-over slip's receipt; subject "case/3/act/7"
	AppealAnswer  Kind = "appeal_answer"    // 3.6: a leader answers an appeal; subject "case/3/act/8"
	Statement     Kind = "statement"        // 3.6: those concerned are asked for a statement; subject "case/3/act/5"
)

// Obligation is one thing owed. (Kind, Party, Period, Subject) is unique per county.
type Obligation struct {
	ID           inspections.ObligationID `json:"id" db:"id"`
	Kind         Kind                     `json:"kind" db:"kind"`
	Clause       string                   `json:"clause" db:"clause"`
	Party        inspections.Party        `json:"party" db:"-"`
	Period       string                   `json:"period" db:"period"`
	Subject      string                   `json:"subject" db:"subject"`
	Started      calendar.Instant         `json:"started" db:"started_at"`
	Due          calendar.Instant         `json:"due" db:"due_at"`                // zero while undetermined
	Undetermined string                   `json:"undetermined" db:"undetermined"` // e.g. "calendar 2027"; "" when Due stands
	Done         calendar.Instant         `json:"done" db:"done_at"`
	DoneRef      string                   `json:"done_ref" db:"done_ref"`
	Escalated    calendar.Instant         `json:"escalated" db:"escalated_at"`
	Reason       string                   `json:"reason" db:"reason"` // of a miss, a waiver or an extension
	FirstDue     calendar.Instant         `json:"first_due" db:"first_due_at"`
	ExtendedBy   inspections.UserID       `json:"extended_by" db:"extended_by"` // 0: never extended
	Workdays     int                      `json:"workdays" db:"workdays"`       // length of a clock of working days
	Counted      string                   `json:"counted" db:"counted"`         // the days as counted when it was set; "" calendar days
	About        string                   `json:"about" db:"about"`             // of one told by hand: what it is about
	Length       int                      `json:"length" db:"length"`           // length of a clock of calendar days
	Starts       inspections.ClockStart   `json:"starts" db:"starts"`           // what sets its clock going; "" its day stands by itself
	FirstDay     inspections.FirstDay     `json:"first_day" db:"first_day"`     // the first day that it counts
}

// Open reports whether it is still owed.
func (o Obligation) Open() bool { return o.Done.IsZero() }

// Overdue reports whether it is owed and its time is over at now.
func (o Obligation) Overdue(now calendar.Instant) bool {
	return o.Open() && !o.Due.IsZero() && now.After(o.Due.Time)
}

// Late reports whether it was done after its time.
func (o Obligation) Late() bool {
	return !o.Done.IsZero() && !o.Due.IsZero() && o.Done.After(o.Due.Time)
}

// Measured reports whether it counts for or against whoever owes it. The time to make a statement does not:
// it is theirs to use or to let pass. An alarm tells of another duty.
func (o Obligation) Measured() bool { return o.Kind != Statement && o.Kind != Alarm }

// Filter picks obligations; zero fields do not narrow.
type Filter struct {
	Kind        Kind
	Party       inspections.PartyKind
	Period      string
	Subject     string
	Open        bool             // only those still owed
	DueBy       calendar.Instant // due at this moment or before
	Unescalated bool
}

// Tx is what duties need of a transaction.
type Tx interface {
	Now() calendar.Instant
	// AddObligation writes one and sets its ID; false when it stands already.
	AddObligation(*Obligation) (bool, error)
	SaveObligation(Obligation) error
	// Obligations lists by due time, undetermined first, then by id.
	Obligations(Filter) ([]Obligation, error)
}

// Fulfil marks what is owed as done now; it is no error when nothing of the kind is open.
func Fulfil(tx Tx, f Filter, ref string) error {
	f.Open = true
	open, err := tx.Obligations(f)
	if err != nil {
		return err
	}
	for _, o := range open {
		o.Done, o.DoneRef = tx.Now(), ref
		if err := tx.SaveObligation(o); err != nil {
			return err
		}
	}
	return nil
}
