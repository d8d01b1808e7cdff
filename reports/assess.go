package reports

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
)

// assessor collects a year.
type assessor struct {
	tx          AssessTx
	cal         *calendar.Calendar
	out         Assessment
	roster      *inspections.Roster
	all         []inspections.Setting
	first, last calendar.Date
	bodies      map[inspections.Party]*BodyLine
	members     map[inspections.MemberID]*MemberLine
}

// Assess counts a year up to its end or to today. Months are measured by the thresholds in force on their
// last day. Errors: Invalid for a year that has not begun, *calendar.MissingYearError.
func Assess(tx AssessTx, cal *calendar.Calendar, year int) (Assessment, error) {
	a := assessor{tx: tx, cal: cal, bodies: map[inspections.Party]*BodyLine{}, members: map[inspections.MemberID]*MemberLine{}}
	a.first, a.last = calendar.NewDate(year, 1, 1), min(calendar.NewDate(year, 12, 31), tx.Now().Date())
	if a.last < a.first {
		return a.out, inspections.Fail(inspections.Invalid, "assessment.year", "year", year)
	}
	a.out = Assessment{Schema: AssessmentSchema, Year: year, Until: a.last}
	var err error
	if a.roster, err = tx.Roster(); err != nil {
		return a.out, err
	}
	a.roster = a.roster.On(a.last)
	if a.all, err = tx.Settings(); err != nil {
		return a.out, err
	}
	for _, step := range []func() error{a.months, a.visits, a.findings, a.cases, a.duties, a.funds, a.said} {
		if err := step(); err != nil {
			return a.out, err
		}
	}
	a.out.Rules = inspections.RulesIn(a.all, a.first, a.last, inspections.SetDaysMin, inspections.SetLodgingMin, inspections.SetCutOffDay)
	a.order()
	return a.out, nil
}

// body gives the line of a party, made when it is first asked for.
func (a *assessor) body(kind inspections.PartyKind, id int64) *BodyLine {
	p := inspections.Party{Kind: kind, ID: id}
	if a.bodies[p] == nil {
		line := &BodyLine{Party: p, Name: a.roster.PartyName(p)}
		if t, ok := a.roster.Team(inspections.TeamID(id)); ok && kind == inspections.PartyTeam {
			line.Place = a.roster.PartyName(inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.Township)})
		}
		a.bodies[p] = line
	}
	return a.bodies[p]
}

// months counts attendance of members, and through them of bodies.
func (a *assessor) months() error {
	last := calendar.MonthOf(a.last.Add(1)).Add(-1) // the ledger of a month that runs is not due
	months, err := attendance.ReadMonths(a.tx, a.roster, a.all, calendar.MonthOf(a.first), last, a.cal)
	if err != nil {
		return err
	}
	for m := calendar.MonthOf(a.first); m.First() <= last.First(); m = m.Add(1) {
		for _, l := range months[m] {
			of := []*BodyLine{a.body(inspections.PartyTeam, int64(l.Team)), a.body(inspections.PartyTownship, int64(l.Township))}
			if l.Unit != 0 {
				of = append(of, a.body(inspections.PartyUnit, int64(l.Unit)))
			}
			for _, b := range of {
				b.month(l)
			}
		}
	}
	for _, y := range attendance.Year(a.roster, months, nil) {
		member, _ := a.roster.Member(y.Member)
		team, _ := a.roster.Team(y.Team)
		a.out.Members = append(a.out.Members, MemberLine{
			MemberYear: y, Name: member.Name, Village: team.Village,
			Town:     a.roster.PartyName(inspections.Party{Kind: inspections.PartyTownship, ID: int64(y.Township)}),
			UnitName: a.roster.PartyName(inspections.Party{Kind: inspections.PartyUnit, ID: int64(y.Unit)}),
		})
	}
	for i := range a.out.Members {
		a.members[a.out.Members[i].Member] = &a.out.Members[i]
	}
	return nil
}

func (b *BodyLine) month(l attendance.MemberMonth) {
	b.Members.add(int64(l.Member))
	if !l.Reported {
		b.Silent++
		return
	}
	b.Months++
	b.Absent += l.Absent
	if l.Reached {
		b.Reached++
	}
}

func (a *assessor) span() (from, until calendar.Instant) {
	return calendar.InstantOf(a.first.Start()), calendar.InstantOf(a.last.End())
}

// visits counts those that are completed, for the team, its township and its units, and who was found.
func (a *assessor) visits() error {
	from, until := a.span()
	list, err := a.tx.Visits(inspections.VisitFilter{State: inspections.VisitCompleted, From: from, Until: until})
	if err != nil {
		return err
	}
	for _, v := range list {
		team, _ := a.roster.Team(v.Team)
		a.body(inspections.PartyTeam, int64(team.ID)).Visits.add(int64(v.ID))
		a.body(inspections.PartyTownship, int64(team.Township)).Visits.add(int64(v.ID))
		for _, u := range a.roster.UnitsOf(team.ID, v.Visited.Date()) {
			a.body(inspections.PartyUnit, int64(u)).Visits.add(int64(v.ID))
		}
		lines, err := a.tx.Attendances(v.ID)
		if err != nil {
			return err
		}
		for _, l := range lines {
			m := a.members[l.Member]
			switch {
			case m == nil:
			case l.Presence == inspections.Present:
				m.Seen.add(int64(v.ID))
			case l.Presence == inspections.Unexcused:
				m.Missed.add(int64(v.ID))
			}
		}
	}
	return nil
}

