package office

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// propose opens one case about a finding: a branch for the township, one for each unit (several are each
// investigated, an unknown one stands to be named) and one for the member. Who was responsible is fixed
// as of the day of the fact. The clock of 3.6 runs, as a rule from the next day.
func (o *Office) propose(tx Tx, by inspections.Actor, f inspections.Finding, source string) (casework.Case, error) {
	var members []inspections.MemberID
	if f.Member != 0 {
		members = []inspections.MemberID{f.Member}
	}
	return o.proposeWith(tx, by, f, source, nil, members)
}

// proposeWith opens the case with the units and members given; without units those behind the team answer.
func (o *Office) proposeWith(tx Tx, by inspections.Actor, f inspections.Finding, source string, units []inspections.UnitID, members []inspections.MemberID) (casework.Case, error) {
	set, err := settings(tx)
	if err != nil {
		return casework.Case{}, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return casework.Case{}, err
	}
	c := casework.Case{
		State: casework.Proposed, Source: source, Visit: f.Visit, Finding: f.ID, Kind: f.Kind,
		Township: f.Township, Team: f.Team, Member: f.Member, FactAt: f.At, Proposed: tx.Now(),
	}
	// Reported by the township on the day itself (1.4b): it counts for it.
	c.Reported = source == "report" && f.At.Date() == tx.Now().Date()
	var owed duties.Obligation
	if c.Due, err = o.oweCase(tx, &owed, set, inspections.ClockStart(set[inspections.SetCaseStart])); err != nil {
		return casework.Case{}, err
	}
	if err := tx.AddCase(&c); err != nil {
		return casework.Case{}, err
	}
	for _, b := range branchesFor(roster, c, units, members) {
		if err := tx.AddBranch(b); err != nil {
			return casework.Case{}, err
		}
	}
	owed.Subject = subjectCase(c.ID)
	if _, err := tx.AddObligation(&owed); err != nil {
		return casework.Case{}, err
	}
	if err := o.askApproval(tx, roster, c); err != nil {
		return casework.Case{}, err
	}
	return c, o.recordWords(tx, by, entryProposed, subjectCase(c.ID), map[string]any{
		"number": c.Number, "finding": int64(f.ID), "township": int64(c.Township), "due": c.Due,
	}, map[string]string{"note": f.Note})
}

func subjectCase(id inspections.CaseID) string { return fmt.Sprintf("case/%d", id) }

// branchesFor lists the investigations of a case as of the day of its fact.
func branchesFor(roster *inspections.Roster, c casework.Case, units []inspections.UnitID, members []inspections.MemberID) []casework.Branch {
	day := c.FactAt.Date()
	var list []casework.Branch
	add := func(side casework.Side, kind inspections.PartyKind, id int64, posts ...inspections.Post) {
		p := inspections.Party{Kind: kind, ID: id}
		list = append(list, casework.Branch{
			Case: c.ID, Seq: len(list) + 1, Side: side, Party: p, State: casework.BranchAwaiting,
			Responsible: responsible(roster, p, day, posts),
		})
	}
	add(casework.SideTownship, inspections.PartyTownship, int64(c.Township), inspections.PostDeputy, inspections.PostResident)
	if len(units) == 0 {
		units = roster.UnitsOf(c.Team, day)
	}
	if len(units) == 0 {
		units = []inspections.UnitID{0} // stands to be named, never dropped
	}
	for _, u := range units {
		add(casework.SideUnit, inspections.PartyUnit, int64(u), inspections.PostMainLeader, inspections.PostInCharge)
	}
	for _, m := range members {
		add(casework.SideMember, inspections.PartyMember, int64(m))
	}
	return list
}

// responsible lists who held the posts on the day, as stored with the branch.
func responsible(roster *inspections.Roster, p inspections.Party, day calendar.Date, posts []inspections.Post) string {
	held := []casework.Post{}
	for _, post := range posts {
		if h, ok := roster.Holder(p, post, day); ok {
			held = append(held, casework.Post{Post: post, Name: h.Name})
		}
	}
	raw, err := json.Marshal(held)
	if err != nil { // two strings marshal always
		panic(fmt.Sprintf("office: responsible persons: %v", err))
	}
	return string(raw)
}

// askApproval makes the approver's answer an obligation and writes to the leaders.
func (o *Office) askApproval(tx Tx, roster *inspections.Roster, c casework.Case) error {
	ask := duties.Obligation{
		Kind: duties.CaseApprove, Clause: "3.6", Party: inspections.Party{Kind: inspections.PartyCounty},
		Subject: subjectCase(c.ID), Started: tx.Now(),
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	if err := ask.RunWorkdays(o.Calendar, tx.Now().Date(), set.Int(inspections.SetApproveDays), duties.StartOf(set, inspections.StartProposed)); err != nil {
		return err
	}
	if _, err := tx.AddObligation(&ask); err != nil {
		return err
	}
	return askLeaders(tx, roster, c)
}
