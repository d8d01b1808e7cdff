package office

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// appealEnd gives the last day of a time of an appeal that begins on a day: so many days or, for 0, one month.
func (o *Office) appealEnd(set inspections.Settings, from calendar.Date, length string) (calendar.Date, error) {
	after, err := o.after(set, from)
	if days := set.Int(length); days > 0 {
		return after.Add(days), err
	}
	return after.AddMonths(1), err
}

// mayAppeal holds an appeal to its time, counted as set when the measure was decided, and sets its answer's.
func (o *Office) mayAppeal(tx Tx, w file, a *casework.Act) error {
	for _, m := range w.Measures {
		if m.ID != a.Measure {
			continue
		}
		set, err := settingsOn(tx, m.Decided.Date())
		if err != nil {
			return err
		}
		from := m.Served
		if from.IsZero() || set[inspections.SetAppealStart] == string(inspections.StartDecided) {
			from = m.Decided
		}
		if set, err = settingsOn(tx, from.Date()); err != nil {
			return err
		}
		last, err := o.appealEnd(set, from.Date(), inspections.SetAppealDays)
		if err != nil {
			return err
		}
		if last < tx.Now().Date() {
			return inspections.Fail(inspections.Conflict, "case.appeal_late", "last", last)
		}
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	last, err := o.appealEnd(set, tx.Now().Date(), inspections.SetAppealAnswer)
	a.Due = calendar.InstantOf(last.End())
	return err
}

// correct puts right what was or will be printed of a measure when an appeal against it is upheld, in whole or
// in part: in the same transaction a naming that no longer stands leaves the drafts that wait for their
// signature, and of a bulletin that has left the printed correction is owed by the leader, never a deletion.
func (o *Office) correct(tx Tx, by inspections.Actor, a casework.Act) error {
	if a.Outcome != casework.OutcomeUpheld && a.Outcome != casework.OutcomePartly {
		return nil
	}
	if o.TakenBack != nil {
		if err := o.TakenBack(tx, by); err != nil {
			return err
		}
	}
	c, err := tx.Case(a.Case)
	if err != nil {
		return err
	}
	month := calendar.WeekOf(c.FactAt.Date()).Month().String() // as the bulletin counts it
	issued, err := tx.Obligations(duties.Filter{Kind: duties.Bulletin, Period: month})
	if err != nil || len(issued) == 0 || issued[0].Open() {
		return err // nothing was printed yet
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	owed := duties.Obligation{
		Kind: duties.Correct, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty}, Period: month,
		Subject: a.Subject(), Started: tx.Now(),
	}
	if err := owed.RunDays(o.Calendar, tx.Now().Date(), set.Int(inspections.SetCorrectDays), duties.StartOf(set, inspections.StartUpheld)); err != nil {
		return err
	}
	_, err = tx.AddObligation(&owed)
	return err
}

// endVacancies ends the vacancy of a recalled member whose successor is in post: the act stands in the case
// and both clocks of the recall end (2.1, 3.1).
func (o *Office) endVacancies(tx Tx, by inspections.Actor, left inspections.MemberID, name string) error {
	if left == 0 {
		return nil
	}
	cases, err := tx.Cases(casework.Filter{})
	if err != nil {
		return err
	}
	for _, c := range cases {
		if c.State != casework.Open && c.State != casework.Closed {
			continue
		}
		w, err := wholeOf(tx, c.ID)
		if err != nil {
			return err
		}
		for _, m := range w.Measures {
			if !casework.Vacant(m, w.Acts) || !against(w, m, left) {
				continue
			}
			act := casework.Act{Case: c.ID, Branch: m.Branch, Kind: casework.ActReplaced, At: tx.Now(), By: by.User, Measure: m.ID, Text: name}
			if err := o.addAct(tx, by, &act); err != nil {
				return err
			}
			if err := replaced(tx, m.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// against reports whether a measure is taken against a member.
func against(w file, m casework.Measure, member inspections.MemberID) bool {
	for _, b := range w.Branches {
		if b.Seq == m.Branch {
			return b.Side == casework.SideMember && b.Party.ID == int64(member)
		}
	}
	return false
}
