package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// nextView is a step that a case waits for, with the page on which it is done.
type nextView struct {
	S    casework.Step
	Side casework.Side
	Name string // of the branch's party
	Path string
	Mine bool
}

// clockView is a clock of a case and who was reminded of it.
type clockView struct {
	O      duties.Obligation
	Whose  string // who has to do it; "" the county office
	Starts string // what set it going, in words
	Told   []duties.Reminder
}

// nextOf lists what a case waits for, for those who see all of it.
func nextOf(x *exchange, roster *inspections.Roster, w casework.Whole, acts []casework.Act) []nextView {
	var list []nextView
	for _, s := range casework.Next(w, acts, x.now) {
		v := nextView{S: s, Mine: atDesk(x.who) && (!s.Leader || x.actor().Is(leader...))}
		for _, b := range w.Branches {
			if b.Seq == s.Branch {
				v.Side, v.Name = b.Side, roster.PartyName(b.Party)
			}
		}
		if v.Mine {
			v.Path = stepPath(w.Case, s)
		}
		list = append(list, v)
	}
	return list
}

// stepPath gives where a step is done: an act has its own form, the rest stands on the case's page.
func stepPath(c casework.Case, s casework.Step) string {
	page := "/cases/" + c.Number
	act := func(k casework.ActKind) string {
		return fmt.Sprintf("%s/acts/%s?branch=%d&measure=%d&answers=%d", page, k, s.Branch, s.Measure, s.Act)
	}
	switch s.Kind {
	case casework.StepApprove:
		return page + "#decide"
	case casework.StepHear:
		return act(casework.ActStatement)
	case casework.StepCheck:
		return act(casework.ActFactCheck)
	case casework.StepServe:
		return act(casework.ActServed)
	case casework.StepExecute:
		return act(casework.ActExecuted)
	case casework.StepReceipt:
		return act(casework.ActReceipt)
	case casework.StepAppeal:
		return act(casework.ActAppealEnd)
	case casework.StepReplace:
		return act(casework.ActReplaced)
	case casework.StepClose:
		return page + "#close"
	}
	return fmt.Sprintf("%s#branch-%d", page, s.Branch)
}

// clocksOf lists the clocks of a case and of its measures and slips, each with its reminders.
func clocksOf(tx Tx, x *exchange, roster *inspections.Roster, c casework.Case, measures []casework.Measure, acts []casework.Act) ([]clockView, error) {
	var list []clockView
	for _, s := range casework.Subjects(c.ID, measures, acts) {
		owed, err := tx.Obligations(duties.Filter{Subject: s})
		if err != nil {
			return nil, err
		}
		for _, o := range owed {
			v := clockView{O: o, Whose: roster.PartyName(o.Party), Starts: x.words.ClockStart(o.Starts, o.FirstDay)}
			if v.Told, err = tx.Reminders(o.ID); err != nil {
				return nil, err
			}
			list = append(list, v)
		}
	}
	return list, nil
}

// nextTask gives the step of a case that comes first for this person, for the list of what they must do.
func nextTask(tx Tx, x *exchange, c casework.Case, branches []casework.Branch) (casework.Step, string, bool, error) {
	acts, err := tx.Acts(c.ID)
	if err != nil {
		return casework.Step{}, "", false, err
	}
	measures, err := tx.Measures(c.ID)
	if err != nil {
		return casework.Step{}, "", false, err
	}
	var first casework.Step
	found := false
	for _, s := range casework.Next(casework.Whole{Case: c, Branches: branches, Measures: measures}, acts, x.now) {
		if s.Leader && !x.actor().Is(leader...) {
			continue
		}
		if !found || earlier(s.Due, first.Due) {
			first, found = s, true
		}
	}
	return first, stepPath(c, first), found, nil
}

// earlier orders ends; none comes last.
func earlier(a, b calendar.Instant) bool {
	return !a.IsZero() && (b.IsZero() || a.Before(b.Time))
}
