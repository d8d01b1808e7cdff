package inspections

import (
	"encoding/json"

	"anfang.example/inspections/calendar"
)

// CopyScope is how much of a paper one reader's copy shows.
type CopyScope string

// The scopes of a copy.
const (
	ScopeAll CopyScope = "all"
	ScopeOwn CopyScope = "own" // the reader's own part in full, the others' in sums
)

// How an issued paper reaches its readers (setting paper_delivery).
const (
	DeliverAttach = "attach" // the PDF goes with the letter
	DeliverPortal = "portal" // the letter only tells; the paper is read in the portal
	DeliverFolder = "folder" // the letter only tells; the clerk puts the papers into an exchange folder
	DeliverPrint  = "print"  // the letter only tells; the clerk prints and hands out
)

// IssueCopy is one reader's copy of an issued paper, with a hash of its own. It is owed from the issuing transaction on
// and made after it, since many copies take longer than a transaction may.
type IssueCopy struct {
	ID    int64            `json:"id" db:"id"`
	Issue IssueID          `json:"issue" db:"issue_id"`
	To    Party            `json:"to" db:"-"`
	Name  string           `json:"name" db:"to_name"`
	Email string           `json:"email" db:"to_email"` // "": no letter goes
	Scope CopyScope        `json:"scope" db:"scope"`
	Mark  bool             `json:"mark" db:"mark"`             // the reader's name stands on every page
	Args  json.RawMessage  `json:"-" db:"args"`                // of the letter: BulletinArgs without the hash
	PDF   string           `json:"pdf_sha256" db:"pdf_sha256"` // "" until made
	Made  calendar.Instant `json:"made" db:"made_at"`
}
