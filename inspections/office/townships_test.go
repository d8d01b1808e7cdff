package office_test

import (
	"slices"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
)

// twoTownships adds a township with a team of its own and the duties of the week.
func (d *desk) twoTownships(t *testing.T) inspections.RosterRows {
	t.Helper()
	more := rows()
	more.Townships = append(more.Townships, inspections.TownshipRow{Code: "431023105", Name: "柏林镇", Deputy: "何强", Email: "bl@example.com"})
	more.Teams = append(more.Teams, inspections.TeamRow{Township: "柏林镇", Village: "石虎村", Units: []string{"县残联"}})
	more.Members = append(more.Members, inspections.MemberRow{Name: "罗平", Phone: "19900000003", Township: "柏林镇", Village: "石虎村", Unit: "县残联", Role: inspections.RoleHead})
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "01"}, more); err != nil {
		t.Fatal(err)
	}
	d.keepDuties(t, monday)
	return more
}

// keepDuties makes what is owed on a day.
func (d *desk) keepDuties(t *testing.T, day calendar.Date) {
	t.Helper()
	if err := d.InTx(t.Context(), func(tx office.Tx) error { _, err := office.KeepDuties(tx, duties.Catalog(), day); return err }); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) owedBy(t *testing.T, township int64) (open, waived int) {
	t.Helper()
	for _, o := range d.owed(t, duties.Filter{Party: inspections.PartyTownship}) {
		switch {
		case o.Party.ID != township:
		case o.Open():
			open++
		case o.Waived():
			waived++
		}
	}
	return open, waived
}

func TestATownshipGoesUpInAnotherAndTheMergerIsCorrected(t *testing.T) {
	t.Parallel()
	d := open(t)
	more := d.twoTownships(t)
	merger := office.TownshipMerger{Gone: 2, Into: 1, From: monday, Reason: "永政函〔2025〕3号"}
	for what, wrong := range map[string]struct {
		m    office.TownshipMerger
		kind inspections.Kind
	}{
		"into itself":     {office.TownshipMerger{Gone: 1, Into: 1, From: monday, Reason: "-"}, inspections.Invalid},
		"unknown":         {office.TownshipMerger{Gone: 9, Into: 1, From: monday, Reason: "-"}, inspections.NotFound},
		"on a day ahead":  {office.TownshipMerger{Gone: 2, Into: 1, From: monday.Add(1), Reason: "-"}, inspections.Invalid},
		"without a cause": {office.TownshipMerger{Gone: 2, Into: 1, From: monday, Reason: " "}, inspections.Invalid},
	} {
		_, err := d.MergeTownships(t.Context(), clerk, wrong.m)
		refusedAs(t, what, err, wrong.kind)
	}
	_, err := d.MergeTownships(t.Context(), leader, merger)
	refusedAs(t, "by a leader", err, inspections.Forbidden)
	if open, _ := d.owedBy(t, 2); open == 0 {
		t.Fatal("柏林镇 owes nothing before the merger")
	}
	if moved, err := d.MergeTownships(t.Context(), clerk, merger); err != nil || moved != 1 {
		t.Fatalf("got %d, %v", moved, err)
	}
	_, err = d.MergeTownships(t.Context(), clerk, merger)
	refusedAs(t, "a second time", err, inspections.Invalid)

	township := func(day calendar.Date) inspections.TownshipID {
		team, _ := d.roster(t).On(day).Team(2)
		return team.Township
	}
	if was, now := township(monday.Add(-1)), township(monday); was != 2 || now != 1 {
		t.Errorf("the team's township: got %d, then %d", was, now)
	}
	if open, waived := d.owedBy(t, 2); open != 0 || waived == 0 {
		t.Errorf("got %d open, %d waived", open, waived)
	}
	next := monday.Add(7)
	d.now = next.At(8, 0)
	d.keepDuties(t, next)
	if open, _ := d.owedBy(t, 2); open != 0 {
		t.Errorf("a week later the township that ended owes %d", open)
	}
	r := d.roster(t)
	if _, held := r.Holder(inspections.Party{Kind: inspections.PartyTownship, ID: 2}, inspections.PostDeputy, monday); held {
		t.Error("a township that ended has a deputy in charge")
	}
	if got := len(r.TownshipsOn(monday)); got != 1 || len(r.TownshipsOn(monday.Add(-1))) != 2 || len(r.TeamsOn(next)) != 2 {
		t.Errorf("got %d townships, %d teams in the draw", got, len(r.TeamsOn(next)))
	}
	if r.Successor(2) != 1 || r.Successor(1) != 1 {
		t.Errorf("an inspector whose home is 柏林镇 keeps away from %d, want 1", r.Successor(2))
	}
	// The office's file from before names the township and its village: nothing comes back, nothing is doubled.
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "02"}, more); err != nil {
		t.Fatal(err)
	}
	if r = d.roster(t); len(r.Townships) != 2 || len(r.TownshipsOn(next)) != 1 || len(r.Teams) != 2 || r.Teams[1].Township != 1 || r.Townships[0].Name != "便江街道" {
		t.Errorf("after the old file: got %+v, %+v", r.Townships, r.Teams)
	}

	if moved, err := d.UndoTownshipMerger(t.Context(), clerk, 2); err != nil || moved != 1 {
		t.Fatalf("got %d, %v", moved, err)
	}
	_, err = d.UndoTownshipMerger(t.Context(), clerk, 2)
	refusedAs(t, "undone twice", err, inspections.NotFound)
	r = d.roster(t)
	if _, held := r.Holder(inspections.Party{Kind: inspections.PartyTownship, ID: 2}, inspections.PostDeputy, monday); !held || township(monday) != 2 || township(monday.Add(-1)) != 2 {
		t.Errorf("after the correction: deputy %t, township %d", held, township(monday))
	}
	if len(r.Moves) != 2 || len(r.Aliases) != 2 || len(r.AliasesOf(inspections.Party{Kind: inspections.PartyTownship, ID: 1})) != 0 {
		t.Errorf("both records stay and none holds: got %+v, %+v", r.Moves, r.Aliases)
	}
}

