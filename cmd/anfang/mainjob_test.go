package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// tickUntil lets the daemon's work be done from event to event, as serve would have, and gives the moment
// at which done said so, or the end.
func (s *seat) tickUntil(from, end time.Time, done func(*store.Tx) (bool, error)) time.Time {
	s.t.Helper()
	cfg, err := app.LoadConfig(s.data, "", func(string) string { return "" })
	if err != nil {
		s.t.Fatal(err)
	}
	now := from
	a, err := app.Open(s.t.Context(), cfg, app.Options{Now: func() time.Time { return now }})
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			s.t.Error(err)
		}
	}()
	for now.Before(end) {
		if _, err := a.Scheduler.Tick(s.t.Context(), now); err != nil {
			s.t.Fatalf("tick at %s: %v", now, err)
		}
		over := false
		if err := a.Store.View(s.t.Context(), func(tx *store.Tx) (err error) { over, err = done(tx); return err }); err != nil {
			s.t.Fatal(err)
		}
		if over {
			return now
		}
		if now, err = a.Scheduler.NextWake(s.t.Context(), now); err != nil {
			s.t.Fatal(err)
		}
	}
	return end
}

func clockAt(t time.Time) string { return "--now=" + t.In(calendar.Shanghai).Format(time.RFC3339) }

// TestTheMainJobByHand takes one inspection from the sealed week to the bulletin, each step by a command.
func TestTheMainJobByHand(t *testing.T) {
	t.Parallel()
	s := settled(t)
	s.must(at("2025-03-02T18:01"), "week", "freeze")
	if out := s.must(at("2025-03-02T18:05"), "week", "freeze"); !strings.Contains(out, "nothing changed") {
		t.Errorf("a second freeze: got %s", out)
	}
	s.must(at("2025-03-02T20:00"), "week", "coseed", "--week", "2025-W10", "6213455126", "--by", "周立新")
	s.fails(1, "week.coseed_set", at("2025-03-02T20:10"), "week", "coseed", "--week", "2025-W10", "6213455126", "--by", "周立新")

	folder := filepath.Join(t.TempDir(), "letters")
	s.env["ANFANG_MAIL_FOLDER"] = folder
	visit := s.releasedVisit()
	s.post(clockAt(visit.Released.Time)) // an assignment is of no use after its window
	pair := s.pairUsers(visit)
	s.secretUntilOver(visit, pair)
	number := s.recordAndVerify(visit, pair)
	s.workCase(visit, number)
	s.proofHolds()
	s.bulletinLeaves()
	s.lettersLeave(visit, folder)
	s.must(at("2025-04-30T09:00"), "journal", "verify")
}

// releasedVisit waits for the week's first drawn visit.
func (s *seat) releasedVisit() inspections.Visit {
	s.t.Helper()
	var visit inspections.Visit
	s.tickUntil(calendar.NewDate(2025, 3, 2).At(20, 30), calendar.NewDate(2025, 3, 10).Start(), func(tx *store.Tx) (bool, error) {
		visits, err := tx.Visits(inspections.VisitFilter{State: inspections.VisitReleased})
		if len(visits) > 0 {
			visit = visits[0]
		}
		return len(visits) > 0, err
	})
	if visit.ID == 0 {
		s.t.Fatal("no visit was drawn in a whole week")
	}
	return visit
}

// pairUsers gives the pair its sign-ins.
func (s *seat) pairUsers(v inspections.Visit) []string {
	s.t.Helper()
	var logins []string
	for i, id := range []inspections.InspectorID{v.First, v.Second} {
		login := fmt.Sprintf("pair%d", i+1)
		s.must(clockAt(v.Released.Time), "user", "add", login, "--role", "inspector", "--inspector", fmt.Sprint(id))
		logins = append(logins, login)
	}
	return logins
}

