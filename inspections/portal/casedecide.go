package portal

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

// caseVerb is one step of a case that a form asks for.
type caseVerb func(ctx context.Context, by inspections.Actor, c casework.Case) error

// caseStepTaken finds the case, does the step and goes back to the case's page.
func caseStepTaken(x *exchange, f *form, done string, do caseVerb) (answer, error) {
	var c casework.Case
	err := x.view(func(tx Tx) (err error) {
		c, _, err = visibleCase(tx, x)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return casePage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if err := do(x.ctx(), x.actor(), c); err != nil {
		return x.refused(err, page)
	}
	return goTo("/cases/"+c.Number, done), nil
}

// caseApprove approves the start of the investigations; the letters to both sides leave with it.
func caseApprove(x *exchange) (answer, error) {
	f := x.form()
	duty := f.must("duty")
	return caseStepTaken(x, f, "case_approved", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		_, err := x.p.cfg.Office.ApproveCase(ctx, by, c.ID, duty)
		return err
	})
}

// caseRefuse closes a proposed case as not started, with a reason.
func caseRefuse(x *exchange) (answer, error) {
	f := x.form()
	duty, reason := f.must("duty-refuse"), f.must("reason")
	return caseStepTaken(x, f, "case_refused", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		_, err := x.p.cfg.Office.RefuseCase(ctx, by, c.ID, duty, reason)
		return err
	})
}

// caseClose ends a case whose investigations and measures are all settled.
func caseClose(x *exchange) (answer, error) {
	return caseStepTaken(x, x.form(), "case_closed", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		_, err := x.p.cfg.Office.CloseCase(ctx, by, c.ID)
		return err
	})
}

// caseFile builds the case file. It is asked for with a form, because reading it is itself recorded.
func caseFile(x *exchange) (answer, error) {
	var c casework.Case
	err := x.view(func(tx Tx) (err error) {
		c, _, err = visibleCase(tx, x)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	pdf, err := x.p.cfg.Press.CaseFilePDF(x.ctx(), x.actor(), c.ID)
	return answer{body: pdf, media: "application/pdf", name: x.words.T("portal.case.file.name", "number", c.Number) + ".pdf"}, err
}
