package office_test

import (
	"errors"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

func key(err error) string {
	var e *inspections.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

func TestAVerifiedAbsenceProposesOneCaseWithEverySide(t *testing.T) {
	t.Parallel()
	d := open(t)
	v := d.released(t)
	d.record(t, v)
	done, err := d.VerifyVisit(t.Context(), clerk, v.ID, map[inspections.MemberID]string{1: "未请假"})
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Cases) != 1 || len(done.Findings) != 1 || len(done.Covered) != 0 {
		t.Fatalf("got %+v, want one finding and one case", done)
	}
	c := done.Cases[0]
	if got, want := c.Due, calendar.InstantOf(monday.Add(7).End()); !got.Equal(want.Time) {
		t.Errorf("due: got %s, want %s", got, want)
	}
	d.do(t, func(tx *store.Tx) error {
		branches, err := tx.Branches(c.ID)
		if err != nil {
			return err
		}
		sides := map[casework.Side]int{}
		for _, b := range branches {
			sides[b.Side]++
			if b.State != casework.BranchAwaiting {
				t.Errorf("branch %d: got %s, want awaiting", b.Seq, b.State)
			}
		}
		if sides[casework.SideTownship] != 1 || sides[casework.SideUnit] != 2 || sides[casework.SideMember] != 1 {
			t.Errorf("branches: got %v", sides)
		}
		if got, want := branches[0].Responsible, `[{"post":"deputy","name":"龙超"}]`; got != want {
			t.Errorf("responsible: got %s, want %s", got, want)
		}
		letters, err := tx.Letters(inspections.LetterFilter{})
		if err != nil {
			return err
		}
		for _, l := range letters {
			if l.Kind != inspections.LetterApprove {
				t.Errorf("letter %s left before the approval", l.Kind)
			}
		}
		lines, err := tx.Attendances(v.ID)
		if err != nil {
			return err
		}
		if lines[0].SeenAs != inspections.ToVerify || lines[0].Presence != inspections.Unexcused || lines[0].Explanation != "未请假" {
			t.Errorf("presence: got %+v", lines[0])
		}
		return nil
	})
}

func TestLeaveCoversAnAbsenceAndStaysOnRecordAsSuch(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]inspections.Presence{"sick": inspections.OnLeave, "travel": inspections.OnTravel} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			v := d.released(t)
			d.record(t, v)
			if _, err := d.RecordLeave(t.Context(), clerk, inspections.Leave{Member: 1, Kind: kind, From: monday, Until: monday}); err != nil {
				t.Fatal(err)
			}
			done, err := d.VerifyVisit(t.Context(), clerk, v.ID, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(done.Cases) != 0 || len(done.Covered) != 1 {
				t.Fatalf("got %+v, want nobody blamed", done)
			}
			d.do(t, func(tx *store.Tx) error {
				lines, err := tx.Attendances(v.ID)
				if err == nil && (lines[0].Presence != want || lines[0].SeenAs != inspections.ToVerify) {
					t.Errorf("got %s seen as %s, want %s", lines[0].Presence, lines[0].SeenAs, want)
				}
				return err
			})
		})
	}
}

