package office_test

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

// started brings a case of one absence to its four investigations on Monday: township, two units, the member.
func (d *desk) started(t *testing.T) inspections.CaseID {
	t.Helper()
	v := d.released(t)
	d.record(t, v)
	done, err := d.VerifyVisit(t.Context(), clerk, v.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	id := done.Cases[0].ID
	if _, err := d.ApproveCase(t.Context(), leader, id, "副部长"); err != nil {
		t.Fatal(err)
	}
	return id
}

// asked gives the clocks of the invitations to make a statement, by party.
func (d *desk) asked(t *testing.T, open bool) map[inspections.Party]duties.Obligation {
	t.Helper()
	list := map[inspections.Party]duties.Obligation{}
	for _, o := range d.owed(t, duties.Filter{Kind: duties.Statement, Open: open}) {
		list[o.Party] = o
	}
	return list
}

func TestTheTimeToMakeAStatementIsRemindedOfAndNamesNobody(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.started(t)
	last := monday.Add(3)
	asked := d.asked(t, true)
	if len(asked) != 4 {
		t.Fatalf("got %d clocks, want one for each side: %+v", len(asked), asked)
	}
	for p, o := range asked {
		if !o.Due.Equal(last.End()) || o.Clause != "3.6" {
			t.Errorf("%v: got %s under %s, want the end of %s under 3.6", p, o.Due, o.Clause, last)
		}
	}
	statements := func(lines []inspections.OwedLine) (bodies []string) {
		for _, l := range lines {
			if l.Duty == string(duties.Statement) {
				bodies = append(bodies, string(l.BodyKind)+" "+l.Body+" "+l.ID)
			}
		}
		return bodies
	}
	both := "unit 县残联 2025-001|member 县残联 2025-001"
	for day, want := range map[calendar.Date]string{last.Add(-2): "soon", last: "today", last.Add(1): "late"} {
		told := d.remind(t, day, true)
		unit, town := told["dw1@example.com"], told["xz@example.com"]
		lists := map[string][2][]inspections.OwedLine{"soon": {unit.Soon, town.Soon}, "today": {unit.Today, town.Today}, "late": {unit.Late, town.Late}}[want]
		if got := strings.Join(statements(lists[0]), "|"); got != both {
			t.Errorf("%s, the unit: got %s, want its own and its member's", want, got)
		}
		if got := statements(lists[1]); len(got) != 1 || got[0] != "township 便江街道 2025-001" {
			t.Errorf("%s, the township: got %v", want, got)
		}
		if raised := statements(told["leader@example.com"].Raised); want == "late" && len(raised) != 4 || want != "late" && len(raised) > 0 {
			t.Errorf("%s: got %v handed to the leader", want, raised)
		}
	}
	d.do(t, func(tx *store.Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterOwed})
		for _, l := range letters {
			if strings.Contains(string(l.Args), members[0]) {
				t.Errorf("the reminder to %s names the member", l.Email)
			}
		}
		return err
	})
}

func TestTheTimeToMakeAStatementEndsHoweverThoseConcernedAreHeard(t *testing.T) {
	t.Parallel()
	d := open(t)
	id := d.started(t)
	act := func(a casework.Act) {
		t.Helper()
		a.Text = "x"
		if _, err := d.Act(t.Context(), clerk, id, a); err != nil {
			t.Fatal(err)
		}
	}
	left := func(want int) {
		t.Helper()
		if got := d.asked(t, true); len(got) != want {
			t.Errorf("got %d clocks running, want %d", len(got), want)
		}
	}
	if err := d.AddStatement(t.Context(), clerk, id, 1, "当日已报告"); err != nil {
		t.Fatal(err)
	}
	left(3)
	act(casework.Act{Kind: casework.ActDeclined, Branch: 2})
	left(2)
	act(casework.Act{Kind: casework.ActTalk, Branch: 3, Second: leader.User})
	left(1)
	for p, o := range d.asked(t, false) {
		if ref := o.DoneRef; !o.Open() && !strings.HasPrefix(ref, "case/1/act/") {
			t.Errorf("%v: got %q, want the act that ended it", p, ref)
		}
	}

	// The member is asked again, by a later day: one clock runs, and until its end nobody is passed over.
	end := office.Conclusion{Text: "未尽责", Liable: true, By: clerk.User}
	d.now = monday.Add(3).At(9, 0)
	if _, err := d.Act(t.Context(), clerk, id, casework.Act{Kind: casework.ActInvited, Branch: 4, Text: "x", Due: calendar.InstantOf(monday.End())}); key(err) != "case.reply_past" {
		t.Errorf("a time that is over: got %v", err)
	}
	act(casework.Act{Kind: casework.ActInvited, Branch: 4}) // the days of the settings
	left(1)
	member := inspections.Party{Kind: inspections.PartyMember, ID: 1}
	if got := d.asked(t, true)[member]; !got.Due.Equal(monday.Add(6).End()) {
		t.Errorf("got %s, want three days from the new invitation", got.Due)
	}
	d.now = monday.Add(4).At(9, 0)
	if err := d.ConcludeBranch(t.Context(), leader, id, 4, end); key(err) != "case.not_heard" {
		t.Errorf("before the new end: got %v", err)
	}
	left(1)
	d.now = monday.Add(7).At(9, 0)
	if err := d.ConcludeBranch(t.Context(), leader, id, 4, end); err != nil {
		t.Fatal(err)
	}
	left(0)
	d.do(t, func(tx *store.Tx) error {
		all, err := tx.Obligations(duties.Filter{Kind: duties.Statement})
		sums := duties.ByParty(all, duties.Catalog(), tx.Now())
		if len(all) != 5 || len(sums) != 0 {
			t.Errorf("got %d clocks and %+v, want five that weigh for or against nobody", len(all), sums)
		}
		return err
	})
}
