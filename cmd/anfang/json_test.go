package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"anfang.example/templates/catalog"
)

func TestJSONIsDocumentedForCommandsThatExist(t *testing.T) {
	t.Parallel()
	c := &cli{words: catalog.For("en"), docs: map[*cobra.Command]*doc{}}
	exist := map[string]bool{}
	everyCommand(c.root(), func(cmd *cobra.Command) {
		exist[strings.TrimPrefix(cmd.CommandPath(), "anfang ")] = true
	})
	rows := regexp.MustCompile("(?m)^\\| (`[a-z].*?`) \\|").FindAllStringSubmatch(read(t, moduleRoot(t), "cmd/anfang/JSON.md"), -1)
	n := 0
	for _, row := range rows {
		for _, command := range inTicks.FindAllStringSubmatch(row[1], -1) {
			n++
			if !exist[command[1]] {
				t.Errorf("JSON.md documents %q, which does not exist", command[1])
			}
		}
	}
	if n < 40 {
		t.Errorf("got %d commands documented", n)
	}
}

// TestJSONHasNoNullLists looks at what lists give on an empty county.
func TestJSONHasNoNullLists(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	for _, args := range [][]string{
		{"visit", "list"}, {"case", "list"}, {"duty", "list"}, {"mail", "list"}, {"user", "list"}, {"setting", "list"},
		{"attendance", "month", "--month", "2025-03"},
	} {
		out := s.must(append([]string{"--json"}, args...)...)
		if !strings.HasPrefix(out, `{"schema":1,`) || strings.Contains(out, "null") {
			t.Errorf("%q: got %s", args, out)
		}
	}
}
