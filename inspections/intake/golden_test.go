package intake_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the difference\ngot:\n%s\nwant:\n%s", name, got, want)
	}
}

func lines(problems []inspections.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fate := "kept"
		if p.LeftOut {
			fate = "left out"
		}
		fmt.Fprintf(&b, "%s:%d %s %s %q → %q %s\n", p.File, p.Row, p.Column, p.Key, p.Value, p.Repaired, fate)
	}
	return b.String()
}

func smallRoster(t testing.TB) (inspections.RosterRows, []inspections.Problem) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "roster", "*.csv"))
	if err != nil || len(paths) != 5 {
		t.Fatalf("got %d roster files, %v", len(paths), err)
	}
	rows, problems, err := intake.ReadRosterFiles(load(t, paths...), nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows, problems
}

func TestASmallRosterIsReadAsAPersonWouldReadIt(t *testing.T) {
	t.Parallel()
	rows, problems := smallRoster(t)
	var b strings.Builder
	for _, r := range rows.Townships {
		fmt.Fprintf(&b, "township %+v\n", r)
	}
	for _, r := range rows.Units {
		fmt.Fprintf(&b, "unit %+v\n", r)
	}
	for _, r := range rows.Teams {
		fmt.Fprintf(&b, "team %+v\n", r)
	}
	for _, r := range rows.Members {
		fmt.Fprintf(&b, "member %+v\n", r)
	}
	for _, r := range rows.Inspectors {
		fmt.Fprintf(&b, "inspector %+v\n", r)
	}
	golden(t, "roster.golden", b.String()+lines(problems))
}

func TestASmallLedgerIsReadAsAPersonWouldReadIt(t *testing.T) {
	t.Parallel()
	rows, _ := smallRoster(t)
	roster := rosterOf(rows)
	signs, problems, err := intake.ReadSignIns(load(t, filepath.Join("testdata", "ledger.csv")), roster, calendar.Month{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range signs {
		m, _ := roster.Member(s.Member)
		team, _ := roster.Team(s.Team)
		fmt.Fprintf(&b, "row %d %s %s %s %s %q %s odd=%t\n", s.Row, s.Day, m.Name, team.Village, s.Status, s.Clock, s.Leave, s.Odd)
	}
	golden(t, "ledger.golden", b.String()+lines(problems))
}

func TestProblemsHaveListedKeys(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, k := range intake.ProblemKeys() {
		if known[k] {
			t.Errorf("%s is listed twice", k)
		}
		known[k] = true
	}
	rows, problems := smallRoster(t)
	_, more, err := intake.ReadSignIns(load(t, filepath.Join("testdata", "ledger.csv")), rosterOf(rows), calendar.Month{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(problems, more...) {
		if !known[p.Key] {
			t.Errorf("%s is not among ProblemKeys", p.Key)
		}
		if p.Row < 1 || p.File == "" {
			t.Errorf("%+v does not say where", p)
		}
	}
}
