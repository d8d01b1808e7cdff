package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// NamingTx keeps whom spellings in files mean, and the files whose rows wait for that.
type NamingTx interface {
	AddNameQuestion(*inspections.NameQuestion) error
	SaveNameQuestion(inspections.NameQuestion) error
	NameQuestionsOf(inspections.Spelling) ([]inspections.NameQuestion, error) // by id
	AddNameAnswer(*inspections.NameAnswer) error
	SaveNameAnswer(inspections.NameAnswer) error
	NameAnswers() ([]inspections.NameAnswer, error) // all ever given, by id
	AddImportFile(inspections.ImportFile) error
	ImportFile(inspections.ImportID) (inspections.ImportFile, error) // NotFound
}

// KeptFile is a file whose rows may have to be read again.
type KeptFile struct {
	inspections.ImportFile
	Data []byte
}

// FileRows are the rows of a ledger, with the limits by which its places were told odd, or of a list of leave.
type FileRows struct {
	Days   []inspections.SignIn
	Rules  []inspections.Rule
	Leaves []inspections.Leave
}

// Reread reads the rows of a kept file, of a kind of import, by the answers in the roster and the settings of now; what
// an answer settles bears its number.
type Reread func(f KeptFile, kind string, r *inspections.Roster, set []inspections.Setting) (FileRows, error)

// keepQuestions keeps what an import asks, with the file, in the import's transaction. What an earlier answer has
// settled is kept too: another answer must find these rows. It gives how many questions are open.
func keepQuestions(tx Tx, imp inspections.Import, src Source) (open int, err error) {
	if len(src.Questions) == 0 {
		return 0, nil
	}
	f := src.File.ImportFile
	f.Import, f.Origin = imp.ID, imp.ID
	if f.SHA, err = tx.PutBlob("application/octet-stream", src.File.Data); err != nil {
		return 0, err
	}
	if err := tx.AddImportFile(f); err != nil {
		return 0, err
	}
	answers, err := tx.NameAnswers()
	if err != nil {
		return 0, err
	}
	for _, q := range src.Questions {
		q.Import = imp.ID
		if _, answered := inspections.AnswerTo(answers, q.Spelling); answered {
			q.Settled = tx.Now()
		} else {
			open++
		}
		if err := tx.AddNameQuestion(&q); err != nil {
			return 0, err
		}
	}
	return open, nil
}

// Answered says what an answer changed.
type Answered struct {
	Answer  inspections.NameAnswer `json:"answer"`
	Imports []inspections.ImportID `json:"imports"` // those that took the rows that had waited
	Rows    int                    `json:"rows"`    // of them
}

// AnswerName keeps what a person says of a spelling and takes in the rows that waited for it, in one transaction. An
// earlier answer is superseded: it stays on record, and what it credited counts no longer. Rows that a later file has
// told otherwise since are not taken. Errors: Forbidden; NotFound for a spelling that nobody asks about and for an
// unknown member; Conflict naming.same where it says nothing new.
func (o *Office) AnswerName(ctx context.Context, by inspections.Actor, said inspections.NameAnswer, reread Reread) (Answered, error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return Answered{}, err
	}
	if err := said.Check(); err != nil {
		return Answered{}, err
	}
	var done Answered
	err := o.InTx(ctx, func(tx Tx) error {
		done = Answered{Imports: []inspections.ImportID{}}
		questions, err := tx.NameQuestionsOf(said.Spelling)
		if err != nil {
			return err
		}
		if len(questions) == 0 {
			return inspections.Fail(inspections.NotFound, "naming.unknown", "name", said.Name)
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, ok := roster.Member(said.Member); said.Member > 0 && !ok {
			return inspections.Fail(inspections.NotFound, "member.unknown", "member", int64(said.Member))
		}
		said.By, said.Recorded = by.Ref(), tx.Now()
		if err := supersede(tx, &said); err != nil {
			return err
		}
		done.Answer = said
		if roster.Answers, err = tx.NameAnswers(); err != nil {
			return err
		}
		if err := o.takeWaiting(tx, by, roster, questions, reread, &done); err != nil {
			return err
		}
		for _, q := range questions {
			q.Settled = tx.Now()
			if said.Verdict == inspections.NameOpen {
				q.Settled = calendar.Instant{}
			}
			if err := tx.SaveNameQuestion(q); err != nil {
				return err
			}
		}
		return record(tx, by, "import.answered", fmt.Sprintf("name_answer/%d", said.ID), map[string]any{
			"verdict": string(said.Verdict), "member": int64(said.Member), "rows": done.Rows,
		})
	})
	return done, err
}

