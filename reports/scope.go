package reports

import (
	"slices"

	"anfang.example/inspections"
)

// Scope says whose view figures are, and how much of the others' is left to sums.
type Scope struct {
	Party    inspections.PartyKind `json:"party"` // township or unit
	Name     string                `json:"name"`
	Problems int                   `json:"problems"` // of the whole county
	Ledger   int                   `json:"ledger"`   // lines left out
}

// For gives a month's figures as one township or unit may see them: the sums of the county, its own lines in full, and
// of the others no line that names them.
func (f Figures) For(party inspections.PartyKind, name string) Figures {
	own := func(township string, units []string) bool {
		if party == inspections.PartyUnit {
			return slices.Contains(units, name)
		}
		return township == name
	}
	whole := f
	f.Problems = keep(whole.Problems, func(p Problem) bool { return own(p.Township, p.Units) })
	f.Ledger = keep(whole.Ledger, func(l LedgerLine) bool { return own(l.Township, l.Units) })
	f.Earlier.Lines = keep(whole.Earlier.Lines, func(l LedgerLine) bool { return own(l.Township, l.Units) })
	f.Cases.Lines = keep(whole.Cases.Lines, func(l CaseLine) bool { return own(l.Township, l.Units) })
	f.Cases.NotLiable = keep(whole.Cases.NotLiable, func(n NotLiable) bool { return n.Side == string(party) && n.Party == name })
	f.Attendance.Rows = keep(whole.Attendance.Rows, func(r AttendanceTownship) bool { return own(r.Name, nil) })
	f.Attendance.Units = keep(whole.Attendance.Units, func(u AttendanceUnit) bool { return party == inspections.PartyUnit && u.Name == name })
	f.Attendance.NotNames = keep(whole.Attendance.NotNames, func(n string) bool { return own(n, nil) })
	f.Scope = &Scope{Party: party, Name: name, Problems: len(whole.Problems), Ledger: len(whole.Ledger) - len(f.Ledger)}
	return f
}

func keep[T any](list []T, own func(T) bool) []T {
	kept := []T{}
	for _, v := range list {
		if own(v) {
			kept = append(kept, v)
		}
	}
	return kept
}
