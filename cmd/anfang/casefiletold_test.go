package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/reports"
	"anfang.example/reports/paper"
)

// catcher is the real renderer; it keeps what the last case file and the last volume were made of.
type catcher struct {
	paper.Papers
	last   reports.CaseFile
	volume reports.CaseVolume
}

func (c *catcher) CaseVolume(ctx context.Context, v reports.CaseVolume) ([]byte, error) {
	c.volume = v
	return c.Papers.CaseVolume(ctx, v)
}

func (c *catcher) CaseFile(ctx context.Context, f reports.CaseFile) ([]byte, error) {
	c.last = f
	return c.Papers.CaseFile(ctx, f)
}

// TestACaseFileHoldsTheReportItsRemindersAndWhoConfirmedItsLetters follows a township's report to a reminder and to a confirmed
// start notice; the file made before these comes back to the byte, without them.
func TestACaseFileHoldsTheReportItsRemindersAndWhoConfirmedItsLetters(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	caught := &catcher{Papers: r.Press.Render.(paper.Papers)}
	r.Press.Render = caught
	told, c, err := r.Office.TakeReport(t.Context(), r.clerk, office.Report{
		Member: 1, At: calendar.InstantOf(r.now.Add(-time.Hour)), What: "今天不在岗", Scan: office.Scan{Media: "image/png", Data: scan(t, 7, 300, 400)},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.approve(c.ID)
	file := func() (reports.CaseFile, []byte) {
		t.Helper()
		raw, err := r.Press.CaseFilePDF(t.Context(), r.clerk, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return caught.last, raw
	}
	before, first := file()
	if len(before.Reports) != 1 || before.Reports[0].Number != told.Number || before.Pictures[told.SHA] == nil {
		t.Errorf("got reports %+v, want that of receipt %s with its scan", before.Reports, told.Number)
	}
	if len(before.Reminders) != 0 {
		t.Errorf("got reminders %+v before anybody was reminded", before.Reminders)
	}
	kinds := map[inspections.LetterKind]inspections.LetterID{}
	for _, l := range before.Letters {
		kinds[l.Kind] = l.ID
		if !l.Received.IsZero() {
			t.Errorf("got %s confirmed, nobody did", l.Kind)
		}
	}
	notice, receipt := kinds[inspections.LetterCaseTownship], kinds[inspections.LetterReceipt]
	if notice == 0 || receipt == 0 || kinds[inspections.LetterCaseUnit] == 0 {
		t.Fatalf("got letters %v, want the receipt and the start notices", kinds)
	}

	r.now = r.now.Add(time.Hour)
	township := inspections.Actor{User: r.clerk.User, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(told.Township)}}
	if _, err := r.Office.ReceiveLetter(t.Context(), township, notice); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(before.Clocks, duties.Obligation.Open)
	if i < 0 {
		t.Fatalf("got clocks %+v, want the case's to run", before.Clocks)
	}
	runs, last := before.Clocks[i].Kind, before.Clocks[i].Last()
	r.now = last.At(8, 0)
	r.write(func(tx *store.Tx) error { return office.Remind(tx, duties.Catalog(), last, true) })
	after, _ := file()
	if i := slices.IndexFunc(after.Reminders, func(one reports.CaseReminder) bool { return one.Clock == runs && one.Stage == duties.StageAt }); i < 0 {
		t.Errorf("got reminders %+v, want that of the last day of %s", after.Reminders, runs)
	}
	for _, l := range after.Letters {
		if want := l.ID == notice; want == l.Received.IsZero() || want && l.ReceivedBy == "" {
			t.Errorf("%s: got confirmed %v by %q, want %v", l.Kind, l.Received, l.ReceivedBy, want)
		}
	}
	entries := map[string]bool{}
	for _, e := range after.Journal {
		entries[e.Kind] = true
	}
	if !entries["letter.received"] || !entries["report.received"] {
		t.Errorf("got entries %v, want the report and the confirmation in the extract", entries)
	}
	if _, err := r.Press.CaseVolumePDF(t.Context(), r.clerk, calendar.MonthOf(c.Proposed.Date())); err != nil {
		t.Fatal(err)
	}
	if v := caught.volume.Files; len(v) != 1 || len(v[0].Reports) != 1 || len(v[0].Reminders) != len(after.Reminders) || len(v[0].Letters) != len(after.Letters) {
		t.Errorf("got a volume of %d files, want the one with its report, reminders and letters", len(v))
	}
	again, err := r.Press.CaseFileAt(t.Context(), r.clerk, c.ID, before.Head.Seq)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("got %d bytes (%v), want the %d of then", len(again), err, len(first))
	}
}

// TestACaseFileHoldsTheNumberedPapersThatLeftInIt issues a notice of recall, and finds it attached, listed and with its letter.
func TestACaseFileHoldsTheNumberedPapersThatLeftInIt(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	caught := &catcher{Papers: r.Press.Render.(paper.Papers)}
	r.Press.Render = caught
	c, m := r.recalled()
	issued, err := r.Press.IssueRecall(t.Context(), r.leader.AsActor(), c.ID, m.ID, false, reports.Correcting{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := r.Press.CaseFilePDF(t.Context(), r.clerk, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	f := caught.last
	if len(f.Issues) != 1 || f.Issues[0].ID != issued.ID || f.Issues[0].Branch != m.Branch || f.Files[issued.PDF] == nil {
		t.Errorf("got issues %+v, want the notice with its bytes", f.Issues)
	}
	if !slices.ContainsFunc(f.Letters, func(l reports.CaseLetter) bool { return l.Kind == inspections.LetterPaper }) {
		t.Errorf("got letters %+v, want that of the notice", f.Letters)
	}
	if !slices.ContainsFunc(f.Journal, func(e journal.Record) bool { return e.Kind == "paper.issued" }) {
		t.Error("the extract does not say that the notice left")
	}
	if _, err := r.Press.CaseSheetPDF(t.Context(), r.clerk, c.ID, fmt.Sprintf("start/%d", m.Branch)); err != nil {
		t.Errorf("the start notice of its investigation: got %v", err)
	}
	again, err := r.Press.CaseFileAt(t.Context(), r.clerk, c.ID, f.Head.Seq)
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("got %d bytes (%v), want the same file", len(again), err)
	}
}
