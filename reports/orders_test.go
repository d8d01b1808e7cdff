package reports_test

import (
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

func TestARectificationNoticeSaysOnlyWhatIsSo(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.now = calendar.NewDate(2025, 3, 20).At(9, 0)
	line := casework.Rectification{Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, Problem: "台账缺记", Action: "补齐", Times: 1}
	p.do(t, func(tx *store.Tx) error {
		line.Opened, line.Due = tx.Now(), calendar.InstantOf(calendar.NewDate(2025, 3, 31).End())
		return tx.AddRectification(&line)
	})
	forms := func(want reports.OrderForm, refused ...reports.OrderForm) {
		t.Helper()
		o, err := p.RectifyOrder(t.Context(), clerk, line.ID, "", false)
		if err != nil || o.Form != want || o.Party != "马田镇" {
			t.Errorf("got %s to %s, %v, want %s", o.Form, o.Party, err, want)
		}
		for _, form := range refused {
			if _, err := p.RectifyOrder(t.Context(), clerk, line.ID, form, false); key(err) != "paper.form_unfit" {
				t.Errorf("%s: got %v", form, err)
			}
		}
	}
	forms(reports.OrderGiven, reports.OrderUrged, reports.OrderClosed)
	p.now = calendar.NewDate(2025, 4, 1).At(0, 1)
	forms(reports.OrderUrged, reports.OrderReminder, reports.OrderClosed)
	p.do(t, func(tx *store.Tx) error {
		if err := line.Report("已补齐", "", tx.Now()); err != nil {
			return err
		}
		if err := line.Verify(1, "查看台账", 0, tx.Now()); err != nil {
			return err
		}
		return tx.SaveRectification(line)
	})
	forms(reports.OrderClosed, reports.OrderGiven, reports.OrderReminder, reports.OrderUrged)
	if _, err := p.RectifyOrder(t.Context(), inspections.Actor{User: 9, Role: inspections.RoleTownship}, line.ID, "", false); key(err) != "forbidden" {
		t.Errorf("by a township: got %v", err)
	}
}

func TestTheYearCountsNothingTwice(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.issued(t)
	y, err := p.Yearly(t.Context(), clerk, 2025)
	if err != nil {
		t.Fatal(err)
	}
	if y.Random.N != 2 || y.Manual.N != 1 || y.Problems.N != 1 || y.Teams.N != 2 || len(y.Months) != 4 || y.Weeks != 1 || y.Short != 0 {
		t.Errorf("got %+v", y)
	}
	p.do(t, func(tx *store.Tx) error { // the week that runs is no miss
		return tx.AddFreeze(inspections.Freeze{Year: 2025, Week: 15, Body: "{}", Hash: strings.Repeat("c", 64), Frozen: tx.Now()})
	})
	if y, err = p.Yearly(t.Context(), clerk, 2025); err != nil || y.Short != 0 || y.Weeks != 1 {
		t.Errorf("in a week that runs: got %d short of %d, %v", y.Short, y.Weeks, err)
	}
	p.now = calendar.NewDate(2025, 4, 14).At(9, 0)
	if y, err = p.Yearly(t.Context(), clerk, 2025); err != nil || y.Short != 1 || y.Weeks != 2 {
		t.Errorf("after it: got %d short of %d, %v", y.Short, y.Weeks, err)
	}
	if m := y.Months[2]; !m.Frozen || m.Random != 2 || y.Months[1].Frozen {
		t.Errorf("March: got %+v", m)
	}
	if _, err := p.Yearly(t.Context(), clerk, 2024); key(err) != "paper.no_year" {
		t.Errorf("of a year without records: got %v", err)
	}
}

// Annex 1 and section 5 follow the ledger of rectification: what stood open before the month, what was closed in
// it, and what it asks of whom.
func TestTheBulletinFollowsTheLedgerOfRectification(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	day := func(month time.Month, d int) calendar.Instant {
		return calendar.InstantOf(calendar.NewDate(2025, month, d).At(9, 0))
	}
	town, unit := inspections.Party{Kind: inspections.PartyTownship, ID: 1}, inspections.Party{Kind: inspections.PartyUnit, ID: 1}
	p.now = calendar.NewDate(2025, 4, 6).At(8, 0)
	p.do(t, func(tx *store.Tx) error {
		for _, r := range []casework.Rectification{
			{Party: town, Problem: "早已销号", Action: "补", Opened: day(1, 5), Due: day(1, 20), Reported: day(1, 10), Verified: day(1, 12)},
			{Party: town, Problem: "本月销号", Action: "补", Opened: day(2, 5), Due: day(3, 20), Reported: day(3, 10), Verified: day(3, 12)},
			{Party: unit, Problem: "逾期未改", Action: "补", Opened: day(2, 5), Due: day(3, 20)},
			{Party: town, Problem: "正在整改", Action: "补齐台账", Opened: day(3, 5), Due: day(4, 20)},
			{Party: unit, Problem: "已报待核", Action: "补", Opened: day(3, 6), Due: day(4, 20), Reported: day(4, 1)},
		} {
			told := r
			r.Reported, r.Verified = calendar.Instant{}, calendar.Instant{}
			if err := tx.AddRectification(&r); err != nil {
				return err
			}
			if told.Reported.IsZero() {
				continue
			}
			if told.ID, told.Proof = r.ID, "已补齐"; !told.Verified.IsZero() {
				told.By, told.How = 1, "查看属实"
			}
			if err := tx.SaveRectification(told); err != nil {
				return err
			}
		}
		return nil
	})
	f, _, err := p.Preview(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for _, l := range f.Ledger {
		states[l.Problem] = l.State
	}
	want := map[string]string{"本月销号": reports.LedgerSettled, "逾期未改": reports.LedgerOverdue, "正在整改": reports.LedgerInTime, "已报待核": reports.LedgerReported}
	for problem, state := range want {
		if states[problem] != state {
			t.Errorf("%s: got %q, want %s", problem, states[problem], state)
		}
	}
	if _, shown := states["早已销号"]; shown {
		t.Error("what was closed in an earlier month is listed")
	}
	r := f.Earlier.Rectify
	if r.Open.N != 2 || r.Settled.N != 1 || r.Overdue.N != 1 || r.InTime.N != 0 || len(r.Open.Rows) != 2 {
		t.Errorf("got %+v, want two from before: one closed, one overdue", r)
	}
	if len(f.Earlier.Lines) != 1 || f.Earlier.Lines[0].Problem != "逾期未改" {
		t.Errorf("got %+v, want the overdue line", f.Earlier.Lines)
	}
}