// findings stand with the party whose duty they are about, and with the team where they were found.
func (a *assessor) findings() error {
	from, until := a.span()
	list, err := a.tx.Findings(inspections.FindingFilter{From: from, Until: until})
	if err != nil {
		return err
	}
	for _, f := range list {
		if m := a.members[f.Member]; f.Member != 0 && m != nil {
			m.Upheld.add(int64(f.ID))
			m.Findings = m.Upheld.N
		}
		if f.Team != 0 {
			a.body(inspections.PartyTeam, int64(f.Team)).Findings.add(int64(f.ID))
		}
		switch {
		case f.Party == inspections.PartyTownship && f.Township != 0:
			a.body(inspections.PartyTownship, int64(f.Township)).Findings.add(int64(f.ID))
		case f.Party == inspections.PartyUnit && f.Unit != 0:
			a.body(inspections.PartyUnit, int64(f.Unit)).Findings.add(int64(f.ID))
		}
	}
	return nil
}

// cases counts investigations that were started, and what came of them.
func (a *assessor) cases() error {
	from, until := a.span()
	list, err := a.tx.Cases(casework.Filter{From: from, Until: until})
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.State != casework.Open && c.State != casework.Closed {
			continue
		}
		branches, err := a.tx.Branches(c.ID)
		if err != nil {
			return err
		}
		measures, err := a.tx.Measures(c.ID)
		if err != nil {
			return err
		}
		for _, b := range branches {
			if b.Side == casework.SideMember {
				for _, m := range measures {
					if line := a.members[inspections.MemberID(b.Party.ID)]; m.Branch == b.Seq && line != nil {
						line.Measures.add(int64(m.ID))
					}
				}
				continue
			}
			if b.Party.ID == 0 {
				continue
			}
			line := a.body(b.Party.Kind, b.Party.ID)
			line.Cases.add(int64(c.ID))
			if b.State == casework.BranchConcluded && b.Liable {
				line.Liable.add(int64(c.ID))
			}
		}
	}
	return nil
}

// duties counts what was due in the year, and what visits saw of it. Register rows are never measured.
func (a *assessor) duties() error {
	register := map[duties.Kind]bool{}
	for _, r := range duties.Catalog() {
		register[r.Kind] = register[r.Kind] || r.Each == duties.OnDemand || r.Each == duties.Standing
	}
	list, err := a.tx.Obligations(duties.Filter{})
	if err != nil {
		return err
	}
	var due []duties.Obligation
	for _, o := range list {
		body := o.Party.Kind == inspections.PartyTownship || o.Party.Kind == inspections.PartyUnit
		last := calendar.DateOf(o.Due.Add(-1))
		if body && o.Party.ID != 0 && o.Measured() && !register[o.Kind] && !o.Due.IsZero() && a.first <= last && last <= a.last {
			due = append(due, o)
		}
	}
	looked, err := office.LookedAt(a.tx, a.roster, a.first, a.last)
	if err != nil {
		return err
	}
	seen := duties.Verify(due, looked)
	for _, o := range due {
		line, id := a.body(o.Party.Kind, o.Party.ID), int64(o.ID)
		switch {
		case o.Waived():
			line.Waived.add(id)
		case o.Overdue(a.tx.Now()):
			line.Missing.add(id)
		case o.Late():
			line.Late.add(id)
		case !o.Open():
			line.OnTime.add(id)
		}
		switch seen[o.ID].Result {
		case inspections.CheckOK:
			line.Borne.add(id)
		case inspections.CheckProblem:
			line.NotBorne.add(id)
		}
	}
	return nil
}

func (a *assessor) funds() error {
	list, err := a.tx.Funds(a.first, a.last)
	if err != nil {
		return err
	}
	for _, f := range list {
		of := []*BodyLine{a.body(inspections.PartyTownship, int64(f.Township))}
		if f.Payer.Kind == inspections.PartyUnit {
			of = append(of, a.body(inspections.PartyUnit, f.Payer.ID))
		}
		for _, line := range of {
			line.Funds.add(f.ID)
			line.Cents += f.Cents
		}
	}
	return nil
}

// order puts bodies in the order of tables: townships by division code, teams within them, units by number.
func (a *assessor) order() {
	take := func(list *[]BodyLine, kind inspections.PartyKind, id int64) {
		if line := a.bodies[inspections.Party{Kind: kind, ID: id}]; line != nil {
			*list = append(*list, *line)
		}
	}
	teams := slices.Clone(a.roster.Teams)
	slices.SortFunc(teams, func(x, y inspections.Team) int { return int(x.ID) - int(y.ID) })
	for _, t := range a.roster.TownshipsByCode() {
		if t.Into != 0 && a.bodies[inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}] == nil {
			continue // went up in another before the year
		}
		a.body(inspections.PartyTownship, int64(t.ID))
		take(&a.out.Townships, inspections.PartyTownship, int64(t.ID))
		for _, team := range teams {
			if team.Township == t.ID {
				take(&a.out.Teams, inspections.PartyTeam, int64(team.ID))
			}
		}
	}
	for _, u := range a.roster.Units {
		take(&a.out.Units, inspections.PartyUnit, int64(u.ID))
	}
}
