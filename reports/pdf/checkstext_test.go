package pdf

import (
	"regexp"
	"slices"
	"strings"
)

var (
	halfWidth   = regexp.MustCompile(`\p{Han}[",;:()]|[",;:()]\p{Han}`)
	bracketed   = regexp.MustCompile(`〔[^〕]*〕`)
	yearInside  = regexp.MustCompile(`^〔20\d\d〕$`)
	fontObjects = regexp.MustCompile(`/Type /Font\s+/Subtype /Type0`)
)

// textChecks are items 37 to 41: the text itself and the file.
func textChecks() []layoutCheck {
	return []layoutCheck{
		{no: 37, what: "no line begins or ends with a sign it must not; dashes and numbers are whole", on: "bulletin", look: lookLineEnds,
			spoil: []spoiler{
				change("按照《关于进一步", -1, func(l *line) { l.cells[0].r = '，' }), change("按照《关于进一步", -1, func(l *line) { l.cells[len(l.cells)-1].r = '《' }),
				change("按照《关于进一步", -1, func(l *line) { l.cells[len(l.cells)-1].r = '—' }),
			}},
		{no: 38, what: "no half-width punctuation among Han characters; 〔〕 in document numbers only", on: "bulletin", look: func(s specimen) (f []string) {
			for _, p := range s.pages {
				for _, l := range p.textLines() {
					wrong(&f, halfWidth.MatchString(l.text), "half-width sign in %q", l.text)
					for _, b := range bracketed.FindAllString(l.text, -1) {
						wrong(&f, !yearInside.MatchString(b), "%s", b)
					}
				}
			}
			return f
		}, spoil: []spoiler{
			inDoc(func(d *Document) { d.Body = append(d.Body, Para{Text: "乡镇党委,帮扶单位。"}) }), inDoc(func(d *Document) { d.Body = append(d.Body, Para{Text: "见〔附件〕。"}) }),
		}},
		{no: 39, what: "no glyph is missing", on: "bulletin", look: func(s specimen) (f []string) {
			for _, w := range s.report {
				wrong(&f, w.Key == MissingGlyph, "no glyph for %c", w.Rune)
			}
			for _, p := range s.pages {
				for _, text := range p.texts {
					for _, r := range text.text {
						role := Roles[slices.IndexFunc(Roles, func(role Role) bool { return s.inFace(text, role) })]
						face, _ := s.faces.find(role, r)
						wrong(&f, face == nil || !strings.HasSuffix(text.font, slug(face.Name)), "%c is not in %s", r, text.font)
					}
				}
			}
			return f
		}, spoil: []spoiler{inDoc(func(d *Document) { d.Body = append(d.Body, Para{Text: "姓名😀。"}) }), change("按照《关于进一步", -1, func(l *line) { l.cells[2].r = '\ue000' })}},
		{no: 40, what: "fonts embedded with their Unicode; the text comes out as it went in", on: "bulletin", look: func(s specimen) (f []string) {
			raw := string(s.raw)
			fonts := len(fontObjects.FindAllString(raw, -1))
			wrong(&f, fonts == 0 || strings.Count(raw, "/ToUnicode") != fonts || strings.Count(raw, "/FontFile2") != fonts,
				"%d fonts, %d with Unicode, %d embedded", fonts, strings.Count(raw, "/ToUnicode"), strings.Count(raw, "/FontFile2"))
			whole := ""
			for _, p := range s.pages {
				for _, l := range p.textLines() {
					if !strings.HasPrefix(l.text, "— ") {
						whole += l.text
					}
				}
			}
			whole = withoutSpace(whole)
			for _, b := range s.doc.Body {
				text := ""
				switch b := b.(type) {
				case Para:
					text = b.Text
				case Heading:
					text = b.Text + b.RunIn
				}
				text = withoutSpace(text)
				if strings.ContainsRune(text, '𬭎') { // drawn as outlines; TestTextComesBackAsItWent reads those
					continue
				}
				wrong(&f, !strings.Contains(whole, text), "the file lacks %.40s…", text)
			}
			return f
		}, spoil: []spoiler{inFile("/FontFile2", "/FontFileX"), inFile("/ToUnicode", "/ToUnicorn"), change("按照《关于进一步", -1, func(l *line) { l.cells = l.cells[:20] })}},
		{no: 41, what: "title, language and fixed dates in the file", on: "bulletin", look: func(s specimen) (f []string) {
			raw := string(s.raw)
			wrong(&f, !strings.Contains(raw, "/Lang (zh-CN)"), "no language")
			wrong(&f, !strings.Contains(raw, "/Title ("), "no title")
			wrong(&f, strings.Count(raw, "(D:20250407000000") != 2, "dates are not those of the paper")
			return f
		}, spoil: []spoiler{inFile("/Lang (zh-CN)", "/Lang (de-DE)"), inFile("/Title (", "/Titel ("), inFile("(D:20250407", "(D:20260101")}},
	}
}

func lookLineEnds(s specimen) (f []string) {
	for i, p := range s.pages {
		lines := p.textLines()
		for n, l := range lines {
			text := []rune(strings.TrimSpace(l.text))
			if len(text) == 0 || l.first.size != 16 {
				continue // in tables several cells share a baseline
			}
			wrong(&f, strings.ContainsRune("，。；：？！、”’）》〉〕】％", text[0]), "page %d: %q begins a line", i+1, text[0])
			end := text[len(text)-1]
			wrong(&f, strings.ContainsRune("“‘（《〈〔【", end), "page %d: %q ends a line", i+1, end)
			if n+1 >= len(lines) || lines[n+1].first.size != 16 || lines[n+1].x > areaLeft+0.1 {
				continue // what follows does not go on with this line
			}
			next := []rune(lines[n+1].text)[0]
			half := (end == '—' || end == '…') && (len(text) < 2 || text[len(text)-2] != end)
			wrong(&f, half, "page %d: half of %q ends a line", i+1, end)
			wrong(&f, digit(end) && (digit(next) || strings.ContainsRune("年月日时人次个%％", next)), "page %d: %q is split", i+1, string([]rune{end, next}))
		}
	}
	return f
}
