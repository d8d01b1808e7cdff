package pdf

// setting says how a run of cells becomes lines.
type setting struct {
	size  float64 // points
	pitch float64 // mm from one Han character to the next; 0 means the size itself
	align Align
	full  bool // both edges straight
}

// bodySetting is running text on the grid of 28 characters.
var bodySetting = setting{size: size3, pitch: charPitch, full: true}

func (s setting) em() float64 { return s.size * mmPerPoint }

// width of one cell with the space after it.
func (s setting) width(c cell) float64 {
	if c.r == '\n' {
		return 0
	}
	return c.width*s.em() + s.tracking(c)
}

// tracking is the grid's space after a cell; Latin letters and figures keep their own fit.
func (s setting) tracking(c cell) float64 {
	if s.pitch == 0 || !c.wide() {
		return 0
	}
	return s.pitch - s.em()
}

func (s setting) measure(cells []cell) float64 {
	total := 0.0
	for _, c := range cells {
		total += s.width(c)
	}
	return total
}

// place puts a row's cells on the page between x and x+room.
func (s setting) place(cells []cell, x, room float64, last bool) []placed {
	for len(cells) > 0 && (cells[len(cells)-1].blank() || cells[len(cells)-1].r == '\n') {
		cells = cells[:len(cells)-1]
	}
	slack := room - s.measure(cells)
	gap := 0.0
	switch {
	case s.align == Center:
		x += slack / 2
	case s.align == Right:
		x += slack
	case s.full && !last:
		gap = s.letIn(cells, slack)
	}
	result := make([]placed, 0, len(cells))
	for i, c := range cells {
		after := s.tracking(c)
		if i+1 < len(cells) && opens(cells, i) {
			after += gap
		}
		result = append(result, placed{cell: c, x: x, after: after})
		x += c.width*s.em() + after
	}
	return result
}

// letIn shares the slack among the places where a line may be opened; too much of it stays at the end.
func (s setting) letIn(cells []cell, slack float64) float64 {
	places := 0
	for i := 0; i+1 < len(cells); i++ {
		if opens(cells, i) {
			places++
		}
	}
	if places == 0 || slack/float64(places) > 0.3*s.em() {
		return 0
	}
	return slack / float64(places)
}

// opens reports whether space may be let in after cells[i]: beside a Han character or at a blank,
// never within a number, a Latin word or a dash.
func opens(cells []cell, i int) bool {
	a, b := cells[i], cells[i+1]
	if a.r == b.r && containsRune(doubled, a.r) {
		return false
	}
	return a.wide() || b.wide() || a.blank()
}
