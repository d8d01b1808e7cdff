package pdf

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	mediaBox   = regexp.MustCompile(`/MediaBox \[([^\]]*)\]`)
	anyColour  = regexp.MustCompile(`(?m)(?:^|\s)([\d.]+ [\d.]+ [\d.]+ (?:rg|RG)|[\d.]+ [gG])(?:\s|$)`)
	knownTints = map[string]bool{"0.000 g": true, "0.000 G": true, "0 g": true, "0.000 0.000 0.000 rg": true, "0 G": true, "1.000 0.000 0.000 rg": true, "1.000 0.000 0.000 RG": true}
)

// pageChecks are items 1 to 7 and 31 to 33: the page.
func pageChecks() []layoutCheck {
	return []layoutCheck{
		{no: 1, what: "A4, upright", on: "bulletin", look: func(s specimen) (f []string) {
			boxes := mediaBox.FindAllStringSubmatch(string(s.raw), -1)
			wrong(&f, len(boxes) == 0, "no media box")
			for _, b := range boxes {
				wrong(&f, b[1] != "0 0 595.28 841.89", "the page is %s", b[1])
			}
			wrong(&f, strings.Contains(string(s.raw), "/Rotate 90"), "a page is turned")
			return f
		}, spoil: []spoiler{inFile("595.28 841.89", "612.00 792.00")}},
		{no: 2, what: "nothing leaves the area of 156 by 225 mm", on: "bulletin", look: lookArea,
			spoil: []spoiler{move("按照《关于进一步", 3, 0), move("抄送：", 0, 28), move("城关镇", -9, 0)}},
		{no: 3, what: "running text in size 3, black, face of the text", on: "bulletin", look: func(s specimen) (f []string) {
			for _, b := range s.doc.Body {
				p, ok := b.(Para)
				if !ok || p.Lead != "" {
					continue
				}
				l, page := s.line(string([]rune(p.Text)[:8]))
				wrong(&f, page < 0, "no line %q", p.Text)
				wrong(&f, l.first.size != 16 || !s.inFace(l.first, Text) || l.first.red, "%.8s… is set in %v %s", l.text, l.first.size, l.first.font)
			}
			return f
		}, spoil: []spoiler{resized("按照《关于进一步", 15), setIn("按照《关于进一步", Hei)}},
		{no: 4, what: "22 lines of 28 characters that fill the area", on: "grid", look: func(s specimen) (f []string) {
			lines := s.pages[1].textLines()
			lines = lines[:len(lines)-1] // the page number
			wrong(&f, len(lines) != 22, "%d lines", len(lines))
			for _, l := range lines {
				wrong(&f, utf8.RuneCountInString(l.text) != 28, "%d characters: %s", utf8.RuneCountInString(l.text), l.text)
				within(&f, "right end of a line", s.right(l.first), areaRight, 0.3)
			}
			within(&f, "foot of the last line", foot(lines[len(lines)-1]), areaBottom, 0.3)
			return f
		}, spoil: []spoiler{
			without(1, func(l line) bool { return l.baseline > 255 && l.baseline < 262 }),
			change("督查", 1, func(l *line) { l.cells = l.cells[:27] }),
			{pages: func(_ specimen, pages []*page) {
				for i := range pages[1].lines {
					l := &pages[1].lines[i]
					for k := range l.cells { // the pitch of 16 pt type without the standard's narrowing
						l.cells[k].x += float64(k) * (em3 - charPitch)
						l.cells[k].after = 0
					}
				}
			}},
		}},
		{no: 5, what: "line pitch 10.446 mm", on: "grid", look: func(s specimen) (f []string) {
			lines := s.pages[1].textLines()
			for i := 1; i < len(lines)-1; i++ {
				within(&f, "distance of two lines", lines[i].baseline-lines[i-1].baseline, linePitch, 0.05)
			}
			return f
		}, spoil: []spoiler{{pages: func(_ specimen, pages []*page) { pages[1].lines[9].baseline += 0.3 }}}},
		{no: 6, what: "black but for the red head", on: "bulletin", look: func(s specimen) (f []string) {
			for i, p := range s.pages {
				for _, c := range anyColour.FindAllStringSubmatch(p.stream, -1) {
					wrong(&f, !knownTints[c[1]], "colour %s on page %d", c[1], i+1)
				}
				for _, text := range p.texts {
					wrong(&f, text.red && (i > 0 || text.text != s.doc.Mark), "%q is red", text.text)
				}
				for _, r := range p.strokes {
					wrong(&f, r.red && i > 0, "a red rule on page %d", i+1)
				}
			}
			return f
		}, spoil: []spoiler{
			change("按照《关于进一步", -1, func(l *line) { l.colour = colour{0, 0, 200} }),
			change("各乡镇党委，各帮扶", -1, func(l *line) { l.colour = red }),
			ruled(func(r rule) bool { return r.colour == black }, func(r *rule) { r.colour = grey }),
		}},
		doesNot(7, "printed on both sides, stapled", "that is done at the printer; the file can only keep its pages equal"),
		{no: 31, what: "page number between dashes, 7 mm below the area, odd right, even left", on: "bulletin", look: func(s specimen) (f []string) {
			for i, p := range s.pages {
				lines := p.textLines()
				l := lines[len(lines)-1]
				want := "— " + string(rune('1'+i)) + " —"
				wrong(&f, l.text != want, "page %d bears %q", i+1, l.text)
				wrong(&f, l.first.size != 14 || !s.inFace(l.first, Song), "number in %v %s", l.first.size, l.first.font)
				off(&f, "dash", l.baseline-0.3*em4, 269)
				if i%2 == 1 {
					off(&f, "even number", l.x, areaLeft+em4)
				} else {
					off(&f, "end of an odd number", s.right(p.texts[len(p.texts)-1]), areaRight-em4)
				}
			}
			return f
		}, spoil: []spoiler{move("— 1 —", -70, 0), move("— 2 —", 100, 0), move("— 1 —", 0, 3), resized("— 2 —", 12)}},
		doesNot(32, "tables on turned pages", "no paper has one: wide tables get narrower columns and smaller type"),
		{no: 33, what: "tables within 156 mm, size 10.5 to 12, head on every page, no row split", on: "bulletin", look: lookTables,
			spoil: []spoiler{
				without(5, func(l line) bool { return strings.Contains(textOfLine(l), "整改期限") }),
				ruled(func(r rule) bool { return r.y1 == r.y2 && r.thick == frame }, func(r *rule) { r.x2 += 8 }),
				change("和平村", 5, func(l *line) { l.size = 14 }),
			}},
	}
}

