package office

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// replyBy gives the end of the time to make a statement, for an invitation of today.
func (o *Office) replyBy(tx Tx, set inspections.Settings) (calendar.Instant, error) {
	after, err := o.after(set, tx.Now().Date())
	return calendar.InstantOf(after.Add(set.Int(inspections.SetReplyDays)).End()), err
}

// invited gives an invitation made by hand its end where it names none. Error: Invalid for an end that is over.
func (o *Office) invited(tx Tx, a *casework.Act) error {
	if a.Due.IsZero() {
		set, err := settings(tx)
		if err != nil {
			return err
		}
		a.Due, err = o.replyBy(tx, set)
		return err
	}
	if !a.Due.After(tx.Now().Time) {
		return inspections.Fail(inspections.Invalid, "case.reply_past", "due", a.Due)
	}
	return nil
}

// oweStatement makes the time that those concerned in a branch have to answer an obligation of theirs. It
// takes the place of the time of an earlier invitation, and of several branches each has its own.
func (o *Office) oweStatement(tx Tx, b casework.Branch, acts []casework.Act, invited casework.Act) error {
	if err := endStatement(tx, b.Seq, acts, invited.Subject()); err != nil {
		return err
	}
	owed := duties.Obligation{
		Kind: duties.Statement, Clause: "3.6", Party: b.Party, Subject: invited.Subject(), Started: tx.Now(), Due: invited.Due,
		Escalated: tx.Now(), // who does not answer is told of to a higher person in a list, not by an alarm
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	counted, err := o.replyBy(tx, set)
	if err != nil {
		return err
	}
	if counted.Equal(invited.Due.Time) { // else a day was named by hand
		s := duties.StartOf(set, inspections.StartInvited)
		owed.Length, owed.Starts, owed.FirstDay = set.Int(inspections.SetReplyDays), s.Event, s.First
	}
	_, err = tx.AddObligation(&owed)
	return err
}

// endStatement ends the time that those concerned in a branch have: they were heard, said that they will say
// nothing, or the branch was concluded after their time.
func endStatement(tx Tx, branch int, acts []casework.Act, ref string) error {
	for _, a := range casework.Invitations(branch, acts) {
		if err := duties.Fulfil(tx, duties.Filter{Kind: duties.Statement, Subject: a.Subject()}, ref); err != nil {
			return err
		}
	}
	return nil
}
