package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections/office"
)

// TestWordsAreErasedFromTheCommandLine erases what a real case's first record says; the case file made before can then no
// longer be made again, a new one shows that something stood there, and verification stays whole.
func TestWordsAreErasedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	sc := readScene(t, filepath.Join("testdata", "cases", "shaoyang-2018.json"))
	s := sc.seat(t)
	sc.enter(s)
	now := at("2018-12-30T10:00")
	s.must(now, "case", "file", "1", "--out", filepath.Join(t.TempDir(), "before.pdf"))
	db, err := sql.Open("sqlite", filepath.Join(s.data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var record, made string
	if err := db.QueryRow(`SELECT MIN(seq) FROM journal WHERE subject = 'case/1' AND kind = 'case.branch_concluded'`).Scan(&record); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow(`SELECT json_extract(body, '$.as_of') FROM journal WHERE kind = 'case.file_read' ORDER BY seq DESC LIMIT 1`).Scan(&made); err != nil {
		t.Fatal(err)
	}
	var whole struct{ Words, Erased int }
	s.json(&whole, now, "journal", "verify")
	if whole.Words == 0 || whole.Erased != 0 {
		t.Fatalf("got %+v, want words held to the journal", whole)
	}
	const leader = "leader"
	s.fails(1, "erase.reason_missing", now, "--as", leader, "journal", "erase", record)
	s.fails(1, "erase.nothing", now, "--as", leader, "journal", "erase", "1", "--reason", "期限已满")
	s.must(now, "--as", leader, "journal", "erase", record, "--reason", "期限已满")
	s.fails(1, "erase.done", now, "--as", leader, "journal", "erase", record, "--reason", "期限已满")
	s.json(&whole, now, "journal", "verify")
	if whole.Erased == 0 {
		t.Errorf("got %+v, want the erasure told", whole)
	}
	if out := s.must(now, "case", "show", "1"); !strings.Contains(out, "■■■") {
		t.Errorf("got %s, want it shown that something stood there", out)
	}
	s.fails(1, "casefile.erased", now, "case", "file", "1", "--at", made, "--out", filepath.Join(t.TempDir(), "then.pdf"))
	s.must(now, "case", "file", "1", "--out", filepath.Join(t.TempDir(), "after.pdf"))
	if _, err := db.Exec(`UPDATE branches SET conclusion = '已履行职责' WHERE case_id = 1 AND seq = (SELECT MAX(seq) FROM branches WHERE case_id = 1)`); err != nil {
		t.Fatal(err)
	}
	s.fails(1, "journal.words_changed", now, "journal", "verify")
}

// TestAMembersDataIsErasedFromTheCommandLine lets a member leave and erases the data; verification stays whole, and a row
// changed past the program is named.
func TestAMembersDataIsErasedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	village, name, phone := someMember(t, s, "便江街道")
	now := at("2025-03-20T10:00")
	erase := func(args ...string) []string {
		return append([]string{now, "journal", "erase"}, args...)
	}
	s.must(now, "user", "add", "guan", "--role", "admin", "--name", "管理员")
	s.fails(2, "usage.missing", erase("--as", "guan", "--reason", "期限已满")...)
	s.fails(2, "usage.missing", erase("1", "--as", "guan", "--member", name, "--reason", "期限已满")...)
	s.fails(2, "usage.as", erase("--member", phone, "--reason", "期限已满")...)
	s.fails(1, "erase.member_serves", erase("--as", "guan", "--member", phone, "--reason", "期限已满")...)
	s.must(at("2025-03-10T10:00"), "roster", "leave", "--township", "便江街道", "--village", village, "--member", phone, "--last", "2025-03-15", "--reason", "期满")
	s.fails(1, "forbidden", erase("--as", "clerk", "--member", phone, "--reason", "期限已满")...)
	s.fails(1, "erase.member_reason", erase("--as", "guan", "--member", phone)...)
	s.fails(1, "erase.reason_names", erase("--as", "guan", "--member", phone, "--reason", name+"要求")...)
	var before, after struct {
		Members int
		Erased  int `json:"members_erased"`
		Unheld  int `json:"members_unheld"`
	}
	if s.json(&before, now, "journal", "verify"); before.Members == 0 || before.Erased != 0 || before.Unheld != 0 {
		t.Fatalf("got %+v, want every member held to the import", before)
	}
	var done struct{ Erased office.MemberErasure }
	s.json(&done, erase("--as", "guan", "--member", phone, "--reason", "期限已满")...)
	if s.json(&after, now, "journal", "verify"); after.Members != before.Members-1 || after.Erased != 1 {
		t.Errorf("got %+v after %+v, want one erased", after, before)
	}
	s.fails(1, "erase.member_done", erase("--as", "guan", "--member", fmt.Sprint(done.Erased.Member), "--reason", "期限已满")...)
	s.damage(`UPDATE members SET phone = '13800000000' WHERE id = (SELECT MIN(id) FROM members WHERE salt <> '')`)
	s.fails(1, "journal.words_changed", now, "journal", "verify")
}
