package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// copied gives the text that a reader copies out of a PDF, in a file of its own; without pdftotext it is the PDF again.
func (s *seat) copied(pdf string) string {
	s.t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
			s.t.Fatal("pdftotext is missing: apt-get install poppler-utils")
		}
		s.t.Log("SKIPPED for the text of papers: pdftotext is missing: apt-get install poppler-utils")
		return pdf
	}
	text := strings.TrimSuffix(pdf, ".pdf") + ".txt"
	if out, err := exec.Command(program, pdf, text).CombinedOutput(); err != nil {
		s.t.Fatalf("pdftotext: %v %s", err, out)
	}
	return text
}

// TestEveryPaperOfACaseProvesTheJournal holds the file and the text of each paper against the journal, before and after the
// database is set back.
func TestEveryPaperOfACaseProvesTheJournal(t *testing.T) {
	t.Parallel()
	s := settled(t)
	file := filepath.Join(s.data, databaseFile)
	early, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	now := at("2025-09-30T16:00")
	s.must(now, "--as", "clerk", "report", "receive", "--member", "1", "--at", "2025-09-30T09:00:00+08:00", "--text", "点名未到")
	s.must(now, "--as", "leader", "case", "step", "2025-001", "approve", "--duty", "副部长")
	next := at("2025-10-09T09:00") // papers bear the head of the day before
	var papers []string
	for _, paper := range []string{"reported", "approval", "opinion", "start/1", "start/2"} {
		pdf := filepath.Join(t.TempDir(), strings.ReplaceAll(paper, "/", "-")+".pdf")
		s.must(next, "case", "paper", "2025-001", paper, "--out", pdf)
		papers = append(papers, pdf, s.copied(pdf))
	}
	whole := filepath.Join(t.TempDir(), "file.pdf")
	s.must(next, "--as", "leader", "case", "file", "2025-001", "--out", whole)
	papers = append(papers, whole, s.copied(whole))
	for _, paper := range papers {
		var found struct{ Papers int }
		if s.json(&found, next, "journal", "verify", "--paper", paper); found.Papers == 0 {
			t.Errorf("%s: no head was read", filepath.Base(paper))
		}
	}
	if err := os.WriteFile(file, early, 0o600); err != nil { // set back to before the report
		t.Fatal(err)
	}
	for _, rest := range []string{"-wal", "-shm"} {
		_ = os.Remove(file + rest)
	}
	for _, paper := range papers {
		s.fails(1, "journal.cut", next, "journal", "verify", "--paper", paper)
	}
}
