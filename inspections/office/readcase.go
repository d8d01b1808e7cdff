package office

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

// The kinds of entries that tell of a reading: of the case itself, of its file, of one of its papers. The last two are about
// the case, since something was given out; the first stands apart, so that the extract in the file is not full of looks.
const (
	entryRead      = "case.read"
	EntryFileRead  = "case.file_read"
	EntrySheetRead = "case.sheet_read"
)

// What is read of a case. Words: "case_read."+what.
const (
	ReadPage     = "page"     // its page
	ReadShow     = "show"     // on the command line
	ReadPapers   = "papers"   // which papers there are
	ReadOriginal = "original" // the scan of an act
	readFile     = "file"
	readSheet    = "sheet"
)

// Reading is one reading of a case on record.
type Reading struct {
	Seq  int64            `json:"seq"`
	At   calendar.Instant `json:"at"`
	By   string           `json:"by"`   // role and id
	Name string           `json:"name"` // "" the program or whoever runs its machine
	What string           `json:"what"`
	Ref  string           `json:"ref"` // which paper, or the act of an original; "" nothing particular
}

func subjectReads(id inspections.CaseID) string { return subjectCase(id) + "/read" }

// ReadCase records that somebody reads a case: who, when, what (ref: which of them), and up to which record of the case.
// Who looks at the same thing again on the same day, and nothing was recorded in the case since, adds no entry.
// It says nothing of who may. Error: NotFound.
func (o *Office) ReadCase(ctx context.Context, by inspections.Actor, id inspections.CaseID, what, ref string) error {
	look := lookAt{what, ref, 0}
	return o.recordOnce(ctx, func(tx Tx) (bool, error) { return look.known(tx, by, id) }, func(tx Tx) error {
		return record(tx, by, entryRead, subjectReads(id), look)
	})
}

// recordOnce writes what is not known yet. Most looks are not the first, and take nobody's turn to write.
func (o *Office) recordOnce(ctx context.Context, known func(Tx) (bool, error), write func(Tx) error) error {
	is := false
	err := o.View(ctx, func(tx Tx) (err error) {
		is, err = known(tx)
		return err
	})
	if err != nil || is {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		if is, err := known(tx); err != nil || is {
			return err
		}
		return write(tx)
	})
}

// lookAt is the body of such an entry.
type lookAt struct {
	What string `json:"what"`
	Ref  string `json:"ref,omitempty"`
	AsOf int64  `json:"as_of"` // the last record of the case; 0 where it is about none
}

// known fills in where the case stands, and reports whether this look is on record already.
func (l *lookAt) known(tx Tx, by inspections.Actor, id inspections.CaseID) (bool, error) {
	if _, err := tx.Case(id); err != nil {
		return false, err
	}
	said, err := tx.JournalOf(subjectCase(id))
	if err != nil {
		return false, err
	}
	for _, r := range said {
		if r.Kind != EntryFileRead && r.Kind != EntrySheetRead {
			l.AsOf = r.Seq
		}
	}
	return lookedToday(tx, by, subjectReads(id), *l)
}

// lookedToday reports whether somebody's look at just that is on record today.
func lookedToday(tx Tx, by inspections.Actor, subject string, look lookAt) (bool, error) {
	reads, err := tx.JournalOf(subject)
	if err != nil {
		return false, err
	}
	for _, r := range slices.Backward(reads) {
		if r.At.Date() != tx.Now().Date() {
			return false, nil
		}
		var other lookAt
		if err := json.Unmarshal([]byte(r.Body), &other); err != nil {
			return false, fmt.Errorf("office: journal record %d: %w", r.Seq, err)
		}
		if r.Actor == by.Ref() && other == look {
			return true, nil
		}
	}
	return false, nil
}

// Readings lists who read a case, its file and its papers, the newest first.
func Readings(tx Tx, id inspections.CaseID) ([]Reading, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	list := []Reading{}
	for _, subject := range []string{subjectCase(id), subjectReads(id)} {
		records, err := tx.JournalOf(subject)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			one, ok, err := readingOf(r)
			if err != nil {
				return nil, err
			}
			if ok {
				one.Name = nameOf(users, r.Actor)
				list = append(list, one)
			}
		}
	}
	slices.SortFunc(list, func(a, b Reading) int { return cmp.Compare(b.Seq, a.Seq) })
	return list, nil
}

// nameOf gives the name of a person who stands in the journal as role and id; "" for the program and its operator.
func nameOf(users []inspections.User, actor string) string {
	_, id, _ := strings.Cut(actor, "/")
	for _, u := range users {
		if fmt.Sprint(u.ID) == id {
			return u.Name
		}
	}
	return ""
}

func readingOf(r journal.Record) (Reading, bool, error) {
	one := Reading{Seq: r.Seq, At: r.At, By: r.Actor}
	var body struct{ What, Ref, Sheet string }
	switch r.Kind {
	case EntryFileRead:
		one.What = readFile
		return one, true, nil
	case EntrySheetRead, entryRead:
		if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
			return one, false, fmt.Errorf("office: journal record %d: %w", r.Seq, err)
		}
		if one.What, one.Ref = body.What, body.Ref; r.Kind == EntrySheetRead {
			one.What, one.Ref = readSheet, body.Sheet
		}
		return one, true, nil
	}
	return one, false, nil
}
