package scheduler_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

var freezeAt = calendar.NewDate(2025, 3, 2).At(18, 0)

func TestFreeze(t *testing.T) {
	t.Parallel()
	t.Run("is made on Sunday at 18:00, once, and tells the leader its hash", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		if got := w.at(freezeAt.Add(-time.Second)); len(got.Frozen) != 0 {
			t.Fatalf("frozen early: %v", got.Frozen)
		}
		if got := w.at(freezeAt); len(got.Frozen) != 1 || got.Frozen[0] != week10 {
			t.Fatalf("got %v, want %v", got.Frozen, week10)
		}
		row, book := w.freeze(week10)
		if got := w.at(freezeAt.Add(time.Hour)); len(got.Frozen) != 0 {
			t.Errorf("frozen again: %v", got.Frozen)
		}
		if again, _ := w.freeze(week10); again != row {
			t.Errorf("got %+v, want %+v", again, row)
		}
		if row.Late || book.Late || len(book.Teams) != 40 || len(book.Slots) != 14 {
			t.Errorf("got late %v, %d teams, %d slots", row.Late, len(book.Teams), len(book.Slots))
		}
		notes := w.letters(inspections.LetterFreeze)
		if len(notes) != 1 || !strings.Contains(string(notes[0].Args), row.Hash) {
			t.Errorf("got notes %v, want one with %s", notes, row.Hash)
		}
		w.tx(func(tx *store.Tx) error {
			owed, err := tx.Obligations(duties.Filter{Kind: duties.WeeklyVisits})
			if len(owed) != 1 || owed[0].Period != "2025-W10" || !owed[0].Due.Equal(calendar.NewDate(2025, 3, 9).End()) {
				t.Errorf("got %+v", owed)
			}
			anchor, aerr := tx.Anchor(2025)
			if aerr != nil || anchor.Hex != book.Anchor.String() {
				t.Errorf("got anchor %+v (%v), want %s", anchor, aerr, book.Anchor)
			}
			return err
		})
	})
	t.Run("missed while down is made at restart, marked late, and takes no co-seed", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(start)
		monday := week10.Monday().At(12, 0)
		w.at(monday)
		row, _ := w.freeze(week10)
		if !row.Late {
			t.Error("the freeze is not marked late")
		}
		slots := w.slots(week10)
		if len(slots) != 1 || slots[0].Outcome != inspections.SlotMissed {
			t.Errorf("got %+v, want the first slot missed", slots)
		}
		err := w.AddCoSeed(t.Context(), inspections.System, week10, "3141526653", "")
		wantKey(t, err, "week.coseed_closed")
	})
	t.Run("of a team visited since the horizon began has its flag out, and refills after H weeks", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.tx(func(tx *store.Tx) error {
			return tx.AddSetting(inspections.Setting{Key: inspections.SetHorizonWeeks, Value: "4", From: calendar.NewDate(2025, 1, 1), Recorded: tx.Now()})
		})
		w.run(FreezeOf(week10.Add(4)).Add(time.Minute), nil)
		for i := range 5 {
			week := week10.Add(i)
			row, book := w.freeze(week)
			visited := map[uint64]bool{}
			for _, v := range w.visits(inspections.VisitFilter{State: inspections.VisitCompleted}) {
				if v.Recorded.Before(row.Frozen.Time) && i < 4 {
					visited[uint64(v.Team)] = true
				}
			}
			if i > 0 && i < 4 && len(visited) == 0 {
				t.Fatalf("%s: nothing was visited, the test proves nothing", week)
			}
			for _, team := range book.Teams {
				if team.Bag == visited[team.ID] {
					t.Errorf("%s team %d: got flag %v, visited %v", week, team.ID, team.Bag, visited[team.ID])
				}
			}
			if got, want := book.Horizon.Number, 1+i/4; got != want {
				t.Errorf("%s: got horizon %d, want %d", week, got, want)
			}
		}
	})
	t.Run("waits for teams, and the week is owed all the same", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{inspectors: 3, teams: -1})
		w.tx(func(tx *store.Tx) error {
			return tx.AddSetting(inspections.Setting{Key: inspections.SetFirstWeek, Value: "2025-W10", From: calendar.NewDate(2025, 1, 1), Recorded: tx.Now()})
		})
		if got := w.at(freezeAt); len(got.Frozen) != 0 {
			t.Errorf("got %v", got.Frozen)
		}
		w.tx(func(tx *store.Tx) error {
			owed, err := tx.Obligations(duties.Filter{Kind: duties.WeeklyVisits, Period: "2025-W10"})
			if len(owed) != 1 {
				t.Errorf("got %v", owed)
			}
			return err
		})
	})
}

