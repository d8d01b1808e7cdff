package pdf

import (
	"math"
	"slices"
)

// grid is a ruled table being laid out.
type grid struct {
	left   float64
	widths []float64
	aligns []Align
	roles  []Role
	size   float64
	pad    float64 // above and below the text of a row, mm

	late map[int]func() string // text of the last column of a row that is known only at the end
}

const (
	cellPad        = 1.5 // mm between rule and text, left and right
	rowPad         = 1.1 // above and below
	cellLeading    = 1.32
	frame, hairRul = 0.3, 0.18
)

// table lays a table out as units: caption, head and one for each row.
func (l *layout) table(t Table) []unit {
	count := len(t.Head)
	for _, r := range t.Rows {
		count = max(count, len(r))
	}
	count = max(count, len(t.Columns))
	if count == 0 {
		return nil
	}
	g := grid{left: areaLeft, size: t.Size, pad: rowPad, aligns: make([]Align, count), roles: make([]Role, count)}
	if g.size == 0 {
		g.size = smallSize4
		if count > 6 {
			g.size = size5
		}
	}
	weights := make([]float64, count)
	for i := range g.aligns {
		g.roles[i] = Song
		if i < len(t.Columns) {
			g.aligns[i], weights[i] = t.Columns[i].Align, t.Columns[i].Weight
		}
	}
	g.widths = l.columnWidths(t, g, weights, areaWidth)
	g.late = map[int]func() string{}
	for i, name := range t.Pages {
		g.late[i] = func() string { return l.pageOf(name) }
	}

	var units []unit
	if t.Caption != "" {
		s := setting{size: size4, align: Center}
		for _, cells := range l.rowsOf(l.shape(span{Hei, t.Caption}), s, areaLeft, areaWidth, 0) {
			u := l.textUnit(size4, cells)
			u.body, u.keep, u.height = false, true, em4+2.2
			units = append(units, u)
		}
	}
	if t.Unit != "" {
		units = append(units, l.smallLine(t.Unit, Right, true))
	}
	units = append(units, l.tableRows(g, t.Head, t.Rows)...)
	if t.Together > 0 {
		units = pairEnds(together(units, t.Together))
	}
	if t.Note != "" {
		if len(units) > 0 {
			units[len(units)-1].keep = true
		}
		units = append(units, unit{height: 1.2, keep: true, draw: func(*page, float64) {}}, l.smallLine(t.Note, Left, false))
	}
	return append(units, unit{height: 2.5, gap: true})
}

// pairEnds keeps a table's first two rows together, and its last two: one row alone is easily overlooked.
func pairEnds(rows []unit) []unit {
	first := slices.IndexFunc(rows, func(u unit) bool { return u.body })
	for _, i := range []int{first, len(rows) - 2} {
		if first >= 0 && i >= first && i+1 < len(rows) {
			rows[i].keep = true
		}
	}
	return rows
}

// tableRows makes the head, repeated on each page, and the rows.
func (l *layout) tableRows(g grid, head []string, rows [][]string) []unit {
	opening := unit{draw: func(p *page, y float64) { p.ruleAcross(g.left, y, g.width(), frame, black) }}
	var units []unit
	room := areaHeight
	if len(head) > 0 {
		h := g
		h.roles, h.aligns = make([]Role, len(g.roles)), make([]Align, len(g.roles))
		for i := range h.roles {
			h.roles[i], h.aligns[i] = Hei, Center
		}
		made := l.rowUnits(h, head, areaHeight/2)[0]
		draw := made.draw
		made.draw = func(p *page, y float64) {
			p.ruleAcross(g.left, y, g.width(), frame, black)
			draw(p, y)
		}
		made.body, made.keep = false, true
		opening = made
		units = append(units, made)
		room -= made.height
	} else if len(rows) > 0 {
		top := opening
		top.keep = true
		units = append(units, top)
	}
	for i, r := range rows {
		for _, u := range l.rowUnits(g, r, room) {
			u.opening = &opening
			u.body = true
			if text, ok := g.late[i]; ok {
				l.lateCell(&u, g, text)
			}
			if i == len(rows)-1 {
				draw := u.draw
				height := u.height
				u.draw = func(p *page, y float64) {
					draw(p, y)
					p.ruleAcross(g.left, y+height, g.width(), frame, black)
				}
			}
			units = append(units, u)
		}
	}
	return units
}

// rowUnits lays one row out; a row taller than room becomes several units, the only case in which it is split.
func (l *layout) rowUnits(g grid, texts []string, room float64) []unit {
	s := setting{size: g.size}
	pitch := s.em() * cellLeading
	columns := make([][][]placed, len(g.widths))
	most := 1
	x := g.left
	for i, width := range g.widths {
		text := ""
		if i < len(texts) {
			text = texts[i]
		}
		s.align = g.aligns[i]
		cells := l.shape(span{g.roles[i], text})
		room := width - 2*cellPad
		if s.align == Center {
			room = evenRoom(cells, s, room)
		}
		columns[i] = l.rowsOf(cells, s, x+(width-room)/2, room, 0)
		most = max(most, len(columns[i]))
		x += width
	}
	perPage := max(1, int((room-2*g.pad)/pitch))
	if most > perPage {
		l.warn(Warning{Key: RowTooTall, Text: excerpt(l.shape(span{Song, texts[0]}))})
	}
	var units []unit
	for from := 0; from < most; from += perPage {
		lines := min(perPage, most-from)
		height := float64(lines)*pitch + 2*g.pad
		units = append(units, unit{height: height, box: height, draw: func(p *page, y float64) {
			g.drawRow(p, columns, from, lines, most, y, height, pitch)
		}})
	}
	return units
}

