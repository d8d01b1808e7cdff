package simulate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

// soak reports whether the long tests are asked for.
func soak() bool { return os.Getenv("ANFANG_TEST_SOAK") != "" }

// reading is what both kinds of transaction can be asked for.
type reading interface {
	Settings() ([]inspections.Setting, error)
	JournalAfter(seq int64, limit int) ([]journal.Record, error)
	Visits(inspections.VisitFilter) ([]inspections.Visit, error)
	Obligations(duties.Filter) ([]duties.Obligation, error)
	Freeze(calendar.Week) (inspections.Freeze, error)
	Slots(calendar.Week) ([]inspections.Slot, error)
	Anchor(int) (inspections.Anchor, error)
	Exception(calendar.Week) (inspections.Exception, error)
	LastRun(string) (inspections.Run, error)
	InspectorLeaves(from, until calendar.Date) ([]inspections.InspectorLeave, error)
	WeekPlan(calendar.Week) (inspections.WeekPlan, error)
}

// snapshot lists everything a county holds, under a name each; errors stand for what is missing.
func snapshot(tx reading, letters func() ([]inspections.Letter, error)) map[string]any {
	all := map[string]any{}
	keep := func(name string, v any, err error) {
		if err != nil {
			v = fmt.Sprintf("%s: %v", inspections.KindOf(err), inspections.IsNotFound(err))
		}
		all[name] = v
	}
	settings, err := tx.Settings()
	keep("settings", settings, err)
	records, err := tx.JournalAfter(0, 1<<20)
	keep("journal", records, err)
	for name, f := range map[string]inspections.VisitFilter{
		"all": {}, "released": {State: inspections.VisitReleased}, "random": {Kind: inspections.VisitRandom, State: inspections.VisitCompleted},
		"team 3": {Team: 3}, "inspector 2": {Inspector: 2}, "week 2": {Year: firstYear, Week: 2}, "week 2, cancelled": {Year: firstYear, Week: 2, State: inspections.VisitCancelled},
		"span": {From: calendar.InstantOf(calendar.NewDate(2017, 1, 5).At(9, 0)), Until: calendar.InstantOf(calendar.NewDate(2017, 1, 13).At(14, 30))},
	} {
		visits, err := tx.Visits(f)
		keep("visits "+name, visits, err)
	}
	for name, f := range map[string]duties.Filter{
		"all": {}, "open": {Open: true}, "unescalated": {Open: true, Unescalated: true}, "records": {Kind: duties.RecordVisit},
		"period": {Period: "2017-W01"}, "subject": {Subject: "visit/2"}, "county": {Party: inspections.PartyCounty},
		"due": {DueBy: calendar.InstantOf(calendar.NewDate(2017, 1, 9).Start())}, "nothing": {Subject: "visit/0"},
	} {
		list, err := tx.Obligations(f)
		keep("obligations "+name, list, err)
	}
	for w := (calendar.Week{Year: firstYear, Number: 1}); w.Number < 8; w = w.Add(1) {
		freeze, err := tx.Freeze(w)
		keep("freeze "+w.String(), freeze, err)
		slots, err := tx.Slots(w)
		keep("slots "+w.String(), slots, err)
		plan, err := tx.WeekPlan(w)
		keep("plan "+w.String(), plan, err)
		exception, err := tx.Exception(w)
		keep("exception "+w.String(), exception, err)
	}
	for _, year := range []int{firstYear, firstYear + 1} {
		anchor, err := tx.Anchor(year)
		keep(fmt.Sprint("anchor ", year), anchor, err)
	}
	run, err := tx.LastRun("nightly")
	keep("last run", run, err)
	leaves, err := tx.InspectorLeaves(calendar.NewDate(2017, 1, 1), calendar.NewDate(2018, 1, 1))
	keep("leaves", leaves, err)
	list, err := letters()
	keep("letters", list, err)
	return all
}

// shot is the snapshot of a county in memory.
func (m *Memory) shot(t *testing.T) map[string]any {
	t.Helper()
	var all map[string]any
	err := m.inTx(t.Context(), func(tx *Tx) error {
		all = snapshot(tx, func() ([]inspections.Letter, error) { return append([]inspections.Letter(nil), tx.letters...), nil })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func compare(t *testing.T, got, want map[string]any) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("got %d kinds, want %d", len(got), len(want))
	}
	for name := range want {
		if !same(got[name], want[name]) {
			t.Errorf("%s: got %.2000v, want %.2000v", name, got[name], want[name])
		}
	}
}

// same compares deeply; an empty list is like none.
func same(a, b any) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	if x.IsValid() && y.IsValid() && x.Kind() == reflect.Slice && y.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 {
		return x.Type() == y.Type()
	}
	return reflect.DeepEqual(a, b)
}