// FreezeOf keeps the tests in words of the office.
func FreezeOf(week calendar.Week) time.Time { return scheduler.FreezeTime(week) }

func TestFreezeWeekByHand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.clock.set(start)
	_, err := w.FreezeWeek(t.Context(), start, week10)
	wantKey(t, err, "week.freeze_early")
	w.clock.set(freezeAt)
	for i, want := range []bool{true, false} {
		if got, err := w.FreezeWeek(t.Context(), freezeAt, week10); err != nil || got != want {
			t.Errorf("time %d: got %v, %v, want %v", i+1, got, err, want)
		}
	}
	_, err = w.FreezeWeek(t.Context(), freezeAt, week10.Add(-1))
	wantKey(t, err, "week.not_counted")
}

func TestRelease(t *testing.T) {
	t.Parallel()
	t.Run("writes nothing before its minute", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		cutOff := week10.Monday().At(7, 0)
		w.at(cutOff)
		release, err := w.NextWake(t.Context(), cutOff)
		if err != nil {
			t.Fatal(err)
		}
		if release.Before(cutOff) || !release.Before(cutOff.Add(3*time.Hour)) {
			t.Fatalf("got release %s", release)
		}
		if release.After(cutOff) {
			if got := w.at(release.Add(-time.Second)); !got.Empty() || len(w.slots(week10)) != 0 {
				t.Errorf("a second before its release: %+v", got)
			}
		}
		if got := w.at(release); len(got.Settled) != 1 || len(w.slots(week10)) != 1 {
			t.Errorf("at its release: %+v", got)
		}
	})
	t.Run("ten minutes late is still drawn, later is missed and never drawn again", func(t *testing.T) {
		t.Parallel()
		for _, late := range []time.Duration{10 * time.Minute, 10*time.Minute + time.Second} {
			w := newWorld(t, size{})
			w.at(freezeAt)
			cutOff := week10.Monday().At(7, 0)
			w.at(cutOff)
			release, err := w.NextWake(t.Context(), cutOff)
			if err != nil {
				t.Fatal(err)
			}
			w.at(release.Add(late))
			slots := w.slots(week10)
			if len(slots) != 1 {
				t.Fatalf("%s late: got %d rows", late, len(slots))
			}
			if got, want := slots[0].Outcome == inspections.SlotMissed, late > 10*time.Minute; got != want {
				t.Errorf("%s late: got %s", late, slots[0].Outcome)
			}
			w.at(release.Add(late + time.Hour))
			if again := w.slots(week10); again[0].Released != slots[0].Released || again[0].Outcome != slots[0].Outcome {
				t.Errorf("%s late: drawn again: %+v", late, again[0])
			}
		}
	})
	t.Run("never reads a link before its cut-off on the real clock, whatever the business clock says", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		wall := freezeAt.Add(time.Hour)
		w.Links = &scheduler.Keyring{Chain: key(1), Wall: func() time.Time { return wall }}
		ahead := week10.Monday().At(12, 0)
		w.clock.set(ahead)
		_, err := w.Tick(t.Context(), ahead)
		wantKey(t, err, "link.sealed")
		if got := w.slots(week10); len(got) != 0 {
			t.Errorf("got rows %+v", got)
		}
	})
	t.Run("of a drawn team without a pair is escalated to named persons", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{teams: 6, inspectors: 6, users: []inspections.Role{inspections.RoleLeader, inspections.RoleClerk}, sameHome: true})
		w.run(week10.Sunday().End().Add(time.Minute), nil)
		drawn := 0
		for _, slot := range w.slots(week10) {
			if slot.Outcome == inspections.SlotDispatch {
				t.Errorf("slot %d sent somebody to their own township", slot.Slot)
			}
			if slot.Outcome == inspections.SlotNoPair {
				drawn++
			}
		}
		if drawn == 0 {
			t.Fatal("no slot was drawn, the test proves nothing")
		}
		// Leader and clerk hear of each slot, of the week in danger and of the week missed.
		if got, want := len(w.letters(inspections.LetterAlarm)), 2*(drawn+2); got < want {
			t.Errorf("got %d alarm letters, want at least %d", got, want)
		}
		proof, err := w.ExportProof(t.Context(), week10, week10, calendar.InstantOf(w.clock.now()))
		if err != nil {
			t.Fatal(err)
		}
		if report, err := scheduler.CheckProof(proof); err != nil || report.Escalated != drawn {
			t.Errorf("got %+v, %v, want %d escalated", report, err, drawn)
		}
	})
	t.Run("is made once by two processes on one database", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		other := w.process(key(1))
		settled := 0
		for now := freezeAt; now.Before(week10.Sunday().End()); {
			w.clock.set(now)
			found := make(chan int, 2)
			for _, s := range []*scheduler.Scheduler{w.Scheduler, other} {
				go func() {
					report, err := s.Tick(t.Context(), now)
					if err != nil {
						t.Error(err)
					}
					found <- len(report.Settled)
				}()
			}
			settled += <-found + <-found
			next, err := w.NextWake(t.Context(), now)
			if err != nil {
				t.Fatal(err)
			}
			now = next
		}
		if settled != 14 || len(w.slots(week10)) != 14 {
			t.Errorf("got %d settled and %d rows, want 14", settled, len(w.slots(week10)))
		}
	})
}

