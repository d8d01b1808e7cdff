package reports_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

// ordered opens a line of the ledger for the first township, due on the last of March, on the 20th.
func (p *press) ordered(t *testing.T) casework.Rectification {
	t.Helper()
	p.now = calendar.NewDate(2025, time.March, 20).At(9, 0)
	line := casework.Rectification{Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, Problem: "台账缺记", Clause: "1.3", Action: "补齐", Times: 1}
	p.do(t, func(tx *store.Tx) error {
		line.Opened, line.Due = tx.Now(), calendar.InstantOf(calendar.NewDate(2025, time.March, 31).End())
		return tx.AddRectification(&line)
	})
	return line
}

func (p *press) mailed(t *testing.T) []inspections.Letter {
	t.Helper()
	var list []inspections.Letter
	p.do(t, func(tx *store.Tx) (err error) {
		list, err = tx.Letters(inspections.LetterFilter{Kind: inspections.LetterPaper})
		return err
	})
	return list
}

func TestAPaperIsNumberedFixedAndMailedInOneTransaction(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	line := p.ordered(t)
	if _, err := p.IssueRectifyOrder(t.Context(), clerk, line.ID, "", false, reports.Correcting{}); key(err) != "paper.leader_signs" {
		t.Errorf("by the clerk: got %v", err)
	}
	one, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{})
	if err != nil {
		t.Fatal(err)
	}
	if one.Number != 1 || one.Year != 2025 || one.Prefix != "永驻村办发" || one.Form != "order" || one.SignedBy != leader.Name || one.Due != calendar.NewDate(2025, time.March, 31) {
		t.Errorf("got %+v", one)
	}
	letters := p.mailed(t)
	if len(letters) != 1 || letters[0].Email != "xz0@example.com" || len(letters[0].Attach) != 1 || letters[0].Attach[0].SHA != one.PDF {
		t.Fatalf("got %+v, want one letter with the paper", letters)
	}
	if due, err := letters[0].Deadline(); err != nil || due != calendar.InstantOf(one.Due.End()) {
		t.Errorf("the letter serves a clock to %v, %v, want %v", due, err, one.Due)
	}
	p.do(t, func(tx *store.Tx) error {
		records, err := tx.JournalOf(one.Subject)
		if err != nil || len(records) != 1 || records[0].Kind != "paper.issued" || !strings.Contains(records[0].Body, one.PDF) {
			t.Errorf("the journal has %+v, %v", records, err)
		}
		return err
	})

	p.now = p.now.Add(48 * time.Hour)
	again, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, reports.OrderGiven, false, reports.Correcting{})
	if err != nil || again != one || len(p.mailed(t)) != 1 {
		t.Errorf("issued again: got %+v, %v, want the same paper and no second letter", again, err)
	}
	if _, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{Replaces: one.ID}); key(err) != "paper.correction_reason" {
		t.Errorf("corrected without a reason: got %v", err)
	}
	second, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{Replaces: one.ID, Reason: "日期有误"})
	if err != nil || second.Number != 2 || second.Replaces != one.ID || second.PDF == one.PDF || len(p.mailed(t)) != 2 {
		t.Errorf("corrected: got %+v, %v", second, err)
	}
	if _, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{Replaces: one.ID, Reason: "又错"}); key(err) != "paper.not_standing" {
		t.Errorf("what was corrected is corrected again: got %v", err)
	}
	if stands, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{}); err != nil || stands != second {
		t.Errorf("got %+v, %v, want the correction to stand", stands, err)
	}
}

