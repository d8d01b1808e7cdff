package duties_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

var march6 = calendar.NewDate(2025, 3, 6)

// TestEveryClauseStandsInTheCatalog compares with the clause table of the specification where it is present.
func TestEveryClauseStandsInTheCatalog(t *testing.T) {
	t.Parallel()
	root := os.Getenv("ANFANG_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(root, "CLAUSES.md"))
	if err != nil {
		t.Skipf("SKIPPED: %v; set ANFANG_SHARED to the folder that holds CLAUSES.md", err)
	}
	var have []string
	for _, r := range duties.Catalog() {
		have = append(have, r.Clause)
	}
	rows := 0
	for _, row := range regexp.MustCompile(`(?m)^\| ([1-6]\.[0-9.a-d ]+) \|`).FindAllStringSubmatch(string(text), -1) {
		for _, clause := range strings.Fields(row[1]) {
			rows++
			if !slices.Contains(have, clause) {
				t.Errorf("clause %s has no row in the catalog", clause)
			}
		}
	}
	if rows < 44 {
		t.Errorf("got %d clauses in the table, want 44 at least", rows)
	}
}

func TestPeriodsAndTheirEnds(t *testing.T) {
	t.Parallel()
	set := inspections.SettingsOn(nil, march6)
	for kind, want := range map[duties.Kind][2]string{
		"weekly_meeting": {"2025-W10", "2025-03-09"}, "attendance_form": {"2025-03", "2025-04-05"},
		"hear_and_study": {"2025-Q1", "2025-03-31"}, "in_charge_check": {"2025-03", "2025-03-31"},
		"sympathy_visit": {"2025", "2025-12-31"}, "daily_digest": {"2025-03-06", "2025-03-07"},
		"yearly_assessment": {"2025", "2026-01-31"},
	} {
		r, ok := duties.RuleOf(duties.Catalog(), kind, "", march6)
		if !ok {
			t.Errorf("%s is not in the catalog", kind)
			continue
		}
		name, first, last, ok := r.Period(march6)
		if got := [2]string{name, r.DueOf(last, set).String()}; !ok || got != want {
			t.Errorf("%s: got %v, want %v", kind, got, want)
		}
		if f, l, ok := duties.PeriodSpan(name); !ok || f != first || l != last {
			t.Errorf("%s: period %s reads as %s to %s, want %s to %s", kind, name, f, l, first, last)
		}
	}
	for _, name := range []string{"", "2025-Q5", "2025-W99", "20", "2025-13", "x", "2025-03-32"} {
		if _, _, ok := duties.PeriodSpan(name); ok {
			t.Errorf("%q was taken for a period", name)
		}
	}
}

func TestARuleOutOfFormIsNamed(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no date":         `[{"kind":"a","clause":"1.1","party":"unit","each":"month"}]`,
		"unknown rhythm":  `[{"kind":"a","clause":"1.1","party":"unit","each":"often","from":"2017-11-05"}]`,
		"setting by week": `[{"kind":"a","clause":"1.1","party":"unit","each":"week","setting":"x","from":"2017-11-05"}]`,
		"not JSON":        `{`,
	} {
		if _, err := duties.ReadCatalog([]byte(text)); inspections.KindOf(err) != inspections.Invalid {
			t.Errorf("%s: got %v, want invalid", name, err)
		}
	}
}
