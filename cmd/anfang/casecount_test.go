package main

import (
	"strings"
	"testing"
)

func TestACountOfCasesTellsItsMonths(t *testing.T) {
	t.Parallel()
	s := settled(t)
	s.must(at("2025-03-11T09:00"), "case", "open", "--json-file", s.example("zh"))
	var got struct {
		From, Until string
		Count       struct{ Problems int }
	}
	now := at("2025-05-08T09:00")
	for _, one := range []struct {
		args        []string
		from, until string
		problems    int
	}{
		{nil, "2025-01", "2025-05", 1},
		{[]string{"--from", "2025-03"}, "2025-03", "2025-03", 1},
		{[]string{"--until", "2025-02"}, "2025-01", "2025-02", 0},
		{[]string{"--from", "2024-12", "--until", "2025-03"}, "2024-12", "2025-03", 1},
	} {
		s.json(&got, append([]string{now, "case", "count"}, one.args...)...)
		if got.From != one.from || got.Until != one.until || got.Count.Problems != one.problems {
			t.Errorf("%q: got %+v, want %s to %s with %d problems", one.args, got, one.from, one.until, one.problems)
		}
	}
	s.lang = "zh"
	if text := s.must(now, "case", "count"); !strings.HasPrefix(text, "2025年1月至2025年5月：") {
		t.Errorf("got %q, want the months first", text)
	}
	s.fails(2, "usage.months", now, "case", "count", "--from", "2025-04", "--until", "2025-03")
}