// evenRoom is the narrowest room in which centred text takes no more lines than in the given one, so that its lines
// are about equal and no single character is left over.
func evenRoom(cells []cell, s setting, room float64) float64 {
	rows, _ := breakRows(cells, room, room, s.width)
	if len(rows) < 2 {
		return room
	}
	best := room
	for try := room - s.em()/2; try > 2*s.em(); try -= s.em() / 2 {
		narrower, worst := breakRows(cells, try, try, s.width)
		if worst > loose || len(narrower) > len(rows) {
			break
		}
		best = try
	}
	return best
}

// drawRow draws lines from…from+count of every column, centred upright, with the rules beside and below.
func (g grid) drawRow(p *page, columns [][][]placed, from, count, most int, y, height, pitch float64) {
	em := g.size * mmPerPoint
	for _, rows := range columns {
		here := rows[min(from, len(rows)):min(from+count, len(rows))]
		top := y + (height-float64(len(here))*pitch)/2 + (pitch-em)/2
		if most > count { // a split row reads from its top
			top = y + g.pad + (pitch-em)/2
		}
		for i, cells := range here {
			p.lines = append(p.lines, line{cells: cells, baseline: top + float64(i)*pitch + ascent*em, size: g.size})
		}
	}
	x := g.left
	p.ruleDown(x, y, y+height, frame)
	for i, width := range g.widths {
		x += width
		thick := hairRul
		if i == len(g.widths)-1 {
			thick = frame
		}
		p.ruleDown(x, y, y+height, thick)
	}
	p.ruleAcross(g.left, y+height, g.width(), hairRul, black)
}

func (g grid) width() float64 {
	total := 0.0
	for _, w := range g.widths {
		total += w
	}
	return total
}

// columnWidths shares the room by weight, or, without weights, gives each column what its longest piece needs and
// shares the rest by how much text there is.
func (l *layout) columnWidths(t Table, g grid, weights []float64, room float64) []float64 {
	widths := make([]float64, len(weights))
	total := 0.0
	for _, w := range weights {
		total += w
	}
	if total > 0 {
		for i, w := range weights {
			widths[i] = room * w / total
		}
		return widths
	}
	s := setting{size: g.size}
	least, whole, wish := make([]float64, len(weights)), make([]float64, len(weights)), make([]float64, len(weights))
	const (
		longest = 70 // mm; text beyond this wraps anyway
		short   = 7  // characters; a name or a date, better not broken
	)
	see := func(i int, text string, role Role) {
		cells := l.shape(span{role, text})
		from := 0
		for at := 1; at <= len(cells); at++ {
			if at == len(cells) || bondAt(cells, at) == loose {
				least[i] = max(least[i], min(s.measure(cells[from:at]), room/5))
				from = at
			}
		}
		for _, piece := range splitLines(cells) {
			wish[i] = max(wish[i], min(s.measure(piece), longest))
			if role == Song && s.measure(piece) <= short*s.em() {
				whole[i] = max(whole[i], s.measure(piece))
			}
		}
	}
	for i, text := range t.Head {
		see(i, text, Hei)
		least[i] = max(least[i], min(s.measure(l.shape(span{Hei, text})), 2*s.em()))
	}
	for _, r := range t.Rows {
		for i, text := range r {
			see(i, text, Song)
		}
	}
	needed, wished, unbroken := 0.0, 0.0, 0.0
	for i := range least {
		whole[i] = max(whole[i], least[i]) + 2*cellPad + 0.1
		unbroken += whole[i]
	}
	for i := range least {
		least[i] += 2 * cellPad
		if unbroken < room*0.85 { // leave something for the columns with much text
			least[i] = whole[i]
		}
		wish[i] = math.Max(wish[i]+2*cellPad, least[i]) + 0.1
		needed += least[i]
		wished += wish[i]
	}
	for i := range widths {
		switch {
		case wished <= room:
			widths[i] = wish[i] * room / wished
		case needed >= room:
			widths[i] = least[i] * room / needed
		default:
			widths[i] = least[i] + (room-needed)*(wish[i]-least[i])/(wished-needed)
		}
	}
	return widths
}

func splitLines(cells []cell) [][]cell {
	var pieces [][]cell
	from := 0
	for i, c := range cells {
		if c.r == '\n' {
			pieces = append(pieces, cells[from:i])
			from = i + 1
		}
	}
	return append(pieces, cells[from:])
}

// smallLine is a line of small print with a table.
func (l *layout) smallLine(text string, align Align, keep bool) unit {
	s := setting{size: size5, align: align}
	rows := l.rowsOf(l.shape(span{Song, text}), s, areaLeft, areaWidth, 0)
	em := s.em()
	pitch := em * 1.4
	height := float64(len(rows))*pitch + 0.8
	return unit{height: height, box: height, keep: keep, draw: func(p *page, y float64) {
		for i, cells := range rows {
			p.lines = append(p.lines, line{cells: cells, baseline: y + 0.4 + float64(i)*pitch + ascent*em, size: size5})
		}
	}}
}