func TestACaseRunsFromApprovalToCloseAndNotBeforeEveryBranchIsConcluded(t *testing.T) {
	t.Parallel()
	d := open(t)
	v := d.released(t)
	d.record(t, v)
	done, err := d.VerifyVisit(t.Context(), clerk, v.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	id := done.Cases[0].ID
	if _, err := d.ApproveCase(t.Context(), clerk, id, "副部长"); key(err) != "forbidden" {
		t.Errorf("clerk approves: got %v", err)
	}
	if _, err := d.ApproveCase(t.Context(), leader, id, "副部长"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ApproveCase(t.Context(), leader, id, "副部长"); key(err) != "case.not_proposed" {
		t.Errorf("approved twice: got %v", err)
	}
	d.do(t, func(tx *store.Tx) error {
		for kind, want := range map[inspections.LetterKind]int{inspections.LetterCaseTownship: 1, inspections.LetterCaseUnit: 2, inspections.LetterCaseMember: 1} {
			letters, err := tx.Letters(inspections.LetterFilter{Kind: kind})
			if err != nil || len(letters) != want {
				t.Errorf("%s: got %d, %v, want %d", kind, len(letters), err, want)
			}
		}
		return nil
	})
	if err := d.ConcludeBranch(t.Context(), leader, id, 1, office.Conclusion{Text: "已尽责", By: leader.User}); key(err) != "case.second_person" {
		t.Errorf("same person: got %v", err)
	}
	for seq := 1; seq <= 4; seq++ {
		if _, err := d.CloseCase(t.Context(), clerk, id); key(err) != "case.branch_open" {
			t.Errorf("closed with branch %d open: got %v", seq, err)
		}
		if err := d.ConcludeBranch(t.Context(), leader, id, seq, office.Conclusion{Text: "结论", By: clerk.User}); key(err) != "case.not_heard" {
			t.Errorf("branch %d concluded before anybody was heard: got %v", seq, err)
		}
		if err := d.AddStatement(t.Context(), clerk, id, seq, "情况说明"); err != nil {
			t.Fatal(err)
		}
		end := office.Conclusion{Liable: seq == 4, Text: "结论", By: clerk.User}
		if seq == 4 {
			end.Measures = []office.MeasureDecided{{Kind: casework.MeasureCriticism, Person: members[0], Body: "县驻村办"}}
		}
		if err := d.ConcludeBranch(t.Context(), leader, id, seq, end); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.CloseCase(t.Context(), clerk, id); key(err) != "case.measure_open" {
		t.Errorf("closed with an open measure: got %v", err)
	}
	if err := d.ExecuteMeasure(t.Context(), clerk, id, 1); err != nil {
		t.Fatal(err)
	}
	d.do(t, func(tx *store.Tx) error {
		acts, err := tx.Acts(id)
		if i := len(acts) - 1; i < 0 || acts[i].Kind != casework.ActServed || acts[i].Measure != 1 {
			t.Errorf("got %+v, %v, want the service on record with the execution", acts, err)
		}
		return err
	})
	c, err := d.CloseCase(t.Context(), clerk, id)
	if err != nil || c.State != casework.Closed {
		t.Fatalf("got %s, %v", c.State, err)
	}
	d.do(t, func(tx *store.Tx) error {
		owed, err := tx.Obligations(duties.Filter{Open: true})
		if err != nil || len(owed) != 0 {
			t.Errorf("still owed: %+v, %v", owed, err)
		}
		n, _, err := journal.Verify(tx)
		if err != nil || n < 10 {
			t.Errorf("journal: %d records, %v", n, err)
		}
		return nil
	})
}

func TestAVisitIsRecordedOnceAndOnlyByItsPair(t *testing.T) {
	t.Parallel()
	d := open(t)
	v := d.released(t)
	d.now = monday.At(12, 0)
	good := office.VisitRecord{Visit: v.ID, Visited: calendar.InstantOf(monday.At(10, 0)), Members: []office.MemberSeen{{Member: 1, Present: true}, {Member: 2, Present: true}}}
	inspector := func(id int64) inspections.Actor {
		return inspections.Actor{User: 9, Role: inspections.RoleInspector, Party: inspections.Party{Kind: inspections.PartyInspector, ID: id}}
	}
	cases := []struct {
		name string
		by   inspections.Actor
		edit func(*office.VisitRecord)
		want string
	}{
		{"another inspector", inspector(3), func(*office.VisitRecord) {}, "visit.not_yours"},
		{"a township", inspections.Actor{User: 8, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}}, func(*office.VisitRecord) {}, "visit.not_yours"},
		{"a time before the release", clerk, func(r *office.VisitRecord) { r.Visited = calendar.InstantOf(monday.At(7, 0)) }, "visit.time"},
		{"a time to come", clerk, func(r *office.VisitRecord) { r.Visited = calendar.InstantOf(monday.At(13, 0)) }, "visit.time"},
		{"a member left out", clerk, func(r *office.VisitRecord) { r.Members = r.Members[:1] }, "visit.member_missing"},
		{"a stranger", clerk, func(r *office.VisitRecord) { r.Members = []office.MemberSeen{{Member: 7}, {Member: 2}} }, "visit.member_unknown"},
		{"a member twice", clerk, func(r *office.VisitRecord) { r.Members = []office.MemberSeen{{Member: 2}, {Member: 2}} }, "visit.member_twice"},
		{"an unknown item", clerk, func(r *office.VisitRecord) {
			r.Checks = []office.CheckMade{{Item: "weather", Result: inspections.CheckOK}}
		}, "visit.check_unknown"},
		{"an empty photo", clerk, func(r *office.VisitRecord) { r.Photos = []office.Photo{{Name: "a.jpg"}} }, "visit.photo_empty"},
	}
	for _, c := range cases {
		bad := good
		c.edit(&bad)
		if _, err := d.RecordVisit(t.Context(), c.by, bad); key(err) != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	d.do(t, func(tx *store.Tx) error {
		v, err := tx.Visit(v.ID)
		if err == nil && v.State != inspections.VisitReleased {
			t.Errorf("a refused record changed the visit to %s", v.State)
		}
		return err
	})
	if _, err := d.RecordVisit(t.Context(), inspector(2), good); err != nil {
		t.Fatal(err)
	}
	if _, err := d.RecordVisit(t.Context(), clerk, good); key(err) != "visit.not_awaited" {
		t.Errorf("recorded twice: got %v", err)
	}
}

func TestImportingTwiceChangesNothingAndAChangedDeputyIsDated(t *testing.T) {
	t.Parallel()
	d := open(t)
	again, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "花名册.xlsx", SHA: "00"}, rows())
	if err != nil || !again.Repeat {
		t.Fatalf("same bytes: got %+v, %v", again, err)
	}
	same, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "花名册.csv", SHA: "01"}, rows())
	if err != nil || len(same.Added) != 0 || len(same.Changed) != 0 {
		t.Fatalf("same rows: got %+v, %v", same, err)
	}
	d.now = monday.Add(10).At(9, 0)
	changed := rows()
	changed.Townships[0].Deputy = "陈飞"
	dry, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "x", SHA: "02", DryRun: true}, changed)
	if err != nil || dry.Added["holder"] != 1 {
		t.Fatalf("dry run: got %+v, %v", dry, err)
	}
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "x", SHA: "02"}, changed); err != nil {
		t.Fatal(err)
	}
	d.do(t, func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		p := inspections.Party{Kind: inspections.PartyTownship, ID: 1}
		before, _ := roster.Holder(p, inspections.PostDeputy, monday)
		after, _ := roster.Holder(p, inspections.PostDeputy, monday.Add(10))
		if before.Name != "龙超" || after.Name != "陈飞" {
			t.Errorf("got %q then %q", before.Name, after.Name)
		}
		return nil
	})
}

