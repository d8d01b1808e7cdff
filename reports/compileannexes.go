package reports

import (
	"cmp"
	"slices"
	"time"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// The states of a line of the ledger.
const (
	LedgerNoted   = "noted"    // found; no case was opened for it
	LedgerWaiting = "awaiting" // proposed, not yet approved
	LedgerInTime  = "in_time"
	LedgerOverdue = "overdue"
	LedgerSettled = "settled"

	LedgerReported = "reported" // put right, as the party says; to be checked
)

// ledger lists what is to be put right: the cases that ran in the span, the findings without one, and the
// open lines of the ledger of rectification (annex 1), in division-code order. States are those of the
// drafting, like the cases of section 4.
func (c *compiler) ledger() error {
	from, until := c.span()
	cases, err := c.tx.Cases(casework.Filter{Until: until})
	if err != nil {
		return err
	}
	cased := map[int64]bool{}
	c.f.Ledger, c.f.Earlier.Lines = []LedgerLine{}, []LedgerLine{}
	for _, k := range cases {
		cased[int64(k.Finding)] = true
		settled := !k.ClosedAt.IsZero()
		if k.State == casework.Refused || settled && k.ClosedAt.Before(from.Time) {
			continue
		}
		t, _ := c.roster.Township(k.Township)
		team, _ := c.roster.Team(k.Team)
		line := LedgerLine{
			Case: int64(k.ID), Finding: int64(k.Finding), Number: k.Number, Township: t.Name, Village: team.Village,
			Units: c.unitNames(c.roster.UnitsOf(k.Team, k.FactAt.Date())), Kind: k.Kind, Found: k.FactAt.Date(),
		}
		if !k.Due.IsZero() {
			line.Due = calendar.DateOf(k.Due.Add(-time.Second))
		}
		switch {
		case settled:
			line.State = LedgerSettled
		case k.State == casework.Proposed:
			line.State = LedgerWaiting
		case k.Due.Before(c.tx.Now().Time):
			line.State = LedgerOverdue
		default:
			line.State = LedgerInTime
		}
		c.f.Ledger = append(c.f.Ledger, line)
		if line.State == LedgerOverdue && k.Proposed.Before(from.Time) {
			c.f.Earlier.Lines = append(c.f.Earlier.Lines, line)
		}
	}
	for _, p := range c.f.Problems {
		if !cased[p.Finding] {
			c.f.Ledger = append(c.f.Ledger, LedgerLine{
				Finding: p.Finding, Township: p.Township, Village: p.Village, Units: p.Units, Kind: p.Kind, Found: p.At.Date(), State: LedgerNoted,
				Party: partyOfKind(p.Kind),
			})
		}
	}
	if err := c.rectifications(); err != nil {
		return err
	}
	order := c.townshipOrder()
	slices.SortStableFunc(c.f.Ledger, func(a, b LedgerLine) int {
		return cmp.Or(cmp.Compare(order[a.Township], order[b.Township]), cmp.Compare(a.Found, b.Found), cmp.Compare(a.Finding, b.Finding))
	})
	return nil
}

// duties counts what was due in the span by whose it was and which duty (annex 2). A clock that stands
// undetermined for want of a calendar counts in the span in which it began.
func (c *compiler) duties() error {
	owed, err := c.tx.Obligations(duties.Filter{})
	if err != nil {
		return err
	}
	from, until := c.span()
	inSpan := func(t calendar.Instant) bool { return !t.IsZero() && !t.Before(from.Time) && !t.After(until.Time) }
	type key struct{ party, kind string }
	lines := map[key]*DutyLine{}
	for _, o := range owed {
		undetermined := o.Due.IsZero() && o.Undetermined != "" && inSpan(o.Started)
		if !o.Measured() || !inSpan(o.Due) && !undetermined {
			continue
		}
		k := key{string(o.Party.Kind), string(o.Kind)}
		line := lines[k]
		if line == nil {
			line = &DutyLine{Party: k.party, Kind: k.kind, Clause: o.Clause}
			lines[k] = line
		}
		id := int64(o.ID)
		line.Owed.add(id)
		switch {
		case undetermined:
			line.Undetermined.add(id)
		case o.Late():
			line.Late.add(id)
		case o.Overdue(c.tx.Now()):
			line.Open.add(id)
		case !o.Done.IsZero():
			line.InTime.add(id)
		}
	}
	c.f.Duties = []DutyLine{}
	for _, line := range lines {
		c.f.Duties = append(c.f.Duties, *line)
	}
	slices.SortFunc(c.f.Duties, func(a, b DutyLine) int {
		return cmp.Or(cmp.Compare(a.Clause, b.Clause), cmp.Compare(a.Party, b.Party), cmp.Compare(a.Kind, b.Kind))
	})
	return nil
}
