package duties

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Each says how often a duty comes round.
type Each string

// How often a duty comes round. Only the first five make obligations by the calendar; what happens makes
// those of an event where it is recorded; the rest stands in the catalog to be read.
const (
	EachDay     Each = "day"
	EachWeek    Each = "week"
	EachMonth   Each = "month"
	EachQuarter Each = "quarter"
	EachYear    Each = "year"
	OnEvent     Each = "event"    // when it happens
	OnDemand    Each = "demand"   // register rows, never measured
	Standing    Each = "standing" // always
	Measured    Each = "measured" // the ledger tells, nobody hands anything in
)

// PartyLead owes what the lead unit of a township owes; its obligations stand with the unit.
const PartyLead inspections.PartyKind = "lead_unit"

// Rule is one row of the catalog: who owes what, how often, until when, shown by what, to whom; who is
// reminded and who is told when it is late. Rules are dated, since later notices have others.
type Rule struct {
	Kind       Kind                  `json:"kind"`
	Clause     string                `json:"clause"`
	Party      inspections.PartyKind `json:"party"`
	Each       Each                  `json:"each"`
	Proof      string                `json:"proof,omitempty"`   // words: "duty_proof."+Proof
	To         string                `json:"to,omitempty"`      // party it goes to, "" nobody
	Days       int                   `json:"days,omitempty"`    // calendar days after the end of the period
	Setting    string                `json:"setting,omitempty"` // key of a dated setting: day of the next month, or days after an event
	Remind     string                `json:"remind,omitempty"`  // post or role reminded before
	Late       string                `json:"late,omitempty"`    // post, role or party told when late
	Kept       bool                  `json:"kept,omitempty"`    // another room starts and settles it
	Department inspections.TeamKind  `json:"department,omitempty"`
	From       calendar.Date         `json:"from"`
	Until      calendar.Date         `json:"until,omitempty"` // last day, zero while in force
}

//go:embed catalog.json
var catalogJSON []byte

// Catalog is every duty of the notice, in the order of its clauses.
func Catalog() []Rule {
	rules, err := ReadCatalog(catalogJSON)
	if err != nil {
		panic(err) // the embedded file is checked by a test
	}
	return rules
}

// ReadCatalog reads rules written as JSON, as another county may have them. Error: Invalid, naming the row.
func ReadCatalog(data []byte) ([]Rule, error) {
	var rules []Rule
	if err := json.Unmarshal(data, &rules); err != nil {
		return nil, inspections.Fail(inspections.Invalid, "duty.catalog", "row", 0).Because(err)
	}
	for i, r := range rules {
		known := r.Kind != "" && r.Clause != "" && r.Party != "" && !r.From.IsZero() && r.Days >= 0
		switch r.Each {
		case EachDay, EachWeek, EachMonth, EachQuarter, EachYear, OnEvent, OnDemand, Standing, Measured:
		default:
			known = false
		}
		if !known || r.Setting != "" && r.Each != EachMonth && r.Each != OnEvent {
			return nil, inspections.Fail(inspections.Invalid, "duty.catalog", "row", i+1)
		}
	}
	return rules, nil
}

// RuleOf finds the rule of a kind and clause in force on a day; clause "" takes the first of the kind.
func RuleOf(rules []Rule, kind Kind, clause string, day calendar.Date) (Rule, bool) {
	for _, r := range rules {
		if r.Kind == kind && (clause == "" || r.Clause == clause) && inspections.Covers(r.From, r.Until, day) {
			return r, true
		}
	}
	return Rule{}, false
}

// Period gives the period of a rule that holds a day, with its first and last day; false when the rule
// makes nothing by the calendar.
func (r Rule) Period(day calendar.Date) (name string, first, last calendar.Date, ok bool) {
	y, m, _ := day.Parts()
	switch r.Each {
	case EachDay:
		return day.String(), day, day, true
	case EachWeek:
		w := calendar.WeekOf(day)
		return w.String(), w.Monday(), w.Sunday(), true
	case EachMonth:
		month := calendar.MonthOf(day)
		return month.String(), month.First(), month.Last(), true
	case EachQuarter:
		q := (int(m) - 1) / 3
		return fmt.Sprintf("%04d-Q%d", y, q+1), calendar.NewDate(y, time.Month(3*q+1), 1), calendar.NewDate(y, time.Month(3*q+4), 0), true
	case EachYear:
		return strconv.Itoa(y), calendar.NewDate(y, 1, 1), calendar.NewDate(y, 12, 31), true
	}
	return "", 0, 0, false
}

// DueOf gives the last day of a period's obligation.
func (r Rule) DueOf(last calendar.Date, set inspections.Settings) calendar.Date {
	if r.Setting != "" {
		return last.Add(set.Int(r.Setting))
	}
	return last.Add(r.Days)
}

// makes reports whether the rule makes obligations on a day.
func (r Rule) makes(day calendar.Date) bool {
	_, _, _, ok := r.Period(day)
	return ok && !r.Kept && inspections.Covers(r.From, r.Until, day)
}

// PeriodSpan reads the name of a period: "2025-03-06", "2025-W10", "2025-03", "2025-Q1", "2025".
func PeriodSpan(name string) (first, last calendar.Date, ok bool) {
	rule := Rule{}
	switch y, rest, _ := strings.Cut(name, "-"); {
	case len(y) != 4:
		return 0, 0, false
	case rest == "":
		n, err := strconv.Atoi(y)
		if err != nil {
			return 0, 0, false
		}
		rule.Each, first = EachYear, calendar.NewDate(n, 1, 1)
	case strings.HasPrefix(rest, "W"):
		w, err := calendar.ParseWeek(name)
		if err != nil {
			return 0, 0, false
		}
		rule.Each, first = EachWeek, w.Monday()
	case strings.HasPrefix(rest, "Q"):
		n, err := strconv.Atoi(y)
		q, qerr := strconv.Atoi(rest[1:])
		if err != nil || qerr != nil || q < 1 || q > 4 {
			return 0, 0, false
		}
		rule.Each, first = EachQuarter, calendar.NewDate(n, time.Month(3*q-2), 1)
	case len(rest) == 2:
		m, err := calendar.ParseMonth(name)
		if err != nil {
			return 0, 0, false
		}
		rule.Each, first = EachMonth, m.First()
	default:
		d, err := calendar.ParseDate(name)
		if err != nil {
			return 0, 0, false
		}
		rule.Each, first = EachDay, d
	}
	_, first, last, ok = rule.Period(first)
	return first, last, ok
}
