package office

import (
	"context"
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
)

// Erased tells what an erasure did.
type Erased struct {
	Seq     int64  `json:"seq"`
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Files   int    `json:"files"` // scans and frozen case files that were destroyed
}

// EraseWords lawfully erases the words that a record of the journal commits to: they are taken out of the case or visit, the salt is
// destroyed, and with it every copy of the case file that the program kept; the scan that came with an act goes too. The
// chain stays whole, and the erasure is itself a record, with its reason, which must name nobody. Papers and backups that have left
// the program are beyond its reach. Errors: Forbidden for others than a leader, Invalid without a reason, NotFound "erase.nothing"
// when the record commits to no words, Conflict "erase.done", "erase.letter_waits".
func (o *Office) EraseWords(ctx context.Context, by inspections.Actor, seq int64, reason string) (Erased, error) {
	if err := allow(by, inspections.RoleLeader); err != nil {
		return Erased{}, err
	}
	if reason == "" {
		return Erased{}, inspections.Fail(inspections.Invalid, "erase.reason_missing", "seq", seq)
	}
	var done Erased
	err := o.InTx(ctx, func(tx Tx) error {
		r, a, err := eraseable(tx, seq)
		if err != nil {
			return err
		}
		done = Erased{Seq: seq, Kind: r.Kind, Subject: r.Subject}
		if r.Kind == entryJudged {
			return eraseJudgement(tx, by, r, reason)
		}
		e := eraser{tx: tx, of: a.of, files: map[string]bool{}}
		switch {
		case r.Kind == entryAct:
			err = e.act(a.Act)
		case r.Kind == entryProposed:
			var finding inspections.FindingID
			if finding, err = findingOf(r); err == nil {
				err = tx.EraseFindingNote(finding, casework.ErasedWords)
			}
			if err == nil {
				err = e.report()
			}
		case r.Kind == entryRefused:
			err = e.refusal()
		case r.Kind == entryCancelled:
			err = e.cancellation(r)
		default:
			err = e.branch(a.Branch)
		}
		if err != nil {
			return err
		}
		if err := e.records(r, a); err != nil {
			return err
		}
		for sha := range e.files {
			if err := tx.EraseBlob(sha); err != nil && !inspections.IsNotFound(err) {
				return err
			}
		}
		done.Files = len(e.files)
		return record(tx, by, "journal.erased", r.Subject, map[string]any{"record": seq, "reason": reason, "files": done.Files})
	})
	return done, err
}

// eraseable finds a record whose words can be erased.
func eraseable(tx Tx, seq int64) (journal.Record, about, error) {
	nothing := inspections.Fail(inspections.NotFound, "erase.nothing", "seq", seq)
	list, err := tx.JournalAfter(seq-1, 1)
	if err != nil {
		return journal.Record{}, about{}, err
	}
	if len(list) == 0 || list[0].Seq != seq {
		return journal.Record{}, about{}, nothing
	}
	r := list[0]
	commitments, err := r.Private()
	if err != nil {
		return r, about{}, err
	}
	if len(commitments) == 0 || r.Kind == entrySetting { // a setting is set anew; who stood in it before is on the papers of that day
		return r, about{}, nothing
	}
	salts, err := tx.JournalSalts()
	if err != nil {
		return r, about{}, err
	}
	for _, s := range salts {
		if s.Seq == seq && s.Salt == "" {
			return r, about{}, inspections.Fail(inspections.Conflict, "erase.done", "seq", seq)
		}
	}
	if r.Kind == entryCancelled || r.Kind == entryJudged {
		return r, about{}, nil
	}
	a, err := aboutOf(r)
	return r, a, err
}

// eraser takes words out of one case, or of what is about none.
type eraser struct {
	tx    Tx
	of    inspections.CaseID
	files map[string]bool // SHA-256 of what is destroyed
}

// act erases an act's words and the scan that came with it, unless the same file stands elsewhere too.
func (e *eraser) act(seq int) error {
	acts, err := e.tx.Acts(e.of)
	if err != nil {
		return err
	}
	for _, a := range acts {
		if a.Seq != seq || a.SHA == "" {
			continue
		}
		uses, err := e.tx.BlobUses(a.SHA)
		if err != nil {
			return err
		}
		if uses == 1 {
			e.files[a.SHA] = true
		}
	}
	return e.tx.EraseAct(e.of, seq, casework.ErasedWords)
}

