package office_test

import (
	"encoding/json"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// kept makes the duties of the fixture's Monday.
func (d *desk) kept(t *testing.T) (made int) {
	t.Helper()
	d.do(t, func(tx *store.Tx) (err error) {
		made, err = office.KeepDuties(tx, duties.Catalog(), monday)
		return err
	})
	return made
}

// owed reads what stands of a kind.
func (d *desk) owed(t *testing.T, f duties.Filter) (list []duties.Obligation) {
	t.Helper()
	d.do(t, func(tx *store.Tx) (err error) {
		list, err = tx.Obligations(f)
		return err
	})
	return list
}

func TestTheCatalogMakesWhatEveryPartyOwes(t *testing.T) {
	t.Parallel()
	d := open(t)
	// One township: week, month, year. Two units: 3 a year, 2 a quarter, 1 a month each. The county
	// office: yearly assessment, allowances, digest. Three task lists and the finance bureau's allowances.
	if got, want := d.kept(t), 3+2*6+3+3+1; got != want {
		t.Errorf("got %d obligations, want %d", got, want)
	}
	if got := d.kept(t); got != 0 {
		t.Errorf("the same day again: got %d new obligations", got)
	}
	if _, err := d.LinkTownship(t.Context(), clerk, inspections.TownshipLink{Township: 1, Kind: inspections.LinkLeadUnit, Unit: 2, From: monday}); err != nil {
		t.Fatal(err)
	}
	if got := d.kept(t); got != 1 {
		t.Errorf("after the lead unit is named: got %d new obligations, want 2.5", got)
	}
	lead := d.owed(t, duties.Filter{Kind: duties.LeaderFunds})
	if len(lead) != 1 || lead[0].Party != (inspections.Party{Kind: inspections.PartyUnit, ID: 2}) || lead[0].Clause != "2.5" {
		t.Errorf("got %+v", lead)
	}
}

func TestAnObligationIsSettledByOneLine(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.kept(t)
	visits := d.owed(t, duties.Filter{Kind: "in_charge_check"})
	unit := inspections.Actor{User: 3, Name: "刘佳", Role: inspections.RoleUnit, Party: visits[0].Party}
	for name, c := range map[string]struct {
		by   inspections.Actor
		line duties.Submission
		want inspections.Kind
	}{
		"another unit's line":        {unit, duties.Submission{Obligation: visits[1].ID, Kind: duties.SubmissionDone}, inspections.Forbidden},
		"a waiver by the unit":       {unit, duties.Submission{Obligation: visits[0].ID, Kind: duties.SubmissionWaived, Note: "忙"}, inspections.Forbidden},
		"a waiver without a reason":  {clerk, duties.Submission{Obligation: visits[0].ID, Kind: duties.SubmissionWaived, Note: " "}, inspections.Invalid},
		"a day to come":              {clerk, duties.Submission{Obligation: visits[0].ID, Kind: duties.SubmissionDone, Day: monday.Add(1)}, inspections.Invalid},
		"a day before the month":     {clerk, duties.Submission{Obligation: visits[0].ID, Kind: duties.SubmissionDone, Day: calendar.NewDate(2025, 2, 28)}, inspections.Invalid},
		"what does not exist":        {clerk, duties.Submission{Obligation: 9999, Kind: duties.SubmissionDone}, inspections.NotFound},
		"an inspector, who owes not": {inspections.Actor{User: 9, Role: inspections.RoleInspector}, duties.Submission{Obligation: visits[0].ID, Kind: duties.SubmissionDone}, inspections.Forbidden},
	} {
		if _, err := d.SubmitDuty(t.Context(), c.by, c.line); inspections.KindOf(err) != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
	done, err := d.SubmitDuty(t.Context(), unit, duties.Submission{Obligation: visits[0].ID, Kind: duties.SubmissionDone, Day: monday.Add(-3), Note: "到村检查指导，见会议记录"})
	if err != nil || done.Open() || done.Late() || done.Done.Date() != monday.Add(-2) { // 24:00 of the day
		t.Errorf("got %+v, %v", done, err)
	}
	if _, err := d.SubmitDuty(t.Context(), clerk, duties.Submission{Obligation: visits[0].ID, Kind: duties.SubmissionDone}); inspections.KindOf(err) != inspections.Conflict {
		t.Errorf("a second line: got %v, want a conflict", err)
	}
	waived, err := d.SubmitDuty(t.Context(), clerk, duties.Submission{Obligation: visits[1].ID, Kind: duties.SubmissionWaived, Note: "分管领导住院"})
	if err != nil || waived.Open() || waived.Reason != "分管领导住院" {
		t.Errorf("got %+v, %v", waived, err)
	}
}

func TestTipsAndTransfersSettleTheirDuties(t *testing.T) {
	t.Parallel()
	d := open(t)
	if _, err := d.LinkTownship(t.Context(), clerk, inspections.TownshipLink{Township: 1, Kind: inspections.LinkLeadUnit, Unit: 2, From: monday}); err != nil {
		t.Fatal(err)
	}
	d.kept(t)
	if _, err := d.PublishTips(t.Context(), clerk, inspections.Tip{Month: "2025-03", Kind: inspections.TeamBranch, Title: "三月任务清单", Tasks: "1.开好支部主题党日"}); err != nil {
		t.Fatal(err)
	}
	for _, o := range d.owed(t, duties.Filter{Kind: duties.TaskList}) {
		if got, want := o.Open(), o.Clause != "4.1"; got != want {
			t.Errorf("%s: open %t, want %t", o.Clause, got, want)
		}
	}
	payer := inspections.Party{Kind: inspections.PartyUnit, ID: 2}
	for i, cents := range []int64{600_000, 400_000} {
		if _, err := d.RecordFund(t.Context(), clerk, inspections.Fund{Clause: "2.5", Day: monday.Add(-1), Payer: payer, Township: 1, Cents: cents}); err != nil {
			t.Fatal(err)
		}
		if got, want := d.owed(t, duties.Filter{Kind: duties.LeaderFunds})[0].Open(), i == 0; got != want {
			t.Errorf("after transfer %d: open %t, want %t", i+1, got, want)
		}
	}
}

func TestTheDigestTellsOnlyWhatHadCome(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.kept(t)
	send := func(day calendar.Date) (args inspections.DigestArgs) {
		t.Helper()
		d.do(t, func(tx *store.Tx) error {
			for range 2 { // a second time writes no second letter
				if err := office.SendDigest(tx, day); err != nil {
					return err
				}
			}
			letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterDigest})
			if err != nil {
				return err
			}
			return json.Unmarshal(letters[len(letters)-1].Args, &args)
		})
		return args
	}
	d.now = monday.At(20, 0)
	if a := send(monday); a.Reported || a.Members != 2 || len(a.Missing) != 0 {
		t.Errorf("nothing had come: got %+v", a)
	}
	if o := d.owed(t, duties.Filter{Kind: duties.DailyDigest}); len(o) != 1 || o[0].Open() {
		t.Errorf("the day's duty: got %+v, want it done", o)
	}
	d.now = monday.Add(1).At(18, 0)
	days := []inspections.SignIn{{Member: 1, Team: 1, Day: monday.Add(1), Status: inspections.SignPresent, Row: 2}}
	if _, err := d.ImportSignIns(t.Context(), clerk, office.Source{Name: "a.csv", SHA: "aa"}, days); err != nil {
		t.Fatal(err)
	}
	d.now = monday.Add(1).At(20, 0)
	if a := send(monday.Add(1)); !a.Reported || a.Signed != 1 || a.Absent != 1 || len(a.Missing) != 1 || a.Missing[0] != members[1] {
		t.Errorf("one of two: got %+v", a)
	}
	d.now = monday.Add(3).At(9, 0)
	late := []inspections.SignIn{{Member: 1, Team: 1, Day: monday.Add(2), Status: inspections.SignPresent, Row: 2}}
	if _, err := d.ImportSignIns(t.Context(), clerk, office.Source{Name: "b.csv", SHA: "bb"}, late); err != nil {
		t.Fatal(err)
	}
	if a := send(monday.Add(2)); a.Reported {
		t.Errorf("what came on the next day: got %+v, want not reported", a)
	}
}

