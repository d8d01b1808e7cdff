package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The house: which room may use which. A room that is split or merged changes this table in the same
// commit. Standard library packages are open to all.

// domain rooms know the rules of the office and nothing of files, databases, mail or the web.
var domain = []string{
	"inspections", "inspections/calendar", "inspections/duties", "inspections/attendance",
	"inspections/casework", "inspections/journal", "inspections/office",
}

// words is what people see; a room that may use templates may use its parts.
var words = []string{"templates", "templates/catalog", "templates/fonts", "templates/pages", "templates/static"}

// papers is what the portal's "reports and below" stands for.
var papers = []string{"reports", "reports/paper", "reports/pdf", "reports/sheet", "reports/post"}

// whole marks the rooms of cmd, which wire everything and may use every room.
var whole = []string{"*"}

var house = map[string][]string{
	"cmd/anfang":      whole,
	"cmd/anfang/app":  whole, // the wiring that commands and demo share
	"cmd/anfang/demo": whole,

	"inspections":            {"inspections/calendar"}, // DECISIONS.md of inspections, 2026-11-22
	"inspections/calendar":   nil,
	"inspections/journal":    {"inspections/calendar"}, // its times are Instants
	"inspections/duties":     {"inspections", "inspections/calendar"},
	"inspections/attendance": {"inspections", "inspections/calendar"},
	"inspections/casework":   {"inspections", "inspections/calendar", "inspections/duties"},
	"inspections/office":     domain,

	"inspections/intake":          domain,
	"inspections/intake/inbox":    join(domain, []string{"inspections/intake"}, words), // what is asked stands beside the file in words
	"inspections/store":           domain,
	"inspections/store/storetest": join(domain, []string{"inspections/store", "inspections/store/pgtest"}),
	"inspections/store/pgtest":    nil,
	"inspections/portal":          join(domain, []string{"inspections/intake", "inspections/intake/inbox", "scheduler", "scheduler/draw"}, papers, words),

	"scheduler":          join(domain, []string{"scheduler/draw", "scheduler/pairing"}),
	"scheduler/draw":     nil,
	"scheduler/pairing":  {"scheduler/draw"}, // one PRF and one race for both draws
	"scheduler/simulate": join(domain, []string{"scheduler", "scheduler/draw", "scheduler/pairing"}),

	"reports":       domain,
	"reports/paper": join(domain, []string{"reports", "reports/pdf"}, words), // the words of a paper, apart from its layout
	"reports/pdf":   join([]string{"inspections", "reports"}, words),         // typed errors name the font file
	"reports/sheet": join([]string{"reports"}, domain, words),
	"reports/post":  join(domain, words),

	"templates":         {"templates/catalog"},
	"templates/catalog": {"inspections", "inspections/calendar"}, // typed errors and dates become sentences
	"templates/fonts":   nil,
	"templates/pages":   nil,
	"templates/static":  nil,
}

// homes says where each third-party module may be imported; the README gives the reason for each.
var homes = map[string][]string{
	"github.com/robfig/cron/v3":      {"scheduler"},
	"github.com/jmoiron/sqlx":        {"inspections/store"},
	"github.com/lib/pq":              {"inspections/store"},
	"modernc.org/sqlite":             {"inspections/store"},
	"github.com/pressly/goose/v3":    {"inspections/store"},
	"github.com/xuri/excelize/v2":    {"inspections/intake", "reports/sheet"},
	"golang.org/x/text":              {"inspections/intake", "reports/post", "templates/catalog"},
	"golang.org/x/crypto":            {"inspections/portal"},
	"golang.org/x/net":               {"reports/post"},
	"github.com/go-pdf/fpdf":         {"reports/pdf"},
	"golang.org/x/image":             {"reports/pdf"},
	"github.com/jordan-wright/email": {"reports/post"},
	"github.com/emersion/go-smtp":    {"reports/post", "cmd/anfang/demo"},
	"github.com/emersion/go-sasl":    {"reports/post", "cmd/anfang/demo"},
	"github.com/emersion/go-imap":    {"reports/post"},
	"github.com/arran4/golang-ical":  {"reports/post"},
	"github.com/spf13/cobra":         {"cmd/anfang"},
	"go.yaml.in/yaml/v3":             {"cmd/anfang", "cmd/anfang/app"},
}

// testHelpers are rooms that exist for tests: what holds for test files holds for theirs, and nothing that
// is shipped may use them.
var testHelpers = []string{"inspections/store/storetest", "inspections/store/pgtest"}

// testRooms is what every test file may use beyond its room: tests run on the real store.
var testRooms = join(domain, testHelpers, []string{"inspections/store", "scheduler/pairing"})

// testHomes is where a module may be imported by test files, beyond its home.
var testHomes = map[string][]string{
	"pgregory.net/rapid":           whole,
	"github.com/jmoiron/sqlx":      testHelpers,
	"github.com/lib/pq":            testHelpers,
	"github.com/chromedp/chromedp": {"inspections/portal", "cmd/anfang"},
	"github.com/chromedp/cdproto":  {"inspections/portal", "cmd/anfang"},
	"golang.org/x/net":             {"inspections/portal"},
	"github.com/emersion/go-smtp":  {"cmd/anfang"},
	"github.com/emersion/go-sasl":  {"cmd/anfang"},
}

func join(lists ...[]string) []string { return slices.Concat(lists...) }

