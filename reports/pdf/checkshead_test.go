package pdf

import (
	"math"
	"regexp"
	"strings"
)

var (
	documentNumber = regexp.MustCompile(`^\p{Han}+〔20\d\d〕[1-9]\d*号$`)
	copyNumber     = regexp.MustCompile(`^\d{6}$`)
)

// headChecks are items 8 to 14 and 34 to 36: the head and the other forms.
func headChecks() []layoutCheck {
	return []layoutCheck{
		{no: 8, what: "copy number: six figures, flush left, first line", on: "marked", look: func(s specimen) (f []string) {
			l := s.pages[0].texts[0]
			wrong(&f, !copyNumber.MatchString(l.text) || l.size != 16, "copy number %q in %v", l.text, l.size)
			off(&f, "copy number", l.x, areaLeft)
			off(&f, "its top", l.baseline-ascent*em3, areaTop)
			return f
		}, spoil: []spoiler{inDoc(func(d *Document) { d.CopyNumber = "1" }), move("000123", 5, 0), move("000123", 0, 10)}},
		{no: 9, what: "secrecy and its term: Hei, flush left, second line", on: "marked", look: func(s specimen) (f []string) {
			return lookMark(s, "★", 1)
		}, spoil: []spoiler{setIn("秘密★1年", Text), move("秘密★1年", 0, -8)}},
		{no: 10, what: "urgency: Hei, flush left, below secrecy", on: "marked", look: func(s specimen) (f []string) {
			return lookMark(s, "特急", 2)
		}, spoil: []spoiler{setIn("特急", Text), move("特急", 40, 0)}},
		{no: 11, what: "issuer's mark: red, centred, ink 35 mm below the area's top, within 156 mm", on: "bulletin", look: func(s specimen) (f []string) {
			mark := s.pages[0].texts[0]
			wrong(&f, mark.text != s.doc.Mark || !mark.red || !s.inFace(mark, SongBold), "mark %q in %s", mark.text, mark.font)
			wrong(&f, mark.size > 62, "mark of %v pt", mark.size)
			off(&f, "mark's upper edge", mark.baseline-s.reach()*mark.size*mmPerPoint, 72)
			off(&f, "mark's middle", (mark.x+s.right(mark))/2, 106)
			wrong(&f, s.right(mark)-mark.x > areaWidth+0.5, "mark is %.1f mm wide", s.right(mark)-mark.x)
			return f
		}, spoil: []spoiler{
			move("办公室文件", 0, 3), move("办公室文件", 4, 0), setIn("办公室文件", Hei),
			change("办公室文件", -1, func(l *line) { l.colour = black }),
		}},
		{no: 12, what: "number: two lines below the mark, centred, its form", on: "bulletin", look: func(s specimen) (f []string) {
			mark, number := s.pages[0].textLines()[0], s.pages[0].textLines()[1]
			wrong(&f, !documentNumber.MatchString(number.text) || strings.Contains(number.text, "第"), "number %q", number.text)
			wrong(&f, number.first.size != 16 || !s.inFace(number.first, Text), "number in %v %s", number.first.size, number.first.font)
			off(&f, "number", top(number), foot(mark)+2*linePitch)
			last := s.pages[0].texts[len(piecesOn(s.pages[0], number))]
			off(&f, "number's middle", (number.x+s.right(last))/2, 106)
			return f
		}, spoil: []spoiler{
			inDoc(func(d *Document) { d.Number = "示驻村办第〔2025〕3号" }), inDoc(func(d *Document) { d.Number = "示驻村办〔2025〕03号" }),
			inDoc(func(d *Document) { d.Number = "示驻村办[2025]3号" }), move("示驻村办〔2025〕3号", 0, 6), move("示驻村办〔2025〕3号", 20, 0),
		}},
		doesNot(13, "the signer's name in the head", "it stands on papers to a higher body only; none of ours is one"),
		{no: 14, what: "red rule 4 mm below the number, 156 mm wide", on: "bulletin", look: func(s specimen) (f []string) {
			number := s.pages[0].textLines()[1]
			var rules []stroke
			for _, r := range s.pages[0].strokes {
				if r.red {
					rules = append(rules, r)
				}
			}
			if len(rules) != 1 {
				return []string{"there is not one red rule"}
			}
			off(&f, "red rule", rules[0].y1, foot(number)+4)
			off(&f, "its left end", rules[0].x1, areaLeft)
			off(&f, "its right end", rules[0].x2, areaRight)
			wrong(&f, rules[0].thick < 0.5 || rules[0].thick > 1, "%.2f mm thick", rules[0].thick)
			return f
		}, spoil: []spoiler{
			ruled(isRed, func(r *rule) { r.y1, r.y2 = r.y1+2, r.y2+2 }), ruled(isRed, func(r *rule) { r.x2 -= 20 }),
			ruled(isRed, func(r *rule) { r.colour = black }), ruled(isRed, func(r *rule) { r.thick = 0.2 }),
		}},
		{no: 34, what: "letter form: mark 30 mm from the page's top, double rules of 170 mm, no number on page 1", on: "letter", look: lookLetter,
			spoil: []spoiler{
				ruled(isRed, func(r *rule) { r.x1 += 7 }), ruled(isRed, func(r *rule) { r.thick = 0.1 }), move("示驻村办函", -60, 0),
				inDoc(func(d *Document) { d.Kind = Bulletin }), move("管理办公室", 0, 6),
			}},
		doesNot(35, "order form", "the office issues no orders (命令); they are an organ of government's"),
		{no: 36, what: "minutes form: mark ends in the word for minutes, attendance below the text", on: "minutes", look: func(s specimen) (f []string) {
			mark := s.pages[0].texts[0]
			wrong(&f, !strings.HasSuffix(mark.text, "纪要") || !mark.red, "mark %q", mark.text)
			off(&f, "mark's upper edge", mark.baseline-s.reach()*mark.size*mmPerPoint, 72)
			for _, lead := range []string{"出席：", "请假：", "列席："} {
				l, page := s.line(lead)
				wrong(&f, page < 0 || !s.inFace(l.first, Hei), "%s is set in %s", lead, l.first.font)
				off(&f, lead, l.x, areaLeft+indent)
				var names shown
				for _, text := range s.pages[max(page, 0)].texts {
					if math.Abs(text.baseline-l.baseline) < 0.05 && text.x > l.x {
						names = text
					}
				}
				wrong(&f, !s.inFace(names, Text), "names in %s", names.font)
			}
			return f
		}, spoil: []spoiler{inDoc(func(d *Document) { d.Mark = "示范县驻村办文件" }), setIn("请假：", Text), move("列席：", -11, 0)}},
	}
}

