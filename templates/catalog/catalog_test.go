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
		{zh.MomentIn(2025, at), "3月12日（周三）14:30"},
		{zh.MomentIn(2026, at), "2025年3月12日（周三）14:30"},
		{zh.MomentIn(2026, time.Time{}), ""},
		{zh.BriefIn(2025, at), "3月12日14:30"},
		{zh.BriefIn(2026, at), "2025年3月12日14:30"},
		{zh.BriefIn(2026, time.Time{}), ""},
		{en.MomentIn(2026, at), "Wed 12 March 2025, 14:30"},
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

// TestEveryErrorInTheCodeHasASentence finds the keys of inspections.Fail calls by parsing the sources,
// and sees that each placeholder of the sentence is filled.
func TestEveryErrorInTheCodeHasASentence(t *testing.T) {
	t.Parallel()
	zh, en := catalog.For("zh"), catalog.For("en")
	found := failures(t, filepath.Join("..", ".."))
	if len(found) < 60 {
		t.Fatalf("only %d calls were found: the search is broken", len(found))
	}
	for _, f := range found {
		if !zh.Has("error."+f.key) || !en.Has("error."+f.key) {
			t.Errorf("%s: error %q has no sentence in templates/catalog", f.where, f.key)
			continue
		}
		if !f.whole || completedLater[f.key] {
			continue
		}
		for _, hole := range append(holes(zh.T("error."+f.key)), holes(en.T("error."+f.key))...) {
			if !slices.Contains(f.args, strings.Trim(hole, "{}")) {
				t.Errorf("%s: the sentence of %q asks for %s, which the code does not give", f.where, f.key, hole)
			}
		}
	}
}

// TestEveryRefusalOfTheDatabaseHasASentence finds what the triggers of the migrations raise.
func TestEveryRefusalOfTheDatabaseHasASentence(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "inspections", "store", "migrations", "*", "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`anfang:([a-z_.]+)`).FindAllStringSubmatch(string(raw), -1) {
			seen++
			for _, lang := range catalog.Languages() {
				if !catalog.For(lang).Has("error." + m[1]) {
					t.Errorf("%s: %s: no sentence for %s", path, lang, m[1])
				}
			}
		}
	}
	if seen == 0 {
		t.Errorf("no trigger was found in %v: the search is broken", files)
	}
}

// TestEveryNounOfTheStoreHasAWord finds what the tables call a row, so that "not found" reads as a sentence.
func TestEveryNounOfTheStoreHasAWord(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "inspections", "store", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`noun: "([a-z_]+)"`).FindAllStringSubmatch(string(raw), -1) {
			seen++
			for _, lang := range catalog.Languages() {
				if !catalog.For(lang).Has("noun." + m[1]) {
					t.Errorf("%s: %s: no word for %s", path, lang, m[1])
				}
			}
		}
	}
	if seen < 40 {
		t.Errorf("got %d nouns: the search is broken", seen)
	}
	err = inspections.Fail(inspections.NotFound, "store.not_found", "what", "letter", "id", 999)
	if got, want := catalog.For("zh").Error(err), "没有找到信件 999。"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEveryProblemOfAFileHasWords reads the list of keys that intake declares.
func TestEveryProblemOfAFileHasWords(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", "inspections", "intake", "problems.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	keys := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "problemKeys" {
			return true
		}
		for _, e := range spec.Values[0].(*ast.CompositeLit).Elts {
			key, _ := literal(e)
			keys++
			for _, lang := range catalog.Languages() {
				if !catalog.For(lang).Has("problem." + key) {
					t.Errorf("%s: no words for problem %s", lang, key)
				}
			}
		}
		return false
	})
	if keys == 0 {
		t.Error("no keys were found: the search is broken")
	}
}

// failing are the functions that make expected errors: inspections.Fail and the short forms of some rooms.
var failing = map[string]bool{"Fail": true, "fail": true, "fault": true, "refuse": true, "refused": true, "invalid": true, "conflict": true}

// completedLater are errors to which the store adds "what" and "field" on the way up.
var completedLater = map[string]bool{"store.nul": true, "store.not_utf8": true, "store.too_long": true}

var keyForm = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)*$`)

// failure is one place that makes an expected error. The names of its arguments are whole only for a
// plain call of Fail.
type failure struct {
	key, where string
	args       []string
	whole      bool
}

func failures(t *testing.T, root string) []failure {
	t.Helper()
	var found []failure
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
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && failing[name(call.Fun)] {
				if f, ok := failureOf(call); ok {
					f.where = set.Position(call.Pos()).String()
					found = append(found, f)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func failureOf(call *ast.CallExpr) (failure, bool) {
	fail := name(call.Fun) == "Fail"
	for i, arg := range call.Args[:min(2, len(call.Args))] {
		key, ok := literal(arg)
		if !ok || !keyForm.MatchString(key) || !fail && !strings.Contains(key, ".") {
			continue
		}
		f := failure{key: key, whole: fail && call.Ellipsis == token.NoPos}
		for j := i + 1; j < len(call.Args); j += 2 {
			if n, ok := literal(call.Args[j]); ok {
				f.args = append(f.args, n)
			}
		}
		return f, true
	}
	return failure{}, false
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
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
