package main

import (
	"strings"
	"testing"
)

// TestTheRosterChangesFromTheCommandLine lets a member of the invented roster leave, replaces them, renames
// the village and names a resident team leader; the day before looks as it did.
func TestTheRosterChangesFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-03-12T09:00")
	var show struct {
		Townships []struct {
			Name     string `json:"name"`
			Resident string `json:"resident"`
			Members  int    `json:"members"`
			Gaps     []struct {
				Key string `json:"key"`
			} `json:"gaps"`
		} `json:"townships"`
	}
	s.json(&show, "roster", "show", now)
	if len(show.Townships) == 0 || show.Townships[0].Members == 0 {
		t.Fatalf("got %+v", show)
	}
	township, before := show.Townships[0].Name, show.Townships[0].Members
	village, member, phone := someMember(t, s, township)
	s.fails(1, "posting.end", "roster", "leave", now, "--township", township, "--village", village, "--member", phone, "--last", "2025-03-10")
	s.must("roster", "leave", now, "--township", township, "--village", village, "--member", phone, "--last", "2025-03-10", "--reason", "任期届满", "--replace")
	s.must("roster", "post", now, "--township", township, "--village", village, "--name", "贺新来", "--phone", "19911112222", "--replaces", phone, "--from", "2025-03-11")
	s.must("roster", "rename", now, "--township", township, "--village", village, "--to", "新名村", "--from", "2025-03-12")
	s.fails(1, "rename.future", "roster", "rename", now, "--township", township, "--village", village, "--to", "新名二村", "--from", "2025-03-13") // found by the name it bore
	s.fails(1, "cli.nobody", "roster", "rename", now, "--township", township, "--village", "从无此村", "--to", "再改村")
	if said := s.fails(1, "cli.nobody", "roster", "merge", now, "--township", township, "--village", "新名村", "--into", "无此村"); !strings.Contains(said, "--into") {
		t.Errorf("got %q, want the flag named that is wrong", said)
	}
	if help := s.must("roster", "rename", "--help"); strings.Contains(help, "2025-12-31") {
		t.Errorf("got %s, want --to told of as a name", help)
	}
	s.must("roster", "holder", now, "--township", township, "--post", "resident", "--name", "雷驻镇", "--from", "2025-03-12")
	s.json(&show, "roster", "show", now)
	if got := show.Townships[0]; got.Resident != "雷驻镇" || got.Members != before {
		t.Errorf("got %+v, want the resident leader and %d members", got, before)
	}
	s.json(&show, "roster", "show", now, "--day", "2025-03-11")
	if got := show.Townships[0]; got.Resident == "雷驻镇" {
		t.Errorf("the day before: got %+v", got)
	}
	if len(show.Townships) < 2 {
		t.Fatalf("got %d townships, want two to merge", len(show.Townships))
	}
	n, last := len(show.Townships), show.Townships[len(show.Townships)-1].Name
	s.must("roster", "link", now, "--township", township, "--village", "新名村", "--further", "大路村", "--from", "2025-03-03")
	s.must("roster", "unlink", now, "--township", township, "--village", "新名村", "--further", "大路村", "--from", "2025-03-12")
	s.fails(1, "link.unknown", "roster", "unlink", now, "--township", township, "--village", "新名村", "--further", "大路村", "--from", "2025-03-12")
	s.fails(1, "township.merge_reason", "roster", "merge-township", now, "--township", last, "--into", township)
	s.must("roster", "merge-township", now, "--township", last, "--into", township, "--reason", "永政函〔2025〕3号")
	if s.json(&show, "roster", "show", now); len(show.Townships) != n-1 {
		t.Errorf("after the merger: got %d townships, want %d", len(show.Townships), n-1)
	}
	s.must("roster", "unmerge-township", now, "--township", last)
	s.fails(1, "township.not_merged", "roster", "unmerge-township", now, "--township", last)
	if s.json(&show, "roster", "show", now); len(show.Townships) != n {
		t.Errorf("after the correction: got %d townships, want %d", len(show.Townships), n)
	}
	s.fails(1, "assessment.words_missing", "assess", "grade", now, "--township", township, "--village", "新名村", "--grade", "competent")
	s.fails(2, "usage.year", "assess", "grade", now, "--year", "1999", "--township", township, "--village", "新名村", "--grade", "competent", "--reason", "达到要求")
	s.must("assess", "opinion", now, "--township", township, "--village", "新名村", "--text", "工作扎实")
	if text := s.must("assess", "grade", now, "--township", township, "--village", "新名村", "--grade", "competent", "--reason", "达到要求"); !strings.Contains(text, "competent") {
		t.Errorf("got %s", text)
	}
	if text := s.must("attendance", "member", phone, now, "--month", "2025-03"); !strings.Contains(text, member) {
		t.Errorf("who left is still measured for the days served: got %s", text)
	}
}

// someMember gives a member of a township of the invented roster.
func someMember(t *testing.T, s *seat, township string) (village, name, phone string) {
	t.Helper()
	var month struct {
		Members []struct {
			Member   string `json:"member"`
			Phone    string `json:"phone"`
			Township string `json:"township"`
			Village  string `json:"village"`
		} `json:"members"`
	}
	s.json(&month, "attendance", "month", at("2025-03-12T09:00"), "--month", "2025-03")
	for _, m := range month.Members {
		if m.Township == township && m.Phone != "" {
			return m.Village, m.Member, m.Phone
		}
	}
	t.Fatalf("nobody serves in %s", township)
	return "", "", ""
}
