package pdf

import (
	"math"
	"strings"
)

// bodyChecks are items 15 to 20: title, addressees, text, levels, list of annexes.
func bodyChecks() []layoutCheck {
	return []layoutCheck{
		{no: 15, what: "title: size 2, two lines below the rule, centred, trapezium or diamond", on: "bulletin", look: lookTitle,
			spoil: []spoiler{
				move("督查情况的通报", 9, 0), setIn("督查情况的通报", Hei), resized("督查情况的通报", 18), move("示范县驻村帮扶工作队管理办公室", 0, 4).onTitle(),
				inDoc(func(d *Document) { d.Title = "示范县驻村办关于督查情况的通报。" }),
				change("督查情况的通报", -1, func(l *line) { // an hourglass
					l.cells = append(l.cells[:len(l.cells):len(l.cells)], l.cells...)
					l.cells = append(l.cells, l.cells[:7]...)
				}),
			}},
		{no: 16, what: "addressees: one line below the title, flush left, closing colon", on: "bulletin", look: func(s specimen) (f []string) {
			to, page := s.line(string([]rune(s.doc.To)[:6]))
			var last textLine
			for _, l := range s.pages[0].textLines() {
				if l.first.size == 22 {
					last = l
				}
			}
			wrong(&f, page != 0 || !strings.HasSuffix(to.text, "：") || to.first.size != 16, "addressees %q", to.text)
			off(&f, "addressees", to.x, areaLeft)
			off(&f, "their top", top(to), foot(last)+linePitch)
			return f
		}, spoil: []spoiler{inDoc(func(d *Document) { d.To = "各乡镇党委，各帮扶单位" }), move("各乡镇党委，各帮扶", 11, 0), move("各乡镇党委，各帮扶", 0, -6)}},
		{no: 17, what: "page 1 shows text", on: "bulletin", look: func(s specimen) (f []string) {
			l, page := s.line(string([]rune(s.doc.Body[0].(Para).Text)[:6]))
			wrong(&f, page != 0 || l.baseline > areaBottom, "the text begins on page %d", page+1)
			return f
		}, spoil: []spoiler{without(0, func(l line) bool { return l.baseline > 180 }), inDoc(func(d *Document) {
			d.To = strings.Repeat("各乡镇党委，各帮扶单位党组，", 30) + "："
		})}},
		{no: 18, what: "paragraphs indented by two characters, turned lines flush", on: "bulletin", look: func(s specimen) (f []string) {
			for _, b := range s.doc.Body {
				p, ok := b.(Para)
				if !ok {
					continue
				}
				l, page := s.line(string([]rune(p.Text)[:8]))
				off(&f, "first line", l.x, areaLeft+indent)
				for _, next := range s.pages[page].textLines() { // the line below, if it belongs to this paragraph
					if math.Abs(next.baseline-l.baseline-linePitch) < 0.3 && strings.Contains(p.Text, next.text) {
						off(&f, "turned line", next.x, areaLeft)
					}
				}
			}
			return f
		}, spoil: []spoiler{move("按照《关于进一步", -5, 0), move("本月县驻村办有", 6, 0)}},
		{no: 19, what: "levels in Hei, Kai and the face of the text, none bold, none skipped", on: "bulletin", look: lookLevels,
			spoil: []spoiler{
				setIn("一、督查开展", SongBold), setIn("（一）总体", Hei), setIn("1. 3月12日", Kai), setIn("二、出勤", Text),
				inDoc(func(d *Document) {
					d.Body = append(d.Body, Heading{Level: 1, Text: "八、其他"}, Heading{Level: 4, Text: "（1）其他"})
				}),
			}},
		{no: 20, what: "list of annexes: one line below the text, indented by two, names aligned, no stop", on: "bulletin", look: func(s specimen) (f []string) {
			one, page := s.line("附件：1.")
			wrong(&f, page < 0, "no list of annexes")
			off(&f, "list", one.x, areaLeft+indent)
			lines := s.pages[max(page, 0)].textLines()
			for i, l := range lines {
				if l.text != one.text || i == 0 {
					continue
				}
				off(&f, "distance from the text", l.baseline-lines[i-1].baseline, 2*linePitch)
				two := lines[i+1]
				wrong(&f, !strings.HasPrefix(two.text, "2."), "second entry %q", two.text)
				off(&f, "second entry", two.x, areaLeft+indent+3*charPitch)
			}
			for _, a := range s.doc.Annexes {
				l, _ := s.line(strings.TrimSpace(a.ListNumber) + a.ListName)
				wrong(&f, strings.HasSuffix(l.text, "。") || strings.HasSuffix(l.text, "；"), "%q ends in a stop", l.text)
			}
			return f
		}, spoil: []spoiler{move("2.随机抽取", -11, 0), move("附件：1.", 0, -8), inDoc(func(d *Document) { d.Annexes[1].ListName += "。" })}},
	}
}

// onTitle lets a spoiler that moves a line by its text alter the title, which follows the mark of the same name.
func (s spoiler) onTitle() spoiler {
	return spoiler{pages: func(_ specimen, pages []*page) {
		for i := range pages[0].lines {
			if pages[0].lines[i].size == 22 {
				pages[0].lines[i].baseline += 4
				return
			}
		}
		panic("no title")
	}}
}

func lookTitle(s specimen) (f []string) {
	var rows []textLine
	for _, l := range s.pages[0].textLines() {
		if l.first.size == 22 {
			rows = append(rows, l)
		}
	}
	if len(rows) == 0 {
		return []string{"no title in size 2"}
	}
	title := ""
	falling := false
	var before float64
	for i, l := range rows {
		wrong(&f, !s.inFace(l.first, SongBold), "title in %s", l.first.font)
		on := piecesOn(s.pages[0], l)
		left, right := on[0].x, s.right(on[len(on)-1])
		off(&f, "middle of a title line", (left+right)/2, 106)
		wrong(&f, right-left > areaWidth+0.5, "title line of %.1f mm", right-left)
		if i > 0 {
			wrong(&f, right-left > before+0.5 && falling, "the title forms an hourglass")
			falling = falling || right-left < before-0.5
		}
		before = right - left
		title += l.text
	}
	wrong(&f, title != strings.ReplaceAll(s.doc.Title, "|", ""), "title %q", title)
	wrong(&f, strings.ContainsAny(title[len(title)-len("。"):], "。，；："), "the title ends in a stop")
	for _, r := range s.pages[0].strokes {
		if r.red {
			off(&f, "title's top", top(rows[0]), r.y1+2*linePitch)
		}
	}
	return f
}

func lookLevels(s specimen) (f []string) {
	level := 0
	for _, b := range s.doc.Body {
		h, ok := b.(Heading)
		if !ok {
			continue
		}
		text := h.Text + h.RunIn
		l, page := s.line(string([]rune(text)[:6]))
		wrong(&f, page < 0, "no heading %q", h.Text)
		want := map[int]Role{1: Hei, 2: Kai, 3: Text, 4: Text}[h.Level]
		wrong(&f, !s.inFace(l.first, want), "level %d %q is set in %s", h.Level, h.Text, l.first.font)
		// Level 3 may follow level 1, as 1. after 一、 does in most papers; 2 may not follow nothing, nor 4 follow 1.
		wrong(&f, h.Level == 2 && level == 0 || h.Level == 4 && level < 3, "level %d follows %d", h.Level, level)
		level = h.Level
	}
	return f
}
