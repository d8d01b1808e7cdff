package scheduler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

// special is an order for Tuesday noon, when nobody is on standby.
func special() scheduler.Special {
	day := week10.Monday().Add(1)
	return scheduler.Special{
		Reason: "a villager rang", AskedBy: "the leader", Team: 3, Pair: [2]inspections.InspectorID{5, 2},
		Start: calendar.InstantOf(day.At(12, 0)), End: calendar.InstantOf(day.At(14, 0)),
	}
}

func TestSpecialVisit(t *testing.T) {
	t.Parallel()
	t.Run("tells its pair and nobody else, and is journalled without its reason", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		before := len(w.letters(""))
		v, err := w.SendSpecial(t.Context(), inspections.System, special())
		if err != nil {
			t.Fatal(err)
		}
		if v.Kind != inspections.VisitManual || v.Slot != 0 || v.First != 2 || v.Second != 5 || v.Year != 2025 || v.Week != 10 {
			t.Errorf("got %+v", v)
		}
		sent := w.letters("")[before:]
		if len(sent) != 2 || sent[0].Kind != inspections.LetterGo || sent[0].To.ID != 2 || sent[1].To.ID != 5 {
			t.Errorf("got letters %+v, want go to inspectors 2 and 5", sent)
		}
		w.tx(func(tx *store.Tx) error {
			order, err := tx.SpecialOrder(v.ID)
			if err != nil || order.AskedBy != "the leader" || order.By != "anfang" {
				t.Errorf("got %+v, %v", order, err)
			}
			owed, err := tx.Obligations(duties.Filter{Kind: duties.RecordVisit, Open: true})
			if err != nil || len(owed) != 1 {
				t.Errorf("got owed %v, %v", owed, err)
			}
			var lines []journal.Record
			if lines, err = tx.JournalAfter(0, 1000); err != nil {
				return err
			}
			last := lines[len(lines)-1]
			if last.Kind != "visit.special" || strings.Contains(last.Body, "villager") {
				t.Errorf("got journal %+v", last)
			}
			return nil
		})
	})
	t.Run("counts for no week's two and leaves the bag alone", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		v, err := w.SendSpecial(t.Context(), inspections.System, special())
		if err != nil {
			t.Fatal(err)
		}
		w.clock.set(v.Arrive.Add(time.Hour))
		w.record(v)
		w.at(week10.Monday().Add(1).At(13, 30))
		w.run(FreezeOf(week10.Add(1)).Add(time.Minute), func(v inspections.Visit) bool { return true })
		for _, slot := range w.slots(week10) {
			if strings.Contains(string(slot.Row), `"counted":[1]`) || strings.Contains(string(slot.Row), `"visit":1,`) && strings.Contains(string(slot.Row), `"cleared":[{`) {
				t.Errorf("slot %d counts the special visit: %s", slot.Slot, slot.Row)
			}
		}
		_, book := w.freeze(week10.Add(1))
		for _, team := range book.Teams {
			if !team.Bag {
				t.Errorf("team %d lost its flag without a random visit", team.ID)
			}
		}
		check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10)
		if err != nil || !check.Sound {
			t.Errorf("got %+v, %v", check, err)
		}
	})
	t.Run("may look back at a completed visit, by other people", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		v, err := w.SendSpecial(t.Context(), inspections.System, special())
		if err != nil {
			t.Fatal(err)
		}
		back := special()
		back.Team, back.Follows = 0, v.ID
		_, err = w.SendSpecial(t.Context(), inspections.System, back)
		wantKey(t, err, "special.not_completed")
		w.clock.set(v.Arrive.Add(time.Hour))
		w.record(v)
		day := week10.Monday().Add(2)
		back.Start, back.End = calendar.InstantOf(day.At(12, 0)), calendar.InstantOf(day.At(13, 0))
		_, err = w.SendSpecial(t.Context(), inspections.System, back)
		wantKey(t, err, "special.barred_recent")
		back.Pair = [2]inspections.InspectorID{6, 7}
		again, err := w.SendSpecial(t.Context(), inspections.System, back)
		if err != nil || again.Kind != inspections.VisitFollowUp || again.Team != 3 {
			t.Errorf("got %+v, %v", again, err)
		}
	})
	t.Run("is refused where the draw would refuse the pair", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{sameHome: true})
		w.at(freezeAt)
		_, err := w.SendSpecial(t.Context(), inspections.System, special())
		wantKey(t, err, "special.barred_home")
	})
	t.Run("takes nobody from a standby, nobody who is away, and nobody twice", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		_, book := w.freeze(week10)
		slot := book.Slots[2]
		start, end, err := slot.Window()
		if err != nil {
			t.Fatal(err)
		}
		order := special()
		order.Start, order.End = calendar.InstantOf(start), calendar.InstantOf(end)
		order.Pair = [2]inspections.InspectorID{inspections.InspectorID(slot.Standby[0]), inspections.InspectorID(slot.Standby[1])}
		_, err = w.SendSpecial(t.Context(), inspections.System, order)
		wantKey(t, err, "special.busy")
		_, err = w.SendSpecial(t.Context(), inspections.System, special())
		if err != nil {
			t.Fatal(err)
		}
		order = special()
		order.Team = 4
		_, err = w.SendSpecial(t.Context(), inspections.System, order)
		wantKey(t, err, "special.busy")
		day := order.Start.Date()
		if _, err := w.RecordInspectorLeave(t.Context(), inspections.System, inspections.InspectorLeave{Inspector: 8, Kind: "illness", From: day, Until: day}); err != nil {
			t.Fatal(err)
		}
		w.clock.set(freezeAt.Add(time.Minute))
		order.Pair = [2]inspections.InspectorID{8, 9}
		_, err = w.SendSpecial(t.Context(), inspections.System, order)
		wantKey(t, err, "special.barred_leave")
	})
	t.Run("needs a reason, who asked, a window to come, a team and two people", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.at(freezeAt)
		for key, spoil := range map[string]func(*scheduler.Special){
			"special.reason": func(o *scheduler.Special) { o.AskedBy = "" },
			"special.window": func(o *scheduler.Special) { o.Start = calendar.InstantOf(start) },
			"special.team":   func(o *scheduler.Special) { o.Team = 999 },
			"special.pair":   func(o *scheduler.Special) { o.Pair[1] = o.Pair[0] },
			"visit.unknown":  func(o *scheduler.Special) { o.Follows = 77 },
		} {
			order := special()
			spoil(&order)
			_, err := w.SendSpecial(t.Context(), inspections.System, order)
			wantKey(t, err, key)
		}
		inspector := inspections.Actor{User: 9, Role: inspections.RoleInspector}
		_, err := w.SendSpecial(t.Context(), inspector, special())
		wantKey(t, err, "forbidden")
	})
}

