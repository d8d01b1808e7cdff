package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
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
