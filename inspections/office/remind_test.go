package office_test

import (
	"encoding/json"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// remind runs the morning's or the afternoon's reminders twice and gives the letters they wrote, by
// address: the second run writes nothing.
func (d *desk) remind(t *testing.T, day calendar.Date, whole bool) map[string]inspections.OwedArgs {
	t.Helper()
	hour, half := 8, "am"
	if !whole {
		hour, half = 16, "pm"
	}
	d.now = day.At(hour, 30)
	told := map[string]inspections.OwedArgs{}
	for range 2 {
		d.do(t, func(tx *store.Tx) error { return office.Remind(tx, duties.Catalog(), day, whole) })
	}
	d.do(t, func(tx *store.Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterOwed})
		for _, l := range letters {
			if !strings.HasPrefix(l.Key, "owed/"+day.String()+"/"+half+"/") {
				continue
			}
			var args inspections.OwedArgs
			if err := json.Unmarshal(l.Args, &args); err != nil {
				return err
			}
			if _, twice := told[l.Email]; twice {
				t.Errorf("two letters to %s on %s", l.Email, day)
			}
			told[l.Email] = args
		}
		return err
	})
	return told
}

// rectifying puts one line of the ledger on the township, due on a day.
func (d *desk) rectifying(t *testing.T, due calendar.Date) duties.Obligation {
	t.Helper()
	_, err := d.OpenRectification(t.Context(), clerk, casework.Rectification{
		Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, Problem: "考勤台账不规范", Action: "补齐台账", Clause: "1.3", Due: calendar.InstantOf(due.End()),
	})
	if err != nil {
		t.Fatal(err)
	}
	return d.owed(t, duties.Filter{Kind: duties.Rectify})[0]
}

func TestAnObligationIsRemindedOfBeforeAtAndAfterItsEndAndThenEscalated(t *testing.T) {
	t.Parallel()
	d := open(t)
	due := monday.Add(5)
	o := d.rectifying(t, due)
	type word struct {
		stage duties.Stage
		on    calendar.Date
	}
	var want []word
	for day := monday; day <= due.Add(40); day++ {
		told := d.remind(t, day, true)
		town, lead := told["xz@example.com"], told["leader@example.com"]
		switch {
		case day == due.Add(-2):
			want = append(want, word{duties.StageBefore, day})
			if len(town.Soon) != 1 || town.Soon[0].Duty != "rectify" || town.Soon[0].About != "rectify" {
				t.Errorf("two days before: got %+v", town)
			}
		case day == due:
			want = append(want, word{duties.StageAt, day})
			if len(town.Today) != 1 {
				t.Errorf("on the last day: got %+v", town)
			}
		case day > due && (day-due-1)%7 == 0 && day < due.Add(28):
			if day == due.Add(1) {
				want = append(want, word{duties.StageAfter, day}, word{duties.StageRaised, day})
				if len(lead.Raised) != 1 || lead.Raised[0].Body != "便江街道" {
					t.Errorf("escalated: got %+v", lead)
				}
			} else {
				want = append(want, word{duties.StageAfter, day})
			}
			if len(town.Late) != 1 {
				t.Errorf("%s, over: got %+v", day, town)
			}
		default:
			if town.Any() || len(lead.Raised) > 0 {
				t.Errorf("%s: got %+v and %+v, want nothing", day, town, lead)
			}
		}
	}
	d.do(t, func(tx *store.Tx) error {
		got, err := tx.Reminders(o.ID)
		if len(got) != len(want) {
			t.Fatalf("got %d reminders, want %d: %+v", len(got), len(want), got)
		}
		for i, r := range got {
			if r.Stage != want[i].stage || r.At.Date() != want[i].on {
				t.Errorf("reminder %d: got %s on %s, want %+v", i, r.Stage, r.At.Date(), want[i])
			}
		}
		return err
	})
}

func TestAnExtendedClockRemindsAnewAndShowsItsFirstEnd(t *testing.T) {
	t.Parallel()
	d := open(t)
	o := d.rectifying(t, monday.Add(2))
	if got := d.remind(t, monday, true)["xz@example.com"]; len(got.Soon) != 1 {
		t.Fatalf("got %+v", got)
	}
	d.do(t, func(tx *store.Tx) error {
		if err := o.Extend(calendar.InstantOf(monday.Add(4).End()), "乡镇补充材料", leader.User); err != nil {
			return err
		}
		return tx.SaveObligation(o)
	})
	if got := d.remind(t, monday.Add(2), true)["xz@example.com"]; len(got.Soon) != 1 || got.Soon[0].First.Date() != monday.Add(3) {
		t.Errorf("before the new end: got %+v", got)
	}
	if got := d.remind(t, monday.Add(4), true)["xz@example.com"]; len(got.Today) != 1 {
		t.Errorf("on the new last day: got %+v", got)
	}
}

