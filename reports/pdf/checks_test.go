package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// specimen is one paper as its file shows it, and what it should show.
type specimen struct {
	doc    Document
	faces  Faces
	report []Warning
	raw    []byte
	pages  []drawing
}

// spoiler breaks a paper in one place: before it is laid out, on the finished pages, or in the file's bytes.
type spoiler struct {
	doc   func(*Document)
	pages func(specimen, []*page)
	raw   func(string) string
}

// layoutCheck is one of the 41 items of LAYOUT.md.
type layoutCheck struct {
	no   int
	what string
	// on names the specimen: "bulletin", "marked", "stamped", "grid", "letter" or "minutes".
	on string
	// not says why the item does not apply; then there is nothing else.
	not   string
	look  func(specimen) []string
	spoil []spoiler
}

func specimenOf(t *testing.T, doc Document, s spoiler) specimen {
	t.Helper()
	if s.doc != nil {
		s.doc(&doc)
	}
	sp := specimen{doc: doc, faces: builtinFaces(t)}
	l, _ := arrange(doc, sp.faces)
	sp.report = l.report
	if s.pages != nil {
		s.pages(sp, l.pages)
	}
	raw, err := paint(doc, l.pages, false)
	if err != nil {
		t.Fatal(err)
	}
	if s.raw != nil {
		before := string(raw)
		raw = []byte(s.raw(before))
		if string(raw) == before {
			t.Fatal("the spoiler changed nothing")
		}
	}
	sp.raw, sp.pages = raw, drawings(t, raw)
	return sp
}

// specimens are the papers on which the items are looked at.
func specimens() map[string]Document {
	bulletin := sampleBulletin()
	marked := sampleBulletin()
	marked.CopyNumber, marked.Secrecy, marked.Urgency = "000123", "秘密★1年", "特急"
	stamped := sampleBulletin()
	stamped.SealSpace, stamped.Signature = true, "示范县驻村办"
	letter := sampleBulletin()
	letter.Kind, letter.Mark, letter.Number = Letter, "示范县驻村帮扶工作队管理办公室", "示驻村办函〔2025〕2号"
	letter.Annexes, letter.Body = nil, letter.Body[:5]
	letter.Body = append(letter.Body, plainText(Letter, 28*20).Body...)
	minutes := plainText(Minutes, 28*6)
	minutes.Mark, minutes.Number = "示范县驻村办工作纪要", "第3期"
	minutes.Body = append(minutes.Body, Space{Lines: 1}, Para{Lead: "出席：", Text: "李四、王五"}, Para{Lead: "请假：", Text: "赵六"}, Para{Lead: "列席：", Text: "钱七"})
	grid := plainText(Bulletin, 28*22*2+100)
	return map[string]Document{"bulletin": bulletin, "marked": marked, "stamped": stamped, "letter": letter, "minutes": minutes, "grid": grid}
}

// TestLayoutChecks looks at every item of LAYOUT.md: it passes on the paper as it is and fails on each paper spoiled for
// it, or it does not apply, with the reason. The table is in the test's output (go test -v -run TestLayoutChecks).
func TestLayoutChecks(t *testing.T) {
	t.Parallel()
	list := slices.Concat(pageChecks(), headChecks(), bodyChecks(), tailChecks(), textChecks())
	slices.SortFunc(list, func(a, b layoutCheck) int { return a.no - b.no })
	if len(list) != 41 {
		t.Fatalf("items: got %d, want 41", len(list))
	}
	docs := specimens()
	good := map[string]specimen{}
	for name, doc := range docs {
		good[name] = specimenOf(t, doc, spoiler{})
	}
	var table strings.Builder
	for i, c := range list {
		if c.no != i+1 {
			t.Fatalf("item %d is missing", i+1)
		}
		if c.not != "" {
			fmt.Fprintf(&table, "%2d  does not apply  %s: %s\n", c.no, c.what, c.not)
			continue
		}
		_, ok := docs[c.on]
		if !ok || len(c.spoil) == 0 {
			t.Errorf("item %d has no specimen or nothing that spoils it", c.no)
			continue
		}
		result := "passes"
		if faults := c.look(good[c.on]); len(faults) > 0 {
			result = "FAILS"
			t.Errorf("item %d, %s: %s", c.no, c.what, strings.Join(faults, "; "))
		}
		caught := 0
		for n, s := range c.spoil {
			if faults := c.look(specimenOf(t, specimens()[c.on], s)); len(faults) == 0 {
				t.Errorf("item %d, %s: spoiled paper %d passes", c.no, c.what, n+1)
			} else {
				caught++
			}
		}
		fmt.Fprintf(&table, "%2d  %-6s  %s (%s; %d of %d spoiled papers caught)\n", c.no, result, c.what, c.on, caught, len(c.spoil))
	}
	t.Log("the 41 items of the layout:\n" + table.String())
}

