package pdf

// page is one laid-out page: what to draw where, not yet drawn.
type page struct {
	aslant     []line // under all else, turned about the page's middle
	lines      []line
	rules      []rule
	pictures   []picture
	unnumbered bool
	hasText    bool // running text or a table's row stands on it
	hasSign    bool // the signature stands on it
}

// line is one line of type.
type line struct {
	cells    []placed
	baseline float64 // mm from the page's top
	size     float64 // points
	colour   colour
}

// placed is a cell and where its left edge is, in mm.
type placed struct {
	cell
	x float64
	// after is the space to the next cell beyond the glyph's own width, in mm; it may be negative.
	after float64
}

// rule is a straight line, upright or level.
type rule struct {
	x1, y1, x2, y2 float64
	thick          float64
	colour         colour
}

func (p *page) ruleAcross(x, y, width, thick float64, c colour) {
	p.rules = append(p.rules, rule{x, y, x + width, y, thick, c})
}

func (p *page) ruleDown(x, y1, y2, thick float64) {
	p.rules = append(p.rules, rule{x, y1, x, y2, thick, black})
}
