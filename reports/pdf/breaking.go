package pdf

// bond says how strongly two neighbouring characters hold together.
type bond int

const (
	loose    bond = iota // a new line may begin between them
	word                 // a word or a number with its unit: only if it is wider than the line
	clinging             // a forbidden line start or end: only if nothing else is left
	welded               // halves of one sign: only if the line has room for nothing
)

// row is one line of text: cells[from:to], the trailing blanks of which take no place.
type row struct {
	from, to int
	last     bool // the paragraph, or a piece ended by "\n", ends here: the right edge stays ragged
}

// breakRows cuts cells into rows no wider than first (the first row) and rest (the others), in mm. width gives one
// cell's place. Every cell stands in exactly one row, in order; a "\n" ends its row and belongs to it. worst is
// the strongest bond that had to be broken.
func breakRows(cells []cell, first, rest float64, width func(cell) float64) (rows []row, worst bond) {
	for from := 0; from < len(cells); {
		room := rest
		if len(rows) == 0 {
			room = first
		}
		end, forced := fitting(cells, from, room, width)
		if forced || end == len(cells) {
			rows = append(rows, row{from, end, true})
			from = end
			continue
		}
		at, strength := bestBreak(cells, from, end)
		worst = max(worst, strength)
		rows = append(rows, row{from, at, false})
		from = at
	}
	return rows, worst
}

// fitting gives the end of the longest run from here that fits; forced if a "\n" ends it.
func fitting(cells []cell, from int, room float64, width func(cell) float64) (end int, forced bool) {
	const tolerance = 0.01 // mm; sums of pitches must not lose a character to rounding
	used := 0.0
	for i := from; i < len(cells); i++ {
		if cells[i].r == '\n' {
			return i + 1, true
		}
		used += width(cells[i])
		if used > room+tolerance && !cells[i].blank() && i > from {
			return i, false
		}
	}
	return len(cells), false
}

// bestBreak picks the last place to break at or before end, giving up the weaker bonds first.
func bestBreak(cells []cell, from, end int) (at int, strength bond) {
	for strength = loose; strength < welded; strength++ {
		for at = end; at > from; at-- {
			if bondAt(cells, at) <= strength {
				return at, strength
			}
		}
	}
	return end, welded
}

// bondAt says how strongly cells[at-1] and cells[at] hold together.
func bondAt(cells []cell, at int) bond {
	a, b := cells[at-1].r, cells[at].r
	switch {
	case a == '\n':
		return loose
	case a == b && containsRune(doubled, a) && oddRun(cells, at):
		return welded
	case cells[at].width == 0 && !cells[at].blank():
		return welded // a mark set over the one before
	case b == ' ' || b == '\u3000':
		// Blanks hang over the edge of the line they end; none begins a line.
		return clinging
	case startForbidden(b) || endForbidden(a):
		return clinging
	case a == '\u00a0' || b == '\u00a0':
		return word
	case a == ' ' || a == '\u3000':
		return loose
	case wordRune(a) && wordRune(b):
		return word
	case digit(a) && han(b):
		return word // a number and its unit
	case b < 0x2E80 && digit(b) && containsRune("〕〉》", a):
		return word // a document's number
	case digit(a) && joinsDigits(b), joinsDigits(a) && digit(b) && at >= 2 && digit(cells[at-2].r):
		return word
	case wordRune(a) && containsRune("-'’/", b), containsRune("'’", a) && wordRune(b):
		return word
	case (a == '-' || a == '±' || a == '+') && digit(b):
		return word
	}
	return loose
}

// oddRun reports whether an odd number of the same sign stands before at, so that at falls inside a pair.
func oddRun(cells []cell, at int) bool {
	count := 0
	for i := at - 1; i >= 0 && cells[i].r == cells[at].r; i-- {
		count++
	}
	return count%2 == 1
}

func containsRune(set string, r rune) bool {
	for _, s := range set {
		if s == r {
			return true
		}
	}
	return false
}
