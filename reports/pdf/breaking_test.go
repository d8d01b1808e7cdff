package pdf

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// textGenerator gives mixed Chinese, Latin, figures and punctuation such as a bulletin may hold: marks follow a
// character, as they do in writing, so that a lawful break always exists.
func textGenerator() *rapid.Generator[string] {
	hanRun := rapid.StringOfN(rapid.RuneFrom([]rune("县驻村办对乡镇党委帮扶单位和工作队履职情况进行了督查珺镕堃㴪〇")), 1, 12, -1)
	piece := rapid.OneOf(
		hanRun, hanRun, hanRun,
		rapid.Custom(func(t *rapid.T) string {
			return hanRun.Draw(t, "before") + rapid.SampledFrom([]string{"，", "。", "；", "：", "？", "！", "、", "……", "——", "”", "’", "）", "》", "〉", "〕", "】", "％", "。”", "》）。"}).Draw(t, "mark")
		}),
		rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"“", "‘", "（", "《", "〈", "〔", "【", "（《"}).Draw(t, "open") + hanRun.Draw(t, "after")
		}),
		rapid.StringMatching(`[1-9][0-9]{0,3}(\.[0-9])?(个|人|次|年|%|％)`),
		rapid.StringMatching(`[A-Za-z]{1,9}( [a-z]{1,9}){0,3}`),
		rapid.StringMatching(`〔20[0-9]{2}〕[1-9][0-9]?号`),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 1, 40).Draw(t, "pieces"), "")
	})
}

func TestLineBreaking(t *testing.T) {
	t.Parallel()
	faces := builtinFaces(t)
	const (
		noLineStart = "，。；：？！、”’）》〉〕】％"
		noLineEnd   = "“‘（《〈〔【"
	)
	rapid.Check(t, func(t *rapid.T) {
		text := textGenerator().Draw(t, "text")
		room := rapid.Float64Range(70, 160).Draw(t, "room")
		l := newLayout(Document{}, faces, 1)
		cells := l.shape(span{Text, text})
		rows, _ := breakRows(cells, room-indent, room, bodySetting.width)

		joined, next := "", 0
		for i, r := range rows {
			if r.from != next || r.to <= r.from {
				t.Fatalf("row %d is %d to %d, want it to begin at %d", i, r.from, r.to, next)
			}
			next = r.to
			line := ""
			for _, c := range cells[r.from:r.to] {
				line += string(c.r)
			}
			joined += line
			fits := room
			if i == 0 {
				fits -= indent
			}
			if wide := bodySetting.measure(trimBlanks(cells[r.from:r.to])); wide > fits+0.02 {
				t.Errorf("row %q is %.2f mm wide, want at most %.2f", line, wide, fits)
			}
			first, last := []rune(line)[0], lastRune(strings.TrimRight(line, " "))
			if i > 0 && strings.ContainsRune(noLineStart, first) {
				t.Errorf("row %q begins with %q", line, first)
			}
			if i+1 < len(rows) && strings.ContainsRune(noLineEnd, last) {
				t.Errorf("row %q ends with %q", line, last)
			}
			if i+1 < len(rows) {
				following := cells[r.to].r
				if last == following && (last == '—' || last == '…') && runLength(line, last)%2 == 1 {
					t.Errorf("rows part a double sign: %q", line)
				}
				if digit(last) && (han(following) || digit(following) || following == '%') {
					t.Errorf("row %q is parted from its unit or figures %q", line, following)
				}
			}
		}
		if joined != text {
			t.Errorf("joined rows: got %q, want %q", joined, text)
		}
	})
}

func trimBlanks(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1].blank() {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func lastRune(s string) rune {
	runes := []rune(s)
	if len(runes) == 0 {
		return 0
	}
	return runes[len(runes)-1]
}

func runLength(s string, r rune) int {
	runes := []rune(s)
	n := 0
	for i := len(runes) - 1; i >= 0 && runes[i] == r; i-- {
		n++
	}
	return n
}

func TestLineBreakingOnHardText(t *testing.T) {
	t.Parallel()
	faces := builtinFaces(t)
	for name, text := range map[string]string{
		"a code wider than the line": strings.Repeat("9f86d081884c7d65", 12),
		"nothing but closing marks":  strings.Repeat("，", 200),
		"nothing but opening marks":  strings.Repeat("（", 200),
		"a run of dashes":            strings.Repeat("—", 99),
		"nothing but blanks":         strings.Repeat(" ", 300),
		"empty":                      "",
		"new lines":                  "甲\n\n乙\n",
		"control characters":         "甲\x00乙\u200b丙\ufe0f丁\r\n戊",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLayout(Document{}, faces, 1)
			cells := l.shape(span{Text, text})
			rows, _ := breakRows(cells, 20, 20, bodySetting.width)
			next := 0
			for _, r := range rows {
				if r.from != next || r.to <= r.from {
					t.Fatalf("rows: got %+v, want them to follow one another", rows)
				}
				next = r.to
			}
			if next != len(cells) {
				t.Errorf("cells in rows: got %d, want %d", next, len(cells))
			}
		})
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	faces := builtinFaces(t)
	s := setting{size: size2, align: Center}
	lines := func(title string) []string {
		l := newLayout(Document{}, faces, 1)
		var got []string
		for _, cells := range l.titleRows(title, SongBold, s, areaWidth) {
			line := ""
			for _, c := range cells {
				line += string(c.r)
			}
			got = append(got, line)
		}
		return got
	}
	t.Run("a short title stays on one line", func(t *testing.T) {
		t.Parallel()
		if got := lines("关于督查情况的|通报"); len(got) != 1 {
			t.Errorf("lines: got %q, want one", got)
		}
	})
	t.Run("a long title breaks at its hints", func(t *testing.T) {
		t.Parallel()
		got := strings.Join(lines("关于更正示驻村办〔2025〕3号|通报有关内容的通知"), "/")
		if want := "关于更正示驻村办〔2025〕3号/通报有关内容的通知"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	rapid.Check(t, func(r *rapid.T) {
		pieces := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("关于对驻村帮扶工作督查情况的通报")), 2, 12, -1), 1, 6).Draw(r, "pieces")
		got := lines(strings.Join(pieces, "|"))
		if strings.Join(got, "") != strings.Join(pieces, "") {
			r.Fatalf("got %q, want the characters of %q", got, pieces)
		}
		l := newLayout(Document{}, faces, 1)
		for _, line := range got {
			if wide := s.measure(l.shape(span{SongBold, line})); wide > areaWidth+0.05 {
				r.Errorf("line %q is %.1f mm wide", line, wide)
			}
		}
	})
}
