package pdf

import (
	"cmp"
	"strconv"
)

// keyValues lays labelled values out: ruled like a form, or as lines with a hanging indent.
func (l *layout) keyValues(k KeyValues) []unit {
	size := k.Size
	if size == 0 {
		size = size4
	}
	if k.Ruled {
		units := together(l.form(k.Items, size, areaLeft, areaWidth), cmp.Or(k.Together, areaHeight*2/3))
		return append(units, unit{height: 2.5, gap: true})
	}
	s := setting{size: size, full: true}
	keys := l.keyWidth(k.Items, s)
	var units []unit
	for _, item := range k.Items {
		rows := l.rowsOf(l.shape(span{Text, item.Value}), s, areaLeft+keys, areaWidth-keys, 0)
		key := s.place(l.shape(span{Hei, item.Key}), areaLeft, keys, true)
		if len(rows) == 0 {
			rows = [][]placed{nil}
		}
		for i, cells := range rows {
			if i == 0 {
				cells = append(key, cells...)
			}
			u := l.textUnit(size, cells)
			u.height, u.box = s.em()*1.75, s.em()
			units = append(units, u)
		}
	}
	return units
}

// form is a ruled table of two columns, keys in Hei.
func (l *layout) form(items []KeyValue, size, left, room float64) []unit {
	s := setting{size: size}
	keys := l.keyWidth(items, s) + 2*cellPad
	g := grid{
		left: left, size: size, pad: 1.8,
		widths: []float64{keys, room - keys},
		aligns: []Align{Center, Left},
		roles:  []Role{Hei, Text},
		late:   map[int]func() string{},
	}
	rows := make([][]string, len(items))
	for i, item := range items {
		rows[i] = []string{item.Key, item.Value}
		if item.Pages {
			rows[i][1] = ""
			g.late[i] = func() string { return strconv.Itoa(l.numbered(len(l.pages) - 1)) }
		}
	}
	return l.tableRows(g, nil, rows)
}

// keyWidth is the widest key and one character, at most two fifths of the area.
func (l *layout) keyWidth(items []KeyValue, s setting) float64 {
	widest := 0.0
	for _, item := range items {
		widest = max(widest, s.measure(l.shape(span{Hei, item.Key})))
	}
	return min(widest+s.em(), areaWidth*2/5)
}
