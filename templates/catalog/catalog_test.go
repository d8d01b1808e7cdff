package catalog_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

func TestBothLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	t.Parallel()
	zh, en := catalog.For("zh"), catalog.For("en")
	for _, key := range zh.Keys() {
		if !en.Has(key) {
			t.Errorf("%s is missing in English", key)
			continue
		}
		for _, n := range []int{0, 1, 2} {
			got, want := holes(en.T(key, "n", n)), holes(zh.T(key, "n", n))
			// A sentence for none or one may spell its number out; others must ask for the same.
			if !slices.Equal(got, want) {
				t.Errorf("%s (n=%d): English asks for %v, Chinese for %v", key, n, got, want)
			}
		}
	}
	for _, key := range en.Keys() {
		if !zh.Has(key) {
			t.Errorf("%s is missing in Chinese", key)
		}
	}
}

// holes lists the placeholders that T left open.
func holes(s string) []string {
	found := regexp.MustCompile(`\{[a-z0-9_]+\}`).FindAllString(s, -1)
	sort.Strings(found)
	return slices.Compact(found)
}

func TestSentencesAreFilled(t *testing.T) {
	t.Parallel()
	c := catalog.For("zh")
	got := c.T("error.case.branch_open", "case", "2025-003", "branch", 2)
	if want := "“一案双查”事项2025-003还有核查未作出结论（第2项），不能办结。请先完成全部核查。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := c.T("no.such.key"), "«no.such.key»"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := c.T("error.case.not_open"); !strings.Contains(got, "{case}") {
		t.Errorf("a placeholder without a value vanished: %s", got)
	}
	if got, want := c.Label("presence", inspections.ToVerify), "不在岗，待核实"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestErrorsReadAsSentences(t *testing.T) {
	t.Parallel()
	c := catalog.For("en")
	err := errors.Join(errors.New("context"), inspections.Fail(inspections.Conflict, "case.not_open", "case", "2025-003"))
	if got, want := c.Error(err), "Case 2025-003 is not under way, so this step is not possible."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := c.Error(errors.New("pq: secret detail")), c.T("error.internal"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLanguagesAreChosenByTag(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"": "zh", "zh-CN": "zh", "en": "en", "en-GB": "en", "EN_us": "en", "fr": "zh"} {
		if got := catalog.For(tag).Lang(); got != want {
			t.Errorf("%q: got %s, want %s", tag, got, want)
		}
	}
}

func TestDatesReadAsInTheWordingReference(t *testing.T) {
	t.Parallel()
	zh, en := catalog.For("zh"), catalog.For("en")
	day := calendar.NewDate(2025, time.March, 12)
	at := day.At(14, 30)
	next := calendar.NewDate(2026, time.January, 2)
	for _, c := range []struct{ got, want string }{
		{zh.Date(calendar.NewDate(2026, time.November, 2)), "2026年11月2日"},
		{zh.Moment(at), "3月12日（周三）14:30"},
		{zh.Brief(at.UTC()), "3月12日14:30"},
		{zh.FullMoment(at), "2025年3月12日14:30"},
		{zh.Moment(day.End()), "3月12日（周三）24:00"},
		{zh.Span(day, day.Add(4)), "3月12日至16日"},
		{zh.Span(day, day.Add(30)), "3月12日至4月11日"},
		{zh.Span(calendar.NewDate(2025, time.December, 29), next), "2025年12月29日至2026年1月2日"},
		{zh.HalfDay(at), "下午"},
		{zh.Month(calendar.MonthOf(day)), "2025年3月"},
		{zh.Week(calendar.WeekOf(day)), "2025年第11周"},
		{zh.Join([]string{"甲", "乙"}), "甲、乙"},
		{zh.Date(0), ""},
		{zh.Moment(time.Time{}), ""},
		{en.Date(day), "12 March 2025"},
		{en.Moment(at), "Wed 12 March, 14:30"},
		{en.Span(day, day.Add(4)), "12–16 March"},
		{en.Join([]string{"a", "b"}), "a, b"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

func TestEveryItemOfTheChecklistHasWords(t *testing.T) {
	t.Parallel()
	for _, lang := range catalog.Languages() {
		c := catalog.For(lang)
		for _, item := range inspections.Checklist() {
			for _, key := range []string{"check." + item.Item, "clause." + item.Clause, "clause.ref." + item.Clause, "party." + string(item.Party)} {
				if !c.Has(key) {
					t.Errorf("%s: no words for %s", lang, key)
				}
			}
		}
		for _, key := range inspections.SettingKeys() {
			if !c.Has("setting." + key) {
				t.Errorf("%s: no words for setting %s", lang, key)
			}
		}
		for _, kind := range inspections.LetterKinds() {
			if !c.Has("letter_kind." + string(kind)) {
				t.Errorf("%s: no words for letter %s", lang, kind)
			}
		}
	}
}

// TestEveryClauseOfTheNoticeHasWords reads the codes from the table of CLAUSES.md where the specs are present.
func TestEveryClauseOfTheNoticeHasWords(t *testing.T) {
	t.Parallel()
	shared := os.Getenv("ANFANG_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	raw, err := os.ReadFile(filepath.Join(shared, "CLAUSES.md"))
	if err != nil {
		t.Skipf("SKIPPED: CLAUSES.md is not here (%v); set ANFANG_SHARED to the folder of the specs", err)
	}
	codes := 0
	for line := range strings.SplitSeq(string(raw), "\n") {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		cell, _, _ := strings.Cut(line[2:], " |")
		for code := range strings.FieldsSeq(cell) {
			if !regexp.MustCompile(`^[1-6]\.\d+[a-d]?$`).MatchString(code) {
				continue
			}
			codes++
			for _, lang := range catalog.Languages() {
				if !catalog.For(lang).Has("clause." + code) {
					t.Errorf("%s: no words for clause %s", lang, code)
				}
			}
		}
	}
	if codes < 40 {
		t.Errorf("only %d codes were found in CLAUSES.md", codes)
	}
}

// TestEveryErrorInTheCodeHasASentence finds the keys of inspections.Fail calls by parsing the sources.
func TestEveryErrorInTheCodeHasASentence(t *testing.T) {
	t.Parallel()
	zh, en := catalog.For("zh"), catalog.For("en")
	keys := errorKeys(t, filepath.Join("..", ".."))
	if len(keys) < 20 {
		t.Fatalf("only %d keys were found: the search is broken", len(keys))
	}
	for key, where := range keys {
		if !zh.Has("error."+key) || !en.Has("error."+key) {
			t.Errorf("%s: error %q has no sentence in templates/catalog", where, key)
		}
	}
}

// failing are the functions that make expected errors: inspections.Fail and the short forms of some rooms.
var failing = map[string]bool{"Fail": true, "fail": true, "fault": true, "refuse": true, "refused": true, "invalid": true, "conflict": true}

var keyForm = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)*$`)

// errorKeys maps each key handed to one of them as a literal to where it stands.
func errorKeys(t *testing.T, root string) map[string]string {
	t.Helper()
	keys := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Logf("not parsed, so not searched: %v", err)
			return nil
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !failing[name(call.Fun)] {
				return true
			}
			for _, arg := range call.Args[:min(2, len(call.Args))] {
				lit, ok := arg.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					continue
				}
				if key, err := strconv.Unquote(lit.Value); err == nil && keyForm.MatchString(key) && (name(call.Fun) == "Fail" || strings.Contains(key, ".")) {
					keys[key] = set.Position(lit.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
