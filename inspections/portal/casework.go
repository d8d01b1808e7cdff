package portal

import (
	"context"
	"fmt"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
)

// branchName gives a field its name on a page with several investigations.
func branchName(field string, seq int64) string { return fmt.Sprintf("%s-%d", field, seq) }

// caseStatement keeps what those concerned said in an investigation.
func caseStatement(x *exchange) (answer, error) {
	seq, err := x.number("seq")
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	text := f.must(branchName("statement", seq))
	return caseStepTaken(x, f, "case_statement", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		return x.p.cfg.Office.AddStatement(ctx, by, c.ID, int(seq), text)
	})
}

// caseUnit names the unit of an investigation that stood to be named.
func caseUnit(x *exchange) (answer, error) {
	seq, err := x.number("seq")
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	field := branchName("unit", seq)
	unit, err := strconv.ParseInt(x.r.PostForm.Get(field), 10, 64)
	if err != nil || unit <= 0 {
		f.fail(field, "not_chosen")
	}
	return caseStepTaken(x, f, "case_unit", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		return x.p.cfg.Office.NameUnit(ctx, by, c.ID, int(seq), inspections.UnitID(unit))
	})
}

// caseConclude approves the conclusion of an investigation, with the measure that follows from it.
func caseConclude(x *exchange) (answer, error) {
	seq, err := x.number("seq")
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	name := func(field string) string { return branchName(field, seq) }
	end := office.Conclusion{Text: f.must(name("conclusion")), Liable: f.choice(name("liable"), "yes", "no") == "yes"}
	writer, err := strconv.ParseInt(x.r.PostForm.Get(name("writer")), 10, 64)
	if err != nil || writer <= 0 {
		f.fail(name("writer"), "not_chosen")
	}
	end.By = inspections.UserID(writer)
	if kind := f.text(name("measure")); kind != "" {
		end.Measures = append(end.Measures, office.MeasureDecided{
			Kind: casework.MeasureKind(kind), Person: f.must(name("person")), Body: f.must(name("body")), Reason: f.text(name("why")),
		})
	}
	return caseStepTaken(x, f, "case_concluded", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		return x.p.cfg.Office.ConcludeBranch(ctx, by, c.ID, int(seq), end)
	})
}

// caseExecute records that a measure was carried out.
func caseExecute(x *exchange) (answer, error) {
	id, err := x.number("measure")
	if err != nil {
		return answer{}, err
	}
	return caseStepTaken(x, x.form(), "case_executed", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		return x.p.cfg.Office.ExecuteMeasure(ctx, by, c.ID, inspections.MeasureID(id))
	})
}
