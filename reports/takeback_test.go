package reports_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
	"anfang.example/reports"
)

// naming is a county office whose bulletin of March is drafted and names the first member, and the appeal of that member.
type naming struct {
	*press
	office *office.Office
	c      inspections.CaseID
	appeal int
}

func drafted(t *testing.T, database storetest.Database) *naming {
	t.Helper()
	n := &naming{press: openOn(t, database, true)}
	in := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
		return func(ctx context.Context, fn func(office.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	n.office = &office.Office{InTx: in(n.store.InTx), View: in(n.store.View), Calendar: calendar.BuiltIn(), Chance: rand.NewChaCha8([32]byte{1})}
	n.office.TakenBack = func(tx office.Tx, by inspections.Actor) error { return n.TakeBack(tx.(*store.Tx), by) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	n.now = calendar.NewDate(2025, time.March, 10).At(10, 0)
	c, err := n.office.OpenCase(ctx, clerk, office.HandCase{
		Kind: inspections.FindingAbsent, Clause: "1.4b", Team: 1, FactAt: calendar.InstantOf(n.now.Add(-time.Hour)), Reason: "核实属实",
		Members: []inspections.MemberID{1}, Units: []inspections.UnitID{},
	})
	must(err)
	n.c = c.ID
	_, err = n.office.ApproveCase(ctx, leader, c.ID, "主任")
	must(err)
	const branch = 3 // after the township and the unit to be named
	must(n.office.AddStatement(ctx, clerk, c.ID, branch, "已说明"))
	must(n.office.ConcludeBranch(ctx, leader, c.ID, branch, office.Conclusion{Liable: true, Text: "核实", By: clerk.User, Measures: []office.MeasureDecided{
		{Kind: casework.MeasureRecall, Person: "李军", Body: "县委组织部", Reason: "情节严重"},
	}}))
	for _, kind := range []casework.ActKind{casework.ActServed, casework.ActExecuted, casework.ActNamed} {
		_, err := n.office.Act(ctx, leader, c.ID, casework.Act{Kind: kind, Measure: 1, Text: "x"})
		must(err)
	}
	n.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	_, err = n.Draft(ctx, clerk, march)
	must(err)
	appeal, err := n.office.Act(ctx, clerk, c.ID, casework.Act{Kind: casework.ActAppeal, Measure: 1, Text: "当天已请假"})
	must(err)
	n.appeal = appeal.Seq
	return n
}

// answer settles the appeal.
func (n *naming) answer(t *testing.T, outcome string) error {
	t.Helper()
	_, err := n.office.Act(t.Context(), leader, n.c, casework.Act{Kind: casework.ActAppealEnd, Answers: n.appeal, Outcome: outcome, Text: "复查"})
	return err
}

func (n *naming) issue(t *testing.T) (i inspections.Issue) {
	t.Helper()
	n.do(t, func(tx *store.Tx) (err error) {
		i, err = tx.IssueOf("bulletin", march.String())
		return err
	})
	return i
}

func (n *naming) asked(t *testing.T) (letters []inspections.Letter) {
	t.Helper()
	n.do(t, func(tx *store.Tx) (err error) {
		letters, err = tx.Letters(inspections.LetterFilter{Kind: inspections.LetterSignOff})
		return err
	})
	return letters
}

const nameInFigures = `"name":"李军"`

func TestAnUpheldAppealTakesTheNameOutOfADraftThatWaits(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(*testing.T) storetest.Database{
		"SQLite":     func(t *testing.T) storetest.Database { return storetest.FreshSQLite(t) },
		"PostgreSQL": func(t *testing.T) storetest.Database { return storetest.Postgres(t)(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := drafted(t, database(t))
			read := n.issue(t)
			if !bytes.Contains(read.Figures, []byte(nameInFigures)) || len(n.asked(t)) != 1 {
				t.Fatalf("got %d letters and %.200s, want a draft that names the member", len(n.asked(t)), read.Figures)
			}

			// What cannot be taken back is not upheld either: both share one transaction.
			taken := n.office.TakenBack
			n.office.TakenBack = func(office.Tx, inspections.Actor) error { return errors.New("disk full") }
			if err := n.answer(t, casework.OutcomeUpheld); err == nil {
				t.Fatal("the appeal was upheld although the draft could not be changed")
			}
			n.office.TakenBack = taken
			if now := n.issue(t); !bytes.Equal(now.Figures, read.Figures) {
				t.Fatal("the draft changed without an answer to the appeal")
			}

			n.now = calendar.NewDate(2025, time.April, 9).At(9, 0) // the window is over, the leader has the page open
			if err := n.answer(t, casework.OutcomeUpheld); err != nil {
				t.Fatal(err)
			}
			now := n.issue(t)
			if want := bytes.Replace(read.Figures, []byte(","+nameInFigures), nil, 1); !bytes.Equal(now.Figures, want) {
				t.Errorf("got %s, want what was frozen without the name: %s", now.Figures, want)
			}
			if !now.Drafted.Equal(read.Drafted.Time) || now.State != inspections.IssueDraft {
				t.Errorf("got %+v, want the same draft", now)
			}
			if asked := n.asked(t); len(asked) != 2 || !strings.Contains(string(asked[1].Args), `"changed":true`) {
				t.Errorf("got %+v, want the leader asked anew", asked)
			}
			if _, err := n.SignOffRead(t.Context(), leader, march, reports.FiguresSHA(read)); key(err) != "bulletin.changed" {
				t.Errorf("a signature under what was read before: got %v", err)
			}
			signed, err := n.SignOffRead(t.Context(), leader, march, reports.FiguresSHA(now))
			if err != nil {
				t.Fatal(err)
			}
			n.do(t, func(tx *store.Tx) error {
				paper, err := tx.Blob(signed.PDF)
				if bytes.Contains(paper, []byte("李军")) {
					t.Error("the bulletin names who won the appeal")
				}
				records, err2 := tx.JournalOf("bulletin/2025-03")
				if len(records) < 2 || records[1].Kind != "bulletin.refrozen" || !strings.Contains(records[1].Body, reports.FiguresSHA(read)) {
					t.Errorf("got %+v, %v, want the change on record", records, err2)
				}
				return err
			})
		})
	}
}

func TestWhatAnAppealDoesNotTouchStaysFrozen(t *testing.T) {
	t.Parallel()
	for _, outcome := range []string{casework.OutcomeDismissed, casework.OutcomePartly} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			n := drafted(t, storetest.FreshSQLite(t))
			read := n.issue(t)
			if err := n.answer(t, outcome); err != nil {
				t.Fatal(err)
			}
			if now := n.issue(t); !bytes.Equal(now.Figures, read.Figures) || len(n.asked(t)) != 1 {
				t.Error("the draft changed although the naming stands")
			}
		})
	}
	t.Run("after the bulletin has left", func(t *testing.T) {
		t.Parallel()
		n := drafted(t, storetest.FreshSQLite(t))
		n.now = calendar.NewDate(2025, time.April, 9).At(9, 0)
		left, err := n.SignOff(t.Context(), leader, march)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.answer(t, casework.OutcomeUpheld); err != nil {
			t.Fatal(err)
		}
		if now := n.issue(t); !bytes.Equal(now.Figures, left.Figures) || now.PDF != left.PDF {
			t.Error("what has left was changed")
		}
		n.do(t, func(tx *store.Tx) error {
			owed, err := tx.Obligations(duties.Filter{Kind: duties.Correct, Open: true})
			if len(owed) != 1 || owed[0].Period != march.String() {
				t.Errorf("got %+v, want the correction of March", owed)
			}
			return err
		})
	})
}
