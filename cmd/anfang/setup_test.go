package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInitMakesACountyThatWorks(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	var made struct {
		County int64
		Users  []struct{ Login, Role, Password string }
	}
	s.json(&made, "init", "--county", "431081", "--issuer", "某县驻村办")
	if made.County != 431081 || len(made.Users) != 3 {
		t.Fatalf("got %+v", made)
	}
	seen := map[string]bool{}
	for _, u := range made.Users {
		if len(u.Password) < 16 || seen[u.Password] {
			t.Errorf("%s: got password %q", u.Login, u.Password)
		}
		seen[u.Password] = true
	}
	for path, want := range map[string]os.FileMode{"": 0o700, "anfang.yaml": 0o600, "anfang.db": 0o600, "keys": 0o700} {
		info, err := os.Stat(filepath.Join(s.data, path))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want && os.PathSeparator == '/' {
			t.Errorf("%s: got mode %o, want %o", path, got, want)
		}
	}
	keys, err := filepath.Glob(filepath.Join(s.data, "keys", "draw-*.key"))
	if err != nil || len(keys) != 1 {
		t.Errorf("got keys %v %v, want one", keys, err)
	}
	var settings struct{ Settings map[string]string }
	s.json(&settings, "setting", "list")
	if got := settings.Settings["issuer"]; got != "某县驻村办" {
		t.Errorf("got issuer %q", got)
	}
}

func TestASecondInitRefusesWithoutHarm(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	before := s.sum()
	s.fails(1, "cli.set_up_already", "init", "--county", "1")
	if s.sum() != before {
		t.Error("the second init changed the database")
	}
}

func TestInitIsTakenUpAgainAfterItWasCutOff(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	if err := os.Remove(filepath.Join(s.data, "anfang.yaml")); err != nil {
		t.Fatal(err)
	}
	var made struct{ Users []struct{ Login string } }
	s.json(&made, "init")
	if len(made.Users) != 0 {
		t.Errorf("got users %v, want none made twice", made.Users)
	}
	var list struct{ Users []struct{ Login string } }
	s.json(&list, "user", "list")
	if len(list.Users) != 3 {
		t.Errorf("got %d users, want 3", len(list.Users))
	}
}

func TestRosterComesInOnce(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	before := s.sum()
	args := append([]string{"import", "roster"}, rosterFiles(t)...)
	var dry, first, second struct {
		DryRun  bool `json:"dry_run"`
		Imports []struct {
			Repeat bool
			Rows   int
			Added  map[string]int
		}
		Problems []struct{ Key string }
	}
	s.json(&dry, append(args, "--dry-run")...)
	if s.sum() != before || !dry.DryRun || dry.Imports[0].Added["team"] != 8 {
		t.Errorf("a dry run must count and change nothing: %+v", dry)
	}
	s.json(&first, args...)
	for noun, want := range map[string]int{"township": 2, "unit": 3, "team": 8, "member": 16, "posting": 16, "inspector": 8} {
		if got := first.Imports[0].Added[noun]; got != want {
			t.Errorf("%s: got %d, want %d", noun, got, want)
		}
	}
	after := s.sum()
	s.json(&second, args...)
	if !second.Imports[0].Repeat || s.sum() != after {
		t.Errorf("the second import must change nothing: %+v", second)
	}
}

func TestProblemsAreListedForASpreadsheet(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	s.must(append([]string{"import", "roster"}, rosterFiles(t)...)...)
	ledger := filepath.Join(t.TempDir(), "2025-03.csv")
	text := "日期,乡镇,村,姓名,手机号码,签到时间,状态\n2025/3/3,便江街道,滨河村,=HYPERLINK(1),,08:00,在岗\n2025/3/4,便江街道,滨河村,查无此人,,08:00,在岗\n"
	if err := os.WriteFile(ledger, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(t.TempDir(), "problems.csv")
	s.must("import", "signins", ledger, "--problems", list)
	raw, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(raw, []byte("\ufeff")) {
		t.Error("the list has no mark of UTF-8")
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) < 3 {
		t.Fatalf("got %v %v", rows, err)
	}
	formula := false
	for _, row := range rows[1:] {
		for _, cell := range row {
			formula = formula || strings.HasPrefix(cell, "'=HYPERLINK")
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) || strings.Contains(cell, "«") {
				t.Errorf("cell %q", cell)
			}
		}
	}
	if !formula {
		t.Errorf("the formula is not in the list: %q", rows)
	}
	s.fails(1, "cli.cannot_write", "import", "signins", ledger, "--problems", filepath.Join(t.TempDir(), "no", "such", "x.csv"))
}

