package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections/casework"
)

// scene is one of the real cases of CASES.md: a roster, what was entered when, and what must stand.
type scene struct {
	About  string `json:"about"`
	Roster []struct {
		township, village, unit string
		members                 []string
	} `json:"-"`
	Rows []json.RawMessage `json:"roster"` // [township, village, unit, [members]]
	Runs []struct {
		Now   string          `json:"now"`
		Cases json.RawMessage `json:"cases"`
		Case  string          `json:"case"`
		Steps json.RawMessage `json:"steps"`
		Fails string          `json:"fails"`
	} `json:"runs"`
	Want struct {
		Sides     map[string][]string `json:"sides"`
		Measures  map[string]int      `json:"measures"`
		Proposed  int                 `json:"proposed_as_decided"`
		Closed    int                 `json:"closed"`
		Vacant    int                 `json:"vacant"`
		From      string              `json:"from"`
		Until     string              `json:"until"`
		Bulletins []string            `json:"bulletins"`
		InARow    map[string][]string `json:"in_a_row"`
		Count     casework.Count      `json:"count"`
		Townships int                 `json:"townships"`
		Villages  int                 `json:"villages"`
	} `json:"want"`
}

// TestTheRealCasesAreHeld enters each real case through the command line from JSON and compares what stands.
func TestTheRealCasesAreHeld(t *testing.T) {
	t.Parallel()
	list, err := filepath.Glob("testdata/cases/*.json")
	if err != nil || len(list) != 6 {
		t.Fatalf("got %v %v, want the six cases", list, err)
	}
	for _, path := range list {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
			t.Parallel()
			sc := readScene(t, path)
			s := sc.seat(t)
			sc.enter(s)
			sc.check(s)
		})
	}
}

func readScene(t *testing.T, path string) scene {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var sc scene
	if err := json.Unmarshal(raw, &sc); err != nil {
		t.Fatal(err)
	}
	sc.Roster = sc.Roster[:0]
	for _, row := range sc.Rows {
		line := sc.Roster[:0:0]
		line = append(line, struct {
			township, village, unit string
			members                 []string
		}{})
		if err := json.Unmarshal(row, &[]any{&line[0].township, &line[0].village, &line[0].unit, &line[0].members}); err != nil {
			t.Fatal(err)
		}
		sc.Roster = append(sc.Roster, line...)
	}
	return sc
}

// seat is a fresh county with the scene's roster, a day before its first entry.
func (sc scene) seat(t *testing.T) *seat {
	t.Helper()
	s := takeSeat(t)
	day := sc.Runs[0].Now[:8] + "01T08:00"
	s.must(at(day), "init", "--issuer", "某县驻村办", "--prefix", "某驻村", "--signer", "周立新", "--signer-duty", "主任")
	dir := t.TempDir()
	files := map[string]*strings.Builder{}
	for name, head := range map[string]string{
		"乡镇": "序号,乡镇代码,乡镇（街道）,分管党委副书记,联系电话,电子邮箱", "帮扶单位": "序号,单位名称,党组（党委）书记,分管领导,联系电话,电子邮箱",
		"工作队": "序号,编号,乡镇（街道）,村（社区）,村代码,帮扶单位,类型,进驻时间", "队员": "序号,乡镇（街道）,村（社区）,姓名,性别,派出单位,职务,手机号码,驻村起始时间,离队时间,备注",
	} {
		files[name] = &strings.Builder{}
		files[name].WriteString("\ufeff" + head + "\n")
	}
	townships, units, people := []string{}, []string{"县某局"}, 0
	fmt.Fprintln(files["帮扶单位"], "1,县某局,主要领导,分管领导,,dw@example.com")
	for i, r := range sc.Roster {
		if !slices.Contains(townships, r.township) {
			townships = append(townships, r.township)
			fmt.Fprintf(files["乡镇"], "%d,4310990%02d,%s,分管副书记,,xz%d@example.com\n", len(townships), len(townships), r.township, len(townships))
		}
		if r.unit != "" && !slices.Contains(units, r.unit) {
			units = append(units, r.unit)
			fmt.Fprintf(files["帮扶单位"], "%d,%s,主要领导,分管领导,,dw%d@example.com\n", len(units), r.unit, len(units))
		}
		code := fmt.Sprintf("4310990%02d%03d", slices.Index(townships, r.township)+1, 200+i)
		fmt.Fprintf(files["工作队"], "%d,D%03d,%s,%s,%s,%s,扶贫,2016-01-01\n", i+1, i+1, r.township, r.village, code, r.unit)
		for _, name := range r.members {
			people++
			fmt.Fprintf(files["队员"], "%d,%s,%s,%s,男,%s,队员,1991000%04d,2016-01-01,,\n", people, r.township, r.village, name, r.unit, people)
		}
	}
	args := []string{at(day), "import", "roster"}
	for name, text := range files {
		if name == "队员" && people == 0 {
			continue
		}
		path := filepath.Join(dir, name+".csv")
		if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	s.must(args...)
	if len(townships) != sc.Want.Townships || len(sc.Roster) != sc.Want.Villages {
		t.Errorf("got %d townships and %d villages, want %d and %d", len(townships), len(sc.Roster), sc.Want.Townships, sc.Want.Villages)
	}
	return s
}

// enter runs the command lines of the scene.
func (sc scene) enter(s *seat) {
	s.t.Helper()
	for i, run := range sc.Runs {
		body := map[string]json.RawMessage{"cases": run.Cases}
		args := []string{at(run.Now), "--as", "clerk", "case", "open"}
		if run.Case != "" {
			body, args = map[string]json.RawMessage{"steps": run.Steps}, []string{at(run.Now), "--as", "clerk", "case", "step", run.Case}
		}
		raw, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		path := filepath.Join(s.t.TempDir(), fmt.Sprintf("run%d.json", i))
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			s.t.Fatal(err)
		}
		args = append(args, "--json-file", path)
		if run.Fails != "" {
			s.fails(1, run.Fails, args...)
			continue
		}
		s.must(args...)
	}
}

