package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections/store"
)

// another is the same program on another data directory.
func (s *seat) another() *seat {
	other := *s
	other.data = filepath.Join(s.t.TempDir(), "other")
	return &other
}

func TestABackupComesBackElsewhere(t *testing.T) {
	t.Parallel()
	s := settled(t)
	file := filepath.Join(t.TempDir(), "a.zip")
	var made struct {
		Rows    int
		Journal struct {
			Seq  int
			Hash string
		}
	}
	s.json(&made, "backup", file)
	if made.Rows == 0 || made.Journal.Seq == 0 {
		t.Fatalf("got %+v", made)
	}
	s.fails(1, "backup.stands", "backup", file)
	s.must("backup", "--check", file)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("got %v %v, want a file for its owner only", info.Mode(), err)
	}

	other := s.another()
	var back struct {
		Missing []string
		Journal struct{ Hash string }
	}
	other.json(&back, "restore", file)
	if back.Journal.Hash != made.Journal.Hash {
		t.Errorf("got journal %s, want %s", back.Journal.Hash, made.Journal.Hash)
	}
	if len(back.Missing) != 1 || !strings.HasSuffix(back.Missing[0], "sign.key") {
		t.Errorf("got missing %v, want the key for signing: no draw key was published yet", back.Missing)
	}
	if got, want := other.must("county"), s.must("county"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	other.must("journal", "verify")
	other.fails(1, "key.no_sign", "journal", "head")
	if _, err := os.Stat(back.Missing[0]); err == nil {
		t.Error("a key was made anew while looking")
	}
	if _, out, _ := other.do("doctor"); !strings.Contains(out, "sign.key") {
		t.Errorf("doctor does not miss the key:\n%s", out)
	}
	other.fails(1, "backup.records_stand", "restore", file)
	if left, _ := filepath.Glob(filepath.Join(other.data, "*restoring*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestABackupThatIsNotWholeLeavesNothing(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	file := filepath.Join(t.TempDir(), "a.zip")
	s.must("backup", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.zip")
	if err := os.WriteFile(cut, raw[:len(raw)-9], 0o600); err != nil {
		t.Fatal(err)
	}
	other := s.another()
	other.fails(1, "backup.damaged", "restore", cut)
	other.fails(1, "backup.damaged", "backup", "--check", cut)
	other.fails(1, "cli.cannot_read", "restore", file+"x")
	other.fails(2, "usage.missing", "backup", "--check")
	if _, err := os.Stat(filepath.Join(other.data, "anfang.db")); err == nil {
		t.Error("a refused backup left a database")
	}
	stranger := s.another()
	stranger.must("init", "--county", "431081")
	stranger.fails(1, "backup.other_county", "restore", file)
}

// TestARestoreRefusesTheWrongKey puts a foreign draw key where the published one belongs.
func TestARestoreRefusesTheWrongKey(t *testing.T) {
	t.Parallel()
	s := settled(t)
	now := time.Date(2025, 3, 1, 2, 0, 0, 0, time.UTC)
	s.tickUntil(now, now.Add(time.Hour), func(*store.Tx) (bool, error) { return true, nil })
	file := filepath.Join(t.TempDir(), "a.zip")
	s.must("backup", file)
	other := s.another()
	keys := filepath.Join(other.data, "keys")
	if err := os.MkdirAll(keys, 0o700); err != nil {
		t.Fatal(err)
	}
	published, err := filepath.Glob(filepath.Join(s.data, "keys", "draw-*.key"))
	if err != nil || len(published) == 0 {
		t.Fatalf("got %v %v, want a published key", published, err)
	}
	for _, path := range published {
		if err := os.WriteFile(filepath.Join(keys, filepath.Base(path)), []byte(strings.Repeat("ab", 32)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other.fails(1, "key.other", "restore", file)
	for _, path := range published {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(keys, filepath.Base(path)), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other.must("restore", file)
}
