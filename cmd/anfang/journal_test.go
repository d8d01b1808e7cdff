package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// journalled is a county with some history and a signed head kept on paper.
func journalled(t *testing.T) (*seat, string) {
	t.Helper()
	s := settled(t)
	var kept struct{ Printed string }
	s.json(&kept, at("2025-03-01T10:00"), "journal", "head")
	s.must(at("2025-03-01T10:05"), "setting", "set", "contact", "何文静")
	s.must(at("2025-03-01T10:06"), "setting", "set", "contact_phone", "0735-0000000")
	return s, kept.Printed
}

// damage changes the journal's table directly, without its triggers.
func (s *seat) damage(statements ...string) {
	s.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(s.data, databaseFile))
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	for _, one := range append([]string{"DROP TRIGGER journal_stay", "DROP TRIGGER journal_sealed"}, statements...) {
		if _, err := db.Exec(one); err != nil {
			s.t.Fatalf("%s: %v", one, err)
		}
	}
}

func TestJournalVerifyNamesWhatWasDoneToIt(t *testing.T) {
	t.Parallel()
	const last = "(SELECT MAX(seq) FROM journal)"
	for name, c := range map[string]struct {
		sql, key string
		paper    bool
	}{
		"a byte flipped":              {"UPDATE journal SET body = replace(body, 'a', 'b') WHERE seq = 1", "journal.broken", false},
		"a row deleted":               {"DELETE FROM journal WHERE seq = 1", "journal.broken", false},
		"a row swapped for another":   {"UPDATE journal SET hash = (SELECT hash FROM journal WHERE seq = 1) WHERE seq = " + last, "journal.broken", false},
		"the tail cut, with a paper":  {"DELETE FROM journal WHERE seq > 1", "journal.cut", true},
		"nothing at all, with papers": {"", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, paper := journalled(t)
			if c.sql != "" {
				s.damage(c.sql)
			}
			args := []string{at("2025-03-02T10:00"), "journal", "verify"}
			if c.paper {
				args = append(args, "--head", paper)
			}
			if c.key == "" {
				s.must(args...)
				return
			}
			s.fails(1, c.key, args...)
		})
	}
}

func TestJournalVerifyNamesARewoundDatabaseByAnOldPaper(t *testing.T) {
	t.Parallel()
	s := settled(t)
	file := filepath.Join(s.data, databaseFile)
	early, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s.must(at("2025-03-01T10:05"), "setting", "set", "contact", "何文静")
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, []byte("校验码："+s.must(at("2025-03-01T10:06"), "journal", "head")), 0o600); err != nil {
		t.Fatal(err)
	}
	s.must(at("2025-03-01T10:07"), "journal", "verify", "--paper", letter)
	if err := os.WriteFile(file, early, 0o600); err != nil { // set back to before, and gone on another way
		t.Fatal(err)
	}
	for _, rest := range []string{"-wal", "-shm"} {
		_ = os.Remove(file + rest)
	}
	s.must(at("2025-03-01T10:08"), "setting", "set", "contact", "别人")
	s.must(at("2025-03-01T10:09"), "journal", "verify")
	s.fails(1, "journal.rewound", at("2025-03-01T10:10"), "journal", "verify", "--paper", letter)
	s.fails(1, "journal.no_head", at("2025-03-01T10:10"), "journal", "verify", "--paper", filepath.Join("testdata", "cases", "yongshan-2016.json"))
}

func TestAHeadWithAnotherSignatureIsRefused(t *testing.T) {
	t.Parallel()
	s, paper := journalled(t)
	parts := strings.Split(paper, ":")
	if len(parts) != 3 {
		t.Fatalf("got %q, want a signed head", paper)
	}
	forged := parts[0] + ":" + parts[1] + ":" + strings.Repeat("0", 128)
	s.fails(1, "journal.forged", at("2025-03-02T10:00"), "journal", "verify", "--head", forged)
}