func TestATownshipsReportStartsTheOpinionClockAndCountsForIt(t *testing.T) {
	t.Parallel()
	d := open(t)
	township := inspections.Actor{User: 5, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}}
	other := township
	other.Party.ID = 2
	d.now = monday.At(17, 0)
	report := office.Report{Member: 1, At: calendar.InstantOf(monday.At(9, 0)), What: "点名未到"}
	if _, err := d.ReceiveReport(t.Context(), other, report); key(err) != "report.not_yours" {
		t.Errorf("another township: got %v", err)
	}
	for want, bad := range map[string]office.Report{
		"report.text_missing": {Member: 1, At: report.At},
		"report.time":         {Member: 1, At: calendar.InstantOf(monday.At(18, 0)), What: "x"},
		"report.not_posted":   {Member: 9, At: report.At, What: "x"},
	} {
		if _, err := d.ReceiveReport(t.Context(), township, bad); key(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	c, err := d.ReceiveReport(t.Context(), township, report)
	if err != nil || !c.Reported || c.Source != "report" {
		t.Fatalf("got %+v, %v", c, err)
	}
	d.do(t, func(tx *store.Tx) error {
		owed, err := tx.Obligations(duties.Filter{Kind: duties.Opinion, Open: true})
		if err != nil || len(owed) != 1 || !owed[0].Due.Equal(monday.Add(3).End()) {
			t.Errorf("opinion: got %+v, %v, want due %s", owed, err, monday.Add(3))
		}
		return nil
	})
	if _, err := d.ApproveCase(t.Context(), leader, c.ID, "副部长"); err != nil {
		t.Fatal(err)
	}
	d.do(t, func(tx *store.Tx) error {
		owed, err := tx.Obligations(duties.Filter{Kind: duties.Opinion, Open: true})
		if err != nil || len(owed) != 0 {
			t.Errorf("the opinion is still owed: %+v, %v", owed, err)
		}
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterCaseTownship})
		if err != nil || len(letters) != 1 || !strings.Contains(string(letters[0].Args), "点名未到") {
			t.Errorf("letters: got %v, %v", letters, err)
		}
		return nil
	})
	// The day after it is no prompt report any more.
	d.now = monday.Add(1).At(9, 0)
	late, err := d.ReceiveReport(t.Context(), clerk, office.Report{Member: 2, At: report.At, What: "昨日未到"})
	if err != nil || late.Reported {
		t.Errorf("got %+v, %v", late, err)
	}
}

func TestAFileWithLostCharactersReplacesNoWholeNameAndTheGoodFileStillMends(t *testing.T) {
	t.Parallel()
	d := open(t)
	name := func() string {
		var got string
		d.do(t, func(tx *store.Tx) error {
			roster, err := tx.Roster()
			if err != nil {
				return err
			}
			m, _ := roster.Member(1)
			got = m.Name
			return nil
		})
		return got
	}
	lost := rows()
	lost.Members[0].Name = "李?"
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "damaged.csv", SHA: "03"}, lost); err != nil {
		t.Fatal(err)
	}
	if got := name(); got != members[0] {
		t.Errorf("after the damaged file: got %q, want %q", got, members[0])
	}
	wrong := rows()
	wrong.Members[0].Name = "李均"
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "wrong.csv", SHA: "04"}, wrong); err != nil {
		t.Fatal(err)
	}
	mended, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "花名册.xlsx", SHA: "00"}, rows())
	if err != nil || mended.Repeat || name() != members[0] {
		t.Errorf("the first file again: got %+v, %q, %v", mended, name(), err)
	}
}