// TestNumbersOfOnePrefixAreOneSeries holds that no two papers of a year bear the same number, bulletins included.
func TestNumbersOfOnePrefixAreOneSeries(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	line := p.ordered(t)
	issue := func(form reports.OrderForm, letter bool) string {
		t.Helper()
		one, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, form, letter, reports.Correcting{})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s%d/%d", one.Prefix, one.Year, one.Number)
	}
	if got := issue(reports.OrderGiven, false); got != "永驻村办发2025/1" {
		t.Errorf("got %s", got)
	}
	p.do(t, func(tx *store.Tx) error {
		for key, prefix := range map[string]string{inspections.SetNoticePrefix: "永驻村办改", inspections.SetLetterPrefix: "永驻村办函"} {
			if err := tx.AddSetting(inspections.Setting{Key: key, Value: prefix, From: tx.Now().Date(), Recorded: tx.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	if got := issue(reports.OrderReminder, true); got != "永驻村办函2025/1" {
		t.Errorf("a letter has its own series: got %s", got)
	}
	p.now = calendar.NewDate(2025, time.April, 2).At(9, 0)
	if got := issue(reports.OrderUrged, false); got != "永驻村办改2025/1" {
		t.Errorf("a notice has its own series: got %s", got)
	}
	p.visits(t)
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	if _, err := p.Draft(t.Context(), clerk, march); err != nil {
		t.Fatal(err)
	}
	p.now = calendar.NewDate(2025, time.April, 9).At(9, 0)
	if b, err := p.SignOff(t.Context(), leader, march); err != nil || b.Number != 2 {
		t.Errorf("the bulletin: got %d, %v, want the next number of its prefix", b.Number, err)
	}
}

// brokenPress fails to render; what it had begun must leave no trace.
type brokenPress struct{ plainRenderer }

func (brokenPress) Form(context.Context, reports.Form) (reports.Paper, error) {
	return reports.Paper{}, fmt.Errorf("no ink")
}

func TestAPaperThatFailsTakesNoNumber(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	line := p.ordered(t)
	p.Render = brokenPress{}
	if _, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{}); err == nil {
		t.Fatal("it was issued without ink")
	}
	p.Render = plainRenderer{}
	if one, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{}); err != nil || one.Number != 1 || one.ID != 1 {
		t.Errorf("got %+v, %v, want number 1", one, err)
	}
	bare := open(t, false)
	line = bare.ordered(t)
	if _, err := bare.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{}); key(err) != "paper.settings_missing" {
		t.Errorf("without settings: got %v", err)
	}
}

func TestAnIssuedPaperIsForTheOfficeAndItsAddressee(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	line := p.ordered(t)
	one, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{})
	if err != nil {
		t.Fatal(err)
	}
	body := func(kind inspections.PartyKind, id int64, role inspections.Role) inspections.Actor {
		return inspections.Actor{User: 40, Role: role, Party: inspections.Party{Kind: kind, ID: id}}
	}
	for _, c := range []struct {
		by   inspections.Actor
		seen bool
	}{
		{clerk, true}, {leader, true}, {body(inspections.PartyTownship, 1, inspections.RoleTownship), true}, {body(inspections.PartyTownship, 2, inspections.RoleTownship), false},
		{body(inspections.PartyUnit, 1, inspections.RoleUnit), false}, {inspector(1), false},
	} {
		_, pdf, err := p.IssuedPaperPDF(t.Context(), c.by, one.ID)
		if c.seen != (err == nil && len(pdf) > 0) || !c.seen && !inspections.IsNotFound(err) {
			t.Errorf("%+v: got %d bytes, %v", c.by, len(pdf), err)
		}
	}
	from, err := p.Ours(t.Context(), one.PDF)
	if err != nil || from.Paper == nil || from.Paper.Number != 1 {
		t.Errorf("ours: got %+v, %v", from, err)
	}
}

