package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReportsOfTownshipsAreTakenFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-09-30T16:00")
	const fact = "2025-09-30T09:00:00+08:00"
	receive := func(args ...string) []string {
		return append([]string{now, "--as", "clerk", "report", "receive"}, args...)
	}
	s.fails(2, "usage.needed", receive("--member", "1")...)
	s.fails(2, "usage.needed", receive("--at", fact, "--text", "x")...)
	s.fails(1, "report.text_missing", receive("--member", "1", "--at", fact)...)
	s.fails(1, "case.member_unknown", receive("--member", "无此人", "--at", fact, "--text", "x")...)
	s.fails(1, "report.kind", receive("--member", "1", "--at", fact, "--text", "x", "--kind", "nonsense")...)
	if said := s.fails(2, "usage.discovered", receive("--member", "1", "--at", "2025-09-29T09:00:00+08:00", "--text", "x")...); !strings.Contains(said, "--discovered") {
		t.Errorf("got %q, want it said which flag tells the day of discovery", said)
	}
	s.fails(1, "report.time", receive("--member", "1", "--at", "2025-10-30T09:00:00+08:00", "--text", "x")...)
	var taken struct {
		Reports []struct {
			Number string `json:"number"`
			Case   string `json:"case_number"`
			Prompt bool   `json:"prompt"`
			How    string `json:"how"`
			Due    string `json:"due"`
		}
	}
	s.json(&taken, receive("--member", "1", "--at", fact, "--text", "点名未到", "--how", "phone")...)
	if len(taken.Reports) != 1 || taken.Reports[0].Number != "2025-001" || !taken.Reports[0].Prompt || !strings.HasPrefix(taken.Reports[0].Due, "2025-10-11T16:00") {
		t.Errorf("got %+v, want a prompt report with the opinion due at the end of 11 October", taken)
	}
	path := filepath.Join(t.TempDir(), "reports.json")
	file := `{"reports": [
		{"team": "1", "kind": "not_released", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-29", "what": "仍在原单位上班"},
		{"member": "1", "kind": "commuting", "at": "2025-09-28T22:00:00+08:00", "what": "夜间不在村", "discovered": "2025-09-30"}]}`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	s.json(&taken, receive("--json-file", path)...)
	if len(taken.Reports) != 2 || taken.Reports[0].Prompt || !taken.Reports[1].Prompt || taken.Reports[0].How != "file" {
		t.Errorf("got %+v, want the one of the day before late and the one found today prompt", taken)
	}
	// A file is taken whole or not at all; the one error names the report and its field.
	good := `{"team": "1", "kind": "not_released", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-29", "what": "仍在原单位上班"}`
	before := s.sum()
	for field, bad := range map[string]string{
		"at":         `{"team": "1", "at": "2025-10-30T09:00:00+08:00", "what": "x"}`,
		"what":       `{"team": "1", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-29", "what": " "}`,
		"kind":       `{"team": "1", "kind": "nonsense", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-29", "what": "x"}`,
		"member":     `{"member": "无此人", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-29", "what": "x"}`,
		"team":       `{"team": "无此队", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-29", "what": "x"}`,
		"received":   `{"team": "1", "at": "2025-09-29T09:00:00+08:00", "received": "昨天", "what": "x"}`,
		"discovered": `{"team": "1", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-28", "what": "x"}`,
		"how":        `{"team": "1", "at": "2025-09-29T09:00:00+08:00", "discovered": "2025-09-29", "how": "pigeon", "what": "x"}`,
	} {
		path := filepath.Join(t.TempDir(), field+".json")
		if err := os.WriteFile(path, []byte(`{"reports": [`+good+","+bad+","+good+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		said := s.fails(1, "report.in_file", receive("--json-file", path)...)
		if !strings.Contains(said, "Report 2 of the file, field "+field+":") {
			t.Errorf("got %q, want the second report and its field %s", said, field)
		}
		if s.sum() != before {
			t.Fatalf("%s: a file that was refused left something behind", field)
		}
	}
	s.fails(1, "report.unknown", now, "--as", "leader", "report", "opinion", "2025-009", "--text", "x")
	s.fails(1, "forbidden", now, "--as", "clerk", "report", "opinion", "2025-001", "--text", "x")
	s.must(now, "--as", "leader", "report", "opinion", "2025-001", "--text", "启动核查")
	if text := s.must(now, "report", "show", "2025-001"); !strings.Contains(text, "启动核查") {
		t.Errorf("got %s", text)
	}
	if text := s.must(now, "report", "list"); strings.Count(text, "2025-00") < 6 {
		t.Errorf("got %s", text)
	}
	s.must("journal", "verify")
}
