package casework

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Whole is a case with its parts.
type Whole struct {
	Case     Case
	Branches []Branch
	Measures []Measure
}

// Count says how many persons, township committees, units and villages answered. These are different
// kinds of count and are never added up; a person in two cases is one person and two times (人数、人次).
type Count struct {
	Problems    int `json:"problems"` // cases that were started
	Persons     int `json:"persons"`  // who bore a measure
	PersonTimes int `json:"person_times"`
	Committees  int `json:"committees"` // township committees found responsible
	Units       int `json:"units"`      // aid units found responsible
	Villages    int `json:"villages"`   // teams' villages in which somebody was found responsible
	Handovers   int `json:"handovers"`
}

// CountUp counts started cases. A person counts by name and body: the measure names who it was taken against.
func CountUp(cases []Whole) Count {
	var n Count
	persons, committees, units, villages := map[string]bool{}, map[int64]bool{}, map[int64]bool{}, map[inspections.TeamID]bool{}
	for _, w := range cases {
		if w.Case.State == Refused || w.Case.State == Proposed {
			continue
		}
		n.Problems++
		party := map[int]inspections.Party{}
		for _, b := range w.Branches {
			party[b.Seq] = b.Party
			if b.State != BranchConcluded || !b.Liable {
				continue
			}
			villages[w.Case.Team] = true
			switch b.Side {
			case SideTownship:
				committees[b.Party.ID] = true
			case SideUnit:
				units[b.Party.ID] = true
			}
		}
		for _, m := range w.Measures {
			n.PersonTimes++
			persons[personKey(party[m.Branch], m.Person)] = true
		}
	}
	n.Persons, n.Committees, n.Units, n.Villages = len(persons), len(committees), len(units), len(villages)
	return n
}

// personKey tells persons apart: a member by id, others by body and name.
func personKey(p inspections.Party, name string) string {
	if p.Kind == inspections.PartyMember {
		name = ""
	}
	return fmt.Sprintf("%s/%d/%s", p.Kind, p.ID, name)
}

// Row is a body that was dealt with in months that follow one another.
type Row struct {
	Party  inspections.Party `json:"party"`
	Months []calendar.Month  `json:"months"`
}

// InARow finds the bodies that got a measure in at least n months in a row, across months, as Yangxin
// counted units "talked to twice or more in a row". Rows come by party kind, id and first month.
func InARow(cases []Whole, side Side, kind MeasureKind, n int) []Row {
	months := map[inspections.Party]map[calendar.Month]bool{}
	for _, w := range cases {
		for _, m := range w.Measures {
			b, ok := branchOf(w.Branches, m.Branch)
			if !ok || b.Side != side || m.Kind != kind {
				continue
			}
			if months[b.Party] == nil {
				months[b.Party] = map[calendar.Month]bool{}
			}
			months[b.Party][calendar.MonthOf(m.Decided.Date())] = true
		}
	}
	var rows []Row
	for party, in := range months {
		for month := range in {
			if in[month.Add(-1)] {
				continue // not the first of its row
			}
			row := Row{Party: party}
			for at := month; in[at]; at = at.Add(1) {
				row.Months = append(row.Months, at)
			}
			if len(row.Months) >= n {
				rows = append(rows, row)
			}
		}
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if a.Party.ID != b.Party.ID {
			return int(a.Party.ID - b.Party.ID)
		}
		if a.Months[0].String() < b.Months[0].String() {
			return -1
		}
		return 1
	})
	return rows
}
