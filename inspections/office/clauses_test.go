package office_test

import (
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// clauseRow is a row of the clause table as the program must hold it. Due is the last day of what is owed on
// 6 March 2025, or of what is told on that day; how says what settles it:
//
//	line      obligations by the calendar, settled or waived by one line
//	told      an event entered by hand, then owed and settled by one line
//	register  on demand or always: a register row, done on its day, never measured
//	kept      another room starts and settles it; a line is refused
//	measured  the ledger tells
//
// looked says that visits verify it by an item of the checklist.
type clauseRow struct{ clause, kind, party, to, due, how, looked string }

var clauseTable = []clauseRow{
	{"1.1", "unified_management", "township", "", "", "register", ""},
	{"1.2a", "weekly_meeting", "township", "", "2025-03-09", "line", "weekly_meeting"},
	{"1.2b", "sit_in", "township", "", "", "register", ""},
	{"1.3", "attendance_form", "township", "county", "2025-04-05", "line", "ledger"},
	{"1.4a", "urge_days", "township", "", "", "measured", "lodging"},
	{"1.4b", "report_absence", "township", "county", "2025-03-06", "told", "absence_reported"},
	{"1.5", "review_replacement", "township", "county", "", "register", ""},
	{"1.5", "assist_assessment", "township", "county", "2026-01-15", "line", ""},
	{"1.6", "daily_training", "township", "", "", "register", ""},
	{"1.7", "check_funds", "township", "", "2025-03-13", "told", ""},
	{"1.8", "party_life", "township", "", "", "register", ""},
	{"1.9", "vehicle", "township", "", "", "register", ""},
	{"1.10", "other_township", "township", "", "", "register", ""},
	{"2.1", "send_members", "unit", "county", "2025-03-09", "told", ""},
	{"2.2", "released", "unit", "", "", "register", "released"},
	{"2.3a", "health_insurance", "unit", "", "2025-12-31", "line", ""},
	{"2.3b", "sympathy_visit", "unit", "", "2025-12-31", "line", ""},
	{"2.4a", "work_together", "unit", "", "2025-12-31", "line", ""},
	{"2.4b", "hear_and_study", "unit", "", "2025-03-31", "line", "studies"},
	{"2.4c", "main_leader_check", "unit", "", "2025-03-31", "line", ""},
	{"2.4d", "in_charge_check", "unit", "", "2025-03-31", "line", "visits"},
	{"2.5", "leader_funds", "lead_unit", "township", "2025-12-31", "line", ""},
	{"2.6", "other_unit", "unit", "", "", "register", ""},
	{"3.1", "select_members", "county", "", "", "kept", ""},
	{"3.2a", "coordinate", "county", "", "", "register", ""},
	{"3.2b", "opinion", "county", "township", "", "kept", ""},
	{"3.3", "yearly_assessment", "county", "", "2026-01-31", "line", ""},
	{"3.4", "weekly_visits", "county", "", "", "kept", ""},
	{"3.4", "bulletin", "county", "", "", "kept", ""},
	{"3.5", "allowances", "county", "finance", "2025-04-30", "line", ""},
	{"3.6", "case_conclude", "county", "", "", "kept", ""},
	{"3.7", "daily_digest", "county", "township", "2025-03-07", "line", ""},
	{"3.8", "other_county", "county", "", "", "register", ""},
	{"4.1", "task_list", "department", "team", "2025-03-31", "line", ""},
	{"4.2", "task_list", "department", "team", "2025-03-31", "line", ""},
	{"4.3", "task_list", "department", "team", "2025-03-31", "line", ""},
	{"4.4", "other_department", "department", "", "", "register", ""},
	{"5.1", "schedule_funds", "finance", "", "", "register", ""},
	{"5.2", "team_funds", "finance", "township", "2025-03-13", "told", ""},
	{"5.3", "pay_allowances", "finance", "county", "2025-05-05", "line", ""},
	{"5.4", "other_finance", "finance", "", "", "register", ""},
	{"6.1", "joint_meeting", "resident", "", "", "register", ""},
	{"6.2", "assist_meeting", "resident", "township", "2025-03-09", "line", ""},
	{"6.3", "collect_reports", "resident", "township", "2025-04-03", "line", ""},
	{"6.4", "report_up", "resident", "county_leader", "2025-03-13", "told", ""},
	{"6.5", "other_resident", "resident", "", "", "register", ""},
}

// TestEveryClauseWorks walks the table: who owes, to whom, until when, and that it can be settled the way
// the row says.
func TestEveryClauseWorks(t *testing.T) {
	t.Parallel()
	d := open(t)
	day := calendar.NewDate(2025, 3, 6)
	d.now = day.At(9, 0)
	if _, err := d.LinkTownship(t.Context(), clerk, inspections.TownshipLink{Township: 1, Kind: inspections.LinkLeadUnit, Unit: 2, From: day}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.NameHolder(t.Context(), clerk, inspections.Holder{Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, Post: inspections.PostResident, Name: "雷驻镇", From: day}); err != nil {
		t.Fatal(err)
	}
	d.do(t, func(tx *store.Tx) error {
		_, err := office.KeepDuties(tx, duties.Catalog(), day)
		return err
	})
	rules := duties.Catalog()
	if len(rules) != len(clauseTable) {
		t.Fatalf("got %d rules, the table has %d rows", len(rules), len(clauseTable))
	}
	for i, row := range clauseTable {
		t.Run(row.clause+" "+row.kind, func(t *testing.T) {
			r := rules[i]
			if r.Clause != row.clause || string(r.Kind) != row.kind || string(r.Party) != row.party || r.To != row.to {
				t.Fatalf("got %+v, want %+v", r, row)
			}
			d.works(t, r, row, day)
			if row.looked == "" {
				return
			}
			for _, item := range inspections.Checklist() {
				if item.Item == row.looked && item.Clause == row.clause {
					return
				}
			}
			t.Errorf("no visit looks at %s", row.looked)
		})
	}
}

func (d *desk) works(t *testing.T, r duties.Rule, row clauseRow, day calendar.Date) {
	t.Helper()
	last := func(o duties.Obligation) string { return calendar.DateOf(o.Due.Add(-1)).String() }
	switch row.how {
	case "line":
		for _, o := range d.owed(t, duties.Filter{Kind: r.Kind, Open: true}) {
			if o.Clause != row.clause {
				continue
			}
			if last(o) != row.due {
				t.Errorf("due %s, want %s", last(o), row.due)
			}
			if o, err := d.SubmitDuty(t.Context(), clerk, duties.Submission{Obligation: o.ID, Kind: duties.SubmissionDone, Day: day}); err != nil || o.Open() {
				t.Errorf("got %+v, %v", o, err)
			}
			return
		}
		t.Error("nobody owes it")
	case "told", "register":
		party := inspections.Party{Kind: r.Party, ID: 1}
		if r.Party == inspections.PartyCounty || r.Party == inspections.PartyFinance {
			party.ID = 0
		}
		o, err := d.TellDuty(t.Context(), clerk, duties.Told{Clause: row.clause, Kind: r.Kind, Party: party, Day: day, About: "见材料"})
		if err != nil || o.Open() != (row.how == "told") || o.Late() || row.due != "" && last(o) != row.due {
			t.Fatalf("got %+v, due %s, %v", o, last(o), err)
		}
		_, err = d.SubmitDuty(t.Context(), clerk, duties.Submission{Obligation: o.ID, Kind: duties.SubmissionDone, Day: day})
		if done := row.how == "register"; (inspections.KindOf(err) == inspections.Conflict) != done || !done && err != nil {
			t.Errorf("a line: got %v", err)
		}
	case "kept":
		if !r.Kept {
			t.Error("no other room keeps it")
		}
		_, err := d.TellDuty(t.Context(), clerk, duties.Told{Clause: row.clause, Kind: r.Kind, Party: inspections.Party{Kind: r.Party}, Day: day, About: "x"})
		refusedAs(t, "told by hand", err, inspections.Invalid)
	case "measured":
		if r.Each != duties.Measured || r.Tellable() {
			t.Errorf("got %+v", r)
		}
	}
	if r.Each != duties.OnDemand && r.Each != duties.Standing && r.Remind == "" {
		t.Error("nobody is reminded")
	}
	if row.due != "" && r.Late == "" && !strings.HasPrefix(row.clause, "6.") {
		t.Error("nobody is told when it is late")
	}
}

func TestAVisitVerifiesWhatWasHandedIn(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.kept(t)
	d.record(t, d.released(t)) // on Monday the 10th: ledger "problem", diary "ok", the rest not looked at
	d.do(t, func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		looked, err := office.LookedAt(tx, roster, monday, monday)
		if err != nil {
			return err
		}
		all, err := tx.Obligations(duties.Filter{})
		if err != nil {
			return err
		}
		seen := duties.Verify(all, looked)
		for _, o := range all {
			l, has := seen[o.ID]
			if want := o.Kind == duties.AttendanceForm; has != want {
				t.Errorf("%s: looked at %t, want %t", o.Kind, has, want)
			}
			if has && (l.Result != inspections.CheckProblem || l.Note == "" || l.Visit != 1) {
				t.Errorf("got %+v", l)
			}
		}
		return nil
	})
}

func TestCareForAllMembersSettlesTheYear(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.kept(t)
	give := func(member inspections.MemberID, kind inspections.CareKind, until calendar.Date) error {
		_, err := d.RecordCare(t.Context(), clerk, inspections.Care{Member: member, Kind: kind, Day: monday, Until: until})
		return err
	}
	openFor := func(kind duties.Kind, unit int64) bool {
		for _, o := range d.owed(t, duties.Filter{Kind: kind}) {
			if o.Party.ID == unit {
				return o.Open()
			}
		}
		t.Fatalf("unit %d owes no %s", unit, kind)
		return false
	}
	refusedAs(t, "an unknown member", give(99, inspections.CareHealth, 0), inspections.NotFound)
	refusedAs(t, "an end of a health check", give(1, inspections.CareHealth, monday), inspections.Invalid)
	other := inspections.Actor{User: 3, Role: inspections.RoleUnit, Party: inspections.Party{Kind: inspections.PartyUnit, ID: 2}}
	_, err := d.RecordCare(t.Context(), other, inspections.Care{Member: 1, Kind: inspections.CareHealth})
	refusedAs(t, "another unit", err, inspections.Forbidden)
	for i, step := range []struct {
		kind  inspections.CareKind
		until calendar.Date
		open  [2]bool // 2.3a, 2.3b of unit 1
	}{
		{inspections.CareHealth, 0, [2]bool{true, true}},
		{inspections.CareInsurance, monday.Add(364), [2]bool{false, true}},
		{inspections.CareSympathy, 0, [2]bool{false, false}},
	} {
		if err := give(1, step.kind, step.until); err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{openFor(duties.HealthInsurance, 1), openFor(duties.SympathyVisit, 1)}; got != step.open {
			t.Errorf("after step %d: got %v, want %v", i+1, got, step.open)
		}
	}
	if !openFor(duties.SympathyVisit, 2) {
		t.Error("the other unit's duty is settled too")
	}
}

func TestWeeklyDutiesBeginWithTheFirstWeekThatCounts(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.do(t, func(tx *store.Tx) error {
		return tx.AddSetting(inspections.Setting{Key: inspections.SetFirstWeek, Value: "2025-W10", From: calendar.NewDate(2025, 3, 1), Recorded: tx.Now()})
	})
	for day, want := range map[calendar.Date]int{calendar.NewDate(2025, 3, 2): 0, calendar.NewDate(2025, 3, 3): 1} {
		d.do(t, func(tx *store.Tx) error {
			_, err := office.KeepDuties(tx, duties.Catalog(), day)
			return err
		})
		if got := len(d.owed(t, duties.Filter{Kind: "weekly_meeting", Period: calendar.WeekOf(day).String()})); got != want {
			t.Errorf("%s: got %d meetings owed, want %d", day, got, want)
		}
	}
}
