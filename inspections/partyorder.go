package inspections

import (
	"cmp"
	"slices"
)

// TownshipsByCode lists the townships in division-code order, those without a code after the others by name.
func (r *Roster) TownshipsByCode() []Township {
	list := slices.Clone(r.Townships)
	slices.SortStableFunc(list, func(a, b Township) int {
		if (a.Code == "") != (b.Code == "") {
			if a.Code == "" {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// Parties lists everybody who can owe a duty, in the order in which tables stand: the county office, the
// townships by division code, their resident leaders, the units by number, departments and the finance
// bureau. Nobody is ranked.
func (r *Roster) Parties() []Party {
	list := []Party{{Kind: PartyCounty}}
	towns := r.TownshipsByCode()
	for _, kind := range []PartyKind{PartyTownship, PartyResident} {
		for _, t := range towns {
			list = append(list, Party{Kind: kind, ID: int64(t.ID)})
		}
	}
	for _, u := range r.Units {
		list = append(list, Party{Kind: PartyUnit, ID: int64(u.ID)})
	}
	for i := range Departments {
		list = append(list, Party{Kind: PartyDepartment, ID: int64(i + 1)})
	}
	return append(list, Party{Kind: PartyFinance})
}
