package pdf

// unit is a piece of the text column that is never cut: a line, a table row, a gap.
type unit struct {
	height float64 // how far the next unit stands below
	box    float64 // how much of the page it needs itself
	draw   func(p *page, y float64)

	keep    bool     // stays on one page with the next unit
	gap     bool     // empty: left out at the head of a page
	body    bool     // running text or a table row
	sign    bool     // part of the signature
	opening *unit    // drawn first if this unit begins a page: a table's head
	newPage bool     // begins a page
	anchors []string // names of the page it lands on
	toGrid  bool     // moves down to the next line of the grid first
}

// layout builds one version of the document.
type layout struct {
	doc     Document
	faces   Faces
	pitch   float64 // line pitch, mm
	pages   []*page
	y       float64 // where the next unit goes
	grid    float64 // where the present page's grid of lines begins
	warned  map[Warning]bool
	report  []Warning
	started bool // the present page holds something

	covers  int            // pages before page 1
	anchors map[string]int // index of the page each name stands on
	late    []func()       // drawn when every page is laid out

	imprintAlone bool // the imprint found no room and stands on a page of its own
}

func newLayout(doc Document, faces Faces, factor float64) *layout {
	return &layout{doc: doc, faces: faces, pitch: linePitch * factor, warned: map[Warning]bool{}, anchors: map[string]int{}}
}

func (l *layout) warn(w Warning) {
	if l.warned[w] {
		return
	}
	l.warned[w] = true
	l.report = append(l.report, w)
}

func (l *layout) missing(r rune) { l.warn(Warning{Key: MissingGlyph, Rune: r, Text: string(r)}) }

func (l *layout) page() *page { return l.pages[len(l.pages)-1] }

func (l *layout) addPage() *page {
	p := &page{}
	l.pages = append(l.pages, p)
	l.y, l.grid, l.started = areaTop, areaTop, false
	return p
}

const slackMM = 0.02

// flow sets units one below the other, opening pages where they are full.
func (l *layout) flow(units []unit) {
	for i := range units {
		u := &units[i]
		if u.newPage && l.started {
			l.addPage()
		}
		if u.gap {
			if l.started {
				l.y += u.height
			}
			continue
		}
		y := l.y
		if u.toGrid {
			y = l.nextGridLine()
		}
		if l.started && y+need(units[i:]) > areaBottom+slackMM {
			l.addPage()
			y = l.y
		}
		l.y = y
		if u.opening != nil && !l.started {
			u.opening.draw(l.page(), l.y)
			l.y += u.opening.height
		}
		for _, name := range u.anchors {
			l.anchors[name] = len(l.pages) - 1
		}
		u.draw(l.page(), l.y)
		l.y += u.height
		l.started = true
		l.page().hasText = l.page().hasText || u.body
		l.page().hasSign = l.page().hasSign || u.sign
	}
}

// need is the height of the first unit and of all it must stay with.
func need(units []unit) float64 {
	total := 0.0
	for i, u := range units {
		if !u.keep || i+1 == len(units) || units[i+1].newPage {
			return total + u.box
		}
		total += u.height
	}
	return total
}

// nextGridLine is the first line of the page's grid at or below the present place.
func (l *layout) nextGridLine() float64 {
	const nearly = 0.05
	y := l.grid
	for y < l.y-nearly {
		y += l.pitch
	}
	return y
}

// textUnit is a unit for one line of type on the line grid, body text unless said otherwise.
func (l *layout) textUnit(size float64, cells []placed) unit {
	em := size * mmPerPoint
	return unit{
		height: l.pitch,
		box:    max(em, em3),
		body:   true,
		draw: func(p *page, y float64) {
			p.lines = append(p.lines, line{cells: cells, baseline: y + ascent*em, size: size})
		},
	}
}

func (l *layout) blankLines(n float64) unit { return unit{height: n * l.pitch, gap: true} }
