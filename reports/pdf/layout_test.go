package pdf

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// plainText is a document of running text only, long enough for several pages.
func plainText(kind Kind, characters int) Document {
	const piece = "县驻村办对乡镇党委帮扶单位和驻村帮扶工作队履职情况进行了督查现将有关情况通报如下"
	text := strings.Repeat(piece, characters/utf8.RuneCountInString(piece)+1)
	return Document{
		Kind: kind, Meta: Meta{Created: time.Date(2025, 4, 7, 0, 0, 0, 0, time.UTC)},
		Body: []Block{Para{Text: string([]rune(text)[:characters])}},
	}
}

func TestGrid(t *testing.T) {
	t.Parallel()
	pages := layOut(t, plainText(Plain, 28*22*2+100))

	t.Run("a full page has 22 lines of 28 characters that fill the area", func(t *testing.T) {
		t.Parallel()
		lines := pages[1].textLines()
		lines = lines[:len(lines)-1] // the page number
		if got, want := len(lines), 22; got != want {
			t.Fatalf("lines: got %d, want %d", got, want)
		}
		for i, l := range lines {
			if got, want := utf8.RuneCountInString(l.text), 28; got != want {
				t.Errorf("characters of line %d: got %d, want %d", i+1, got, want)
			}
			near(t, "left edge", l.x, 28)
			near(t, "baseline", l.baseline, 37+float64(i)*10.446+ascent*em3)
			if got, want := l.first.size, 16.0; got != want {
				t.Errorf("size: got %v, want %v", got, want)
			}
			pitch := (l.first.size + l.first.spread) * mmPerPoint
			if want := 156.0 / 28; math.Abs(pitch-want) > 0.005 {
				t.Errorf("character pitch: got %.4f mm, want %.4f", pitch, want)
			}
		}
		near(t, "foot of the last line", lines[21].baseline+(1-ascent)*em3, 262)
	})
	t.Run("a paragraph is indented by two characters and its turned lines are flush", func(t *testing.T) {
		t.Parallel()
		lines := pages[0].textLines()
		near(t, "first line", lines[0].x, 39.14)
		near(t, "second line", lines[1].x, 28)
	})
	t.Run("page numbers stand between dashes 7 mm below the area, odd right, even left", func(t *testing.T) {
		t.Parallel()
		for i, want := range []string{"— 1 —", "— 2 —", "— 3 —"} {
			lines := pages[i].textLines()
			got := lines[len(lines)-1]
			if got.text != want {
				t.Fatalf("page number: got %q, want %q", got.text, want)
			}
			if got.first.size != 14 {
				t.Errorf("size: got %v, want 14", got.first.size)
			}
			near(t, "dash", got.baseline-0.3*em4, 269)
			if i%2 == 1 {
				near(t, "even page's left edge", got.x, 28+em4)
			} else if got.x < 160 {
				t.Errorf("odd page's number begins at %.1f mm, want it at the right", got.x)
			}
		}
	})
}

func TestRedHead(t *testing.T) {
	t.Parallel()
	doc := sampleBulletin()
	pages := layOut(t, doc)
	first := pages[0]
	mark := first.texts[0]

	t.Run("the mark is red, centred, and its ink begins 35 mm below the area's top", func(t *testing.T) {
		t.Parallel()
		if mark.text != doc.Mark || !mark.red {
			t.Fatalf("first text: got %q red %v, want the mark in red", mark.text, mark.red)
		}
		l := newLayout(doc, builtinFaces(t), 1)
		reach := 0.0
		for _, c := range l.shape(span{SongBold, doc.Mark}) {
			_, _, top := c.face.ink(c.index)
			reach = max(reach, top)
		}
		near(t, "upper edge", mark.baseline-reach*mark.size*mmPerPoint, 72)
		near(t, "left edge of a mark as wide as the area", mark.x, 28)
		if mark.size > 62 {
			t.Errorf("size: got %v, want at most 62", mark.size)
		}
	})
	t.Run("the number is two lines below, the red rule 4 mm below it and 156 mm wide", func(t *testing.T) {
		t.Parallel()
		number := first.lineWith(t, "〔2025〕")
		markFoot := mark.baseline + (1-ascent)*mark.size*mmPerPoint
		near(t, "number's top", number.baseline-ascent*em3, markFoot+2*10.446)
		var rules []stroke
		for _, s := range first.strokes {
			if s.red {
				rules = append(rules, s)
			}
		}
		if len(rules) != 1 {
			t.Fatalf("red rules: got %d, want 1", len(rules))
		}
		near(t, "rule", rules[0].y1, number.baseline+(1-ascent)*em3+4)
		near(t, "rule's left end", rules[0].x1, 28)
		near(t, "rule's right end", rules[0].x2, 184)
		title := first.lineWith(t, "示范县驻村帮扶工作队管理办公室")
		for _, l := range first.textLines()[2:] {
			if l.first.size == 22 {
				title = l
				break
			}
		}
		near(t, "title's top", title.baseline-ascent*size2*mmPerPoint, rules[0].y1+2*10.446)
	})
	t.Run("the title breaks at the hints and is no wider than the area", func(t *testing.T) {
		t.Parallel()
		var got []string
		var last textLine
		for _, l := range first.textLines() {
			if l.first.size == 22 {
				got = append(got, l.text)
				last = l
				near(t, "centre of a title line", l.x, 106-lineWidth(t, l)/2)
			}
		}
		if want := strings.Split(doc.Title, "|"); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("lines: got %q, want %q", got, want)
		}
		to := first.lineWith(t, "各乡镇党委")
		near(t, "addressees", to.x, 28)
		near(t, "addressees' top", to.baseline-ascent*em3, last.baseline+(1-ascent)*size2*mmPerPoint+10.446)
	})
	t.Run("page 1 shows text and nothing but the head is coloured", func(t *testing.T) {
		t.Parallel()
		first.lineWith(t, "按照《关于进一步")
		for i, p := range pages {
			for _, s := range p.texts {
				if s.red && (i > 0 || s.text != doc.Mark) {
					t.Errorf("red text on page %d: %q", i+1, s.text)
				}
			}
		}
	})
}

