package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

var paperDate = regexp.MustCompile(`^20\d\d年[1-9]\d?月[1-9]\d?日$`)

// tailChecks are items 21 to 30: signature, annexes, imprint.
func tailChecks() []layoutCheck {
	return []layoutCheck{
		{no: 21, what: "with room for a stamp: date four characters from the right, body centred above, no seal drawn", on: "stamped", look: func(s specimen) (f []string) {
			body, date := s.signature()
			wrong(&f, len(date) == 0 || len(body) == 0, "no signature")
			if len(f) > 0 {
				return f
			}
			right := s.right(date[len(date)-1])
			off(&f, "date's end", right, areaRight-4*charPitch)
			off(&f, "middle of the body", (body[0].x+s.right(body[len(body)-1]))/2, (date[0].x+right)/2)
			off(&f, "date below the body", date[0].baseline-body[0].baseline, linePitch)
			wrong(&f, strings.Contains(string(s.raw), "/Subtype /Image"), "a picture is drawn")
			return f
		}, spoil: []spoiler{move("2025年4月7日", 12, 0), move("示范县驻村办", -9, 0).last(), inFile("/Subtype /Type0", "/Subtype /Image")}},
		{no: 22, what: "without a stamp: body two characters from the right, date two further in", on: "bulletin", look: func(s specimen) (f []string) {
			body, date := s.signature()
			if len(body) == 0 || len(date) == 0 {
				return []string{"no signature"}
			}
			off(&f, "body's end", s.right(body[len(body)-1]), areaRight-2*charPitch)
			off(&f, "date", date[0].x, body[0].x+2*charPitch)
			off(&f, "date below the body", date[0].baseline-body[0].baseline, linePitch)
			return f
		}, spoil: []spoiler{move("2025年4月7日", 12, 0), move("2025年4月7日", 0, 10)}},
		doesNot(23, "the signer's stamped name", "no person's name is stamped on these papers"),
		{no: 24, what: "date in Arabic figures, whole year, no leading zero", on: "bulletin", look: func(s specimen) (f []string) {
			_, date := s.signature()
			text := ""
			for _, d := range date {
				text += d.text
			}
			wrong(&f, !paperDate.MatchString(text), "date %q", text)
			return f
		}, spoil: []spoiler{
			inDoc(func(d *Document) { d.Date = "2025年04月07日" }), inDoc(func(d *Document) { d.Date = "二〇二五年四月七日" }), inDoc(func(d *Document) { d.Date = "25年4月7日" }),
		}},
		{no: 25, what: "the signature shares its page with text", on: "bulletin", look: func(s specimen) (f []string) {
			body, date := s.signature()
			if len(body) == 0 || len(date) == 0 {
				return []string{"no signature"}
			}
			_, page := s.line(s.doc.Signature + "") // the head bears it, too
			for i, p := range s.pages {
				if slices.ContainsFunc(p.texts, func(t shown) bool { return t == date[0] }) {
					page = i
				}
			}
			text := false
			for _, l := range s.pages[page].textLines() {
				text = text || l.first.size == 16 && l.baseline < body[0].baseline-linePitch/2 && !strings.HasPrefix(l.text, "附件") && !strings.HasPrefix(l.text, "2.")
			}
			wrong(&f, !text, "the signature is alone on page %d", page+1)
			return f
		}, spoil: []spoiler{{pages: func(_ specimen, pages []*page) {
			for _, p := range pages {
				at := slices.IndexFunc(p.lines, func(l line) bool { return textOfLine(l) == "2025年4月7日" })
				if at >= 0 {
					sign := p.lines[at].baseline
					p.lines = slices.DeleteFunc(p.lines, func(l line) bool { return l.baseline < sign-12 })
				}
			}
		}}}},
		doesNot(26, "note below the date", "no paper has one"),
		{no: 27, what: "annexes: own page, label in Hei on line 1, title centred on line 3, numbers go on", on: "bulletin", look: lookAnnexes,
			spoil: []spoiler{
				setIn("附件1", Text), change("问题整改台账", 4, func(l *line) { l.baseline += 8 }), move("附件2", 0, 15),
				inDoc(func(d *Document) { d.Annexes[0].Title = "另一个台账" }), inDoc(func(d *Document) { d.Annexes[1].Label = "" }),
			}},
		{no: 28, what: "imprint: last rule on the area's foot, rules 0.35, 0.25, 0.35 mm, 156 mm wide", on: "bulletin", look: func(s specimen) (f []string) {
			rules := s.imprintRules()
			if len(rules) != 3 {
				return []string{"not three rules"}
			}
			off(&f, "last rule", rules[2].y1, areaBottom)
			for i, want := range []float64{0.35, 0.25, 0.35} {
				within(&f, "thickness", rules[i].thick, want, 0.02)
				off(&f, "rule's left end", rules[i].x1, areaLeft)
				off(&f, "rule's right end", rules[i].x2, areaRight)
			}
			return f
		}, spoil: []spoiler{
			ruled(isFoot, func(r *rule) { r.thick = 0.25 }), ruled(isFoot, func(r *rule) { r.y1, r.y2 = r.y1-2, r.y2-2 }), ruled(isFoot, func(r *rule) { r.x1 += 3 }),
		}},
		{no: 29, what: "copies: size 4, one character in, turned lines after the colon, full stop", on: "bulletin", look: func(s specimen) (f []string) {
			l, page := s.line("抄送：")
			wrong(&f, page != len(s.pages)-1 || l.first.size != 14, "copies in %v on page %d", l.first.size, page+1)
			off(&f, "copies", l.x, areaLeft+em4)
			lines := s.pages[max(page, 0)].textLines()
			for i := range lines {
				if lines[i].text == l.text {
					off(&f, "turned line", lines[i+1].x, areaLeft+4*em4)
					wrong(&f, !strings.HasSuffix(l.text+lines[i+1].text, "。"), "no full stop")
				}
			}
			for _, on := range piecesOn(s.pages[max(page, 0)], l) {
				wrong(&f, s.right(on) > areaRight-em4+0.5, "copies end at %.1f", s.right(on))
			}
			return f
		}, spoil: []spoiler{move("抄送：", 8, 0), resized("抄送：", 16), inDoc(func(d *Document) { d.Imprint.CopyTo = strings.TrimSuffix(d.Imprint.CopyTo, "。") })}},
		{no: 30, what: "who printed and when: size 4, one character in, above the last rule", on: "bulletin", look: func(s specimen) (f []string) {
			page := len(s.pages) - 1
			var l textLine
			for _, on := range s.pages[page].textLines() {
				if strings.Contains(on.text, "印发") {
					l = on
				}
			}
			if l.first.size != 14 {
				return []string{"no line of printing in size 4 on the last page"}
			}
			off(&f, "body", l.x, areaLeft+em4)
			on := piecesOn(s.pages[page], l)
			off(&f, "date's end", s.right(on[len(on)-1]), areaRight-em4)
			wrong(&f, !strings.HasSuffix(l.text, "印发") || foot(l) > areaBottom, "line %q", l.text)
			return f
		}, spoil: []spoiler{move("7日印发", 9, 0), resized("7日印发", 12), inDoc(func(d *Document) { d.Imprint.IssuedOn = "2025年4月7日印" })}},
	}
}

