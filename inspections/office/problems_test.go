package office_test

import (
	"errors"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

func TestAnOfficeAddsAndRetiresKindsOfProblemFromADayOn(t *testing.T) {
	t.Parallel()
	d := open(t)
	set := func(lines ...casework.Problem) error { return d.SetProblems(t.Context(), clerk, lines) }
	about := func(kind string) (casework.Case, error) {
		return d.OpenCase(t.Context(), clerk, office.HandCase{Kind: kind, Team: 1, FactAt: calendar.InstantOf(monday.At(10, 0)), Reason: "核实属实"})
	}
	d.now = monday.At(12, 0)
	if _, err := about("擅自离岗"); key(err) != "case.kind_unknown" {
		t.Errorf("before it was added: got %v", err)
	}
	good := casework.Problem{Kind: "擅自离岗", Clause: "1.4a", Told: true, From: monday}
	bad := casework.Problem{Kind: "走读", Clause: "九.9", From: monday}
	var nth *office.NthError
	if err := set(good, bad); key(err) != "case.problem_clause" || !errors.As(err, &nth) || nth.N != 2 {
		t.Errorf("a file with a clause that is none: got %v, want the second line refused", err)
	}
	if _, err := about("擅自离岗"); key(err) != "case.kind_unknown" {
		t.Errorf("after a file that was refused: got %v, want nothing of it taken", err)
	}
	if err := set(good, casework.Problem{Kind: "commuting", Clause: "1.4a", Retired: true, From: monday.Add(1)}); err != nil {
		t.Fatal(err)
	}
	c, err := about("擅自离岗")
	if err != nil || c.Kind != "擅自离岗" {
		t.Fatalf("got %+v, %v, want a case of the office's own kind", c, err)
	}
	d.do(t, func(tx *store.Tx) error {
		found, err := tx.Findings(inspections.FindingFilter{})
		if len(found) != 1 || found[0].Clause != "1.4a" {
			t.Errorf("got %+v, want one finding with the clause of the kind", found)
		}
		return err
	})
	township := inspections.Actor{User: 9, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}}
	told := func(kind string) error {
		_, err := d.ReceiveReport(t.Context(), township, office.Report{Kind: kind, Team: 1, At: calendar.InstantOf(monday.At(9, 0)), What: "不在村"})
		return err
	}
	if err := told("擅自离岗"); err != nil {
		t.Errorf("a township reports the new kind: %v", err)
	}
	if err := told("integrity"); key(err) != "report.kind" {
		t.Errorf("a township reports what is not for it: got %v", err)
	}
	if _, err := about("commuting"); err != nil {
		t.Errorf("the day before it is retired: %v", err)
	}
	d.now = monday.Add(1).At(12, 0)
	if _, err := about("commuting"); key(err) != "case.kind_unknown" {
		t.Errorf("retired: got %v", err)
	}
	if err := d.SetProblems(t.Context(), township, []casework.Problem{good}); key(err) != "forbidden" {
		t.Errorf("a township sets a kind: got %v", err)
	}
}
