package sheet

import (
	"fmt"
	"strings"

	"anfang.example/templates/catalog"
)

// Yuan writes 1/100 yuan as figures: 123450 is "1,234.50".
func Yuan(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	whole := fmt.Sprint(cents / 100)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return fmt.Sprintf("%s%s.%02d", sign, whole, cents%100)
}

// Capitals writes an amount the way a register is signed: 壹仟贰佰叁拾肆元伍角整. Where the last place of
// 万 or 元 is nought, the 零 that may be left away is. A language without such
// numerals gives the figures. Amounts reach to 9,999 亿 yuan.
func Capitals(words *catalog.Catalog, cents int64) string {
	digits, small, large := []rune(words.T("sheet.amount.digits")), []rune(words.T("sheet.amount.places")), []rune(words.T("sheet.amount.groups"))
	if len(digits) != 10 || len(small) != 3 || len(large) != 2 || digits[0] == '0' || cents < 0 {
		return Yuan(cents)
	}
	yuan, jiao, fen := cents/100, cents/10%10, cents%10
	var b strings.Builder
	zero := false // a place was passed over since the last digit
	for group := 2; group >= 0; group-- {
		unit := int64(1)
		for range group {
			unit *= 10_000
		}
		part := yuan / unit % 10_000
		if group == 2 {
			part = yuan / unit
		}
		if part == 0 {
			zero = zero || b.Len() > 0
			continue
		}
		for place := 3; place >= 0; place-- {
			tens := int64(1)
			for range place {
				tens *= 10
			}
			d := part / tens % 10
			if d == 0 {
				zero = zero || b.Len() > 0
				continue
			}
			if zero {
				b.WriteRune(digits[0])
			}
			zero = false
			b.WriteRune(digits[d])
			if place > 0 {
				b.WriteRune(small[place-1])
			}
		}
		zero = false
		if group > 0 {
			b.WriteRune(large[group-1])
		}
		// 1,0000,5000 is read 壹亿零伍仟: the zero of a group that begins low.
		if group > 0 {
			below := yuan % unit
			zero = below > 0 && below < unit/10
		}
	}
	if yuan > 0 || cents == 0 {
		if yuan == 0 {
			b.WriteRune(digits[0])
		}
		b.WriteString(words.T("sheet.amount.yuan"))
	}
	if jiao > 0 {
		b.WriteRune(digits[jiao])
		b.WriteString(words.T("sheet.amount.jiao"))
	}
	switch {
	case fen > 0:
		if jiao == 0 && yuan > 0 {
			b.WriteRune(digits[0])
		}
		b.WriteRune(digits[fen])
		b.WriteString(words.T("sheet.amount.fen"))
	default:
		b.WriteString(words.T("sheet.amount.exact"))
	}
	return b.String()
}
