package main

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readmes are the two languages of the same text; both carry the table of dependencies.
var readmes = []string{"README.md", "README.zh-CN.md"}

// dependencyRow is a row of the table of dependencies: | `module` | reason | `home`, `home` |
var dependencyRow = regexp.MustCompile("(?m)^\\| `([a-z0-9.-]+\\.[a-z]+/[^`]+)` \\|([^|]+)\\|([^|]+)\\|$")

var inTicks = regexp.MustCompile("`([^`]+)`")

// dependencies reads a README's table: module to homes, sorted.
func dependencies(t *testing.T, text string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, row := range dependencyRow.FindAllStringSubmatch(text, -1) {
		name, reason := row[1], strings.TrimSpace(row[2])
		if _, twice := found[name]; twice {
			t.Errorf("%s stands twice in the table of dependencies", name)
		}
		if reason == "" {
			t.Errorf("%s has no reason in the table of dependencies", name)
		}
		var rooms []string
		for _, room := range inTicks.FindAllStringSubmatch(row[3], -1) {
			rooms = append(rooms, room[1])
		}
		slices.Sort(rooms)
		found[name] = rooms
	}
	if len(found) == 0 {
		t.Fatal("no table of dependencies")
	}
	return found
}

func TestReadmeGivesAReasonForEveryDependency(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	required := requirements(t, root)
	direct := map[string]string{} // module to the file that imports it
	for _, r := range required {
		if !r.indirect {
			direct[r.module] = "go.mod"
		}
	}
	for _, file := range sources(t, root) {
		for _, path := range file.imports {
			if name, third := moduleOf(path, required); third {
				direct[name] = file.path
			}
		}
	}
	for _, readme := range readmes {
		t.Run(readme, func(t *testing.T) {
			t.Parallel()
			table := dependencies(t, read(t, root, readme))
			for name, where := range direct {
				if _, listed := table[name]; !listed {
					t.Errorf("%s (%s) is not in the table of dependencies", name, where)
				}
			}
			for name, rooms := range table {
				if !slices.ContainsFunc(required, func(r requirement) bool { return r.module == name }) {
					t.Errorf("%s is in the table of dependencies, but go.mod does not require it", name)
				}
				want := slices.Clone(homes[name])
				if len(want) == 0 {
					want = slices.DeleteFunc(slices.Clone(testHomes[name]), func(room string) bool { return room == "*" })
				}
				slices.Sort(want)
				if !slices.Equal(rooms, want) {
					t.Errorf("%s: the README says it is at home in %q, the house's table says %q", name, rooms, want)
				}
			}
		})
	}
}

func TestReadmeSaysTheTwoCommandsFirst(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	for _, readme := range readmes {
		text := read(t, root, readme)
		first, _, found := strings.Cut(text, "\n## ")
		if !found {
			t.Errorf("%s has no sections", readme)
		}
		for _, command := range []string{"go run ./cmd/anfang demo", "make test"} {
			if !strings.Contains(first, command) {
				t.Errorf("%s does not say %q before its first section", readme, command)
			}
		}
	}
}

// commandRow is a row of the table of commands: | `visit list\|show FILE`, `week coseed` | what it does |
var commandRow = regexp.MustCompile("(?m)^\\| (`[a-z].*`) \\| .*\\|$")

var commandWord = regexp.MustCompile(`^[a-z]+$`)

// commandWords gives the words of the commands a README's table names: "visit list\|show FILE" gives
// visit, list, show.
func commandWords(text string) []string {
	var words []string
	for _, row := range commandRow.FindAllStringSubmatch(text, -1) {
		for _, command := range inTicks.FindAllStringSubmatch(row[1], -1) {
			for _, field := range strings.Fields(command[1]) {
				for _, word := range strings.Split(field, `\|`) {
					if commandWord.MatchString(word) {
						words = append(words, word)
					}
				}
			}
		}
	}
	return words
}

func TestReadmeNamesOnlyCommandsThatExist(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	known := map[string]bool{} // first words of the string literals of cmd/anfang, among them each command's Use
	for _, path := range files(t, root, ".go") {
		if folderOf(path) != "cmd/anfang" || strings.HasSuffix(path, "_test.go") {
			continue
		}
		ast.Inspect(parse(t, root, path, 0), func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if words := strings.Fields(strings.Trim(literal.Value, "`\"")); len(words) > 0 {
					known[words[0]] = true
				}
			}
			return true
		})
	}
	var tables [][]string
	for _, readme := range readmes {
		words := commandWords(read(t, root, readme))
		for _, word := range words {
			if !known[word] {
				t.Errorf("%s names the command %q, which cmd/anfang does not have", readme, word)
			}
		}
		tables = append(tables, words)
	}
	if len(tables[0]) == 0 || !slices.Equal(tables[0], tables[1]) {
		t.Errorf("the tables of commands differ: got %q, want %q", tables[1], tables[0])
	}
}

var picture = regexp.MustCompile(`!\[[^\]]*\]\(([^)]+)\)`)

func TestReadmePicturesExist(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	for _, readme := range readmes {
		shown := picture.FindAllStringSubmatch(read(t, root, readme), -1)
		if len(shown) == 0 {
			t.Errorf("%s shows no picture of the house", readme)
		}
		for _, image := range shown {
			if data := read(t, root, image[1]); data == "" {
				t.Errorf("%s shows %s, which is empty", readme, image[1])
			}
		}
	}
}