func TestTownshipsWithVillagesOfOneNameAreNotMerged(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.twoTownships(t)
	if err := d.Rename(t.Context(), clerk, office.Renaming{Of: inspections.Party{Kind: inspections.PartyTeam, ID: 2}, Name: "井凉街社区", From: monday}); err != nil {
		t.Fatal(err)
	}
	_, err := d.MergeTownships(t.Context(), clerk, office.TownshipMerger{Gone: 2, Into: 1, From: monday, Reason: "-"})
	refusedAs(t, "two villages of one name", err, inspections.Conflict)
}

func TestALinkedVillageEndsOnADayAndIsLinkedAgain(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.now = monday.Add(7).At(8, 0)
	if err := d.LinkVillage(t.Context(), clerk, 1, "大路村", "", monday); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, "a village it never had", d.EndLink(t.Context(), clerk, 1, "小路村", monday.Add(3)), inspections.NotFound)
	refusedAs(t, "before it was linked", d.EndLink(t.Context(), clerk, 1, "大路村", monday), inspections.Invalid)
	if err := d.EndLink(t.Context(), clerk, 1, "大路村", monday.Add(3)); err != nil {
		t.Fatal(err)
	}
	serves := func(day calendar.Date) bool { return slices.Contains(d.roster(t).VillagesOf(1, day), "大路村") }
	if !serves(monday.Add(2)) || serves(monday.Add(3)) {
		t.Errorf("got %t on the last day, %t after it", serves(monday.Add(2)), serves(monday.Add(3)))
	}
	refusedAs(t, "ended twice", d.EndLink(t.Context(), clerk, 1, "大路村", monday.Add(4)), inspections.NotFound)
	// Undone: linked from the same day as before.
	if err := d.LinkVillage(t.Context(), clerk, 1, "大路村", "", monday); err != nil {
		t.Fatal(err)
	}
	if r := d.roster(t); !serves(monday.Add(3)) || len(r.Aliases) != 3 || len(r.KnownAs()) != 1 {
		t.Errorf("got %+v", r.Aliases)
	}
}
