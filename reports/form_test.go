package reports_test

import (
	"errors"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

func inspector(id int64) inspections.Actor {
	return inspections.Actor{User: inspections.UserID(20 + id), Role: inspections.RoleInspector, Party: inspections.Party{Kind: inspections.PartyInspector, ID: id}}
}

// sent puts one released visit of 12 March, 08:30 to 11:30, with the letter to its pair.
func (p *press) sent(t *testing.T) inspections.Visit {
	t.Helper()
	day := calendar.NewDate(2025, time.March, 12)
	v := inspections.Visit{
		Kind: inspections.VisitRandom, Team: 1, Year: 2025, Week: 11, Slot: 5, First: 1, Second: 2, State: inspections.VisitReleased,
		Start: calendar.InstantOf(day.At(8, 30)), End: calendar.InstantOf(day.At(11, 30)), Released: calendar.InstantOf(day.At(8, 10)),
	}
	p.do(t, func(tx *store.Tx) error {
		if err := tx.AddVisit(&v); err != nil {
			return err
		}
		l, err := inspections.NewLetter(inspections.LetterGo, "go/1", inspections.Party{Kind: inspections.PartyInspector, ID: 1}, "朱伟", "zhu@example.com",
			inspections.AssignmentArgs{Visit: v.ID, Issuer: "县驻村办", Start: v.Start, End: v.End})
		if err != nil {
			return err
		}
		l.Created = v.Released
		_, err = tx.Enqueue(l)
		return err
	})
	p.Read = func(l inspections.Letter) (reports.PrintedLetter, error) {
		return reports.PrintedLetter{Title: "督查任务通知", To: l.Name}, nil
	}
	return v
}

// TestATaskNoticeIsThereForItsPairFromTheReleaseOn holds every other answer to the one for a visit that does not exist.
func TestATaskNoticeIsThereForItsPairFromTheReleaseOn(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	v := p.sent(t)
	reviewer := inspections.Actor{User: 30, Role: inspections.RoleReviewer}
	township := inspections.Actor{User: 31, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}}
	day := calendar.NewDate(2025, time.March, 12)
	for _, c := range []struct {
		name string
		at   time.Time
		by   inspections.Actor
		seen bool
	}{
		{"the pair before the release", day.At(8, 9), inspector(1), false},
		{"the pair at the release", day.At(8, 10), inspector(1), true},
		{"the other of the pair", day.At(8, 10), inspector(2), true},
		{"another inspector", day.At(9, 0), inspector(3), false},
		{"the leader while the window runs", day.At(9, 0), leader, false},
		{"the clerk while the window runs", day.At(11, 30), clerk, false},
		{"the clerk after it", day.At(11, 31), clerk, true},
		{"a reviewer in the week", day.At(18, 0), reviewer, false},
		{"the township ever", day.Add(30).At(8, 0), township, false},
	} {
		p.now = c.at
		paper, err := p.TaskNoticePDF(t.Context(), c.by, v.ID)
		if c.seen {
			if err != nil || len(paper.PDF) == 0 {
				t.Errorf("%s: got %v", c.name, err)
			}
			continue
		}
		_, nothing := p.TaskNoticePDF(t.Context(), c.by, v.ID+1)
		if got, want := key(err), key(nothing); got != want || got != "paper.no_task" {
			t.Errorf("%s: got %s, for no visit at all %s", c.name, got, want)
		}
		if _, err := p.VisitRecordPDF(t.Context(), c.by, v.ID); !inspections.IsNotFound(err) {
			t.Errorf("%s: the record: got %v", c.name, err)
		}
	}
}

func TestAVisitWithoutARecordHasNoPaper(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	v := p.sent(t)
	p.now = calendar.NewDate(2025, time.March, 12).At(9, 0)
	if _, err := p.VisitRecord(t.Context(), inspector(1), v.ID); key(err) != "paper.not_recorded" {
		t.Errorf("of a visit under way: got %v", err)
	}
	for _, by := range []inspections.Actor{clerk, inspector(2)} {
		r, err := p.VisitRecord(t.Context(), by, 1)
		if err != nil || r.Township != "马田镇" || r.Village != "村0" {
			t.Errorf("%s: got %+v, %v", by.Role, r, err)
		}
	}
}

func TestATownshipHasItsOwnExtractOnceTheBulletinIsIssued(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	p.now = calendar.NewDate(2025, time.April, 6).At(8, 0)
	own := inspections.Actor{User: 31, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}}
	if _, err := p.Draft(t.Context(), clerk, march); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Extract(t.Context(), own, march, 1); key(err) != "paper.no_extract" {
		t.Errorf("while it is a draft: got %v", err)
	}
	if e, err := p.Extract(t.Context(), clerk, march, 1); err != nil || !e.Head.Sample || e.Township != "马田镇" {
		t.Errorf("for the office: got %+v, %v, want a sample", e.Head, err)
	}
	p.now = calendar.NewDate(2025, time.April, 9).At(0, 0)
	if _, err := p.SignOff(t.Context(), leader, march); err != nil {
		t.Fatal(err)
	}
	if e, err := p.Extract(t.Context(), own, march, 1); err != nil || e.Head.Sample || e.Head.Number != 1 {
		t.Errorf("once it is issued: got %+v, %v", e.Head, err)
	}
	if _, err := p.Extract(t.Context(), own, march, 2); key(err) != "forbidden" {
		t.Errorf("of another township: got %v", err)
	}
	if _, err := p.Extract(t.Context(), clerk, march, 9); key(err) != "paper.no_township" {
		t.Errorf("of no township: got %v", err)
	}
}

func TestMinutesSayWhatTheyLack(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	whole := reports.Minutes{Title: "专题会议纪要", Date: calendar.NewDate(2025, time.March, 14), Text: []string{"会议要求补齐台账。"}, Present: []string{"王小明"}}
	if m, err := p.Minutes(t.Context(), clerk, whole); err != nil || m.Issuer != "县驻村办" || m.Sample || m.Created.IsZero() {
		t.Errorf("got %+v, %v", m, err)
	}
	for field, cut := range map[string]func(*reports.Minutes){
		"title": func(m *reports.Minutes) { m.Title = "" }, "date": func(m *reports.Minutes) { m.Date = 0 },
		"text": func(m *reports.Minutes) { m.Text = nil }, "present": func(m *reports.Minutes) { m.Present = nil },
	} {
		m := whole
		cut(&m)
		_, err := p.MinutesPDF(t.Context(), clerk, m)
		var e *inspections.Error
		if !errors.As(err, &e) || e.Key != "paper.minutes_lack" || e.Args[1] != field {
			t.Errorf("without %s: got %v", field, err)
		}
	}
}
