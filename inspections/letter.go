package inspections

import (
	"encoding/json"

	"anfang.example/inspections/calendar"
)

// LetterState is where a letter stands. Unknown means that SMTP left it open whether it arrived.
type LetterState string

// The states of the post.
const (
	LetterQueued   LetterState = "queued"
	LetterSending  LetterState = "sending"
	LetterAccepted LetterState = "accepted"
	LetterRefused  LetterState = "refused"
	LetterUnknown  LetterState = "unknown"
)

// How a letter stands besides: these are told from its answer and never stored.
const (
	LetterDropped LetterState = "dropped" // it lies in the folder for letters; nobody has sent it
	LetterHanded  LetterState = "handed"  // the mail program of this machine has it; what a server said is not known
	// LetterReturned was taken by a mail server and came back later.
	LetterReturned LetterState = "returned"
	LetterResent   LetterState = "resent" // another letter was sent in its place, and that one counts
)

// LetterKind picks the template of a letter.
type LetterKind string

// The kinds of letters.
const (
	LetterGo           LetterKind = "assignment.go"    // to the pair
	LetterStandbyOver  LetterKind = "assignment.ended" // to the others on standby
	LetterCancelled    LetterKind = "assignment.cancelled"
	LetterFreeze       LetterKind = "week.freeze" // freeze note to the leader
	LetterAlarm        LetterKind = "alarm"       // to a named person
	LetterCaseTownship LetterKind = "case.start.township"
	LetterCaseUnit     LetterKind = "case.start.unit"
	LetterCaseMember   LetterKind = "case.start.member"
	LetterApprove      LetterKind = "case.approve"     // asks the approver
	LetterSignOff      LetterKind = "bulletin.signoff" // asks the signer
	LetterBulletin     LetterKind = "bulletin.issue"
	LetterAnchor       LetterKind = "draw.anchor"
	LetterDigest       LetterKind = "digest.daily"   // 3.7
	LetterOwed         LetterKind = "duty.owed"      // what is theirs: reminders, the daily list, what was raised
	LetterReceipt      LetterKind = "report.receipt" // to the township that reported
	LetterOpinion      LetterKind = "report.opinion" // 3.2b, to the township
	LetterPaper        LetterKind = "paper.issue"    // an issued paper to its addressee
	LetterTest         LetterKind = "test"
)

// Assignment reports whether the letter tells somebody on standby go or ended: these have one length,
// and when in doubt they are sent again at once (PROMISES.md).
func (k LetterKind) Assignment() bool { return k == LetterGo || k == LetterStandbyOver }

// Attachment is a paper that goes with a letter, by the SHA-256 of its blob.
type Attachment struct {
	SHA   string `json:"sha256"`
	Name  string `json:"name"`
	Media string `json:"media"`
}

// Letter is one message to one reader. In the transaction that causes it, it is data only; the post
// renders it and stores its bytes before the first try.
type Letter struct {
	ID        LetterID         `json:"id" db:"id"`
	Kind      LetterKind       `json:"kind" db:"kind"`
	Key       string           `json:"key" db:"key"` // unique per county: the same cause writes no second letter
	To        Party            `json:"to" db:"-"`
	Name      string           `json:"name" db:"to_name"`
	Email     string           `json:"email" db:"to_email"`
	Args      json.RawMessage  `json:"args" db:"args"`
	Attach    []Attachment     `json:"attach" db:"-"`
	Created   calendar.Instant `json:"created" db:"created_at"`
	State     LetterState      `json:"state" db:"state"`
	Tries     int              `json:"tries" db:"tries"`
	NextTry   calendar.Instant `json:"next_try" db:"next_try_at"`
	MessageID string           `json:"message_id" db:"message_id"` // fixed before the first try
	BodySHA   string           `json:"body_sha256" db:"body_sha256"`
	Settled   calendar.Instant `json:"settled" db:"settled_at"`   // accepted, refused or found in doubt
	Answer    string           `json:"answer" db:"answer"`        // what the server said last
	Asked     calendar.Instant `json:"asked" db:"asked_at"`       // a person asked for it again; zero: nobody did
	Replaces  LetterID         `json:"replaces" db:"replaces_id"` // sent in place of that one, to another address; 0: none
}
