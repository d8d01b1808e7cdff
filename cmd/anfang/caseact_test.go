package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
)

func TestActsOfACaseAreRecordedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	raw, err := json.Marshal(map[string]any{"cases": []map[string]any{{
		"kind": "absent", "clause": "1.4b", "team": "1", "fact_at": "2025-03-10T10:00:00+08:00", "reason": "核实属实",
		"steps": []map[string]any{{"step": "approve", "as": "leader", "duty": "主任"}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file, scan, odd := filepath.Join(dir, "case.json"), filepath.Join(dir, "回执.pdf"), filepath.Join(dir, "x.txt")
	for path, data := range map[string][]byte{file: raw, scan: []byte("%PDF-1.4\n%"), odd: []byte("words")} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	now := at("2025-03-11T09:00")
	s.must(now, "case", "open", "--json-file", file)
	const number = "2025-001"
	act := func(args ...string) []string {
		return append([]string{now, "--as", "clerk", "case", "act", number}, args...)
	}
	s.fails(2, "usage.one_of", act("nonsense")...)
	s.fails(1, "case.act_text", act("talk", "--branch", "1", "--second", "leader")...)
	s.fails(1, "case.act_second", act("talk", "--branch", "1", "--text", "谈话")...)
	s.fails(1, "case.branch_unknown", act("talk", "--branch", "9", "--second", "leader", "--text", "谈话")...)
	s.fails(1, "case.original_missing", act("original", "--text", "原件")...)
	s.fails(1, "case.original_kind", act("original", "--text", "原件", "--file", odd)...)
	s.fails(1, "forbidden", act("extended", "--text", "道路中断", "--due", "2025-03-25")...)
	s.must(act("talk", "--branch", "1", "--second", "leader", "--text", "与分管副书记谈话", "--file", scan)...)
	s.must(now, "--as", "leader", "case", "act", number, "extended", "--text", "道路中断", "--due", "2025-03-25")
	s.must(now, "--as", "leader", "case", "act", number, "handover", "--text", "问题线索", "--body", "县纪委监委")
	s.fails(1, "case.act_not_found", act("receipt", "--answers", "1", "--text", "回执")...)
	var one struct {
		Next []casework.Step
		Acts []casework.Act
	}
	s.json(&one, now, "case", "show", number)
	waits, slip, scanned := false, 0, false
	for _, step := range one.Next {
		if step.Kind == casework.StepReceipt {
			waits, slip = true, step.Act
		}
	}
	for _, a := range one.Acts {
		scanned = scanned || a.Kind == casework.ActTalk && len(a.SHA) == 64
	}
	if !waits || !scanned {
		t.Errorf("got next %+v and acts %+v, want the slip awaited and the talk's scan kept", one.Next, one.Acts)
	}
	if slip == 0 || !strings.Contains(s.must(now, "case", "show", number), "next:") {
		t.Error("the case does not tell what comes next")
	}
	s.must("journal", "verify")
}

func TestATownshipSpeaksForItsMemberFromTheCommandLine(t *testing.T) {
	t.Parallel()
	sc := readScene(t, filepath.Join("testdata", "cases", "shaodong-2019.json"))
	sc.Runs = sc.Runs[:1]
	s := sc.seat(t)
	sc.enter(s)
	now := at("2019-03-06T09:00")
	s.must(now, "user", "add", "zhen", "--role", "township", "--township", "某镇", "--name", "某镇专干")
	act := func(args ...string) []string {
		return append([]string{now, "--as", "zhen", "case", "act", "1"}, args...)
	}
	s.fails(1, "case.how_missing", act("reply", "--branch", "3", "--text", "家有急事")...)
	s.fails(1, "case.act_how", act("reply", "--branch", "3", "--text", "家有急事", "--how", "hearsay")...)
	if said := s.fails(1, "case.act_no_how", now, "--as", "clerk", "case", "act", "1", "original", "--text", "用印件", "--how", "in_person"); strings.Contains(said, "in_person") {
		t.Errorf("got %q, want no way listed for an act that nobody hands in", said)
	}
	s.fails(1, "case.not_your_branch", act("reply", "--branch", "2", "--text", "家有急事", "--how", "phone")...)
	s.must(act("reply", "--branch", "3", "--text", "家有急事", "--how", "phone")...)
	if out := s.must(now, "case", "show", "1"); !strings.Contains(out, "某镇") || !strings.Contains(out, "家有急事 handed in by 某镇, by telephone") && !strings.Contains(out, "家有急事 由某镇代为提交，电话") {
		t.Errorf("got %s, want it told who spoke and how", out)
	}
	s.must(now, "case", "file", "1", "--out", filepath.Join(t.TempDir(), "case.pdf"))
	s.must("journal", "verify")
}

func TestReadingACaseOnTheCommandLineGoesOnRecord(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-03-11T09:00")
	s.must(now, "case", "open", "--json-file", s.example("zh"))
	var one struct{ Reads []office.Reading }
	s.json(&one, now, "--as", "leader", "case", "show", "2025-001")
	s.must(now, "case", "paper", "2025-001")
	s.must(now, "case", "file", "2025-001", "--out", filepath.Join(t.TempDir(), "case.pdf"))
	s.must(now, "case", "list")
	s.json(&one, now, "--as", "leader", "case", "show", "2025-001")
	var got []string
	for _, r := range one.Reads {
		got = append(got, r.By+" "+r.What)
	}
	if want := []string{"cli file", "cli papers", "leader/3 show"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if out := s.must(now, "case", "show", "2025-001", "--reads"); !strings.Contains(out, "周立新: the case on the command line") {
		t.Errorf("got %s, want it told who read the case", out)
	}
	s.must("journal", "verify")
}