func TestInspectorLeave(t *testing.T) {
	t.Parallel()
	monday := week10.Monday()
	leave := func(id inspections.InspectorID, kind string) inspections.InspectorLeave {
		return inspections.InspectorLeave{Inspector: id, Kind: kind, From: monday, Until: monday.Add(6)}
	}
	t.Run("recorded before the freeze keeps the person off the standby", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.clock.set(freezeAt)
		if _, err := w.RecordInspectorLeave(t.Context(), inspections.System, leave(4, "leave")); err != nil {
			t.Fatal(err)
		}
		w.at(freezeAt)
		_, book := w.freeze(week10)
		others := 0
		for _, slot := range book.Slots {
			for _, id := range slot.Standby {
				if id == 4 {
					t.Errorf("slot %d has the person who is away", slot.Number)
				}
				others++
			}
		}
		if others == 0 {
			t.Error("nobody is on standby, the test proves nothing")
		}
	})
	t.Run("recorded before a cut-off keeps the person out of the pair, after it changes nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{inspectors: 3, teams: 20})
		w.at(freezeAt)
		_, book := w.freeze(week10)
		ill := book.Slots[0].Standby[0]
		cut, err := book.Slots[4].CutOff(book.LeadMinutes)
		if err != nil {
			t.Fatal(err)
		}
		w.run(cut, nil)
		if _, err := w.RecordInspectorLeave(t.Context(), inspections.System, leave(inspections.InspectorID(ill), "illness")); err != nil {
			t.Fatal(err)
		}
		w.run(week10.Sunday().End().Add(time.Minute), nil)
		dispatched := 0
		for _, slot := range w.slots(week10) {
			bar := strings.Contains(string(slot.Row), `"reason":"leave"`)
			if slot.Outcome != inspections.SlotDispatch {
				continue
			}
			if on := slot.Slot > 5 && strings.Contains(string(slot.Row), `"inspector":`+fmt.Sprint(ill)+`,"slots"`); bar != on {
				t.Errorf("slot %d: got leave in the row %v, want %v: %s", slot.Slot, bar, on, slot.Row)
			}
			if slot.Slot > 5 {
				dispatched++
			}
		}
		if dispatched == 0 {
			t.Skip("no visit after the leave in this chain")
		}
		check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10)
		if err != nil || !check.Sound {
			t.Errorf("got %+v, %v", check, err)
		}
	})
	t.Run("is recorded by the office or by the person, of a known kind and span", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		own := inspections.Actor{User: 5, Role: inspections.RoleInspector, Party: inspections.Party{Kind: inspections.PartyInspector, ID: 4}}
		if _, err := w.RecordInspectorLeave(t.Context(), own, leave(4, "duty")); err != nil {
			t.Error(err)
		}
		_, err := w.RecordInspectorLeave(t.Context(), own, leave(5, "duty"))
		wantKey(t, err, "forbidden")
		_, err = w.RecordInspectorLeave(t.Context(), own, leave(4, "mood"))
		wantKey(t, err, "inspector_leave.kind")
		_, err = w.RecordInspectorLeave(t.Context(), inspections.System, leave(99, "duty"))
		wantKey(t, err, "inspector_leave.unknown")
		backwards := leave(4, "duty")
		backwards.Until = monday.Add(-1)
		_, err = w.RecordInspectorLeave(t.Context(), inspections.System, backwards)
		wantKey(t, err, "inspector_leave.span")
	})
}
