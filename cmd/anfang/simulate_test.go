package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSimulate(t *testing.T) {
	t.Parallel()
	args := []string{"simulate", "--years", "1", "--teams", "30", "--horizon-weeks", "26"}
	t.Run("prints one object with a metric under every name", func(t *testing.T) {
		t.Parallel()
		s := takeSeat(t)
		var object map[string]any
		if err := json.Unmarshal([]byte(s.must(append(args, "--json")...)), &object); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"edge", "relax", "maxp", "timing", "memory", "coverage", "floor", "exact", "pairs", "replay"} {
			metric, _ := object[name].(map[string]any)
			if _, told := metric["pass"].(bool); !told || metric["value"] == nil || metric["goal"] == nil {
				t.Errorf("%s: got %v", name, object[name])
			}
		}
		if object["schema"] != 1.0 || object["teams"] != 30.0 || object["weeks"] != 52.0 {
			t.Errorf("got %v", object)
		}
	})
	t.Run("prints a table for people, and other policies when asked", func(t *testing.T) {
		t.Parallel()
		out := takeSeat(t).must(append(args, "--compare")...)
		for _, want := range []string{"30 teams", "metric ", "replay ", "shuffled bag", "riskiest first"} {
			if !strings.Contains(out, want) {
				t.Errorf("%q is missing in\n%s", want, out)
			}
		}
	})
	t.Run("refuses what is no number or out of range", func(t *testing.T) {
		t.Parallel()
		s := takeSeat(t)
		s.fails(2, "simulate.range", "simulate", "--years", "0")
		s.fails(2, "simulate.range", "simulate", "--fall-through", "NaN")
		s.fails(2, "usage.number", "simulate", "--per-week", "many")
		s.fails(2, "usage.number", "simulate", "--seed", "-1")
	})
}
