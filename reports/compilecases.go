package reports

import (
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// cases counts the dual investigations proposed in the span (section 4).
func (c *compiler) cases() error {
	from, until := c.span()
	list, err := c.tx.Cases(casework.Filter{From: from, Until: until})
	if err != nil {
		return err
	}
	f := &c.f.Cases
	f.Measures, f.NotLiable, f.Lines = map[string]Figure{}, []NotLiable{}, []CaseLine{}
	for _, k := range list {
		line := c.caseLine(k)
		switch k.State {
		case casework.Refused:
			continue
		case casework.Proposed:
			f.Awaiting.add(int64(k.ID))
			f.Lines = append(f.Lines, line)
			continue
		case casework.Closed:
			f.Closed.add(int64(k.ID))
		case casework.Open:
			f.Open.add(int64(k.ID))
		}
		f.Started.add(int64(k.ID))
		f.Lines = append(f.Lines, line)
		if !line.InTime {
			f.Overdue.add(int64(k.ID))
		}
		if err := c.branches(k); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) branches(k casework.Case) error {
	f := &c.f.Cases
	branches, err := c.tx.Branches(k.ID)
	if err != nil {
		return err
	}
	for _, b := range branches {
		switch {
		case b.Side == casework.SideTownship:
			f.Townships.add(b.Party.ID)
		case b.Side == casework.SideUnit && b.Party.ID != 0:
			f.Units.add(b.Party.ID)
		}
		if b.State == casework.BranchConcluded && !b.Liable && b.Side != casework.SideMember {
			f.NotLiable = append(f.NotLiable, NotLiable{Case: int64(k.ID), Side: string(b.Side), Party: partyName(c.roster, b.Party)})
		}
	}
	measures, err := c.tx.Measures(k.ID)
	if err != nil {
		return err
	}
	for _, m := range measures {
		fig := f.Measures[string(m.Kind)]
		fig.add(int64(m.ID))
		f.Measures[string(m.Kind)] = fig
	}
	return nil
}

func (c *compiler) caseLine(k casework.Case) CaseLine {
	t, _ := c.roster.Township(k.Township)
	team, _ := c.roster.Team(k.Team)
	end := k.ClosedAt
	if end.IsZero() {
		end = c.tx.Now()
	}
	return CaseLine{
		Case: int64(k.ID), Number: k.Number, Township: t.Name, Village: team.Village,
		Units: c.unitNames(c.roster.UnitsOf(k.Team, k.FactAt.Date())), Kind: k.Kind, State: string(k.State),
		Due: calendar.DateOf(k.Due.Add(-time.Second)), InTime: !end.After(k.Due.Time),
	}
}

// earlier says what became of cases proposed before the span (section 5).
func (c *compiler) earlier() error {
	from, until := c.span()
	list, err := c.tx.Cases(casework.Filter{Until: from})
	if err != nil {
		return err
	}
	f := &c.f.Earlier
	issues, err := c.tx.Issues()
	if err != nil {
		return err
	}
	for _, i := range issues {
		f.Any = f.Any || i.Kind == kindBulletin && i.State == inspections.IssueIssued && i.Month < c.month.String()
	}
	for _, k := range list {
		if k.State == casework.Refused || !k.ClosedAt.IsZero() && k.ClosedAt.Before(from.Time) {
			continue
		}
		f.Open.add(int64(k.ID))
		switch {
		case !k.ClosedAt.IsZero() && k.ClosedAt.Before(until.Time):
			f.Settled.add(int64(k.ID))
		case k.Due.Before(until.Time):
			f.Overdue.add(int64(k.ID))
		default:
			f.InTime.add(int64(k.ID))
		}
	}
	return nil
}
