package pdf

import (
	"strings"
	"unicode"
)

// Classes of characters for line breaking, after GB/T 15834 and LAYOUT.md item 37. They are punctuation, not words.
const (
	// A line must not begin with these,
	noStart = "，。；：？！、”’）》〉〕】％" + "」』］｝〗〙〞·‧・～‰℃…" + ",.;:?!)]}%"
	// nor end with these.
	noEnd = "“‘（《〈〔【" + "「『［｛〖〘〝" + "([{" + "￥＄¥$№"
	// Pairs of these are one sign.
	doubled = "—…"
	// These are one em wide in Chinese text although Latin faces have them narrower.
	wideSigns = "“”‘’…"
)

func startForbidden(r rune) bool { return strings.ContainsRune(noStart, r) }

func endForbidden(r rune) bool { return strings.ContainsRune(noEnd, r) }

func fullWidth(r rune) bool { return strings.ContainsRune(wideSigns, r) }

// invisible characters take no place and are not drawn: joiners, selectors, control characters.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && r != '\n' ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}

// wordRune reports whether the character is part of a Latin word, number or code that stays in one piece.
func wordRune(r rune) bool {
	return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("_@#&+", r)
}

// joinsDigits reports whether the sign, between two digits, belongs to the number (1.5, 10:30, 2025-03, 20/12).
func joinsDigits(r rune) bool { return strings.ContainsRune(".,:/-–~", r) }

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }
