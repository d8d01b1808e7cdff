package portal

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
)

// shownImportProblems is how many problems a preview shows: those that want a person come first.
const shownImportProblems = 200

type importPreviewView struct {
	Asked    importAsked
	Entries  []string // of the files, as the address has them
	Files    []importedFile
	Fields   []string
	Rows     int
	Waits    int // names that will wait for an answer
	Repeat   bool
	Added    []importCount
	Changed  []importCount
	Problems []importProblem
	Left     int // rows left out
	Fixed    int // cells repaired
	Open     int // cells not taken
	More     int // problems beyond those shown
	Members  []string
	Refusal  string // why nothing can be taken
}

type importedFile struct {
	Name   string
	Tables []intake.Table
}

type importCount struct {
	Noun string
	N    int
}

type importProblem struct {
	inspections.Problem
	Reason string
	Ask    string // name of the field in which the person is answered; "" where there is nothing to answer
	Answer string
}

// importPreview shows what would be taken, with every problem by cell; nothing changes.
func importPreview(x *exchange) (answer, error) {
	asked, err := readAsked(x, x.r.URL.Query())
	if err != nil {
		return answer{}, err
	}
	return previewOf(x, asked)
}

func previewOf(x *exchange, asked importAsked) (answer, error) {
	view := importPreviewView{Asked: asked, Fields: intake.Fields(asked.Sort)}
	for i, f := range asked.Files {
		tables, err := intake.Look(f, asked.Sort)
		if err != nil {
			return answer{}, err
		}
		view.Files = append(view.Files, importedFile{f.Name, tables})
		view.Entries = append(view.Entries, asked.Sums[i]+" "+f.Name)
	}
	tally, problems, err := x.take(asked, true)
	var refusal *inspections.Error
	switch {
	case errors.As(err, &refusal):
		view.Refusal = x.words.Error(err)
	case err != nil:
		return answer{}, err
	}
	view.Rows, view.Waits, view.Repeat = tally.Rows, tally.Asked, tally.Repeat
	view.Added, view.Changed = counted(tally.Added), counted(tally.Changed)
	view.list(x, problems)
	if slices.ContainsFunc(view.Problems, func(p importProblem) bool { return p.Ask != "" }) {
		if view.Members, err = memberChoices(x); err != nil {
			return answer{}, err
		}
	}
	return show("importpreview", x.words.T("portal.imports.preview"), view), nil
}

// list sorts problems: rows left out, cells not taken, cells repaired.
func (v *importPreviewView) list(x *exchange, problems []inspections.Problem) {
	urgency := func(p inspections.Problem) int {
		switch {
		case p.LeftOut && intake.AsksWho(p.Key):
			return 0
		case p.LeftOut:
			return 1
		case p.Repaired == "":
			return 2
		}
		return 3
	}
	for _, p := range problems {
		switch urgency(p) {
		case 0, 1:
			v.Left++
		case 2:
			v.Open++
		default:
			v.Fixed++
		}
	}
	slices.SortStableFunc(problems, func(a, b inspections.Problem) int { return cmp.Compare(urgency(a), urgency(b)) })
	v.More = max(0, len(problems)-shownImportProblems)
	for _, p := range problems[:len(problems)-v.More] {
		line := importProblem{Problem: p, Reason: x.words.T("problem."+p.Key, "value", p.Value, "repaired", p.Repaired)}
		if (v.Asked.Sort == intake.SortSignIns || v.Asked.Sort == intake.SortLeave) && (intake.AsksWho(p.Key) || p.Key == "answered") {
			for i, f := range v.Asked.Files {
				if f.Name == p.File {
					line.Ask = fmt.Sprintf("w-%d-%d-%s", i, p.Row, p.Sheet)
					line.Answer = v.Asked.Told.Get(line.Ask)
				}
			}
		}
		v.Problems = append(v.Problems, line)
	}
}

// memberChoices lists whom an answer may name: the id first, so that homonyms are told apart.
func memberChoices(x *exchange) (list []string, err error) {
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err == nil {
			list = memberChoicesIn(roster)
		}
		return err
	})
	return list, err
}

func counted(m map[string]int) []importCount {
	var list []importCount
	for noun, n := range m {
		if n > 0 {
			list = append(list, importCount{noun, n})
		}
	}
	slices.SortFunc(list, func(a, b importCount) int { return strings.Compare(a.Noun, b.Noun) })
	return list
}

// importCommit takes what the preview showed, in one transaction for each file of days and one for a roster.
func importCommit(x *exchange) (answer, error) {
	asked, err := readAsked(x, x.r.PostForm)
	if err != nil {
		return answer{}, err
	}
	tally, _, err := x.take(asked, false)
	if err != nil {
		return x.refused(err, func() (answer, error) { return previewOf(x, asked) })
	}
	if tally.Repeat {
		return goTo("/imports", "import_repeat"), nil
	}
	switch {
	case asked.Sort == intake.SortDuties: // each of them has its receipt there
		return goTo("/duties?state=done", "imported"), nil
	case tally.Asked > 0:
		return goTo("/imports/questions", "imported"), nil
	}
	return goTo("/imports", "imported"), nil
}

// take reads the files and merges them; dry changes nothing. All files are read before any is kept.
func (x *exchange) take(asked importAsked, dry bool) (office.Tally, []inspections.Problem, error) {
	sum := office.Tally{Added: map[string]int{}, Changed: map[string]int{}, Repeat: true}
	var known intake.Known
	err := x.view(func(tx Tx) (err error) {
		known, err = intake.KnownIn(tx, asked.Sort, x.now.Date())
		return err
	})
	if err != nil {
		return sum, nil, err
	}
	if asked.Month != "" {
		if known.Month, err = calendar.ParseMonth(asked.Month); err != nil {
			return sum, nil, noPage()
		}
	}
	batches, err := intake.Batches(x.p.cfg.Office, asked.Sort, asked.Files, known)
	if err != nil {
		return sum, nil, err
	}
	var problems []inspections.Problem
	for _, b := range batches {
		problems = append(problems, b.Problems...)
	}
	for _, b := range batches {
		tally, err := b.Keep(x.ctx(), x.actor(), dry)
		if err != nil {
			return sum, problems, err
		}
		sum.Rows += tally.Rows
		sum.Asked += tally.Asked
		sum.Repeat = sum.Repeat && tally.Repeat
		for noun, n := range tally.Added {
			sum.Added[noun] += n
		}
		for noun, n := range tally.Changed {
			sum.Changed[noun] += n
		}
	}
	return sum, problems, nil
}
