package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"anfang.example/inspections/duties"
)

// A clock that needs 2027 stands undetermined, is listed, and ends when the year is imported; one that was
// set before keeps the end it had.
func TestAnImportedYearSettlesTheClocksThatWaitedForIt(t *testing.T) {
	t.Parallel()
	s := settled(t)
	open := func(now string) {
		t.Helper()
		raw, err := json.Marshal(map[string]any{"cases": []map[string]any{{
			"kind": "absent", "clause": "1.4b", "team": "1", "fact_at": "2026-12-20T10:00:00+08:00", "reason": "核实属实",
		}}})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "case.json")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		s.must(at(now), "case", "open", "--json-file", path)
	}
	open("2026-12-30T10:00") // its approver has 31 December, which is worked
	open("2026-12-31T10:00") // and here the next working day is one of 2027
	approvals := func(now string) []duties.Obligation {
		t.Helper()
		var list struct{ Obligations []duties.Obligation }
		s.json(&list, at(now), "duty", "list")
		var asked []duties.Obligation
		for _, o := range list.Obligations {
			if o.Kind == duties.CaseApprove {
				asked = append(asked, o)
			}
		}
		return asked
	}
	before := approvals("2026-12-31T11:00")
	if len(before) != 2 || before[0].Undetermined != "calendar 2027" || !before[0].Due.IsZero() || before[1].Undetermined != "" {
		t.Fatalf("got %+v, want the second case's approval undetermined", before)
	}
	if text := s.must(at("2026-12-31T11:00"), "duty", "list"); !strings.Contains(text, "no term yet (calendar 2027)") {
		t.Errorf("the list does not say that a clock waits:\n%s", text)
	}
	path := filepath.Join(t.TempDir(), "2027.csv")
	// The notice makes 1 January free and leaves the weekend as it is.
	if err := os.WriteFile(path, []byte("date,workday,name\n2027-01-01,0,元旦\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text := s.must(at("2026-12-31T12:00"), "import", "calendar", path); !strings.Contains(text, "waited for the calendar 1") {
		t.Errorf("the import does not tell that a clock was settled:\n%s", text)
	}
	after := approvals("2026-12-31T13:00")
	var settledClock, kept duties.Obligation
	for _, o := range after {
		if o.ID == before[0].ID {
			settledClock = o
		} else {
			kept = o
		}
	}
	if got, want := settledClock.Last().String(), "2027-01-04"; got != want || settledClock.Undetermined != "" {
		t.Errorf("got the end %s (%q), want %s: Friday is a holiday, then comes the weekend", got, settledClock.Undetermined, want)
	}
	if !kept.Due.Equal(before[1].Due.Time) {
		t.Errorf("the other clock moved from %s to %s", before[1].Due, kept.Due)
	}
	if text := s.must(at("2026-12-31T13:00"), "duty", "show", strconv.FormatInt(int64(settledClock.ID), 10)); !strings.Contains(text, "4 January 2027, 24:00") {
		t.Errorf("got %s", text)
	}
	s.must("journal", "verify")
}
