package reports

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// CaseLetter is a letter that left in a case, with its words and what became of it.
type CaseLetter struct {
	ID       inspections.LetterID
	Kind     inspections.LetterKind
	Branch   int    // 0: to the township about its report
	Name     string // whom it went to
	Created  calendar.Instant
	State    inspections.LetterState // as people read it
	Settled  calendar.Instant
	External bool // to a unit that is not under the county: a letter 函
	Again    bool // sent once more, in place of an earlier one
	PrintedLetter

	Received   calendar.Instant // confirmed by its reader in the portal; zero: not
	ReceivedBy string           // who did
}

// PrintedLetter is what a letter says, for a paper of it.
type PrintedLetter struct {
	Title     string
	To        string   // with its closing colon; "" where the letter has none
	Paras     []string // without indent
	Signature []string // body and date
}

// letters adds the letters of the case with their words: those that answered the township's report, then the start
// letters, each followed by what was sent once more in its place; and the journal's records of them.
func (f *CaseFile) letters(tx Tx, words func(inspections.Letter) (PrintedLetter, error)) error {
	if words == nil {
		return nil
	}
	users, err := tx.Users()
	if err != nil {
		return err
	}
	for _, cause := range f.causes() {
		list, err := tx.Letters(inspections.LetterFilter{Under: cause.key})
		if err != nil {
			return err
		}
		for _, l := range list {
			if l.Key != cause.key && !strings.HasPrefix(l.Key, cause.key+"/") {
				continue // case/1/start/10 is no start letter of branch 1
			}
			printed, err := words(l)
			if err != nil {
				return fmt.Errorf("letter %d: %w", l.ID, err)
			}
			one := CaseLetter{
				ID: l.ID, Kind: l.Kind, Branch: cause.branch, Name: l.Name, Created: l.Created, State: l.Standing(), Settled: l.Settled,
				Again: l.Replaces != 0, PrintedLetter: printed,
			}
			var form struct {
				External bool `json:"external"`
			}
			if err := json.Unmarshal(l.Args, &form); err != nil {
				return fmt.Errorf("letter %d: %w", l.ID, err)
			}
			one.External = form.External
			if err := one.confirm(tx, users); err != nil {
				return err
			}
			f.Letters = append(f.Letters, one)
			if err := f.extract(tx, []string{fmt.Sprintf("letter/%d", l.ID)}); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(f.Letters, func(a, b CaseLetter) int { return cmp.Compare(a.Branch, b.Branch) })
	return nil
}

// cause is what wrote a letter: its key, and the investigation it belongs to.
type cause struct {
	key    string
	branch int
}

func (f *CaseFile) causes() []cause {
	var list []cause
	for _, r := range f.Reports {
		list = append(list, cause{fmt.Sprintf("report/%d/receipt", r.ID), 0}, cause{fmt.Sprintf("report/%d/opinion", r.ID), 0})
	}
	for _, a := range f.Acts {
		if a.Kind == casework.ActInvited {
			list = append(list, cause{a.Text, a.Branch})
		}
	}
	return list
}

// confirm adds when and by whom the letter was confirmed.
func (l *CaseLetter) confirm(tx Tx, users []inspections.User) error {
	r, err := tx.Receipt(l.ID)
	if inspections.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	l.Received = r.At
	for _, u := range users {
		if u.ID == r.User {
			l.ReceivedBy = u.Name
		}
	}
	return nil
}
