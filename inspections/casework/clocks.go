package casework

import (
	"fmt"

	"anfang.example/inspections"
)

// Subjects lists what the clocks of a case are about, as obligations name it: the case, the acts that start
// a clock of their own (an invitation to make a statement, a hand-over slip, an appeal and one that was
// upheld), and its measures.
func Subjects(c inspections.CaseID, measures []Measure, acts []Act) []string {
	list := []string{fmt.Sprintf("case/%d", c)}
	for _, a := range acts {
		switch a.Kind {
		case ActInvited, ActHandover, ActAppeal, ActAppealEnd:
			list = append(list, a.Subject())
		}
	}
	for _, m := range measures {
		list = append(list, fmt.Sprintf("measure/%d", m.ID))
	}
	return list
}

// Subject names an act as obligations do: "case/3/act/7".
func (a Act) Subject() string { return fmt.Sprintf("case/%d/act/%d", a.Case, a.Seq) }
