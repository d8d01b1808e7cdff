package draw_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/scheduler/draw"
)

// python finds the interpreter of the second implementation or skips, loudly.
func python(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
			t.Fatal("python3 is required and missing")
		}
		t.Skip("SKIPPED: python3 missing; install it (apt-get install python3) to replay the draw in a second language")
	}
	return path
}

func replay(t *testing.T, mode, file string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), python(t), "-S", "testdata/replay.py", mode, file)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	return out.String(), err
}

func TestSecondImplementation(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{"vectors": "all vectors", "proof": "26 slots, 24 recomputed", "hazard": "36 thresholds"} {
		t.Run("replays "+mode, func(t *testing.T) {
			t.Parallel()
			out, err := replay(t, mode, "testdata/"+mode+".json")
			if err != nil || !strings.Contains(out, want) {
				t.Errorf("got %q, %v, want %q", out, err, want)
			}
		})
	}
	t.Run("is short enough to be read by a stranger", func(t *testing.T) {
		t.Parallel()
		text, err := os.ReadFile("testdata/replay.py")
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Count(text, []byte("\n")); got > 200 {
			t.Errorf("got %d lines, want at most 200", got)
		}
	})
	t.Run("finds another team, another pair and another freeze", func(t *testing.T) {
		t.Parallel()
		for name, do := range map[string]func(p *draw.Proof){
			"team":   func(p *draw.Proof) { find(t, p, paired).Row.Team++ },
			"pair":   func(p *draw.Proof) { find(t, p, paired).Row.Pair[0]-- },
			"freeze": func(p *draw.Proof) { p.Weeks[0].FreezeHash[3] ^= 1 },
		} {
			p := twoWeeks(t)
			do(&p)
			if err := p.Seal(); err != nil { // a forger seals anew
				t.Fatal(err)
			}
			var text bytes.Buffer
			if err := p.Write(&text); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), name+".json")
			if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := replay(t, "proof", file); err == nil {
				t.Errorf("%s: the replay says %q", name, out)
			}
		}
	})
	t.Run("finds what was changed without sealing anew", func(t *testing.T) {
		t.Parallel()
		p := twoWeeks(t)
		p.County++
		var text bytes.Buffer
		if err := p.Write(&text); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "county.json")
		if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := replay(t, "proof", file); err == nil || !strings.HasPrefix(out, "digest") {
			t.Errorf("got %q, %v, want the digest named", out, err)
		}
	})
}
