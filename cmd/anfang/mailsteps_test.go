package main

import (
	"strings"
	"testing"
)

func TestMailStepsFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	for _, c := range []struct {
		args []string
		want int
		says string
	}{
		{[]string{"init"}, 0, ""},
		{[]string{"mail", "stops"}, 0, ""},
		{[]string{"mail", "lift", "3"}, 1, "no stopped address"},
		{[]string{"mail", "lift", "x"}, 2, "x"},
		{[]string{"mail", "resend", "9"}, 1, "9"},
		{[]string{"mail", "arrived", "9"}, 1, "9"},
		{[]string{"mail", "check"}, 1, "mail.archive"},
		{[]string{"mail", "results", "--month", "2025-13"}, 2, "2025-13"},
		{[]string{"mail", "results", "--month", "2025-03"}, 1, ""},
		{[]string{"setting", "set", "quiet_township", "18-8"}, 1, "22:00-07:00"},
		{[]string{"setting", "set", "quiet_township", "18:00-08:00"}, 0, ""},
	} {
		code, out, errs := s.do(c.args...)
		if code != c.want || !strings.Contains(out+errs, c.says) || strings.Contains(out+errs, "«") {
			t.Errorf("%v: got %d\n%s%s", c.args, code, out, errs)
		}
	}
}
