package duties

import (
	"fmt"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// SubmissionKind says how an obligation was settled.
type SubmissionKind string

// The ways to settle an obligation.
const (
	SubmissionDone   SubmissionKind = "done"   // 报送
	SubmissionWaived SubmissionKind = "waived" // 核准免报, with its reason
)

// Submission is the one line that settles an obligation. Nobody need have an account: the clerk enters it,
// or a file or the command line does. Existing documents only.
type Submission struct {
	ID         int64                    `json:"id" db:"id"`
	Obligation inspections.ObligationID `json:"obligation" db:"obligation_id"`
	Kind       SubmissionKind           `json:"kind" db:"kind"`
	Day        calendar.Date            `json:"day" db:"done_day"` // when it was done, as told
	Note       string                   `json:"note" db:"note"`
	SHA        string                   `json:"sha256" db:"blob_sha256"` // the document, "" none
	By         string                   `json:"by" db:"given_by"`
	At         calendar.Instant         `json:"at" db:"given_at"`
}

// Number is that of its receipt, "2025-0012": the year and its own number, which is never given twice.
func (s Submission) Number() string { return fmt.Sprintf("%04d-%04d", s.At.Local().Year(), s.ID) }

// SubmissionTx is what submissions need of a transaction beside [Tx].
type SubmissionTx interface {
	Tx
	Obligation(inspections.ObligationID) (Obligation, error) // NotFound
	AddSubmission(*Submission) error
	Submissions(inspections.ObligationID) ([]Submission, error) // by id
}

// Submit settles an obligation with one line: done on the day told, or waived. The day of the document
// counts, not that of its entry; a waiver needs its reason. Errors: Invalid for a day to come or before
// the obligation arose or a missing reason, Conflict when it is settled.
func Submit(tx SubmissionTx, s *Submission) (Obligation, error) {
	o, err := tx.Obligation(s.Obligation)
	if err != nil {
		return o, err
	}
	today := tx.Now().Date()
	if s.Day.IsZero() {
		s.Day = today
	}
	switch {
	case !o.Open():
		return o, inspections.Fail(inspections.Conflict, "duty.settled", "obligation", int64(o.ID))
	case s.Kind != SubmissionDone && s.Kind != SubmissionWaived:
		return o, inspections.Fail(inspections.Invalid, "duty.kind", "kind", string(s.Kind))
	case s.Kind == SubmissionWaived && s.Note == "":
		return o, inspections.Fail(inspections.Invalid, "duty.waiver_reason")
	case s.Day > today || s.Day < o.Started.Date():
		return o, inspections.Fail(inspections.Invalid, "duty.day", "day", s.Day, "from", o.Started.Date(), "until", today)
	}
	s.At = tx.Now()
	if err := tx.AddSubmission(s); err != nil {
		return o, err
	}
	o.Done, o.DoneRef = tx.Now(), "submission/"+itoa(s.ID)
	if s.Day < today {
		// Handed in on paper on an earlier day: the end of that day is the latest it can have been.
		o.Done = calendar.InstantOf(s.Day.End())
	}
	if s.Kind == SubmissionWaived {
		o.Reason, o.DoneRef = s.Note, waiverRef+itoa(s.ID)
	}
	return o, tx.SaveObligation(o)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
