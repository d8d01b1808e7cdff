package pdf

// titlePitch is one line of the title and the standard's space between lines.
func titlePitch(size, pitch float64) float64 { return size*mmPerPoint + pitch - em3 }

// head sets what stands above the text on page 1 and leaves the column where the text begins.
func (l *layout) head() {
	switch l.doc.Kind {
	case Bulletin, Minutes:
		l.redHead()
	case Letter:
		l.letterHead()
	default:
		l.plainHead()
	}
	l.grid = l.y
	l.started = true
}

// redHead is mark, number, red rule and title (7.2.4 to 7.3.1).
func (l *layout) redHead() {
	l.marks()
	y := l.mark(markTop, areaWidth)
	if l.doc.Number != "" {
		y += 2 * l.pitch
		l.centred(l.doc.Number, Text, size3, y)
		y += em3
	}
	y += ruleGap
	l.page().ruleAcross(areaLeft, y, areaWidth, redRuleThick, red)
	l.y = l.title(l.doc.Title, y+2*l.pitch, size2)
	l.y += l.pitch
}

// marks stand flush left from the area's first line, in the order copy number, secrecy, urgency (7.2.1 to 7.2.3).
func (l *layout) marks() {
	at := areaTop
	for _, m := range []struct {
		text string
		role Role
	}{{l.doc.CopyNumber, Text}, {l.doc.Secrecy, Hei}, {l.doc.Urgency, Hei}} {
		if m.text == "" {
			continue
		}
		s := setting{size: size3, pitch: charPitch}
		l.put(s.place(l.shape(span{m.role, m.text}), areaLeft, areaWidth, true), size3, at, black)
		at += l.pitch
	}
}

// letterHead is the mark, the double rules, the number at the right and the title (10.1).
func (l *layout) letterHead() {
	p := l.page()
	y := l.mark(letterMarkTop, areaWidth) + ruleGap
	left := (pageWidth - letterRuleWidth) / 2
	p.ruleAcross(left, y, letterRuleWidth, doubleThick, red)
	p.ruleAcross(left, y+doubleRuleSpace+(doubleThick+doubleThin)/2, letterRuleWidth, doubleThin, red)
	p.ruleAcross(left, letterFootRule-doubleRuleSpace-(doubleThick+doubleThin)/2, letterRuleWidth, doubleThin, red)
	p.ruleAcross(left, letterFootRule, letterRuleWidth, doubleThick, red)
	p.unnumbered = true
	y += em3 * 7 / 8
	if l.doc.Number != "" {
		s := setting{size: size3, pitch: charPitch, align: Right}
		l.put(s.place(l.shape(span{Text, l.doc.Number}), areaLeft, areaWidth, true), size3, y, black)
		y += em3
	}
	l.y = l.title(l.doc.Title, y+2*l.pitch, size2)
	l.y += l.pitch
}

// plainHead is title and number at the head of the area.
func (l *layout) plainHead() {
	if l.doc.Title == "" && l.doc.Number == "" {
		return
	}
	l.y = l.title(l.doc.Title, l.y, size2)
	if l.doc.Number != "" {
		l.y += l.pitch - em3
		l.centred(l.doc.Number, Text, size3, l.y)
		l.y += em3
	}
	l.y += l.pitch
}

// mark sets the issuer's mark in red with its ink's upper edge at top, as large as it may be, and gives its foot.
// A long mark is narrowed by at most a fifth, as red heads are, before it is made smaller.
func (l *layout) mark(top, room float64) float64 {
	const narrowest = 0.8
	cells := l.shape(span{SongBold, l.doc.Mark})
	if len(cells) == 0 {
		return top
	}
	ems := 0.0
	for _, c := range cells {
		ems += c.width
	}
	size, narrow := markTallest, 1.0
	if fits := room / ems / mmPerPoint; fits < size {
		size = min(size, fits/narrowest)
		narrow = fits / size
	}
	if narrow < 1 {
		for i := range cells {
			cells[i].stretch *= narrow
			cells[i].shift *= narrow
			cells[i].width *= narrow
		}
	}
	reach := 0.0
	for _, c := range cells {
		if c.found {
			_, _, top := c.face.ink(c.index)
			reach = max(reach, top)
		}
	}
	em := size * mmPerPoint
	baseline := top + reach*em
	s := setting{size: size, align: Center}
	l.page().lines = append(l.page().lines, line{
		cells: s.place(cells, areaLeft, room, true), baseline: baseline, size: size, colour: red,
	})
	return baseline + (1-ascent)*em
}

// title sets a title from y downwards and gives its foot; y itself if there is none.
func (l *layout) title(title string, y, size float64) float64 {
	s := setting{size: size, align: Center}
	rows := l.titleRows(title, SongBold, s, areaWidth)
	if len(rows) == 0 {
		return y
	}
	for i, cells := range rows {
		if i > 0 {
			y += titlePitch(size, l.pitch)
		}
		l.put(s.place(cells, areaLeft, areaWidth, true), size, y, black)
	}
	return y + size*mmPerPoint
}

// centred sets one line in the middle of the area with its em box's top at y.
func (l *layout) centred(text string, role Role, size, y float64) {
	s := setting{size: size, align: Center}
	if size == size3 {
		s.pitch = charPitch
	}
	l.put(s.place(l.shape(span{role, text}), areaLeft, areaWidth, true), size, y, black)
}

// put places a finished line with its em box's top at y.
func (l *layout) put(cells []placed, size, y float64, c colour) {
	p := l.page()
	p.lines = append(p.lines, line{cells: cells, baseline: y + ascent*size*mmPerPoint, size: size, colour: c})
}

// addressees are flush left with turned lines flush (7.3.2).
func (l *layout) addressees() []unit {
	units := l.lines(l.shape(span{Text, l.doc.To}), bodySetting, 0)
	for i := range units {
		units[i].body = false
	}
	return units
}
