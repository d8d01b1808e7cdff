package store

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
)

// copyRow says how the reader and the letter's arguments of a copy are stored.
type copyRow struct {
	inspections.IssueCopy
	partyColumns
	ArgsText string `db:"args"`
}

var copies = table[copyRow]{name: "issue_copies", noun: "issue_copy"}

// AddIssueCopy sets the id. Error: Conflict when the reader has a copy of that issue already.
func (t *Tx) AddIssueCopy(v *inspections.IssueCopy) error {
	if err := claim(t, "issue_copy", &v.ID); err != nil {
		return err
	}
	row, err := copyToRow(*v)
	if err != nil {
		return err
	}
	return copies.insert(t, row)
}

// SaveIssueCopy replaces the copy of that id.
func (t *Tx) SaveIssueCopy(v inspections.IssueCopy) error {
	row, err := copyToRow(v)
	if err != nil {
		return err
	}
	return copies.update(t, row)
}

// IssueCopies lists the copies of one issue by id.
func (t *Tx) IssueCopies(issue inspections.IssueID) ([]inspections.IssueCopy, error) {
	return t.copiesWhere(by("issue_id = ?", issue), "ORDER BY id")
}

// CopiesToMake lists up to limit copies that are owed and not made, by id.
func (t *Tx) CopiesToMake(limit int) ([]inspections.IssueCopy, error) {
	return t.copiesWhere(by("pdf_sha256 = ?", ""), fmt.Sprintf("ORDER BY id LIMIT %d", limit))
}

// CopiesByHash lists the copies that have a SHA-256 (hex).
func (t *Tx) CopiesByHash(sha string) ([]inspections.IssueCopy, error) {
	return t.copiesWhere(by("pdf_sha256 = ?", sha), "ORDER BY id")
}

func (t *Tx) copiesWhere(w where, tail string) ([]inspections.IssueCopy, error) {
	rows, err := copies.all(t, w, tail)
	if err != nil {
		return nil, err
	}
	var list []inspections.IssueCopy
	for _, r := range rows {
		r.To = r.party()
		if r.ArgsText != "" {
			r.Args = json.RawMessage(r.ArgsText)
		}
		list = append(list, r.IssueCopy)
	}
	return list, nil
}

func copyToRow(v inspections.IssueCopy) (copyRow, error) {
	args, err := asText(v.Args)
	if err != nil {
		return copyRow{}, fmt.Errorf("store: copy of issue %d: %w", v.Issue, err)
	}
	return copyRow{v, columnsOfParty(v.To), args}, nil
}
