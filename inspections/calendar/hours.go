package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Hours are a span of the day in Shanghai, in minutes from midnight; one that ends before it begins goes
// over midnight.
type Hours struct{ From, Until int }

// ParseHours reads "22:00-07:00". Error: anything else, and a span without length.
func ParseHours(s string) (Hours, error) {
	from, until, ok := strings.Cut(s, "-")
	a, aok := minuteOf(from)
	b, bok := minuteOf(until)
	if !ok || !aok || !bok || a == b {
		return Hours{}, fmt.Errorf("calendar: %q is no span of hours like 22:00-07:00", s)
	}
	return Hours{a, b}, nil
}

func minuteOf(s string) (int, bool) {
	h, m, _ := strings.Cut(s, ":")
	hour, err := strconv.Atoi(h)
	minute, merr := strconv.Atoi(m)
	if err != nil || merr != nil || len(h) != 2 || len(m) != 2 || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return 0, false
	}
	return hour*60 + minute, true
}

// String writes the span as ParseHours reads it.
func (h Hours) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", h.From/60, h.From%60, h.Until/60, h.Until%60)
}

// End gives the end of the span that holds a moment; false when none does. The last minute is outside.
func (h Hours) End(at time.Time) (time.Time, bool) {
	day := DateOf(at)
	local := at.In(Shanghai)
	minute := local.Hour()*60 + local.Minute()
	over := h.From > h.Until
	switch {
	case !over && minute >= h.From && minute < h.Until, over && minute < h.Until:
	case over && minute >= h.From:
		day = day.Add(1)
	default:
		return time.Time{}, false
	}
	return day.At(h.Until/60, h.Until%60), true
}