// refusal erases why a case was not started; that it was not, and who decided so, stays.
func (e *eraser) refusal() error {
	c, err := e.tx.Case(e.of)
	if err != nil {
		return err
	}
	blot(&c.Reason)
	return e.tx.SaveCase(c)
}

// cancellation erases why a visit was called off, in the letters to the pair, too.
func (e *eraser) cancellation(r journal.Record) error {
	v, err := visitOf(e.tx, r)
	if err != nil {
		return err
	}
	letters, err := e.tx.Letters(inspections.LetterFilter{Under: fmt.Sprintf("cancel/%d/", v.ID)})
	if err != nil {
		return err
	}
	for _, l := range letters {
		var named bool
		if l.Args, named, err = blacken(l.Args, v.Reason); err != nil {
			return err
		}
		if !named {
			continue
		}
		if l.State == inspections.LetterQueued || l.State == inspections.LetterSending {
			return inspections.Fail(inspections.Conflict, "erase.letter_waits", "letter", int64(l.ID))
		}
		if err := e.tx.SaveLetter(l); err != nil {
			return err
		}
		if l.BodySHA != "" {
			e.files[l.BodySHA] = true
		}
	}
	blot(&v.Reason)
	return e.tx.SaveVisit(v)
}

// report erases what the township wrote that the case came from: its words stand in the finding, too.
func (e *eraser) report() error {
	list, err := e.tx.Reports()
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.Case != e.of {
			continue
		}
		if r.SHA != "" {
			uses, err := e.tx.BlobUses(r.SHA)
			if err != nil {
				return err
			}
			if uses == 1 {
				e.files[r.SHA] = true
			}
		}
		blot(&r.What, &r.Opinion)
		if err := e.tx.SaveReport(r); err != nil {
			return err
		}
	}
	return nil
}

// branch erases what was said and concluded in an investigation, and whom its measures concern, with the papers that name them.
func (e *eraser) branch(seq int) error {
	branches, err := e.tx.Branches(e.of)
	if err != nil {
		return err
	}
	acts, err := e.tx.Acts(e.of)
	if err != nil {
		return err
	}
	for _, b := range branches {
		if b.Seq != seq {
			continue
		}
		for _, a := range acts { // a statement stands as an act, too
			if a.Branch == seq && a.Kind == casework.ActStatement {
				if err := e.act(a.Seq); err != nil {
					return err
				}
			}
		}
		blot(&b.Statement, &b.Conclusion)
		if err := e.tx.SaveBranch(b); err != nil {
			return err
		}
	}
	measures, err := e.tx.Measures(e.of)
	if err != nil {
		return err
	}
	for _, m := range measures {
		if m.Branch != seq {
			continue
		}
		issued, err := e.tx.IssuedPapers(inspections.PaperFilter{Subject: subjectMeasure(m.ID)})
		if err != nil {
			return err
		}
		for _, p := range issued { // the notice of a recall names the member; its number and hash stay
			e.files[p.PDF] = true
		}
		blot(&m.Person, &m.Reason)
		if err := e.tx.SaveMeasure(m); err != nil {
			return err
		}
	}
	return nil
}

func blot(words ...*string) {
	for _, w := range words {
		if *w != "" {
			*w = casework.ErasedWords
		}
	}
}

// records destroys the salts of every record that commits to the same words, and finds the frozen case files.
func (e *eraser) records(r journal.Record, a about) error {
	if e.of == 0 { // about no case: the record has its words to itself
		return e.tx.DestroySalt(r.Seq)
	}
	mine, err := e.tx.JournalOf(subjectCase(e.of))
	if err != nil {
		return err
	}
	for _, one := range mine {
		if one.Kind == EntryFileRead {
			var body struct {
				Made string `json:"made"`
			}
			if err := json.Unmarshal([]byte(one.Body), &body); err != nil {
				return fmt.Errorf("office: journal record %d: %w", one.Seq, err)
			}
			if body.Made != "" {
				e.files[body.Made] = true
			}
			continue
		}
		commitments, err := one.Private()
		if err != nil {
			return err
		}
		if len(commitments) == 0 {
			continue
		}
		other, err := aboutOf(one)
		if err != nil {
			return err
		}
		same := one.Seq == r.Seq || ofBranch(r.Kind) && other.Branch == a.Branch && (ofBranch(one.Kind) || other.Kind == string(casework.ActStatement))
		if !same {
			continue
		}
		if err := e.tx.DestroySalt(one.Seq); err != nil {
			return err
		}
	}
	return nil
}