func isRed(r rule) bool { return r.colour == red }

// reach is how far the mark's ink stands above its baseline, in em.
func (s specimen) reach() float64 {
	reach := 0.0
	for _, c := range newLayout(s.doc, s.faces, 1).shape(span{SongBold, s.doc.Mark}) {
		_, _, top := c.face.ink(c.index)
		reach = max(reach, top)
	}
	return reach
}

func piecesOn(p drawing, l textLine) (on []shown) {
	for _, text := range p.texts {
		if math.Abs(text.baseline-l.baseline) < 0.05 {
			on = append(on, text)
		}
	}
	return on
}

func lookMark(s specimen, text string, line int) (f []string) {
	l, page := s.line(text)
	wrong(&f, page != 0 || l.first.size != 16 || !s.inFace(l.first, Hei), "%q in %v %s", l.text, l.first.size, l.first.font)
	off(&f, l.text, l.x, areaLeft)
	off(&f, "top of "+l.text, top(l), areaTop+float64(line)*linePitch)
	return f
}

func lookLetter(s specimen) (f []string) {
	first, last := s.pages[0], s.pages[len(s.pages)-1]
	mark := first.texts[0]
	wrong(&f, strings.HasSuffix(mark.text, "文件") || !mark.red, "mark %q", mark.text)
	off(&f, "mark's upper edge", mark.baseline-s.reach()*mark.size*mmPerPoint, 30)
	var rules []stroke
	for _, r := range first.strokes {
		if r.red {
			rules = append(rules, r)
			off(&f, "left end of a rule", r.x1, 20)
			off(&f, "right end of a rule", r.x2, 190)
		}
	}
	if len(rules) != 4 {
		return append(f, "there are not two double rules")
	}
	off(&f, "upper rule", rules[0].y1, mark.baseline+(1-ascent)*mark.size*mmPerPoint+4)
	off(&f, "lower rule", rules[3].y1, 277)
	wrong(&f, rules[0].thick <= rules[1].thick || rules[2].thick >= rules[3].thick, "thick and thin rules are exchanged")
	number, _ := s.line("〔2025〕2号")
	on := piecesOn(first, number)
	off(&f, "number's right end", s.right(on[len(on)-1]), areaRight)
	within(&f, "number's top", top(number), rules[0].y1+em3*7/8, 1)
	for _, text := range first.texts {
		wrong(&f, strings.Contains(text.text, "— 1 —"), "page 1 bears a number")
	}
	for _, text := range last.texts {
		wrong(&f, strings.Contains(text.text, "印发"), "the imprint names who printed")
	}
	for _, r := range last.strokes {
		wrong(&f, !r.red, "the imprint has rules")
	}
	return f
}