func TestCalendarYearsAreTakenIn(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	s.must(append([]string{"import", "roster"}, rosterFiles(t)...)...)
	s.fails(1, "calendar.year_missing", "attendance", "month", "--month", "2027-01")
	s.must("import", "calendar", "testdata/2027.csv", "--dry-run")
	s.fails(1, "calendar.year_missing", "attendance", "month", "--month", "2027-01")
	s.must("import", "calendar", "testdata/2027.csv")
	s.must("attendance", "month", "--month", "2027-01")
	if out := s.must("import", "calendar", "testdata/2027.csv"); !strings.Contains(out, "imported before") {
		t.Errorf("got %s", out)
	}
}

func TestUsersComeAndGo(t *testing.T) {
	t.Parallel()
	s := settled(t)
	s.must("user", "add", "dc01", "--role", "inspector", "--inspector", "朱伟", "--email", "dc01@example.com")
	s.fails(1, "user.login_taken", "user", "add", "dc01", "--role", "clerk")
	s.fails(1, "cli.nobody", "user", "add", "dc99", "--role", "inspector", "--inspector", "查无此人")
	s.fails(2, "usage.needed", "user", "add", "xz", "--role", "township")
	s.must("user", "add", "xz", "--role", "township", "--township", "便江街道")
	s.must("user", "set", "xz", "--email", "xz@example.com", "--name", "便江街道党政办")
	s.must("user", "passwd", "xz")
	s.must("user", "disable", "xz")
	s.fails(1, "user.disabled", "--as", "xz", "visit", "list")
	s.fails(1, "user.unknown", "--as", "nobody", "visit", "list")
	s.fails(1, "forbidden", "--as", "clerk", "user", "add", "x", "--role", "admin")
	var list struct {
		Users []struct {
			Login, Email, Disabled string
			Party                  struct {
				Kind string
				ID   int64
			}
		}
	}
	s.json(&list, "user", "list")
	last := list.Users[len(list.Users)-1]
	if len(list.Users) != 5 || last.Email != "xz@example.com" || last.Disabled == "" || last.Party.Kind != "township" {
		t.Errorf("got %+v", list.Users)
	}
	s.must("journal", "verify")
}

func TestDoctorSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := settled(t)
	var found struct {
		Checks []struct{ Check, State, Text string }
	}
	s.json(&found, at("2026-06-01T09:00"), "doctor")
	states := map[string]string{}
	for _, one := range found.Checks {
		states[one.Check] += one.State + " "
		if strings.Contains(one.Text, "«") || strings.Contains(one.Text, "{") {
			t.Errorf("got %q", one.Text)
		}
	}
	for check, want := range map[string]string{
		"config": "ok ", "database": "ok ", "files": "ok ", "calendar": "ok warn ", "mail": "warn warn ", "papers": "ok ",
		"inspectors": "ok ", "fonts": "ok warn ok ok ok ", "capacity": "ok ok ok ok ",
	} {
		if got := states[check]; got != want && (check != "files" || os.PathSeparator == '/') {
			t.Errorf("%s: got %q, want %q", check, got, want)
		}
	}
	s.fails(1, "cli.unwell", "--json", at("2031-06-01T09:00"), "doctor") // no calendar of that year
}

func TestInitAndRosterSayWhatTheVisitsReach(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	var made struct{ Capacity []string }
	s.json(&made, at("2025-03-01T09:00"), "init", "--teams", "260")
	if len(made.Capacity) != 8 || !strings.Contains(made.Capacity[0], "260") {
		t.Errorf("got %q, want eight sentences about 260 teams", made.Capacity)
	}
	if out := s.must(append([]string{at("2025-03-01T09:10"), "import", "roster"}, rosterFiles(t)...)...); !strings.Contains(out, "4 visits a week") {
		t.Errorf("got %s, want what four visits a week reach", out)
	}
	if out := s.must(append([]string{at("2025-03-01T09:20"), "import", "roster"}, rosterFiles(t)...)...); strings.Contains(out, "4 visits a week") {
		t.Errorf("the same files again: got %s, want nothing of the visits", out)
	}
	other := takeSeat(t)
	other.fails(2, "usage.number", "init", "--teams", "many")
	if _, err := os.Stat(other.data); err == nil {
		t.Error("wrong usage left a data directory")
	}
}

func TestAWeekNotNamedIsTheNewestSealedOne(t *testing.T) {
	t.Parallel()
	s := settled(t)
	s.fails(1, "week.not_frozen", at("2025-03-02T12:00"), "week", "show")
	s.must(at("2025-03-02T18:01"), "week", "freeze")
	var shown struct{ Week string }
	for _, now := range []string{"2025-03-05T09:00", "2025-03-12T09:00"} { // running, and a week later unsealed
		s.json(&shown, at(now), "week", "show")
		if got, want := shown.Week, "2025-W10"; got != want {
			t.Errorf("at %s: got %s, want %s", now, got, want)
		}
	}
	s.fails(1, "week.not_frozen", at("2025-03-12T09:00"), "week", "show", "--week", "2025-W11")
}
