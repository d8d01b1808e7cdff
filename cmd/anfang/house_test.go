package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the path this project's own imports start with.
const module = "anfang.example"

// source is one Go file as the house tests read it; the file is parsed, not listed by the go command,
// since the test cache would hide what that reports.
type source struct {
	path    string // slash-separated, from the module's root
	room    string // the folder of path
	isTest  bool
	imports []string
}

// moduleRoot finds the folder of go.mod from the test's own folder upwards.
func moduleRoot(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			t.Fatal("no go.mod above the test's folder")
		}
		folder = above
	}
}

// files lists the project's files with one of the endings, slash-separated from the root. Hidden folders
// and testdata are not part of the house.
func files(t *testing.T, root string, endings ...string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
				return filepath.SkipDir
			}
			return nil
		}
		for _, ending := range endings {
			if strings.HasSuffix(name, ending) {
				relative, err := filepath.Rel(root, path)
				if err != nil {
					return err
				}
				found = append(found, filepath.ToSlash(relative))
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("found no files ending in %v under %s", endings, root)
	}
	return found
}

// sources reads the imports of every Go file of the house.
func sources(t *testing.T, root string) []source {
	t.Helper()
	var all []source
	for _, path := range files(t, root, ".go") {
		file := parse(t, root, path, parser.ImportsOnly)
		s := source{path: path, room: folderOf(path), isTest: isTest(path)}
		for _, spec := range file.Imports {
			s.imports = append(s.imports, strings.Trim(spec.Path.Value, "`\""))
		}
		all = append(all, s)
	}
	return all
}

func parse(t *testing.T, root, path string, mode parser.Mode) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(path)), nil, mode)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return file
}

// isTest reports whether a file is never shipped: a test, or in a room that only tests use.
func isTest(path string) bool {
	return strings.HasSuffix(path, "_test.go") || slices.Contains(testHelpers, folderOf(path))
}

func folderOf(path string) string {
	if i := strings.LastIndex(path, "/"); i >= 0 {
		return path[:i]
	}
	return "."
}

func read(t *testing.T, root, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// requirement is one line of go.mod's require blocks.
type requirement struct {
	module, version string
	indirect        bool
}

// requirements reads what go.mod asks for.
func requirements(t *testing.T, root string) []requirement {
	t.Helper()
	var all []requirement
	inside := false
	for line := range strings.Lines(read(t, root, "go.mod")) {
		line = strings.TrimSpace(line)
		switch {
		case line == "require (":
			inside = true
			continue
		case line == ")":
			inside = false
			continue
		case strings.HasPrefix(line, "require "):
			line = strings.TrimPrefix(line, "require ")
		case !inside:
			continue
		}
		code, remark, _ := strings.Cut(line, "//")
		if fields := strings.Fields(code); len(fields) == 2 {
			all = append(all, requirement{fields[0], fields[1], strings.TrimSpace(remark) == "indirect"})
		}
	}
	if len(all) == 0 {
		t.Fatal("go.mod requires nothing; is it read rightly?")
	}
	return all
}

// moduleOf names the required module an import path belongs to: the longest that is a prefix of it.
func moduleOf(path string, required []requirement) (string, bool) {
	best := ""
	for _, r := range required {
		if (path == r.module || strings.HasPrefix(path, r.module+"/")) && len(r.module) > len(best) {
			best = r.module
		}
	}
	return best, best != ""
}
