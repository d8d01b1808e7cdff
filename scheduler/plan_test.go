package scheduler_test

import (
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// week19 holds the Labour Day of 2025 (1–5 May): Monday the 5th is off.
var week19 = calendar.Week{Year: 2025, Number: 19}

func TestHolidayWeek(t *testing.T) {
	t.Parallel()
	holiday := week19.Monday()
	plan := func(dropped []inspections.SlotMark, evenings ...calendar.Date) inspections.WeekPlan {
		return inspections.WeekPlan{Year: 2025, Week: 19, Reason: "holiday", Signer: "leader", Dropped: dropped, Evenings: evenings}
	}
	cal := calendar.BuiltIn()
	t.Run("drops slots of days off and adds evenings, in the sealed book", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.clock.set(FreezeOf(week19).Add(-time.Hour))
		if _, err := w.PlanWeek(t.Context(), inspections.System, cal, plan([]inspections.SlotMark{{Day: holiday, Part: "morning"}})); err != nil {
			t.Fatal(err)
		}
		// The newer plan counts.
		if _, err := w.PlanWeek(t.Context(), inspections.System, cal, plan([]inspections.SlotMark{{Day: holiday, Part: "afternoon"}}, holiday.Add(2), holiday.Add(3))); err != nil {
			t.Fatal(err)
		}
		w.at(FreezeOf(week19))
		_, book := w.freeze(week19)
		if len(book.Slots) != 15 || book.Slots[0].Part != "morning" || book.Slots[1].Date != holiday.Add(1).String() || book.Slots[5].Part != "evening" {
			t.Errorf("got %d slots: %+v", len(book.Slots), book.Slots)
		}
		_, err := w.PlanWeek(t.Context(), inspections.System, cal, plan(nil))
		wantKey(t, err, "plan.late")
		w.run(week19.Sunday().End().Add(time.Minute), nil)
		check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week19)
		if err != nil || !check.Sound || len(check.Slots) != 15 {
			t.Errorf("got %+v, %v", check, err)
		}
	})
	t.Run("with too few slots left needs an exception first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		spring := calendar.Week{Year: 2025, Number: 5} // 28 January – 4 February 2025 are off
		w.clock.set(FreezeOf(spring).Add(-48 * time.Hour))
		few := inspections.WeekPlan{Year: 2025, Week: 5, Reason: "Spring Festival", Signer: "leader"}
		for i := range 6 {
			for _, part := range []string{"morning", "afternoon"} {
				few.Dropped = append(few.Dropped, inspections.SlotMark{Day: spring.Monday().Add(i + 1), Part: part})
			}
		}
		_, err := w.PlanWeek(t.Context(), inspections.System, cal, few)
		wantKey(t, err, "plan.few")
		if err := w.AddException(t.Context(), inspections.System, spring, "Spring Festival", "leader"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.PlanWeek(t.Context(), inspections.System, cal, few); err != nil {
			t.Error(err)
		}
	})
	t.Run("is no way to thin out an ordinary week or a working day", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		ordinary := inspections.WeekPlan{Year: 2025, Week: 21, Reason: "r", Signer: "leader",
			Dropped: []inspections.SlotMark{{Day: calendar.Week{Year: 2025, Number: 21}.Sunday(), Part: "morning"}}}
		_, err := w.PlanWeek(t.Context(), inspections.System, cal, ordinary)
		wantKey(t, err, "plan.workday")
		for key, p := range map[string]inspections.WeekPlan{
			"plan.workday": plan([]inspections.SlotMark{{Day: holiday.Add(2), Part: "morning"}}),
			"plan.slot":    plan([]inspections.SlotMark{{Day: holiday, Part: "night"}}),
			"plan.evening": plan(nil, holiday.Add(9)),
			"plan.reason":  {Year: 2025, Week: 19, Signer: "leader"},
		} {
			_, err := w.PlanWeek(t.Context(), inspections.System, cal, p)
			wantKey(t, err, key)
		}
	})
}

func TestNoPairIsClosedWithAReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{sameHome: true})
	w.run(week10.Sunday().End().Add(-time.Minute), nil)
	number := 0
	for _, slot := range w.slots(week10) {
		if slot.Outcome == inspections.SlotNoPair {
			number = slot.Slot
		}
	}
	if number == 0 {
		t.Fatal("no slot was without a pair, the test proves nothing")
	}
	wantKey(t, w.CloseNoPair(t.Context(), inspections.System, week10, number, ""), "nopair.reason")
	if err := w.CloseNoPair(t.Context(), inspections.System, week10, number, "all from that township"); err != nil {
		t.Fatal(err)
	}
	wantKey(t, w.CloseNoPair(t.Context(), inspections.System, week10, number, "again"), "nopair.none")
	w.tx(func(tx *store.Tx) error {
		list, err := tx.Obligations(duties.Filter{Kind: duties.NoPair})
		closed := 0
		for _, o := range list {
			if o.Reason != "" {
				closed++
			}
		}
		if closed != 1 {
			t.Errorf("got %d closed, want 1", closed)
		}
		return err
	})
}

func TestBeacon(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.tx(func(tx *store.Tx) error {
		return tx.AddSetting(inspections.Setting{Key: inspections.SetBeacon, Value: "drand quicknet, first round after Monday 00:00", From: calendar.NewDate(2025, 1, 1), Recorded: tx.Now()})
	})
	value := strings.Repeat("ab", 32)
	wantKey(t, w.SetBeacon(t.Context(), inspections.System, week10, value), "week.not_frozen")
	w.at(freezeAt)
	_, book := w.freeze(week10)
	if !strings.Contains(book.Beacon, "quicknet") {
		t.Errorf("the book names %q", book.Beacon)
	}
	third, err := book.Slots[2].CutOff(book.LeadMinutes)
	if err != nil {
		t.Fatal(err)
	}
	w.run(third.Add(-30*time.Second), nil) // too late for the third slot, in time for the fourth
	wantKey(t, w.SetBeacon(t.Context(), inspections.System, week10, "AB"), "beacon.value")
	if err := w.SetBeacon(t.Context(), inspections.System, week10, value); err != nil {
		t.Fatal(err)
	}
	wantKey(t, w.SetBeacon(t.Context(), inspections.System, week10, strings.Repeat("cd", 32)), "beacon.set")
	w.run(week10.Sunday().End().Add(time.Minute), nil)
	for _, slot := range w.slots(week10) {
		if got, want := strings.Contains(string(slot.Row), value), slot.Slot > 3; got != want {
			t.Errorf("slot %d: got beacon %v, want %v", slot.Slot, got, want)
		}
	}
	check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10)
	if err != nil || !check.Sound || check.Open != 0 {
		t.Errorf("got %+v, %v", check, err)
	}
}
