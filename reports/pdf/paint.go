package pdf

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

// painter turns laid-out pages into a PDF.
type painter struct {
	out      *fpdf.Fpdf
	families map[*Face]string
	pictures int // registered so far
}

// carrier is the invisible blank under a character that is drawn as an outline.
const carrier = "\u3000"

// paint gives the file; a test that reads the page's operators asks for it uncompressed.
func paint(doc Document, pages []*page, compressed bool) ([]byte, error) {
	p := painter{out: fpdf.New("P", "mm", "A4", ""), families: map[*Face]string{}}
	out := p.out
	out.SetMargins(0, 0, 0)
	out.SetAutoPageBreak(false, 0)
	out.SetCompression(compressed)
	out.SetCatalogSort(true)
	out.SetCreationDate(doc.Meta.Created.UTC())
	out.SetModificationDate(doc.Meta.Created.UTC())
	title := doc.Meta.Title
	if title == "" {
		title = strings.ReplaceAll(doc.Title, breakHint, "")
	}
	out.SetTitle(title, true)
	if doc.Meta.Author != "" {
		out.SetAuthor(doc.Meta.Author, true)
	}
	if doc.Meta.Subject != "" {
		out.SetSubject(doc.Meta.Subject, true)
	}
	switch {
	case doc.Sample != "":
		out.SetKeywords(doc.Sample, true) // so that programs, too, can tell a sample
	case doc.Meta.Keywords != "":
		out.SetKeywords(doc.Meta.Keywords, false)
	}
	lang := doc.Meta.Lang
	if lang == "" {
		lang = "zh-CN"
	}
	out.SetLang(lang)
	if len(doc.Files) > 0 {
		p.attach(doc.Files)
	}
	if err := p.embed(pages); err != nil {
		return nil, err
	}
	for _, page := range pages {
		out.AddPage()
		for _, l := range page.aslant {
			p.aslant(l)
		}
		for _, pic := range page.pictures {
			p.picture(pic)
		}
		for _, r := range page.rules {
			p.rule(r)
		}
		for _, l := range page.lines {
			p.line(l)
		}
	}
	var file bytes.Buffer
	if err := out.Output(&file); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	if len(doc.Files) > 0 {
		return inNameOrder(file.Bytes()), nil
	}
	return file.Bytes(), nil
}

// embed adds each used face, cut beforehand to the characters used: the PDF writer parses what it is given twice.
func (p *painter) embed(pages []*page) error {
	used := map[*Face]map[rune]bool{}
	var order []*Face
	for _, page := range pages {
		for _, l := range append(page.lines[:len(page.lines):len(page.lines)], page.aslant...) {
			for _, c := range l.cells {
				if c.face == nil {
					continue
				}
				if used[c.face] == nil {
					used[c.face] = map[rune]bool{' ': true}
					order = append(order, c.face)
				}
				if c.missing || c.r > 0xFFFF {
					used[c.face][[]rune(carrier)[0]] = true
					continue
				}
				used[c.face][c.r] = true
			}
		}
	}
	for i, face := range order {
		family := fmt.Sprintf("f%d-%s", i, slug(face.Name))
		p.families[face] = family
		p.out.AddUTF8FontFromBytes(family, "", face.cut(slices.Sorted(maps.Keys(used[face]))))
		if p.out.Err() {
			return fmt.Errorf("embed %s: %w", face.Name, p.out.Error())
		}
	}
	return nil
}

// slug is a name a PDF font may bear: letters and figures only.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (p *painter) rule(r rule) {
	p.out.SetDrawColor(r.colour.r, r.colour.g, r.colour.b)
	p.out.SetLineWidth(r.thick)
	p.out.Line(r.x1, r.y1, r.x2, r.y2)
	p.out.SetDrawColor(0, 0, 0)
}

// aslant paints a line turned about the page's middle.
func (p *painter) aslant(l line) {
	p.out.TransformBegin()
	p.out.TransformRotate(50, pageWidth/2, pageHeight/2)
	p.line(l)
	p.out.TransformEnd()
}

// line paints one line of type in runs of one face, one spacing and one stretch.
func (p *painter) line(l line) {
	p.out.SetTextColor(l.colour.r, l.colour.g, l.colour.b)
	for i := 0; i < len(l.cells); {
		c := l.cells[i]
		switch {
		case c.r == '\n', c.width == 0 && c.face == nil:
			i++
		case c.missing:
			p.missingMark(c, l)
			i++
		case c.face == nil: // a blank no face has
			i++
		case c.r > 0xFFFF:
			p.outlined(c, l)
			i++
		default:
			end := i + 1
			for end < len(l.cells) && sameRun(c, l.cells[end]) && joins(l.cells[end-1], l.cells[end], l.size) {
				end++
			}
			p.run(l.cells[i:end], l)
			i = end
		}
	}
	p.out.SetTextColor(0, 0, 0)
}

