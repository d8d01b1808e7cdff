package office

import (
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// SetProblems adds dated lines to the table of kinds of problem, all or none; earlier lines stay on record and
// cases keep the clause they were opened with. Errors: Forbidden; *NthError with Invalid for a line that papers
// cannot print or whose clause the notice does not have.
func (o *Office) SetProblems(ctx context.Context, by inspections.Actor, lines []casework.Problem) error {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		for i, line := range lines {
			if err := setProblem(tx, by, line); err != nil {
				return &NthError{i + 1, err}
			}
		}
		return nil
	})
}

func setProblem(tx Tx, by inspections.Actor, line casework.Problem) error {
	if err := line.Check(); err != nil {
		return err
	}
	if !slices.ContainsFunc(duties.Catalog(), func(r duties.Rule) bool { return r.Clause == line.Clause }) {
		return inspections.Fail(inspections.Invalid, "case.problem_clause", "clause", line.Clause)
	}
	line.Recorded = tx.Now()
	if err := tx.AddProblem(&line); err != nil {
		return err
	}
	return record(tx, by, "case.problem", fmt.Sprintf("problem_kind/%d", line.Seq), line)
}