// isFoot fits the last rule of the imprint.
func isFoot(r rule) bool { return r.thick == thickRule && r.y1 > 261 }

// last lets a spoiler alter the last line with its text instead of the first.
func (s spoiler) last() spoiler {
	return spoiler{pages: func(_ specimen, pages []*page) {
		for i := len(pages) - 1; i >= 0; i-- {
			for k, l := range pages[i].lines {
				if textOfLine(l) == "示范县驻村办" {
					for n := range l.cells {
						pages[i].lines[k].cells[n].x -= 9
					}
					return
				}
			}
		}
		panic("no signature")
	}}
}

// signature gives the pieces of the signing body and of the date.
func (s specimen) signature() (body, date []shown) {
	for _, p := range s.pages {
		lines := p.textLines()
		for i, l := range lines {
			if i > 0 && strings.HasPrefix(l.text, s.doc.Date) && l.first.size == 16 && strings.HasPrefix(lines[i-1].text, s.doc.Signature) {
				return piecesOn(p, lines[i-1]), piecesOn(p, l)
			}
		}
	}
	return nil, nil
}

// imprintRules are the last page's rules, from the top down, of the three that the imprint has.
func (s specimen) imprintRules() []stroke {
	var rules []stroke
	for _, r := range s.pages[len(s.pages)-1].strokes {
		if math.Abs(r.y1-r.y2) < 0.01 && r.x2-r.x1 > 140 && (r.y1 > 225) {
			rules = append(rules, r)
		}
	}
	slices.SortFunc(rules, func(a, b stroke) int { return int(math.Round(a.y1*100) - math.Round(b.y1*100)) })
	return rules
}

func lookAnnexes(s specimen) (f []string) {
	for i, a := range s.doc.Annexes {
		wrong(&f, a.Label == "" || a.Title != a.ListName, "annex %d: label %q, title %q, listed as %q", i+1, a.Label, a.Title, a.ListName)
		if a.Label == "" {
			continue
		}
		page := slices.IndexFunc(s.pages, func(p drawing) bool { return strings.HasPrefix(p.textLines()[0].text, a.Label) })
		if page < 0 {
			f = append(f, a.Label+" does not begin a page")
			continue
		}
		lines := s.pages[page].textLines()
		wrong(&f, !s.inFace(lines[0].first, Hei) || lines[0].first.size != 16, "label in %s", lines[0].first.font)
		off(&f, "label", lines[0].x, areaLeft)
		off(&f, "label's top", top(lines[0]), areaTop)
		wrong(&f, lines[1].text != a.Title, "%q stands below the label", lines[1].text)
		off(&f, "annex's title", top(lines[1]), areaTop+2*linePitch)
		on := piecesOn(s.pages[page], lines[1])
		off(&f, "its middle", (lines[1].x+s.right(on[len(on)-1]))/2, 106)
		number := lines[len(lines)-1].text
		wrong(&f, number != "— "+string(rune('1'+page))+" —", "page %d bears %q", page+1, number)
	}
	return f
}