// supersede adds an answer in place of the one that holds.
func supersede(tx Tx, said *inspections.NameAnswer) error {
	answers, err := tx.NameAnswers()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(answers, func(a inspections.NameAnswer) bool { return a.Spelling == said.Spelling && a.Superseded == 0 })
	if i < 0 && said.Verdict == inspections.NameOpen || i >= 0 && answers[i].Verdict == said.Verdict && answers[i].Member == said.Member {
		return inspections.Fail(inspections.Conflict, "naming.same", "name", said.Name)
	}
	if err := tx.AddNameAnswer(said); err != nil || i < 0 {
		return err
	}
	answers[i].Superseded = said.ID
	return tx.SaveNameAnswer(answers[i])
}

// takeWaiting reads the files in question again, the oldest first, and adds what the answer settles.
func (o *Office) takeWaiting(tx Tx, by inspections.Actor, roster *inspections.Roster, questions []inspections.NameQuestion, reread Reread, done *Answered) error {
	if done.Answer.Verdict != inspections.NameMember {
		return nil
	}
	set, err := tx.Settings()
	if err != nil {
		return err
	}
	var seen []inspections.ImportID
	for _, q := range questions {
		if slices.Contains(seen, q.Import) {
			continue
		}
		seen = append(seen, q.Import)
		imp, err := tx.Import(q.Import)
		if err != nil {
			return err
		}
		f := KeptFile{}
		if f.ImportFile, err = tx.ImportFile(q.Import); err != nil {
			return err
		}
		if f.Data, err = tx.Blob(f.SHA); err != nil {
			return err
		}
		rows, err := reread(f, imp.Kind, roster, set)
		if err != nil {
			return err
		}
		w := waitingRows{tx: tx, file: f, answer: done.Answer.ID}
		if err := w.add(by, imp, rows, done); err != nil {
			return err
		}
	}
	return nil
}

// waitingRows adds the rows of one file that an answer settles.
type waitingRows struct {
	tx     Tx
	file   KeptFile
	answer int64
}

func (w waitingRows) add(by inspections.Actor, from inspections.Import, rows FileRows, done *Answered) error {
	days := slices.DeleteFunc(rows.Days, func(d inspections.SignIn) bool { return d.Answer != w.answer })
	leaves := slices.DeleteFunc(rows.Leaves, func(l inspections.Leave) bool { return l.Answer != w.answer })
	days, err := w.untold(days)
	if err != nil || len(days)+len(leaves) == 0 {
		return err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\nname_answer/%d", from.SHA, w.answer))
	imp := inspections.Import{Kind: from.Kind, Name: from.Name, SHA: hex.EncodeToString(sum[:]), Rows: len(days) + len(leaves), At: w.tx.Now()}
	if err := w.tx.AddImport(&imp); err != nil {
		return err
	}
	f := w.file.ImportFile
	f.Import = imp.ID
	if err := w.tx.AddImportFile(f); err != nil {
		return err
	}
	for i := range days {
		days[i].Import = imp.ID
	}
	if err := w.tx.AddSignIns(days); err != nil {
		return err
	}
	tally := newTally()
	if err := addLeaves(w.tx, leaves, &tally); err != nil {
		return err
	}
	done.Imports, done.Rows = append(done.Imports, imp.ID), done.Rows+imp.Rows
	return closeImport(w.tx, by, imp, []any{days, leaves}, nil, Source{Rules: rows.Rules})
}

// untold leaves out the days that a file of after the one in question tells.
func (w waitingRows) untold(days []inspections.SignIn) ([]inspections.SignIn, error) {
	if len(days) == 0 {
		return nil, nil
	}
	first, last := days[0].Day, days[0].Day
	for _, d := range days {
		first, last = min(first, d.Day), max(last, d.Day)
	}
	known, err := w.tx.SignIns(first, last)
	if err != nil {
		return nil, err
	}
	origins := map[inspections.ImportID]inspections.ImportID{}
	later := map[signedDay]bool{}
	for _, d := range known {
		if origins[d.Import] == 0 {
			if origins[d.Import], err = originOf(w.tx, d.Import); err != nil {
				return nil, err
			}
		}
		if origins[d.Import] > w.file.Origin {
			later[signedDay{d.Member, d.Day}] = true
		}
	}
	return slices.DeleteFunc(days, func(d inspections.SignIn) bool { return later[signedDay{d.Member, d.Day}] }), nil
}

type signedDay struct {
	member inspections.MemberID
	day    calendar.Date
}

// originOf gives the import whose file a row was read from: rows that had waited count as old as their file.
func originOf(tx Tx, id inspections.ImportID) (inspections.ImportID, error) {
	f, err := tx.ImportFile(id)
	if inspections.IsNotFound(err) {
		return id, nil
	}
	return f.Origin, err
}