func (s *seat) secretUntilOver(v inspections.Visit, pair []string) {
	s.t.Helper()
	during, id := clockAt(v.Released.Add(time.Minute)), fmt.Sprint(v.ID)
	count := func(want int, args ...string) {
		s.t.Helper()
		var list struct{ Visits []struct{ ID int64 } }
		s.json(&list, append(args, "visit", "list")...)
		if len(list.Visits) != want {
			s.t.Errorf("%q: got %d visits, want %d", args, len(list.Visits), want)
		}
	}
	count(0, during)
	count(0, during, "--as", "leader")
	count(1, during, "--as", pair[0])
	count(1, clockAt(v.End.Add(time.Minute)), "--as", "clerk")
	s.fails(1, "visit.unknown", during, "visit", "show", id)
	if out := s.must(during, "--as", pair[1], "visit", "show", id); !strings.Contains(out, "Posted on the day") {
		s.t.Errorf("got %s", out)
	}
	var week struct{ Slots []struct{ Outcome string } }
	s.json(&week, during, "week", "show")
	if got := week.Slots[v.Slot-1].Outcome; got != "" {
		s.t.Errorf("the week shows %q before the window is over", got)
	}
	var owed struct{ Obligations []struct{ Subject string } }
	s.json(&owed, during, "duty", "list")
	for _, o := range owed.Obligations {
		if strings.HasPrefix(o.Subject, "visit/") {
			s.t.Errorf("the duty list tells of %s", o.Subject)
		}
	}
	if out := s.must(during, "mail", "list"); strings.Contains(out, "visit assignment") {
		s.t.Errorf("the list of letters tells who goes: %s", out)
	}
}

