package reports_test

import (
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

func TestACorrectionIsNumberedAndGoesToTheSameReaders(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	wrong := reports.Correction{Section: 3, Old: "11个", New: "10个", Reason: "复核为重复登记"}
	if _, err := p.Correct(t.Context(), leader, march, wrong); key(err) != "bulletin.not_issued" {
		t.Errorf("before there is a bulletin: got %v", err)
	}
	if _, err := p.Draft(t.Context(), clerk, march); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Correct(t.Context(), leader, march, wrong); key(err) != "bulletin.not_issued" {
		t.Errorf("of a draft: got %v", err)
	}
	p.now = calendar.NewDate(2025, time.April, 9).At(0, 0)
	issue, err := p.SignOff(t.Context(), leader, march)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.MakeCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.do(t, func(tx *store.Tx) error { // who comes later did not get the bulletin and needs no correction
		u := inspections.User{Login: "new", Name: "新领导", Role: inspections.RoleLeader, Email: "new@example.com", Password: "-", Created: tx.Now()}
		return tx.AddUser(&u)
	})
	if _, err := p.Correct(t.Context(), clerk, march, wrong); key(err) != "bulletin.leader_signs" {
		t.Errorf("by the clerk: got %v", err)
	}
	if _, err := p.Correct(t.Context(), leader, march, reports.Correction{Section: 3, Old: "11个", New: "11个", Reason: "x"}); key(err) != "bulletin.correction_incomplete" {
		t.Errorf("of nothing: got %v", err)
	}
	notice, err := p.Correct(t.Context(), leader, march, wrong)
	if err != nil || notice.Number != 2 || notice.Kind != "correction" || notice.SignedBy != leader.Name {
		t.Fatalf("got %+v, %v", notice, err)
	}
	p.do(t, func(tx *store.Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterBulletin})
		first, second := map[string]bool{}, map[string]bool{}
		for _, l := range letters {
			switch {
			case l.Attach[0].SHA != notice.PDF:
				first[l.Email] = true
			default:
				second[l.Email] = true
				if !strings.Contains(string(l.Args), `"correction":true`) {
					t.Errorf("the letter does not say that it corrects: %s", l.Args)
				}
			}
		}
		if len(first) != 3 || len(second) != 3 || second["new@example.com"] {
			t.Errorf("bulletin to %v, correction to %v", first, second)
		}
		kept, err2 := tx.IssueOf("bulletin", march.String())
		if err2 != nil || kept.PDF != issue.PDF {
			t.Errorf("the bulletin was touched: %+v, %v", kept, err2)
		}
		return err
	})
	for sha, want := range map[string]string{issue.PDF: "<nil>", notice.PDF: "<nil>", strings.Repeat("0", 64): "bulletin.not_ours"} {
		if _, err := p.Ours(t.Context(), sha); key(err) != want {
			t.Errorf("%s: got %v, want %s", sha, err, want)
		}
	}
}

func TestAnswersOfTheFactCheckArePrinted(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	from := inspections.Party{Kind: inspections.PartyTownship, ID: 1}
	answer := inspections.FactAnswer{Party: from, Text: "人数有误"}
	if _, err := p.Answer(t.Context(), clerk, march, answer); key(err) != "bulletin.not_drafted" {
		t.Errorf("before the draft: got %v", err)
	}
	if _, err := p.Draft(t.Context(), clerk, march); err != nil {
		t.Fatal(err)
	}
	a, err := p.Answer(t.Context(), clerk, march, answer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Answer(t.Context(), clerk, march, inspections.FactAnswer{Party: from, Text: "x", Weighed: inspections.Rejected}); key(err) != "bulletin.weighing_reason" {
		t.Errorf("rejected without a reason: got %v", err)
	}
	if _, err := p.Answer(t.Context(), clerk, march, inspections.FactAnswer{Text: "x"}); key(err) != "bulletin.answer_incomplete" {
		t.Errorf("from nobody: got %v", err)
	}
	if err := p.Weigh(t.Context(), clerk, march, a.ID+7, inspections.Adopted, ""); key(err) != "bulletin.no_answer" {
		t.Errorf("an unknown answer: got %v", err)
	}
	if err := p.Weigh(t.Context(), clerk, march, a.ID, inspections.Partly, "以名册为准"); err != nil {
		t.Fatal(err)
	}
	_, paper, err := p.Preview(t.Context(), march)
	if err != nil || !strings.Contains(string(paper.PDF), "人数有误") || !strings.Contains(string(paper.PDF), `"weighed":"partly"`) {
		t.Errorf("preview: %v, %.300s", err, paper.PDF)
	}
	p.now = calendar.NewDate(2025, time.April, 9).At(0, 0)
	if _, err := p.SignOff(t.Context(), leader, march); err != nil {
		t.Fatal(err)
	}
	if err := p.Weigh(t.Context(), clerk, march, a.ID, inspections.Adopted, ""); key(err) != "bulletin.issued" {
		t.Errorf("after the issue: got %v", err)
	}
}