// off tells of a measure that is further from what it should be than the tolerance of the own grid.
func off(faults *[]string, what string, got, want float64) {
	within(faults, what, got, want, 0.5)
}

func within(faults *[]string, what string, got, want, tolerance float64) {
	if math.Abs(got-want) > tolerance {
		*faults = append(*faults, fmt.Sprintf("%s is at %.2f mm, not %.2f", what, got, want))
	}
}

func wrong(faults *[]string, is bool, format string, args ...any) {
	if is {
		*faults = append(*faults, fmt.Sprintf(format, args...))
	}
}

// line finds the first line of the paper with some text, and its page (from 0); page -1 when there is none.
func (s specimen) line(text string) (textLine, int) {
	for i, p := range s.pages {
		for _, l := range p.textLines() {
			if strings.Contains(l.text, text) {
				return l, i
			}
		}
	}
	return textLine{}, -1
}

// face is the name under which the file embeds a role's face.
func (s specimen) face(role Role) string { return slug(s.faces.chains[role][0].Name) }

func (s specimen) inFace(text shown, role Role) bool {
	return strings.HasSuffix(text.font, s.face(role))
}

// right is where a piece of text ends, in mm.
func (s specimen) right(text shown) float64 {
	l := newLayout(s.doc, s.faces, 1)
	wide := 0.0
	for _, role := range Roles {
		if !s.inFace(text, role) {
			continue
		}
		for _, c := range l.shape(span{role, text.text}) {
			width := c.width
			if c.r != '—' {
				width *= text.stretch
			}
			wide += width * text.size * mmPerPoint
		}
		break
	}
	gaps := float64(utf8.RuneCountInString(text.text) - 1)
	return text.x + wide + gaps*text.spread*text.stretch*mmPerPoint
}

func top(l textLine) float64  { return l.baseline - ascent*l.first.size*mmPerPoint }
func foot(l textLine) float64 { return l.baseline + (1-ascent)*l.first.size*mmPerPoint }

// textOfLine is a laid-out line's text.
func textOfLine(l line) string {
	var b strings.Builder
	for _, c := range l.cells {
		b.WriteRune(c.r)
	}
	return b.String()
}

// change makes a spoiler that alters the first laid-out line with some text; on page n (from 0) if n is not negative.
func change(text string, n int, alter func(*line)) spoiler {
	return spoiler{pages: func(_ specimen, pages []*page) {
		for i, p := range pages {
			if n >= 0 && i != n {
				continue
			}
			for k := range p.lines {
				if strings.Contains(textOfLine(p.lines[k]), text) {
					alter(&p.lines[k])
					return
				}
			}
		}
		panic("no line to spoil: " + text)
	}}
}

// move shifts a line by mm.
func move(text string, dx, dy float64) spoiler {
	return change(text, -1, func(l *line) {
		l.baseline += dy
		l.cells = slices.Clone(l.cells)
		for i := range l.cells {
			l.cells[i].x += dx
		}
	})
}

// setIn puts a line into another role's face.
func setIn(text string, role Role) spoiler {
	return spoiler{pages: func(s specimen, pages []*page) {
		change(text, -1, func(l *line) {
			fresh := newLayout(s.doc, s.faces, 1)
			l.cells = slices.Clone(l.cells)
			for i, c := range l.cells {
				if c.face != nil {
					made := fresh.cellOf(role, c.r)
					l.cells[i].face, l.cells[i].glyph = made.face, made.glyph
				}
			}
		}).pages(s, pages)
	}}
}

// resized gives a line another size of type.
func resized(text string, size float64) spoiler {
	return change(text, -1, func(l *line) { l.size = size })
}

// ruled alters the first rule that fits.
func ruled(fits func(rule) bool, alter func(*rule)) spoiler {
	return spoiler{pages: func(_ specimen, pages []*page) {
		for _, p := range pages {
			for i := range p.rules {
				if fits(p.rules[i]) {
					alter(&p.rules[i])
					return
				}
			}
		}
		panic("no rule to spoil")
	}}
}

// without takes the lines away from a page that fit.
func without(number int, fits func(line) bool) spoiler {
	return spoiler{pages: func(_ specimen, pages []*page) {
		if number < 0 {
			number += len(pages)
		}
		pages[number].lines = slices.DeleteFunc(pages[number].lines, fits)
	}}
}

func inDoc(alter func(*Document)) spoiler { return spoiler{doc: alter} }
func inFile(old, with string) spoiler {
	return spoiler{raw: func(s string) string { return strings.ReplaceAll(s, old, with) }}
}
func doesNot(no int, what, why string) layoutCheck { return layoutCheck{no: no, what: what, not: why} }
