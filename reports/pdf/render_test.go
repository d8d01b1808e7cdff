package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

// tool finds a program the test needs; without it the test is skipped, or fails where everything is required.
func tool(t *testing.T, name, pack string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
		t.Fatalf("%s is missing: apt-get install %s", name, pack)
	}
	t.Skipf("SKIPPED: %s is missing: apt-get install %s", name, pack)
	return ""
}

func render(t *testing.T, doc Document) ([]byte, Report) {
	t.Helper()
	file, report, err := Render(doc, builtinFaces(t))
	if err != nil {
		t.Fatal(err)
	}
	return file, report
}

func written(t *testing.T, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// textOf gives a PDF's text as poppler reads it, without white space.
func textOf(t *testing.T, file []byte, arguments ...string) string {
	t.Helper()
	program := tool(t, "pdftotext", "poppler-utils")
	out, err := exec.Command(program, append(arguments, "-enc", "UTF-8", written(t, file), "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return withoutSpace(string(out))
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestTextComesBackAsItWent(t *testing.T) {
	t.Parallel()
	tool(t, "pdftotext", "poppler-utils")
	check := func(t interface {
		Errorf(string, ...any)
		Helper()
	}, outer *testing.T, text string) {
		t.Helper()
		doc := plainText(Plain, 1)
		doc.Body = []Block{Para{Text: text}}
		file, _ := render(outer, doc)
		got := textOf(outer, file, "-raw")
		for _, number := range []string{"—1—", "—2—", "—3—", "—4—"} {
			got = strings.TrimSuffix(got, number)
		}
		if want := withoutSpace(text); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	t.Run("rare characters", func(t *testing.T) {
		t.Parallel()
		check(t, t, "姓名中的珺、镕、堃、㴪、〇、𬭎、𠮷，以及“引号”——破折号……都要能复制。")
	})
	t.Run("mixed text of one page", func(t *testing.T) {
		t.Parallel()
		for seed := range 8 {
			text := textGenerator().Example(seed)
			if runes := []rune(text); len(runes) > 400 {
				text = string(runes[:400])
			}
			check(t, t, text)
		}
	})
	t.Run("a whole bulletin", func(t *testing.T) {
		t.Parallel()
		doc := sampleBulletin()
		file, _ := render(t, doc)
		got := textOf(t, file)
		for _, want := range []string{doc.Mark, doc.Number, strings.ReplaceAll(doc.Title, "|", ""), doc.To, "二、出勤情况", "未报送", "附件：1.问题整改台账", "2025年4月7日印发"} {
			if !strings.Contains(got, withoutSpace(want)) {
				t.Errorf("text lacks %q", want)
			}
		}
	})
}

func TestFileIsSound(t *testing.T) {
	t.Parallel()
	program := tool(t, "qpdf", "qpdf")
	for name, doc := range map[string]Document{"bulletin": sampleBulletin(), "case file": sampleCaseFile()} {
		file, _ := render(t, doc)
		if out, err := exec.Command(program, "--check", written(t, file)).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func TestFontsAreEmbedded(t *testing.T) {
	t.Parallel()
	program := tool(t, "pdffonts", "poppler-utils")
	file, _ := render(t, sampleBulletin())
	out, err := exec.Command(program, written(t, file)).Output()
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(out)), "\n")[2:]
	if got, want := len(rows), 4; got != want {
		t.Errorf("fonts: got %d, want %d\n%s", got, want, out)
	}
	for _, row := range rows {
		fields := strings.Fields(row)
		// name, type (two words), encoding, emb, sub, uni
		if embedded, unicodes := fields[len(fields)-5], fields[len(fields)-3]; embedded != "yes" || unicodes != "yes" {
			t.Errorf("font not embedded or without Unicode: %s", row)
		}
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	t.Parallel()
	if os.Getenv("ANFANG_PDF_DIGEST") != "" {
		return // this process was started by the subtest below, which needs only TestDigest
	}
	t.Run("twice in one process", func(t *testing.T) {
		t.Parallel()
		first, _ := render(t, sampleBulletin())
		second, _ := render(t, sampleBulletin())
		if !bytes.Equal(first, second) {
			t.Error("two renderings differ")
		}
	})
	t.Run("in two processes and another time zone", func(t *testing.T) {
		t.Parallel()
		digests := map[string]bool{}
		for _, zone := range []string{"UTC", "America/New_York"} {
			cmd := exec.Command(os.Args[0], "-test.run=^TestDigest$", "-test.v")
			cmd.Env = append(os.Environ(), "ANFANG_PDF_DIGEST=1", "TZ="+zone)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			_, rest, found := strings.Cut(string(out), "digest=")
			if !found {
				t.Fatalf("no digest in %s", out)
			}
			digests[rest[:64]] = true
		}
		if len(digests) != 1 {
			t.Errorf("digests of two processes differ: %v", digests)
		}
	})
}

// TestDigest prints the sample's digest when TestSameDocumentSameBytes asks for it in another process.
func TestDigest(t *testing.T) {
	if os.Getenv("ANFANG_PDF_DIGEST") == "" {
		return
	}
	file, _ := render(t, sampleBulletin())
	sum := sha256.Sum256(file)
	t.Logf("digest=%s", hex.EncodeToString(sum[:]))
}

func TestMissingCharacters(t *testing.T) {
	t.Parallel()
	doc := plainText(Plain, 1)
	doc.Body = []Block{Para{Text: "甲𣒍乙😀丙\ue123丁𬭎𠮷"}}
	file, report := render(t, doc)

	t.Run("each is reported once", func(t *testing.T) {
		t.Parallel()
		var got []rune
		for _, w := range report.Warnings {
			if w.Key == MissingGlyph {
				got = append(got, w.Rune)
			}
		}
		if want := "𣒍😀\ue123"; string(got) != want {
			t.Errorf("got %q, want %q", string(got), want)
		}
	})
	t.Run("a box is drawn for each", func(t *testing.T) {
		t.Parallel()
		l, _ := arrange(doc, builtinFaces(t))
		raw, err := paint(doc, l.pages, false)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(drawings(t, raw)[0].strokes), 6; got != want {
			t.Errorf("diagonals: got %d, want %d", got, want)
		}
		if got, want := bytes.Count(raw, []byte("/ActualText")), 5; got != want {
			t.Errorf("spans with text of their own: got %d, want %d", got, want)
		}
	})
	t.Run("all copy as what they are", func(t *testing.T) {
		t.Parallel()
		if got, want := strings.TrimSuffix(textOf(t, file), "—1—"), "甲𣒍乙😀丙\ue123丁𬭎𠮷"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestOutlinedCharacterLooksRight(t *testing.T) {
	t.Parallel()
	program := tool(t, "pdftoppm", "poppler-utils")
	ink := func(text string) int {
		doc := plainText(Plain, 1)
		doc.Body = []Block{Para{Text: text}}
		file, _ := render(t, doc)
		prefix := filepath.Join(t.TempDir(), "page")
		if out, err := exec.Command(program, "-r", "150", "-gray", "-singlefile", written(t, file), prefix).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		picture, err := os.ReadFile(prefix + ".pgm")
		if err != nil {
			t.Fatal(err)
		}
		dark := 0
		for _, b := range picture[len(picture)-1240*1700:] {
			if b < 128 {
				dark++
			}
		}
		return dark
	}
	none, outlined := ink("甲甲"), ink("甲甲𬭎")
	// A character of 16 pt at 150 dpi covers 33 by 33 dots, a tenth to a half of them black.
	if got := outlined - none; got < 110 || got > 550 {
		t.Errorf("dark dots of the outlined character: got %d, want 110 to 550", got)
	}
}

func TestRenderRefusesWhatCannotBeReproduced(t *testing.T) {
	t.Parallel()
	doc := plainText(Plain, 10)
	doc.Meta.Created = time.Time{}
	if _, _, err := Render(doc, builtinFaces(t)); err == nil {
		t.Error("a document without a date was rendered")
	}
}

func TestSampleAndReader(t *testing.T) {
	t.Parallel()
	doc := plainText(Bulletin, 28*40)
	doc.Sample, doc.Reader = "样稿", "第0007号"
	for i, page := range layOut(t, doc) {
		page.lineWith(t, doc.Sample)
		if page.lineWith(t, doc.Reader).baseline < 270 {
			t.Errorf("page %d: the reader's line is not at the foot", i+1)
		}
	}
	file, _ := render(t, doc)
	if got := string(file); !strings.Contains(got, "/Keywords") {
		t.Error("the file's properties do not say that it is a sample")
	}
}

func TestAnyDocumentRenders(t *testing.T) {
	t.Parallel()
	faces := builtinFaces(t)
	texts := rapid.OneOf(textGenerator(), rapid.String(), rapid.Just(""))
	blocks := rapid.OneOf(
		rapid.Custom(func(t *rapid.T) Block {
			return Heading{Level: rapid.IntRange(0, 5).Draw(t, "level"), Text: texts.Draw(t, "text"), RunIn: texts.Draw(t, "run in")}
		}),
		rapid.Custom(func(t *rapid.T) Block {
			return Para{Text: texts.Draw(t, "text"), Lead: texts.Draw(t, "lead"), Flush: rapid.Bool().Draw(t, "flush")}
		}),
		rapid.Custom(func(t *rapid.T) Block {
			row := rapid.SliceOfN(texts, 0, 9)
			return Table{Caption: texts.Draw(t, "caption"), Head: row.Draw(t, "head"), Rows: rapid.SliceOfN(row, 0, 6).Draw(t, "rows")}
		}),
		rapid.Custom(func(t *rapid.T) Block {
			return KeyValues{Items: []KeyValue{{Key: texts.Draw(t, "key"), Value: texts.Draw(t, "value")}}, Ruled: rapid.Bool().Draw(t, "ruled")}
		}),
		rapid.Just[Block](PageBreak{}), rapid.Just[Block](Space{Lines: 3}), rapid.Just[Block](Item{Marker: "（1）", Text: "项"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		doc := Document{
			Kind: rapid.SampledFrom([]Kind{Plain, Bulletin, Letter}).Draw(t, "kind"),
			Meta: Meta{Created: time.Unix(1, 0)}, Mark: texts.Draw(t, "mark"), Number: texts.Draw(t, "number"),
			Title: texts.Draw(t, "title"), To: texts.Draw(t, "to"), Signature: texts.Draw(t, "signature"),
			Body:    rapid.SliceOfN(blocks, 0, 6).Draw(t, "body"),
			Imprint: Imprint{CopyLead: "：", CopyTo: texts.Draw(t, "copies"), IssuedBy: texts.Draw(t, "by")},
		}
		l, _ := arrange(doc, faces) // panics and endless loops are what this looks for
		if len(l.pages) == 0 {
			t.Error("no page")
		}
	})
}
