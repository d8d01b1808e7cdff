package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestWhatIsHandedInGetsAReceipt hands in by command and by file: each line has a number, and its paper proves the journal of the
// day before.
func TestWhatIsHandedInGetsAReceipt(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := at("2025-03-12T09:00")
	s.must(now, "run", "duties.keep", "--due", "2025-03-12T00:05:00+08:00")
	var owed struct {
		Obligations []struct{ ID int64 }
	}
	s.json(&owed, now, "duty", "list", "--clause", "1.2a")
	if len(owed.Obligations) < 2 {
		t.Fatalf("got %d weekly meetings owed", len(owed.Obligations))
	}
	id := strconv.FormatInt(owed.Obligations[0].ID, 10)
	s.fails(1, "duty.nothing_in", now, "duty", "receipt", id, "--out", filepath.Join(t.TempDir(), "none.pdf"))
	var given struct {
		Receipt struct{ Number, At, Head string }
	}
	s.json(&given, now, "duty", "submit", id, "--day", "2025-03-11", "--note", "例会")
	if r := given.Receipt; r.Number != "2025-0001" || !strings.HasPrefix(r.At, "2025-03-12T01:00") || strings.Count(r.Head, ":") != 2 {
		t.Errorf("got %+v, want number, time and signed head", r)
	}
	s.must(now, "journal", "verify", "--head", given.Receipt.Head)
	pdf := filepath.Join(t.TempDir(), "receipt.pdf")
	later := at("2025-03-20T09:00") // asked for again it is the same
	s.must(later, "duty", "receipt", id, "--out", pdf)
	first, err := os.ReadFile(pdf)
	if err != nil || !strings.Contains(string(first), given.Receipt.Head) {
		t.Errorf("got %d bytes (%v), want the head of that day among the keywords", len(first), err)
	}
	for _, paper := range []string{pdf, s.copied(pdf)} {
		s.must(later, "journal", "verify", "--paper", paper)
	}
	if text := s.must(now, "duty", "submit", strconv.FormatInt(owed.Obligations[1].ID, 10)); !strings.Contains(text, "2025-0002") || !strings.Contains(text, given.Receipt.Head) {
		t.Errorf("got %s, want the number and the head told", text)
	}
}
