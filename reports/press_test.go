package reports_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
	"anfang.example/reports"
)

var (
	march  = calendar.Month{Year: 2025, Month: time.March}
	leader = inspections.Actor{User: 1, Name: "周立新", Role: inspections.RoleLeader}
	clerk  = inspections.Actor{User: 2, Name: "何文静", Role: inspections.RoleClerk}
)

// plainRenderer prints head and figures as JSON, so that the test can read what was issued.
type plainRenderer struct{}

func (plainRenderer) Bulletin(_ context.Context, head reports.Head, f reports.Figures) (reports.Paper, error) {
	raw, err := json.Marshal(map[string]any{"head": head, "figures": f})
	return reports.Paper{PDF: raw, Title: "title", Number: fmt.Sprint(head.Number), File: "b.pdf"}, err
}

func (plainRenderer) Correction(_ context.Context, head reports.Head, c reports.Correction) (reports.Paper, error) {
	raw, err := json.Marshal(map[string]any{"head": head, "correction": c})
	return reports.Paper{PDF: raw, Title: "correction", Number: fmt.Sprint(head.Number), File: "c.pdf"}, err
}

func (plainRenderer) Form(_ context.Context, f reports.Form) (reports.Paper, error) {
	raw, err := json.Marshal(f)
	return reports.Paper{PDF: raw, Title: fmt.Sprintf("%T", f), File: "form.pdf"}, err
}

func (plainRenderer) CaseSheet(context.Context, reports.CaseFile, reports.Sheet) ([]byte, error) {
	return []byte("%PDF-1.4 sheet"), nil
}

func (plainRenderer) Assessment(context.Context, reports.Head, reports.Assessment) ([]byte, error) {
	return []byte("%PDF assessment"), nil
}

func (plainRenderer) CaseVolume(context.Context, reports.CaseVolume) ([]byte, error) {
	return []byte("volume"), nil
}

func (plainRenderer) CaseFile(_ context.Context, f reports.CaseFile) ([]byte, error) {
	return json.Marshal(f)
}

type press struct {
	*reports.Press
	store *store.Store
	now   time.Time
}

func open(t *testing.T, official bool) *press {
	t.Helper()
	return openOn(t, storetest.FreshSQLite(t), official)
}