// onSQLite keeps the same county in a real store.
func onSQLite(t *testing.T, o Options) (*world, *store.Store) {
	t.Helper()
	w, err := newClockwork(o)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Config{Path: t.TempDir() + "/anfang.db", County: county, Now: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = s.InTx(t.Context(), func(tx *store.Tx) error { return fill(tx, newRoster(o), o, w.now) })
	if err != nil {
		t.Fatal(err)
	}
	w.on(func(ctx context.Context, fn func(scheduler.Tx) error) error {
		return s.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
	}, func(ctx context.Context, fn func(office.Tx) error) error {
		return s.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
	})
	return w, s
}

func fill(tx *store.Tx, roster *inspections.Roster, o Options, now time.Time) error {
	var faults []error
	for _, v := range roster.Townships {
		faults = append(faults, tx.AddTownship(&v))
	}
	for _, v := range roster.Units {
		faults = append(faults, tx.AddUnit(&v))
	}
	for _, v := range roster.Teams {
		faults = append(faults, tx.AddTeam(&v))
	}
	for _, v := range roster.TeamUnits {
		faults = append(faults, tx.AddTeamUnit(v))
	}
	for _, v := range roster.Inspectors {
		faults = append(faults, tx.AddInspector(&v))
	}
	for _, v := range newUsers() {
		faults = append(faults, tx.AddUser(&v))
	}
	for _, v := range newSettings(o, calendar.InstantOf(now)) {
		faults = append(faults, tx.AddSetting(v))
	}
	return errors.Join(faults...)
}

func TestMemoryHoldsWhatSQLiteHolds(t *testing.T) {
	t.Parallel()
	o := Defaults()
	o.Teams, o.Inspectors, o.FallThrough = 40, 9, 0.25
	o.Seed = 5
	weeks := 2
	if soak() {
		weeks = 6
	}
	first := calendar.Week{Year: firstYear, Number: 1}
	last := first.Add(weeks - 1)
	inMemory, memory, err := newWorld(o)
	if err != nil {
		t.Fatal(err)
	}
	onDisk, disk := onSQLite(t, o)
	for _, w := range []*world{inMemory, onDisk} {
		if err := w.run(t.Context(), first, last, func(finished) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	for name, w := range map[string]*world{"memory": inMemory, "SQLite": onDisk} {
		for week := first; !last.Before(week); week = week.Add(1) {
			check, err := w.VerifyWeek(t.Context(), calendar.InstantOf(w.now), week)
			if err != nil || !check.Sound || check.Open > 0 {
				t.Errorf("%s, %s: got %+v, %v", name, week, check, err)
			}
		}
	}
	got := memory.shot(t)
	var want map[string]any
	err = disk.View(t.Context(), func(tx *store.Tx) error {
		want = snapshot(tx, func() ([]inspections.Letter, error) { return tx.Letters(inspections.LetterFilter{}) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, got, want)
	if n := len(got["visits all"].([]inspections.Visit)); n < 3*weeks {
		t.Errorf("only %d visits in %d weeks: the county is too quiet to compare", n, weeks)
	}
	if got["visits week 2, cancelled"] == nil {
		t.Error("nothing fell through: the county is too smooth to compare")
	}
}

func TestMemoryTakesBackWhatFailed(t *testing.T) {
	t.Parallel()
	o := Defaults()
	o.Teams = 20
	w, m, err := newWorld(o)
	if err != nil {
		t.Fatal(err)
	}
	week := calendar.Week{Year: firstYear, Number: 1}
	if err := w.run(t.Context(), week, week, func(finished) error { return nil }); err != nil {
		t.Fatal(err)
	}
	// Everything that can be written, once more.
	change := func(tx *Tx) error {
		visits, err := tx.Visits(inspections.VisitFilter{})
		if err != nil {
			return err
		}
		obligations, err := tx.Obligations(duties.Filter{})
		if err != nil {
			return err
		}
		later, done := visits[0], obligations[len(obligations)-1]
		later.State, later.Note = inspections.VisitReleased, "again"
		done.Done, done.DoneRef = calendar.Instant{}, "opened"
		earlier := inspections.Visit{Kind: inspections.VisitManual, Team: 3, First: 1, Second: 2, Start: calendar.InstantOf(visits[0].Start.Add(-time.Hour))}
		_, runErr := tx.AddRun(inspections.Run{Job: "nightly", Due: tx.Now()})
		_, letterErr := tx.Enqueue(inspections.Letter{Key: "new"})
		_, dutyErr := tx.AddObligation(&duties.Obligation{Kind: duties.Bulletin, Period: "2017-01"})
		_, journalErr := journal.Append(tx, journal.Entry{Kind: "test", Body: map[string]any{"n": 1}})
		_, findErr := tx.Freeze(week)
		return errors.Join(
			tx.AddSetting(inspections.Setting{Key: inspections.SetLambda, Value: "5000", Recorded: tx.Now()}),
			tx.AddVisit(&earlier), tx.SaveVisit(later), tx.SaveObligation(done), runErr, letterErr, dutyErr, journalErr, findErr,
			tx.AddFreeze(inspections.Freeze{Year: firstYear, Week: 5}), tx.SetCoSeed(week, "1111111111", "x", tx.Now()),
			tx.AddSlot(inspections.Slot{Year: firstYear, Week: 5, Slot: 2}), tx.AddSlot(inspections.Slot{Year: firstYear, Week: 5, Slot: 1}),
			tx.RevealSlot(calendar.Week{Year: firstYear, Number: 5}, 1, "ab"),
			tx.AddException(inspections.Exception{Year: firstYear, Week: 5}), tx.AddAnchor(inspections.Anchor{Year: firstYear + 1}),
			tx.AddWeekPlan(&inspections.WeekPlan{Year: firstYear, Week: 1, Reason: "again"}), tx.AddWeekPlan(&inspections.WeekPlan{Year: firstYear, Week: 6}),
			tx.AddInspectorLeave(&inspections.InspectorLeave{Inspector: 1, From: calendar.NewDate(2017, 1, 2)}),
		)
	}
	before := m.shot(t)
	wrong := errors.New("changed our mind")
	t.Run("after an error", func(t *testing.T) {
		if err := m.inTx(t.Context(), func(tx *Tx) error { return errors.Join(change(tx), wrong) }); !errors.Is(err, wrong) || inspections.KindOf(err) != "" {
			t.Fatalf("got %v, want only the error of the function", err)
		}
		compare(t, m.shot(t), before)
	})
	t.Run("after a panic", func(t *testing.T) {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was lost")
				}
			}()
			_ = m.inTx(t.Context(), func(tx *Tx) error {
				if err := change(tx); err != nil {
					t.Error(err)
				}
				panic("help")
			})
		}()
		compare(t, m.shot(t), before)
	})
	t.Run("and keeps what did not fail", func(t *testing.T) {
		if err := m.inTx(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		after := m.shot(t)
		for _, name := range []string{
			"settings", "journal", "visits all", "visits released", "visits team 3", "visits inspector 2", "obligations all", "obligations open",
			"freeze 2017-W01", "freeze 2017-W05", "slots 2017-W05", "exception 2017-W05", "plan 2017-W01", "plan 2017-W06", "anchor 2018", "last run", "leaves", "letters",
		} {
			if reflect.DeepEqual(after[name], before[name]) {
				t.Errorf("%s did not change", name)
			}
		}
	})
	t.Run("and refuses what stands already", func(t *testing.T) {
		for name, again := range map[string]func(*Tx) error{
			"freeze":    func(tx *Tx) error { return tx.AddFreeze(inspections.Freeze{Year: firstYear, Week: 5}) },
			"slot":      func(tx *Tx) error { return tx.AddSlot(inspections.Slot{Year: firstYear, Week: 5, Slot: 2}) },
			"exception": func(tx *Tx) error { return tx.AddException(inspections.Exception{Year: firstYear, Week: 5}) },
			"anchor":    func(tx *Tx) error { return tx.AddAnchor(inspections.Anchor{Year: firstYear + 1}) },
			"co-seed":   func(tx *Tx) error { return tx.SetCoSeed(week, "2222222222", "x", tx.Now()) },
			"link":      func(tx *Tx) error { return tx.RevealSlot(calendar.Week{Year: firstYear, Number: 5}, 1, "ab") },
			"record":    func(tx *Tx) error { return tx.AddJournal(journal.Record{Seq: 1}) },
			"visit": func(tx *Tx) error {
				visits, err := tx.Visits(inspections.VisitFilter{Kind: inspections.VisitRandom})
				return errors.Join(err, tx.AddVisit(&visits[0]))
			},
		} {
			if err := m.inTx(t.Context(), again); inspections.KindOf(err) != inspections.Conflict {
				t.Errorf("%s: got %v, want a conflict", name, err)
			}
		}
		err := m.inTx(t.Context(), func(tx *Tx) error {
			run, err := tx.AddRun(inspections.Run{Job: "nightly", Due: tx.Now()})
			letter, err2 := tx.Enqueue(inspections.Letter{Key: "new"})
			duty, err3 := tx.AddObligation(&duties.Obligation{Kind: duties.Bulletin, Period: "2017-01"})
			if run || letter || duty {
				t.Errorf("got %t %t %t, want nothing done twice", run, letter, duty)
			}
			return errors.Join(err, err2, err3)
		})
		if err != nil {
			t.Error(err)
		}
	})
}
