package portal

import (
	"slices"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type leaveLine struct {
	L                       inspections.Leave
	Name, Township, Village string
	Corrected               bool // a later entry counts instead
}

type leavesView struct {
	Lines   []leaveLine
	Members []memberChoice
	Kinds   []string
	From    calendar.Date
	Write   bool
}

type memberChoice struct {
	ID    inspections.MemberID
	Label string
}

var leaveKinds = []string{"sick", "personal", "annual", "other", "travel"}

// leavesSpan is how far back the list reaches, in days.
const leavesSpan = 60

// leaveList shows leave and duty travel of the last weeks, with the form to record another.
func leaveList(x *exchange) (answer, error) {
	view := leavesView{Kinds: leaveKinds, From: x.now.Date().Add(-leavesSpan), Write: x.actor().Is(leaveWrite...)}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		seen := map[inspections.MemberID]leaveLine{}
		for _, t := range roster.TeamsOn(x.now.Date()) {
			for _, p := range roster.PostingsOf(t.ID, x.now.Date()) {
				if !seesMember(x.who, p, t) {
					continue
				}
				m, _ := roster.Member(p.Member)
				town, _ := roster.Township(t.Township)
				seen[m.ID] = leaveLine{Name: m.Name, Township: town.Name, Village: t.Village}
				view.Members = append(view.Members, memberChoice{m.ID, x.words.T("portal.leaves.member", "name", m.Name, "township", town.Name, "village", t.Village)})
			}
		}
		leaves, err := tx.LeaveHistory(view.From, x.now.Date().Add(leavesSpan))
		corrected := map[inspections.LeaveID]bool{}
		for _, l := range leaves {
			corrected[l.Replaces] = true
		}
		for _, l := range leaves {
			if line, ok := seen[l.Member]; ok {
				line.L, line.Corrected = l, corrected[l.ID]
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
	id, err := strconv.ParseInt(x.r.PostForm.Get("member"), 10, 64)
	if err != nil || id <= 0 {
		f.fail("member", "not_chosen")
	}
	l := inspections.Leave{
		Member: inspections.MemberID(id), Kind: f.choice("kind", leaveKinds...), From: f.date("from", true), Until: f.date("until", true),
		Approver: f.must("approver"), Note: f.text("note"),
	}
	err = x.view(func(tx Tx) error {
		ok, err := postedToOwn(tx, x, l.Member)
		if err == nil && !ok && len(f.faults) == 0 {
			f.fail("member", "not_chosen")
		}
		return err
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

// postedToOwn reports whether a member serves where the person may see and speak for them.
func postedToOwn(tx Tx, x *exchange, id inspections.MemberID) (bool, error) {
	roster, err := tx.Roster()
	if err != nil {
		return false, err
	}
	for _, t := range roster.TeamsOn(x.now.Date()) {
		for _, p := range roster.PostingsOf(t.ID, x.now.Date()) {
			if p.Member == id && seesMember(x.who, p, t) {
				return true, nil
			}
		}
	}
	return false, nil
}
