package reports_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// TestEveryFigureListsItsRows walks the JSON form: each {"n", "rows"} has as many distinct rows as it counts, and each
// count of a township's line stands beside the rows it counts.
func TestEveryFigureListsItsRows(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	p.do(t, func(tx *store.Tx) error {
		for _, w := range march.Add(-1).Weeks() { // so that March is compared
			if err := tx.AddFreeze(inspections.Freeze{Year: w.Year, Week: w.Number, Body: "{}", Hash: strings.Repeat("d", 64), Frozen: tx.Now()}); err != nil {
				return err
			}
		}
		if err := tx.AddFinding(&inspections.Finding{Kind: inspections.FindingAbsent, Clause: "1.4b", Party: inspections.PartyMember, Township: 1, Team: 1, Member: 1, At: calendar.InstantOf(calendar.NewDate(2025, time.February, 12).At(10, 0)), Found: tx.Now()}); err != nil {
			return err
		}
		return tx.AddLeave(&inspections.Leave{Member: 2, Kind: "sick", From: march.First().Add(3), Until: march.First().Add(4), Approver: "何文静", Recorded: tx.Now()})
	})
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	f, _, err := p.Preview(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	seen := 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for i, e := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), e)
			}
		case map[string]any:
			for count, rows := range map[string]string{"n": "rows", "members": "member_rows", "reached": "reached_rows", "on_leave": "leave_rows", "unexcused": "absence_rows", "leave_times": "leave_spells", "last": "last_rows"} {
				n, counted := v[count].(float64)
				list, listed := v[rows].([]any)
				if !counted {
					continue
				}
				seen++
				distinct := map[any]bool{}
				for _, id := range list {
					distinct[fmt.Sprint(id)] = true
				}
				if !listed || len(list) != int(n) || len(distinct) != int(n) {
					t.Errorf("%s.%s is %v and lists %v", path, count, n, v[rows])
				}
			}
			for k, e := range v {
				walk(path+"."+k, e)
			}
		}
	}
	walk("figures", tree)
	if seen < 30 {
		t.Errorf("only %d figures were found", seen)
	}
	if f.Attendance.Times != f.Attendance.Absences.N {
		t.Errorf("absences: got %d, listed %d", f.Attendance.Times, f.Attendance.Absences.N)
	}
	if a := f.Attendance; a.LeaveTimes != 1 || a.Last == nil || *a.Last != 1 {
		t.Errorf("got %d spells of leave and %v absences in February, want one each", a.LeaveTimes, a.Last)
	}
}
