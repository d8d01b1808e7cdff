package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// phoneFault says what is wrong with a number; "" is nothing.
type phoneFault string

const (
	phoneMissing phoneFault = "phone_missing"
	phoneRounded phoneFault = "phone_rounded" // 1.99E+10: digits are lost
	phoneDigits  phoneFault = "phone_digits"  // too few, too many or not a mobile number
)

var (
	scientific = regexp.MustCompile(`^(\d(?:\.\d+)?)[eE]\+?(\d{1,2})$`)
	mobile     = regexp.MustCompile(`^1\d{10}$`)
	// mobileWithin finds a whole mobile number among other things.
	mobileWithin = regexp.MustCompile(`(?:^|[^\d])(?:\+?86)?(1[3-9]\d{9})(?:[^\d]|$)`)
	landline     = regexp.MustCompile(`^(0\d{2,3})?\d{7,8}$`)
)

// phone is a number as read. For a rounded one, from and until hold what it may have been.
type phone struct {
	digits      string // 11 digits, "" with a fault
	fault       phoneFault
	repair      string // key of the repair, "" when it stood plainly
	from, until int64
}

// phoneGaps are the marks within a number; other marks part numbers.
var phoneGaps = strings.NewReplacer("-", "", " ", "", "\u00a0", "")

var phoneMarks = strings.NewReplacer("-", "", "‐", "", "‑", "", "·", "", "_", "", "`", "", "’", "", "‘", "", "–", "", "—", "", "−", "", "(", "", ")", "", ".", "", "'", "")

// readPhone reads a mobile number: full-width digits, blanks, hyphens and the country code are taken
// away, numbers in scientific notation are read when no digit is lost.
func readPhone(s string) phone {
	bare := squeeze(s)
	if bare == "" || bare == "-" || bare == "--" || bare == "无" {
		return phone{fault: phoneMissing}
	}
	repair := ""
	if wide(s) {
		repair = "full_width"
	}
	if m := scientific.FindStringSubmatch(bare); m != nil {
		return scientificPhone(m[1], number(m[2]))
	}
	digits := strings.TrimSuffix(bare, ".0")
	digits = phoneMarks.Replace(digits)
	for _, code := range []string{"+86", "0086"} {
		digits = strings.TrimPrefix(digits, code)
	}
	if len(digits) == 13 {
		digits = strings.TrimPrefix(digits, "86")
	}
	if !mobile.MatchString(digits) {
		// A landline beside it or a remark behind it: the one mobile number in the cell.
		if in := mobileWithin.FindAllStringSubmatch(phoneGaps.Replace(half(s)), 2); len(in) == 1 {
			return phone{digits: in[0][1], repair: "phone_form"}
		}
		return phone{fault: phoneDigits}
	}
	if repair == "" && digits != strings.TrimSpace(s) {
		repair = "phone_form"
	}
	return phone{digits: digits, repair: repair}
}

func scientificPhone(mantissa string, exponent int) phone {
	if exponent != 10 {
		return phone{fault: phoneDigits}
	}
	decimals := len(strings.TrimPrefix(mantissa[1:], "."))
	value, err := strconv.ParseFloat(mantissa+"e10", 64)
	if err != nil || value < 1e10 || value >= 2e10 {
		return phone{fault: phoneDigits}
	}
	n := int64(math.Round(value))
	// Trailing zeros are dropped when a sheet is saved: with few decimals they may be lost digits.
	if decimals >= 7 {
		return phone{digits: strconv.FormatInt(n, 10), repair: "phone_scientific"}
	}
	slack := int64(math.Pow10(10 - decimals))
	return phone{fault: phoneRounded, from: n - slack, until: n + slack}
}

// mayBe reports whether a rounded number can have been digits.
func (p phone) mayBe(digits string) bool {
	if p.fault != phoneRounded || digits == "" {
		return true
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return err == nil && n >= p.from && n <= p.until
}

// officePhone reads the number of a body, which may be a landline.
func officePhone(s string) phone {
	p := readPhone(s)
	if p.fault != phoneDigits {
		return p
	}
	digits := strings.NewReplacer("-", "", "(", "", ")", "").Replace(squeeze(s))
	if !landline.MatchString(digits) {
		return p
	}
	return phone{digits: digits}
}

// oneDigitOff reports whether two numbers differ in one digit only.
func oneDigitOff(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	off := 0
	for i := range len(a) {
		if a[i] != b[i] {
			off++
		}
	}
	return off == 1
}
