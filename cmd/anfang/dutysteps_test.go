package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestDutiesAreListedAndSettledFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-03-12T09:00")
	s.must("run", "duties.keep", now, "--due", "2025-03-12T00:10:00+08:00")
	var list struct {
		Obligations []struct {
			ID     int64  `json:"id"`
			Clause string `json:"clause"`
			Period string `json:"period"`
			Done   string `json:"done"`
		} `json:"obligations"`
	}
	s.json(&list, "duty", "list", now, "--party", "township", "--clause", "1.2a", "--period", "2025-W11")
	if len(list.Obligations) == 0 {
		t.Fatal("no weekly meeting is owed")
	}
	for _, o := range list.Obligations {
		if o.Clause != "1.2a" || o.Period != "2025-W11" {
			t.Errorf("got %+v", o)
		}
	}
	owed, id := len(list.Obligations), strconv.FormatInt(list.Obligations[0].ID, 10)
	minutes := filepath.Join(t.TempDir(), "minutes.txt")
	if err := os.WriteFile(minutes, []byte("3月11日例会记录"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.fails(1, "duty.waiver_reason", "duty", "submit", id, now, "--waive")
	s.must("duty", "submit", id, now, "--day", "2025-03-11", "--note", "例会", "--file", minutes)
	s.fails(1, "duty.settled", "duty", "submit", id, now)
	s.json(&list, "duty", "list", now, "--party", "township", "--clause", "1.2a", "--period", "2025-W11")
	if got := len(list.Obligations); got != owed-1 {
		t.Errorf("still owed: got %d, want %d", got, owed-1)
	}
	if text := s.must("duty", "catalog"); !strings.Contains(text, "3.7") || strings.Contains(text, "duty.") {
		t.Errorf("got %s", text)
	}
	if text := s.must("duty", "gaps", now); strings.Contains(text, "gap.") {
		t.Errorf("got %s", text)
	}
}

// TestWhoOwesWhatFromTheCommandLine tells an event, records care, a task list and a transfer, and reads who
// still owes.
func TestWhoOwesWhatFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-03-12T09:00")
	s.must("run", "duties.keep", now, "--due", "2025-03-12T00:10:00+08:00")
	var owed struct {
		Owing []struct {
			Party struct {
				Kind string `json:"kind"`
			} `json:"party"`
			Open    int `json:"open"`
			Overdue int `json:"overdue"`
		} `json:"owing"`
	}
	s.json(&owed, "duty", "owed", now)
	if len(owed.Owing) < 5 || owed.Owing[0].Party.Kind != "county" || owed.Owing[1].Party.Kind != "township" || owed.Owing[1].Open == 0 {
		t.Errorf("got %+v, want the county office, then the townships", owed.Owing)
	}
	var show struct {
		Townships []struct {
			Name string `json:"name"`
		} `json:"townships"`
	}
	s.json(&show, "roster", "show", now)
	township := show.Townships[0].Name
	if text := s.must("duty", "list", now, "--township", township); !strings.Contains(text, township) || strings.Contains(text, show.Townships[1].Name) {
		t.Errorf("got %s", text)
	}
	s.fails(1, "duty.not_told", "duty", "tell", now, "--township", township, "--clause", "1.3", "--about", "x")
	s.must("duty", "tell", now, "--township", township, "--clause", "1.7", "--about", "购置办公用品")
	s.must("duty", "tell", now, "--township", township, "--clause", "1.9", "--about", "派车到三个村")
	s.must("duty", "tell", now, "--party", "department:branch", "--clause", "4.4", "--about", "业务培训")
	_, name, phone := someMember(t, s, township)
	s.must("duty", "care", now, "--member", phone, "--kind", "health")
	s.must("duty", "care", now, "--member", phone, "--kind", "insurance", "--until", "2026-03-11")
	if text := s.must("duty", "care", now); !strings.Contains(text, name) || !strings.Contains(text, "2025-03-12") || !strings.Contains(text, "not reported") {
		t.Errorf("got %s", text)
	}
	s.must("duty", "tips", now, "--month", "2025-03", "--kind", "poverty", "--title", "三月任务清单", "--tasks", "1.入户核实")
	if text := s.must("duty", "tips", now); !strings.Contains(text, "三月任务清单") {
		t.Errorf("got %s", text)
	}
	s.fails(2, "usage.number", "duty", "fund", now, "--clause", "5.2", "--township", township, "--yuan", "NaN")
	s.must("duty", "fund", now, "--clause", "5.2", "--township", township, "--yuan", "3000.50", "--purpose", "工作经费")
	if text := s.must("duty", "fund", now); !strings.Contains(text, "3,000.50") || !strings.Contains(text, "finance bureau") {
		t.Errorf("got %s", text)
	}
	for _, file := range []string{"d.xlsx", "d.csv"} {
		path := filepath.Join(t.TempDir(), file)
		s.must("duty", "list", now, "--all", "--out", path)
		if raw, err := os.ReadFile(path); err != nil || len(raw) < 1000 {
			t.Errorf("%s: %d bytes, %v", file, len(raw), err)
		}
	}
	s.fails(1, "sheet.ending", "duty", "list", now, "--out", filepath.Join(t.TempDir(), "d.pdf"))
}

