package pdf

// Places of a cover's parts, in mm from the page's top.
const (
	coverOver, coverTitle = 62.0, 84.0
	coverItems            = 140.0
	coverItemsWidth       = 124.0
	coverFoot             = 246.0
	coverTitleSize        = 30.0
	coverItemSize         = 15.0
)

// cover sets the first page of a case file.
func (l *layout) cover() {
	c := l.doc.Cover
	p := l.addPage()
	p.unnumbered = true
	if c.Over != "" {
		l.centred(c.Over, SongBold, size2, coverOver)
	}
	y := l.title(c.Title, coverTitle, coverTitleSize)
	if c.Number != "" {
		y += 8
		l.centred(c.Number, Text, size3, y)
		y += em3
	}
	l.y = max(coverItems, y+14)
	l.started = true
	l.flow(l.form(c.Items, coverItemSize, (pageWidth-coverItemsWidth)/2, coverItemsWidth))
	foot := max(coverFoot-float64(len(c.Foot)-1)*l.pitch, l.y+6)
	for i, text := range c.Foot {
		l.centred(text, Text, size3, foot+float64(i)*l.pitch)
	}
}
