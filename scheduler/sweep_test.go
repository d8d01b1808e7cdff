package scheduler_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

func (w *world) obligations(f duties.Filter) (list []duties.Obligation) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) (err error) { list, err = tx.Obligations(f); return err })
	return list
}

// alarms lists the keys of the alarm letters in order, one per letter.
func (w *world) alarms() (keys []string) {
	w.t.Helper()
	for _, l := range w.letters(inspections.LetterAlarm) {
		var args inspections.AlarmArgs
		if err := json.Unmarshal(l.Args, &args); err != nil {
			w.t.Fatal(err)
		}
		keys = append(keys, args.Key)
	}
	return keys
}

func count(list []string, want string) (n int) {
	for _, v := range list {
		if v == want {
			n++
		}
	}
	return n
}

func TestWeekBelowTwo(t *testing.T) {
	t.Parallel()
	nobodyRecords := func(inspections.Visit) bool { return true }
	over := week10.Sunday().End().Add(time.Minute)

	t.Run("alarms the leader and the clerk by name, once, and stands escalated", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.run(over, nobodyRecords)
		w.at(over.Add(time.Hour))
		if got := count(w.alarms(), string(duties.WeeklyVisits)); got != 2 {
			t.Errorf("got %d alarm letters of the week, want 2: %v", got, w.alarms())
		}
		week := w.obligations(duties.Filter{Kind: duties.WeeklyVisits, Period: "2025-W10"})
		if len(week) != 1 || week[0].Escalated.IsZero() || !week[0].Open() {
			t.Errorf("got %+v", week)
		}
		told := w.obligations(duties.Filter{Kind: duties.Alarm, Period: "2025-W10", Subject: "weekly_visits/2025-W10"})
		if len(told) != 1 || told[0].DoneRef != "user/1" {
			t.Errorf("got %+v, want one alarm told to user 1", told)
		}
	})
	t.Run("is no alarm when the records came in time", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.run(over, nil)
		if got := w.alarms(); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	})
	t.Run("is settled by an exception signed before it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		if err := w.AddException(t.Context(), inspections.System, week10, "flood", "L"); err != nil {
			t.Fatal(err)
		}
		w.run(over, nobodyRecords)
		week := w.obligations(duties.Filter{Kind: duties.WeeklyVisits, Period: "2025-W10"})
		if len(week) != 1 || week[0].DoneRef != "exception/2025-W10" || week[0].Reason != "flood" {
			t.Errorf("got %+v", week)
		}
		if got := count(w.alarms(), string(duties.WeeklyVisits)) + count(w.alarms(), "week_danger"); got != 0 {
			t.Errorf("got %v", w.alarms())
		}
	})
	t.Run("warns while slots and visits on their way cannot make two any more", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		w.at(week10.Sunday().At(17, 0)) // down all week: every slot missed
		if got := count(w.alarms(), "week_danger"); got != 2 {
			t.Errorf("got %d warnings, want 2: %v", got, w.alarms())
		}
		w.at(week10.Sunday().At(17, 30))
		if got := count(w.alarms(), "week_danger"); got != 2 {
			t.Errorf("warned again: %v", w.alarms())
		}
	})
	t.Run("is told as soon as there is somebody to tell", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{teams: 10, inspectors: 6})
		w.run(over, nobodyRecords)
		if got := w.alarms(); len(got) != 0 {
			t.Fatalf("told to nobody: %v", got)
		}
		w.tx(func(tx *store.Tx) error {
			return tx.AddUser(&inspections.User{Login: "l", Name: "L", Role: inspections.RoleLeader, Email: "l@example.com"})
		})
		report := w.at(over.Add(time.Minute))
		if !slices.Contains(report.Alarms, "weekly_visits/2025-W10") || count(w.alarms(), "weekly_visits") != 1 {
			t.Errorf("got %v, letters %v", report.Alarms, w.alarms())
		}
	})
}

func TestFourteenDaysDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.run(week10.Add(1).Monday().At(20, 0), nil)
	back := w.clock.now().AddDate(0, 0, 14)
	report := w.at(back)
	if len(report.Missed) < 14 {
		t.Errorf("got %d missed slots", len(report.Missed))
	}
	if want := []calendar.Week{week10.Add(2), week10.Add(3)}; !slices.Equal(report.Frozen, want) {
		t.Errorf("got frozen %v, want %v", report.Frozen, want)
	}
	for _, week := range []string{"2025-W11", "2025-W12"} {
		if !slices.Contains(report.Alarms, "weekly_visits/"+week) {
			t.Errorf("%s: nobody was told: %v", week, report.Alarms)
		}
	}
	if got := w.at(back); !got.Empty() {
		t.Errorf("a second tick did %+v", got)
	}
	w.run(week10.Add(4).Sunday().End().Add(time.Minute), nil)
	for i := range 5 {
		check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10.Add(i))
		if err != nil || !check.Sound || check.Open != 0 {
			t.Errorf("%s: %+v, %v", week10.Add(i), check, err)
		}
	}
}

func TestOverdueObligationGoesToALeaderOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.at(start)
	due := calendar.InstantOf(start.Add(24 * time.Hour))
	w.tx(func(tx *store.Tx) error {
		for _, o := range []duties.Obligation{
			{Kind: duties.CaseConclude, Clause: "3.6", Party: inspections.Party{Kind: inspections.PartyCounty}, Subject: "case/1", Due: due},
			{Kind: duties.Opinion, Clause: "3.2b", Party: inspections.Party{Kind: inspections.PartyCounty}, Subject: "report/1", Undetermined: "calendar 2027"},
		} {
			if _, err := tx.AddObligation(&o); err != nil {
				return err
			}
		}
		return nil
	})
	if got := w.at(due.Time); len(got.Alarms) != 0 {
		t.Errorf("at its very end: %v", got.Alarms)
	}
	next, err := w.NextWake(t.Context(), due.Time)
	if err != nil || next.After(due.Add(time.Minute)) {
		t.Errorf("got next wake %s, %v, want within a minute", next, err)
	}
	if got := w.at(next); !slices.Equal(got.Alarms, []string{"overdue/case_conclude/case/1"}) {
		t.Errorf("got %v", got.Alarms)
	}
	w.at(next.Add(time.Minute))
	if got := w.alarms(); !slices.Equal(got, []string{"overdue"}) {
		t.Errorf("got letters %v, want one", got)
	}
}

func TestCoSeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.at(start)
	add := func(text string) error { return w.AddCoSeed(t.Context(), inspections.System, week10, text, "L") }
	wantKey(t, add("3141526653"), "week.not_frozen")
	w.at(freezeAt)
	wantKey(t, add("314152665"), "week.coseed_text")
	wantKey(t, add(""), "week.coseed_text")
	wantKey(t, w.AddCoSeed(t.Context(), inspections.Actor{User: 9, Role: inspections.RoleInspector}, week10, "3141526653", ""), "forbidden")
	if err := add("3141526653"); err != nil {
		t.Fatal(err)
	}
	wantKey(t, add("3141526654"), "week.coseed_set")
	w.clock.set(week10.Add(1).Monday().Start())
	wantKey(t, w.AddException(t.Context(), inspections.System, week10, "flood", "L"), "week.exception_late")
	w.clock.set(freezeAt)
	w.run(week10.Sunday().End().Add(time.Minute), nil)
	for _, slot := range w.slots(week10) {
		if !strings.Contains(string(slot.Row), `"coseed":"3141526653"`) {
			t.Errorf("slot %d was drawn without the co-seed", slot.Slot)
		}
	}
	check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10)
	if err != nil || !check.Sound || !check.CoSeed {
		t.Errorf("got %+v, %v", check, err)
	}
	w.clock.set(FreezeOf(week10.Add(1)))
	w.at(w.clock.now())
	w.clock.set(week10.Add(1).Monday().Start())
	wantKey(t, w.AddCoSeed(t.Context(), inspections.System, week10.Add(1), "3141526653", ""), "week.coseed_closed")
}
