package reports

import (
	"cmp"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// Compile counts a month from the records. Weeks that cross months belong to the month of their Sunday;
// everything seen on a visit belongs to the visit's week. Townships come in division-code order.
func Compile(tx Tx, cal *calendar.Calendar, m calendar.Month) (Figures, error) {
	c := compiler{tx: tx, month: m, cal: cal}
	weeks := m.Weeks()
	c.f = Figures{
		Schema: FiguresSchema, Month: m.String(), From: weeks[0].Monday(), Until: weeks[len(weeks)-1].Sunday(),
		Weeks: []WeekFigure{}, Problems: []Problem{}, Own: []OwnDuty{},
	}
	var err error
	if c.roster, err = tx.Roster(); err != nil {
		return Figures{}, err
	}
	c.roster = c.roster.On(monthEnd(m))
	if c.set, err = settings(tx); err != nil {
		return Figures{}, err
	}
	for _, step := range []func() error{c.weeks, c.visits, c.problems, c.cases, c.earlier, c.own, c.ledger, c.duties, c.proof, c.attendance} {
		if err := step(); err != nil {
			return Figures{}, fmt.Errorf("reports: compile %s: %w", m, err)
		}
	}
	c.f.eachFigure(func(f *Figure) {
		if f.Rows == nil {
			f.Rows = []int64{}
		}
		slices.Sort(f.Rows)
	})
	return c.f, nil
}

// monthEnd is the last day of a month's last week, as of which a bulletin names places and bodies.
func monthEnd(m calendar.Month) calendar.Date {
	weeks := m.Weeks()
	return weeks[len(weeks)-1].Sunday()
}

// compiler holds what the steps share.
type compiler struct {
	tx     Tx
	month  calendar.Month
	cal    *calendar.Calendar
	roster *inspections.Roster
	set    inspections.Settings
	f      Figures
	absent map[inspections.MemberID][]int64 // findings of unexcused absence
}

func (c *compiler) span() (from, until calendar.Instant) {
	return calendar.InstantOf(c.f.From.Start()), calendar.InstantOf(c.f.Until.End())
}

func (c *compiler) weeks() error {
	freezes, err := c.tx.Freezes()
	if err != nil {
		return err
	}
	for _, w := range c.month.Weeks() {
		line := WeekFigure{Week: w.String(), From: w.Monday(), Until: w.Sunday(), Completed: Figure{Rows: []int64{}}}
		frozen := slices.ContainsFunc(freezes, func(f inspections.Freeze) bool { return f.ISOWeek() == w })
		first, err := calendar.ParseWeek(c.set[inspections.SetFirstWeek])
		line.Measured = frozen && (err != nil || !w.Before(first))
		exception, err := c.tx.Exception(w)
		switch {
		case err == nil:
			line.Exception = &Exception{Reason: exception.Reason, By: exception.By, Day: exception.At.Date()}
		case !inspections.IsNotFound(err):
			return err
		}
		owed, err := c.tx.Obligations(duties.Filter{Kind: duties.WeeklyVisits, Period: w.String()})
		if err != nil {
			return err
		}
		for _, o := range owed {
			line.Reason = o.Reason
		}
		c.f.Weeks = append(c.f.Weeks, line)
	}
	return nil
}

func (c *compiler) visits() error {
	from, until := c.span()
	visits, err := c.tx.Visits(inspections.VisitFilter{State: inspections.VisitCompleted, From: from, Until: until})
	if err != nil {
		return err
	}
	for _, v := range visits {
		if v.Kind == inspections.VisitRandom {
			c.f.Random.add(int64(v.ID))
			week := calendar.Week{Year: v.Year, Number: v.Week}.String()
			for i := range c.f.Weeks {
				if c.f.Weeks[i].Week == week {
					c.f.Weeks[i].Completed.add(int64(v.ID))
				}
			}
		} else {
			c.f.Manual.add(int64(v.ID))
		}
		team, ok := c.roster.Team(v.Team)
		if !ok {
			return fmt.Errorf("visit %d: team %d is not in the roster", v.ID, v.Team)
		}
		c.f.Townships.add(int64(team.Township))
		c.f.Villages.add(int64(team.ID))
		c.f.Teams.add(int64(team.ID))
		for _, u := range c.roster.UnitsOf(team.ID, v.Visited.Date()) {
			c.f.Units.add(int64(u))
		}
		if err := c.pending(v); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) pending(v inspections.Visit) error {
	lines, err := c.tx.Attendances(v.ID)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Presence == inspections.ToVerify {
			c.f.Pending.add(int64(v.ID))
		}
	}
	return nil
}

func (c *compiler) problems() error {
	from, until := c.span()
	found, err := c.tx.Findings(inspections.FindingFilter{From: from, Until: until})
	if err != nil {
		return err
	}
	named, err := named(c.tx, c.roster)
	if err != nil {
		return err
	}
	for _, f := range found {
		township, village, units := c.place(f)
		c.f.Problems = append(c.f.Problems, Problem{
			Finding: int64(f.ID), Visit: int64(f.Visit), At: f.At, Township: township, Village: village, Units: units,
			Person: f.Member != 0, Name: named[f.ID], Reported: f.Visit == 0, Kind: f.Kind, Clause: f.Clause, Times: f.Times,
		})
		c.f.ProblemTownships.add(int64(f.Township))
		if f.Unit != 0 {
			c.f.ProblemUnits.add(int64(f.Unit))
		}
		if f.Member != 0 {
			c.f.ProblemMembers.add(int64(f.Member))
		}
		if f.Kind == inspections.FindingAbsent {
			c.f.Attendance.Times++
			c.f.Attendance.Absences.add(int64(f.ID))
			if c.absent == nil {
				c.absent = map[inspections.MemberID][]int64{}
			}
			c.absent[f.Member] = append(c.absent[f.Member], int64(f.ID))
			c.f.Attendance.Unexcused.add(int64(f.Member))
		}
	}
	order := c.townshipOrder()
	slices.SortStableFunc(c.f.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(order[a.Township], order[b.Township]), a.At.Compare(b.At.Time), cmp.Compare(a.Finding, b.Finding))
	})
	return nil
}

