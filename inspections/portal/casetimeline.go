package portal

import (
	"slices"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/reports"
)

// step is a point of a case's timeline.
type step struct {
	Text string
	At   calendar.Instant
	Past bool
}

// told is what went between the office and those concerned: the township's reports and the letters.
type told struct {
	reports []casework.Report
	issues  []reports.CaseIssue
	letters []reports.CaseLetter
}

// toldOf gives what went to and from the bodies of some branches; reports are the township's.
func toldOf(tx Tx, x *exchange, w casework.Whole, branches []casework.Branch, acts []casework.Act) (t told, err error) {
	seen := map[int]bool{}
	for _, b := range branches {
		seen[b.Seq] = true
		if b.Side == casework.SideTownship {
			if t.reports, err = reports.ReportsOf(tx, w.Case.ID); err != nil {
				return t, err
			}
		}
	}
	acts = slices.DeleteFunc(slices.Clone(acts), func(a casework.Act) bool { return !seen[a.Branch] })
	if t.issues, err = reports.CaseIssues(tx, w.Case.ID, w.Measures); err != nil {
		return t, err
	}
	if len(branches) < len(w.Branches) { // a body sees what was issued to it
		t.issues = slices.DeleteFunc(t.issues, func(i reports.CaseIssue) bool { return i.To != x.who.Party })
	}
	t.letters, err = reports.CaseLetters(tx, t.reports, acts, t.issues)
	return t, err
}

// stepsOf puts what happened and what is due in order.
func stepsOf(x *exchange, c casework.Case, branches []branchView, t told) []step {
	var steps []step
	add := func(at calendar.Instant, key string, args ...any) {
		steps = append(steps, step{Text: x.words.T("portal.step."+key, args...), At: at, Past: !at.After(x.now.Time)})
	}
	if c.Visit == 0 {
		add(c.FactAt, "fact_told")
	} else {
		add(c.FactAt, "fact")
	}
	for _, r := range t.reports {
		add(r.Received, "reported", "number", r.Number)
		if r.Opinion != "" {
			add(r.OpinionAt, "opinion", "number", r.Number)
		}
	}
	for _, i := range t.issues {
		add(i.Issued, "issued", "title", i.Title, "number", x.docNumber(i.IssuedPaper), "name", i.Name)
	}
	for _, l := range t.letters {
		if !l.Received.IsZero() {
			add(l.Received, "received", "name", l.Name, "by", l.ReceivedBy, "kind", x.words.Label("letter_kind", l.Kind))
		}
	}
	add(c.Proposed, "proposed")
	switch c.State {
	case casework.Refused:
		add(c.Decided, "refused", "duty", c.DecideDuty)
	case casework.Open, casework.Closed:
		add(c.Decided, "approved", "duty", c.DecideDuty)
	}
	for _, b := range branches {
		side := x.words.Label("side", b.B.Side)
		if b.B.State == casework.BranchConcluded {
			add(b.B.Concluded, "concluded", "side", side, "name", b.Name)
		}
		for _, m := range b.Measures {
			if !m.Executed.IsZero() {
				add(m.Executed, "executed", "measure", x.words.Label("measure", m.Kind), "side", side)
			}
		}
	}
	if c.State == casework.Closed {
		add(c.ClosedAt, "closed")
	}
	if c.State != casework.Refused {
		add(c.Due, "due")
	}
	slices.SortStableFunc(steps, func(a, b step) int { return a.At.Compare(b.At.Time) })
	return steps
}
