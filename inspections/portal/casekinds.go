package portal

import (
	"slices"

	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

type kindsView struct {
	Kinds  casework.Problems // in force today
	Coming casework.Problems // set for a later day
	Forms  []changeForm
}

// caseKinds shows the table of kinds of problem: those in force, each with its clause, and what is set for later.
func caseKinds(x *exchange) (answer, error) {
	var view kindsView
	err := x.view(func(tx Tx) error {
		all, err := tx.Problems()
		if err != nil {
			return err
		}
		today := x.now.Date()
		view.Kinds = all.On(today)
		for _, p := range all {
			if p.From > today {
				view.Coming = append(view.Coming, p)
			}
		}
		return nil
	})
	if x.actor().Is(clerks...) {
		view.Forms = []changeForm{formOf(x, "problem", "/cases/kinds", "problem", "text", "basis", clauseChoices(x), "told", "check", "retired", "check", "from", "date")}
	}
	return show("casekinds", x.words.T("portal.kinds.title"), view), err
}

// clauseChoices lists the clauses of the notice in their order, each once: a clause that two duties rest on is one basis.
func clauseChoices(x *exchange) []partyChoice {
	var choices []partyChoice
	for _, r := range duties.Catalog() {
		if slices.ContainsFunc(choices, func(c partyChoice) bool { return c.Value == r.Clause }) {
			continue
		}
		choices = append(choices, partyChoice{r.Clause, x.words.Label("clause.short", r.Clause) + " " + x.words.Label("clause", r.Clause)})
	}
	return choices
}

// caseKindSet adds a dated line to the table of kinds.
func caseKindSet(x *exchange) (answer, error) {
	f := x.form()
	line := casework.Problem{
		Kind: x.kindNamed(f.must("problem-problem")), Clause: f.must("basis-problem"), From: f.date("from-problem", true),
		Told: f.text("told-problem") != "", Retired: f.text("retired-problem") != "",
	}
	page := func() (answer, error) { return caseKinds(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if err := x.p.cfg.Office.SetProblems(x.ctx(), x.actor(), []casework.Problem{line}); err != nil {
		return x.refused(err, page)
	}
	return goTo("/cases/kinds", "kind_set"), nil
}

// kindNamed gives the code of one of the program's own kinds for its words, or else the words themselves.
func (x *exchange) kindNamed(words string) string {
	for _, code := range casework.ProblemKinds() {
		if words == x.words.Label("kind", code) {
			return code
		}
	}
	return words
}