func TestKeys(t *testing.T) {
	t.Parallel()
	t.Run("a replica with another key refuses and changes nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		w.clock.set(week10.Monday().At(12, 0))
		_, err := w.process(key(2)).Tick(t.Context(), w.clock.now())
		wantKey(t, err, "anchor.differs")
		if got := w.slots(week10); len(got) != 0 {
			t.Errorf("got rows %+v", got)
		}
	})
	t.Run("next year's check value is recorded before its first week", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		at := calendar.Week{Year: 2026, Number: 1}.Monday().Add(-14).At(9, 0)
		w.clock.set(at.Add(-24 * time.Hour))
		if got := w.at(at); len(got.Anchors) != 2 || got.Anchors[1] != 2026 {
			t.Errorf("got %v, want 2025 and 2026", got.Anchors)
		}
		if got := len(w.letters(inspections.LetterAnchor)); got != 4 {
			t.Errorf("got %d letters, want 4", got)
		}
	})
	t.Run("a key that is gone stops the draw and nothing else", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		w.Links = &scheduler.Keyring{Wall: w.clock.now, Chain: func(int) (draw.Chain, error) { return draw.Chain{}, errors.New("no key file") }}
		over := week10.Sunday().End().Add(time.Minute)
		w.clock.set(over)
		report, err := w.Tick(t.Context(), over)
		if err == nil || !strings.Contains(err.Error(), "no key file") {
			t.Errorf("got %v", err)
		}
		if len(report.Alarms) == 0 {
			t.Error("the week's miss was not told to anybody")
		}
	})
}

func TestMinuteByMinuteEqualsWakeToWake(t *testing.T) {
	t.Parallel()
	outcome := func(step func(w *world)) []inspections.SlotOutcome {
		w := newWorld(t, size{})
		step(w)
		var got []inspections.SlotOutcome
		for _, s := range w.slots(week10) {
			got = append(got, s.Outcome)
		}
		return got
	}
	until := week10.Monday().Add(1).At(12, 0)
	none := func(inspections.Visit) bool { return true }
	waked := outcome(func(w *world) { w.run(until, none) })
	stepped := outcome(func(w *world) {
		w.at(freezeAt)
		for now := week10.Monday().Start(); now.Before(until); now = now.Add(time.Minute) {
			w.at(now)
		}
	})
	if len(waked) != 3 || len(stepped) != 3 {
		t.Fatalf("got %v and %v, want three slots", waked, stepped)
	}
	for i := range waked {
		if waked[i] != stepped[i] {
			t.Errorf("slot %d: got %s and %s", i+1, waked[i], stepped[i])
		}
	}
}

func TestTickStopsWhenCalledOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w.clock.set(freezeAt)
	if _, err := w.Tick(ctx, freezeAt); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := w.at(freezeAt); len(got.Frozen) != 1 {
		t.Errorf("got %+v, want the freeze", got)
	}
}

func wantKey(t *testing.T, err error, want string) {
	t.Helper()
	var e *inspections.Error
	if !errors.As(err, &e) || e.Key != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
