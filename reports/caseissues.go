package reports

import (
	"cmp"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

// CaseIssue is a numbered paper that left in a case: a notice of a recall or of rectification.
type CaseIssue struct {
	Branch int // of the measure it is about; 0: of the case
	inspections.IssuedPaper
}

// CaseIssueTx is what finding the numbered papers of a case needs of a transaction.
type CaseIssueTx interface {
	IssuedPapers(inspections.PaperFilter) ([]inspections.IssuedPaper, error)
	Rectifications() ([]casework.Rectification, error)
}

// CaseIssues lists the numbered papers of a case, by id.
func CaseIssues(tx CaseIssueTx, id inspections.CaseID, measures []casework.Measure) ([]CaseIssue, error) {
	subjects := map[string]int{} // with the investigation
	for _, m := range measures {
		subjects[fmt.Sprintf("measure/%d", m.ID)] = m.Branch
	}
	lines, err := tx.Rectifications()
	if err != nil {
		return nil, err
	}
	for _, r := range lines {
		if r.Case == id {
			subjects[fmt.Sprintf("rectify/%d", r.ID)] = 0
		}
	}
	var list []CaseIssue
	for subject, branch := range subjects {
		papers, err := tx.IssuedPapers(inspections.PaperFilter{Subject: subject})
		if err != nil {
			return nil, err
		}
		for _, p := range papers {
			list = append(list, CaseIssue{branch, p})
		}
	}
	slices.SortFunc(list, func(a, b CaseIssue) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// issues adds the numbered papers of the case, and the journal's records that they left.
func (f *CaseFile) issues(tx Tx, _ *inspections.Roster) (err error) {
	if f.Issues, err = CaseIssues(tx, f.Case.ID, f.Measures); err != nil {
		return err
	}
	var subjects []string
	for _, i := range f.Issues {
		if !slices.Contains(subjects, i.Subject) {
			subjects = append(subjects, i.Subject)
		}
	}
	return f.extract(tx, subjects, entryPaperIssued)
}
