package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
)

var salts = table[journal.Salt]{name: "journal_salts", noun: "salt", keys: []string{"seq"}}

// AddSalt keeps the salt of a record that commits to words.
func (t *Tx) AddSalt(s journal.Salt) error { return salts.insert(t, s) }

// JournalSalts lists the salts of all records that commit to words, in order; of erased ones only that they were.
func (t *Tx) JournalSalts() ([]journal.Salt, error) {
	return salts.all(t, where{}, "ORDER BY seq")
}

// DestroySalt erases what a record commits to. Destroyed already is no error. Error: NotFound.
func (t *Tx) DestroySalt(seq int64) error {
	s, err := salts.one(t, seq, by("seq = ?", seq), "")
	if err != nil || s.Salt == "" {
		return err
	}
	s.Salt, s.Erased = "", t.Now()
	return salts.update(t, s)
}

// EraseAct puts mark in the place of an act's text and takes its other words out. Error: NotFound.
func (t *Tx) EraseAct(id inspections.CaseID, seq int, mark string) error {
	n, err := t.exec(`UPDATE case_acts SET text = ?, person = '', body = '', outcome = '' WHERE county_id = ? AND case_id = ? AND seq = ?`, mark, t.County(), id, seq)
	if err == nil && n == 0 {
		err = missing("act", fmt.Sprintf("%d/%d", id, seq))
	}
	return err
}

// EraseFindingNote puts mark in the place of a finding's note. Error: NotFound.
func (t *Tx) EraseFindingNote(id inspections.FindingID, mark string) error {
	n, err := t.exec(`UPDATE findings SET note = ? WHERE county_id = ? AND id = ?`, mark, t.County(), id)
	if err == nil && n == 0 {
		err = missing("finding", id)
	}
	return err
}

// BlobUses counts the places that name a blob: evidence, acts, rectifications.
func (t *Tx) BlobUses(sha string) (int, error) {
	total := 0
	for _, query := range []string{
		`SELECT COUNT(*) FROM evidence WHERE county_id = ? AND sha256 = ?`,
		`SELECT COUNT(*) FROM case_acts WHERE county_id = ? AND sha256 = ?`,
		`SELECT COUNT(*) FROM rectifications WHERE county_id = ? AND proof_sha256 = ?`,
		`SELECT COUNT(*) FROM township_reports WHERE county_id = ? AND sha256 = ?`,
		`SELECT COUNT(*) FROM import_files WHERE county_id = ? AND sha256 = ?`,
	} {
		var n int
		if _, err := t.get(&n, query, t.County(), sha); err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// EraseBlob destroys the bytes of a blob; that it was kept stays on record. A file is removed once the transaction has
// committed, unless another county of the database keeps the same bytes. Error: NotFound.
func (t *Tx) EraseBlob(sha string) error {
	row, err := blobs.one(t, sha, by("sha256 = ?", sha), "")
	if err != nil || !row.Erased.IsZero() {
		return err
	}
	row.Erased = t.Now()
	if t.store.dialect.blobsInside() {
		return blobsFull.update(t, blobData{row, []byte{}})
	}
	var others int
	if _, err := t.get(&others, `SELECT COUNT(*) FROM blobs WHERE county_id <> ? AND sha256 = ? AND erased_at = ''`, t.County(), sha); err != nil {
		return err
	}
	if others == 0 {
		path := t.store.blobPath(sha)
		t.after = append(t.after, func() error {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("store: erased on record, but its file could not be removed: %w", err)
			}
			return nil
		})
	}
	return blobs.update(t, row)
}

// memberNotes are the tables that hold what was said of a member, with the columns that hold it.
var memberNotes = []struct{ table, column string }{{"leaves", "note"}, {"attendances", "explanation"}, {"care", "note"}}

// MemberNotes counts what leave, visits and care say of a member.
func (t *Tx) MemberNotes(id inspections.MemberID) (int, error) {
	total := 0
	for _, at := range memberNotes {
		var n int
		query := `SELECT COUNT(*) FROM ` + at.table + ` WHERE county_id = ? AND member_id = ? AND ` + at.column + ` NOT IN ('', ?)`
		if _, err := t.get(&n, query, t.County(), id, inspections.ErasedWords); err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// EraseMemberNotes puts the mark in the place of what leave, visits and care say of a member, and of the name and number
// under which files named the member; the files themselves stay as they came.
func (t *Tx) EraseMemberNotes(id inspections.MemberID) error {
	answers, err := nameAnswers.all(t, by("member_id = ?", id), "ORDER BY id")
	if err != nil {
		return err
	}
	for _, a := range answers {
		for _, name := range []string{nameQuestions.name, nameAnswers.name} {
			_, err := t.exec(`UPDATE `+name+` SET name = ?, phone = '' WHERE county_id = ? AND name = ? AND township = ? AND village = ? AND phone = ?`,
				inspections.ErasedWords, t.County(), a.Name, a.Township, a.Village, a.Phone)
			if err != nil {
				return err
			}
		}
	}
	for _, at := range memberNotes {
		if _, err := t.exec(`UPDATE `+at.table+` SET `+at.column+` = ? WHERE county_id = ? AND member_id = ? AND `+at.column+` <> ''`, inspections.ErasedWords, t.County(), id); err != nil {
			return err
		}
	}
	return nil
}
