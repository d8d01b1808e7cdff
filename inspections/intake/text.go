package intake

import (
	"regexp"
	"strings"
	"unicode"
)

// half turns full-width forms into their plain ones and drops what cannot be seen (zero-width marks,
// stray byte order marks, soft hyphens). Wide blanks become plain ones.
func half(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		case r == 0x3000, r == 0xa0, r == 0x2007, r == 0x202f:
			return ' '
		case r == 0xfeff, r == 0x200b, r == 0x200c, r == 0x200d, r == 0x2060, r == 0xad:
			return -1
		}
		return r
	}, s)
}

// squeeze is half without any white space.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, half(s))
}

// wide reports whether s holds full-width digits or letters.
func wide(s string) bool {
	for _, r := range s {
		if r >= 0xff01 && r <= 0xff5e && (isDigit(r-0xfee0) || isLatin(r-0xfee0) || r == 0xff20) {
			return true
		}
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func allDigits(s string) bool {
	for _, r := range s {
		if !isDigit(r) {
			return false
		}
	}
	return s != ""
}

// lost is what a spreadsheet writes for a character its code page lacks.
const lost = '?'

var middleDots = strings.NewReplacer("•", "·", "・", "·", "‧", "·", "•", "·", "﹒", "·", "⋅", "·", "∙", "·", "●", "·", "･", "·", "˙", "·")

// bracketed is a remark after a name: 何孝忠(队长).
var bracketed = regexp.MustCompile(`[(\[【〔].*$`)

// hanDot is a full stop between characters, where a middle dot is meant.
var hanDot = regexp.MustCompile(`(\p{Han})[.。](\p{Han})`)

// personName gives a person's name without blanks, with one sort of middle dot. A name in Latin
// letters keeps single blanks; a remark in brackets is left away.
func personName(s string) string {
	name := squeeze(s)
	if strings.IndexFunc(name, isLatin) >= 0 {
		name = strings.Join(strings.Fields(half(s)), " ")
	}
	if rest := bracketed.ReplaceAllString(name, ""); rest != "" {
		name = rest
	}
	name = strings.Trim(name, "*#、,;:.")
	return hanDot.ReplaceAllString(middleDots.Replace(name), "$1·$2")
}

// runesEqual compares with lost characters standing for any one.
func runesEqual(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] && x[i] != lost && y[i] != lost {
			return false
		}
	}
	return true
}

// nearName reports whether two names differ by one wrong, one missing or one extra character, with at
// least one in common.
func nearName(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || len(x) == 0 || len(y) < 2 {
		return false
	}
	front := 0
	for front < len(x) && x[front] == y[front] {
		front++
	}
	back := 0
	for back < len(x)-front && x[len(x)-1-back] == y[len(y)-1-back] {
		back++
	}
	return front+back > 0 && len(x)-front-back <= 1 && len(y)-front-back <= 1
}

// clip shortens a value for the problem list.
func clip(s string) string {
	const most = 80
	r := []rune(strings.ToValidUTF8(s[:min(len(s), 4*most+4)], "\ufffd"))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// list splits a cell that names several things.
func list(s string) []string {
	var parts []string
	for _, p := range strings.FieldsFunc(half(s), func(r rune) bool { return strings.ContainsRune("、,;/\n\r|", r) }) {
		if p = squeeze(p); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}
