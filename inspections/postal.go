package inspections

import (
	"strings"

	"anfang.example/inspections/calendar"
)

// DeadAddress stops letters to an address of which a mail server said that nobody is there, until a
// person lifts it: whoever goes on writing to such addresses is soon taken for a sender of spam.
type DeadAddress struct {
	ID       StopID           `json:"id" db:"id"`
	Address  string           `json:"address" db:"address"` // in small letters
	Letter   LetterID         `json:"letter" db:"letter_id"`
	Answer   string           `json:"answer" db:"answer"` // what the server said
	Since    calendar.Instant `json:"since" db:"since_at"`
	Lifted   calendar.Instant `json:"lifted" db:"lifted_at"` // zero: in force
	LiftedBy string           `json:"lifted_by" db:"lifted_by"`
}

// ByNotice reports a stop that a later notice caused and not the server we hand letters to: that one takes letters to
// the address all the same, which then says nothing.
func (d DeadAddress) ByNotice() bool { return Letter{Answer: d.Answer}.AnsweredBy(AnswerReturned) }

// Returned is one mail that told of one letter that it did not reach its reader though a server had taken it. It is
// kept so that the same mail, read again, changes nothing.
type Returned struct {
	Notice string           `json:"notice" db:"notice"` // SHA-256 of the mail, hex
	Letter LetterID         `json:"letter" db:"letter_id"`
	Status string           `json:"status" db:"status"` // as "5.1.1" (RFC 3463); "" none was given
	Answer string           `json:"answer" db:"answer"` // why, in that server's words
	Read   calendar.Instant `json:"read" db:"read_at"`
}

// Receipt is a reader's own word, given in the portal, that a letter arrived.
type Receipt struct {
	Letter LetterID         `json:"letter" db:"letter_id"`
	User   UserID           `json:"user" db:"user_id"`
	At     calendar.Instant `json:"at" db:"received_at"`
}

// The keys that stand as the answer of letters where no mail server gave one.
const (
	AnswerStopped = "mail.stopped"  // the address is dead
	AnswerTooLate = "mail.deadline" // its time was over
	AnswerQuiet   = "mail.quiet"    // it waits for the reader's morning
	AnswerDoubted = "mail.doubted"  // a try ended in doubt and another one follows
	AnswerDropped = "mail.dropped"  // it lies in the folder for letters
	AnswerHanded  = "mail.handed"   // the mail program of this machine took it

	AnswerReturned = "mail.returned" // it was taken, and came back
)

// answerPrefix begins an answer that is a key and not a server's words.
const answerPrefix = "error."

// AnsweredBy reports whether the letter's last answer is one of the office's own, by its key.
func (l Letter) AnsweredBy(key string) bool {
	own, _, _ := strings.Cut(l.Answer, "?")
	return own == answerPrefix+key
}

// Stopped reports a letter that was not tried because its address is dead.
func (l Letter) Stopped() bool { return l.State == LetterRefused && l.AnsweredBy(AnswerStopped) }

// Standing is the state of a letter as people should read it: what left by other means than a mail server is not said
// to have reached one, and what came back is told from what was refused at once.
func (l Letter) Standing() LetterState {
	switch {
	case l.State == LetterAccepted && l.AnsweredBy(AnswerDropped):
		return LetterDropped
	case l.State == LetterAccepted && l.AnsweredBy(AnswerHanded):
		return LetterHanded
	case l.State == LetterRefused && l.AnsweredBy(AnswerReturned):
		return LetterReturned
	}
	return l.State
}

// AgainMark stands in the key of a letter that was sent once more, after the key of the first.
const AgainMark = "/again/"

// Root is the key of the letter itself, of whichever copy.
func (l Letter) Root() string {
	root, _, _ := strings.Cut(l.Key, AgainMark)
	return root
}

// AsksReceipt reports kinds that set a person going or start a clock: the reader is asked to confirm them
// in the portal. The two letters of a standby ask alike, so that the asking tells nothing.
func (k LetterKind) AsksReceipt() bool {
	switch k {
	case LetterGo, LetterStandbyOver, LetterCancelled, LetterCaseTownship, LetterCaseUnit, LetterCaseMember, LetterPaper:
		return true
	}
	return false
}
