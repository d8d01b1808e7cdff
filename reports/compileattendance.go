package reports

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

// attendance counts the ledgers of the calendar month (section 2). What was not reported is missing, not
// zero; no ledger so far tells of nights, so lodging is "no data" for everyone counted.
func (c *compiler) attendance() error {
	lines, err := c.memberMonths(c.month)
	if err != nil {
		return err
	}
	a := &c.f.Attendance
	a.DaysMin, a.LodgingMin = c.set.Int(inspections.SetDaysMin), c.set.Int(inspections.SetLodgingMin)
	// What has come by now is counted, so that is the day to print: a ledger after the cut-off day counts too.
	a.CutOff = c.tx.Now().Date()
	for _, m := range lines {
		if !m.Reported {
			a.Missing.add(int64(m.Member))
			continue
		}
		a.Members.add(int64(m.Member))
		a.NoLodging.add(int64(m.Member))
		if m.Reached {
			a.Reached.add(int64(m.Member))
		}
		if m.Leave > 0 {
			a.OnLeave.add(int64(m.Member))
		}
	}
	if a.Spells, err = c.leaveSpells(); err != nil {
		return err
	}
	a.LeaveTimes = len(a.Spells)
	c.townshipRows(lines)
	c.unitRows(lines)
	return c.lastMonth()
}

func (c *compiler) memberMonths(m calendar.Month) ([]attendance.MemberMonth, error) {
	ledger, err := c.tx.SignIns(m.First(), m.Last())
	if err != nil {
		return nil, err
	}
	leaves, err := c.tx.Leaves(m.First(), m.Last())
	if err != nil {
		return nil, err
	}
	return attendance.Month(c.roster, ledger, leaves, m, c.cal, c.set)
}

func (c *compiler) leaveSpells() ([]attendance.Spell, error) {
	ledger, err := c.tx.SignIns(c.month.First(), c.month.Last())
	if err != nil {
		return nil, err
	}
	leaves, err := c.tx.Leaves(c.month.First(), c.month.Last())
	if err != nil {
		return nil, err
	}
	return attendance.LeaveSpells(ledger, leaves, c.month, c.cal)
}

// townshipRows makes the table, in division-code order.
func (c *compiler) townshipRows(lines []attendance.MemberMonth) {
	a := &c.f.Attendance
	a.Rows, a.NotNames = []AttendanceTownship{}, []string{}
	absences := map[string][]int64{}
	for _, p := range c.f.Problems {
		if p.Kind == inspections.FindingAbsent {
			absences[p.Township] = append(absences[p.Township], p.Finding)
		}
	}
	rows := map[inspections.TownshipID]*AttendanceTownship{}
	for _, m := range lines {
		row := rows[m.Township]
		if row == nil {
			row = &AttendanceTownship{}
			rows[m.Township] = row
		}
		again := slices.Contains(row.MemberRows, int64(m.Member))
		row.MemberRows = addOnce(row.MemberRows, int64(m.Member))
		if reached := m.Reported && m.Reached; reached && !again {
			row.ReachedRows = append(row.ReachedRows, int64(m.Member))
		} else if !reached { // of two teams of one township both must be reached
			row.ReachedRows = slices.DeleteFunc(row.ReachedRows, func(id int64) bool { return id == int64(m.Member) })
		}
		if m.Reported && m.Leave > 0 {
			row.LeaveRows = addOnce(row.LeaveRows, int64(m.Member))
		}
	}
	for _, t := range attendance.Townships(c.roster, lines) {
		township, _ := c.roster.Township(t.Township)
		if t.Members == 0 {
			continue
		}
		a.Rows = append(a.Rows, AttendanceTownship{
			Township: int64(t.Township), Name: township.Name, Members: t.Members, Reported: t.Reported,
			Reached: t.Reached, OnLeave: t.OnLeave, Unexcused: len(absences[township.Name]),
			MemberRows: rows[t.Township].MemberRows, ReachedRows: orNone(rows[t.Township].ReachedRows),
			LeaveRows: orNone(rows[t.Township].LeaveRows), AbsenceRows: orNone(absences[township.Name]),
		})
		if t.Reported {
			a.Reported.add(int64(t.Township))
		} else {
			a.NotReported.add(int64(t.Township))
			a.NotNames = append(a.NotNames, township.Name)
		}
	}
}

func addOnce(rows []int64, id int64) []int64 {
	if slices.Contains(rows, id) {
		return rows
	}
	return append(rows, id)
}

// orNone makes "no rows" an empty list in JSON.
func orNone(rows []int64) []int64 {
	if rows == nil {
		return []int64{}
	}
	return rows
}

// lastMonth gives the month before's unexcused absences, or nothing when its weeks were not all measured.
func (c *compiler) lastMonth() error {
	before := c.month.Add(-1)
	freezes, err := c.tx.Freezes()
	if err != nil {
		return err
	}
	for _, w := range before.Weeks() {
		if !slices.ContainsFunc(freezes, func(f inspections.Freeze) bool { return f.ISOWeek() == w }) {
			return nil
		}
	}
	weeks := before.Weeks()
	found, err := c.tx.Findings(inspections.FindingFilter{
		Kind: inspections.FindingAbsent,
		From: calendar.InstantOf(weeks[0].Monday().Start()), Until: calendar.InstantOf(weeks[len(weeks)-1].Sunday().End()),
	})
	if err != nil {
		return err
	}
	n := len(found)
	c.f.Attendance.Last, c.f.Attendance.LastRows = &n, make([]int64, n)
	for i, f := range found {
		c.f.Attendance.LastRows[i] = int64(f.ID)
	}
	return nil
}
