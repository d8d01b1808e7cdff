package portal

import (
	"slices"
	"strings"

	"anfang.example/inspections/casework"
	"anfang.example/reports"
)

// sheetsFor lists the papers of a case that a person may print: all of them, or those addressed to the own body.
func sheetsFor(tx Tx, x *exchange, c casework.Case, branches []casework.Branch, measures []casework.Measure) ([]reports.Sheet, error) {
	acts, err := tx.Acts(c.ID)
	if err != nil {
		return nil, err
	}
	list := reports.SheetsOf(c, measures, acts)
	if x.actor().Is(caseFileRead...) {
		return list, nil
	}
	return slices.DeleteFunc(list, func(s reports.Sheet) bool { return !s.Addressed(x.actor().Party, c, branches) }), nil
}

// casePaper prints one paper of a case. It is asked for with a form, because giving it out is itself recorded.
func casePaper(x *exchange) (answer, error) {
	var c casework.Case
	err := x.view(func(tx Tx) (err error) {
		c, _, err = visibleCase(tx, x)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	ref := x.r.PathValue("paper")
	pdf, err := x.p.cfg.Press.CaseSheetPDF(x.ctx(), x.actor(), c.ID, ref)
	kind, _, _ := strings.Cut(ref, "/")
	name := x.words.T("portal.case.sheet.file", "number", c.Number, "sheet", x.words.Label("case_sheet", kind))
	return answer{body: pdf, media: "application/pdf", name: name + ".pdf"}, err
}
