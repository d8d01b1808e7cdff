package pdf

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// rareText is text in which characters stand that some faces or all of them lack.
func rareText() *rapid.Generator[string] {
	rare := rapid.SampledFrom([]string{"𠮷", "𬭎", "㴪", "〇", "镕", "😀", "\ue123", "𣒍"})
	return rapid.Custom(func(t *rapid.T) string {
		return textGenerator().Draw(t, "before") + "名" + rare.Draw(t, "rare") + "字" + textGenerator().Draw(t, "after")
	})
}

var pageNumberLine = regexp.MustCompile(`^\s*— \d+ —\s*$`)

// Random text in a column of every width comes back from the file as it went in; no line begins or ends with a sign it
// must not, and every character has a glyph or a mark with a warning.
func TestTextAtEveryWidth(t *testing.T) {
	t.Parallel()
	program := tool(t, "pdftotext", "poppler-utils")
	faces := builtinFaces(t)
	for seed := range 16 {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			text := rareText().Example(seed)
			if runes := []rune(text); len(runes) > 300 {
				text = string(runes[:300])
			}
			doc := plainText(Plain, 1)
			doc.Body = nil
			widths := 0
			for percent := 25.0 + float64(seed%5); percent < 100; percent += 5 {
				widths++
				doc.Body = append(doc.Body, Table{Columns: []Column{{Weight: percent}, {Weight: 100 - percent}}, Rows: [][]string{{text, ""}}, Size: 10.5 + float64(seed%3)})
			}
			file, report, err := Render(doc, faces)
			if err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(program, "-raw", "-enc", "UTF-8", written(t, file), "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			warned := map[WarningKey]string{}
			for _, w := range report.Warnings {
				warned[w.Key] += string(w.Rune) + w.Text
			}
			var got strings.Builder
			for line := range strings.SplitSeq(strings.ReplaceAll(string(out), "\f", "\n"), "\n") {
				if pageNumberLine.MatchString(line) || strings.TrimSpace(line) == "" {
					continue
				}
				got.WriteString(withoutSpace(line))
				runes := []rune(strings.TrimSpace(line))
				if first, last := runes[0], runes[len(runes)-1]; warned[LineRuleBroken] == "" && (strings.ContainsRune(noStart[:strings.Index(noStart, "」")], first) && !strings.HasPrefix(text, string(first)) || strings.ContainsRune("“‘（《〈〔【", last) && !strings.HasSuffix(text, string(last))) {
					t.Errorf("a line begins or ends with a sign it must not: %q", line)
				}
			}
			if want := strings.Repeat(withoutSpace(text), widths); got.String() != want {
				t.Errorf("of %d widths the text came back otherwise:\ngot  %.200q\nwant %.200q", widths, got.String(), want)
			}
			for _, r := range text {
				_, g := faces.find(Song, r)
				if lacking := !g.found && !invisible(r) && r != ' '; lacking != strings.ContainsRune(warned[MissingGlyph], r) {
					t.Errorf("%q: without a glyph %v, warned of %q", r, lacking, warned[MissingGlyph])
				}
			}
		})
	}
}
