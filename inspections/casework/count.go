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

// Figure is one of the kinds of count. Words: "figure."+figure.
type Figure string

// The figures of a Count.
const (
	FigureProblems   Figure = "problems"
	FigurePersons    Figure = "persons"
	FigureTimes      Figure = "person_times"
	FigureCommittees Figure = "committees"
	FigureUnits      Figure = "units"
	FigureVillages   Figure = "villages"
	FigureHandovers  Figure = "handovers"
)

// Figures lists them in the order of a Count.
func Figures() []Figure {
	return []Figure{FigureProblems, FigurePersons, FigureTimes, FigureCommittees, FigureUnits, FigureVillages, FigureHandovers}
}

// Counted is one thing that a figure counts, with the cases in which it was.
type Counted struct {
	Party  inspections.Party // the body; of a person the one the measure came from
	Person string
	Kind   MeasureKind        // of the first measure
	Team   inspections.TeamID // of the first case
	Cases  []inspections.CaseID
}

// Counts is what each figure counts, in the order of the cases.
type Counts map[Figure][]Counted

// Count gives the figures themselves.
func (c Counts) Count() Count {
	return Count{
		Problems: len(c[FigureProblems]), Persons: len(c[FigurePersons]), PersonTimes: len(c[FigureTimes]), Committees: len(c[FigureCommittees]),
		Units: len(c[FigureUnits]), Villages: len(c[FigureVillages]), Handovers: len(c[FigureHandovers]),
	}
}

// CountUp counts started cases. A person counts by name and body: the measure names who it was taken against; one
// that an appeal undid counts for nobody.
func CountUp(cases []Whole, acts map[inspections.CaseID][]Act) Counts {
	n := counter{Counts{}, map[string]int{}}
	for _, w := range cases {
		if w.Case.State == Refused || w.Case.State == Proposed {
			continue
		}
		n.add(FigureProblems, w.Case, w.Case.ID, Counted{})
		party := map[int]inspections.Party{}
		for _, b := range w.Branches {
			party[b.Seq] = b.Party
			if b.State != BranchConcluded || !b.Liable {
				continue
			}
			n.add(FigureVillages, w.Case, w.Case.Team, Counted{})
			switch b.Side {
			case SideTownship:
				n.add(FigureCommittees, w.Case, b.Party.ID, Counted{Party: b.Party})
			case SideUnit:
				n.add(FigureUnits, w.Case, b.Party.ID, Counted{Party: b.Party})
			}
		}
		for _, m := range w.Measures {
			if Overturned(acts[w.Case.ID], m.ID) {
				continue
			}
			one := Counted{Party: party[m.Branch], Person: m.Person, Kind: m.Kind}
			n.add(FigureTimes, w.Case, m.ID, one)
			n.add(FigurePersons, w.Case, personKey(party[m.Branch], m.Person), one)
		}
		for _, a := range acts[w.Case.ID] {
			if a.Kind == ActHandover {
				n.add(FigureHandovers, w.Case, fmt.Sprintf("%d/%d", a.Case, a.Seq), Counted{Person: a.Body})
			}
		}
	}
	return n.Counts
}

// counter counts a thing once, and keeps where it was.
type counter struct {
	Counts
	at map[string]int // by figure and key
}

func (n counter) add(f Figure, c Case, key any, one Counted) {
	id := fmt.Sprintf("%s %v", f, key)
	i, known := n.at[id]
	if !known {
		i = len(n.Counts[f])
		n.at[id], one.Team = i, c.Team
		n.Counts[f] = append(n.Counts[f], one)
	}
	if list := &n.Counts[f][i].Cases; len(*list) == 0 || (*list)[len(*list)-1] != c.ID {
		*list = append(*list, c.ID)
	}
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
	Party  inspections.Party    `json:"party"`
	Months []calendar.Month     `json:"months"`
	Cases  []inspections.CaseID `json:"cases"` // of the measures, in the order of months
}

// InARow finds the bodies that got a measure in at least n months in a row, across months, as Yangxin
// counted units "talked to twice or more in a row". A measure that an appeal undid is none. Rows come by party
// kind, id and first month.
func InARow(cases []Whole, acts map[inspections.CaseID][]Act, side Side, kind MeasureKind, n int) []Row {
	months := map[inspections.Party]map[calendar.Month][]inspections.CaseID{}
	for _, w := range cases {
		for _, m := range w.Measures {
			b, ok := branchOf(w.Branches, m.Branch)
			if !ok || b.Side != side || m.Kind != kind || Overturned(acts[w.Case.ID], m.ID) {
				continue
			}
			if months[b.Party] == nil {
				months[b.Party] = map[calendar.Month][]inspections.CaseID{}
			}
			month := calendar.MonthOf(m.Decided.Date())
			months[b.Party][month] = append(months[b.Party][month], w.Case.ID)
		}
	}
	var rows []Row
	for party, in := range months {
		for month := range in {
			if in[month.Add(-1)] != nil {
				continue // not the first of its row
			}
			row := Row{Party: party}
			for at := month; in[at] != nil; at = at.Add(1) {
				row.Months, row.Cases = append(row.Months, at), append(row.Cases, in[at]...)
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
