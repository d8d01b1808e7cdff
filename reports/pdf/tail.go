package pdf

// annexList stands one line below the text, indented by two; names align, and so do their turned lines (7.3.4).
func (l *layout) annexList() []unit {
	type entry struct{ number, name []cell }
	var entries []entry
	widest := 0.0
	for _, a := range l.doc.Annexes {
		if a.ListName == "" {
			continue
		}
		e := entry{l.shape(span{Text, a.ListNumber}), l.shape(span{Text, a.ListName})}
		widest = max(widest, bodySetting.measure(e.number))
		entries = append(entries, e)
	}
	if len(entries) == 0 {
		return nil
	}
	lead := l.shape(span{Text, l.doc.AnnexLead})
	left := areaLeft + indent
	numbers := left + bodySetting.measure(lead)
	names := numbers + widest
	units := []unit{l.blankBefore()}
	for i, e := range entries {
		for n, cells := range l.rowsOf(e.name, bodySetting, names, areaRight-names, 0) {
			if n == 0 {
				cells = append(bodySetting.place(e.number, numbers, widest, true), cells...)
				if i == 0 {
					cells = append(bodySetting.place(lead, left, numbers-left, true), cells...)
				}
			}
			u := l.onGrid(l.textUnit(size3, cells))
			u.body, u.keep = false, true
			units = append(units, u)
		}
	}
	return units
}

// signature is the signing body and the date, one line below (7.3.5). Without a seal the body is two characters from
// the right and the date begins two further in; with room for a stamp the date is four from the right and the body
// centred above it.
func (l *layout) signature() []unit {
	body, date := l.shape(span{Text, l.doc.Signature}), l.shape(span{Text, l.doc.Date})
	if len(body)+len(date) == 0 {
		return nil
	}
	bodyWide, dateWide := bodySetting.measure(body), bodySetting.measure(date)
	var bodyAt, dateAt float64
	switch {
	case l.doc.SealSpace:
		dateAt = areaRight - 4*charPitch - dateWide
		bodyAt = dateAt + (dateWide-bodyWide)/2
		if over := bodyAt + bodyWide - areaRight; over > 0 { // a long name would leave the area: both move left
			bodyAt, dateAt = bodyAt-over, dateAt-over
		}
	case dateWide > bodyWide:
		dateAt = areaRight - 2*charPitch - dateWide
		bodyAt = dateAt - 2*charPitch
	default:
		bodyAt = areaRight - 2*charPitch - bodyWide
		dateAt = bodyAt + 2*charPitch
	}
	units := []unit{l.blankBefore()}
	for _, part := range []struct {
		cells []cell
		at    float64
	}{{body, bodyAt}, {date, dateAt}} {
		if len(part.cells) == 0 {
			continue
		}
		u := l.onGrid(l.textUnit(size3, bodySetting.place(part.cells, max(part.at, areaLeft), areaWidth, true)))
		u.body, u.sign, u.keep = false, true, true
		units = append(units, u)
	}
	units[len(units)-1].keep = false
	return units
}

// blankBefore is the empty line above what must not be parted from the text's end.
func (l *layout) blankBefore() unit {
	u := l.blankLines(1)
	u.keep = true
	return u
}

// annex begins on a page of its own: label at the top left, title centred on the third line (7.3.7).
func (l *layout) annex(a Annex) []unit {
	open := unit{newPage: true, keep: true, draw: func(*page, float64) {}}
	var units []unit
	if a.Label != "" {
		label := l.textUnit(size3, bodySetting.place(l.shape(span{Hei, a.Label}), areaLeft, areaWidth, true))
		label.body, label.keep, label.newPage = false, true, true
		gap := unit{height: l.pitch, keep: true, draw: func(*page, float64) {}}
		units = append(units, label, gap)
		open.newPage = false
	}
	s := setting{size: size2, align: Center}
	rows := l.titleRows(a.Title, SongBold, s, areaWidth)
	for i, cells := range rows {
		u := l.textUnit(size2, s.place(cells, areaLeft, areaWidth, true))
		u.body, u.keep, u.height = false, true, titlePitch(size2, l.pitch)
		if i == len(rows)-1 {
			u.height = size2*mmPerPoint + l.pitch
		}
		units = append(units, u)
	}
	if len(units) == 0 {
		units = append(units, open)
	}
	units[0].newPage = true
	return append(units, l.unitsOf(a.Body)...)
}

// imprintRow is the height of one line of the imprint, proofRow that of the small print above it.
const imprintRow, proofRow = 8.6, 3.4

// imprint ends at the foot of the last page's area (7.4); if the page has no room for it, of a further page.
func (l *layout) imprint() {
	im := l.doc.Imprint
	if im.empty() {
		return
	}
	s := setting{size: size4, full: true}
	lead := l.shape(span{Text, im.CopyLead})
	names := areaLeft + em4 + s.measure(lead)
	var copies [][]placed
	if cells := l.shape(span{Text, im.CopyTo}); len(cells) > 0 {
		copies = l.rowsOf(cells, s, names, areaRight-em4-names, 0)
		copies[0] = append(s.place(lead, areaLeft+em4, names-areaLeft, true), copies[0]...)
	}
	ruled := l.doc.Kind != Letter
	issue := ruled && (im.IssuedBy != "" || im.IssuedOn != "")
	lines := len(copies)
	if issue {
		lines++
	}
	top := areaBottom - float64(lines)*imprintRow
	if l.started && l.y > top-1 && lines > 0 {
		l.addPage()
		l.imprintAlone = true
	}
	p := l.page()
	l.proof(im.Proof, top)
	centre := (imprintRow - em4) / 2
	y := top
	if ruled && lines > 0 {
		p.ruleAcross(areaLeft, top, areaWidth, thickRule, black)
		p.ruleAcross(areaLeft, areaBottom, areaWidth, thickRule, black)
	}
	for _, cells := range copies {
		l.put(cells, size4, y+centre, black)
		y += imprintRow
	}
	if issue {
		if len(copies) > 0 {
			p.ruleAcross(areaLeft, y, areaWidth, thinRule, black)
		}
		by, on := l.shape(span{Text, im.IssuedBy}), l.shape(span{Text, im.IssuedOn})
		onWide := s.measure(on)
		plain := setting{size: size4}
		l.put(plain.place(by, areaLeft+em4, areaWidth, true), size4, y+centre, black)
		l.put(plain.place(on, areaRight-em4-onWide, onWide, true), size4, y+centre, black)
	}
	l.started = true
}

// proof sets the small print above the imprint, broken wherever a line is full: a check value has no words. Where the
// page is full it stands under the page number instead, for it must not open a page.
func (l *layout) proof(text string, imprint float64) {
	s := setting{size: smallPrint}
	cells := l.shape(span{Song, text})
	var rows [][]placed
	for len(cells) > 0 {
		n, used := 0, 0.0
		for n < len(cells) && (n == 0 || used+s.width(cells[n]) <= areaWidth) {
			used += s.width(cells[n])
			n++
		}
		rows = append(rows, s.place(cells[:n], areaLeft, areaWidth, true))
		cells = cells[n:]
	}
	y := imprint - float64(len(rows))*proofRow - 1
	switch {
	case y > l.y+1:
	case l.doc.Kind == Letter: // its last rule stands there
		y = letterFootRule + 3
	default:
		y = areaBottom + pageNumberGap + 4.5
	}
	for i, cells := range rows {
		l.put(cells, smallPrint, y+float64(i)*proofRow, black)
	}
}
