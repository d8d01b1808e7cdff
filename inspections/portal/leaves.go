package portal

import (
	"fmt"
	"slices"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type leaveLine struct {
	L                       inspections.Leave
	Name, Township, Village string
	Corrected               bool                 // a later entry counts instead
	Needed                  inspections.Approval // who had to approve, where the approver was too low
}

type leavesView struct {
	Lines   []leaveLine
	Members []memberChoice
	Kinds   []string
	Bodies  []inspections.Approval
	Longest int // days a township approves today
	From    calendar.Date
	Write   bool
}

type memberChoice struct {
	ID    inspections.MemberID
	Label string // as the form names the person
	Name  string
}

var leaveKinds = []string{"sick", "personal", "annual", "other", "travel"}

// leavesSpan is how far back the list reaches, in days.
const leavesSpan = 60

// leaveList shows leave and duty travel of the last weeks, with the form to record another.
func leaveList(x *exchange) (answer, error) {
	view := leavesView{Kinds: leaveKinds, Bodies: inspections.Approvals, From: x.now.Date().Add(-leavesSpan), Write: x.actor().Is(leaveWrite...)}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		var seen map[inspections.MemberID]leaveLine
		seen, view.Members = ownMembers(x, roster)
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		view.Longest = inspections.SettingsOn(all, x.now.Date()).Int(inspections.SetLeaveTownship)
		counting, err := tx.Leaves(view.From, x.now.Date().Add(leavesSpan))
		if err != nil {
			return err
		}
		missed := inspections.ApprovalsMissed(counting, all)
		leaves, err := tx.LeaveHistory(view.From, x.now.Date().Add(leavesSpan))
		corrected := map[inspections.LeaveID]bool{}
		for _, l := range leaves {
			corrected[l.Replaces] = true
		}
		for _, l := range leaves {
			if line, ok := seen[l.Member]; ok {
				line.L, line.Corrected, line.Needed = l, corrected[l.ID], missed[l.ID]
				view.Lines = append(view.Lines, line)
			}
		}
		return err
	})
	slices.Reverse(view.Lines)
	return show("leaves", x.words.T("portal.leaves.title"), view), err
}

// leaveRecord keeps a leave or duty travel that was reported.
func leaveRecord(x *exchange) (answer, error) {
	f := x.form()
	l := inspections.Leave{
		Kind: f.choice("kind", leaveKinds...), From: f.date("from", true), Until: f.date("until", true),
		ApprovedBy: inspections.Approval(f.choice("approved_by", string(inspections.ApprovedByUnit), string(inspections.ApprovedByTownship), string(inspections.ApprovedByCounty))),
		Approver:   f.must("approver"), Note: f.text("note"),
	}
	who := f.must("member")
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil || who == "" {
			return err
		}
		_, choices := ownMembers(x, roster)
		if l.Member = chosenMember(choices, who); l.Member == 0 {
			f.fail("member", "not_chosen")
		}
		return nil
	})
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return leaveList(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Office.RecordLeave(x.ctx(), x.actor(), l); err != nil {
		return x.refused(err, page)
	}
	return goTo("/leaves", "leave_recorded"), nil
}

// ownMembers lists whom the person may see and speak for today, as the form names them; two of one name in one
// village are told apart by their numbers.
func ownMembers(x *exchange, roster *inspections.Roster) (map[inspections.MemberID]leaveLine, []memberChoice) {
	seen := map[inspections.MemberID]leaveLine{}
	var choices []memberChoice
	labels := map[string]bool{}
	for _, t := range roster.TeamsOn(x.now.Date()) {
		for _, p := range roster.PostingsOf(t.ID, x.now.Date()) {
			if !seesMember(x.who, p, t) {
				continue
			}
			m, _ := roster.Member(p.Member)
			town, _ := roster.Township(t.Township)
			seen[m.ID] = leaveLine{Name: m.Name, Township: town.Name, Village: t.Village}
			label := x.words.T("portal.leaves.member", "name", m.Name, "township", town.Name, "village", t.Village)
			if labels[label] {
				label += fmt.Sprintf(" #%d", m.ID)
			}
			labels[label] = true
			choices = append(choices, memberChoice{m.ID, label, m.Name})
		}
	}
	return seen, choices
}

// chosenMember finds whom a person wrote into the search field: a choice as it is listed, its number, or a name that
// only one has; 0 otherwise.
func chosenMember(choices []memberChoice, text string) inspections.MemberID {
	var named []inspections.MemberID
	for _, c := range choices {
		switch {
		case c.Label == text || strconv.FormatInt(int64(c.ID), 10) == text:
			return c.ID
		case c.Name == text && !slices.Contains(named, c.ID):
			named = append(named, c.ID)
		}
	}
	if len(named) == 1 {
		return named[0]
	}
	return 0
}
