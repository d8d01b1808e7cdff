package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
)

// Batch is what of some files is kept in one transaction.
type Batch struct {
	Files    []File
	Problems []inspections.Problem
	keep     func(context.Context, inspections.Actor, office.Source) (office.Tally, error)

	keepFile bool // its rows may wait for an answer, and be read again
	month    calendar.Month
}

// Keep keeps the rows; dry checks everything and keeps nothing. Errors are those of the office's verb.
func (b Batch) Keep(ctx context.Context, by inspections.Actor, dry bool) (office.Tally, error) {
	src := SourceOf(b.Files)
	src.Problems, src.DryRun = len(b.Problems), dry
	if b.keepFile {
		src.Questions = questionsIn(b.Problems)
		var err error
		if src.File, err = keptAs(b.Files[0], b.month); err != nil {
			return office.Tally{}, err
		}
	}
	return b.keep(ctx, by, src)
}

// Known is what stands in the records when files are read.
type Known struct {
	Roster *inspections.Roster
	Set    []inspections.Setting // everything ever set
	Open   []duties.Obligation   // of a list of duties
	Today  calendar.Date
	Month  calendar.Month // the ledgers' month; zero: as title or file name says
}

// KnownTx is what reading files needs of a transaction.
type KnownTx interface {
	Roster() (*inspections.Roster, error)
	Settings() ([]inspections.Setting, error)
	Obligations(duties.Filter) ([]duties.Obligation, error)
	NameAnswers() ([]inspections.NameAnswer, error)
}

// KnownIn reads what a sort of file is held to.
func KnownIn(tx KnownTx, sort string, today calendar.Date) (Known, error) {
	k := Known{Today: today}
	var err error
	if k.Roster, err = tx.Roster(); err != nil {
		return k, err
	}
	if k.Roster.Answers, err = tx.NameAnswers(); err != nil {
		return k, err
	}
	if k.Set, err = tx.Settings(); err == nil && sort == SortDuties {
		k.Open, err = tx.Obligations(duties.Filter{Open: true})
	}
	return k, err
}

// Batches reads files of one sort, all before any is kept: a roster and a list of duties are one batch, of ledgers
// and lists of leave each file is one. Errors are those of the readers.
func Batches(verbs *office.Office, sort string, files []File, known Known) ([]Batch, error) {
	switch sort {
	case SortRoster:
		rows, problems, err := ReadRosterFiles(files, known.Roster)
		return []Batch{{Files: files, Problems: problems, keep: func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
			return verbs.ImportRoster(ctx, by, src, rows)
		}}}, err
	case SortDuties:
		lines, problems, err := ReadDutyLines(files, known.Roster, known.Open, known.Today)
		return []Batch{{Files: files, Problems: problems, keep: func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
			return verbs.ImportSubmissions(ctx, by, src, lines)
		}}}, err
	}
	var batches []Batch
	for i := range files {
		b := Batch{Files: files[i : i+1], keepFile: true, month: known.Month}
		var err error
		switch sort {
		case SortSignIns:
			var days []inspections.SignIn
			days, b.Problems, err = ReadSignIns(b.Files, known.Roster, known.Month, known.Set)
			b.keep = func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
				src.Rules = PlaceRules(days, known.Set)
				return verbs.ImportSignIns(ctx, by, src, days)
			}
		case SortLeave:
			var leaves []inspections.Leave
			leaves, b.Problems, err = ReadLeave(b.Files, known.Roster)
			b.keep = func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
				return verbs.ImportLeaves(ctx, by, src, leaves)
			}
		default:
			return nil, fmt.Errorf("intake: no reader for files of sort %q", sort)
		}
		if err != nil {
			return nil, err
		}
		batches = append(batches, b)
	}
	return batches, nil
}

// OneSort tells of which sort all of some files are. Errors: those of [SortOf], intake.sorts_differ.
func OneSort(files []File) (string, error) {
	var sort string
	for i, f := range files {
		one, err := SortOf(f)
		if err != nil {
			return "", err
		}
		if i > 0 && one != sort {
			return "", inspections.Fail(inspections.Invalid, "intake.sorts_differ", "first", files[0].Name, "second", f.Name)
		}
		sort = one
	}
	return sort, nil
}

// SourceOf names the bytes of a batch: of one file its SHA-256, of several that of their sums in order. The same
// file with another word of a person about it is no repetition.
func SourceOf(files []File) office.Source {
	var names, sums []string
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		names, sums = append(names, f.Name), append(sums, hex.EncodeToString(sum[:]))
	}
	for _, f := range files {
		if len(f.Mapping)+len(f.Answers) > 0 {
			sums = append(sums, fmt.Sprint(f.Name, f.Mapping, f.Answers))
		}
	}
	src := office.Source{Name: strings.Join(names, ", "), SHA: sums[0]}
	if len(sums) > 1 {
		sum := sha256.Sum256([]byte(strings.Join(sums, "\n")))
		src.SHA = hex.EncodeToString(sum[:])
	}
	return src
}
