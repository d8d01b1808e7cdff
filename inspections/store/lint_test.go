package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	sqlWords   = regexp.MustCompile(`\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|ORDER BY|WHERE|EXISTS|VALUES)\b|= \?`)
	sqlQuoted  = regexp.MustCompile(`'[^']*'`)
	sqlDollars = regexp.MustCompile(`\$[0-9]`)
)

// sqlFault says what sqlx, or the other database, would misread in a statement; "" when nothing.
func sqlFault(query string) string {
	if strings.Contains(query, "::") {
		return "a cast with ::"
	}
	if sqlDollars.MatchString(query) {
		return "a numbered parameter"
	}
	for _, q := range sqlQuoted.FindAllString(query, -1) {
		if strings.ContainsAny(q, ":?") && q != "'anfang.county'" {
			return "a literal with : or ?"
		}
	}
	return ""
}

func TestStatementsHoldNothingThatSqlxMisreads(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"SELECT a::text":                         "a cast with ::",
		"SELECT '12:30'":                         "a literal with : or ?",
		"SELECT 1 WHERE a = $1":                  "a numbered parameter",
		"SELECT 1 WHERE a ->> 'x?' = 1":          "a literal with : or ?",
		"UPDATE slots SET link = ? WHERE a = ''": "",
	} {
		if got := sqlFault(query); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	statements := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil || !sqlWords.MatchString(text) {
				return true
			}
			statements++
			if fault := sqlFault(text); fault != "" {
				t.Errorf("%s: %s: %s", set.Position(literal.Pos()), fault, text)
			}
			return true
		})
	}
	if statements < 50 {
		t.Errorf("got %d statements, want at least 50: does the search still find them?", statements)
	}
}

func TestEachMigrationStandsForBothDatabases(t *testing.T) {
	t.Parallel()
	list := func(dir string) []string {
		entries, err := os.ReadDir(filepath.Join("migrations", dir))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
	got, want := strings.Join(list("sqlite"), " "), strings.Join(list("postgres"), " ")
	if got != want || got == "" {
		t.Errorf("got %q for sqlite, want the same as for postgres, %q", got, want)
	}
}
