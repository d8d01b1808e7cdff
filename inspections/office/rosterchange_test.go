package office_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

func (d *desk) roster(t *testing.T) (r *inspections.Roster) {
	t.Helper()
	d.do(t, func(tx *store.Tx) (err error) {
		r, err = tx.Roster()
		return err
	})
	return r
}

func refusedAs(t *testing.T, what string, err error, kind inspections.Kind) {
	t.Helper()
	if inspections.KindOf(err) != kind {
		t.Errorf("%s: got %v, want %s", what, err, kind)
	}
}

func TestAMemberLeavesAndIsReplaced(t *testing.T) {
	t.Parallel()
	d := open(t)
	last := monday.Add(-1)
	_, err := d.EndPosting(t.Context(), clerk, office.Departure{Member: 1, Team: 1, Last: last})
	refusedAs(t, "without a reason", err, inspections.Invalid)
	_, err = d.EndPosting(t.Context(), leader, office.Departure{Member: 1, Team: 1, Last: last, Reason: "任期届满"})
	refusedAs(t, "by a leader", err, inspections.Forbidden)
	if _, err := d.EndPosting(t.Context(), clerk, office.Departure{Member: 1, Team: 1, Last: last, Reason: "不胜任", Replace: true}); err != nil {
		t.Fatal(err)
	}
	_, err = d.EndPosting(t.Context(), clerk, office.Departure{Member: 1, Team: 1, Last: monday, Reason: "不胜任"})
	refusedAs(t, "a second time", err, inspections.NotFound)
	owed := d.owed(t, duties.Filter{Kind: duties.ReplaceUnit, Open: true})
	if len(owed) != 1 || owed[0].Party != (inspections.Party{Kind: inspections.PartyUnit, ID: 1}) || owed[0].Due != calendar.InstantOf(monday.Add(3).End()) {
		t.Fatalf("2.1: got %+v, want three days for the unit that sent the member", owed)
	}
	_, err = d.Post(t.Context(), clerk, office.Arrival{Name: members[1], Team: 1, Unit: 1})
	refusedAs(t, "a homonym without a phone", err, inspections.Conflict)
	_, err = d.Post(t.Context(), clerk, office.Arrival{Name: "谢青", Phone: "19900000002", Team: 1, Unit: 1})
	refusedAs(t, "another's phone", err, inspections.Conflict)
	_, err = d.Post(t.Context(), clerk, office.Arrival{Member: 2, Team: 1, Unit: 1})
	refusedAs(t, "somebody who serves there", err, inspections.Conflict)
	p, err := d.Post(t.Context(), clerk, office.Arrival{Name: "谢青", Phone: "19900000009", Team: 1, Unit: 1, From: monday, Replaces: 1})
	if err != nil || p.Role != inspections.RoleMember {
		t.Fatalf("got %+v, %v", p, err)
	}
	if owed := append(d.owed(t, duties.Filter{Kind: duties.ReplaceUnit, Open: true}), d.owed(t, duties.Filter{Kind: duties.ReplaceCounty, Open: true})...); len(owed) != 0 {
		t.Errorf("replaced: got %+v still owed", owed)
	}
	r := d.roster(t)
	if before, after := r.PostingsOf(1, last), r.PostingsOf(1, monday); len(before) != 2 || before[0].Member != 1 || len(after) != 2 || after[1].Member != p.Member {
		t.Errorf("as of a day: got %+v, then %+v", before, after)
	}
	// The office's file from before says nothing of the leaving: it brings nobody back.
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "01"}, rows()); err != nil {
		t.Fatal(err)
	}
	if after := d.roster(t).PostingsOf(1, monday); len(after) != 2 {
		t.Errorf("after the old file: got %+v", after)
	}
}

func TestTheHeadChangesOnADay(t *testing.T) {
	t.Parallel()
	d := open(t)
	if err := d.ChangeRole(t.Context(), clerk, 2, 1, inspections.RoleHead, monday); err != nil {
		t.Fatal(err)
	}
	r := d.roster(t)
	heads := func(day calendar.Date) (ids []inspections.MemberID) {
		for _, p := range r.PostingsOf(1, day) {
			if p.Role == inspections.RoleHead {
				ids = append(ids, p.Member)
			}
		}
		return ids
	}
	if a, b := heads(monday.Add(-1)), heads(monday); len(a) != 1 || a[0] != 1 || len(b) != 1 || b[0] != 2 {
		t.Errorf("got %v, then %v", a, b)
	}
}

