package reports

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
)

// unitRows makes the table by aid unit, in the order of the roster: no ranking. A member posted to two teams of one
// unit is one member, and has reached the days when both lines say so.
func (c *compiler) unitRows(lines []attendance.MemberMonth) {
	rows := map[inspections.UnitID]*AttendanceUnit{}
	short := map[inspections.UnitID]map[int64]bool{}
	for _, m := range lines {
		row := rows[m.Unit]
		if row == nil {
			u, _ := c.roster.Unit(m.Unit)
			row = &AttendanceUnit{Unit: int64(m.Unit), Name: u.Name}
			rows[m.Unit], short[m.Unit] = row, map[int64]bool{}
		}
		id := int64(m.Member)
		row.Members.add(id)
		for _, finding := range c.absent[m.Member] {
			row.Unexcused.add(finding)
		}
		if !m.Reported {
			continue
		}
		row.Reported.add(id)
		if m.Leave > 0 {
			row.OnLeave.add(id)
		}
		if m.Reached {
			row.Reached.add(id)
		} else {
			short[m.Unit][id] = true
		}
	}
	list := []AttendanceUnit{}
	for unit, row := range rows {
		row.Reached.Rows = slices.DeleteFunc(row.Reached.Rows, func(id int64) bool { return short[unit][id] })
		row.Reached.N = len(row.Reached.Rows)
		list = append(list, *row)
	}
	slices.SortFunc(list, func(a, b AttendanceUnit) int {
		if (a.Unit == 0) != (b.Unit == 0) {
			return cmp.Compare(b.Unit, a.Unit) // the unnamed last
		}
		return cmp.Compare(a.Unit, b.Unit)
	})
	c.f.Attendance.Units = list
}
