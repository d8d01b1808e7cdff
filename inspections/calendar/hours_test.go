package calendar

import (
	"testing"
	"time"
)

func TestHoursHoldAndEnd(t *testing.T) {
	t.Parallel()
	day := NewDate(2025, time.March, 12)
	for _, c := range []struct {
		span string
		at   time.Time
		end  time.Time // zero: outside
	}{
		{"22:00-07:00", day.At(21, 59), time.Time{}},
		{"22:00-07:00", day.At(22, 0), day.Add(1).At(7, 0)},
		{"22:00-07:00", day.At(0, 10), day.At(7, 0)},
		{"22:00-07:00", day.At(6, 59).Add(59 * time.Second), day.At(7, 0)},
		{"22:00-07:00", day.At(7, 0), time.Time{}},
		{"12:00-14:30", day.At(12, 0), day.At(14, 30)},
		{"12:00-14:30", day.At(14, 30), time.Time{}},
		{"12:00-14:30", day.At(11, 0), time.Time{}},
		{"18:00-00:00", day.At(23, 30), day.Add(1).At(0, 0)},
		{"18:00-00:00", day.At(0, 0), time.Time{}},
	} {
		h, err := ParseHours(c.span)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := h.End(c.at.UTC()); !got.Equal(c.end) || ok == c.end.IsZero() {
			t.Errorf("%s at %s: got %s, %t; want %s", c.span, c.at, got, ok, c.end)
		}
		if h.String() != c.span {
			t.Errorf("%s is written as %s", c.span, h)
		}
	}
}

func TestSpansThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "22:00", "22-07", "22:00–07:00", "24:00-07:00", "22:60-07:00", "2:00-7:00", "07:00-07:00", "-1:00-07:00", "22:00-07:00 "} {
		if h, err := ParseHours(s); err == nil {
			t.Errorf("%q: got %s", s, h)
		}
	}
}