// refuse says why a file of a room may not import a path, or "" where it may.
func refuse(room string, isTest bool, path string, required []requirement) string {
	uses, listed := house[room]
	if !listed {
		return fmt.Sprintf("room %s is not in the house's table", room)
	}
	if path == "C" {
		return "cgo: the program is built with CGO_ENABLED=0"
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return ""
	}
	if target, own := strings.CutPrefix(path, module+"/"); own {
		if _, listed := house[target]; !listed {
			return fmt.Sprintf("room %s is not in the house's table", target)
		}
		if slices.Contains(testHelpers, target) && !isTest {
			return fmt.Sprintf("%s is for tests only", target)
		}
		if target == room && isTest { // an external test package imports the room it tests
			return ""
		}
		if allowed(uses, target) || isTest && allowed(testRooms, target) {
			return ""
		}
		return fmt.Sprintf("%s may not use %s", room, target)
	}
	dependency, known := moduleOf(path, required)
	if !known {
		return fmt.Sprintf("%s is in no module that go.mod requires", path)
	}
	if allowed(homes[dependency], room) || isTest && allowed(testHomes[dependency], room) {
		return ""
	}
	return fmt.Sprintf("%s is not at home in %s", dependency, room)
}

func allowed(list []string, name string) bool {
	return slices.Contains(list, name) || slices.Equal(list, whole)
}

func TestImports(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	required := requirements(t, root)
	for _, file := range sources(t, root) {
		if _, listed := house[file.room]; !listed {
			t.Errorf("%s: room %s is not in the house's table", file.path, file.room)
			continue
		}
		for _, path := range file.imports {
			if reason := refuse(file.room, file.isTest, path, required); reason != "" {
				t.Errorf("%s imports %s: %s", file.path, path, reason)
			}
		}
	}
}

func TestRefuse(t *testing.T) {
	t.Parallel()
	required := []requirement{
		{module: "github.com/jmoiron/sqlx"}, {module: "pgregory.net/rapid"},
		{module: "golang.org/x/image"}, {module: "github.com/chromedp/chromedp"},
	}
	for _, c := range []struct {
		name   string
		room   string
		isTest bool
		path   string
		want   string
	}{
		{"the standard library is open to all", "inspections/journal", false, "crypto/sha256", ""},
		{"a listed edge passes", "inspections/casework", false, module + "/inspections/duties", ""},
		{"an unlisted edge is refused", "inspections/duties", false, module + "/inspections/casework", "inspections/duties may not use inspections/casework"},
		{"the domain may not use the store", "inspections/office", false, module + "/inspections/store", "inspections/office may not use inspections/store"},
		{"a test may use the store", "inspections/office", true, module + "/inspections/store", ""},
		{"a test may not use the portal of others", "inspections/office", true, module + "/inspections/portal", "inspections/office may not use inspections/portal"},
		{"an external test imports its own room", "inspections/portal", true, module + "/inspections/portal", ""},
		{"an unlisted room is refused", "inspections/gossip", false, "fmt", "room inspections/gossip is not in the house's table"},
		{"an edge to an unlisted room is refused", "cmd/anfang", false, module + "/inspections/gossip", "room inspections/gossip is not in the house's table"},
		{"cmd may use every room", "cmd/anfang", false, module + "/reports/post", ""},
		{"what is shipped may not use a helper of tests", "cmd/anfang", false, module + "/inspections/store/storetest", "inspections/store/storetest is for tests only"},
		{"a test may use a helper of tests", "scheduler", true, module + "/inspections/store/storetest", ""},
		{"a module passes in its home", "inspections/store", false, "github.com/jmoiron/sqlx", ""},
		{"a package deep in a module passes in its home", "reports/pdf", false, "golang.org/x/image/font/sfnt", ""},
		{"a module is refused elsewhere", "inspections/office", false, "github.com/jmoiron/sqlx", "github.com/jmoiron/sqlx is not at home in inspections/office"},
		{"a module is refused even in cmd", "cmd/anfang", false, "github.com/jmoiron/sqlx", "github.com/jmoiron/sqlx is not at home in cmd/anfang"},
		{"a module that nobody requires is refused", "cmd/anfang", false, "github.com/pkg/errors", "github.com/pkg/errors is in no module that go.mod requires"},
		{"rapid is at home in every test", "scheduler/draw", true, "pgregory.net/rapid", ""},
		{"rapid is refused outside tests", "scheduler/draw", false, "pgregory.net/rapid", "pgregory.net/rapid is not at home in scheduler/draw"},
		{"the browser is for the portal's tests", "inspections/store", true, "github.com/chromedp/chromedp", "github.com/chromedp/chromedp is not at home in inspections/store"},
		{"cgo is refused", "inspections/store", false, "C", "cgo: the program is built with CGO_ENABLED=0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := refuse(c.room, c.isTest, c.path, required); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHouseTableNamesOnlyListedRooms(t *testing.T) {
	t.Parallel()
	for room, uses := range house {
		for _, used := range uses {
			if _, listed := house[used]; !listed && used != "*" {
				t.Errorf("%s may use %s, which is not in the table", room, used)
			}
		}
	}
	for _, table := range []map[string][]string{homes, testHomes} {
		for dependency, rooms := range table {
			for _, room := range rooms {
				if _, listed := house[room]; !listed && room != "*" {
					t.Errorf("%s is at home in %s, which is not in the table", dependency, room)
				}
			}
		}
	}
}
