package portal

import (
	"image"
	"image/color"
	"testing"
)

func TestPicturesStandUpright(t *testing.T) {
	t.Parallel()
	// A picture of 3 × 2: the letters are the rows as the camera wrote them.
	src := image.NewGray(image.Rect(0, 0, 3, 2))
	for i, c := range "abcdef" {
		src.Set(i%3, i/3, color.Gray{uint8(c)})
	}
	rows := func(img image.Image) (s string) {
		b := img.Bounds()
		for y := range b.Dy() {
			for x := range b.Dx() {
				s += string(rune(color.GrayModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y))
			}
			s += "/"
		}
		return s
	}
	for orientation, want := range map[int]string{
		1: "abc/def/", 2: "cba/fed/", 3: "fed/cba/", 4: "def/abc/", 5: "ad/be/cf/", 6: "da/eb/fc/", 7: "fc/eb/da/", 8: "cf/be/ad/",
	} {
		if got := rows(upright(src, orientation)); got != want {
			t.Errorf("orientation %d: got %s, want %s", orientation, got, want)
		}
	}
}

func TestLargePicturesShrink(t *testing.T) {
	t.Parallel()
	src := image.NewGray(image.Rect(0, 0, 3*longEdge, 7))
	for i := range src.Pix {
		src.Pix[i] = 120
	}
	got := shrink(src)
	if got.Bounds().Dx() != longEdge || got.Bounds().Dy() != 2 {
		t.Errorf("got %v", got.Bounds())
	}
	if r, _, _, _ := got.At(5, 1).RGBA(); r>>8 != 120 {
		t.Errorf("the grey became %d, want 120", r>>8)
	}
}

func FuzzNotesOfAnyFile(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add(photoWithNotes(f))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if n := readNotes(raw); n.orientation < 1 || n.orientation > 8 {
			t.Errorf("orientation %d", n.orientation)
		}
	})
}
