package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFileThatIsNoGoodJSONIsRefusedInPlainWords(t *testing.T) {
	t.Parallel()
	s := settled(t)
	s.lang = "zh"
	path := filepath.Join(t.TempDir(), "told.json")
	for _, one := range []struct{ command, text, want string }{
		{"open", "{\"cases\": [\n{\"knid\": \"absent\"}]}", "“knid”（最先见于第2行）"},
		{"open", "{\"cases\": [\n\n{\"kind\": 3}]}", "第3行“cases.kind”"},
		{"open", "{\"cases\": [\n{\"kind\": \"absent\",}]}", "第2行不符合JSON"},
		{"open", "{\"cases\": [\n{\"kind\": \"absent\"", "第2行之后没有写完"},
		{"rule", "[{\"what\": \"start\"}]", "最外层不是大括号"},
		{"rule", "{\"rules\": [{\"what\": \"start\", \"from\": \"soon\"}]}", "日期"},
		{"kinds", "{\"kinds\": 1}", "“kinds”"},
	} {
		if err := os.WriteFile(path, []byte(one.text), 0o600); err != nil {
			t.Fatal(err)
		}
		said := s.fails(1, "case.json", "case", one.command, "--json-file", path)
		if !strings.Contains(said, one.want) || strings.Contains(said, "json:") || strings.Contains(said, "Go ") {
			t.Errorf("case %s with %s: got %q, want %s", one.command, one.text, said, one.want)
		}
	}
}

func TestTheHelpOfCaseRuleShowsAFileThatWorks(t *testing.T) {
	t.Parallel()
	s := settled(t)
	for _, lang := range []string{"zh", "en"} {
		text := s.must("--lang", lang, "case", "rule", "--help")
		from, until := strings.Index(text, "{"), strings.LastIndex(text, "}")
		if from < 0 || until < from {
			t.Fatalf("got no example in %q", text)
		}
		path := filepath.Join(t.TempDir(), "rules.json")
		if err := os.WriteFile(path, []byte(text[from:until+1]), 0o600); err != nil {
			t.Fatal(err)
		}
		s.must(at("2025-03-11T09:00"), "case", "rule", "--json-file", path)
	}
}
