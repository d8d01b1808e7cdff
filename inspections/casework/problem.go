package casework

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Problem is one dated line of the table of kinds of problem. Of each kind the last line recorded among those
// with the newest day that has come is in force. The program's own kinds have codes, with words in "kind."+code
// and "matter."+code; a kind that an office adds is named by its words themselves: 擅自离岗.
type Problem struct {
	Seq      int              `json:"seq" db:"seq"`
	Kind     string           `json:"kind" db:"kind"`
	Clause   string           `json:"clause" db:"clause"`   // that it is against where no other is given
	Told     bool             `json:"told" db:"told"`       // a township may report it (1.4b, 3.2b)
	Retired  bool             `json:"retired" db:"retired"` // no longer offered; cases of it stay
	From     calendar.Date    `json:"from" db:"from_day"`
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// Problems is everything ever set, by Seq.
type Problems []Problem

const integrity = "integrity" // handed over, 3.6

// builtIn are the kinds that every office has until it sets otherwise.
var builtIn = Problems{
	{Kind: inspections.FindingAbsent, Clause: "1.4b", Told: true},
	{Kind: "leave_unreported", Clause: "1.4b", Told: true},
	{Kind: "commuting", Clause: "1.4a", Told: true},
	{Kind: "paper_only", Clause: "1.4a", Told: true},
	{Kind: "not_released", Clause: "2.2", Told: true},
	{Kind: "no_ledger", Clause: "1.3"},
	{Kind: "ledger_mismatch", Clause: "1.3"},
	{Kind: "records_disorder", Clause: "1.3"},
	{Kind: "policy_unknown", Clause: "1.4a"},
	{Kind: "handbook_blank", Clause: "1.4a"},
	{Kind: "measures_hollow", Clause: "1.4a"},
	{Kind: "unit_inactive", Clause: "2.4a"},
	{Kind: "township_lax", Clause: "1.1"},
	{Kind: integrity, Clause: "3.6"},
}

// ProblemKinds lists the program's own kinds of problem.
func ProblemKinds() []string { return Problems(nil).Kinds(0, func(Problem) bool { return true }) }

// On lists the kinds in force on a day: the program's own first, then the office's in the order they were added.
func (p Problems) On(day calendar.Date) Problems {
	list := slices.Clone(builtIn)
	for _, line := range p {
		if line.From > day {
			continue
		}
		i := slices.IndexFunc(list, func(x Problem) bool { return x.Kind == line.Kind })
		switch {
		case i < 0:
			list = append(list, line)
		case line.From >= list[i].From:
			list[i] = line
		}
	}
	return slices.DeleteFunc(list, func(x Problem) bool { return x.Retired })
}

// Kinds lists those kinds in force on a day that fit.
func (p Problems) Kinds(day calendar.Date, fits func(Problem) bool) []string {
	var kinds []string
	for _, one := range p.On(day) {
		if fits(one) {
			kinds = append(kinds, one.Kind)
		}
	}
	return kinds
}

// Reportable lists what a township may report on a day.
func (p Problems) Reportable(day calendar.Date) []string {
	return p.Kinds(day, func(x Problem) bool { return x.Told })
}

// Find gives the line of a kind that is in force on a day. Error: Invalid "case.kind_unknown".
func (p Problems) Find(day calendar.Date, kind string) (Problem, error) {
	list := p.On(day)
	if i := slices.IndexFunc(list, func(x Problem) bool { return x.Kind == kind }); i >= 0 {
		return list[i], nil
	}
	known := list.Kinds(day, func(Problem) bool { return true })
	return Problem{}, inspections.Fail(inspections.Invalid, "case.kind_unknown", "kind", kind, "known", strings.Join(known, ", "))
}

// longestKind is what a column of a paper holds, in characters.
const longestKind = 20

// Check refuses a line without clause or first day, a name that papers cannot print, and the end of a kind that
// visits and hand-overs make themselves. Errors: Invalid.
func (p Problem) Check() error {
	own := slices.ContainsFunc(builtIn, func(x Problem) bool { return x.Kind == p.Kind })
	first, _ := utf8.DecodeRuneInString(p.Kind)
	switch {
	case p.Kind == "" || p.Clause == "" || p.From.IsZero():
		return inspections.Fail(inspections.Invalid, "case.problem_incomplete")
	case !own && (!unicode.Is(unicode.Han, first) || utf8.RuneCountInString(p.Kind) > longestKind || strings.ContainsFunc(p.Kind, notPrinted)):
		return inspections.Fail(inspections.Invalid, "case.problem_name", "kind", p.Kind, "most", longestKind)
	case p.Retired && (p.Kind == inspections.FindingAbsent || p.Kind == integrity):
		return inspections.Fail(inspections.Invalid, "case.problem_needed", "kind", p.Kind)
	}
	return nil
}

func notPrinted(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
