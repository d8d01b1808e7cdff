package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// sharedCounty finds the county's files beside the repository.
func sharedCounty(t *testing.T) string {
	t.Helper()
	shared := os.Getenv("ANFANG_SHARED")
	if shared == "" {
		shared = filepath.Join(moduleRoot(t), "..", "shared")
	}
	county := filepath.Join(shared, "data", "county")
	if _, err := os.Stat(county); err != nil {
		t.Skipf("SKIPPED: the county's files are not here (%v); set ANFANG_SHARED to the folder that holds them", err)
	}
	return county
}

// TestTheCountysOwnFilesComeIn imports the real county's roster in each form and a month's ledger, and
// compares every member's month with the truth.
func TestTheCountysOwnFilesComeIn(t *testing.T) {
	t.Parallel()
	county := sharedCounty(t)
	for _, form := range []string{"花名册.xlsx", "csv_utf8bom", "csv_gb18030"} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			s := takeSeat(t)
			s.must(at("2025-01-01T09:00"), "init")
			files := []string{filepath.Join(county, "花名册", form)}
			if !strings.HasSuffix(form, ".xlsx") {
				var err error
				if files, err = filepath.Glob(filepath.Join(files[0], "*.csv")); err != nil {
					t.Fatal(err)
				}
			}
			var in struct {
				Imports []struct{ Added map[string]int }
			}
			s.json(&in, append([]string{at("2025-01-01T09:10"), "import", "roster"}, files...)...)
			for noun, want := range map[string]int{"township": 16, "unit": 88, "team": 260, "inspector": 24} {
				if got := in.Imports[0].Added[noun]; got != want {
					t.Errorf("%s: got %d, want %d", noun, got, want)
				}
			}
			s.must(at("2025-04-03T09:00"), "import", "signins", filepath.Join(county, "签到", "2025-03签到台账_utf8bom.csv"))
			s.holdsAgainstTruth(county)
		})
	}
}

// holdsAgainstTruth asks for at least 95 % of March's member-months to be equal.
func (s *seat) holdsAgainstTruth(county string) {
	s.t.Helper()
	var month struct {
		Members []struct {
			Member, Village string
			Phone           string
			Signed          int  `json:"signed_days"`
			Leave           int  `json:"leave_days"`
			Travel          int  `json:"travel_days"`
			Reached         bool `json:"reached_20"`
		}
	}
	s.json(&month, "attendance", "month", "--month", "2025-03")
	got := map[string][3]int{}
	for _, m := range month.Members {
		got[m.Member+m.Village] = [3]int{m.Signed, m.Leave, m.Travel}
	}
	f, err := os.Open(filepath.Join(county, "truth", "月度汇总_真值.csv"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	all, equal := 0, 0
	for _, row := range rows[1:] {
		if row[5] != "3" {
			continue
		}
		all++
		if have, ok := got[row[1]+row[4]]; ok && row[6] == strconv.Itoa(have[0]) && row[7] == strconv.Itoa(have[1]) && row[8] == strconv.Itoa(have[2]) {
			equal++
		}
	}
	if all < 700 || equal*100 < all*95 {
		s.t.Errorf("%d of %d member-months equal the truth, want 95 %%", equal, all)
	}
	s.t.Logf("%d of %d member-months equal the truth", equal, all)
}