func TestARecallNoticeSaysTheClockThatRuns(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	p.now = calendar.NewDate(2025, time.March, 20).At(9, 0)
	var one casework.Case
	m := casework.Measure{Kind: casework.MeasureRecall, Person: "李军", Body: "县委组织部", Branch: 1}
	p.do(t, func(tx *store.Tx) error {
		unit := inspections.Unit{Name: "县水利局"}
		if err := tx.AddUnit(&unit); err != nil {
			return err
		}
		one = casework.Case{Kind: "absent", Finding: 1, Township: 1, Team: 1, Member: 1, State: casework.Open, FactAt: tx.Now(), Proposed: tx.Now()}
		if err := tx.AddCase(&one); err != nil {
			return err
		}
		if err := tx.AddBranch(casework.Branch{Case: one.ID, Seq: 1, Side: casework.SideMember, Party: inspections.Party{Kind: inspections.PartyMember, ID: 1}, State: casework.BranchOpen}); err != nil {
			return err
		}
		m.Case, m.Decided = one.ID, tx.Now()
		if err := tx.AddMeasure(&m); err != nil {
			return err
		}
		owed := duties.Obligation{Kind: duties.ReplaceUnit, Clause: "2.1", Party: inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit.ID)}, Subject: fmt.Sprintf("measure/%d", m.ID), Started: tx.Now()}
		owed.DueDays(tx.Now().Date(), 3)
		_, err := tx.AddObligation(&owed)
		return err
	})
	p.now = calendar.NewDate(2025, time.March, 21).At(9, 0)
	if _, err := p.IssueRecall(t.Context(), leader, one.ID, m.ID+1, false, reports.Correcting{}); key(err) != "paper.no_recall" {
		t.Errorf("of no measure: got %v", err)
	}
	paper, err := p.IssueRecall(t.Context(), leader, one.ID, 0, false, reports.Correcting{})
	if err != nil || paper.Name != "县水利局" || paper.Due != calendar.NewDate(2025, time.March, 23) || paper.Subject != fmt.Sprintf("measure/%d", m.ID) {
		t.Errorf("got %+v, %v, want the unit's clock", paper, err)
	}
	if n := len(p.mailed(t)); n != 0 {
		t.Errorf("got %d letters to a unit without an address", n)
	}
	p.now = calendar.NewDate(2025, time.April, 1).At(9, 0)
	r, err := p.Recall(t.Context(), clerk, one.ID, 0, false)
	if err != nil || r.ReplaceBy != calendar.NewDate(2025, time.April, 4) || r.Official != nil {
		t.Errorf("after the clock: got %+v, %v, want a new date on a sample", r, err)
	}
}

func TestTheReportOfAYearIsIssuedWhenItIsOver(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.issued(t)
	if _, err := p.IssueYearly(t.Context(), leader, 2025, reports.Correcting{}); key(err) != "paper.year_runs" {
		t.Errorf("in the year: got %v", err)
	}
	p.now = calendar.NewDate(2026, time.January, 8).At(9, 0)
	y, err := p.IssueYearly(t.Context(), leader, 2025, reports.Correcting{})
	if err != nil || y.Number != 1 || y.Year != 2026 || len(p.mailed(t)) != 0 {
		t.Errorf("got %+v, %v", y, err)
	}
	p.do(t, func(tx *store.Tx) error {
		_, _, err := journal.Verify(tx)
		return err
	})
}

func TestAUnitOutsideTheCountyGetsALetter(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.now = calendar.NewDate(2025, time.March, 20).At(9, 0)
	var line casework.Rectification
	p.do(t, func(tx *store.Tx) error {
		unit := inspections.Unit{Name: "省电力公司", Outside: true}
		if err := tx.AddUnit(&unit); err != nil {
			return err
		}
		line = casework.Rectification{Party: inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit.ID)}, Problem: "未研究驻村工作", Action: "补开", Times: 1, Opened: tx.Now(), Due: calendar.InstantOf(calendar.NewDate(2025, time.March, 31).End())}
		return tx.AddRectification(&line)
	})
	r, err := p.RectifyOrderReady(t.Context(), clerk, line.ID, "")
	if err != nil || !r.Letter || r.Mailed || r.Stands != 0 || len(r.Forms) != 2 {
		t.Errorf("got %+v, %v, want a letter that goes by hand", r, err)
	}
	one, err := p.IssueRectifyOrder(t.Context(), leader, line.ID, "", false, reports.Correcting{})
	if err != nil || !one.Letter {
		t.Errorf("got %+v, %v, want a letter", one, err)
	}
}
