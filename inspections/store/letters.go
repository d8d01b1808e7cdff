package store

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
)

// letterRow says how the reader, the arguments and the papers of a letter are stored.
type letterRow struct {
	inspections.Letter
	partyColumns
	ArgsText   string `db:"args"`
	AttachText string `db:"attach"`
}

var letters = table[letterRow]{name: "letters", noun: "letter"}

// Enqueue writes a letter as data; false when one with its key stands. A letter without a state is queued,
// one without a time of writing is written now.
func (t *Tx) Enqueue(l inspections.Letter) (bool, error) {
	_, err := letters.one(t, l.Key, by(`"key" = ?`, l.Key), "")
	if !inspections.IsNotFound(err) {
		return false, err
	}
	if l.State == "" {
		l.State = inspections.LetterQueued
	}
	if l.Created.IsZero() {
		l.Created = t.Now()
	}
	if err := claim(t, "letter", &l.ID); err != nil {
		return false, err
	}
	row, err := letterToRow(l)
	if err != nil {
		return false, err
	}
	if err := letters.insert(t, row); err != nil {
		return false, err
	}
	return true, nil
}

// SaveLetter replaces the letter of that id.
func (t *Tx) SaveLetter(l inspections.Letter) error {
	row, err := letterToRow(l)
	if err != nil {
		return err
	}
	return letters.update(t, row)
}

// Letter reads one letter.
func (t *Tx) Letter(id inspections.LetterID) (inspections.Letter, error) {
	row, err := letters.one(t, int64(id), by("id = ?", id), "")
	if err != nil {
		return inspections.Letter{}, err
	}
	return row.letter()
}

// Letters lists by id.
func (t *Tx) Letters(f inspections.LetterFilter) ([]inspections.Letter, error) {
	var w where
	if f.Kind != "" {
		w.and("kind = ?", f.Kind)
	}
	if f.Standby {
		w.and("kind IN (?, ?)", inspections.LetterGo, inspections.LetterStandbyOver)
	}
	if f.State != "" {
		w.and("state = ?", f.State)
	}
	if !f.DueBy.IsZero() {
		w.and("next_try_at <= ?", f.DueBy) // '' sorts first: never tried is due
	}
	if f.To != (inspections.Party{}) {
		w.and("party_kind = ?", f.To.Kind)
		w.and("party_id = ?", f.To.ID)
	}
	if f.Under != "" {
		w.and(`"key" >= ?`, f.Under)
		w.and(`"key" < ?`, f.Under+"\U0010FFFF")
	}
	if f.Message != "" {
		w.and("message_id = ?", f.Message)
	}
	if !f.Settled.IsZero() {
		w.and("settled_at >= ?", f.Settled)
	}
	tail := "ORDER BY id"
	if f.Limit > 0 {
		tail = fmt.Sprintf("ORDER BY id LIMIT %d", f.Limit)
	}
	rows, err := letters.all(t, w, tail)
	if err != nil {
		return nil, err
	}
	var list []inspections.Letter
	for _, r := range rows {
		l, err := r.letter()
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, nil
}

func letterToRow(l inspections.Letter) (letterRow, error) {
	args, err := asText(l.Args)
	if err != nil {
		return letterRow{}, fmt.Errorf("store: letter %s: %w", l.Key, err)
	}
	attach, err := asText(l.Attach)
	if err != nil {
		return letterRow{}, fmt.Errorf("store: letter %s: %w", l.Key, err)
	}
	return letterRow{l, columnsOfParty(l.To), args, attach}, nil
}

func (r letterRow) letter() (inspections.Letter, error) {
	l := r.Letter
	l.To = r.party()
	if r.ArgsText != "" {
		l.Args = json.RawMessage(r.ArgsText)
	}
	if err := fromText(r.AttachText, &l.Attach); err != nil {
		return l, fmt.Errorf("store: letter %d: %w", l.ID, err)
	}
	return l, nil
}
