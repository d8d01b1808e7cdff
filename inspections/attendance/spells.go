package attendance

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// LeaveSpells counts how often members were on leave in a month (请假人次): a run of leave days that is
// broken by a working day counts once more, one that only runs over days off does not.
// Error: *calendar.MissingYearError.
func LeaveSpells(ledger []inspections.SignIn, leaves []inspections.Leave, month calendar.Month, cal *calendar.Calendar) (int, error) {
	days := map[inspections.MemberID][]calendar.Date{}
	for _, s := range ledger {
		if s.Status == inspections.SignLeave && month.Holds(s.Day) {
			days[s.Member] = append(days[s.Member], s.Day)
		}
	}
	for _, l := range leaves {
		for d := max(l.From, month.First()); d <= min(l.Until, month.Last()) && l.Kind != LeaveTravel; d = d.Add(1) {
			days[l.Member] = append(days[l.Member], d)
		}
	}
	spells := 0
	for _, list := range days {
		slices.Sort(list)
		spells++
		for i := 1; i < len(list); i++ {
			if list[i] <= list[i-1].Add(1) {
				continue
			}
			between, err := cal.Workdays(list[i-1].Add(1), list[i].Add(-1))
			if err != nil {
				return 0, err
			}
			if between > 0 {
				spells++
			}
		}
	}
	return spells, nil
}
