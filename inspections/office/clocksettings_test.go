package office_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// from sets a setting from a day on.
func (d *desk) from(t *testing.T, key, value string, day calendar.Date) {
	t.Helper()
	if err := d.SetSetting(t.Context(), clerk, key, value, day); err != nil {
		t.Fatal(err)
	}
}

// last gives the last day of the newest clock of a kind.
func (d *desk) last(t *testing.T, kind duties.Kind) calendar.Date {
	t.Helper()
	var newest duties.Obligation
	for _, o := range d.owed(t, duties.Filter{Kind: kind}) {
		if o.ID > newest.ID {
			newest = o
		}
	}
	if newest.Due.IsZero() {
		t.Fatalf("no clock of %s has an end", kind)
	}
	return newest.Last()
}

func TestALengthIsReadAsOfTheDayOnWhichItsClockStarts(t *testing.T) {
	t.Parallel()
	d := open(t)
	wednesday := monday.Add(2)
	d.from(t, inspections.SetOpinionDays, "5", wednesday)
	d.from(t, inspections.SetVerifyDays, "2", wednesday)
	d.now = wednesday.At(9, 0)
	for received, want := range map[calendar.Date]calendar.Date{wednesday.Add(-1): monday.Add(4), wednesday: monday.Add(9)} {
		paper := office.Report{Member: 1, At: calendar.InstantOf(monday.At(10, 0)), Received: calendar.InstantOf(received.At(8, 0)), What: "不在岗"}
		if _, err := d.ReceiveReport(t.Context(), clerk, paper); err != nil {
			t.Fatal(err)
		}
		if got := d.last(t, duties.Opinion); got != want {
			t.Errorf("received on %s: got %s, want %s", received, got, want)
		}
	}

	v := d.released(t)
	d.record(t, v) // on Monday, before the setting
	if got := d.last(t, duties.VerifyAbsence); got != monday {
		t.Errorf("an absence of Monday: got %s, want the same day", got)
	}
	v.ID, v.Slot = 0, 2
	d.do(t, func(tx *store.Tx) error { return tx.AddVisit(&v) })
	d.now = wednesday.At(12, 0)
	seen := office.VisitRecord{Visit: v.ID, Visited: calendar.InstantOf(monday.At(10, 0)), Members: []office.MemberSeen{{Member: 1}, {Member: 2, Present: true}}}
	if _, err := d.RecordVisit(t.Context(), clerk, seen); err != nil {
		t.Fatal(err)
	}
	if got := d.last(t, duties.VerifyAbsence); got != wednesday.Add(2) {
		t.Errorf("an absence recorded on Wednesday: got %s, want two days more", got)
	}
}

func TestTheTimesForASlipAndForACorrectionAreSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		slip, correction calendar.Date
		set              func(*desk)
	}{
		{"by default", monday.Add(30), monday.Add(7), func(*desk) {}},
		{"as set", monday.Add(10), monday.Add(3), func(d *desk) {
			d.from(t, inspections.SetHandoverDays, "10", monday)
			d.from(t, inspections.SetCorrectDays, "3", monday)
		}},
		{"as set for later", monday.Add(30), monday.Add(7), func(d *desk) {
			d.from(t, inspections.SetHandoverDays, "10", monday.Add(1))
			d.from(t, inspections.SetCorrectDays, "3", monday.Add(1))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			c.set(d)
			id := d.started(t)
			act := func(a casework.Act) casework.Act {
				t.Helper()
				a.Text = "x"
				made, err := d.Act(t.Context(), leader, id, a)
				if err != nil {
					t.Fatal(err)
				}
				return made
			}
			act(casework.Act{Kind: casework.ActHandover, Body: "县纪委监委"})
			if got := d.last(t, duties.HandoverReply); got != c.slip {
				t.Errorf("the slip: got %s, want %s", got, c.slip)
			}
			d.do(t, func(tx *store.Tx) error { // the bulletin of the month has left
				_, err := tx.AddObligation(&duties.Obligation{
					Kind: duties.Bulletin, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty}, Period: "2025-03", Started: tx.Now(), Due: tx.Now(), Done: tx.Now(),
				})
				return err
			})
			if err := d.AddStatement(t.Context(), clerk, id, 1, "x"); err != nil {
				t.Fatal(err)
			}
			end := office.Conclusion{Text: "x", Liable: true, By: clerk.User, Measures: []office.MeasureDecided{{Kind: casework.MeasureTalk, Person: "p", Body: "b", Reason: "r"}}}
			if err := d.ConcludeBranch(t.Context(), leader, id, 1, end); err != nil {
				t.Fatal(err)
			}
			appeal := act(casework.Act{Kind: casework.ActAppeal, Measure: 1})
			act(casework.Act{Kind: casework.ActAppealEnd, Answers: appeal.Seq, Outcome: casework.OutcomePartly})
			if got := d.last(t, duties.Correct); got != c.correction {
				t.Errorf("the correction: got %s, want %s", got, c.correction)
			}
		})
	}
}