// recordAndVerify records one member absent and gives the number of the case that is proposed.
func (s *seat) recordAndVerify(v inspections.Visit, pair []string) string {
	s.t.Helper()
	id, there := fmt.Sprint(v.ID), v.Arrive.Add(10*time.Minute)
	var whole struct {
		Posted []struct {
			Member int64
			Name   string
		}
	}
	s.json(&whole, clockAt(v.Released.Time), "--as", pair[0], "visit", "show", id)
	if len(whole.Posted) != 2 {
		s.t.Fatalf("got %v posted, want two", whole.Posted)
	}
	photo := filepath.Join(s.t.TempDir(), "door.png")
	if err := os.WriteFile(photo, []byte("\x89PNG\r\n\x1a\n0000"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	absent := whole.Posted[1].Name
	args := []string{clockAt(there), "visit", "record", id, "--at", there.Format(time.RFC3339), "--absent", absent + "=村干部称外出", "--others-present",
		"--check", "ledger=problem:缺3月1日", "--photo", photo, "--note", "两户走访"}
	s.fails(1, "visit.photo_type", slices.Concat(args, []string{"--photo", "testdata/2027.csv"})...)
	s.fails(1, "cli.not_of_team", slices.Concat(args, []string{"--present", "查无此人"})...)
	s.must(append(args, "--as", pair[0])...)
	s.fails(1, "visit.not_awaited", args...)
	later := clockAt(v.End.Add(time.Hour))
	var verified struct {
		Findings []struct{ Member int64 }
		Cases    []struct{ Number string }
	}
	s.json(&verified, later, "visit", "verify", id, "--explain", absent+"=乡镇无请假记录")
	if len(verified.Findings) != 1 || verified.Findings[0].Member != whole.Posted[1].Member || len(verified.Cases) != 1 {
		s.t.Fatalf("got %+v, want one finding and one case", verified)
	}
	if out := s.must(later, "visit", "show", id); !strings.Contains(out, "door.png") || !strings.Contains(out, "乡镇无请假记录") {
		s.t.Errorf("got %s", out)
	}
	return verified.Cases[0].Number
}

// workCase takes a case from its proposal to its end.
func (s *seat) workCase(v inspections.Visit, number string) {
	s.t.Helper()
	next := clockAt(v.End.Add(24 * time.Hour))
	step := func(args ...string) []string { return append([]string{next, "case", "step", number}, args...) }
	s.fails(2, "usage.as", step("approve")...)
	s.fails(1, "forbidden", step("approve", "--as", "clerk")...)
	s.must(step("approve", "--as", "leader")...)
	s.post(next) // nor is a notice after the time to answer it
	s.fails(1, "case.not_proposed", step("refuse", "--as", "leader", "--reason", "不属实")...)
	s.fails(1, "case.branch_open", step("close")...)
	var shown struct{ Branches []struct{ Seq int } }
	s.json(&shown, next, "case", "show", number)
	if len(shown.Branches) != 3 {
		s.t.Fatalf("got %d investigations, want township, unit and member", len(shown.Branches))
	}
	for _, b := range shown.Branches {
		seq := fmt.Sprint(b.Seq)
		s.must(step("statement", "--branch", seq, "--text", "情况属实")...)
		s.fails(1, "case.second_person", step("conclude", "--as", "leader", "--branch", seq, "--liable", "--text", "属实", "--drafted-by", "leader")...)
		s.must(step("conclude", "--as", "leader", "--branch", seq, "--liable", "--text", "属实", "--drafted-by", "clerk", "--measure", "talk:张三:县驻村办", "--reason", "情节较轻")...)
	}
	s.fails(1, "case.measure_open", step("close")...)
	var measured struct{ Measures []struct{ ID int64 } }
	s.json(&measured, next, "case", "show", number)
	for _, m := range measured.Measures {
		s.must(step("measure-done", "--measure-id", fmt.Sprint(m.ID))...)
	}
	if out := s.must(step("close")...); !strings.Contains(out, number) {
		s.t.Errorf("got %s", out)
	}
	pdf := filepath.Join(s.t.TempDir(), "case.pdf")
	s.must(next, "case", "file", number, "--out", pdf)
	s.isPDF(pdf)
	if out := s.must(next, "case", "list", "--state", "closed"); !strings.Contains(out, number) {
		s.t.Errorf("got %s", out)
	}
}

func (s *seat) isPDF(path string) {
	s.t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) || len(raw) < 2000 {
		s.t.Errorf("%s: got %d bytes, %v", path, len(raw), err)
	}
}

// proofHolds ends the week, recomputes it and checks the proof that a stranger gets.
func (s *seat) proofHolds() {
	s.t.Helper()
	end := calendar.NewDate(2025, 3, 10).At(8, 0)
	s.tickUntil(calendar.NewDate(2025, 3, 9).At(19, 0), end, func(*store.Tx) (bool, error) { return false, nil })
	var check struct {
		Sound bool
		Slots []struct {
			Recomputed bool
			Fault      string
		}
	}
	s.json(&check, clockAt(end), "week", "verify", "--week", "2025-W10")
	if !check.Sound || len(check.Slots) != 14 || !check.Slots[13].Recomputed {
		s.t.Errorf("got %+v", check)
	}
	proof := filepath.Join(s.t.TempDir(), "proof.json")
	s.must("proof", "export", "--from", "2025-W10", "--to", "2025-W10", proof)
	stranger := takeSeat(s.t)
	var held struct{ Sound bool }
	stranger.json(&held, "proof", "verify", proof)
	raw, err := os.ReadFile(proof)
	if err != nil {
		s.t.Fatal(err)
	}
	link := regexp.MustCompile(`"link": "[0-9a-f]`)
	tampered := link.ReplaceAllFunc(raw, func(old []byte) []byte {
		changed := slices.Clone(old)
		changed[len(changed)-1] ^= 1 // another hex digit, or none
		return changed
	})
	if bytes.Equal(raw, tampered) {
		s.t.Fatal("there is nothing to tamper with")
	}
	if err := os.WriteFile(proof, tampered, 0o600); err != nil {
		s.t.Fatal(err)
	}
	if stranger.fails(1, "proof.differs", "proof", "verify", proof); !held.Sound {
		s.t.Error("the proof does not hold")
	}
}

// bulletinLeaves drafts by the daemon's job, once, and issues under a standing sign-off.
func (s *seat) bulletinLeaves() {
	s.t.Helper()
	s.must(at("2025-04-03T09:00"), "import", "signins", "testdata/2025-03签到台账.csv")
	var month struct{ Members []map[string]any }
	s.json(&month, at("2025-04-03T09:10"), "attendance", "month", "--month", "2025-03")
	if len(month.Members) != 16 {
		s.t.Fatalf("got %d members, want 16", len(month.Members))
	}
	for _, key := range []string{"member", "phone", "township", "village", "village_code", "signed_days", "leave_days", "travel_days", "absent_workdays", "odd_place_days", "reached_20"} {
		if _, ok := month.Members[0][key]; !ok {
			s.t.Errorf("a member's month has no %s", key)
		}
	}
	if got := month.Members[1]; got["signed_days"] != 28.0 || got["leave_days"] != 3.0 || got["reached_20"] != true {
		s.t.Errorf("got %v, want 28 days signed and 3 of leave", got)
	}
	draft := []string{at("2025-04-06T08:10"), "run", "bulletin.draft", "--due", "2025-04-06T08:00:00+08:00"}
	var done struct{ Done bool }
	if s.json(&done, draft...); !done.Done {
		s.t.Error("the first run did nothing")
	}
	if s.json(&done, draft...); done.Done {
		s.t.Error("the second run did it again")
	}
	pdf := filepath.Join(s.t.TempDir(), "sample.pdf")
	s.must(at("2025-04-06T09:00"), "bulletin", "preview", "--out", pdf)
	s.isPDF(pdf)
	s.fails(1, "bulletin.fact_check_runs", at("2025-04-06T09:00"), "--as", "leader", "bulletin", "sign")
	s.fails(1, "bulletin.unsigned", at("2025-04-06T09:00"), "bulletin", "issue")
	s.must(at("2025-04-06T09:00"), "--as", "leader", "bulletin", "standing", "--from", "2025-04-01", "--to", "2025-04-30")
	pdf = filepath.Join(s.t.TempDir(), "issued.pdf")
	var issued struct {
		State  string
		Number int
	}
	s.json(&issued, at("2025-04-15T09:00"), "bulletin", "issue", "--month", "2025-03", "--out", pdf)
	if issued.State != "issued" || issued.Number != 1 {
		s.t.Errorf("got %+v, want number 1 issued", issued)
	}
	s.isPDF(pdf)
	for _, paper := range []string{pdf, s.copied(pdf)} {
		s.must(at("2025-04-15T09:05"), "journal", "verify", "--paper", paper)
	}
	s.fails(1, "bulletin.issued", at("2025-04-15T09:10"), "--as", "leader", "bulletin", "sign")
}

// post sends what is due, as the daemon does every minute.
func (s *seat) post(now string) {
	s.t.Helper()
	s.must(now, "mail", "test", "leader@example.com")
}

// lettersLeave looks at what has left by mid-April.
func (s *seat) lettersLeave(visit inspections.Visit, folder string) {
	s.t.Helper()
	expected := []string{"assignment-go", "week-freeze", "case-start-township", "case-start-unit", "bulletin-issue", "test"}
	var week struct{ Slots []struct{ Standby []string } }
	s.json(&week, at("2025-03-10T09:00"), "week", "show", "--week", "2025-W10")
	if len(week.Slots[visit.Slot-1].Standby) > 2 { // somebody stood by and did not go
		expected = append(expected, "assignment-ended")
	}
	s.post(at("2025-04-15T10:00"))
	letters, err := filepath.Glob(filepath.Join(folder, "*.eml"))
	if err != nil {
		s.t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, path := range letters {
		_, kind, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".eml"), "-")
		kinds[kind]++
	}
	for _, kind := range expected {
		if kinds[kind] == 0 {
			s.t.Errorf("no letter %s left; got %v", kind, kinds)
		}
	}
	var list struct{ Letters []json.RawMessage }
	s.json(&list, "mail", "list", "--state", "accepted")
	if len(list.Letters) != len(letters) {
		s.t.Errorf("got %d accepted, want %d", len(list.Letters), len(letters))
	}
}
