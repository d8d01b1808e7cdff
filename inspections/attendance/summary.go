package attendance

import (
	"sort"

	"anfang.example/inspections"
)

// Tally sums up the months of some members. Persons and days are different counts and never added.
type Tally struct {
	Members    int `json:"members"`     // persons with a posting in the month
	Counted    int `json:"counted"`     // of these, persons of whom a ledger arrived
	Reached    int `json:"reached"`     // of Counted: reached what is expected in every team
	OnLeave    int `json:"on_leave"`    // persons
	LeaveDays  int `json:"leave_days"`  // days
	OnTravel   int `json:"on_travel"`   // persons
	TravelDays int `json:"travel_days"` // days
	Absent     int `json:"absent"`      // persons with a workday without sign-in that nothing covers
	AbsentDays int `json:"absent_days"` // workdays
	OddDays    int `json:"odd_days"`    // days signed in far from where the village's others sign
}

// TownshipMonth is a township's month; without a ledger only Members means anything.
type TownshipMonth struct {
	Township inspections.TownshipID `json:"township"`
	Reported bool                   `json:"reported"`
	Tally
}

// UnitMonth is the month of a unit's members, wherever they serve. Reported is true when the ledgers of
// all their townships arrived.
type UnitMonth struct {
	Unit     inspections.UnitID `json:"unit"`
	Reported bool               `json:"reported"`
	Tally
}

// Townships sums up by township, in division-code order, those without members included unless they went up in another.
func Townships(roster *inspections.Roster, lines []MemberMonth) []TownshipMonth {
	by := map[inspections.TownshipID][]MemberMonth{}
	for _, m := range lines {
		by[m.Township] = append(by[m.Township], m)
	}
	order := codeOrder(roster)
	sums := make([]TownshipMonth, 0, len(roster.Townships))
	for _, t := range roster.Townships {
		if t.Into != 0 && len(by[t.ID]) == 0 {
			continue
		}
		sum := TownshipMonth{Township: t.ID, Tally: Sum(by[t.ID])}
		sum.Reported = sum.Counted > 0
		sums = append(sums, sum)
	}
	sort.Slice(sums, func(i, j int) bool { return order[sums[i].Township] < order[sums[j].Township] })
	return sums
}

// Units sums up by unit, by id; units without members in the month are left away.
func Units(lines []MemberMonth) []UnitMonth {
	by := map[inspections.UnitID][]MemberMonth{}
	for _, m := range lines {
		if m.Unit != 0 {
			by[m.Unit] = append(by[m.Unit], m)
		}
	}
	sums := make([]UnitMonth, 0, len(by))
	for id, list := range by {
		sum := UnitMonth{Unit: id, Tally: Sum(list)}
		sum.Reported = sum.Counted == sum.Members
		sums = append(sums, sum)
	}
	sort.Slice(sums, func(i, j int) bool { return sums[i].Unit < sums[j].Unit })
	return sums
}

// Sum counts persons once, however many teams they served in. A person in a township without a ledger
// is a member but not counted.
func Sum(lines []MemberMonth) Tally {
	type person struct{ reported, reached, leave, travel, absent bool }
	persons := map[inspections.MemberID]person{}
	var t Tally
	for _, m := range lines {
		p, seen := persons[m.Member]
		if !seen {
			p = person{reported: true, reached: true}
		}
		p.reported = p.reported && m.Reported
		if m.Reported {
			p.reached = p.reached && m.Reached
			p.leave, p.travel, p.absent = p.leave || m.Leave > 0, p.travel || m.Travel > 0, p.absent || m.Absent > 0
			t.LeaveDays += m.Leave
			t.TravelDays += m.Travel
			t.AbsentDays += m.Absent
			t.OddDays += m.Odd
		}
		persons[m.Member] = p
	}
	for _, p := range persons {
		t.Members++
		if p.reported {
			t.Counted++
			t.Reached += one(p.reached)
		}
		t.OnLeave += one(p.leave)
		t.OnTravel += one(p.travel)
		t.Absent += one(p.absent)
	}
	return t
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