func openOn(t *testing.T, database storetest.Database, official bool) *press {
	t.Helper()
	p := &press{now: calendar.NewDate(2025, time.February, 20).At(9, 0)}
	p.store = database(t, storetest.County, func() time.Time { return p.now })
	in := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(reports.Tx) error) error {
		return func(ctx context.Context, fn func(reports.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	p.Press = &reports.Press{InTx: in(p.store.InTx), View: in(p.store.View), Render: plainRenderer{}, Calendar: calendar.BuiltIn()}
	p.do(t, func(tx *store.Tx) error {
		leaderUser := inspections.User{Login: "leader", Name: leader.Name, Role: inspections.RoleLeader, Email: "leader@example.com", Password: "-", Created: tx.Now()}
		if err := tx.AddUser(&leaderUser); err != nil {
			return err
		}
		for i, name := range []string{"马田镇", "便江街道"} { // not in division-code order
			township := inspections.Township{Code: fmt.Sprintf("43102310%d", 9-i), Name: name}
			if err := tx.AddTownship(&township); err != nil {
				return err
			}
			h := inspections.Holder{Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(township.ID)}, Post: inspections.PostContact, Name: name, Email: fmt.Sprintf("xz%d@example.com", i)}
			if err := tx.AddHolder(&h); err != nil {
				return err
			}
			team := inspections.Team{Township: township.ID, Village: fmt.Sprintf("村%d", i), Kind: inspections.TeamPoverty}
			if err := tx.AddTeam(&team); err != nil {
				return err
			}
			m := inspections.Member{Name: "李军", Salt: strings.Repeat("0", 32)}
			if err := tx.AddMember(&m); err != nil {
				return err
			}
			if err := tx.AddPosting(&inspections.Posting{Member: m.ID, Team: team.ID, Role: inspections.RoleMember}); err != nil {
				return err
			}
		}
		if !official {
			return nil
		}
		for _, set := range [][2]string{{inspections.SetIssuer, "县驻村办"}, {inspections.SetPrefix, "永驻村办发"}, {inspections.SetSigner, leader.Name}} {
			if err := tx.AddSetting(inspections.Setting{Key: set[0], Value: set[1], From: calendar.NewDate(2025, time.January, 1), Recorded: tx.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	return p
}

func (p *press) do(t *testing.T, fn func(*store.Tx) error) {
	t.Helper()
	if err := p.store.InTx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// visits puts two completed random visits into ISO week 11 and one manual one.
func (p *press) visits(t *testing.T) {
	t.Helper()
	monday := calendar.NewDate(2025, time.March, 10)
	p.do(t, func(tx *store.Tx) error {
		if err := tx.AddFreeze(inspections.Freeze{Year: 2025, Week: 11, Body: "{}", Hash: strings.Repeat("a", 64), Frozen: tx.Now()}); err != nil {
			return err
		}
		if err := tx.AddAnchor(inspections.Anchor{Year: 2025, Hex: strings.Repeat("b", 64), At: tx.Now()}); err != nil {
			return err
		}
		for i, kind := range []inspections.VisitKind{inspections.VisitRandom, inspections.VisitRandom, inspections.VisitManual} {
			day := monday.Add(i)
			v := inspections.Visit{
				Kind: kind, Team: inspections.TeamID(i%2 + 1), Year: 2025, Week: 11, Start: calendar.InstantOf(day.At(8, 30)), End: calendar.InstantOf(day.At(11, 30)),
				First: 1, Second: 2, State: inspections.VisitCompleted, Visited: calendar.InstantOf(day.At(10, 0)), Recorded: calendar.InstantOf(day.At(12, 0)),
			}
			if kind == inspections.VisitRandom {
				v.Slot = 2*i + 1
			}
			if err := tx.AddVisit(&v); err != nil {
				return err
			}
		}
		f := inspections.Finding{Visit: 1, Kind: inspections.FindingAbsent, Clause: "1.4b", Party: inspections.PartyMember, Township: 1, Team: 1, Member: 1, At: calendar.InstantOf(monday.At(10, 0)), Times: 1, Found: calendar.InstantOf(monday.At(15, 0))}
		return tx.AddFinding(&f)
	})
}

func key(err error) string {
	var e *inspections.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return fmt.Sprint(err)
}

func TestABulletinLeavesOnlySignedNumberedAndOncePerReader(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	p.now = calendar.NewDate(2025, time.March, 31).At(23, 0)
	if _, err := p.Draft(t.Context(), clerk, march); key(err) != "bulletin.month_runs" {
		t.Errorf("drafted in the month: got %v", err)
	}
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0) // a Sunday, and a day off
	if _, err := p.SignOff(t.Context(), leader, march); key(err) != "bulletin.not_drafted" {
		t.Errorf("signed before the draft: got %v", err)
	}
	first, err := p.Draft(t.Context(), clerk, march)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := p.Draft(t.Context(), clerk, march); err != nil || again.ID != first.ID {
		t.Errorf("drafted twice: got %d, %v, want %d", again.ID, err, first.ID)
	}
	p.do(t, func(tx *store.Tx) error {
		asked, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterSignOff})
		if err != nil || len(asked) != 1 {
			t.Fatalf("got %d letters asking for the signature, %v", len(asked), err)
		}
		// The window of two working days and one more: the 7th is the first, since the 4th to the 6th are days off.
		due, err := asked[0].Deadline()
		if want := calendar.InstantOf(calendar.NewDate(2025, time.April, 9).End()); due != want {
			t.Errorf("the letter says until %v, want %v", due, want)
		}
		return err
	})
	if _, err := p.SignOff(t.Context(), clerk, march); key(err) != "bulletin.leader_signs" {
		t.Errorf("signed by the clerk: got %v", err)
	}
	p.now = calendar.NewDate(2025, time.April, 8).At(23, 59) // the second working day
	if _, err := p.SignOff(t.Context(), leader, march); key(err) != "bulletin.fact_check_runs" {
		t.Errorf("signed in the window: got %v", err)
	}
	p.now = calendar.NewDate(2025, time.April, 9).At(0, 0)
	issue, err := p.SignOff(t.Context(), leader, march)
	if err != nil || issue.State != inspections.IssueIssued || issue.Number != 1 || issue.Year != 2025 || issue.SignedBy != leader.Name {
		t.Fatalf("got %+v, %v", issue, err)
	}
	if _, err := p.SignOff(t.Context(), leader, march); key(err) != "bulletin.issued" {
		t.Errorf("signed twice: got %v", err)
	}
	if n, err := p.MakeCopies(t.Context()); err != nil || n != 2 {
		t.Fatalf("copies made: got %d, %v, want the two townships'", n, err)
	}
	p.do(t, func(tx *store.Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterBulletin})
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, l := range letters {
			seen[l.Email] = true
			own := l.To.Kind == inspections.PartyTownship
			if len(l.Attach) != 1 || (l.Attach[0].SHA != issue.PDF) != own {
				t.Errorf("%s: attached %+v, want %s: %v", l.Email, l.Attach, issue.PDF, !own)
			}
		}
		if len(letters) != 3 || len(seen) != 3 {
			t.Errorf("readers: got %d letters to %d, want the leader and two townships", len(letters), len(seen))
		}
		open, err := tx.Obligations(duties.Filter{Open: true})
		if len(open) != 0 {
			t.Errorf("still owed: %+v", open)
		}
		return err
	})
}

func TestWithoutSettingsOnlyASampleIsMade(t *testing.T) {
	t.Parallel()
	p := open(t, false)
	p.visits(t)
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	if _, err := p.Draft(t.Context(), clerk, march); err != nil {
		t.Fatal(err)
	}
	p.now = calendar.NewDate(2025, time.April, 20).At(8, 0)
	if _, err := p.SignOff(t.Context(), leader, march); key(err) != "bulletin.settings_missing" {
		t.Errorf("got %v", err)
	}
	_, paper, err := p.Preview(t.Context(), march)
	if err != nil || !strings.Contains(string(paper.PDF), `"Sample":true`) {
		t.Errorf("preview: %v, %.120s", err, paper.PDF)
	}
	m, err := p.Minutes(t.Context(), clerk, reports.Minutes{Title: "专题会议纪要", Date: calendar.NewDate(2025, time.March, 14), Text: []string{"会议要求补齐台账。"}, Present: []string{"王小明"}})
	if err != nil || !m.Sample {
		t.Errorf("minutes: got %+v, %v, want a sample", m, err)
	}
}

func TestAStandingSignOffWaitsForTheWindowAndIsRecorded(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	if err := p.AllowStanding(t.Context(), clerk, march.First(), march.Add(2).Last()); key(err) != "bulletin.leader_signs" {
		t.Errorf("allowed by the clerk: got %v", err)
	}
	if err := p.AllowStanding(t.Context(), leader, march.First(), march.Add(2).Last()); err != nil {
		t.Fatal(err)
	}
	issued := func() (n int) {
		p.do(t, func(tx *store.Tx) (err error) {
			n, err = p.IssueStanding(t.Context(), tx)
			return err
		})
		return n
	}
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	if _, err := p.Draft(t.Context(), inspections.System, march); err != nil {
		t.Fatal(err)
	}
	p.now = calendar.NewDate(2025, time.April, 8).At(8, 30)
	if n := issued(); n != 0 {
		t.Errorf("in the window: got %d issued", n)
	}
	p.now = calendar.NewDate(2025, time.April, 9).At(8, 30)
	if n := issued(); n != 1 {
		t.Errorf("after the window: got %d issued, want 1", n)
	}
	if n := issued(); n != 0 {
		t.Errorf("again: got %d issued", n)
	}
	p.do(t, func(tx *store.Tx) error {
		issue, err := tx.IssueOf("bulletin", "2025-03")
		if !issue.Standing || issue.SignedBy != leader.Name {
			t.Errorf("got %+v", issue)
		}
		return err
	})
}

func TestFiguresOpenToTheirRowsAndCountNothingTwice(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	f, _, err := p.Preview(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		got  reports.Figure
		want []int64
	}{
		"random":    {f.Random, []int64{1, 2}},
		"manual":    {f.Manual, []int64{3}},
		"townships": {f.Townships, []int64{1, 2}},
		"villages":  {f.Villages, []int64{1, 2}},
		"unexcused": {f.Attendance.Unexcused, []int64{1}},
	} {
		if c.got.N != len(c.want) || fmt.Sprint(c.got.Rows) != fmt.Sprint(c.want) {
			t.Errorf("%s: got %+v, want rows %v", name, c.got, c.want)
		}
	}
	for _, w := range f.Weeks {
		if got, want := w.Measured, w.Week == "2025-W11"; got != want {
			t.Errorf("%s measured: got %v, want %v", w.Week, got, want)
		}
		if w.Short() {
			t.Errorf("%s counts as short", w.Week)
		}
	}
	if f.Attendance.Reported.N != 0 || len(f.Attendance.NotNames) != 2 || f.Attendance.NotNames[0] != "便江街道" {
		t.Errorf("no ledger came: got %+v", f.Attendance)
	}
	if u := f.Attendance.Units; len(u) != 1 || u[0].Unit != 0 || u[0].Members.N != 2 || u[0].Reported.N != 0 || u[0].Unexcused.N != 1 {
		t.Errorf("by unit: got %+v", u)
	}
	if f.Attendance.Last != nil {
		t.Error("last month was not measured, and yet compared")
	}
}
