package store

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
)

type (
	issueRow struct {
		inspections.Issue
		FiguresText string `db:"figures"`
	}
	signOffRow struct {
		inspections.StandingSignOff
		Seq int64 `db:"seq"`
	}
)

var (
	issues   = table[issueRow]{name: "issues", noun: "issue"}
	signOffs = table[signOffRow]{name: "standing_sign_offs", noun: "sign_off", keys: []string{"seq"}}
)

// AddIssue sets the id. Error: Conflict when the number of the year is taken.
func (t *Tx) AddIssue(v *inspections.Issue) error {
	if err := claim(t, "issue", &v.ID); err != nil {
		return err
	}
	row, err := issueToRow(*v)
	if err != nil {
		return err
	}
	return issues.insert(t, row)
}

// SaveIssue replaces the issue of that id.
func (t *Tx) SaveIssue(v inspections.Issue) error {
	row, err := issueToRow(v)
	if err != nil {
		return err
	}
	return issues.update(t, row)
}

// Issue reads one issue.
func (t *Tx) Issue(id inspections.IssueID) (inspections.Issue, error) {
	row, err := issues.one(t, int64(id), by("id = ?", id), "")
	return row.issue(), err
}

// IssueOf reads the newest issue of a kind and month ("2025-03"). Error: NotFound.
func (t *Tx) IssueOf(kind, month string) (inspections.Issue, error) {
	w := by("kind = ?", kind)
	w.and("month = ?", month)
	row, err := issues.one(t, month, w, "ORDER BY id DESC LIMIT 1")
	return row.issue(), err
}

// Issues lists by id.
func (t *Tx) Issues() ([]inspections.Issue, error) {
	rows, err := issues.all(t, where{}, "ORDER BY id")
	if err != nil {
		return nil, err
	}
	var list []inspections.Issue
	for _, r := range rows {
		list = append(list, r.issue())
	}
	return list, nil
}

// NextNumber counts the papers of a series and year: 1, 2, 3… without gaps, since a transaction that is
// rolled back has not counted.
func (t *Tx) NextNumber(series string, year int) (int, error) {
	n, err := t.next(numberSeries(series, year))
	return int(n), err
}

func numberSeries(series string, year int) string { return fmt.Sprintf("number/%s/%04d", series, year) }

// StandingSignOffs lists in the order in which they were recorded.
func (t *Tx) StandingSignOffs() ([]inspections.StandingSignOff, error) {
	rows, err := signOffs.all(t, where{}, "ORDER BY seq")
	if err != nil {
		return nil, err
	}
	var list []inspections.StandingSignOff
	for _, r := range rows {
		list = append(list, r.StandingSignOff)
	}
	return list, nil
}

// AddStandingSignOff records one.
func (t *Tx) AddStandingSignOff(v inspections.StandingSignOff) error {
	row := signOffRow{StandingSignOff: v}
	if err := claim(t, "sign_off", &row.Seq); err != nil {
		return err
	}
	return signOffs.insert(t, row)
}

func issueToRow(v inspections.Issue) (issueRow, error) {
	figures, err := asText(v.Figures)
	if err != nil {
		return issueRow{}, fmt.Errorf("store: issue of %s: %w", v.Month, err)
	}
	return issueRow{v, figures}, nil
}

func (r issueRow) issue() inspections.Issue {
	v := r.Issue
	if r.FiguresText != "" {
		v.Figures = json.RawMessage(r.FiguresText)
	}
	return v
}