// place names where a finding belongs, as of its day: the unit of the member, else all of the team's.
func (c *compiler) place(f inspections.Finding) (township, village string, units []string) {
	if t, ok := c.roster.Township(f.Township); ok {
		township = t.Name
	}
	if t, ok := c.roster.Team(f.Team); ok {
		village = t.Village
	}
	ids := []inspections.UnitID{f.Unit}
	if f.Unit == 0 {
		ids = c.roster.UnitsOf(f.Team, f.At.Date())
	}
	return township, village, c.unitNames(ids)
}

func (c *compiler) unitNames(ids []inspections.UnitID) []string {
	names := []string{}
	for _, id := range ids {
		if u, ok := c.roster.Unit(id); ok {
			names = append(names, u.Name)
		}
	}
	return names
}

// sortedTownships gives the townships in division-code order: no ranking.
func (c *compiler) sortedTownships() []inspections.Township {
	list := slices.Clone(c.roster.Townships)
	slices.SortFunc(list, func(a, b inspections.Township) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func (c *compiler) townshipOrder() map[string]int {
	order := map[string]int{}
	for i, t := range c.sortedTownships() {
		order[t.Name] = i
	}
	return order
}

// own lists the county office's duties of the span that were done late or not at all (section 7).
func (c *compiler) own() error {
	owed, err := c.tx.Obligations(duties.Filter{Party: inspections.PartyCounty})
	if err != nil {
		return err
	}
	from, until := c.span()
	for _, o := range owed {
		if o.Kind == duties.Alarm { // tells of another duty, which stands here itself
			continue
		}
		if o.Due.IsZero() || o.Due.Before(from.Time) || o.Due.After(until.Time) || !(o.Late() || o.Overdue(c.tx.Now())) {
			continue
		}
		about, err := c.about(o.Subject)
		if err != nil {
			return err
		}
		c.f.Own = append(c.f.Own, OwnDuty{
			Obligation: int64(o.ID), Kind: string(o.Kind), Clause: o.Clause, Period: o.Period, About: about, Due: o.Due, Done: o.Done, Reason: o.Reason,
		})
	}
	return nil
}

// about gives the number people know a case by; other subjects have none.
func (c *compiler) about(subject string) (string, error) {
	var id int64
	if n, _ := fmt.Sscanf(subject, "case/%d", &id); n != 1 {
		return "", nil
	}
	k, err := c.tx.Case(inspections.CaseID(id))
	return k.Number, err
}

// proof gathers what a stranger needs to check the month's draws.
func (c *compiler) proof() error {
	c.f.Proof = ProofFigures{Anchors: map[string]string{}, Freezes: map[string]string{}}
	freezes, err := c.tx.Freezes()
	if err != nil {
		return err
	}
	for _, f := range freezes {
		if f.ISOWeek().Month() != c.month {
			continue
		}
		c.f.Proof.Freezes[f.ISOWeek().String()] = f.Hash
		anchor, err := c.tx.Anchor(f.Year)
		if err != nil {
			return err
		}
		c.f.Proof.Anchors[fmt.Sprint(f.Year)] = anchor.Hex
	}
	head, err := c.tx.JournalHead()
	if err != nil {
		return err
	}
	c.f.Proof.JournalSeq, c.f.Proof.Journal = head.Seq, head.Hash
	return nil
}

// eachFigure visits every figure.
func (f *Figures) eachFigure(do func(*Figure)) {
	for i := range f.Weeks {
		do(&f.Weeks[i].Completed)
	}
	a, cs, e := &f.Attendance, &f.Cases, &f.Earlier
	for _, fig := range []*Figure{
		&f.Random, &f.Manual, &f.Townships, &f.Villages, &f.Teams, &f.Units, &f.ProblemTownships, &f.ProblemUnits, &f.ProblemMembers, &f.Pending,
		&a.Reported, &a.NotReported, &a.Members, &a.Missing, &a.Reached, &a.NoLodging, &a.OnLeave, &a.Unexcused, &a.Absences,
		&cs.Started, &cs.Awaiting, &cs.Townships, &cs.Units, &cs.Closed, &cs.Open, &cs.Overdue,
		&e.Open, &e.Settled, &e.InTime, &e.Overdue, &e.Rectify.Open, &e.Rectify.Settled, &e.Rectify.InTime, &e.Rectify.Overdue,
	} {
		do(fig)
	}
	for i := range a.Units {
		u := &a.Units[i]
		for _, fig := range []*Figure{&u.Members, &u.Reported, &u.Reached, &u.OnLeave, &u.Unexcused} {
			do(fig)
		}
	}
	for i := range f.Duties {
		d := &f.Duties[i]
		for _, fig := range []*Figure{&d.Owed, &d.InTime, &d.Late, &d.Open, &d.Undetermined} {
			do(fig)
		}
	}
	for kind, fig := range cs.Measures {
		do(&fig)
		cs.Measures[kind] = fig
	}
}
