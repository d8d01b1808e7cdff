package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"anfang.example/templates/catalog"
)

// TestMain lets tests run this binary as the program itself: with ANFANG_TEST_CLI set it is anfang.
func TestMain(m *testing.M) {
	if os.Getenv("ANFANG_TEST_CLI") != "" {
		os.Exit(run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// seat is a person at a terminal, with one data directory and a clock for each command.
type seat struct {
	t    testing.TB
	data string
	env  map[string]string
	lang string // of what it says
}

func takeSeat(t testing.TB) *seat {
	t.Helper()
	return &seat{t: t, data: filepath.Join(t.TempDir(), "data"), env: map[string]string{}, lang: "en"}
}

// do runs one command and gives status, output and errors.
func (s *seat) do(args ...string) (int, string, string) {
	s.t.Helper()
	var out, errs bytes.Buffer
	env := func(name string) string { return s.env[name] }
	code := run(s.t.Context(), append([]string{"--data", s.data, "--lang", s.lang}, args...), env, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// must runs a command that has to succeed and gives its output.
func (s *seat) must(args ...string) string {
	s.t.Helper()
	code, out, errs := s.do(args...)
	if code != 0 {
		s.t.Fatalf("%q: got status %d: %s%s", args, code, out, errs)
	}
	return out
}

// json runs a command with --json and reads its object.
func (s *seat) json(into any, args ...string) {
	s.t.Helper()
	out := s.must(append([]string{"--json"}, args...)...)
	if err := json.Unmarshal([]byte(out), into); err != nil {
		s.t.Fatalf("%q: %v in %s", args, err, out)
	}
	var head struct{ Schema int }
	if err := json.Unmarshal([]byte(out), &head); err != nil || head.Schema != 1 {
		s.t.Errorf("%q: got schema %d, want 1", args, head.Schema)
	}
}

// fails runs a command that has to fail with a status and a key, in one sentence.
func (s *seat) fails(status int, key string, args ...string) string {
	s.t.Helper()
	code, _, errs := s.do(args...)
	if code != status || !strings.HasSuffix(errs, " ["+key+"]\n") || strings.Count(errs, "\n") != 1 || strings.Contains(errs, "«") || strings.Contains(errs, "{") {
		s.t.Errorf("%q: got status %d and %q, want %d and one sentence with [%s]", args, code, errs, status, key)
	}
	return errs
}

// settled is a seat on 1 March 2025 with the small roster of testdata.
func settled(t testing.TB) *seat {
	t.Helper()
	s := takeSeat(t)
	s.must(at("2025-03-01T09:00"), "init", "--issuer", "永兴县驻村办", "--prefix", "永组发", "--signer", "周立新",
		"--signer-duty", "主任", "--leader-email", "leader@example.com", "--clerk-email", "clerk@example.com")
	s.must(append([]string{at("2025-03-01T09:10"), "import", "roster"}, rosterFiles(t)...)...)
	return s
}

// at gives the flag of the business clock, Shanghai time.
func at(local string) string { return "--now=" + local + ":00+08:00" }

func rosterFiles(t testing.TB) []string {
	t.Helper()
	list, err := filepath.Glob("testdata/roster/*.csv")
	if err != nil || len(list) != 5 {
		t.Fatalf("got %v %v, want five files", list, err)
	}
	return list
}

// sum gives the hash of the database file.
func (s *seat) sum() [32]byte {
	s.t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.data, databaseFile))
	if err != nil {
		s.t.Fatal(err)
	}
	return sha256.Sum256(raw)
}

func everyCommand(root *cobra.Command, visit func(*cobra.Command)) {
	visit(root)
	for _, sub := range root.Commands() {
		everyCommand(sub, visit)
	}
}

func TestHelpHasEveryWordInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range catalog.Languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			var paths [][]string
			c := &cli{words: catalog.For(lang), docs: map[*cobra.Command]*doc{}}
			everyCommand(c.root(), func(cmd *cobra.Command) {
				paths = append(paths, strings.Fields(cmd.CommandPath())[1:])
			})
			if len(paths) < 50 {
				t.Fatalf("got %d commands, want all", len(paths))
			}
			for _, path := range paths {
				for _, args := range [][]string{append(slices.Clone(path), "--help"), append([]string{"help"}, path...)} {
					var out, errs bytes.Buffer
					code := run(t.Context(), append([]string{"--lang", lang}, args...), func(string) string { return "" }, strings.NewReader(""), &out, &errs)
					if code != 0 || errs.Len() > 0 || strings.Contains(out.String(), "«") || strings.Contains(out.String(), "{value}") {
						t.Errorf("%q: got status %d, %s%s", args, code, out.String(), errs.String())
					}
				}
			}
		})
	}
}

func TestHelpIsInTheLanguageAskedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		env  string
		want string
	}{
		{[]string{"help"}, "", "命令："},
		{[]string{"help", "--lang", "en"}, "", "Commands:"},
		{[]string{"--lang=en"}, "zh", "Commands:"},
		{[]string{"help"}, "en", "Commands:"},
	} {
		var out, errs bytes.Buffer
		env := func(name string) string {
			if name == "ANFANG_LANG" {
				return c.env
			}
			return ""
		}
		if code := run(t.Context(), c.args, env, strings.NewReader(""), &out, &errs); code != 0 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: got status %d, %s, want %s in it", c.args, code, out.String(), c.want)
		}
	}
}

func TestWrongUsageIsStatus2(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	for _, c := range []struct {
		key  string
		args []string
	}{
		{"usage.unknown_command", []string{"nonsense"}},
		{"usage.unknown_command", []string{"week", "nonsense"}},
		{"usage.unknown_command", []string{"help", "nonsense"}},
		{"usage.which", []string{"week"}},
		{"usage.missing", []string{"import", "roster"}},
		{"usage.too_many", []string{"visit", "show", "1", "2"}},
		{"usage.unknown_flag", []string{"init", "--countyy", "1"}},
		{"usage.unknown_flag", []string{"init", "-x"}},
		{"usage.flag_value", []string{"week", "show", "--week"}},
		{"usage.flag_wrong", []string{"version", "--json=perhaps"}},
		{"usage.lang", []string{"version", "--lang", "fr"}},
		{"usage.now", []string{"version", "--now", "yesterday"}},
		{"usage.serve_now", []string{"serve", at("2025-03-01T09:00")}},
		{"usage.demo_now", []string{"demo", at("2025-03-01T09:00")}},
		{"usage.number", []string{"demo", "--seed", "x"}},
		{"usage.month", []string{"demo", "--month", "2025-13"}},
		{"usage.county", []string{"init", "--county", "here"}},
		{"usage.week", []string{"week", "show", "--week", "2025-W60"}},
		{"usage.needed", []string{"proof", "export", "x.json"}},
		{"usage.needed", []string{"run", "bulletin.draft"}},
		{"usage.time", []string{"run", "bulletin.draft", "--due", "x"}},
		{"usage.one_of", []string{"user", "add", "x", "--role", "king"}},
		{"usage.one_of", []string{"case", "step", "2025-001", "forget"}},
		{"usage.needed", []string{"case", "step", "2025-001"}},
	} {
		s.fails(2, c.key, c.args...)
	}
	if _, err := os.Stat(s.data); !os.IsNotExist(err) {
		t.Errorf("a wrong command made something: %v", err)
	}
}

func TestNothingWorksBeforeInit(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	for _, args := range [][]string{
		append([]string{"import", "roster"}, rosterFiles(t)...), {"week", "show"}, {"serve"}, {"user", "list"}, {"migrate"},
		{"mail", "list"}, {"journal", "verify"}, {"bulletin", "preview"},
	} {
		s.fails(1, "cli.not_set_up", args...)
	}
	if _, err := os.Stat(s.data); !os.IsNotExist(err) {
		t.Errorf("something was made: %v", err)
	}
}
