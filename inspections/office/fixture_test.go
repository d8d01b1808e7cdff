package office_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// desk is an office over a real SQLite store with a clock that the test sets.
type desk struct {
	*office.Office
	store *store.Store
	now   time.Time
}

var (
	clerk   = inspections.Actor{User: 1, Name: "何文静", Role: inspections.RoleClerk}
	leader  = inspections.Actor{User: 2, Name: "周立新", Role: inspections.RoleLeader}
	monday  = calendar.NewDate(2025, time.March, 10)
	members = []string{"李军", "许慧"}
)

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{now: monday.At(8, 0)}
	s, err := store.Open(t.Context(), store.Config{DataDir: t.TempDir(), County: 431023, Now: func() time.Time { return d.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	in := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
		return func(ctx context.Context, fn func(office.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	d.store = s
	d.Office = &office.Office{InTx: in(s.InTx), View: in(s.View), Calendar: calendar.BuiltIn(), Chance: rand.NewChaCha8([32]byte{1})}
	d.do(t, func(tx *store.Tx) error {
		for _, u := range []inspections.User{
			{Login: "clerk", Name: clerk.Name, Role: inspections.RoleClerk, Password: "-", Created: tx.Now()},
			{Login: "leader", Name: leader.Name, Role: inspections.RoleLeader, Email: "leader@example.com", Password: "-", Created: tx.Now()},
		} {
			if err := tx.AddUser(&u); err != nil {
				return err
			}
		}
		return nil
	})
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{Name: "花名册.xlsx", SHA: "00"}, rows()); err != nil {
		t.Fatal(err)
	}
	return d
}

// rows are one township, one village, two units behind its team, two members and two inspectors.
func rows() inspections.RosterRows {
	return inspections.RosterRows{
		Townships: []inspections.TownshipRow{{Code: "431023001", Name: "便江街道", Deputy: "龙超", Email: "xz@example.com"}},
		Units: []inspections.UnitRow{
			{Name: "县残联", MainLeader: "王红", InCharge: "刘佳", Email: "dw1@example.com"},
			{Name: "县财政局", MainLeader: "陈书林", InCharge: "李涛", Email: "dw2@example.com"},
		},
		Teams: []inspections.TeamRow{{Code: "D003", Township: "便江街道", Village: "井凉街社区", VillageCode: "431023001003", Units: []string{"县残联", "县财政局"}, Kind: inspections.TeamBranch}},
		Members: []inspections.MemberRow{
			{Name: members[0], Phone: "19900000001", Township: "便江街道", Village: "井凉街社区", VillageCode: "431023001003", Unit: "县残联", Role: inspections.RoleHead},
			{Name: members[1], Phone: "19900000002", Township: "便江街道", Village: "井凉街社区", VillageCode: "431023001003", Unit: "县财政局"},
		},
		Inspectors: []inspections.InspectorRow{
			{Name: "朱伟", Office: "县委办公室", Email: "dc01@example.com"}, {Name: "吴海燕", Office: "县委办公室", Email: "dc02@example.com"},
		},
	}
}

func (d *desk) do(t *testing.T, fn func(*store.Tx) error) {
	t.Helper()
	if err := d.store.InTx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// released puts a released random visit on record, as the scheduler does.
func (d *desk) released(t *testing.T) inspections.Visit {
	t.Helper()
	week := calendar.WeekOf(monday)
	v := inspections.Visit{
		Kind: inspections.VisitRandom, Team: 1, Year: week.Year, Week: week.Number, Slot: 1, First: 1, Second: 2, State: inspections.VisitReleased,
		Start: calendar.InstantOf(monday.At(8, 30)), End: calendar.InstantOf(monday.At(11, 30)), Arrive: calendar.InstantOf(monday.At(9, 40)),
		Released: calendar.InstantOf(monday.At(8, 10)),
	}
	d.do(t, func(tx *store.Tx) error { return tx.AddVisit(&v) })
	return v
}

// record completes the visit at 10:00 with the first member absent.
func (d *desk) record(t *testing.T, v inspections.Visit) {
	t.Helper()
	d.now = monday.At(12, 0)
	_, err := d.RecordVisit(t.Context(), clerk, office.VisitRecord{
		Visit: v.ID, Visited: calendar.InstantOf(monday.At(10, 0)),
		Members: []office.MemberSeen{{Member: 1, Present: false, Explanation: "村干部称外出"}, {Member: 2, Present: true}},
		Checks:  []office.CheckMade{{Item: "ledger", Result: inspections.CheckProblem, Note: "台账缺3月8日"}, {Item: "diary", Result: inspections.CheckOK}},
		Photos:  []office.Photo{{Name: "door.jpg", Media: "image/jpeg", Data: []byte("jpeg")}},
	})
	if err != nil {
		t.Fatal(err)
	}
}