// lineWidth measures a title line by the face it is set in.
func lineWidth(t *testing.T, l textLine) float64 {
	t.Helper()
	layout := newLayout(Document{}, builtinFaces(t), 1)
	return setting{size: l.first.size}.measure(layout.shape(span{SongBold, l.text}))
}

func TestArea(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]Document{"bulletin": sampleBulletin(), "case file": sampleCaseFile()} {
		doc.Sample, doc.Reader, doc.Running = "", "", ""
		for i, p := range layOut(t, doc) {
			for _, s := range p.texts {
				if s.size == 14 && s.baseline > 265 || s.size == smallPrint {
					continue // the page number
				}
				top, foot := s.baseline-ascent*s.size*mmPerPoint, s.baseline+(1-ascent)*s.size*mmPerPoint
				if s.x < 27.9 || top < 36.9 || foot > 262.1 {
					t.Errorf("%s page %d: %q at x %.1f, %.1f to %.1f leaves the area", name, i+1, s.text, s.x, top, foot)
				}
			}
			for _, s := range p.strokes {
				if s.x1 < 27.9 || s.x2 > 184.1 || s.y1 < 36.9 || s.y2 > 262.1 {
					t.Errorf("%s page %d: a rule leaves the area: %+v", name, i+1, s)
				}
			}
		}
	}
}

