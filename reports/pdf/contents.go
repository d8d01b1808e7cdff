package pdf

import (
	"fmt"
	"strconv"
)

// Anchor gives the page of the block after it a name, so that a table of contents can say where it is.
type Anchor struct{ Name string }

func (Anchor) isBlock() {}

// numbered is the number a page carries, as furniture prints it; covers come before page 1.
func (l *layout) numbered(index int) int { return index + 1 - l.covers }

// pageOf is the number of the page an anchor stands on, "" when nothing has that name.
func (l *layout) pageOf(name string) string {
	if index, ok := l.anchors[name]; ok {
		return strconv.Itoa(l.numbered(index))
	}
	return ""
}

// lateCell fills the last column of a row, once the text is known: page numbers stand in tables that come before
// the pages they name.
func (l *layout) lateCell(u *unit, g grid, text func() string) {
	last := len(g.widths) - 1
	left := g.left
	for _, w := range g.widths[:last] {
		left += w
	}
	s := setting{size: g.size, align: g.aligns[last]}
	draw, height := u.draw, u.height
	u.draw = func(p *page, y float64) {
		draw(p, y)
		l.late = append(l.late, func() {
			cells := s.place(l.shape(span{g.roles[last], text()}), left+cellPad, g.widths[last]-2*cellPad, true)
			baseline := y + (height-s.em())/2 + ascent*s.em()
			p.lines = append(p.lines, line{cells: cells, baseline: baseline, size: g.size})
		})
	}
}

// settle draws what had to wait for the last page.
func (l *layout) settle() {
	for _, draw := range l.late {
		draw()
	}
	l.late = nil
}

// together keeps the units of a short form on one page: a label parted from its list reads badly.
func together(units []unit, most float64) []unit {
	total := 0.0
	for _, u := range units {
		total += u.height
	}
	if total > most {
		return units
	}
	for i := range units[:max(0, len(units)-1)] {
		units[i].keep = true
	}
	return units
}

// PagesOf tells on which numbered page each Anchor of a document stands, without making the file.
func PagesOf(doc Document, faces Faces) (map[string]int, error) {
	if len(faces.chains) == 0 {
		return nil, fmt.Errorf("pdf: no faces given")
	}
	l, _ := arrange(doc, faces)
	pages := make(map[string]int, len(l.anchors))
	for name, index := range l.anchors {
		pages[name] = l.numbered(index)
	}
	return pages, nil
}