func TestTheDailyListGivesEachOfficialWhatIsTheirs(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.do(t, func(tx *store.Tx) error { // the fixture's clerk has no address
		u, err := tx.UserByLogin("clerk")
		if err != nil {
			return err
		}
		u.Email = "clerk@example.com"
		return tx.SaveUser(u)
	})
	v := d.released(t)
	d.do(t, func(tx *store.Tx) error { // what the scheduler owes for the visit
		_, err := tx.AddObligation(&duties.Obligation{
			Kind: duties.RecordVisit, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyInspector, ID: 1},
			Subject: "visit/1", Started: tx.Now(), Due: calendar.InstantOf(monday.End()),
		})
		return err
	})
	told := d.remind(t, monday, true)
	for _, address := range []string{"dc01@example.com", "dc02@example.com"} {
		if got := told[address]; len(got.Today) != 1 || got.Today[0].Duty != "record_visit" {
			t.Errorf("%s of the pair: got %+v", address, got)
		}
	}
	if got, ok := told["clerk@example.com"]; ok {
		t.Errorf("a visit on its way shows to the clerk: %+v", got)
	}
	d.record(t, v)
	told = d.remind(t, monday, false)
	if got := told["clerk@example.com"]; len(got.Today) != 1 || got.Today[0].Duty != "verify_absence" {
		t.Errorf("the afternoon's last call: got %+v", got)
	}
	d.now = monday.At(17, 0)
	if _, err := d.VerifyVisit(t.Context(), clerk, v.ID, nil); err != nil {
		t.Fatal(err)
	}
	told = d.remind(t, monday.Add(1), true)
	if got := told["clerk@example.com"]; len(got.Soon) != 1 || got.Soon[0].Duty != "case_conclude" || got.Soon[0].ID != "2025-001" {
		t.Errorf("the clerk's list: got %+v", got)
	}
	if got := told["leader@example.com"]; len(got.Today) != 1 || got.Today[0].Duty != "case_approve" {
		t.Errorf("the leader's list: got %+v", got)
	}
	if got := d.remind(t, monday.Add(1), false); len(got) != 0 {
		t.Errorf("nothing new in the afternoon: got %+v", got)
	}
}

func TestANamedHigherPersonGetsWhatIsOver(t *testing.T) {
	t.Parallel()
	d := open(t)
	if err := d.SetSetting(t.Context(), clerk, inspections.SetHigherUp, "nobody", monday); inspections.KindOf(err) != inspections.Invalid {
		t.Errorf("a login that does not exist: got %v", err)
	}
	d.do(t, func(tx *store.Tx) error {
		u := inspections.User{Login: "chief", Name: "组织部副部长", Role: inspections.RoleLeader, Email: "chief@example.com", Password: "-", Created: tx.Now()}
		return tx.AddUser(&u)
	})
	if err := d.SetSetting(t.Context(), clerk, inspections.SetHigherUp, "chief", monday); err != nil {
		t.Fatal(err)
	}
	d.rectifying(t, monday)
	told := d.remind(t, monday.Add(1), true)
	if got := told["chief@example.com"]; len(got.Raised) != 1 {
		t.Errorf("the named person: got %+v", got)
	}
	if got := told["leader@example.com"]; len(got.Raised) != 0 {
		t.Errorf("another leader: got %+v", got)
	}
}

func TestABodyWithoutAnAddressIsLeftToTheClerk(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.do(t, func(tx *store.Tx) error {
		_, err := tx.AddObligation(&duties.Obligation{
			Kind: "pay_allowances", Clause: "5.3", Party: inspections.Party{Kind: inspections.PartyFinance}, Period: "2025-02",
			Started: calendar.InstantOf(monday.Add(-20).Start()), Due: calendar.InstantOf(monday.End()),
		})
		return err
	})
	if got := d.remind(t, monday, true)["leader@example.com"]; len(got.Silent) != 1 || got.Silent[0].BodyKind != inspections.PartyFinance {
		t.Errorf("got %+v, want the finance bureau among those to be telephoned", got)
	}
}

func TestErasingAReportedFindingErasesTheReportItCameFrom(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.now = monday.At(17, 0)
	told, c, err := d.TakeReport(t.Context(), clerk, office.Report{
		Member: 1, At: calendar.InstantOf(monday.At(9, 0)), What: "因母亲住院离岗", Scan: office.Scan{Media: "application/pdf", Data: []byte("%PDF-1.4 report")},
	})
	if err != nil || told.SHA == "" {
		t.Fatalf("got %+v, %v", told, err)
	}
	var record int64
	d.do(t, func(tx *store.Tx) error {
		list, err := tx.JournalAfter(0, 1000)
		for _, r := range list {
			if r.Kind == "case.proposed" {
				record = r.Seq
			}
		}
		return err
	})
	if _, err := d.EraseWords(t.Context(), leader, record, "法定期限已满"); err != nil {
		t.Fatal(err)
	}
	d.do(t, func(tx *store.Tx) error {
		r, err := tx.Report(told.ID)
		if err != nil || r.What != casework.ErasedWords || r.Case != c.ID {
			t.Errorf("got %+v, %v, want the words erased", r, err)
		}
		if data, err := tx.Blob(told.SHA); err == nil && len(data) > 0 {
			t.Errorf("got %q, want the scan gone", data)
		}
		_, err = office.CheckWords(tx)
		return err
	})
}
