package portal

import (
	"strings"

	"anfang.example/inspections/casework"
)

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
