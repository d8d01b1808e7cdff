package duties_test

import (
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

func starting(first inspections.FirstDay) duties.Start {
	return duties.Start{Event: inspections.StartProposed, First: first}
}

// runs sets a clock of a week and one of three working days going on a day.
func runs(t *testing.T, cal *calendar.Calendar, day calendar.Date, first inspections.FirstDay) (week, worked duties.Obligation) {
	t.Helper()
	if err := week.RunDays(cal, day, 7, starting(first)); err != nil {
		t.Fatal(err)
	}
	if err := worked.RunWorkdays(cal, day, 3, starting(first)); err != nil {
		t.Fatal(err)
	}
	return week, worked
}

func TestByDefaultEveryRowOfTheDeadlinesIsKept(t *testing.T) {
	t.Parallel()
	for _, row := range deadlines(t) {
		day, err := calendar.ParseDate(row[0])
		if err != nil {
			t.Fatal(err)
		}
		set := inspections.SettingsOn(nil, day)
		week, worked := runs(t, calendar.BuiltIn(), day, duties.StartOf(set, inspections.StartProposed).First)
		if got, want := week.Last().String()+" "+worked.Last().String(), row[6]+" "+row[2]; got != want {
			t.Errorf("%s: got %s, want %s", row[0], got, want)
		}
	}
}

func TestTheFirstDayOfAClockIsAsSetOnEveryDayOfTenYears(t *testing.T) {
	t.Parallel()
	cal := calendar.BuiltIn()
	for day := calendar.NewDate(2017, 1, 1); day <= calendar.NewDate(2026, 12, 20); day = day.Add(1) {
		next, nextWorked := runs(t, cal, day, inspections.FirstNextDay)
		same, sameWorked := runs(t, cal, day, inspections.FirstSameDay)
		later, laterWorked := runs(t, cal, day, inspections.FirstNextWorkday)
		if next.Last() != day.Add(7) || same.Last() != day.Add(6) {
			t.Fatalf("%s: a week ends on %s or, the day itself counted, on %s", day, next.Last(), same.Last())
		}
		if n, err := cal.Workdays(day, sameWorked.Last()); err != nil || n != 3 {
			t.Fatalf("%s: the day itself counted, %d days were worked until %s: %v", day, n, sameWorked.Last(), err)
		}
		first, err := cal.AddWorkdays(day, 1)
		if err != nil || later.Last() != first.Add(6) {
			t.Fatalf("%s: from the first working day %s a week ends on %s: %v", day, first, later.Last(), err)
		}
		if laterWorked.Last() != nextWorked.Last() || sameWorked.Last() > nextWorked.Last() {
			t.Fatalf("%s: three working days end on %s, %s and %s", day, sameWorked.Last(), nextWorked.Last(), laterWorked.Last())
		}
	}
}

func TestAClockWhoseFirstDayCannotBeToldWaitsForTheCalendar(t *testing.T) {
	t.Parallel()
	cal := calendar.BuiltIn()
	day := calendar.NewDate(2026, 12, 31)
	week, _ := runs(t, cal, day, inspections.FirstNextWorkday)
	if week.Undetermined != "calendar 2027" || !week.Due.IsZero() {
		t.Fatalf("got %+v, want it undetermined", week)
	}
	week.ID, week.Started = 1, calendar.InstantOf(day.At(10, 0))
	known, err := calendar.Read(strings.NewReader("date,workday,name\n2027-01-01,0,元旦\n"))
	if err != nil {
		t.Fatal(err)
	}
	cal.Take(known)
	tx := &owing{list: []duties.Obligation{week}}
	settled, err := duties.Settle(tx, cal)
	if err != nil || len(settled) != 1 || settled[0].Last() != calendar.NewDate(2027, 1, 10) { // the first working day is Monday the 4th
		t.Errorf("got %+v %v, want a week from Monday", settled, err)
	}
}
