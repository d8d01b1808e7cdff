package portal

import (
	"encoding/json"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/reports/post"
)

// letterLine is a letter in a list.
type letterLine struct {
	L        inspections.Letter
	Kind     string
	Number   string // of the case or paper that it is about; "" none
	Standing inspections.LetterState
	Failed   bool
	Why      string // what the server said, in words
	Retry    bool
	Stopped  bool // its address is: sent there again it would be refused
	Doubt    bool
	Copy     bool   // may be sent to another address
	To       string // where it was sent once more
	First    string // where the letter went that this one was sent in place of
	Received calendar.Instant
	Asks     bool // the reader may confirm it and has not
}

type stateCount struct {
	State inspections.LetterState
	N     int
	Late  bool // somebody must look at them
}

// letterStandings are the ways in which a letter may stand, what failed first.
var letterStandings = []inspections.LetterState{
	inspections.LetterRefused, inspections.LetterReturned, inspections.LetterUnknown, inspections.LetterQueued, inspections.LetterSending,
	inspections.LetterAccepted, inspections.LetterHanded, inspections.LetterDropped, inspections.LetterResent,
}

// failedStandings want a person; rareStandings are not counted where there is nothing to count: most offices use one way
// to send, and little comes back.
var (
	failedStandings = []inspections.LetterState{inspections.LetterRefused, inspections.LetterReturned, inspections.LetterUnknown}
	rareStandings   = []inspections.LetterState{inspections.LetterReturned, inspections.LetterHanded, inspections.LetterDropped, inspections.LetterResent}
)

// mailBook is what a list of letters needs to know beside each letter.
type mailBook struct {
	letters  map[inspections.LetterID]inspections.Letter
	copies   office.Copies
	received map[inspections.LetterID]calendar.Instant
	stopped  map[string]bool // addresses, in small letters
}

// openMailBook looks up what belongs to letters, given by id.
func openMailBook(tx Tx, letters []inspections.Letter) (mailBook, error) {
	b := mailBook{letters: map[inspections.LetterID]inspections.Letter{}, copies: office.CopiesOf(letters), stopped: map[string]bool{}}
	for _, l := range letters {
		b.letters[l.ID] = l
	}
	stops, err := tx.DeadAddresses()
	if err != nil {
		return b, err
	}
	for _, d := range stops {
		b.stopped[d.Address] = b.stopped[d.Address] || d.Lifted.IsZero()
	}
	b.received, err = receivedAt(tx)
	return b, err
}

// byStanding orders letters by how they stand, else as they come, and counts them.
func (b mailBook) byStanding(letters []inspections.Letter) ([]inspections.Letter, []stateCount) {
	groups := map[inspections.LetterState][]inspections.Letter{}
	for _, l := range letters {
		s := b.copies.Standing(l)
		groups[s] = append(groups[s], l)
	}
	var ordered []inspections.Letter
	var counts []stateCount
	for _, s := range letterStandings {
		ordered = append(ordered, groups[s]...)
		if n := len(groups[s]); n > 0 || !slices.Contains(rareStandings, s) {
			counts = append(counts, stateCount{s, n, n > 0 && slices.Contains(failedStandings, s)})
		}
	}
	return ordered, counts
}

// line shows a letter without its content. Go and ended have one name here: the list must not tell who was sent where
// before the visit is over.
func (b mailBook) line(x *exchange, l inspections.Letter) letterLine {
	s := b.copies.Standing(l)
	failed := slices.Contains(failedStandings, s)
	line := letterLine{
		L: l, Kind: letterKindOf(x, l), Number: numberOf(l), Standing: s, Failed: failed, Retry: failed && !l.Stopped(),
		Doubt: s == inspections.LetterUnknown, To: b.copies[l.ID].Email, First: b.letters[l.Replaces].Email, Received: b.received[l.ID],
	}
	line.Stopped = line.Retry && !l.Kind.Assignment() && b.stopped[strings.ToLower(l.Email)]
	line.Copy = failed || s != inspections.LetterResent && l.State == inspections.LetterAccepted
	// What waits in the queue after a try says why: the server cannot be reached, the reader is not to be woken.
	if failed || l.State == inspections.LetterQueued || l.Standing() != l.State && s != inspections.LetterResent {
		line.Why = post.ExplainAnswer(x.words, l.Answer)
	}
	if l.State == inspections.LetterQueued && l.Answer != "" && !l.AnsweredBy(inspections.AnswerQuiet) { // that says it itself
		line.Why = x.words.T("portal.mail.next", "why", line.Why, "at", l.NextTry)
	}
	return line
}

// numberOf tells two letters of a kind apart: the case's or paper's number. A standby's say nothing.
func numberOf(l inspections.Letter) string {
	var about struct {
		Number string `json:"number"`
	}
	if l.Kind.Assignment() || json.Unmarshal(l.Args, &about) != nil {
		return ""
	}
	return about.Number
}

// receivedAt gives when letters were confirmed.
func receivedAt(tx Tx) (map[inspections.LetterID]calendar.Instant, error) {
	given, err := tx.Receipts()
	at := map[inspections.LetterID]calendar.Instant{}
	for _, r := range given {
		at[r.Letter] = r.At
	}
	return at, err
}

func letterKindOf(x *exchange, l inspections.Letter) string {
	if l.Kind.Assignment() {
		return x.words.T("portal.mail.standby")
	}
	return x.words.Label("letter_kind", l.Kind)
}