func sameRun(a, b placed) bool {
	return a.shift == 0 && b.shift == 0 && b.face == a.face && b.stretch == a.stretch && !b.missing && b.r <= 0xFFFF && b.r != '\n'
}

// joins reports whether b stands where a run in which a's spacing holds throughout would put it.
func joins(a, b placed, size float64) bool {
	const nearly = 1e-6
	return math.Abs(a.x+a.width*size*mmPerPoint+a.after-b.x) < nearly && math.Abs(a.after-b.after) < nearly
}

func (p *painter) run(cells []placed, l line) {
	var text strings.Builder
	for _, c := range cells {
		text.WriteRune(c.r)
	}
	p.out.SetFont(p.families[cells[0].face], "", l.size)
	stretch := cells[0].stretch
	// Tc is scaled by Tz with the glyphs.
	p.out.RawWriteStr(fmt.Sprintf("%.4f Tc %.3f Tz", cells[0].after/mmPerPoint/stretch, 100*stretch))
	p.out.Text(cells[0].x+cells[0].shift*l.size*mmPerPoint, l.baseline, text.String())
}

// outlined paints a character the PDF writer cannot encode as its outline, over an invisible blank that copies as the
// character.
func (p *painter) outlined(c placed, l line) {
	segments, err := c.face.outline(c.index)
	if err != nil {
		p.out.SetError(err)
		return
	}
	p.actualText(c, l)
	em := l.size * mmPerPoint
	var path strings.Builder
	at := func(q point) string {
		return fmt.Sprintf("%.3f %.3f ", (c.x+q.x*c.stretch*em)/mmPerPoint, (pageHeight-l.baseline+q.y*em)/mmPerPoint)
	}
	var here point
	for _, s := range segments {
		switch s.op {
		case sfnt.SegmentOpMoveTo:
			path.WriteString(at(s.points[0]) + "m ")
		case sfnt.SegmentOpLineTo:
			path.WriteString(at(s.points[0]) + "l ")
		case sfnt.SegmentOpQuadTo: // PDF knows cubics only
			control, end := s.points[0], s.points[1]
			path.WriteString(at(twoThirds(here, control)) + at(twoThirds(end, control)) + at(end) + "c ")
		case sfnt.SegmentOpCubeTo:
			path.WriteString(at(s.points[0]) + at(s.points[1]) + at(s.points[2]) + "c ")
		}
		here = s.points[pointsOf(s.op)-1]
	}
	p.out.RawWriteStr(fmt.Sprintf("q %s rg %sf Q", rgb(l.colour), path.String()))
	p.out.RawWriteStr("EMC")
}

func twoThirds(from, to point) point {
	return point{from.x + (to.x-from.x)*2/3, from.y + (to.y-from.y)*2/3}
}

// missingMark is a crossed box in place of a character no face has; it copies as the character.
func (p *painter) missingMark(c placed, l line) {
	p.actualText(c, l)
	em := l.size * mmPerPoint
	left, right := c.x+0.08*em, c.x+c.width*em-0.08*em
	top, foot := l.baseline-0.8*em, l.baseline+0.04*em
	p.out.SetDrawColor(l.colour.r, l.colour.g, l.colour.b)
	p.out.SetLineWidth(0.05 * em)
	p.out.Rect(left, top, right-left, foot-top, "D")
	p.out.Line(left, top, right, foot)
	p.out.Line(left, foot, right, top)
	p.out.SetDrawColor(0, 0, 0)
	p.out.RawWriteStr("EMC")
}

// actualText opens a marked span that copies as the character and writes an invisible blank of its width into it:
// readers take the place of the replaced text from what is shown inside.
func (p *painter) actualText(c placed, l line) {
	var code strings.Builder
	for _, unit := range utf16.Encode([]rune{c.r}) {
		fmt.Fprintf(&code, "%04X", unit)
	}
	p.out.RawWriteStr("/Span <</ActualText <FEFF" + code.String() + ">>> BDC")
	p.out.SetFont(p.families[c.face], "", l.size)
	p.out.RawWriteStr("3 Tr 0 Tc 100 Tz")
	p.out.Text(c.x, l.baseline, carrier)
	p.out.RawWriteStr("0 Tr")
}

func rgb(c colour) string {
	return fmt.Sprintf("%.3f %.3f %.3f", float64(c.r)/255, float64(c.g)/255, float64(c.b)/255)
}
