package office_test

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// TestACorrectionIsOwedOfTheBulletinThatReportedTheFact takes the last day of March 2025, a Monday: its week ends in
// April, and so the bulletin of April tells of it.
func TestACorrectionIsOwedOfTheBulletinThatReportedTheFact(t *testing.T) {
	t.Parallel()
	d := open(t)
	ctx := t.Context()
	d.now = calendar.NewDate(2025, time.March, 31).At(12, 0)
	c, err := d.OpenCase(ctx, clerk, office.HandCase{Kind: "absent", Team: 1, FactAt: calendar.InstantOf(d.now.Add(-time.Hour)), Reason: "核实属实"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ApproveCase(ctx, leader, c.ID, "主任"); err != nil {
		t.Fatal(err)
	}
	if err := d.AddStatement(ctx, clerk, c.ID, 1, "已说明"); err != nil {
		t.Fatal(err)
	}
	talk := office.MeasureDecided{Kind: casework.MeasureTalk, Person: "龙超", Body: "县委组织部", Reason: "首次"}
	if err := d.ConcludeBranch(ctx, leader, c.ID, 1, office.Conclusion{Liable: true, Text: "核实", By: clerk.User, Measures: []office.MeasureDecided{talk}}); err != nil {
		t.Fatal(err)
	}
	upheld := func(printed string) []duties.Obligation {
		t.Helper()
		d.do(t, func(tx *store.Tx) error {
			_, err := tx.AddObligation(&duties.Obligation{
				Kind: duties.Bulletin, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty}, Period: printed, Started: tx.Now(), Due: tx.Now(), Done: tx.Now(),
			})
			return err
		})
		appeal, err := d.Act(ctx, clerk, c.ID, casework.Act{Kind: casework.ActAppeal, Measure: 1, Text: "不服"})
		if err == nil {
			_, err = d.Act(ctx, leader, c.ID, casework.Act{Kind: casework.ActAppealEnd, Answers: appeal.Seq, Outcome: casework.OutcomePartly, Text: "复查"})
		}
		if err != nil {
			t.Fatal(err)
		}
		return d.owed(t, duties.Filter{Kind: duties.Correct})
	}
	if owed := upheld("2025-03"); len(owed) != 0 {
		t.Errorf("got %+v, want none: the bulletin that left says nothing of it", owed)
	}
	answers := d.owed(t, duties.Filter{Kind: duties.AppealAnswer})
	if len(answers) != 1 || answers[0].Open() || answers[0].Last() < calendar.NewDate(2025, time.April, 30) {
		t.Errorf("got %+v, want the answer owed for a month, and given", answers)
	}
	if owed := upheld("2025-04"); len(owed) != 1 || owed[0].Period != "2025-04" {
		t.Errorf("got %+v, want the bulletin of April corrected", owed)
	}
}

func TestAnAppealThatNobodyAnswersIsTheLeaders(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.from(t, inspections.SetAppealAnswer, "10", monday)
	id := d.started(t)
	d.recall(t, id)
	if _, err := d.Act(t.Context(), clerk, id, casework.Act{Kind: casework.ActAppeal, Measure: 1, Text: "不服"}); err != nil {
		t.Fatal(err)
	}
	told := func(day calendar.Date) (soon, late int) {
		t.Helper()
		letter := d.remind(t, day, true)["leader@example.com"]
		for _, l := range letter.Soon {
			if l.Duty == string(duties.AppealAnswer) {
				soon++
			}
		}
		for _, l := range letter.Late {
			if l.Duty == string(duties.AppealAnswer) {
				late++
			}
		}
		return soon, late
	}
	if soon, late := told(monday.Add(8)); soon != 1 || late != 0 {
		t.Errorf("before the end: got %d soon and %d late", soon, late)
	}
	if soon, late := told(monday.Add(11)); soon != 0 || late != 1 {
		t.Errorf("after the end: got %d soon and %d late", soon, late)
	}
}
