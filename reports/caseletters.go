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
	Branch   int    // 0: about the whole case
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

// CaseLetterTx is what finding the letters of a case needs of a transaction.
type CaseLetterTx interface {
	Letters(inspections.LetterFilter) ([]inspections.Letter, error)
	Receipt(inspections.LetterID) (inspections.Receipt, error)
	Users() ([]inspections.User, error)
}

// CaseLetters lists the letters of a case without their words: those that answered the township's reports, then the start
// letters and those with numbered papers by investigation, each followed by what was sent once more in its place.
func CaseLetters(tx CaseLetterTx, told []casework.Report, acts []casework.Act, issues []CaseIssue) ([]CaseLetter, error) {
	list, _, err := caseLetters(tx, causesOf(told, acts, issues))
	return list, err
}

// caseLetters gives the letters, too, as they were written.
func caseLetters(tx CaseLetterTx, causes []cause) ([]CaseLetter, []inspections.Letter, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, nil, err
	}
	var list []CaseLetter
	var written []inspections.Letter
	for _, cause := range causes {
		found, err := tx.Letters(inspections.LetterFilter{Under: cause.key})
		if err != nil {
			return nil, nil, err
		}
		for _, l := range found {
			if l.Key != cause.key && !strings.HasPrefix(l.Key, cause.key+"/") {
				continue // case/1/start/10 is no start letter of branch 1
			}
			one := CaseLetter{
				ID: l.ID, Kind: l.Kind, Branch: cause.branch, Name: l.Name, Created: l.Created, State: l.Standing(), Settled: l.Settled, Again: l.Replaces != 0,
			}
			var form struct {
				External bool `json:"external"`
			}
			if err := json.Unmarshal(l.Args, &form); err != nil {
				return nil, nil, fmt.Errorf("letter %d: %w", l.ID, err)
			}
			one.External = form.External
			if err := one.confirm(tx, users); err != nil {
				return nil, nil, err
			}
			list, written = append(list, one), append(written, l)
		}
	}
	return list, written, nil
}

// cause is what wrote a letter: its key, and the investigation it belongs to.
type cause struct {
	key    string
	branch int
}

func causesOf(told []casework.Report, acts []casework.Act, issues []CaseIssue) []cause {
	var list []cause
	for _, r := range told {
		list = append(list, cause{fmt.Sprintf("report/%d/receipt", r.ID), 0}, cause{fmt.Sprintf("report/%d/opinion", r.ID), 0})
	}
	for _, a := range acts {
		if a.Kind == casework.ActInvited {
			list = append(list, cause{a.Text, a.Branch})
		}
	}
	for _, i := range issues {
		list = append(list, cause{fmt.Sprintf("paper/%d", i.ID), i.Branch})
	}
	slices.SortStableFunc(list, func(a, b cause) int { return cmp.Compare(a.branch, b.branch) })
	return list
}

// confirm adds when and by whom the letter was confirmed.
func (l *CaseLetter) confirm(tx CaseLetterTx, users []inspections.User) error {
	r, err := tx.Receipt(l.ID)
	if inspections.IsNotFound(err) {
		return nil
	}
	l.Received = r.At
	for _, u := range users {
		if u.ID == r.User {
			l.ReceivedBy = u.Name
		}
	}
	return err
}

// letters adds the letters of the case with their words, and the journal's records of them.
func (f *CaseFile) letters(tx Tx, words func(inspections.Letter) (PrintedLetter, error)) error {
	if words == nil {
		return nil
	}
	list, written, err := caseLetters(tx, causesOf(f.Reports, f.Acts, f.Issues))
	if err != nil {
		return err
	}
	var subjects []string
	for i, l := range written {
		if list[i].PrintedLetter, err = words(l); err != nil {
			return fmt.Errorf("letter %d: %w", l.ID, err)
		}
		subjects = append(subjects, fmt.Sprintf("letter/%d", l.ID))
	}
	f.Letters = list
	return f.extract(tx, subjects)
}
