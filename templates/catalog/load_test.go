package catalog

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestFaultyFilesAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a key in two files":         {map[string]string{"zh/a.json": `{"k":"1"}`, "zh/b.json": `{"k":"2"}`}, `"k" stands in zh/a.json`},
		"a key twice in one file":    {map[string]string{"zh/a.json": `{"k":"1","k":"1"}`}, `"k" stands in zh/a.json`},
		"a list":                     {map[string]string{"zh/a.json": `["k"]`}, "one object"},
		"a number":                   {map[string]string{"zh/a.json": `{"k":1}`}, `{"none","one","many"}`},
		"a count without many":       {map[string]string{"zh/a.json": `{"k":{"none":"","one":""}}`}, `{"none","one","many"}`},
		"a second object":            {map[string]string{"zh/a.json": `{"k":"1"} {}`}, "follows"},
		"half a file":                {map[string]string{"zh/a.json": `{"k":"1"`}, "zh/a.json"},
		"no file of the language":    {map[string]string{"en/a.json": `{}`}, "no files"},
		"a count with another field": {map[string]string{"zh/a.json": `{"k":{"none":"","one":"","many":"","few":""}}`}, `{"none","one","many"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys := fstest.MapFS{}
			for path, text := range c.files {
				fsys[path] = &fstest.MapFile{Data: []byte(text)}
			}
			_, err := load(fsys, "zh")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestACountPicksItsVariant(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"zh/a.json": &fstest.MapFile{Data: []byte(`{"k":{"none":"没有","one":"1个","many":"{n}个"}}`)}}
	entries, err := load(fsys, "zh")
	if err != nil {
		t.Fatal(err)
	}
	c := &Catalog{lang: "zh", entries: entries}
	for n, want := range map[int]string{0: "没有", 1: "1个", 7: "7个"} {
		if got := c.T("k", "n", n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
	if got, want := c.T("k", "n", int64(1)), "1个"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
