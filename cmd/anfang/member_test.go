package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHomonymsAreToldApartByVillagePhoneOrNumber(t *testing.T) {
	t.Parallel()
	s := settled(t)
	s.lang = "zh"
	now := at("2025-03-12T16:00")
	post := func(village, phone string) {
		s.must(now, "roster", "post", "--village", village, "--name", "张伟民", "--phone", phone, "--from", "2025-03-03")
	}
	post("沙桥村", "19920000001") // besides the one of 滨河村
	month := func(who string) string { return s.must(now, "attendance", "member", who, "--month", "2025-03") }
	if said := month("张伟民"); !strings.HasPrefix(said, "叫“张伟民”的有2人") || !strings.Contains(said, "1 便江街道滨河村") || strings.Count(said, "张伟民　便江街道") != 2 {
		t.Errorf("got %q, want both told of, each with the village", said)
	}
	for who, village := range map[string]string{"19920000001": "沙桥村", "1": "滨河村"} {
		if said := month(who); !strings.Contains(said, village) || strings.Contains(said, "有2人") {
			t.Errorf("%s: got %q, want the one of %s alone", who, said, village)
		}
	}
	receive := func(member string, more ...string) []string {
		return append([]string{now, "--as", "clerk", "report", "receive", "--at", "2025-03-12T09:00:00+08:00", "--text", "点名未到", "--member", member}, more...)
	}
	for _, args := range [][]string{
		receive("张伟民"),
		{now, "--as", "clerk", "assess", "grade", "--year", "2025", "--member", "张伟民", "--grade", "good"},
		{now, "--as", "clerk", "journal", "erase", "--member", "张伟民", "--reason", "x"},
	} {
		said := s.fails(1, "cli.homonyms", args...)
		for _, want := range []string{"2人", "1 便江街道滨河村", "便江街道沙桥村", "手机号码", "--member"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q: got %q, want it to say %s", args, said, want)
			}
		}
	}
	var taken struct {
		Reports []struct{ Member, Team int64 }
	}
	for _, one := range []struct {
		args []string
		team int64
	}{
		{receive("张伟民@沙桥村"), 3}, {receive("19920000001"), 3}, {receive("19910000000"), 1}, {receive("张伟民", "--team", "滨河村"), 1}, {receive("1"), 1},
	} {
		if s.json(&taken, one.args...); len(taken.Reports) != 1 || taken.Reports[0].Team != one.team {
			t.Errorf("%q: got %+v, want the one of team %d", one.args, taken.Reports, one.team)
		}
	}
	s.fails(1, "case.member_elsewhere", receive("王晓东", "--team", "滨河村")...)
	s.fails(1, "case.member_elsewhere", receive("王晓东@滨河村")...)
	s.fails(1, "case.member_elsewhere", receive("张伟民@沙桥村", "--team", "滨河村")...)
	path := filepath.Join(t.TempDir(), "case.json")
	told := `{"cases": [{"kind": "absent", "team": "滨河村", "fact_at": "2025-03-10T10:00:00+08:00", "reason": "核实属实", "members": ["王晓东"]}]}`
	if err := os.WriteFile(path, []byte(told), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := s.fails(1, "case.member_elsewhere", now, "case", "open", "--json-file", path); !strings.Contains(said, "王晓东") || !strings.Contains(said, "滨河村") {
		t.Errorf("got %q, want member and team named", said)
	}
	for i, village := range []string{"文昌村", "清水村", "巷口村", "李家村"} {
		post(village, fmt.Sprintf("1992000001%d", i))
	}
	if said := s.fails(1, "cli.homonyms", receive("张伟民")...); !strings.Contains(said, "6人") || !strings.Contains(said, "…") || strings.Contains(said, "李家村") {
		t.Errorf("got %q, want five of six listed", said)
	}
}
