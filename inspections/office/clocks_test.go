package office_test

import (
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// proposed opens a case by hand at the time of the clock.
func (d *desk) proposed(t *testing.T) casework.Case {
	t.Helper()
	c, err := d.OpenCase(t.Context(), clerk, office.HandCase{
		Kind: "absent", Team: 1, FactAt: calendar.InstantOf(d.now.Add(-time.Hour)), Reason: "核实属实", Members: []inspections.MemberID{1},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// recall finds the member of a case responsible and has them recalled.
func (d *desk) recall(t *testing.T, id inspections.CaseID) {
	t.Helper()
	const member = 4
	if err := d.AddStatement(t.Context(), clerk, id, member, "x"); err != nil {
		t.Fatal(err)
	}
	end := office.Conclusion{Text: "x", Liable: true, By: clerk.User, Measures: []office.MeasureDecided{{Kind: casework.MeasureRecall, Person: "李军", Body: "b", Reason: "r"}}}
	if err := d.ConcludeBranch(t.Context(), leader, id, member, end); err != nil {
		t.Fatal(err)
	}
}

func TestTheWeekOfACaseStartsAsSet(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]calendar.Date{"": monday.Add(7), "proposed": monday.Add(7), "approved": monday.Add(9)} {
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			if event != "" {
				d.from(t, inspections.SetCaseStart, event, monday)
			}
			d.from(t, inspections.SetCaseStart, "proposed", monday.Add(1)) // what is set later changes nothing
			d.now = monday.At(10, 0)
			c := d.proposed(t)
			if got := d.last(t, duties.CaseConclude); got != monday.Add(7) {
				t.Errorf("before the approval: got %s, want a week from the proposal", got)
			}
			d.now = monday.Add(2).At(10, 0)
			c, err := d.ApproveCase(t.Context(), leader, c.ID, "主任")
			if err != nil {
				t.Fatal(err)
			}
			if got := d.last(t, duties.CaseConclude); got != want || !c.Due.Equal(want.End()) {
				t.Errorf("got %s, the case shows %s, want %s", got, c.Due, want)
			}
			d.do(t, func(tx *store.Tx) error { // the letter says the same end
				letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterCaseTownship})
				if len(letters) != 1 || !strings.Contains(string(letters[0].Args), `"due":"`+want.String()+`"`) {
					t.Errorf("got %+v, want the letter to say %s", letters, want)
				}
				kept, err2 := tx.Case(c.ID)
				if err2 != nil || kept.Due != c.Due {
					t.Errorf("got %s, %v on record", kept.Due, err2)
				}
				return err
			})
		})
	}
}

func TestAnExtendedEndIsNotTakenBackByTheApproval(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.from(t, inspections.SetCaseStart, "approved", monday)
	c := d.proposed(t)
	until := monday.Add(30)
	if _, err := d.Act(t.Context(), leader, c.ID, casework.Act{Kind: casework.ActExtended, Text: "道路中断", Due: calendar.InstantOf(until.End())}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ApproveCase(t.Context(), leader, c.ID, "主任"); err != nil {
		t.Fatal(err)
	}
	if got := d.last(t, duties.CaseConclude); got != until {
		t.Errorf("got %s, want the end that was put off to %s", got, until)
	}
}

func TestTheTimesAfterARecallStartAsSet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name            string
		unit, county    string
		execute         bool // carried out at once, without a service of its own
		ofUnit, ofState calendar.Date
	}{
		{"by default", "", "", false, monday.Add(3), monday.Add(7)},
		{"from its service", "served", "served", false, monday.Add(5), monday.Add(9)},
		{"each as set", "served", "decided", false, monday.Add(5), monday.Add(7)},
		{"served with its execution", "decided", "served", true, monday.Add(3), monday.Add(9)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			for key, event := range map[string]string{inspections.SetReplaceStart: c.unit, inspections.SetSelectStart: c.county} {
				if event != "" {
					d.from(t, key, event, monday)
				}
			}
			id := d.started(t)
			d.recall(t, id)
			if unit, county := d.last(t, duties.ReplaceUnit), d.last(t, duties.ReplaceCounty); unit != monday.Add(3) || county != monday.Add(7) {
				t.Errorf("before the service: got %s and %s, want both from the decision", unit, county)
			}
			d.now = monday.Add(2).At(9, 0)
			err := error(nil)
			if c.execute {
				err = d.ExecuteMeasure(t.Context(), clerk, id, 1)
			} else {
				_, err = d.Act(t.Context(), clerk, id, casework.Act{Kind: casework.ActServed, Measure: 1, Text: "签收"})
			}
			if err != nil {
				t.Fatal(err)
			}
			if unit, county := d.last(t, duties.ReplaceUnit), d.last(t, duties.ReplaceCounty); unit != c.ofUnit || county != c.ofState {
				t.Errorf("got %s and %s, want %s and %s", unit, county, c.ofUnit, c.ofState)
			}
		})
	}
}

