package calendar_test

import (
	"encoding/csv"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections/calendar"
)

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestThreeWorkingDaysEndWhereTheNoticesSay(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/deadline_cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(rows)-1, 21; got != want {
		t.Fatalf("rows: got %d, want %d", got, want)
	}
	c := calendar.BuiltIn()
	for _, row := range rows[1:] {
		got, err := c.AddWorkdays(date(t, row[0]), 3)
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		if want := date(t, row[2]); got != want {
			t.Errorf("reported %s: got %s, want %s", row[0], got, want)
		}
		if got, want := date(t, row[0]).Add(7), date(t, row[6]); got != want {
			t.Errorf("week from %s: got %s, want %s", row[0], got, want)
		}
	}
}

func TestAYearWithoutDataIsAnErrorThatNamesIt(t *testing.T) {
	t.Parallel()
	_, err := calendar.BuiltIn().AddWorkdays(date(t, "2026-12-30"), 3)
	var missing *calendar.MissingYearError
	if !errors.As(err, &missing) || missing.Year != 2027 {
		t.Fatalf("got %v, want the missing year 2027", err)
	}
}

func TestWeeksAgreeWithISO(t *testing.T) {
	t.Parallel()
	for d := calendar.NewDate(2016, time.December, 20); d < calendar.NewDate(2028, time.January, 20); d = d.Add(1) {
		w := calendar.WeekOf(d)
		if d < w.Monday() || d > w.Sunday() || w.Monday().Weekday() != time.Monday {
			t.Fatalf("%s: week %s runs %s to %s", d, w, w.Monday(), w.Sunday())
		}
		back, err := calendar.ParseWeek(w.String())
		if err != nil || back != w {
			t.Fatalf("%s: read back as %v, %v", w, back, err)
		}
	}
	for _, bad := range []string{"2025-W53", "2025-W00", "2025-11", "2025-W1", "2025-W111", ""} {
		if w, err := calendar.ParseWeek(bad); err == nil {
			t.Errorf("%q was read as %v", bad, w)
		}
	}
}

func TestWeeksBelongToTheMonthOfTheirSunday(t *testing.T) {
	t.Parallel()
	m := calendar.Month{Year: 2025, Month: time.March}
	weeks := m.Weeks()
	if got, want := len(weeks), 5; got != want {
		t.Fatalf("weeks: got %d, want %d", got, want)
	}
	if got, want := weeks[0].String(), "2025-W09"; got != want {
		t.Errorf("first week: got %s, want %s", got, want)
	}
	if got, want := weeks[4].String(), "2025-W13"; got != want {
		t.Errorf("last week: got %s, want %s", got, want)
	}
}

func TestTheOfficesDayIsShanghais(t *testing.T) {
	t.Parallel()
	late := time.Date(2025, 3, 31, 16, 30, 0, 0, time.UTC)
	if got, want := calendar.DateOf(late).String(), "2025-04-01"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := date(t, "2025-04-01").Start().UTC(), time.Date(2025, 3, 31, 16, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestStoredTimesSortAsText(t *testing.T) {
	t.Parallel()
	a := calendar.InstantOf(time.Date(2025, 3, 1, 0, 0, 0, 999, time.UTC))
	b := calendar.InstantOf(time.Date(2025, 3, 1, 0, 0, 0, 1000, calendar.Shanghai).Add(8 * time.Hour))
	if !(a.Text() < b.Text()) || len(a.Text()) != len(b.Text()) {
		t.Errorf("%q and %q", a.Text(), b.Text())
	}
	var back calendar.Instant
	if err := back.Scan(b.Text()); err != nil || !back.Equal(b.Time) {
		t.Errorf("read back %v, %v", back, err)
	}
}

func TestTakeReplacesWholeYears(t *testing.T) {
	t.Parallel()
	c := calendar.BuiltIn()
	o, err := calendar.Read(strings.NewReader("date,workday,name\n2026-01-01,1,\n2027-01-01,0,元旦\n"))
	if err != nil {
		t.Fatal(err)
	}
	c.Take(o)
	for day, want := range map[calendar.Date]bool{
		calendar.NewDate(2027, time.January, 1): false,
		calendar.NewDate(2026, time.January, 1): true,
		calendar.NewDate(2026, time.October, 1): true, // the holidays of the table before are gone with its year
		calendar.NewDate(2025, time.October, 1): false,
	} {
		got, err := c.Day(day)
		if err != nil || got.Workday != want {
			t.Errorf("%s: got %v %v, want workday %v", day, got, err, want)
		}
	}
}

func TestAMonthEndsOnTheDayOfTheSameNumberOrOnItsLast(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"2025-03-31": "2025-04-30", "2025-01-29": "2025-02-28", "2024-01-31": "2024-02-29", "2025-03-15": "2025-04-15", "2025-12-31": "2026-01-31",
	} {
		day, err := calendar.ParseDate(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := day.AddMonths(1).String(); got != want {
			t.Errorf("one month from %s: got %s, want %s", from, got, want)
		}
	}
	if got := calendar.NewDate(2025, 3, 31).AddMonths(-1); got != calendar.NewDate(2025, 2, 28) {
		t.Errorf("one month before 31 March: got %s, want the last of February", got)
	}
}