func TestARenamedVillageIsFoundByItsFormerName(t *testing.T) {
	t.Parallel()
	d := open(t)
	team := inspections.Party{Kind: inspections.PartyTeam, ID: 1}
	refusedAs(t, "no name", d.Rename(t.Context(), clerk, office.Renaming{Of: team, From: monday}), inspections.Invalid)
	refusedAs(t, "no code", d.Rename(t.Context(), clerk, office.Renaming{Of: team, Name: "新村", Code: "12", From: monday}), inspections.Invalid)
	if err := d.Rename(t.Context(), clerk, office.Renaming{Of: team, Name: "滨江社区", From: monday}); err != nil {
		t.Fatal(err)
	}
	if err := d.Rename(t.Context(), clerk, office.Renaming{Of: inspections.Party{Kind: inspections.PartyUnit, ID: 2}, Name: "县财政和国资局", From: monday}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "01"}, rows()); err != nil {
		t.Fatal(err)
	}
	r := d.roster(t)
	if len(r.Teams) != 1 || r.Teams[0].Village != "滨江社区" || len(r.Units) != 2 {
		t.Errorf("after the old file: got %+v, %+v", r.Teams, r.Units)
	}
	if was, now := r.NameOn(team, monday.Add(-1)), r.NameOn(team, monday); was != "井凉街社区" || now != "滨江社区" {
		t.Errorf("got %s, then %s", was, now)
	}
}

func TestVillagesAreLinkedAndMerged(t *testing.T) {
	t.Parallel()
	d := open(t)
	more := rows()
	more.Teams = append(more.Teams, inspections.TeamRow{Township: "便江街道", Village: "石虎村", Units: []string{"县残联"}})
	more.Members = append(more.Members, inspections.MemberRow{Name: "罗平", Phone: "19900000003", Township: "便江街道", Village: "石虎村", Unit: "县残联", Role: inspections.RoleHead})
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "01"}, more); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, "a village with a team", d.LinkVillage(t.Context(), clerk, 1, "石虎村", "", monday), inspections.Conflict)
	if err := d.LinkVillage(t.Context(), clerk, 1, "大路村", "", monday); err != nil {
		t.Fatal(err)
	}
	if got := d.roster(t).VillagesOf(1, monday); len(got) != 2 || got[1] != "大路村" {
		t.Errorf("got %v", got)
	}
	_, err := d.MergeVillages(t.Context(), clerk, 2, 2, monday)
	refusedAs(t, "into itself", err, inspections.Invalid)
	moved, err := d.MergeVillages(t.Context(), clerk, 2, 1, monday)
	if err != nil || moved != 1 {
		t.Fatalf("got %d, %v", moved, err)
	}
	if _, err := d.ImportRoster(t.Context(), clerk, office.Source{SHA: "02"}, more); err != nil {
		t.Fatal(err)
	}
	r := d.roster(t)
	if len(r.TeamsOn(monday)) != 1 || len(r.TeamsOn(monday.Add(-1))) != 2 || len(r.PostingsOf(1, monday)) != 3 || len(r.PostingsOf(2, monday)) != 0 {
		t.Errorf("got %+v, %+v", r.Teams, r.Postings)
	}
	if to, ok := r.FormerTeam(1, "石虎村", ""); !ok || to.ID != 1 {
		t.Errorf("石虎村 leads to %+v", to)
	}
}

func TestUnitsAndPostsChangeOnADay(t *testing.T) {
	t.Parallel()
	d := open(t)
	refusedAs(t, "one that stands", d.ChangeUnit(t.Context(), clerk, 1, 1, 2, monday), inspections.Conflict)
	if err := d.ChangeUnit(t.Context(), clerk, 1, 2, 0, monday); err != nil {
		t.Fatal(err)
	}
	township := inspections.Party{Kind: inspections.PartyTownship, ID: 1}
	_, err := d.NameHolder(t.Context(), clerk, inspections.Holder{Party: township, Post: inspections.PostMainLeader, Name: "何强"})
	refusedAs(t, "a post of units", err, inspections.Invalid)
	if _, err := d.NameHolder(t.Context(), clerk, inspections.Holder{Party: township, Post: inspections.PostDeputy, Name: "何强", From: monday}); err != nil {
		t.Fatal(err)
	}
	r := d.roster(t)
	was, _ := r.Holder(township, inspections.PostDeputy, monday.Add(-1))
	now, _ := r.Holder(township, inspections.PostDeputy, monday)
	if was.Name != "龙超" || now.Name != "何强" {
		t.Errorf("got %s, then %s", was.Name, now.Name)
	}
}
