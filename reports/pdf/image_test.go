package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
	"time"
)

// painted is an invented photo of a size, in a form.
func painted(t *testing.T, w, h int, form string) []byte {
	t.Helper()
	pic := image.NewNRGBA64(image.Rect(0, 0, w, h))
	for i := range w * h {
		pic.Set(i%w, i/w, color.NRGBA64{uint16(i * 97), uint16(i * 31), 40000, 50000})
	}
	var out bytes.Buffer
	var err error
	if form == "jpeg" {
		err = jpeg.Encode(&out, pic, nil)
	} else {
		err = png.Encode(&out, pic) // sixteen bits and half transparent: what the writer cannot take as it is
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPicturesArePlacedWholeAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	doc := Document{Kind: Plain, Meta: Meta{Title: "佐证材料", Lang: "zh-CN", Created: time.Unix(0, 0)}}
	for range 2 {
		for _, form := range []string{"jpeg", "png"} {
			doc.Body = append(doc.Body, Image{Data: painted(t, 800, 600, form), Caption: "门锁照片"})
		}
	}
	file, report := render(t, doc)
	for range 8 { // pictures of one width used to change places, one time in two
		if again, _ := render(t, doc); !bytes.Equal(file, again) {
			t.Fatal("two renderings differ")
		}
	}
	if len(report.Warnings) != 0 {
		t.Errorf("got warnings %v, want none", report.Warnings)
	}
	if got := bytes.Count(file, []byte("/Subtype /Image")); got != 2 {
		t.Errorf("got %d image objects, want 2: the same bytes are kept once", got)
	}
}

func TestAPictureStaysInTheTextAreaWithItsCaption(t *testing.T) {
	t.Parallel()
	for name, size := range map[string][2]int{"wide": {3000, 200}, "high": {200, 3000}, "tiny": {10, 10}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLayout(Document{}, builtinFaces(t), 1)
			l.addPage()
			for range 4 {
				l.flow(l.image(Image{Data: painted(t, size[0], size[1], "jpeg"), Caption: "照片"}))
			}
			n := 0
			for _, p := range l.pages {
				for i, pic := range p.pictures {
					n++
					if pic.x < areaLeft-slackMM || pic.x+pic.w > areaLeft+areaWidth+slackMM || pic.y < areaTop-slackMM || pic.y+pic.h > areaBottom+slackMM {
						t.Errorf("got %+v outside the area", pic)
					}
					if got, want := pic.w/pic.h, float64(size[0])/float64(size[1]); got/want > 1.01 || want/got > 1.01 {
						t.Errorf("got proportions %.3f, want %.3f", got, want)
					}
					if len(p.lines) <= i || p.lines[i].baseline <= pic.y+pic.h {
						t.Error("the caption is not below its picture on the same page")
					}
				}
			}
			if n != 4 {
				t.Errorf("got %d pictures, want 4", n)
			}
		})
	}
}

func TestWhatIsNoPictureIsLeftOutWithAWarning(t *testing.T) {
	t.Parallel()
	whole := painted(t, 80, 60, "png")
	for name, data := range map[string][]byte{"empty": nil, "text": []byte("%PDF-1.4"), "cut off": whole[:len(whole)/2]} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLayout(Document{}, builtinFaces(t), 1)
			if units := l.image(Image{Data: data}); units != nil || len(l.report) != 1 || l.report[0].Key != UnreadableImage {
				t.Errorf("got %d units and %v, want a warning only", len(units), l.report)
			}
		})
	}
}
