package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

const (
	maxLines     = 600 // of a file; from 400 on it deserves a hard look
	maxMainLines = 80
)

// chinese lists the files whose string literals may hold Han characters, each with its reason; a path
// that ends in a slash covers a folder. Words for people live in templates, and everything else asks a
// catalog for them.
var chinese = map[string]string{
	"templates/":                  "the words people see live here",
	"inspections/intake/":         "headings and values of the forms that offices keep, as they are written there",
	"reports/post/noticewords.go": "what mail servers write when a letter comes back",
	"reports/paper/notice.go":     "the numerals by which a notice's headings are known in its text",
}

func TestClockIsAskedNotTaken(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	for _, path := range files(t, root, ".go") {
		if strings.HasPrefix(path, "cmd/") || isTest(path) {
			continue
		}
		for _, name := range clockReads(parse(t, root, path, 0)) {
			t.Errorf("%s uses time.%s: take the time as a parameter or ask the injected clock", path, name)
		}
	}
}

// clockReads names the functions of package time used in a file that read the machine's clock.
func clockReads(file *ast.File) []string {
	local := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"time"` {
			local = "time"
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	var found []string
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if from, ok := selector.X.(*ast.Ident); ok && local != "" && from.Name == local &&
			slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name) {
			found = append(found, selector.Sel.Name)
		}
		return true
	})
	return found
}

func TestFilesStayShort(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	for _, path := range files(t, root, ".go", ".sql", ".html", ".tmpl", ".css", ".js", ".sh", ".py") {
		limit := maxLines
		if path == "cmd/anfang/main.go" {
			limit = maxMainLines
		}
		if lines := strings.Count(read(t, root, path), "\n"); lines > limit {
			t.Errorf("%s has %d lines, more than %d: split it by its nouns", path, lines, limit)
		}
	}
}

func TestWordsLiveInTheCatalogs(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	used := map[string]bool{}
	for _, path := range files(t, root, ".go") {
		if isTest(path) {
			continue
		}
		literals := hanLiterals(parse(t, root, path, 0))
		if len(literals) == 0 {
			continue
		}
		if entry := chineseEntry(path); entry != "" {
			used[entry] = true
			continue
		}
		for _, literal := range literals {
			t.Errorf("%s has Chinese in code: %s; words for people belong in templates/catalog", path, literal)
		}
	}
	for entry, reason := range chinese {
		if reason == "" {
			t.Errorf("the exception for %s gives no reason", entry)
		}
		if !used[entry] && !strings.HasSuffix(entry, "/") {
			t.Errorf("the exception for %s is not needed any more", entry)
		}
	}
}

func chineseEntry(path string) string {
	for entry := range chinese {
		if path == entry || strings.HasSuffix(entry, "/") && strings.HasPrefix(path, entry) {
			return entry
		}
	}
	return ""
}

// hanLiterals lists the string and rune literals of a file that hold a Han character, escaped or not.
// Comments may quote the Chinese term that an English word stands for.
func hanLiterals(file *ast.File) []string {
	var found []string
	ast.Inspect(file, func(node ast.Node) bool {
		if _, ok := node.(*ast.ImportSpec); ok {
			return false
		}
		literal, ok := node.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING && literal.Kind != token.CHAR {
			return true
		}
		text, err := strconv.Unquote(literal.Value)
		if err != nil {
			text = literal.Value
		}
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			found = append(found, literal.Value)
		}
		return true
	})
	return found
}

func TestHabitReaders(t *testing.T) {
	t.Parallel()
	parsed := func(t *testing.T, code string) *ast.File {
		t.Helper()
		file, err := parser.ParseFile(token.NewFileSet(), "sample.go", code, 0)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	t.Run("a clock read is found, called, passed on or renamed", func(t *testing.T) {
		t.Parallel()
		file := parsed(t, "package p\nimport wall \"time\"\nvar now = wall.Now\nvar ago = wall.Since(now())\nvar kept = wall.Hour\n")
		if got, want := clockReads(file), []string{"Now", "Since"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("a field called Now is no clock read", func(t *testing.T) {
		t.Parallel()
		file := parsed(t, "package p\nimport \"time\"\ntype s struct{ Now func() time.Time }\nfunc (x s) m() time.Time { return x.Now() }\n")
		if got := clockReads(file); got != nil {
			t.Errorf("got %q, want none", got)
		}
	})
	t.Run("Chinese is found in literals, also escaped, and not in comments", func(t *testing.T) {
		t.Parallel()
		file := parsed(t, "package p\n// 督查\nvar a, b, c, d = \"督查\", '\\u7763', \"\\u7763\", \"—，\"\n")
		if got, want := hanLiterals(file), []string{`"督查"`, `'\u7763'`, `"\u7763"`}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
