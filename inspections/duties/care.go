package duties

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// The kinds of the catalog that care for members settles.
const (
	HealthInsurance Kind = "health_insurance" // 2.3a
	SympathyVisit   Kind = "sympathy_visit"   // 2.3b
)

// CareState is what a unit did for one of its members in a year; a zero day means that nothing is on record.
type CareState struct {
	Member       inspections.MemberID `json:"member"`
	Unit         inspections.UnitID   `json:"unit"`
	Team         inspections.TeamID   `json:"team"`
	Health       calendar.Date        `json:"health"`
	Insurance    calendar.Date        `json:"insurance"`
	InsuredUntil calendar.Date        `json:"insured_until"` // zero: not told
	Sympathy     calendar.Date        `json:"sympathy"`
}

// Insured reports whether the member had an insurance of the year, or one that still runs on day.
func (s CareState) Insured(year int, day calendar.Date) bool {
	y, _, _ := s.Insurance.Parts()
	return !s.Insurance.IsZero() && (y == year || s.InsuredUntil >= day)
}

// CareOf lists the members posted on day, by unit and member, with the newest line of each kind: health and
// sympathy of the year, an insurance of any year. A posting whose unit is to be named counts for nobody.
func CareOf(roster *inspections.Roster, care []inspections.Care, year int, day calendar.Date) []CareState {
	type key struct {
		member inspections.MemberID
		unit   inspections.UnitID
	}
	at := map[key]int{}
	list := []CareState{}
	for _, p := range roster.Postings {
		k := key{p.Member, p.Unit}
		if _, twice := at[k]; twice || p.Unit == 0 || !inspections.Covers(p.From, p.Until, day) {
			continue
		}
		at[k] = len(list)
		list = append(list, CareState{Member: p.Member, Unit: p.Unit, Team: p.Team})
	}
	for _, c := range care {
		i, posted := at[key{c.Member, c.Unit}]
		if !posted {
			continue
		}
		y, _, _ := c.Day.Parts()
		s := &list[i]
		switch {
		case c.Kind == inspections.CareInsurance && c.Day >= s.Insurance:
			s.Insurance, s.InsuredUntil = c.Day, c.Until
		case c.Kind == inspections.CareHealth && y == year:
			s.Health = max(s.Health, c.Day)
		case c.Kind == inspections.CareSympathy && y == year:
			s.Sympathy = max(s.Sympathy, c.Day)
		}
	}
	slices.SortStableFunc(list, func(a, b CareState) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Member, b.Member))
	})
	return list
}

// Cared tells whether all members of a unit had what a duty asks: a health check and an insurance (2.3a), a
// visit of sympathy (2.3b). A unit without members has nothing to show.
func Cared(states []CareState, unit inspections.UnitID, kind Kind, year int, day calendar.Date) bool {
	some := false
	for _, s := range states {
		if s.Unit != unit {
			continue
		}
		some = true
		done := !s.Sympathy.IsZero()
		if kind == HealthInsurance {
			done = !s.Health.IsZero() && s.Insured(year, day)
		}
		if !done {
			return false
		}
	}
	return some
}
