package pdf

import (
	"encoding/binary"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// shown is one piece of text as the page's operators place it, in mm from the page's top left.
type shown struct {
	text         string
	x, baseline  float64
	size, spread float64 // points: type size and character spacing
	stretch      float64 // of the width, 1 is none
	font         string  // name of the face as the file gives it
	red          bool
}

// stroke is one drawn line, in mm from the page's top left.
type stroke struct {
	x1, y1, x2, y2, thick float64
	red                   bool
}

// drawing is what the operators of one page show.
type drawing struct {
	texts   []shown
	strokes []stroke
	stream  string // the operators
}

var (
	pageStream   = regexp.MustCompile(`(?s)/Contents (\d+) 0 R`)
	fontResource = regexp.MustCompile(`/(F[0-9a-f]+) (\d+) 0 R`)
	baseFont     = regexp.MustCompile(`/BaseFont /(\S+)`)
	number       = `(-?[\d.]+)`
	operators    = regexp.MustCompile(`(?s)BT ` + number + ` ` + number + ` Td \(((?:[^\\)]|\\.)*)\) Tj ET` +
		`|BT /(\S+) ` + number + ` Tf ET|` + number + ` Tc ` + number + ` Tz|` + number + ` w\s` +
		`|` + number + ` ` + number + ` m ` + number + ` ` + number + ` l S` +
		`|` + number + ` ` + number + ` ` + number + ` RG|` + number + ` G\s|` + number + ` ` + number + ` ` + number + ` rg`)
)

// drawings reads the pages of an uncompressed file.
func drawings(t *testing.T, file []byte) []drawing {
	t.Helper()
	whole := string(file)
	var pages []drawing
	fonts := map[string]string{} // resource to the face's name
	for _, f := range fontResource.FindAllStringSubmatch(whole, -1) {
		_, object, found := strings.Cut(whole, "\n"+f[2]+" 0 obj")
		if name := baseFont.FindStringSubmatch(object); found && name != nil {
			fonts[f[1]] = name[1]
		}
	}
	for _, ref := range pageStream.FindAllStringSubmatch(whole, -1) {
		start := strings.Index(whole, "\n"+ref[1]+" 0 obj")
		if start < 0 {
			t.Fatalf("no object %s", ref[1])
		}
		body := whole[start:]
		from := strings.Index(body, "stream\n") + len("stream\n")
		to := strings.Index(body, "\nendstream")
		pages = append(pages, readOperators(t, body[from:to], fonts))
	}
	if len(pages) == 0 {
		t.Fatal("no page found in the file")
	}
	return pages
}

func readOperators(t *testing.T, stream string, fonts map[string]string) drawing {
	t.Helper()
	d := drawing{stream: stream}
	var size, spread, thick float64
	stretch, font := 1.0, ""
	var red, redText bool
	mm := func(points float64) float64 { return points * mmPerPoint }
	for _, at := range operators.FindAllStringSubmatchIndex(stream, -1) {
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return stream[at[2*i]:at[2*i+1]]
		}
		value := func(i int) float64 {
			v, err := strconv.ParseFloat(group(i), 64)
			if err != nil {
				t.Fatalf("number %q: %v", group(i), err)
			}
			return v
		}
		switch {
		case group(1) != "":
			d.texts = append(d.texts, shown{
				text: unescape(group(3)), x: mm(value(1)), baseline: pageHeight - mm(value(2)),
				size: size, spread: spread, stretch: stretch, font: font, red: redText,
			})
			redText = false
		case group(4) != "":
			size, font = value(5), fonts[group(4)]
		case group(6) != "":
			spread, stretch = value(6), value(7)/100
		case group(8) != "":
			thick = mm(value(8))
		case group(9) != "":
			d.strokes = append(d.strokes, stroke{
				mm(value(9)), pageHeight - mm(value(10)), mm(value(11)), pageHeight - mm(value(12)), thick, red,
			})
		case group(13) != "":
			red = value(13) == 1 && value(14) == 0
		case group(16) != "":
			red = false
		case group(17) != "":
			redText = value(17) == 1 && value(18) == 0
		}
	}
	return d
}

// unescape reads a PDF string of UTF-16 code units.
func unescape(escaped string) string {
	var raw []byte
	for i := 0; i < len(escaped); i++ {
		if escaped[i] == '\\' && i+1 < len(escaped) {
			i++
			if escaped[i] == 'r' {
				raw = append(raw, '\r')
				continue
			}
		}
		raw = append(raw, escaped[i])
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

// textLine is the text of one baseline, from left to right.
type textLine struct {
	text        string
	x, baseline float64
	first       shown
}

// textLines joins what stands on the same baseline.
func (d drawing) textLines() []textLine {
	var lines []textLine
	for _, s := range d.texts {
		if n := len(lines); n > 0 && math.Abs(lines[n-1].baseline-s.baseline) < 0.05 {
			lines[n-1].text += s.text
			continue
		}
		lines = append(lines, textLine{text: s.text, x: s.x, baseline: s.baseline, first: s})
	}
	return lines
}

// lineWith finds the line that contains some text.
func (d drawing) lineWith(t *testing.T, text string) textLine {
	t.Helper()
	for _, l := range d.textLines() {
		if strings.Contains(l.text, text) {
			return l
		}
	}
	t.Fatalf("no line with %q", text)
	return textLine{}
}

// layOut gives the document's pages as their operators show them.
func layOut(t *testing.T, doc Document) []drawing {
	t.Helper()
	l, _ := arrange(doc, builtinFaces(t))
	file, err := paint(doc, l.pages, false)
	if err != nil {
		t.Fatal(err)
	}
	return drawings(t, file)
}

// near fails unless got is within half a millimetre of want, the tolerance of LAYOUT.md for the own grid.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.5 {
		t.Errorf("%s: got %.2f mm, want %.2f ± 0.5", what, got, want)
	}
}
