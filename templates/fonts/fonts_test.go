package fonts

import (
	"strings"
	"testing"
)

func TestEachBuiltinHasItsLicence(t *testing.T) {
	t.Parallel()
	for _, b := range Builtins() {
		text, err := Licence(b.Licence)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "SIL OPEN FONT LICENSE Version 1.1") || !strings.Contains(string(text), "Copyright") {
			t.Errorf("%s: %s is not the font licence with its copyright", b.Name, b.Licence)
		}
	}
}

func TestSizeStaysInBounds(t *testing.T) {
	t.Parallel()
	total := 0
	for _, name := range []string{"noto-serif-sc-bold", "noto-sans-sc-regular", "anfang-kai-regular", "noto-serif-sc-regular"} {
		data, err := files.ReadFile(name + ".ttf.gz")
		if err != nil {
			t.Fatal(err)
		}
		total += len(data)
	}
	if most := 9_500_000; total > most {
		t.Errorf("packed fonts: got %d bytes, want at most %d; the binary has to stay within 40 MB", total, most)
	}
}
