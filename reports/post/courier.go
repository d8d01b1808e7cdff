package post

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"anfang.example/inspections"
)

// Message is one letter in its final bytes, with its envelope: one reader.
type Message struct {
	ID   inspections.LetterID
	Kind inspections.LetterKind
	From string // address only
	To   string // address only
	Raw  []byte // CRLF lines, 7-bit
}

// Result is what became of one try.
type Result string

// The results of a try.
const (
	Accepted Result = "accepted" // the server, the program or the folder has taken it over
	Refused  Result = "refused"  // for good (5xx)
	Later    Result = "later"    // not now (4xx), or lost before the last dot: it cannot have arrived
	Unknown  Result = "unknown"  // lost after the last dot: it may have arrived
)

// Outcome is the result of a try with the server's words.
type Outcome struct {
	Result Result
	Answer string // e.g. "550 5.1.1 no such user"; for people to read
	Lost   bool   // the connection broke
	Dead   bool   // refused because nobody is at that address
}

// Courier takes one message to its reader. An error means that nothing was tried on the message since
// the server cannot be reached or used at all (no connection, no TLS, wrong password): further messages
// would fare the same. Errors for people are *inspections.Error.
type Courier interface {
	Deliver(ctx context.Context, m Message) (Outcome, error)
	// Close ends a connection that is kept between messages; Deliver may be called again afterwards.
	Close() error
}

// DirCourier drops each message as an .eml file into a folder.
type DirCourier struct{ Dir string }

// Deliver writes <id>-<kind>.eml, complete or not at all.
func (c DirCourier) Deliver(_ context.Context, m Message) (Outcome, error) {
	fail := func(err error) (Outcome, error) {
		return Outcome{}, inspections.Fail(inspections.Busy, "mail.drop_folder", "folder", c.Dir).Because(err)
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return fail(err)
	}
	name := fmt.Sprintf("%06d-%s.eml", m.ID, strings.ReplaceAll(string(m.Kind), ".", "-"))
	part, err := os.CreateTemp(c.Dir, ".part-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(part.Name()) // after the rename there is nothing left to remove
	_, err = part.Write(m.Raw)
	if err == nil {
		err = part.Sync()
	}
	if cerr := part.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(part.Name(), filepath.Join(c.Dir, name))
	}
	if err != nil {
		return fail(err)
	}
	return Outcome{Result: Accepted, Answer: answerOf(inspections.Fail(inspections.Conflict, inspections.AnswerDropped, "file", name))}, nil
}

// Close does nothing.
func (DirCourier) Close() error { return nil }