func TestALedgerThatCameIsTheForm(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.kept(t)
	last := calendar.NewDate(2025, 3, 31)
	d.now = calendar.NewDate(2025, 4, 3).At(10, 0)
	if _, err := d.ImportSignIns(t.Context(), clerk, office.Source{SHA: "aa"}, []inspections.SignIn{{Member: 1, Team: 1, Day: last, Status: inspections.SignPresent, Row: 2}}); err != nil {
		t.Fatal(err)
	}
	d.now = calendar.NewDate(2025, 4, 7).At(0, 10)
	d.do(t, func(tx *store.Tx) error {
		_, err := office.KeepDuties(tx, duties.Catalog(), tx.Now().Date())
		return err
	})
	form := d.owed(t, duties.Filter{Kind: duties.AttendanceForm, Period: "2025-03"})
	if len(form) != 1 || form[0].Open() || form[0].Late() {
		t.Errorf("got %+v, want it done on the day the ledger came", form)
	}
}

func TestTheDigestStaysOwedWhileATownshipCannotBeTold(t *testing.T) {
	t.Parallel()
	d := open(t)
	more := rows()
	more.Townships = append(more.Townships, inspections.TownshipRow{Code: "431023002", Name: "湘阴渡街道"})
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "01"}, more); err != nil {
		t.Fatal(err)
	}
	d.kept(t)
	send := func() bool {
		d.do(t, func(tx *store.Tx) error { return office.SendDigest(tx, monday) })
		return d.owed(t, duties.Filter{Kind: duties.DailyDigest})[0].Open()
	}
	more.Teams = append(more.Teams, inspections.TeamRow{Township: "湘阴渡街道", Village: "文昌村"})
	more.Members = append(more.Members, inspections.MemberRow{Name: "罗平", Phone: "19900000003", Township: "湘阴渡街道", Village: "文昌村"})
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "02"}, more); err != nil {
		t.Fatal(err)
	}
	if !send() {
		t.Error("a township with a member and no address was not told, and the duty counts as done")
	}
	if _, err := d.NameHolder(t.Context(), clerk, inspections.Holder{Party: inspections.Party{Kind: inspections.PartyTownship, ID: 2}, Post: inspections.PostContact, Name: "湘阴渡街道", Email: "xz2@example.com", From: monday}); err != nil {
		t.Fatal(err)
	}
	if send() {
		t.Error("every township was told, and the duty is still owed")
	}
}