func TestImprint(t *testing.T) {
	t.Parallel()
	doc := sampleBulletin()
	pages := layOut(t, doc)
	last := pages[len(pages)-1]
	var rules []stroke
	for _, s := range last.strokes {
		if s.x1 < 28.1 && s.x2 > 183.9 {
			rules = append(rules, s)
		}
	}
	if len(rules) != 3 {
		t.Fatalf("rules of the imprint: got %d, want 3", len(rules))
	}
	thick, foot := map[float64]int{}, 0.0
	for _, r := range rules {
		thick[math.Round(r.thick*100)/100]++
		foot = max(foot, r.y1)
	}
	near(t, "last rule", foot, 262)
	if thick[0.35] != 2 || thick[0.25] != 1 {
		t.Errorf("thickness: got %v, want two of 0.35 and one of 0.25", thick)
	}
	near(t, "copies begin one character in", last.lineWith(t, "抄送：").x, 28+em4)
	issued := last.lineWith(t, "印发")
	near(t, "issuing body begins one character in", issued.x, 28+em4)
	if issued.first.size != 14 {
		t.Errorf("size: got %v, want 14", issued.first.size)
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	t.Run("without a seal the body is two characters from the right and the date two further in", func(t *testing.T) {
		t.Parallel()
		doc := plainText(Bulletin, 60)
		doc.Signature, doc.Date = "示范县驻村帮扶工作队管理办公室", "2025年4月7日"
		page := layOut(t, doc)[0]
		body, date := page.lineWith(t, doc.Signature), page.lineWith(t, "4月7日")
		near(t, "body", body.x, 184-2*5.5714-15*5.5714)
		near(t, "date", date.x, body.x+2*5.5714)
		near(t, "one line below", date.baseline-body.baseline, 10.446)
	})
	t.Run("a date longer than the body is itself two characters from the right", func(t *testing.T) {
		t.Parallel()
		doc := plainText(Bulletin, 60)
		doc.Signature, doc.Date = "示范县办", "2025年4月17日"
		page := layOut(t, doc)[0]
		body, date := page.lineWith(t, doc.Signature), page.lineWith(t, "4月17日")
		near(t, "body", body.x, date.x-2*5.5714)
	})
	t.Run("with room for a stamp the date is four characters from the right and the body centred above", func(t *testing.T) {
		t.Parallel()
		doc := plainText(Bulletin, 60)
		doc.Signature, doc.Date, doc.SealSpace = "示范县驻村办", "2025年4月7日", true
		page := layOut(t, doc)[0]
		body, date := page.lineWith(t, doc.Signature), page.lineWith(t, "4月7日")
		wide := bodySetting.measure(newLayout(doc, builtinFaces(t), 1).shape(span{Text, doc.Date}))
		near(t, "date", date.x, 184-4*5.5714-wide)
		near(t, "centres", body.x+6*5.5714/2, date.x+wide/2)
	})
	t.Run("it never stands on a page without text, whatever the length", func(t *testing.T) {
		t.Parallel()
		adjusted := 0
		for lines := 35; lines < 65; lines++ {
			doc := plainText(Bulletin, lines*28)
			doc.Signature, doc.Date = "示范县驻村帮扶工作队管理办公室", "2025年4月7日"
			doc.AnnexLead, doc.Annexes = "附件：", []Annex{{ListNumber: "1. ", ListName: "台账", Body: []Block{Para{Text: "台账"}}}}
			l, factor := arrange(doc, builtinFaces(t))
			if factor != 1 {
				adjusted++
			}
			signed := 0
			for i, p := range l.pages {
				if !p.hasSign {
					continue
				}
				signed++
				if !p.hasText {
					t.Errorf("%d lines: signature alone on page %d", lines, i+1)
				}
			}
			if signed != 1 {
				t.Errorf("%d lines: signature on %d pages, want 1", lines, signed)
			}
		}
		if adjusted == 0 {
			t.Error("no length needed another pitch: the test tests nothing")
		}
	})
	t.Run("where no pitch helps the last lines move to the signature's page", func(t *testing.T) {
		t.Parallel()
		doc := plainText(Plain, 28*22)
		doc.Body = append(doc.Body, PageBreak{}, Para{Text: strings.Repeat("督", 10)})
		doc.Body = append(doc.Body, Space{Lines: 20})
		doc.Signature, doc.Date = "县驻村办", "2025年4月7日"
		l, _ := arrange(doc, builtinFaces(t))
		if l.lonelySignature() {
			t.Error("signature alone on a page")
		}
	})
}

func TestTablesOverPages(t *testing.T) {
	t.Parallel()
	doc := plainText(Plain, 200)
	doc.Body = append(doc.Body, Heading{Level: 1, Text: "一、台账"}, sampleLedger())
	pages := layOut(t, doc)
	if len(pages) < 3 {
		t.Fatalf("pages: got %d, want at least 3", len(pages))
	}
	rows := 0
	for i, p := range pages {
		whole := ""
		for _, s := range p.texts {
			whole += s.text
		}
		if got := strings.Count(whole, "整改期限"); got != 1 {
			t.Errorf("page %d: %d heads, want 1", i+1, got)
		}
		begun, ended := strings.Count(whole, "县供销合作"), strings.Count(whole, "记录")
		if begun != ended {
			t.Errorf("page %d: %d rows begin and %d end, want no row split", i+1, begun, ended)
		}
		rows += begun
	}
	if rows != 40 {
		t.Errorf("rows: got %d, want 40", rows)
	}
}

func TestHeadingsStayWithText(t *testing.T) {
	t.Parallel()
	for lines := 15; lines < 25; lines++ {
		doc := plainText(Plain, lines*28)
		doc.Body = append(doc.Body, Heading{Level: 1, Text: "一、总体情况"}, Heading{Level: 2, Text: "（一）出勤"}, Para{Text: "正文。"})
		for i, p := range layOut(t, doc) {
			all := p.textLines()
			text := all[:len(all)-1]
			if last := text[len(text)-1].text; strings.HasPrefix(last, "一、") || strings.HasPrefix(last, "（一）") {
				t.Errorf("%d lines: page %d ends with the heading %q", lines, i+1, last)
			}
		}
	}
}

func TestLetter(t *testing.T) {
	t.Parallel()
	doc := plainText(Letter, 28*30)
	doc.Mark, doc.Number, doc.Title = "示范县驻村办", "示驻村办函〔2025〕2号", "关于商请配合核查有关问题的函"
	doc.Imprint = Imprint{CopyLead: "抄送：", CopyTo: "县委组织部。", IssuedBy: "示范县驻村办", IssuedOn: "2025年4月7日印发"}
	pages := layOut(t, doc)
	first := pages[0]
	var red []stroke
	for _, s := range first.strokes {
		if s.red {
			red = append(red, s)
			near(t, "left end", s.x1, 20)
			near(t, "right end", s.x2, 190)
		}
	}
	if len(red) != 4 {
		t.Fatalf("red rules: got %d, want 4", len(red))
	}
	near(t, "lowest rule", red[3].y1, 277)
	if red[0].thick <= red[1].thick || red[2].thick >= red[3].thick {
		t.Errorf("want thick over thin above and thin over thick below, got %+v", red)
	}
	for _, s := range first.texts {
		if strings.Contains(s.text, "—") {
			t.Error("page 1 of a letter bears a number")
		}
	}
	last := pages[len(pages)-1]
	last.lineWith(t, "抄送：")
	for _, s := range last.texts {
		if strings.Contains(s.text, "印发") {
			t.Error("a letter's imprint has no issuing line")
		}
	}
	if len(last.strokes) != 0 {
		t.Errorf("a letter's imprint has no rules, got %d", len(last.strokes))
	}
}
