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

func TestALineOfTheLedgerClosesOnlyWhenItWasReportedAndVerified(t *testing.T) {
	t.Parallel()
	d := open(t)
	township := inspections.Party{Kind: inspections.PartyTownship, ID: 1}
	line, err := d.OpenRectification(t.Context(), clerk, casework.Rectification{
		Party: township, Problem: "例会未召开", Clause: "1.2a", Action: "补开例会", Person: "龙超", Due: calendar.InstantOf(monday.Add(10).End()),
	})
	if err != nil {
		t.Fatal(err)
	}
	running := func() int {
		var open []duties.Obligation
		d.do(t, func(tx *store.Tx) (err error) {
			open, err = tx.Obligations(duties.Filter{Kind: duties.Rectify, Open: true})
			return err
		})
		return len(open)
	}
	if err := d.VerifyRectification(t.Context(), clerk, line.ID, "现场核验", 0); key(err) != "rectify.not_reported" {
		t.Errorf("verified before it was reported: got %v", err)
	}
	other := inspections.Actor{User: 9, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 2}}
	if err := d.ReportRectification(t.Context(), other, line.ID, office.Proof{Text: "已补开"}); key(err) != "forbidden" {
		t.Errorf("another township reports: got %v", err)
	}
	own := other
	own.Party = township
	if err := d.ReportRectification(t.Context(), own, line.ID, office.Proof{Text: "已补开"}); err != nil {
		t.Fatal(err)
	}
	if err := d.VerifyRectification(t.Context(), own, line.ID, "自己核验", 0); key(err) != "forbidden" {
		t.Errorf("the township verifies itself: got %v", err)
	}
	if got := running(); got != 1 {
		t.Errorf("got %d clocks, want it running until verified", got)
	}
	if err := d.VerifyRectification(t.Context(), clerk, line.ID, "现场核验", 0); err != nil {
		t.Fatal(err)
	}
	if got := running(); got != 0 {
		t.Errorf("got %d clocks, want none", got)
	}
	if err := d.ReportRectification(t.Context(), own, line.ID, office.Proof{Text: "又报"}); key(err) != "rectify.closed" {
		t.Errorf("reported after it was closed: got %v", err)
	}
	again, err := d.OpenRectification(t.Context(), clerk, casework.Rectification{
		Party: township, Problem: "例会未召开", Action: "补开例会", Due: calendar.InstantOf(monday.Add(20).End()),
	})
	if err != nil || again.Times != 2 {
		t.Errorf("got %+v %v, want the second time this year", again, err)
	}
}
