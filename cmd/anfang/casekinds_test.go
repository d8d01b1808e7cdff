package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections/casework"
)

func TestAFileSetsKindsOfProblemOrNothing(t *testing.T) {
	t.Parallel()
	s := settled(t)
	file := filepath.Join(t.TempDir(), "kinds.json")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"kinds": [{"kind": "擅自离岗", "clause": "1.4a", "from": "2025-03-01"}, {"kind": "late", "clause": "1.4a", "from": "2025-03-01"}]}`)
	if told := s.fails(1, "input.nth", at("2025-03-11T09:00"), "case", "kinds", "--json-file", file); !strings.Contains(told, "2") {
		t.Errorf("got %q, want the second line named", told)
	}
	var listed struct{ Kinds []casework.Problem }
	s.json(&listed, at("2025-03-11T09:00"), "case", "kinds")
	if len(listed.Kinds) != len(casework.ProblemKinds()) {
		t.Errorf("got %d kinds after a refused file, want the program's own", len(listed.Kinds))
	}
	write(`{"kinds": [{"kind": "擅自离岗", "clause": "1.4a", "from": "2025-03-01"}]}`)
	s.json(&listed, at("2025-03-11T09:00"), "case", "kinds", "--json-file", file)
	if n := len(listed.Kinds); n != len(casework.ProblemKinds())+1 || listed.Kinds[n-1].Kind != "擅自离岗" {
		t.Errorf("got %+v, want the new kind at the end", listed.Kinds)
	}
	s.must("journal", "verify")
}
