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

func TestWeightsAreMovedByTwoPersonsByHand(t *testing.T) {
	t.Parallel()
	s := settled(t)
	day := at("2025-03-01T12:00")
	s.must(day, "user", "add", "boss", "--role", "leader", "--name", "周立新", "--email", "boss@example.com")
	s.must(day, "user", "add", "desk", "--role", "clerk", "--name", "何文静", "--email", "desk@example.com")
	propose := []string{day, "risk", "propose", "1", "--weight", "0", "--from", "2025-03-01", "--until", "2025-03-31", "--reason", "撤并"}
	s.fails(2, "usage.as", propose...)
	s.must(append(propose, "--as", "desk")...)
	s.fails(1, "forbidden", day, "risk", "decide", "1", "--as", "desk")
	s.must(day, "risk", "decide", "1", "--as", "boss")
	s.fails(1, "weight.decided", day, "risk", "decide", "1", "--as", "boss", "--refuse")
	s.must(day, "risk", "complaint", "2", "--source", "来电", "--note", "很少见到人")
	var shown struct {
		Week  string
		Teams []struct {
			Team, Weight int
			Reasons      []string
		}
	}
	s.json(&shown, at("2025-03-02T12:00"), "risk", "show")
	last := shown.Teams[len(shown.Teams)-1]
	if shown.Teams[0].Weight != 1100 || last.Team != 1 || last.Weight != 0 || last.Reasons[0] != "change=1" {
		t.Errorf("got %+v", shown)
	}
	for _, list := range []string{"show", "changes"} {
		if out := s.must(at("2025-03-02T12:00"), "risk", list); strings.Contains(out, "«") || !strings.Contains(out, "滨河村") {
			t.Errorf("%s: got %s", list, out)
		}
	}
}

func TestHolidayWeeksByHand(t *testing.T) {
	t.Parallel()
	s := settled(t)
	day := at("2025-04-30T09:00")
	plan := []string{day, "week", "plan", "--week", "2025-W19", "--drop", "2025-05-05/morning", "--evening", "2025-05-07", "--reason", "劳动节", "--by", "周立新"}
	if out := s.must(plan...); strings.Contains(out, "«") || !strings.Contains(out, "1 dropped") {
		t.Errorf("got %s", out)
	}
	s.fails(2, "usage.pair", append(plan, "--drop", "2025-05-05")...)
	s.fails(1, "plan.workday", append(plan, "--drop", "2025-05-06/morning")...)
	s.fails(1, "nopair.none", day, "week", "nopair", "3", "--week", "2025-W19", "--reason", "无人可派")
	s.fails(1, "week.not_frozen", day, "week", "beacon", strings.Repeat("a", 64), "--week", "2025-W19")
}

func TestTheDoctorTellsTheDrawStraight(t *testing.T) {
	t.Parallel()
	s := settled(t)
	_, out, _ := s.do(at("2025-03-01T12:00"), "doctor")
	for _, want := range []string{"of draws are among teams not yet visited", "with 2 visits a week", "pattern: 0 special"} {
		if !strings.Contains(out, want) {
			t.Errorf("the doctor does not say %q: %s", want, out)
		}
	}
	if strings.Contains(out, "«") || strings.Contains(out, "{") {
		t.Errorf("got %s", out)
	}
	s.fails(1, "setting.slots_few", "setting", "set", "visits_per_week_milli", "14000")
}
