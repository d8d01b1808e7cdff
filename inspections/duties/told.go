package duties

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Told is a duty of an event that somebody tells: what happened, for whom, when.
type Told struct {
	Clause string
	Kind   Kind // "" the first of the clause that can be told
	Party  inspections.Party
	Day    calendar.Date
	About  string // what it is about
}

// Tellable reports whether what happens under a rule is entered by hand: events that no other room starts,
// and the register rows of what is on demand or always.
func (r Rule) Tellable() bool {
	return !r.Kept && (r.Each == OnEvent || r.Each == OnDemand || r.Each == Standing)
}

// Tell makes an obligation of an event, due after the rule's days, or a register row of what was done on
// demand or always, which is done on its day and never measured. Errors: Invalid for a clause that nobody
// tells, a party that does not owe it, a day to come or no words.
func Tell(tx Tx, rules []Rule, set inspections.Settings, t Told) (Obligation, error) {
	var rule Rule
	for _, r := range rules {
		if r.Clause == t.Clause && r.Tellable() && inspections.Covers(r.From, r.Until, t.Day) && (t.Kind == "" || r.Kind == t.Kind) {
			rule = r
			break
		}
	}
	owes := rule.Party
	if owes == PartyLead {
		owes = inspections.PartyUnit
	}
	switch {
	case rule.Kind == "":
		return Obligation{}, inspections.Fail(inspections.Invalid, "duty.not_told", "clause", t.Clause)
	case owes != t.Party.Kind:
		return Obligation{}, inspections.Fail(inspections.Invalid, "duty.not_theirs", "clause", t.Clause)
	case t.About == "" || t.Day.IsZero() || t.Day > tx.Now().Date():
		return Obligation{}, inspections.Fail(inspections.Invalid, "duty.told_incomplete", "until", tx.Now().Date())
	}
	same, err := tx.Obligations(Filter{Kind: rule.Kind, Party: t.Party.Kind, Period: t.Day.String()})
	if err != nil {
		return Obligation{}, err
	}
	o := Obligation{
		Kind: rule.Kind, Clause: rule.Clause, Party: t.Party, Period: t.Day.String(), Subject: fmt.Sprintf("event/%d", len(same)+1), About: t.About,
		Started: calendar.InstantOf(t.Day.Start()), Due: calendar.InstantOf(rule.DueOf(t.Day, set).End()),
	}
	if t.Party.Kind != inspections.PartyCounty {
		o.Escalated = tx.Now() // others' late duties are told together in a list
	}
	if rule.Each != OnEvent {
		o.Done, o.DoneRef = calendar.InstantOf(t.Day.End()), "register"
		if o.Done.After(tx.Now().Time) {
			o.Done = tx.Now()
		}
	}
	_, err = tx.AddObligation(&o)
	return o, err
}
