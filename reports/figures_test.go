package reports_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"anfang.example/inspections/calendar"
	"time"
)

// TestEveryFigureListsItsRows walks the JSON form: each {"n", "rows"} has as many distinct rows as it counts, and each
// count of a township's line stands beside the rows it counts.
func TestEveryFigureListsItsRows(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
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
			for count, rows := range map[string]string{"n": "rows", "members": "member_rows", "reached": "reached_rows", "on_leave": "leave_rows", "unexcused": "absence_rows"} {
				n, counted := v[count].(float64)
				list, listed := v[rows].([]any)
				if !counted {
					continue
				}
				seen++
				distinct := map[any]bool{}
				for _, id := range list {
					distinct[id] = true
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
}
