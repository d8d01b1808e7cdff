package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"anfang.example/templates/catalog"
)

// spoken finds the keys that commands say: c.say("x"), words.T("cli.x"), key = "x", heads of tables, notes
// of the doctor.
var spoken = []struct {
	pattern *regexp.Regexp
	key     func(found []string) []string
}{
	{regexp.MustCompile(`\.say\("([a-z_.-]+)"`), func(f []string) []string { return []string{"cli." + f[1]} }},
	{regexp.MustCompile(`\.T\("(cli\.[a-z_.-]+[a-z])"`), func(f []string) []string { return []string{f[1]} }},
	{regexp.MustCompile(`\bkey (?::=|=) "([a-z_.]+)"`), func(f []string) []string { return []string{"cli." + f[1]} }},
	{regexp.MustCompile(`(?:\.table\(|range )\[\]string\{((?:"[a-z_]+",? ?)+)\}`), func(f []string) []string {
		var keys []string
		for _, word := range strings.Split(f[1], ",") {
			keys = append(keys, "cli.column."+strings.Trim(word, `" `))
		}
		return keys
	}},
	{regexp.MustCompile(`x\.note\(\w+, "([a-z]+)", "([a-z_]+)"`), func(f []string) []string { return []string{"cli.doctor." + f[1] + "." + f[2]} }},
}

func TestEverythingCommandsSayHasWords(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	n := 0
	for _, path := range files(t, root, ".go") {
		if filepath.ToSlash(filepath.Dir(path)) != "cmd/anfang" || isTest(path) {
			continue
		}
		text := read(t, root, path)
		for _, one := range spoken {
			for _, found := range one.pattern.FindAllStringSubmatch(text, -1) {
				for _, key := range one.key(found) {
					if strings.HasSuffix(key, ".") {
						continue // a part is added when it runs
					}
					key = strings.Replace(key, "cli.cli.", "cli.", 1)
					n++
					for _, lang := range catalog.Languages() {
						if !catalog.For(lang).Has(key) {
							t.Errorf("%s: %s has no words for %s", path, lang, key)
						}
					}
				}
			}
		}
	}
	if n < 120 {
		t.Errorf("got %d keys; the search is broken", n)
	}
}

func TestNoWordOfTheCommandLineIsUnused(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	var all strings.Builder
	for _, path := range files(t, root, ".go") {
		if filepath.ToSlash(filepath.Dir(path)) == "cmd/anfang" && !isTest(path) {
			all.WriteString(read(t, root, path))
		}
	}
	code := all.String()
	for _, key := range catalog.For("zh").Keys() {
		rest, ours := strings.CutPrefix(key, "cli.")
		if !ours {
			continue
		}
		parts := strings.Split(rest, ".")
		last := parts[len(parts)-1]
		if !strings.Contains(code, `"`+rest+`"`) && !strings.Contains(code, `"`+key+`"`) && !strings.Contains(code, `"`+last+`"`) &&
			!strings.Contains(code, `"`+last+` `) && !strings.Contains(code, `.`+last+`"`) && parts[0] != "noun" && parts[0] != "font" {
			t.Errorf("%s is used nowhere", key)
		}
	}
}
