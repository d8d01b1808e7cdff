package casework

import (
	"anfang.example/inspections"
)

// problem is a kind of problem with the clause that it is against where no other is given.
type problem struct {
	kind, clause string
	told         bool // a township may report it (1.4b, 3.2b)
}

// problems are the kinds a case can be about. Words: "kind."+kind, "matter."+kind.
var problems = []problem{
	{inspections.FindingAbsent, "1.4b", true},
	{"leave_unreported", "1.4b", true},
	{"commuting", "1.4a", true},
	{"paper_only", "1.4a", true},
	{"not_released", "2.2", true},
	{"no_ledger", "1.3", false},
	{"ledger_mismatch", "1.3", false},
	{"records_disorder", "1.3", false},
	{"policy_unknown", "1.4a", false},
	{"handbook_blank", "1.4a", false},
	{"measures_hollow", "1.4a", false},
	{"unit_inactive", "2.4a", false},
	{"township_lax", "1.1", false},
	{"integrity", "3.6", false}, // handed over
}

// ProblemKinds lists the kinds of problem that a case can be about.
func ProblemKinds() []string { return kindsOf(func(problem) bool { return true }) }

// ReportKinds lists what a township may report.
func ReportKinds() []string { return kindsOf(func(p problem) bool { return p.told }) }

// ProblemClause gives the clause a kind of problem is against; false for a kind that is none.
func ProblemClause(kind string) (string, bool) {
	for _, p := range problems {
		if p.kind == kind {
			return p.clause, true
		}
	}
	return "", false
}

func kindsOf(fits func(problem) bool) []string {
	var list []string
	for _, p := range problems {
		if fits(p) {
			list = append(list, p.kind)
		}
	}
	return list
}
