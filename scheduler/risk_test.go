package scheduler_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

func TestWeigh(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		evidence scheduler.Evidence
		weight   uint32
		reasons  []string
	}{
		{"nothing on record is 1000", scheduler.Evidence{}, 1000, []string{}},
		{"one absence without leave adds 300", scheduler.Evidence{Unexcused: 1}, 1300, []string{"unexcused=1"}},
		{"complaints are capped at two", scheduler.Evidence{Complaints: 50}, 1200, []string{"complaint=2"}},
		{"members below the threshold, contradictions and open findings add up", scheduler.Evidence{Below: 2, Contradictions: 1, NotPutRight: 1}, 1850,
			[]string{"attendance=2", "contradiction=1", "not_put_right=1"}},
		{"no weight passes 3000", scheduler.Evidence{Below: 9, Unexcused: 9, Contradictions: 9, NotPutRight: 9, Complaints: 9}, 3000,
			[]string{"attendance=3", "complaint=2", "contradiction=2", "not_put_right=3", "unexcused=3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := scheduler.Weigh(c.evidence)
			if got.Weight != c.weight || !reflect.DeepEqual(got.Reasons, c.reasons) {
				t.Errorf("got %+v, want %d %v", got, c.weight, c.reasons)
			}
			if again := scheduler.WeightByReasons(got.Reasons); again != int(c.weight) {
				t.Errorf("by reasons: got %d, want %d", again, c.weight)
			}
		})
	}
}

// burden puts on record something of everything against team 1.
func burden(w *world) {
	w.tx(func(tx *store.Tx) error {
		member := inspections.Member{Name: "M1"}
		if err := tx.AddMember(&member); err != nil {
			return err
		}
		posting := inspections.Posting{Member: member.ID, Team: 1, Role: inspections.RoleMember, From: calendar.NewDate(2024, 1, 1)}
		imported := inspections.Import{Kind: "signins"}
		if err := tx.AddPosting(&posting); err != nil {
			return err
		}
		if err := tx.AddImport(&imported); err != nil {
			return err
		}
		day := calendar.NewDate(2025, 2, 11)
		days := []inspections.SignIn{}
		for i := range 5 { // five days signed in February: below twenty
			days = append(days, inspections.SignIn{Member: member.ID, Team: 1, Day: day.Add(i), Status: inspections.SignPresent, Import: imported.ID})
		}
		if err := tx.AddSignIns(days); err != nil {
			return err
		}
		seen := calendar.InstantOf(day.At(10, 0))
		visit := inspections.Visit{Kind: inspections.VisitManual, Team: 1, State: inspections.VisitCompleted, Start: seen, Visited: seen, Recorded: seen}
		if err := tx.AddVisit(&visit); err != nil {
			return err
		}
		for _, f := range []inspections.Finding{
			{Visit: visit.ID, Kind: inspections.FindingAbsent, Team: 1, Member: member.ID, At: seen}, // and the ledger says present
			{Visit: visit.ID, Kind: "checklist.diary", Team: 1, At: seen},
			{Visit: visit.ID, Kind: "checklist.ledger", Team: 1, At: seen},
		} {
			if err := tx.AddFinding(&f); err != nil {
				return err
			}
		}
		later := calendar.InstantOf(day.Add(7).At(10, 0))
		again := inspections.Visit{Kind: inspections.VisitFollowUp, Team: 1, State: inspections.VisitCompleted, Start: later, Visited: later, Recorded: later}
		if err := tx.AddVisit(&again); err != nil {
			return err
		}
		return tx.PutCheck(inspections.Check{Visit: again.ID, Party: inspections.PartyTeam, Clause: "1.4a", Item: "diary", Result: inspections.CheckOK})
	})
	if _, err := w.RecordComplaint(w.t.Context(), inspections.System, inspections.Complaint{Team: 1, Day: calendar.NewDate(2025, 2, 20), Source: "letter", Note: "rarely seen"}); err != nil {
		w.t.Fatal(err)
	}
}

func TestRisksAreSealedWithTheirReasons(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{})
	w.Risks = scheduler.Weigher(calendar.BuiltIn())
	burden(w)
	w.at(freezeAt)
	_, book := w.freeze(week10)
	want := []string{"attendance=1", "complaint=1", "contradiction=1", "not_put_right=1", "unexcused=1"}
	if got := book.Teams[0]; got.Risk != 2050 || !reflect.DeepEqual(got.Reasons, want) {
		t.Errorf("got %+v, want 2050 %v", got, want)
	}
	if got := book.Teams[1]; got.Risk != 1000 || len(got.Reasons) != 0 {
		t.Errorf("got %+v, want 1000 and no reasons", got)
	}
	list, err := w.Weights(t.Context(), week10.Add(1))
	if err != nil || len(list) != 40 || list[0].Team != 1 || list[0].Weight != 2050 {
		t.Errorf("got %+v, %v", list[:1], err)
	}
}

