package post

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPrintedLetters holds the words of every letter that may be printed as a notice or letter, in both languages.
func TestPrintedLetters(t *testing.T) {
	t.Parallel()
	letters := sampleLetters(t)
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := newRenderer()
			r.Lang = lang
			var all strings.Builder
			for _, name := range slices.Sorted(maps.Keys(letters)) {
				p, err := r.Print(letters[name])
				if strings.HasPrefix(name, "assignment.") {
					if keyOf(err) != "mail.not_printed" {
						t.Errorf("%s: got %v, want it refused", name, err)
					}
					if name != "assignment.go" {
						continue
					}
					p, err = r.Read(letters[name])
				}
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if p.Title == "" || len(p.Paras) == 0 {
					t.Errorf("%s: a paper without title or text: %+v", name, p)
				}
				all.WriteString("== " + name + "\n" + p.Title + "\n" + p.To + "\n　　" + strings.Join(p.Paras, "\n　　") + "\n> " + strings.Join(p.Signature, "\n> ") + "\n\n")
			}
			path := filepath.Join("testdata", "printed."+lang+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(all.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := all.String(); got != string(want) {
				t.Errorf("%s differs; run with -update and read the change\ngot %s", path, got)
			}
		})
	}
}
