package duties_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// deadlines are the 21 rows of report days around holidays: report day, its weekday, the third working
// day, its weekday, what Monday-to-Friday alone would give, the span in days, the seventh calendar day.
func deadlines(t *testing.T) [][]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/deadline_cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 22 {
		t.Fatalf("got %d rows %v, want a head and 21", len(rows), err)
	}
	return rows[1:]
}

func TestEveryRowOfTheDeadlinesIsKeptAtAnyHour(t *testing.T) {
	t.Parallel()
	cal := calendar.BuiltIn()
	for _, row := range deadlines(t) {
		t.Run(row[0], func(t *testing.T) {
			t.Parallel()
			day, err := calendar.ParseDate(row[0])
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range []time.Time{day.At(0, 0), day.At(0, 1), day.At(10, 0), day.At(23, 59)} {
				start := calendar.InstantOf(at).Date()
				var opinion, week duties.Obligation
				if err := opinion.DueWorkdays(cal, start, 3); err != nil {
					t.Fatal(err)
				}
				week.DueDays(start, 7)
				last := func(o duties.Obligation) string { return calendar.DateOf(o.Due.Add(-time.Second)).String() }
				if got, want := last(opinion), row[2]; got != want {
					t.Errorf("%s: three working days: got %s, want %s", at, got, want)
				}
				if got, want := last(week), row[6]; got != want {
					t.Errorf("%s: a week: got %s, want %s", at, got, want)
				}
				if got, want := opinion.Due.Local().Format("15:04"), "00:00"; got != want {
					t.Errorf("got the end at %s, want %s of the next day", got, want)
				}
				days, err := opinion.Days()
				if err != nil || days[len(days)-1].Day.String() != row[2] {
					t.Errorf("got %v %v, want the count to end on %s", days, err, row[2])
				}
			}
		})
	}
}

func TestEveryDayOfTenYearsHasAnEndAfterThreeWorkedDays(t *testing.T) {
	t.Parallel()
	cal := calendar.BuiltIn()
	for day := calendar.NewDate(2017, 1, 1); day <= calendar.NewDate(2026, 12, 31); day = day.Add(1) {
		for _, at := range []time.Time{day.At(0, 0), day.At(0, 1), day.At(0, 59), day.At(7, 59), day.At(8, 0), day.At(22, 59), day.At(23, 59), day.End().Add(-time.Second)} {
			var o, week duties.Obligation
			week.DueDays(calendar.InstantOf(at).Date(), 7)
			if got, want := week.Due, calendar.InstantOf(day.Add(8).Start()); !got.Equal(want.Time) {
				t.Fatalf("%s: a week ends %s, want %s", at, got, want)
			}
			err := o.DueWorkdays(cal, calendar.InstantOf(at).Date(), 3)
			// The last days of 2026 need 2027: 29, 30 and 31 December are worked.
			if waits := day >= calendar.NewDate(2026, 12, 29); err != nil || (o.Undetermined != "") != waits || waits != o.Due.IsZero() {
				t.Fatalf("%s: got %+v %v", at, o, err)
			} else if waits {
				continue
			}
			end := calendar.DateOf(o.Due.Add(-time.Second))
			n, err := cal.Workdays(day.Add(1), end)
			worked, err2 := cal.Day(end)
			if err != nil || err2 != nil || n != 3 || !worked.Workday {
				t.Fatalf("%s: got the end %s after %d worked days (%v %v), want it on the third", at, end, n, err, err2)
			}
		}
	}
}

// owing is a few obligations in memory.
type owing struct {
	duties.Tx
	list []duties.Obligation
}

func (o *owing) Obligations(duties.Filter) ([]duties.Obligation, error) { return o.list, nil }
func (o *owing) SaveObligation(one duties.Obligation) error {
	for i := range o.list {
		if o.list[i].ID == one.ID {
			o.list[i] = one
		}
	}
	return nil
}

func TestACalendarThatArrivesSettlesWhatStoodUndeterminedAndNothingElse(t *testing.T) {
	t.Parallel()
	cal := calendar.BuiltIn()
	start := calendar.NewDate(2026, 12, 30)
	waiting := duties.Obligation{ID: 1, Kind: duties.Opinion, Started: calendar.InstantOf(start.At(10, 0))}
	if err := waiting.DueWorkdays(cal, start, 3); err != nil || waiting.Undetermined != "calendar 2027" || !waiting.Due.IsZero() {
		t.Fatalf("got %+v %v, want the clock undetermined", waiting, err)
	}
	decided := duties.Obligation{ID: 2, Kind: duties.Opinion, Started: calendar.InstantOf(calendar.NewDate(2025, 9, 30).At(10, 0))}
	if err := decided.DueWorkdays(cal, calendar.NewDate(2025, 9, 30), 3); err != nil {
		t.Fatal(err)
	}
	// A later notice about 2025 makes 11 October free, and one about 2027 arrives.
	later, err := calendar.Read(strings.NewReader("date,workday,name\n2025-10-11,0,x\n2027-01-01,0,y\n"))
	if err != nil {
		t.Fatal(err)
	}
	cal.Take(later)
	tx := &owing{list: []duties.Obligation{waiting, decided}}
	settled, err := duties.Settle(tx, cal)
	if err != nil || len(settled) != 1 || settled[0].ID != 1 {
		t.Fatalf("got %+v %v, want the waiting clock settled", settled, err)
	}
	if got, want := tx.list[0].Due, calendar.InstantOf(calendar.NewDate(2027, 1, 5).End()); !got.Equal(want.Time) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := tx.list[1]; got != decided {
		t.Errorf("got %+v, want what was due when it was decided unchanged", got)
	}
}

func TestAnExtensionKeepsTheFirstEndVisible(t *testing.T) {
	t.Parallel()
	var o duties.Obligation
	o.DueDays(calendar.NewDate(2025, 3, 10), 7)
	first := o.Due
	for _, days := range []int{10, 14} {
		if err := o.Extend(calendar.InstantOf(calendar.NewDate(2025, 3, 10).Add(days).End()), "道路中断", 2); err != nil {
			t.Fatal(err)
		}
	}
	if o.FirstDue != first || o.ExtendedBy != 2 || o.Reason != "道路中断" || !o.Due.After(first.Time) {
		t.Errorf("got %+v, want the first end %s beside the new one", o, first)
	}
	for key, err := range map[string]error{
		"duty.not_later":      o.Extend(first, "x", 2),
		"duty.reason_missing": o.Extend(calendar.InstantOf(o.Due.Add(time.Hour)), "", 2),
		"duty.not_running":    (&duties.Obligation{Done: first, Due: first}).Extend(o.Due, "x", 2),
	} {
		if e, ok := err.(*inspections.Error); !ok || e.Key != key {
			t.Errorf("got %v, want %s", err, key)
		}
	}
}
