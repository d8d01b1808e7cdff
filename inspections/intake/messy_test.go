package intake_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

var messyForms = []string{"UTF-8 csv", "GB18030 with semicolons.csv csv", "UTF-16 with tabs csv", "mixed encodings csv", "workbook xlsx", "workbook of 1904 xlsx"}

// TestAnotherCountyWithMoreMessIsHeldToTheSameGoals reads ledgers of invented counties, in which every ninth
// row and more has one to three defects of some fifty kinds, and compares every day with what is true.
func TestAnotherCountyWithMoreMessIsHeldToTheSameGoals(t *testing.T) {
	t.Parallel()
	seeds := 2
	if os.Getenv("ANFANG_TEST_SOAK") == "1" {
		seeds = 40
	}
	for _, form := range messyForms {
		for seed := range seeds {
			t.Run(fmt.Sprintf("%s, seed %d", form, seed), func(t *testing.T) {
				t.Parallel()
				c := newMessyCounty(uint64(seed)*31 + uint64(len(form)))
				ledger := c.writeMess(t, form, 9)
				signs, problems, err := intake.ReadSignIns([]intake.File{ledger.file}, c.roster, calendar.Month{}, nil)
				if err != nil {
					t.Fatal(err)
				}
				c.holdToGoals(t, ledger, signs, problems)
			})
		}
	}
}

func (c *messyCounty) holdToGoals(t *testing.T, ledger mess, signs []inspections.SignIn, problems []inspections.Problem) {
	t.Helper()
	listed := map[int]inspections.Problem{} // by row; a row left out counts before a repair
	for _, p := range problems {
		if have, ok := listed[p.Row]; p.Sheet != "汇总" && (!ok || p.LeftOut && !have.LeftOut) {
			listed[p.Row] = p
		}
	}
	got := map[trueDay]inspections.SignIn{}
	for _, s := range signs {
		key := trueDay{s.Member, s.Day}
		got[key] = s
		if want, ok := c.days[key]; !ok || want != s.Status {
			t.Errorf("row %d %v: member %d on %s is %q, truth says %q", s.Row, ledger.rows[s.Row].defects, s.Member, s.Day, s.Status, want)
		}
		if row := ledger.rows[s.Row]; row.record == nil || row.record.trueDay != key || row.stranger {
			t.Errorf("row %d %v was taken for member %d on %s", s.Row, row.defects, s.Member, s.Day)
		}
	}
	defects, answered, asked := 0, 0, map[inspections.MemberID]int{}
	for n, row := range ledger.rows {
		p, is := listed[n]
		for _, d := range row.defects {
			if plainWay(d) {
				continue
			}
			if defects++; is {
				answered++
			} else {
				t.Logf("row %d: %q passed silently", n, d)
			}
		}
		if row.record != nil && is && p.LeftOut && !harmless[p.Key] {
			asked[row.record.member]++
		}
	}
	if answered*100 < defects*99 {
		t.Errorf("%d of %d defects are repaired or listed", answered, defects)
	}
	exact, months, missing := 0, 0, map[inspections.MemberID]int{}
	for key, status := range c.days {
		if s, ok := got[key]; status == inspections.SignPresent && (!ok || s.Status != status) {
			missing[key.member]++
		}
	}
	for _, m := range c.roster.Members {
		months++
		if missing[m.ID] == 0 {
			exact++
		}
		if missing[m.ID] > asked[m.ID] {
			t.Errorf("%s lacks %d days, of which %d are asked", m.Name, missing[m.ID], asked[m.ID])
		}
	}
	t.Logf("%d of %d member-months exact, %d of %d defects repaired or listed", exact, months, answered, defects)
	why := map[string]int{}
	for n, row := range ledger.rows {
		if p, is := listed[n]; row.record != nil && is && p.LeftOut && !harmless[p.Key] {
			why[p.Key+" "+strings.Join(row.defects, "+")]++
		}
	}
	t.Logf("%v", why)
}

// plainWay reports whether a defect is a way of writing that needs no repair and so no line.
func plainWay(defect string) bool {
	return strings.HasPrefix(defect, "day 2024/5/") && !strings.HasSuffix(defect, "/32") || strings.HasPrefix(defect, "day 2024-") && !strings.HasSuffix(defect, "-02-30")
}
