package pdf

import "slices"

// Bar is one bar of a chart.
type Bar struct {
	// Label stands below an upright bar or before a level one, Text at its end; both as printed.
	Label, Text string
	// Value is the hatched length, Whole the outline around it; a Whole of 0 draws no outline.
	Value, Whole float64
	// Plain leaves the hatching out: the bar is below the chart's line.
	Plain bool
}

// Chart is a small picture of bars, drawn in black lines only so that it reads in black and white.
type Chart struct {
	// Caption stands centred above, in Hei; Note left below, small.
	Caption, Note string
	// Level draws a line for each bar, one below the other; otherwise bars stand side by side.
	Level bool
	Bars  []Bar
	// Line, if above 0, draws a broken line at this value across upright bars, with LineLabel at its end.
	Line      float64
	LineLabel string
}

func (Chart) isBlock() {}

const (
	chartTall      = 34.0 // mm of the tallest upright bar
	chartLabels    = 5.6  // below the bars
	chartRow       = 5.2  // a level bar with the space below it
	chartBar       = 3.4  // a level bar itself
	chartWidestBar = 12.0
	hatchStep      = 1.1
	chartLine      = 0.2
)

func (l *layout) chart(c Chart) []unit {
	if len(c.Bars) == 0 {
		return nil
	}
	var units []unit
	if c.Caption != "" {
		s := setting{size: size4, align: Center}
		for _, cells := range l.rowsOf(l.shape(span{Hei, c.Caption}), s, areaLeft, areaWidth, 0) {
			u := l.textUnit(size4, cells)
			u.body, u.keep, u.height = false, true, em4+2.2
			units = append(units, u)
		}
	}
	if c.Level {
		units = append(units, l.levelBars(c)...)
	} else {
		units = append(units, l.uprightBars(c))
	}
	if c.Note != "" {
		units[len(units)-1].keep = true
		units = append(units, l.smallLine(c.Note, Left, false))
	}
	return append(units, unit{height: 3, gap: true})
}

func (c Chart) most() float64 {
	most := c.Line
	for _, b := range c.Bars {
		most = max(most, b.Value, b.Whole)
	}
	return max(most, 1)
}

// uprightBars is one piece: bars on a base line, values above, labels below.
func (l *layout) uprightBars(c Chart) unit {
	small := setting{size: size5}
	room := areaWidth
	if c.LineLabel != "" { // stands beside the bars, not over one
		room -= small.measure(l.shape(span{Song, c.LineLabel})) + 2
	}
	slot := room / float64(len(c.Bars))
	wide := min(chartWidestBar, slot/2)
	scale := chartTall / c.most()
	em := small.em()
	height := em + 1 + chartTall + chartLabels
	return unit{height: height, box: height, draw: func(p *page, y float64) {
		base := y + em + 1 + chartTall
		p.ruleAcross(areaLeft, base, areaWidth, frame, black)
		for i, b := range c.Bars {
			left := areaLeft + (float64(i)+0.5)*slot - wide/2
			tall := b.Value * scale
			if tall > 0 {
				p.bar(left, base-tall, wide, tall, !b.Plain)
			}
			l.small(p, b.Text, Center, left+wide/2-slot/2, slot, base-tall-em-0.6)
			l.small(p, b.Label, Center, left+wide/2-slot/2, slot, base+1)
		}
		if c.Line > 0 {
			at := base - c.Line*scale
			for x := areaLeft; x < areaRight; x += 3 {
				p.ruleAcross(x, at, min(1.8, areaRight-x), chartLine, black)
			}
			l.small(p, c.LineLabel, Right, areaLeft, areaWidth, at-em-0.4)
		}
	}}
}

// levelBars is a piece for each bar: label, bar and text on one line.
func (l *layout) levelBars(c Chart) []unit {
	s := setting{size: size5}
	labels, texts := 0.0, 0.0
	for _, b := range c.Bars {
		labels = max(labels, s.measure(l.shape(span{Song, b.Label})))
		texts = max(texts, s.measure(l.shape(span{Song, b.Text})))
	}
	labels = min(labels, areaWidth/3)
	room := areaWidth - labels - texts - 6
	scale := room / c.most()
	units := make([]unit, 0, len(c.Bars))
	for i, b := range c.Bars {
		u := unit{height: chartRow, box: chartRow, draw: func(p *page, y float64) {
			top := y + (chartRow-s.em())/2
			left := areaLeft + labels + 2
			l.small(p, b.Label, Right, areaLeft, labels, top)
			bar := y + (chartRow-chartBar)/2
			if b.Whole > 0 {
				p.bar(left, bar, b.Whole*scale, chartBar, false)
			}
			if b.Value > 0 {
				p.bar(left, bar, b.Value*scale, chartBar, !b.Plain)
			}
			l.small(p, b.Text, Left, left+max(b.Value, b.Whole)*scale+2, texts+2, top)
		}}
		u.keep = i < 2 // a caption is not left with a bar or two
		units = append(units, u)
	}
	return units
}

// small sets a line of small print with its em box's top at y.
func (l *layout) small(p *page, text string, align Align, x, room, y float64) {
	if text == "" {
		return
	}
	s := setting{size: size5, align: align}
	p.lines = append(p.lines, line{cells: s.place(l.shape(span{Song, text}), x, room, true), baseline: y + ascent*s.em(), size: size5})
}

// bar draws a box, hatched or empty.
func (p *page) bar(x, y, wide, tall float64, hatched bool) {
	p.ruleAcross(x, y, wide, chartLine, black)
	p.ruleAcross(x, y+tall, wide, chartLine, black)
	p.ruleDown(x, y, y+tall, chartLine)
	p.ruleDown(x+wide, y, y+tall, chartLine)
	if !hatched {
		return
	}
	// Each stroke climbs from the left or lower edge at 45 degrees and is cut at the upper or right one.
	p.rules = slices.Grow(p.rules, int((wide+tall)/hatchStep)+1)
	for at := hatchStep; at < wide+tall; at += hatchStep {
		x1, y1 := x+max(0, at-tall), y+min(at, tall)
		x2, y2 := x+min(at, wide), y+max(0, at-wide)
		p.rules = append(p.rules, rule{x1, y1, x2, y2, chartLine, black})
	}
}
