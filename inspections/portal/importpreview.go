package portal

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
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
	view.Rows, view.Repeat = tally.Rows, tally.Repeat
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
		case p.LeftOut && asksWho(p.Key):
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
		if v.Asked.Sort == intake.SortSignIns && (asksWho(p.Key) || p.Key == "answered") {
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

// asksWho reports whether a row was left out because nobody could tell whom it means.
func asksWho(key string) bool {
	switch key {
	case "person_ambiguous", "person_unknown", "phone_other_person", "name_missing":
		return true
	}
	return false
}

// memberChoices lists whom an answer may name: the id first, so that homonyms are told apart.
func memberChoices(x *exchange) (list []string, err error) {
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, p := range roster.Postings {
			m, _ := roster.Member(p.Member)
			team, _ := roster.Team(p.Team)
			township, _ := roster.Township(team.Township)
			list = append(list, fmt.Sprintf("%d %s %s%s", m.ID, m.Name, township.Name, team.Village))
		}
		slices.Sort(list)
		list = slices.Compact(list)
		return nil
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
	return goTo("/imports", "imported"), nil
}

// take reads the files and merges them; dry changes nothing. All files are read before any is kept.
func (x *exchange) take(asked importAsked, dry bool) (office.Tally, []inspections.Problem, error) {
	sum := office.Tally{Added: map[string]int{}, Changed: map[string]int{}, Repeat: true}
	var roster *inspections.Roster
	if err := x.view(func(tx Tx) (err error) { roster, err = tx.Roster(); return err }); err != nil {
		return sum, nil, err
	}
	var month calendar.Month
	if asked.Month != "" {
		var err error
		if month, err = calendar.ParseMonth(asked.Month); err != nil {
			return sum, nil, noPage()
		}
	}
	var problems []inspections.Problem
	var keeps []func(context.Context) (office.Tally, error)
	keep := func(files []intake.File, found []inspections.Problem, do func(context.Context, office.Source) (office.Tally, error)) {
		src := asked.source(files)
		src.Problems, src.DryRun = len(found), dry
		problems = append(problems, found...)
		keeps = append(keeps, func(ctx context.Context) (office.Tally, error) { return do(ctx, src) })
	}
	verbs, by := x.p.cfg.Office, x.actor()
	if asked.Sort == intake.SortRoster {
		rows, found, err := intake.ReadRosterFiles(asked.Files, roster)
		if err != nil {
			return sum, nil, err
		}
		keep(asked.Files, found, func(ctx context.Context, src office.Source) (office.Tally, error) {
			return verbs.ImportRoster(ctx, by, src, rows)
		})
	}
	for i := range asked.Files {
		one := asked.Files[i : i+1]
		switch asked.Sort {
		case intake.SortSignIns:
			days, found, err := intake.ReadSignIns(one, roster, month)
			if err != nil {
				return sum, nil, err
			}
			keep(one, found, func(ctx context.Context, src office.Source) (office.Tally, error) {
				return verbs.ImportSignIns(ctx, by, src, days)
			})
		case intake.SortLeave:
			leaves, found, err := intake.ReadLeave(one, roster)
			if err != nil {
				return sum, nil, err
			}
			keep(one, found, func(ctx context.Context, src office.Source) (office.Tally, error) {
				return verbs.ImportLeaves(ctx, by, src, leaves)
			})
		}
	}
	for _, do := range keeps {
		tally, err := do(x.ctx())
		if err != nil {
			return sum, problems, err
		}
		sum.Rows += tally.Rows
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

// source names bytes together with what was said of them: the same file with another answer is no repetition.
// Without anything said the name is that of the command line's import of the same files.
func (a importAsked) source(files []intake.File) office.Source {
	var names, sums []string
	for _, f := range files {
		i := slices.IndexFunc(a.Files, func(o intake.File) bool { return o.Name == f.Name && len(o.Data) == len(f.Data) })
		names, sums = append(names, f.Name), append(sums, a.Sums[i])
	}
	if said := a.Told.Encode(); said != "" {
		sums = append(sums, strconv.Quote(said))
	}
	src := office.Source{Name: strings.Join(names, ", "), SHA: sums[0]}
	if len(sums) > 1 {
		sum := sha256.Sum256([]byte(strings.Join(sums, "\n")))
		src.SHA = hex.EncodeToString(sum[:])
	}
	return src
}