func lookArea(s specimen) (f []string) {
	for i, p := range s.pages {
		for _, text := range p.texts {
			if math.Abs(text.baseline-0.3*em4-269) < 0.1 {
				continue // the page number
			}
			l := textLine{x: text.x, baseline: text.baseline, first: text}
			inside := text.x > areaLeft-0.5 && s.right(text) < areaRight+0.5 && top(l) > areaTop-0.5 && foot(l) < areaBottom+0.5
			wrong(&f, !inside, "%q on page %d: %.1f to %.1f, %.1f to %.1f", text.text, i+1, text.x, s.right(text), top(l), foot(l))
		}
		for _, r := range p.strokes {
			wrong(&f, r.x1 < areaLeft-0.5 || r.x2 > areaRight+0.5 || r.y1 < areaTop-0.5 || r.y2 > areaBottom+0.5, "a rule on page %d leaves the area", i+1)
		}
	}
	return f
}

// lookTables reads the ledger of the sample: 40 rows over pages.
func lookTables(s specimen) (f []string) {
	pages, rows := 0, 0
	for i, p := range s.pages {
		whole, odd := "", false
		for _, text := range p.texts {
			whole += text.text
			odd = odd || text.size > 12 && text.size < 16 && text.baseline < areaBottom
		}
		begun, ended := strings.Count(whole, "马田镇和平村县供销合作"), strings.Count(whole, "公出记录")
		if i == 0 || begun == 0 {
			continue
		}
		pages, rows = pages+1, rows+begun
		wrong(&f, odd, "page %d has cells larger than 12 pt", i+1)
		wrong(&f, strings.Count(whole, "整改期限") != 1, "page %d has %d heads", i+1, strings.Count(whole, "整改期限"))
		wrong(&f, begun > ended+1, "page %d: %d rows begin, %d end", i+1, begun, ended)
		for _, r := range p.strokes {
			wrong(&f, math.Abs(r.y1-r.y2) < 0.01 && r.x2-r.x1 > areaWidth+0.5, "a rule of %.1f mm", r.x2-r.x1)
		}
	}
	for _, p := range s.pages {
		for _, r := range p.strokes {
			wrong(&f, math.Abs(r.y1-r.y2) < 0.01 && r.x2-r.x1 > areaWidth+0.5, "a rule of %.1f mm", r.x2-r.x1)
		}
	}
	wrong(&f, pages < 2 || rows != 40, "%d rows over %d pages, want 40 over several", rows, pages)
	return f
}
