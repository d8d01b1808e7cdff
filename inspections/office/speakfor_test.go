package office_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

func bodyActor(user inspections.UserID, role inspections.Role, kind inspections.PartyKind, id int64) inspections.Actor {
	return inspections.Actor{User: user, Role: role, Party: inspections.Party{Kind: kind, ID: id}}
}

// TestATownshipOrUnitSpeaksForItsOwnMemberAlone opens a case about a member of the first unit, in a team that a second
// unit is behind too: its investigation is the second of the units', and the member is none of its people.
func TestATownshipOrUnitSpeaksForItsOwnMemberAlone(t *testing.T) {
	t.Parallel()
	m := newMachine(t, storetest.FreshSQLite(t), storetest.County)
	ctx := t.Context()
	c, err := m.OpenCase(ctx, clerk, office.HandCase{Kind: "absent", Team: 1, FactAt: calendar.InstantOf(m.now), Reason: "核实属实", Members: []inspections.MemberID{1}})
	if err != nil {
		t.Fatal(err)
	}
	town := bodyActor(5, inspections.RoleTownship, inspections.PartyTownship, 1)
	unit := bodyActor(6, inspections.RoleUnit, inspections.PartyUnit, 1)
	const member = 4 // after the township and both units
	statement := casework.Act{Kind: casework.ActStatement, Branch: member, Text: "家人急病，来不及请假", How: casework.HowPhone}
	refused := func(name, key string, by inspections.Actor, a casework.Act) {
		t.Helper()
		var e *inspections.Error
		if _, err := m.Act(ctx, by, c.ID, a); !errors.As(err, &e) || e.Key != key {
			t.Errorf("%s: got %v, want %s", name, err, key)
		}
	}
	refused("before the start is approved", "case.act_state", town, statement)
	if _, err := m.ApproveCase(ctx, leader, c.ID, "副部长"); err != nil {
		t.Fatal(err)
	}
	with := func(change func(*casework.Act)) casework.Act {
		a := statement
		change(&a)
		return a
	}
	refused("another township", "case.unknown", bodyActor(7, inspections.RoleTownship, inspections.PartyTownship, 2), statement)
	refused("another unit", "case.unknown", bodyActor(8, inspections.RoleUnit, inspections.PartyUnit, 9), statement)
	refused("the other unit of the team", "case.not_your_branch", bodyActor(9, inspections.RoleUnit, inspections.PartyUnit, 2), statement)
	refused("for the other unit", "case.not_your_branch", unit, with(func(a *casework.Act) { a.Branch = 3 }))
	refused("without how it came", "case.how_missing", unit, with(func(a *casework.Act) { a.How = "" }))
	refused("by a way that is none", "case.act_how", unit, with(func(a *casework.Act) { a.How = "hearsay" }))
	refused("a talk", "forbidden", unit, with(func(a *casework.Act) { a.Kind, a.Second = casework.ActTalk, 2 }))
	refused("a talk of the desk by phone", "case.act_no_how", clerk, with(func(a *casework.Act) { a.Kind, a.Second = casework.ActTalk, leader.User }))

	said, err := m.Act(ctx, unit, c.ID, with(func(a *casework.Act) { a.Person, a.Body = "冒名", "冒名单位" }))
	if err != nil {
		t.Fatal(err)
	}
	if said.Member != 1 || said.Person != members[0] || said.Body != "县残联" || said.By != unit.User {
		t.Errorf("got %+v, want it said by the unit for its member", said)
	}
	if _, err := m.Act(ctx, town, c.ID, with(func(a *casework.Act) { a.Kind, a.How = casework.ActReply, casework.HowPaper })); err != nil {
		t.Errorf("the township for a member in its teams: %v", err)
	}
	if err := m.ConcludeBranch(ctx, leader, c.ID, member, office.Conclusion{Liable: true, Text: "未请假", By: clerk.User, Measures: []office.MeasureDecided{{Kind: casework.MeasureCriticism, Person: members[0], Body: "b", Reason: "r"}}}); err != nil {
		t.Fatal(err)
	}
	appeal := casework.Act{Kind: casework.ActAppeal, Measure: 1, Text: "当日确有急事", How: casework.HowInPerson}
	refused("against what nobody was told of", "case.not_served", unit, appeal)
	if _, err := m.Act(ctx, clerk, c.ID, casework.Act{Kind: casework.ActServed, Measure: 1, Text: "当面送达"}); err != nil {
		t.Fatal(err)
	}
	refused("the other unit's appeal", "case.not_your_branch", bodyActor(9, inspections.RoleUnit, inspections.PartyUnit, 2), appeal)
	if got, err := m.Act(ctx, unit, c.ID, appeal); err != nil || got.Branch != member {
		t.Errorf("got %+v, %v, want the member's appeal", got, err)
	}
	m.view(func(tx *store.Tx) error {
		records, err := tx.JournalOf(fmt.Sprintf("case/%d", c.ID))
		if !slices.ContainsFunc(records, func(r journal.Record) bool {
			return r.Kind == "case.act" && r.Actor == "unit/6" && strings.Contains(r.Body, `"how":"phone"`) && strings.Contains(r.Body, `"member":1`) && !strings.Contains(r.Body, "急病")
		}) {
			t.Errorf("the journal does not tell who spoke for whom and how: %+v", records)
		}
		_, bad := office.CheckWords(tx)
		return errors.Join(err, bad)
	})
}
