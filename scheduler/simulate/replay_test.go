package simulate

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections/calendar"
)

// TestAYearIsReplayedByTheSecondImplementation exports a whole ISO year of the national default county and
// lets the Python program, which knows nothing of this code, recompute every slot.
func TestAYearIsReplayedByTheSecondImplementation(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
			t.Fatal("python3 is required and missing")
		}
		t.Skip("SKIPPED: python3 missing; install it (apt-get install python3) to replay a year in a second language")
	}
	o := Defaults()
	o.Seed = 19
	w, _, err := newWorld(o)
	if err != nil {
		t.Fatal(err)
	}
	first := w.firstWeek()
	last := first.Add(51)
	slots := 0
	if err := w.run(t.Context(), first, last, func(f finished) error { slots += len(f.slots); return nil }); err != nil {
		t.Fatal(err)
	}
	proof, err := w.ExportProof(t.Context(), first, last, calendar.InstantOf(w.now))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := proof.Write(&text); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "year.json")
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), python, "-S", "../draw/testdata/replay.py", "proof", file).CombinedOutput()
	want := fmt.Sprintf("ok: %d slots", slots)
	if err != nil || !strings.HasPrefix(string(out), want) || slots < 600 {
		t.Errorf("got %q, %v, want %q and a whole year", out, err, want)
	}
	t.Logf("%d weeks: %s", len(proof.Weeks), out)
}