func TestTheOpinionCountsFromReceiptOrEntryAsSet(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]calendar.Date{"received": monday.Add(3), "recorded": monday.Add(7)} { // Thursday; Monday after next Wednesday
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			d.from(t, inspections.SetOpinionStart, event, monday)
			d.now = monday.Add(2).At(9, 0)
			paper := office.Report{Member: 1, At: calendar.InstantOf(monday.At(7, 0)), Received: calendar.InstantOf(monday.At(8, 0)), What: "不在岗"}
			if _, err := d.ReceiveReport(t.Context(), clerk, paper); err != nil {
				t.Fatal(err)
			}
			if got := d.last(t, duties.Opinion); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestTheTimeToAppealCountsFromServiceOrDecisionAsSet(t *testing.T) {
	t.Parallel()
	for event, late := range map[string]bool{"served": false, "decided": true} {
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			d.from(t, inspections.SetAppealStart, event, monday)
			d.from(t, inspections.SetAppealDays, "5", monday)
			id := d.started(t)
			d.recall(t, id)
			d.now = monday.Add(3).At(9, 0)
			if _, err := d.Act(t.Context(), clerk, id, casework.Act{Kind: casework.ActServed, Measure: 1, Text: "签收"}); err != nil {
				t.Fatal(err)
			}
			d.now = monday.Add(7).At(9, 0)
			_, err := d.Act(t.Context(), clerk, id, casework.Act{Kind: casework.ActAppeal, Measure: 1, Text: "不服"})
			if late && key(err) != "case.appeal_late" || !late && err != nil {
				t.Errorf("four days after the service, seven after the decision: got %v", err)
			}
		})
	}
}

// TestTheFirstDayIsOneSettingForTheClocksOfCases starts everything on a Friday: the day itself, the Saturday or the Monday
// is the first that counts.
func TestTheFirstDayIsOneSettingForTheClocksOfCases(t *testing.T) {
	t.Parallel()
	friday := monday.Add(4)
	for first, shift := range map[inspections.FirstDay]int{inspections.FirstNextDay: 0, inspections.FirstSameDay: -1, inspections.FirstNextWorkday: 2} {
		t.Run(string(first), func(t *testing.T) {
			t.Parallel()
			d := open(t)
			d.from(t, inspections.SetFirstDay, string(first), monday)
			d.now = friday.At(10, 0)
			c := d.proposed(t)
			if _, err := d.ApproveCase(t.Context(), leader, c.ID, "主任"); err != nil {
				t.Fatal(err)
			}
			d.recall(t, c.ID)
			for kind, days := range map[duties.Kind]int{duties.CaseConclude: 7, duties.Statement: 3, duties.ReplaceUnit: 3, duties.ReplaceCounty: 7} {
				if got, want := d.last(t, kind), friday.Add(days+shift); got != want {
					t.Errorf("%s: got %s, want %s", kind, got, want)
				}
			}
			for _, o := range d.owed(t, duties.Filter{}) {
				if strings.HasPrefix(o.Subject, "case/") && (o.Starts == "" || o.FirstDay != first) {
					t.Errorf("%s does not say what it counts from: %+v", o.Kind, o)
				}
			}
		})
	}
}

func TestACaseShowsAnEndWhileItsFirstDayWaitsForACalendar(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.from(t, inspections.SetFirstDay, string(inspections.FirstNextWorkday), monday)
	last := calendar.NewDate(2026, 12, 31)
	d.now = last.At(10, 0)
	c := d.proposed(t)
	if owed := d.owed(t, duties.Filter{Kind: duties.CaseConclude})[0]; owed.Undetermined != "calendar 2027" || !c.Due.Equal(last.Add(7).End()) {
		t.Fatalf("got %+v and %s, want the clock undetermined and the case to show a week", owed, c.Due)
	}
	known, err := calendar.Read(strings.NewReader("date,workday,name\n2027-01-01,0,元旦\n"))
	if err != nil {
		t.Fatal(err)
	}
	d.Calendar.Take(known)
	if _, err := d.SettleClocks(t.Context(), clerk); err != nil {
		t.Fatal(err)
	}
	want := calendar.NewDate(2027, 1, 10) // a week of which Monday the 4th is the first day
	settled := d.last(t, duties.CaseConclude)
	d.do(t, func(tx *store.Tx) error {
		kept, err := tx.Case(c.ID)
		if settled != want || !kept.Due.Equal(want.End()) {
			t.Errorf("got %s, the case shows %s, want %s", settled, kept.Due, want)
		}
		return err
	})
}
