package pdf

// rowsOf breaks cells and gives each row placed between left and right; the first row begins first mm further in.
func (l *layout) rowsOf(cells []cell, s setting, left, room, first float64) [][]placed {
	rows, worst := breakRows(cells, room-first, room, s.width)
	if worst > word { // a code wider than its line is split without remark
		l.warn(Warning{Key: LineRuleBroken, Text: excerpt(cells)})
	}
	result := make([][]placed, 0, len(rows))
	for i, r := range rows {
		x, width := left, room
		if i == 0 {
			x, width = left+first, room-first
		}
		result = append(result, s.place(cells[r.from:r.to], x, width, r.last))
	}
	return result
}

// excerpt is the beginning of some text, for a warning.
func excerpt(cells []cell) string {
	const longest = 24
	var runes []rune
	for _, c := range cells {
		if len(runes) == longest {
			break
		}
		runes = append(runes, c.r)
	}
	return string(runes)
}

// unitsOf turns a document's blocks into units.
func (l *layout) unitsOf(blocks []Block) []unit {
	var units []unit
	newPage := false
	var anchors []string
	for _, b := range blocks {
		var made []unit
		switch b := b.(type) {
		case PageBreak:
			newPage = true
			continue
		case Anchor:
			anchors = append(anchors, b.Name)
			continue
		case Space:
			made = []unit{l.blankLines(b.Lines)}
		case Heading:
			made = l.heading(b)
		case Para:
			made = l.para(b)
		case Item:
			made = l.item(b)
		case KeyValues:
			made = l.keyValues(b)
		case Table:
			made = l.table(b)
		case Chart:
			made = l.chart(b)
		case Image:
			made = l.image(b)
		}
		if len(made) > 0 && newPage {
			made[0].newPage = true
			newPage = false
		}
		for i := range made {
			if !made[i].gap && len(anchors) > 0 {
				made[i].anchors, anchors = anchors, nil
			}
		}
		units = append(units, made...)
	}
	return units
}

// headingRoles are the faces of the four levels: Hei, Kai, then the face of the text (7.3.3).
var headingRoles = map[int]Role{1: Hei, 2: Kai, 3: Text, 4: Text}

func (l *layout) heading(h Heading) []unit {
	role, ok := headingRoles[h.Level]
	if !ok {
		role = Text
	}
	cells := l.shape(span{role, h.Text}, span{Text, h.RunIn})
	units := l.lines(cells, bodySetting, indent)
	if h.RunIn == "" && len(units) > 0 {
		for i := range units {
			units[i].keep = true
			units[i].body = false
		}
	}
	return units
}

func (l *layout) para(p Para) []unit {
	s := bodySetting
	if p.Size > 0 && p.Size != size3 {
		s = setting{size: p.Size, full: true}
	}
	first := indent * s.size / size3
	if p.Flush {
		first = 0
	}
	if p.Align == Center || p.Align == Right {
		s.align, s.full, first = p.Align, false, 0
	}
	role := p.Role
	if role == "" {
		role = Text
	}
	return l.lines(l.shape(span{Hei, p.Lead}, span{role, p.Text}), s, first)
}

func (l *layout) item(i Item) []unit {
	marker := l.shape(span{Text, i.Marker})
	hang := bodySetting.measure(marker)
	rows := l.rowsOf(l.shape(span{Text, i.Text}), bodySetting, areaLeft+indent+hang, areaWidth-indent-hang, 0)
	units := make([]unit, 0, len(rows))
	for n, cells := range rows {
		if n == 0 {
			cells = append(bodySetting.place(marker, areaLeft+indent, hang, true), cells...)
		}
		units = append(units, l.onGrid(l.textUnit(size3, cells)))
	}
	return units
}

// lines sets cells as lines of the text area on the grid.
func (l *layout) lines(cells []cell, s setting, first float64) []unit {
	rows := l.rowsOf(cells, s, areaLeft, areaWidth, first)
	units := make([]unit, 0, len(rows))
	for _, cells := range rows {
		units = append(units, l.onGrid(l.textUnit(s.size, cells)))
	}
	return units
}

func (l *layout) onGrid(u unit) unit {
	u.toGrid = true
	return u
}
