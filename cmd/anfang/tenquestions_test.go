package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/reports"
	"anfang.example/reports/paper"
	"anfang.example/templates/catalog"
)

// The ten questions that a reviewer will put (CASES.md), each a test of its name.

// review is the settled county with its program open; the business clock is the test's.
type review struct {
	*app.App
	t      testing.TB
	now    time.Time
	clerk  inspections.Actor
	leader inspections.User
}

func reviewing(t testing.TB) *review {
	t.Helper()
	s := settled(t)
	cfg, err := app.LoadConfig(s.data, "", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	r := &review{t: t, now: calendar.NewDate(2025, 3, 10).At(12, 0)}
	r.App, err = app.Open(t.Context(), cfg, app.Options{Now: func() time.Time { return r.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	r.view(func(tx *store.Tx) error {
		clerk, err := tx.UserByLogin("clerk")
		if err != nil {
			return err
		}
		r.clerk = clerk.AsActor()
		r.leader, err = tx.UserByLogin("leader")
		return err
	})
	return r
}

func (r *review) view(fn func(*store.Tx) error) {
	r.t.Helper()
	if err := r.Store.View(r.t.Context(), fn); err != nil {
		r.t.Fatal(err)
	}
}

func (r *review) write(fn func(*store.Tx) error) {
	r.t.Helper()
	if err := r.Store.InTx(r.t.Context(), fn); err != nil {
		r.t.Fatal(err)
	}
}

// hand proposes a case about the first member of the first team.
func (r *review) hand(units ...inspections.UnitID) casework.Case {
	r.t.Helper()
	c, err := r.Office.OpenCase(r.t.Context(), r.clerk, office.HandCase{
		Kind: "absent", Clause: "1.4b", Team: 1, FactAt: calendar.InstantOf(r.now.Add(-time.Hour)), Reason: "核实属实",
		Members: []inspections.MemberID{1}, Units: units,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

func (r *review) approve(id inspections.CaseID) {
	r.t.Helper()
	if _, err := r.Office.ApproveCase(r.t.Context(), r.leader.AsActor(), id, "副部长"); err != nil {
		r.t.Fatal(err)
	}
}

func (r *review) letters(kind inspections.LetterKind) []inspections.Letter {
	r.t.Helper()
	var list []inspections.Letter
	r.view(func(tx *store.Tx) (err error) {
		list, err = tx.Letters(inspections.LetterFilter{Kind: kind})
		return err
	})
	return list
}

func keyOf(err error) string {
	return strings.SplitN(strings.SplitN(errText(err), " ", 2)[0], ":", 2)[0]
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestQ1CanAnyPaperLeaveWithoutARecordedSignOff(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c := r.hand()
	starts := func() int {
		return len(r.letters(inspections.LetterCaseTownship)) + len(r.letters(inspections.LetterCaseUnit)) + len(r.letters(inspections.LetterCaseMember))
	}
	if got := starts(); got != 0 {
		t.Errorf("got %d letters before the approval, want none", got)
	}
	r.approve(c.ID)
	if got := starts(); got != 3 {
		t.Errorf("got %d letters with the approval, want 3", got)
	}
	r.now = calendar.NewDate(2025, 4, 7).At(9, 0)
	march := calendar.Month{Year: 2025, Month: time.March}
	if _, err := r.Press.Draft(t.Context(), inspections.System, march); err != nil {
		t.Fatal(err)
	}
	r.now = calendar.NewDate(2025, 4, 14).At(9, 0)
	if _, err := r.Press.SignOff(t.Context(), r.clerk, march); keyOf(err) != "bulletin.leader_signs" {
		t.Errorf("got %v, want the clerk's sign-off refused", err)
	}
	r.write(func(tx *store.Tx) error {
		n, err := r.Press.IssueStanding(t.Context(), tx)
		if n != 0 {
			t.Errorf("got %d bulletins issued without a sign-off", n)
		}
		return err
	})
	if got := r.letters(inspections.LetterBulletin); len(got) != 0 {
		t.Errorf("got %d bulletin letters without a sign-off", len(got))
	}
}

func TestQ2DoesEveryItemOfTheNoticeOpenToItsRowPartyRecipientAndDueRule(t *testing.T) {
	t.Parallel()
	rows := map[string]duties.Rule{}
	for _, rule := range duties.Catalog() {
		rows[rule.Clause] = rule
	}
	codes := strings.Fields("1.1 1.2a 1.2b 1.3 1.4a 1.4b 1.5 1.6 1.7 1.8 1.9 1.10 2.1 2.2 2.3a 2.3b 2.4a 2.4b 2.4c 2.4d 2.5 2.6 " +
		"3.1 3.2a 3.2b 3.3 3.4 3.5 3.6 3.7 3.8 4.1 4.2 4.3 4.4 5.1 5.2 5.3 5.4 6.1 6.2 6.3 6.4 6.5")
	for _, code := range codes {
		rule, ok := rows[code]
		if !ok || rule.Party == "" || rule.Each == "" {
			t.Errorf("%s: got %+v, want a row with its party and due rule", code, rule)
		}
	}
	for _, code := range []string{"1.10", "2.6", "3.8", "4.4", "5.4", "6.5"} {
		if got := rows[code].Each; got != duties.OnDemand {
			t.Errorf("%s, other work: got %q, want a register row that is never measured", code, got)
		}
	}
	for code, want := range map[string]string{"1.3": "county", "1.4b": "county", "6.3": "township"} {
		if got := rows[code].To; got != want {
			t.Errorf("%s: got recipient %q, want %q", code, got, want)
		}
	}
}

func TestQ3AbsentAtTenLeaveSlipShownAtFiveWhatRemainsOnRecord(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	day := calendar.NewDate(2025, 3, 10)
	visit := inspections.Visit{
		Kind: inspections.VisitManual, Team: 1, Year: 2025, Week: 11, First: 1, Second: 2, State: inspections.VisitReleased,
		Start: calendar.InstantOf(day.At(8, 30)), End: calendar.InstantOf(day.At(11, 30)), Released: calendar.InstantOf(day.At(8, 0)),
	}
	var posted []inspections.Posting
	r.write(func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		posted = roster.PostingsOf(1, day)
		return tx.AddVisit(&visit)
	})
	record := office.VisitRecord{Visit: visit.ID, Visited: calendar.InstantOf(day.At(10, 0))}
	for i, p := range posted {
		record.Members = append(record.Members, office.MemberSeen{Member: p.Member, Present: i > 0})
	}
	if _, err := r.Office.RecordVisit(t.Context(), r.clerk, record); err != nil {
		t.Fatal(err)
	}
	r.now = day.At(17, 0)
	if _, err := r.Office.RecordLeave(t.Context(), r.clerk, inspections.Leave{Member: posted[0].Member, Kind: "sick", From: day, Until: day}); err != nil {
		t.Fatal(err)
	}
	done, err := r.Office.VerifyVisit(t.Context(), r.clerk, visit.ID, nil)
	if err != nil || len(done.Cases) != 0 || len(done.Findings) != 0 {
		t.Fatalf("got %+v %v, want nobody blamed", done, err)
	}
	r.view(func(tx *store.Tx) error {
		lines, err := tx.Attendances(visit.ID)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Member == posted[0].Member && (l.SeenAs != inspections.ToVerify || l.Presence != inspections.OnLeave || l.VerifiedBy != r.clerk.User || !l.VerifiedAt.Equal(r.now)) {
				t.Errorf("got %+v, want both what was seen at ten and what covered it, by whom and when", l)
			}
		}
		leaves, err := tx.Leaves(day, day)
		if err == nil && (len(leaves) != 1 || !leaves[0].Recorded.Equal(r.now)) {
			t.Errorf("got %+v, want the slip with the hour it was shown", leaves)
		}
		return err
	})
}

func TestQ4TwoUnitsOneUnknownCanTheCaseClose(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c := r.hand(1, 0)
	r.approve(c.ID)
	conclude := func(seq int) error {
		if err := r.Office.AddStatement(t.Context(), r.clerk, c.ID, seq, "说明"); err != nil {
			return err
		}
		return r.Office.ConcludeBranch(t.Context(), r.leader.AsActor(), c.ID, seq, office.Conclusion{Text: "已履行职责", By: r.clerk.User})
	}
	for _, seq := range []int{1, 2, 4} {
		if err := conclude(seq); err != nil {
			t.Fatal(err)
		}
	}
	if err := conclude(3); keyOf(err) != "case.branch_unnamed" {
		t.Errorf("got %v, want the unknown unit's branch refused", err)
	}
	if _, err := r.Office.CloseCase(t.Context(), r.clerk, c.ID); keyOf(err) != "case.branch_open" {
		t.Errorf("got %v, want the case held open", err)
	}
	err := r.Store.InTx(t.Context(), func(tx *store.Tx) error { // past the rules, straight to the database
		forced, err := tx.Case(c.ID)
		if err != nil {
			return err
		}
		forced.State, forced.ClosedAt = casework.Closed, tx.Now()
		return tx.SaveCase(forced)
	})
	if keyOf(err) != "case.gate" {
		t.Errorf("got %v, want the database to refuse too", err)
	}
	if err := r.Office.NameUnit(t.Context(), r.clerk, c.ID, 3, 2); err != nil {
		t.Fatal(err)
	}
	if err := conclude(3); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Office.CloseCase(t.Context(), r.clerk, c.ID); err != nil {
		t.Errorf("got %v, want the case closed when both are concluded", err)
	}
}

func TestQ5IsAnUnconcludedPersonNamedAnywhere(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c := r.hand()
	r.approve(c.ID)
	var name string
	r.view(func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		m, _ := roster.Member(c.Member)
		name = m.Name
		figures, err := reports.Compile(tx, r.Calendar, calendar.Month{Year: 2025, Month: time.March})
		if err != nil {
			return err
		}
		raw, err := json.Marshal(figures)
		if strings.Contains(string(raw), name) {
			t.Errorf("the bulletin's figures name %s", name)
		}
		return err
	})
	own := map[inspections.LetterKind]bool{inspections.LetterCaseTownship: true, inspections.LetterCaseUnit: true, inspections.LetterCaseMember: true}
	named := 0
	for _, l := range r.letters("") {
		if strings.Contains(string(l.Args), name) {
			named++
			if !own[l.Kind] {
				t.Errorf("letter %d of kind %s names %s", l.ID, l.Kind, name)
			}
		}
	}
	if named != 3 {
		t.Errorf("got %d start notices with the name, want the three sides'", named)
	}
	_, err := r.Office.Act(t.Context(), r.leader.AsActor(), c.ID, casework.Act{Kind: casework.ActNamed, Measure: 1, Text: "同意点名"})
	if keyOf(err) != "case.measure_not_found" {
		t.Errorf("got %v, want no naming without a measure", err)
	}
}

func TestQ6TheTownshipReportedTheSameDayWhereDoesItCountForIt(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c, err := r.Office.ReceiveReport(t.Context(), r.clerk, office.Report{Member: 1, At: calendar.InstantOf(r.now.Add(-time.Hour)), What: "今天不在岗"})
	if err != nil || !c.Reported {
		t.Fatalf("got %+v %v, want it recorded as prompt", c, err)
	}
	r.approve(c.ID)
	if got, err := r.Office.Propose(t.Context(), c.ID, 1); err != nil || !got.Reported || got.Measure != "" {
		t.Errorf("township: got %+v %v, want nothing proposed because it reported", got, err)
	}
	if got, err := r.Office.Propose(t.Context(), c.ID, 2); err != nil || got.Measure != casework.MeasureTalk {
		t.Errorf("unit: got %+v %v, want a talk proposed all the same", got, err)
	}
	letter := r.letters(inspections.LetterCaseTownship)
	var args inspections.CaseStartArgs
	if err := json.Unmarshal(letter[0].Args, &args); err != nil || args.Reported.IsZero() {
		t.Errorf("got %+v %v, want the report said in the start notice", args, err)
	}
}

func TestQ7ReportedOn30September2025Is11OctoberShownAndWhy(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	r.now = calendar.NewDate(2025, 9, 30).At(10, 0)
	c, err := r.Office.ReceiveReport(t.Context(), r.clerk, office.Report{Member: 1, At: calendar.InstantOf(r.now.Add(-time.Hour)), What: "不在岗"})
	if err != nil {
		t.Fatal(err)
	}
	var file reports.CaseFile
	r.view(func(tx *store.Tx) (err error) {
		file, err = reports.GatherCase(tx, c.ID)
		return err
	})
	for _, o := range file.Clocks {
		if o.Kind != duties.Opinion {
			continue
		}
		if got, want := o.Due, calendar.InstantOf(calendar.NewDate(2025, 10, 11).End()); !got.Equal(want.Time) {
			t.Errorf("got %s, want the end of 11 October", got)
		}
		why := paper.Why(catalog.For("zh"), o)
		for _, part := range []string{"10月1日（不计，国庆节", "10月9日（计）", "10月10日（计）", "10月11日（计，国庆节"} {
			if !strings.Contains(why, part) {
				t.Errorf("got %q, want %q in it", why, part)
			}
		}
		return
	}
	t.Error("the case file has no clock for the handling opinion")
}

func TestQ8LedgerNotSentIsItBlankZeroOrNotReported(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	r.view(func(tx *store.Tx) error {
		figures, err := reports.Compile(tx, r.Calendar, calendar.Month{Year: 2025, Month: time.March})
		if err != nil {
			return err
		}
		if got := figures.Attendance; got.NotReported.N != 2 || got.Missing.N == 0 || got.Reported.N != 0 {
			t.Errorf("got %+v, want both townships as not reported and their members as missing", got)
		}
		return nil
	})
	if got := catalog.For("zh").T("bulletin.table.missing"); got != "未报送" {
		t.Errorf("got %q, want 未报送", got)
	}
}

func TestQ9WhoDecidedTheAdmonitionAndUnderWhatAuthority(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	rule := casework.Rule{What: casework.RuleMeasure, Side: casework.SideMember, Measure: casework.MeasureAdmonish, Body: "县委组织部", Basis: "干部管理权限规定第5条", From: calendar.NewDate(2025, 1, 1)}
	if err := r.Office.SetRules(t.Context(), r.clerk, []casework.Rule{rule}); err != nil {
		t.Fatal(err)
	}
	c := r.hand()
	r.approve(c.ID)
	if err := r.Office.AddStatement(t.Context(), r.clerk, c.ID, 3, "说明"); err != nil {
		t.Fatal(err)
	}
	decide := func(body, reason string) error {
		return r.Office.ConcludeBranch(t.Context(), r.leader.AsActor(), c.ID, 3, office.Conclusion{Liable: true, Text: "无故不在岗", By: r.clerk.User,
			Measures: []office.MeasureDecided{{Kind: casework.MeasureAdmonish, Person: "本人", Body: body, Reason: reason}}})
	}
	if err := decide("县驻村办", "情节较重"); keyOf(err) != "case.measure_power" {
		t.Errorf("got %v, want a body without the power refused", err)
	}
	if err := decide("县委组织部", ""); keyOf(err) != "case.deviation_reason" {
		t.Errorf("got %v, want a reason asked for", err)
	}
	if err := decide("县委组织部", "情节较重"); err != nil {
		t.Fatal(err)
	}
	r.view(func(tx *store.Tx) error {
		list, err := tx.Measures(c.ID)
		if err != nil {
			return err
		}
		m := list[0]
		if m.Body != "县委组织部" || m.Authority != "干部管理权限规定第5条" || m.DecidedBy != r.leader.ID || m.Proposed != casework.MeasureCriticism || m.Reason != "情节较重" {
			t.Errorf("got %+v, want body, authority, who, what was proposed and why not that", m)
		}
		return nil
	})
}

func TestQ10UsingPaperOnlyDoesATownshipLoseAnything(t *testing.T) {
	t.Parallel()
	typed, paper := reviewing(t), reviewing(t)
	township := inspections.Actor{User: 99, Name: "乡镇", Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}}
	own, err := typed.Office.ReceiveReport(t.Context(), township, office.Report{Member: 1, At: calendar.InstantOf(typed.now.Add(-time.Hour)), What: "不在岗"})
	if err != nil {
		t.Fatal(err)
	}
	byClerk, err := paper.Office.ReceiveReport(t.Context(), paper.clerk, office.Report{Member: 1, At: calendar.InstantOf(paper.now.Add(-time.Hour)), What: "不在岗"})
	if err != nil {
		t.Fatal(err)
	}
	if own != byClerk {
		t.Errorf("got %+v from the page and %+v from paper, want the same case", own, byClerk)
	}
}
