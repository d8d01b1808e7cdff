package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections/casework"
)

// example writes the file that the help of case open shows.
func (s *seat) example(lang string) string {
	s.t.Helper()
	text := s.must("--lang", lang, "case", "open", "--help")
	from := strings.Index(text, "{\n")
	until := strings.LastIndex(text, "}\n")
	if from < 0 || until < from {
		s.t.Fatalf("got no example in %q", text)
	}
	path := filepath.Join(s.t.TempDir(), "case.json")
	if err := os.WriteFile(path, []byte(text[from:until+1]), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func TestTheHelpOfCaseOpenListsTheKindsAndShowsAFileThatWorks(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s := settled(t)
			text := s.must("--lang", lang, "case", "open", "--help")
			for _, kind := range casework.ProblemKinds() {
				if !strings.Contains(text, "  "+kind+" ") {
					t.Errorf("the help does not name %s", kind)
				}
			}
			if strings.Contains(text, "«") {
				t.Errorf("got a key without words in %s", text)
			}
			var told struct{ Cases []casework.Case }
			s.json(&told, at("2025-03-11T09:00"), "case", "open", "--json-file", s.example(lang))
			if len(told.Cases) != 1 || told.Cases[0].State != casework.Open {
				t.Errorf("got %+v, want the case of the example, open", told.Cases)
			}
		})
	}
}

func TestAFileOfCasesIsLookedAtBeforeTheFirstIsProposed(t *testing.T) {
	t.Parallel()
	s := settled(t)
	path := filepath.Join(t.TempDir(), "cases.json")
	good := `{"kind": "absent", "team": "1", "fact_at": "2025-03-10T10:00:00+08:00", "reason": "核实属实"}`
	for bad, key := range map[string]string{
		strings.Replace(good, "absent", "nonsense", 1):  "case.kind_unknown",
		strings.Replace(good, `"1"`, `"D999"`, 1):       "case.team_unknown",
		strings.Replace(good, `"核实属实"`, `""`, 1):        "case.hand_incomplete",
		strings.Replace(good, `"kind"`, `"knid"`, 1):    "case.json",
		strings.Replace(good, `"2025-03-1`, `"then`, 1): "usage.time",
		// Member 3 serves in another village, unit 2 stands behind another team, and nobody was posted on 4 May 2024.
		strings.Replace(good, `{`, `{"members": ["3"], `, 1):                                      "case.member_elsewhere",
		strings.Replace(good, `{`, `{"members": ["王晓东"], `, 1):                                    "case.member_elsewhere",
		strings.Replace(good, `{`, `{"units": ["县财政局"], `, 1):                                     "case.unit_elsewhere",
		strings.Replace(good, `{`, `{"members": ["999"], `, 1):                                    "case.member_unknown",
		strings.NewReplacer(`{`, `{"members": ["1"], `, "2025-03-10", "2024-05-04").Replace(good): "case.member_elsewhere",
	} {
		if err := os.WriteFile(path, []byte(`{"cases": [`+good+`, `+bad+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		status := 1
		if strings.HasPrefix(key, "usage.") {
			status = 2
		}
		s.fails(status, key, at("2025-03-11T09:00"), "case", "open", "--json-file", path)
	}
	var list struct{ Cases []casework.Case }
	if s.json(&list, "case", "list"); len(list.Cases) != 0 {
		t.Errorf("got %d cases, want none of a file that was refused", len(list.Cases))
	}
}

func TestAMeasureIsDecidedAfterTheConclusionFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-03-11T09:00")
	s.must(now, "case", "open", "--json-file", s.example("zh"))
	step := func(args ...string) []string { return append([]string{now, "case", "step", "2025-001"}, args...) }
	decide := step("measure", "--as", "leader", "--branch", "1", "--measure", "talk:分管副书记:县委组织部", "--reason", "情节较重")
	s.fails(1, "case.branch_not_concluded", decide...)
	s.must(step("statement", "--branch", "1", "--text", "情况说明")...)
	s.must(step("conclude", "--as", "leader", "--branch", "1", "--liable", "--text", "管理不严", "--drafted-by", "clerk")...)
	s.fails(2, "usage.needed", step("measure", "--as", "leader", "--measure", "talk:分管副书记:县委组织部")...)
	s.fails(2, "usage.needed", step("measure", "--as", "leader", "--branch", "1")...)
	s.fails(2, "usage.pair", step("measure", "--as", "leader", "--branch", "1", "--measure", "talk")...)
	s.fails(1, "case.measure_unknown", step("measure", "--as", "leader", "--branch", "1", "--measure", "fine:某人:县委组织部")...)
	s.must(decide...)

	file := filepath.Join(t.TempDir(), "steps.json")
	steps := `{"steps": [{"step": "measure", "as": "leader", "branch": 1, "measures": [{"kind": "criticism", "person": "分管副书记", "body": "县委组织部", "reason": "一并批评"}]}]}`
	if err := os.WriteFile(file, []byte(steps), 0o600); err != nil {
		t.Fatal(err)
	}
	s.must(step("--json-file", file)...)
	var one struct{ Measures []casework.Measure }
	s.json(&one, now, "case", "show", "2025-001")
	if len(one.Measures) != 2 || one.Measures[0].Kind != casework.MeasureTalk || one.Measures[1].Kind != casework.MeasureCriticism || one.Measures[0].Branch != 1 {
		t.Errorf("got %+v, want the talk and the criticism of the first investigation", one.Measures)
	}
	s.must("journal", "verify")
}
