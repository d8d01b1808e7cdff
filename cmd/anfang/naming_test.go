package main

import (
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// recalled brings a case about the first member to a recall that was served and carried out.
func (r *review) recalled() (casework.Case, casework.Measure) {
	r.t.Helper()
	ctx := r.t.Context()
	c := r.hand()
	r.approve(c.ID)
	act := func(by inspections.Actor, a casework.Act) {
		r.t.Helper()
		if _, err := r.Office.Act(ctx, by, c.ID, a); err != nil {
			r.t.Fatal(err)
		}
	}
	var branches []casework.Branch
	r.view(func(tx *store.Tx) (err error) {
		branches, err = tx.Branches(c.ID)
		return err
	})
	for _, b := range branches {
		act(r.clerk, casework.Act{Kind: casework.ActStatement, Branch: b.Seq, Text: "已说明"})
		end := office.Conclusion{Liable: b.Side == casework.SideMember, Text: "核实", By: r.clerk.User}
		if err := r.Office.ConcludeBranch(ctx, r.leader.AsActor(), c.ID, b.Seq, end); err != nil {
			r.t.Fatal(err)
		}
		if b.Side != casework.SideMember {
			continue
		}
		d := office.MeasureDecided{Kind: casework.MeasureRecall, Person: "队员", Body: "县委组织部", Reason: "情节严重"}
		if err := r.Office.DecideMeasure(ctx, r.leader.AsActor(), c.ID, b.Seq, d); err != nil {
			r.t.Fatal(err)
		}
	}
	var measures []casework.Measure
	r.view(func(tx *store.Tx) (err error) {
		measures, err = tx.Measures(c.ID)
		return err
	})
	act(r.clerk, casework.Act{Kind: casework.ActServed, Measure: measures[0].ID, Text: "签收"})
	act(r.clerk, casework.Act{Kind: casework.ActExecuted, Measure: measures[0].ID, Text: "已召回"})
	return c, measures[0]
}

func TestTheBulletinNamesAMemberOnlyAfterTheNamingAndNoLongerAfterAnUpheldAppeal(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c, m := r.recalled()
	march := calendar.Month{Year: 2025, Month: 3}
	var name string
	r.view(func(tx *store.Tx) error {
		roster, err := tx.Roster()
		member, _ := roster.Member(1)
		name = member.Name
		return err
	})
	named := func() bool {
		t.Helper()
		figures, _, err := r.Press.Preview(t.Context(), march)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range figures.Problems {
			if strings.Contains(p.Name, name) {
				return true
			}
		}
		return false
	}
	if named() {
		t.Error("the member is named before anybody approved it")
	}
	if _, err := r.Office.Act(t.Context(), r.leader.AsActor(), c.ID, casework.Act{Kind: casework.ActNamed, Measure: m.ID, Text: "典型问题，同意点名"}); err != nil {
		t.Fatal(err)
	}
	if !named() {
		t.Error("the member is not named although the naming was approved")
	}
	// The bulletin leaves; then the appeal is upheld, and a correction is owed by the leader.
	r.write(func(tx *store.Tx) error {
		_, err := tx.AddObligation(&duties.Obligation{
			Kind: duties.Bulletin, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty}, Period: march.String(),
			Started: tx.Now(), Due: tx.Now(), Done: tx.Now(),
		})
		return err
	})
	appeal, err := r.Office.Act(t.Context(), r.clerk, c.ID, casework.Act{Kind: casework.ActAppeal, Measure: m.ID, Text: "当天已请假"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Office.Act(t.Context(), r.leader.AsActor(), c.ID, casework.Act{Kind: casework.ActAppealEnd, Answers: appeal.Seq, Outcome: casework.OutcomeUpheld, Text: "请假属实"}); err != nil {
		t.Fatal(err)
	}
	if named() {
		t.Error("the member is still named after the appeal was upheld")
	}
	r.view(func(tx *store.Tx) error {
		owed, err := tx.Obligations(duties.Filter{Kind: duties.Correct, Open: true})
		if err != nil || len(owed) != 1 || owed[0].Period != "2025-03" {
			t.Errorf("got %+v %v, want the correction of March owed", owed, err)
		}
		return err
	})
}

func TestAnUpheldAppealReachesTheDraftThatWaits(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c, m := r.recalled()
	act := func(by inspections.Actor, a casework.Act) casework.Act {
		t.Helper()
		a.Measure, a.Text = m.ID, "x"
		made, err := r.Office.Act(t.Context(), by, c.ID, a)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	act(r.leader.AsActor(), casework.Act{Kind: casework.ActNamed})
	r.now = calendar.NewDate(2025, 4, 6).At(8, 0)
	march := calendar.Month{Year: 2025, Month: 3}
	drafted, err := r.Press.Draft(t.Context(), r.clerk, march)
	if err != nil || !strings.Contains(string(drafted.Figures), `"name":`) {
		t.Fatalf("got %.200s %v, want a draft that names the member", drafted.Figures, err)
	}
	appeal := act(r.clerk, casework.Act{Kind: casework.ActAppeal})
	act(r.leader.AsActor(), casework.Act{Kind: casework.ActAppealEnd, Answers: appeal.Seq, Outcome: casework.OutcomeUpheld})
	figures, _, err := r.Press.Preview(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range figures.Problems {
		if p.Name != "" {
			t.Errorf("the draft still names %s", p.Name)
		}
	}
}

func TestARecallStaysVacantUntilASuccessorIsPosted(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c, m := r.recalled()
	vacant := func() bool {
		t.Helper()
		var acts []casework.Act
		var measures []casework.Measure
		r.view(func(tx *store.Tx) (err error) {
			if acts, err = tx.Acts(c.ID); err != nil {
				return err
			}
			measures, err = tx.Measures(c.ID)
			return err
		})
		for _, one := range measures {
			if one.ID == m.ID {
				return casework.Vacant(one, acts)
			}
		}
		return false
	}
	clocks := func() (open int) {
		r.view(func(tx *store.Tx) error {
			for _, kind := range []duties.Kind{duties.ReplaceUnit, duties.ReplaceCounty} {
				owed, err := tx.Obligations(duties.Filter{Kind: kind, Open: true})
				if err != nil {
					return err
				}
				open += len(owed)
			}
			return nil
		})
		return open
	}
	if !vacant() || clocks() != 2 {
		t.Fatalf("after the recall: vacant %t with %d clocks, want a vacancy and both clocks", vacant(), clocks())
	}
	if _, err := r.Office.Post(t.Context(), r.clerk, office.Arrival{Name: "接替人", Phone: "19912345678", Team: 1, Unit: 1, Replaces: 1}); err != nil {
		t.Fatal(err)
	}
	if vacant() || clocks() != 0 {
		t.Errorf("after the successor came: vacant %t with %d clocks", vacant(), clocks())
	}
}
