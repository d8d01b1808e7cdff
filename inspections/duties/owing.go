package duties

import (
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Owing sums up what one party owes and did.
type Owing struct {
	Party   inspections.Party `json:"party"`
	Open    int               `json:"open"`    // still owed
	Overdue int               `json:"overdue"` // of Open: its time is over
	Next    calendar.Instant  `json:"next"`    // earliest end of what is open and not overdue, zero none
	OnTime  int               `json:"on_time"`
	Late    int               `json:"late"`   // done after its time
	Waived  int               `json:"waived"` // with a reason, counted neither as on time nor as late
}

// Measured counts all that had to be done by now.
func (s Owing) Measured() int { return s.OnTime + s.Late + s.Overdue }

// ByParty sums obligations up by party; register rows of what is on demand are never measured and left out.
func ByParty(list []Obligation, rules []Rule, now calendar.Instant) map[inspections.Party]Owing {
	register := map[Kind]bool{}
	for _, r := range rules {
		if r.Each == OnDemand || r.Each == Standing {
			register[r.Kind] = true
		}
	}
	sums := map[inspections.Party]Owing{}
	for _, o := range list {
		if register[o.Kind] || !o.Open() && !o.Measured() {
			continue
		}
		s := sums[o.Party]
		s.Party = o.Party
		switch {
		case o.Overdue(now):
			s.Open++
			s.Overdue++
		case o.Open():
			s.Open++
			if !o.Due.IsZero() && (s.Next.IsZero() || o.Due.Before(s.Next.Time)) {
				s.Next = o.Due
			}
		case o.Waived():
			s.Waived++
		case o.Late():
			s.Late++
		default:
			s.OnTime++
		}
		sums[o.Party] = s
	}
	return sums
}

// waiverRef begins the reference of what a waiver settled.
const waiverRef = "waiver/"

// Waived reports whether it was settled by a waiver.
func (o Obligation) Waived() bool { return strings.HasPrefix(o.DoneRef, waiverRef) }
