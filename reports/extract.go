package reports

import "slices"

// Of gives a month's figures as one township may see them: its own lines in full, nothing of the others. The sums of the
// whole county are left away with the rows behind them.
func (f Figures) Of(township string) Figures {
	own := Figures{Schema: f.Schema, Month: f.Month, From: f.From, Until: f.Until}
	own.Attendance.CutOff, own.Attendance.DaysMin, own.Attendance.LodgingMin = f.Attendance.CutOff, f.Attendance.DaysMin, f.Attendance.LodgingMin
	for _, r := range f.Attendance.Rows {
		if r.Name == township {
			own.Attendance.Rows = append(own.Attendance.Rows, r)
		}
	}
	var units []string
	for _, p := range f.Problems {
		if p.Township != township {
			continue
		}
		own.Problems = append(own.Problems, p)
		own.ProblemTownships = Figure{N: 1}
		if p.Person {
			own.ProblemMembers.N++
		}
		for _, u := range p.Units {
			if !slices.Contains(units, u) {
				units = append(units, u)
			}
		}
	}
	own.ProblemUnits.N = len(units)
	for _, l := range f.Ledger {
		if l.Township == township {
			own.Ledger = append(own.Ledger, l)
		}
	}
	return own
}
