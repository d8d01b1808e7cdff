package casework_test

import (
	"errors"
	"slices"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

func TestTheNewestLineOfAKindWhoseDayHasComeIsInForce(t *testing.T) {
	t.Parallel()
	march := calendar.NewDate(2025, 3, 1)
	table := casework.Problems{
		{Kind: "擅自离岗", Clause: "1.4a", Told: true, From: march},
		{Kind: "commuting", Clause: "1.4a", Retired: true, From: march},
		{Kind: "擅自离岗", Clause: "1.4b", From: march.Add(10)},
		{Kind: "擅自离岗", Clause: "1.3", From: march.Add(5)}, // set later, for an earlier day
		{Kind: "no_ledger", Clause: "1.4a", From: march},
	}
	for day, want := range map[calendar.Date]struct {
		clause    string
		told      bool
		commuting bool
	}{
		march.Add(-1): {"", false, true}, march: {"1.4a", true, false}, march.Add(5): {"1.3", false, false}, march.Add(10): {"1.4b", false, false},
	} {
		got, err := table.Find(day, "擅自离岗")
		if known := err == nil; known != (want.clause != "") || got.Clause != want.clause {
			t.Errorf("%s: got clause %q (%v), want %q", day, got.Clause, err, want.clause)
		}
		if told := slices.Contains(table.Reportable(day), "擅自离岗"); told != want.told {
			t.Errorf("%s: got reportable %t, want %t", day, told, want.told)
		}
		if _, err := table.Find(day, "commuting"); (err == nil) != want.commuting {
			t.Errorf("%s: commuting: got %v, want it known: %t", day, err, want.commuting)
		}
	}
	if got, err := table.Find(march, "no_ledger"); err != nil || got.Clause != "1.4a" {
		t.Errorf("got %+v, %v, want the clause that the office set", got, err)
	}
	if kinds := casework.ProblemKinds(); len(kinds) != 14 || kinds[0] != inspections.FindingAbsent {
		t.Errorf("got %v, want the program's own fourteen kinds", kinds)
	}
}

func TestALineOfTheTableOfKindsMustBePrintable(t *testing.T) {
	t.Parallel()
	day := calendar.NewDate(2025, 3, 1)
	for key, bad := range map[string]casework.Problem{
		"case.problem_incomplete": {Kind: "擅自离岗", From: day},
		"case.problem_needed":     {Kind: inspections.FindingAbsent, Clause: "1.4b", From: day, Retired: true},
		"case.problem_name":       {Kind: "late", Clause: "1.4a", From: day},
	} {
		if got := keyOf(t, bad.Check()); got != key {
			t.Errorf("%+v: got %s, want %s", bad, got, key)
		}
	}
	for _, kind := range []string{"擅自 离岗", "擅自离岗\n", "一二三四五六七八九十一二三四五六七八九十一"} {
		if got := keyOf(t, casework.Problem{Kind: kind, Clause: "1.4a", From: day}.Check()); got != "case.problem_name" {
			t.Errorf("%q: got %s, want case.problem_name", kind, got)
		}
	}
	if err := (casework.Problem{Kind: "擅自离岗", Clause: "1.4a", From: day}).Check(); err != nil {
		t.Error(err)
	}
}

func keyOf(t *testing.T, err error) string {
	t.Helper()
	var fault *inspections.Error
	if !errors.As(err, &fault) {
		t.Fatalf("got %v, want a refusal", err)
	}
	return fault.Key
}
