package main

import (
	"strings"
	"testing"

	"anfang.example/inspections"
)

func TestSpecialVisitsAndLeaveByHand(t *testing.T) {
	t.Parallel()
	s := settled(t)
	var sent struct{ Visit inspections.Visit }
	order := []string{at("2025-03-03T08:00"), "visit", "manual", "--team", "1", "--inspector", "1", "--inspector", "2",
		"--start", "2025-03-03T12:00:00+08:00", "--end", "2025-03-03T14:00:00+08:00", "--reason", "群众来电", "--asked-by", "周立新"}
	s.json(&sent, order...)
	if sent.Visit.Kind != inspections.VisitManual || sent.Visit.Slot != 0 || sent.Visit.First != 1 || sent.Visit.Second != 2 {
		t.Errorf("got %+v", sent.Visit)
	}
	s.fails(1, "special.busy", order...)
	s.fails(2, "usage.needed", "visit", "manual", "--team", "1", "--inspector", "1")
	s.must(at("2025-03-03T08:10"), "inspector", "leave", "2", "--kind", "illness", "--from", "2025-03-04", "--until", "2025-03-05")
	s.fails(2, "usage.one_of", "inspector", "leave", "2", "--kind", "mood")
	if out := s.must(at("2025-03-03T08:20"), "inspector", "away"); !strings.Contains(out, "illness") || strings.Contains(out, "«") {
		t.Errorf("got %s", out)
	}
	var away struct{ Leaves []inspections.InspectorLeave }
	s.json(&away, "inspector", "away", "--week", "2025-W10")
	if len(away.Leaves) != 1 || away.Leaves[0].Inspector != 2 {
		t.Errorf("got %+v", away.Leaves)
	}
}