func TestWeightsAreChangedByTwoPersons(t *testing.T) {
	t.Parallel()
	clerk := inspections.Actor{User: 2, Name: "U1", Role: inspections.RoleClerk}
	leader := inspections.Actor{User: 1, Name: "U0", Role: inspections.RoleLeader}
	change := func(team inspections.TeamID, weight int) inspections.WeightChange {
		return inspections.WeightChange{Team: team, Weight: weight, From: week10.Monday(), Until: week10.Monday().Add(13), Reason: "flooded"}
	}
	t.Run("and stand in the book, the journal and the note to the leader", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		w.Risks = scheduler.Weigher(calendar.BuiltIn())
		burden(w)
		lowered, err := w.ProposeWeight(t.Context(), clerk, change(1, 700))
		if err != nil {
			t.Fatal(err)
		}
		excluded, err := w.ProposeWeight(t.Context(), clerk, change(2, 0))
		if err != nil {
			t.Fatal(err)
		}
		refused, err := w.ProposeWeight(t.Context(), clerk, change(3, 0))
		if err != nil {
			t.Fatal(err)
		}
		open, err := w.ProposeWeight(t.Context(), clerk, change(4, 3000))
		if err != nil || !open.Decided.IsZero() {
			t.Fatal(open, err)
		}
		for _, step := range []struct {
			id      inspections.WeightChangeID
			approve bool
		}{{lowered.ID, true}, {excluded.ID, true}, {refused.ID, false}} {
			if _, err := w.DecideWeight(t.Context(), leader, step.id, step.approve); err != nil {
				t.Fatal(err)
			}
		}
		_, err = w.DecideWeight(t.Context(), leader, lowered.ID, false)
		wantKey(t, err, "weight.decided")
		w.at(freezeAt)
		_, book := w.freeze(week10)
		for i, want := range []uint32{700, 0, 1000, 1000} {
			if got := book.Teams[i].Risk; got != want {
				t.Errorf("team %d: got %d, want %d", i+1, got, want)
			}
		}
		note := string(w.letters(inspections.LetterFreeze)[0].Args)
		for _, want := range []string{"T1V1: 2050 → 700", "T2V2: 1000 → 0", "flooded"} {
			if !strings.Contains(note, want) {
				t.Errorf("the note lacks %q: %s", want, note)
			}
		}
		w.run(FreezeOf(week10.Add(2)).Add(time.Minute), nil)
		for _, v := range w.visits(inspections.VisitFilter{Team: 2, Kind: inspections.VisitRandom}) {
			t.Errorf("the excluded team was drawn: %+v", v)
		}
		if _, book = w.freeze(week10.Add(2)); book.Teams[1].Risk == 0 {
			t.Error("the exclusion outlived its last day")
		}
		check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.clock.now()), week10)
		if err != nil || !check.Sound || check.Open != 0 {
			t.Errorf("got %+v, %v", check, err)
		}
	})
	t.Run("and by nobody alone, unnamed, without reason or end", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, size{})
		_, err := w.ProposeWeight(t.Context(), inspections.System, change(1, 700))
		wantKey(t, err, "weight.nobody")
		_, err = w.DecideWeight(t.Context(), leader, 9, true)
		wantKey(t, err, "weight.unknown")
		own, err := w.ProposeWeight(t.Context(), leader, change(1, 700))
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.DecideWeight(t.Context(), leader, own.ID, true)
		wantKey(t, err, "weight.second_person")
		_, err = w.DecideWeight(t.Context(), clerk, own.ID, true)
		wantKey(t, err, "forbidden")
		for key, spoil := range map[string]func(*inspections.WeightChange){
			"weight.range":  func(c *inspections.WeightChange) { c.Weight = 499 },
			"weight.span":   func(c *inspections.WeightChange) { c.Until = 0 },
			"weight.reason": func(c *inspections.WeightChange) { c.Reason = "" },
			"weight.team":   func(c *inspections.WeightChange) { c.Team = 999 },
		} {
			c := change(1, 700)
			spoil(&c)
			_, err := w.ProposeWeight(t.Context(), clerk, c)
			wantKey(t, err, key)
		}
		_, err = w.RecordComplaint(t.Context(), clerk, inspections.Complaint{Team: 1, Day: calendar.NewDate(2030, 1, 1)})
		wantKey(t, err, "complaint.day")
	})
}
