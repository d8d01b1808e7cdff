package pdf

import "strings"

// cell is one character as it will stand on the line.
type cell struct {
	r    rune
	face *Face
	glyph
	role    Role
	stretch float64 // horizontal scale of the glyph, 1 unless a dash has to fill its em
	shift   float64 // how far right of its place the glyph is drawn, in parts of an em
	missing bool    // no face has it: a mark is drawn instead
}

// span is a piece of text in one role.
type span struct {
	role Role
	text string
}

// shape finds a glyph for each character of the spans. Invisible characters are left out, a tab is a space.
func (l *layout) shape(spans ...span) []cell {
	var cells []cell
	for _, s := range spans {
		if s.role == "" {
			s.role = Text
		}
		for _, r := range strings.ReplaceAll(s.text, "\t", " ") {
			if invisible(r) {
				continue
			}
			cells = append(cells, l.cellOf(s.role, r))
		}
	}
	return cells
}

func (l *layout) cellOf(role Role, r rune) cell {
	c := cell{r: r, role: role, stretch: 1}
	if r == '\n' {
		return c
	}
	c.face, c.glyph = l.faces.find(role, r)
	switch {
	case !c.found && (r == '\u3000' || r == '\u00a0' || r == ' '):
		c.face, c.width = nil, map[bool]float64{true: 1, false: 0.25}[r == '\u3000']
	case !c.found:
		c.missing, c.width, c.face = true, 1, l.faces.chains[role][0]
		l.missing(r)
	case r == '—':
		// A Chinese dash is two em long and whole; many faces draw each half shorter and leave a gap.
		c.width = 1
		if left, right, _ := c.face.ink(c.index); right > left {
			c.stretch = 1 / (right - left)
			c.shift = -left * c.stretch
		}
	}
	return c
}

// wide reports whether the character fills about an em, so that space may be let in beside it.
func (c cell) wide() bool { return c.width > 0.9 && !wordRune(c.r) }

func (c cell) blank() bool { return c.r == ' ' || c.r == '\u3000' || c.r == '\u00a0' }
