package pdf

import (
	"bytes"
	"testing"

	"github.com/go-pdf/fpdf"
	"pgregory.net/rapid"
)

// A cut must not depend on what the face was cut to before: bytes of a paper are promised.
func TestACutLeavesNoTraceOfEarlierOnes(t *testing.T) {
	t.Parallel()
	found, err := Builtin().Fonts()
	if err != nil {
		t.Fatal(err)
	}
	used := map[Role]*Face{}
	for _, f := range found {
		fresh, err := LoadFace("builtin", f.Face.data) // other tests share the built-in ones
		if err != nil {
			t.Fatal(err)
		}
		used[f.Role] = fresh
	}
	text := rapid.StringOfN(rapid.RuneFrom([]rune(" ，。（）—…0123456789ABCabc")), 0, 20, -1)
	han := rapid.SliceOfN(rapid.Int32Range(0x4e00, 0x9fa5), 1, 40)
	rapid.Check(t, func(r *rapid.T) {
		chars := append(han.Draw(r, "han"), []rune(text.Draw(r, "signs"))...)
		for role, face := range used {
			got, want := face.cut(chars), fpdf.UTF8CutFont(face.data, string(chars))
			if !bytes.Equal(got, want) {
				r.Errorf("%s cut to %q: %d bytes, want %d of a cut of the whole face", role, string(chars), len(got), len(want))
			}
		}
	})
}

func TestAWorkingCutStaysSmall(t *testing.T) {
	t.Parallel()
	found, err := Builtin().Fonts()
	if err != nil {
		t.Fatal(err)
	}
	face, err := LoadFace("builtin", found[0].Face.data)
	if err != nil {
		t.Fatal(err)
	}
	for r := rune(0x4e00); r < 0x9f00; r += 50 {
		var some []rune
		for i := range rune(50) {
			some = append(some, r+i)
		}
		face.cut(some)
		if len(face.work.has) > mostWorking {
			t.Fatalf("the working cut grew to %d characters", len(face.work.has))
		}
	}
}