func TestAllowancesWantTheirRate(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-04-03T09:00")
	s.fails(1, "allowance.no_rate", "attendance", "allowance", now, "--month", "2025-03")
	s.must("setting", "set", now, "allowance_day_fen", "5000", "--from", "2025-01-01", "--reason", "补设2025年标准")
	out := filepath.Join(t.TempDir(), "a.xlsx")
	var register struct {
		Cents int64  `json:"total_cents"`
		Words string `json:"total_capitals"`
		File  string `json:"file"`
	}
	s.json(&register, "attendance", "allowance", now, "--month", "2025-03", "--out", out)
	if info, err := os.Stat(out); err != nil || info.Size() == 0 || register.Words == "" || register.File != out {
		t.Errorf("got %+v, %v", register, err)
	}
	s.must("attendance", "year", now, "--year", "2025", "--out", filepath.Join(t.TempDir(), "y.xlsx"))
	var year struct {
		Assessment struct {
			Townships []struct {
				Name string `json:"name"`
			} `json:"townships"`
			Members []struct {
				Name string `json:"name"`
			} `json:"members"`
		} `json:"assessment"`
	}
	s.json(&year, "assess", now, "--year", "2025")
	if len(year.Assessment.Townships) == 0 || len(year.Assessment.Members) == 0 {
		t.Errorf("got %+v", year)
	}
	for _, file := range []string{"y.xlsx", "y.pdf"} {
		path := filepath.Join(t.TempDir(), file)
		s.must("assess", now, "--year", "2025", "--out", path)
		if raw, err := os.ReadFile(path); err != nil || len(raw) < 5000 {
			t.Errorf("%s: %d bytes, %v", file, len(raw), err)
		}
	}
	s.fails(1, "assessment.ending", "assess", now, "--year", "2025", "--out", "y.doc")
	s.fails(1, "assessment.year", "assess", now, "--year", "2026")
	s.must("attendance", "check", now, "--month", "2025-03")
	s.fails(1, "attendance.no_member", "attendance", "member", "查无此人", now, "--month", "2025-03")
}

// TestAListSettlesDuties imports a township's list of what was handed in: rows that fit one duty settle it,
// the others are named, and the same file a second time changes nothing.
func TestAListSettlesDuties(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-03-12T09:00")
	s.must("run", "duties.keep", now, "--due", "2025-03-12T00:10:00+08:00")
	list := filepath.Join(t.TempDir(), "报送清单.csv")
	text := "责任主体,条款,周期,办理日期,办理方式,说明\n" +
		"便江街道党委,1.2a,,2025-03-11,,例会记录已存\n" +
		"便江街道,一·3,2025年3月,2025-03-12,免报,台账改为县里统一导出\n" +
		"县教育局,2.4d,2025年3月,2025/3/10,,\n" +
		"县教育局,2.4,,2025-03-10,,写得不够细\n" +
		"县教育局,2.4b,2025年第1季度,2025-03-12,核准免报,\n" +
		"某某局,2.4d,,2025-03-10,,\n" +
		"便江街道,1.2a,2025-W11,2025-03-13,,日期在后\n" +
		"县驻村办,3.4,2025年3月,2025-03-12,,另有记录\n"
	if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Imports []struct {
			Added    map[string]int `json:"added"`
			Receipts []string       `json:"receipts"`
			Head     string         `json:"head"`
		} `json:"imports"`
		Problems []struct {
			Row int    `json:"row"`
			Key string `json:"key"`
		} `json:"problems"`
	}
	s.json(&answer, "import", "duties", now, "--dry-run", list)
	if one := answer.Imports[0]; len(one.Receipts) != 0 || one.Head != "" {
		t.Errorf("got receipts %v for what was not taken", one.Receipts)
	}
	s.json(&answer, "import", "duties", now, list)
	if got := answer.Imports[0].Added["submission"]; got != 3 {
		t.Errorf("got %d lines kept, want 3: %+v", got, answer)
	}
	if one := answer.Imports[0]; !slices.Equal(one.Receipts, []string{"2025-0001", "2025-0002", "2025-0003"}) || strings.Count(one.Head, ":") != 2 {
		t.Errorf("got receipts %v with head %q, want one for each line", one.Receipts, one.Head)
	}
	found := map[int]string{}
	for _, p := range answer.Problems {
		found[p.Row] = p.Key
	}
	for row, key := range map[int]string{5: "duty_several", 6: "duty_reason", 7: "duty_body", 8: "duty_day", 9: "duty_none"} {
		if found[row] != key {
			t.Errorf("row %d: got %q, want %q", row, found[row], key)
		}
	}
	answer.Imports = nil
	s.json(&answer, "import", "duties", now, list)
	if got := answer.Imports[0].Added["submission"]; got != 0 {
		t.Errorf("a second time: got %d lines kept", got)
	}
	if text := s.must("duty", "list", now, "--all", "--township", "便江街道", "--clause", "1.3"); !strings.Contains(text, "台账改为县里统一导出") || !strings.Contains(text, "waived") {
		t.Errorf("got %s", text)
	}
}