// shown is what `case show --json` gives of a case.
type shown struct {
	Case     casework.Case
	Branches []casework.Branch
	Measures []casework.Measure
	Acts     []casework.Act
}

func (s *seat) show(now, number string) shown {
	s.t.Helper()
	var one shown
	s.json(&one, at(now), "case", "show", number)
	return one
}

func (sc scene) check(s *seat) {
	s.t.Helper()
	t, now := s.t, sc.Runs[len(sc.Runs)-1].Now
	var list struct{ Cases []casework.Case }
	s.json(&list, at(now), "case", "list")
	measures, sides := map[string]int{}, map[string][]string{}
	closed, vacant, agreed := 0, 0, 0
	for _, c := range list.Cases {
		if c.State == casework.Closed {
			closed++
		}
		one := s.show(now, c.Number)
		for _, b := range one.Branches {
			sides[c.Number] = append(sides[c.Number], string(b.Side))
		}
		for _, m := range one.Measures {
			measures[string(m.Kind)]++
			if casework.Vacant(m, one.Acts) {
				vacant++
			}
			if m.Kind == m.Proposed {
				agreed++
			}
		}
	}
	for number, want := range sc.Want.Sides {
		if got := sides[number]; !slices.Equal(got, want) {
			t.Errorf("%s: got branches %v, want %v", number, got, want)
		}
	}
	if !reflect.DeepEqual(measures, sc.Want.Measures) || closed != sc.Want.Closed || vacant != sc.Want.Vacant {
		t.Errorf("got measures %v, %d closed, %d vacant, want %v, %d, %d", measures, closed, vacant, sc.Want.Measures, sc.Want.Closed, sc.Want.Vacant)
	}
	if sc.Want.Proposed != 0 && agreed != sc.Want.Proposed {
		t.Errorf("got %d measures as the table proposes, want %d", agreed, sc.Want.Proposed)
	}
	var counted struct {
		Count  casework.Count
		InARow []struct {
			Name   string
			Months []struct{ Year, Month int }
		} `json:"in_a_row"`
	}
	s.json(&counted, at(now), "case", "count", "--from", sc.Want.From, "--until", sc.Want.Until)
	if counted.Count != sc.Want.Count {
		t.Errorf("got %+v, want %+v", counted.Count, sc.Want.Count)
	}
	rows := map[string][]string{}
	for _, r := range counted.InARow {
		for _, m := range r.Months {
			rows[r.Name] = append(rows[r.Name], fmt.Sprintf("%04d-%02d", m.Year, m.Month))
		}
	}
	if len(rows) != len(sc.Want.InARow) || len(rows) > 0 && !reflect.DeepEqual(rows, sc.Want.InARow) {
		t.Errorf("got in a row %v, want %v", rows, sc.Want.InARow)
	}
	s.must(at(now), "journal", "verify")
	sc.papers(s)
}

// papers writes the case files of the last month: one for each case, of the same bytes while the journal
// stands where it stood.
func (sc scene) papers(s *seat) {
	s.t.Helper()
	if sc.Want.Count.Problems > 6 {
		return // a month's volume of forty takes long, and shows nothing more
	}
	folder := filepath.Join(s.t.TempDir(), "volume")
	var done struct{ Files []string }
	s.json(&done, at(sc.Runs[len(sc.Runs)-1].Now), "--as", "leader", "case", "file", "--all", "--month", sc.Want.Until, "--out", folder)
	if len(done.Files) == 0 {
		s.t.Error("got no case files")
	}
	for _, path := range done.Files {
		raw, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(raw), "%PDF") {
			s.t.Errorf("%s: got %v, want a PDF", path, err)
		}
	}
}
