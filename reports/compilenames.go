package reports

import (
	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

// named gives the findings whose member may be named: a measure against them was carried out and a leader
// approved the naming. Every other finding says "one member".
func named(tx Tx, roster *inspections.Roster) (map[inspections.FindingID]string, error) {
	cases, err := tx.Cases(casework.Filter{})
	if err != nil {
		return nil, err
	}
	names := map[inspections.FindingID]string{}
	for _, k := range cases {
		if k.Member == 0 || k.State != casework.Open && k.State != casework.Closed {
			continue
		}
		acts, err := tx.Acts(k.ID)
		if err != nil {
			return nil, err
		}
		measures, err := tx.Measures(k.ID)
		if err != nil {
			return nil, err
		}
		branches, err := tx.Branches(k.ID)
		if err != nil {
			return nil, err
		}
		if m, ok := roster.Member(k.Member); ok && namedIn(k, branches, measures, acts) {
			names[k.Finding] = m.Name
		}
	}
	return names, nil
}

// namedIn reports whether the naming of a case's member was approved and still stands: an appeal that was
// upheld takes it back.
func namedIn(k casework.Case, branches []casework.Branch, measures []casework.Measure, acts []casework.Act) bool {
	own := map[int]bool{}
	for _, b := range branches {
		own[b.Seq] = b.Side == casework.SideMember && b.Party.ID == int64(k.Member)
	}
	for _, m := range measures {
		if own[m.Branch] && casework.Named(acts, m.ID) && !casework.Overturned(acts, m.ID) {
			return true
		}
	}
	return false
}
