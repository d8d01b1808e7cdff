package attendance

import (
	"maps"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Spell is one time that a member was on leave in a month (请假人次), with the rows that tell of it.
type Spell struct {
	Member inspections.MemberID  `json:"member"`
	From   calendar.Date         `json:"from"` // within the month
	Until  calendar.Date         `json:"until"`
	Leaves []inspections.LeaveID `json:"leaves"`
	Ledger []LedgerRow           `json:"sign_ins"`
}

// LedgerRow is where a line of a ledger stands: the import and its row there.
type LedgerRow struct {
	Import inspections.ImportID `json:"import"`
	Row    int                  `json:"row"`
}

// leaveDay is a day of leave, told by a recorded leave or by a line of a ledger.
type leaveDay struct {
	day   calendar.Date
	leave inspections.LeaveID // 0: the ledger tells
	row   LedgerRow
}

// LeaveSpells lists how often members were on leave in a month, by member and day: a run of leave days that is
// broken by a working day counts once more, one that only runs over days off does not.
// Error: *calendar.MissingYearError.
func LeaveSpells(ledger []inspections.SignIn, leaves []inspections.Leave, month calendar.Month, cal *calendar.Calendar) ([]Spell, error) {
	days := map[inspections.MemberID][]leaveDay{}
	for _, s := range ledger {
		if s.Status == inspections.SignLeave && month.Holds(s.Day) {
			days[s.Member] = append(days[s.Member], leaveDay{day: s.Day, row: LedgerRow{s.Import, s.Row}})
		}
	}
	for _, l := range leaves {
		for d := max(l.From, month.First()); d <= min(l.Until, month.Last()) && l.Kind != LeaveTravel; d = d.Add(1) {
			days[l.Member] = append(days[l.Member], leaveDay{day: d, leave: l.ID})
		}
	}
	spells := []Spell{}
	for _, member := range slices.Sorted(maps.Keys(days)) {
		list := days[member]
		slices.SortStableFunc(list, func(a, b leaveDay) int { return int(a.day - b.day) })
		for i, d := range list {
			begins := i == 0
			if i > 0 && d.day > list[i-1].day.Add(1) {
				between, err := cal.Workdays(list[i-1].day.Add(1), d.day.Add(-1))
				if err != nil {
					return nil, err
				}
				begins = between > 0
			}
			if begins {
				spells = append(spells, Spell{Member: member, From: d.day, Leaves: []inspections.LeaveID{}, Ledger: []LedgerRow{}})
			}
			spells[len(spells)-1].add(d)
		}
	}
	return spells, nil
}

func (s *Spell) add(d leaveDay) {
	s.Until = d.day
	switch {
	case d.leave == 0:
		s.Ledger = append(s.Ledger, d.row)
	case !slices.Contains(s.Leaves, d.leave):
		s.Leaves = append(s.Leaves, d.leave)
	}
}
