package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"anfang.example/inspections/calendar"
)

// dateForm says how a date was written.
type dateForm string

const (
	formPlain  dateForm = "plain"  // 2025-03-05, 2025/3/5
	formOther  dateForm = "other"  // 2025.3.5, 2025年3月5日, 20250305
	formSerial dateForm = "serial" // 45721: days since 1899-12-30
	formNoYear dateForm = "noyear" // 3月5日: month and day only
	formNone   dateForm = ""       // not readable
)

// Serials outside are other numbers, not dates of our time (2000-01-01 to 2099-12-31).
const (
	firstSerial = 36526
	lastSerial  = 73050
)

var (
	fullDate  = regexp.MustCompile(`^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})[日号]?$`)
	compact   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	monthDay  = regexp.MustCompile(`^(\d{1,2})月(\d{1,2})[日号]?$`)
	dayOnly   = regexp.MustCompile(`^(\d{1,2})[日号]$`)
	shortDate = regexp.MustCompile(`^(\d{1,4})([-/.年])(\d{1,2})([-/.月])(\d{1,4})[日号]?$`)
	pairDate  = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})$`)
	numeric   = regexp.MustCompile(`^\d+(\.\d+)?$`)
	timeAfter = regexp.MustCompile(`(?i)([ T]+|(日|号)\s*)((上午|下午|早上|晚上|中午|凌晨|AM|PM)\s*)?\d{1,2}[:时点]\d{0,2}(分|:\d{2}(\.\d+)?)?(\d{1,2}秒)?\s*(AM|PM)?(Z|[+-]\d{2}:?\d{2})?$`)
	weekday   = regexp.MustCompile(`\(?(星期|周|礼拜)[一二三四五六日天]\)?$`)
	hanDate   = regexp.MustCompile(`^[〇○零一二三四五六七八九十廿卅年月日号]+$`)
	yearMonth = regexp.MustCompile(`(20\d{2})(?:年|-|/|\.)?(0?[1-9]|1[0-2])(?:\D|$)`)
)

// writtenDate is a date as read; with formNoYear the year is 0.
type writtenDate struct {
	form       dateForm
	year       int
	month, day int
}

// readDate reads the ways offices write a date. days1904 is added to serials. Orders that could mean
// two days (5/3/2025, 25.3.5) are not read.
func readDate(s string, days1904 int) writtenDate {
	// The hour goes before blanks do: 2025-3-1 12:00 must not become the 11th.
	s = timeAfter.ReplaceAllString(strings.TrimSpace(half(s)), "$2")
	s = weekday.ReplaceAllString(squeeze(s), "")
	if hanDate.MatchString(s) {
		s = hanNumbers(s)
	}
	if m := fullDate.FindStringSubmatch(s); m != nil {
		if m[2] == "年" != (m[4] == "月") || m[2] != "年" && m[2] != m[4] {
			return writtenDate{}
		}
		form := formOther
		if m[2] == "-" || m[2] == "/" {
			form = formPlain
		}
		return checked(form, number(m[1]), number(m[3]), number(m[5]))
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		return checked(formOther, number(m[1]), number(m[2]), number(m[3]))
	}
	if m := monthDay.FindStringSubmatch(s); m != nil {
		return checked(formNoYear, 0, number(m[1]), number(m[2]))
	}
	if numeric.MatchString(s) {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			serial := int(math.Floor(f)) + days1904
			if serial >= firstSerial && serial <= lastSerial {
				y, mon, d := calendar.NewDate(1899, time.December, 30).Add(serial).Parts()
				return checked(formSerial, y, int(mon), d)
			}
		}
	}
	return writtenDate{}
}

// readDateIn reads a date of which the month is known: then also orders and short forms that could mean
// several days otherwise (5/3/2025, 25.3.5, 3-5, 5日), when just one of their readings lies in that month.
func readDateIn(s string, days1904 int, month calendar.Month) writtenDate {
	w := readDate(s, days1904)
	if w.form != formNone || month == (calendar.Month{}) {
		return w
	}
	s = timeAfter.ReplaceAllString(strings.TrimSpace(half(s)), "$2")
	s = weekday.ReplaceAllString(squeeze(s), "")
	if hanDate.MatchString(s) {
		s = hanNumbers(s)
	}
	only := writtenDate{}
	try := func(y, m, d int) bool {
		if y < 100 {
			y += 2000
		}
		w := checked(formOther, y, m, d)
		if w.form == formNone || !month.Holds(w.date()) || w == only {
			return true
		}
		several := only.form != formNone
		only = w
		return !several
	}
	one := true
	if m := dayOnly.FindStringSubmatch(s); m != nil {
		one = try(month.Year, int(month.Month), number(m[1]))
	} else if m := pairDate.FindStringSubmatch(s); m != nil {
		// A spreadsheet shows 3.10 as 3.1: such a pair says nothing sure.
		if m[2] == "." && len(m[3]) == 1 && number(m[3]) <= 3 {
			return writtenDate{}
		}
		one = try(month.Year, number(m[1]), number(m[3])) && try(month.Year, number(m[3]), number(m[1]))
	} else if m := shortDate.FindStringSubmatch(s); m != nil && (m[2] == m[4] || m[2] == "年" && m[4] == "月") && len(m[1]) != 3 && len(m[5]) != 3 {
		a, b, c := number(m[1]), number(m[3]), number(m[5])
		one = try(a, b, c)
		if m[2] != "年" {
			one = one && try(c, a, b) && try(c, b, a)
		}
	}
	if !one {
		return writtenDate{}
	}
	return only
}

// hanNumbers turns the numbers of 二〇二五年三月十五日 into digits.
func hanNumbers(s string) string {
	var out strings.Builder
	value, open := 0, false
	plain := true // digits one by one, as in a year
	var digits strings.Builder
	flush := func() {
		switch {
		case !open:
		case plain:
			out.WriteString(digits.String())
		default:
			out.WriteString(strconv.Itoa(value))
		}
		value, open, plain = 0, false, true
		digits.Reset()
	}
	for _, r := range s {
		switch i := strings.IndexRune("〇一二三四五六七八九", r) / len("〇"); {
		case r == '十', r == '廿', r == '卅':
			tens := map[rune]int{'十': max(value, 1), '廿': 2, '卅': 3}[r]
			value, open, plain = tens*10, true, false
		case r == '零', r == '○':
			digits.WriteByte('0')
			open = true
		case strings.ContainsRune("〇一二三四五六七八九", r):
			digits.WriteByte(byte('0' + i))
			value, open = value+i, true
		default:
			flush()
			out.WriteRune(r)
		}
	}
	flush()
	return out.String()
}

// checked refuses days no calendar has. 29 February without a year passes; the year decides later.
func checked(form dateForm, y, m, d int) writtenDate {
	probe := y
	if form == formNoYear {
		probe = 2024
	}
	if probe < 1990 || probe > 2099 || m < 1 || m > 12 || d < 1 {
		return writtenDate{}
	}
	if last := calendar.NewDate(probe, time.Month(m)+1, 0); d > int(last-calendar.NewDate(probe, time.Month(m), 1))+1 {
		return writtenDate{}
	}
	return writtenDate{form: form, year: y, month: m, day: d}
}

// date gives the day; zero when the year is missing.
func (w writtenDate) date() calendar.Date {
	if w.form == formNone || w.year == 0 {
		return 0
	}
	return calendar.NewDate(w.year, time.Month(w.month), w.day)
}

// in gives the day with a year filled in; zero when that year does not have it.
func (w writtenDate) in(year int) calendar.Date {
	if filled := checked(formPlain, year, w.month, w.day); filled.form != formNone {
		return filled.date()
	}
	return 0
}

func (w writtenDate) sameDay(d calendar.Date) bool {
	_, m, day := d.Parts()
	return int(m) == w.month && day == w.day
}

// monthIn finds the month a title or file name speaks of; zero when it names none or several.
func monthIn(s string) calendar.Month {
	var found calendar.Month
	for _, m := range yearMonth.FindAllStringSubmatch(squeeze(s), -1) {
		month := calendar.Month{Year: number(m[1]), Month: time.Month(number(m[2]))}
		if found != (calendar.Month{}) && found != month {
			return calendar.Month{}
		}
		found = month
	}
	return found
}

var (
	loneMonth = regexp.MustCompile(`(?:^|\D)(0?[1-9]|1[0-2])月`)
	loneYear  = regexp.MustCompile(`(?:^|\D)(20\d{2})(?:年|\D|$)`)
)

// monthOf finds the month the words around a table speak of, the nearest first; where none of them has year
// and month together, the one month and the one year that stand in them (sheet 3月 of 2025年签到.xlsx).
func monthOf(words ...string) calendar.Month {
	for _, w := range words {
		if m := monthIn(w); m != (calendar.Month{}) {
			return m
		}
	}
	one := func(form *regexp.Regexp) int {
		for _, w := range words {
			found := 0
			for _, m := range form.FindAllStringSubmatch(squeeze(w), -1) {
				if n := number(m[1]); found != 0 && found != n {
					return 0
				} else {
					found = n
				}
			}
			if found != 0 {
				return found
			}
		}
		return 0
	}
	month, year := one(loneMonth), one(loneYear)
	if month == 0 || year == 0 {
		return calendar.Month{}
	}
	return calendar.Month{Year: year, Month: time.Month(month)}
}

var dateBefore = regexp.MustCompile(`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T]+|\(?(星期|周)[一二三四五六日天]\)?\s*)|(\d{4}年)?\d{1,2}月\d{1,2}[日号]\s*)`)

var clockForm = regexp.MustCompile(`^(上午|下午|早上|早|晚上|晚|中午|凌晨|AM|PM)?(\d{1,2})[:点时](\d{1,2})?分?(?:[:]?(\d{1,2})(?:\.\d+)?秒?)?(AM|PM)?(?:\+08:?00)?$`)

// clockDots is a time with other marks between its numbers: 8.05, 08-05-00, 8;05.
var clockDots = regexp.MustCompile(`^(上午|下午|早上|晚上|中午|AM|PM)?(\d{1,2})[.;,·-](\d{2})(?:[.;,·-](\d{2}))?(AM|PM)?$`)

// readClock reads a time of day as "08:15:00". plain is false when it was written another way than
// hours and minutes with a colon.
func readClock(s string) (clock string, plain, ok bool) {
	raw := strings.TrimSpace(s)
	s = dateBefore.ReplaceAllString(strings.TrimSpace(half(s)), "")
	s = strings.ToUpper(squeeze(s))
	// 8.05 is five past eight, 0.34 a part of a day.
	if dots := clockDots.FindStringSubmatch(s); dots != nil && (dots[2] != "0" && len(s) <= len("08.05") || dots[4] != "" || !numeric.MatchString(s)) {
		s = dots[1] + dots[2] + ":" + dots[3] + dots[5]
		if dots[4] != "" {
			s = dots[1] + dots[2] + ":" + dots[3] + ":" + dots[4] + dots[5]
		}
	}
	if numeric.MatchString(s) {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || !strings.Contains(s, ".") && f != 0 || f >= lastSerial {
			return "", false, false
		}
		f -= math.Floor(f)
		sec := int(math.Round(f * 86400))
		if sec >= 86400 {
			return "", false, false
		}
		return clockText(sec/3600, sec/60%60, sec%60), false, true
	}
	m := clockForm.FindStringSubmatch(s)
	if m == nil {
		return "", false, false
	}
	hour, minute, second := number(m[2]), number(m[3]), number(m[4])
	half := m[1] + m[5]
	switch half {
	case "下午", "晚上", "晚", "PM":
		if hour < 12 {
			hour += 12
		}
	case "上午", "早上", "早", "凌晨", "AM":
		if hour == 12 {
			hour = 0
		} else if hour > 12 {
			return "", false, false
		}
	case "中午":
		if hour < 11 {
			hour += 12
		}
	case "":
	default: // both before and after
		return "", false, false
	}
	if hour > 23 || minute > 59 || second > 59 {
		return "", false, false
	}
	clock = clockText(hour, minute, second)
	return clock, half == "" && (raw == clock || raw == clock[:5]), true
}

func clockText(h, m, s int) string {
	b := []byte("00:00:00")
	for i, v := range [3]int{h, m, s} {
		b[3*i], b[3*i+1] = byte('0'+v/10), byte('0'+v%10)
	}
	return string(b)
}

// number reads digits that a pattern has already checked; "" is 0.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
