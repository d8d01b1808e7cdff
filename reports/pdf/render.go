package pdf

import (
	"fmt"
	"strconv"
)

// Render lays a document out and gives the PDF file's bytes with a report of what a person should know about it.
// The same document and faces give the same bytes. It fails if Meta.Created is not set, or if the PDF writer does.
func Render(doc Document, faces Faces) ([]byte, Report, error) {
	if doc.Meta.Created.IsZero() {
		return nil, Report{}, fmt.Errorf("pdf: Meta.Created must be set: a file without a fixed date is not reproducible")
	}
	if len(faces.chains) == 0 {
		return nil, Report{}, fmt.Errorf("pdf: no faces given")
	}
	l, factor := arrange(doc, faces)
	data, err := paint(doc, l.pages, true)
	if err != nil {
		return nil, Report{}, err
	}
	return data, Report{Pages: len(l.pages), Faces: faces.Uses(), Warnings: l.report, Adjusted: factor}, nil
}

// pitchFactors are tried in turn until the signature shares its page with text, and the imprint with anything: as it is, a little tighter, 23 lines a
// page, 21 lines a page. The standard asks for this (7.3.5.5) instead of a page with the signature alone.
var pitchFactors = []float64{1, 0.985, 0.97, 0.9545, 1.05}

func arrange(doc Document, faces Faces) (*layout, float64) {
	var second *layout
	var secondFactor float64
	for _, factor := range pitchFactors {
		l := newLayout(doc, faces, factor)
		l.build(false)
		switch {
		case l.lonelySignature():
		case !l.imprintAlone:
			return l, factor
		case second == nil:
			second, secondFactor = l, factor
		}
	}
	if second != nil {
		return second, secondFactor
	}
	l := newLayout(doc, faces, 1)
	l.build(true)
	l.warn(Warning{Key: SignatureForced, Text: doc.Signature})
	return l, 1
}

// build lays the whole document out; forced binds the text's last lines to the signature.
func (l *layout) build(forced bool) {
	if l.doc.Cover != nil {
		l.cover()
	}
	l.covers = len(l.pages)
	l.addPage()
	l.head()
	text := append(l.addressees(), l.unitsOf(l.doc.Body)...)
	tail := append(l.annexList(), l.signature()...)
	if forced {
		text = bindLast(text)
	}
	l.flow(append(text, tail...))
	for _, a := range l.doc.Annexes {
		l.flow(l.annex(a))
	}
	l.imprint()
	if l.doc.Kind != Plain && len(l.doc.Body) > 0 && !l.pages[l.covers].hasText {
		l.warn(Warning{Key: NoTextOnFirstPage, Text: l.doc.Number})
	}
	for i, p := range l.pages {
		l.furniture(p, l.numbered(i))
	}
	l.settle()
}

// bindLast keeps the last two lines of text, and all after them, together; empty lines at the end go.
func bindLast(units []unit) []unit {
	for len(units) > 0 && units[len(units)-1].gap {
		units = units[:len(units)-1]
	}
	bodies := 0
	for i := len(units) - 1; i >= 0 && bodies < 2; i-- {
		units[i].keep = true
		if units[i].body {
			bodies++
		}
	}
	return units
}

// lonelySignature reports whether the signature stands on a page without any text.
func (l *layout) lonelySignature() bool {
	for _, p := range l.pages {
		if p.hasSign && !p.hasText {
			return true
		}
	}
	return false
}

// furniture is the page number, the running head and the reader's line.
func (l *layout) furniture(p *page, number int) {
	if !p.unnumbered {
		l.pageNumber(p, number)
	}
	if l.doc.Sample != "" {
		l.watermark(p)
	}
	small := func(text string, align Align, y float64) {
		s := setting{size: smallPrint + 1.5, align: align}
		cells := s.place(l.shape(span{Song, text}), areaLeft, areaWidth, true)
		p.lines = append(p.lines, line{cells: cells, baseline: y, size: s.size, colour: grey})
	}
	if l.doc.Running != "" && number > 1 {
		small(l.doc.Running, Right, areaTop-9)
	}
	if l.doc.Reader != "" {
		small(l.doc.Reader, Center, pageHeight-11)
	}
}

// watermark sets the sample's word aslant and pale under the page.
func (l *layout) watermark(p *page) {
	const largest, longest = 150.0, 230.0 // points; mm along the page's diagonal
	cells := l.shape(span{Hei, l.doc.Sample})
	ems := setting{size: 1 / mmPerPoint}.measure(cells)
	s := setting{size: min(largest, longest/max(ems, 1)/mmPerPoint), align: Center}
	p.aslant = append(p.aslant, line{
		cells:    s.place(cells, 0, pageWidth, true),
		baseline: pageHeight/2 + (ascent-0.5)*s.em(),
		size:     s.size,
		colour:   pale,
	})
}

// pageNumber is a figure between two dashes, 7 mm below the area, odd pages at the right, even at the left, one
// character in (7.5).
func (l *layout) pageNumber(p *page, number int) {
	s := setting{size: size4}
	cells := l.shape(span{Song, "— " + strconv.Itoa(number) + " —"})
	width := s.measure(cells)
	x := areaRight - em4 - width
	if number%2 == 0 {
		x = areaLeft + em4
	}
	// A dash lies about 0.3 em above the baseline in a Han face; it is the dash that has to be 7 mm below.
	const dashHeight = 0.3
	baseline := areaBottom + pageNumberGap + dashHeight*s.em()
	p.lines = append(p.lines, line{cells: s.place(cells, x, width, true), baseline: baseline, size: size4})
}
