package duties

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Looked is what a pair saw of a duty on a visit: its answer to an item of the checklist, for the party
// that owes the clause.
type Looked struct {
	Visit  inspections.VisitID     `json:"visit"`
	Day    calendar.Date           `json:"day"`
	Clause string                  `json:"clause"`
	Party  inspections.Party       `json:"party"`
	Result inspections.CheckResult `json:"result"`
	Note   string                  `json:"note,omitempty"`
}

// Verify gives, for each obligation that a visit looked at, the last look: one speaks of the party's
// obligation under the clause whose period holds the day of the visit. What was not looked at is absent.
func Verify(owed []Obligation, looked []Looked) map[inspections.ObligationID]Looked {
	seen := map[inspections.ObligationID]Looked{}
	for _, o := range owed {
		first, last, ok := PeriodSpan(o.Period)
		if !ok {
			continue
		}
		for _, l := range looked {
			fits := l.Clause == o.Clause && l.Party == o.Party && first <= l.Day && l.Day <= last
			if have, twice := seen[o.ID]; fits && (!twice || l.Day > have.Day || l.Day == have.Day && l.Visit > have.Visit) {
				seen[o.ID] = l
			}
		}
	}
	return seen
}
