package inspections

import (
	"slices"

	"anfang.example/inspections/calendar"
)

// AliasWhy says how a body came to a further name.
type AliasWhy string

// How a body came to a further name.
const (
	AliasRenamed AliasWhy = "renamed" // the name it bore before
	AliasLinked  AliasWhy = "linked"  // a further village of the team
	AliasMerged  AliasWhy = "merged"  // a village or unit that went up in it
)

// Alias is a dated further name of a team's village, a unit or a township: nothing is renamed or merged
// without what it was called before staying on record, so that an old file still finds it.
type Alias struct {
	ID       int64            `json:"id" db:"id"`
	Of       Party            `json:"of" db:"-"` // a team, unit or township
	Why      AliasWhy         `json:"why" db:"why"`
	Name     string           `json:"name" db:"name"`
	Code     string           `json:"code" db:"code"` // 12-digit code of a village, "" none
	From     calendar.Date    `json:"from" db:"from_day"`
	Until    calendar.Date    `json:"until" db:"until_day"` // last day, zero while it holds
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// KnownAs lists the further names as they stand after all corrections, by id: a later record of the same name from
// the same day takes the place of the earlier one, and a span that ends before it begins never held.
func (r *Roster) KnownAs() []Alias {
	type name struct {
		of   Party
		why  AliasWhy
		name string
		from calendar.Date
	}
	last := map[name]int64{}
	key := func(a Alias) name { return name{a.Of, a.Why, a.Name, a.From} }
	for _, a := range r.Aliases {
		last[key(a)] = a.ID
	}
	return slices.DeleteFunc(slices.Clone(r.Aliases), func(a Alias) bool {
		return a.ID != last[key(a)] || !a.Until.IsZero() && a.Until < a.From
	})
}

// AliasesOf lists the further names of a body, by id.
func (r *Roster) AliasesOf(p Party) []Alias {
	return slices.DeleteFunc(r.KnownAs(), func(a Alias) bool { return a.Of != p })
}

// NameOn gives the name that a team's village, a unit or a township bore on a day.
func (r *Roster) NameOn(p Party, day calendar.Date) string {
	for _, a := range r.AliasesOf(p) {
		if a.Why == AliasRenamed && Covers(a.From, a.Until, day) {
			return a.Name
		}
	}
	return r.PartyName(p)
}

// VillagesOf lists the villages that a team serves on a day, its own first: several linked ones are one team.
func (r *Roster) VillagesOf(team TeamID, day calendar.Date) []string {
	party := Party{Kind: PartyTeam, ID: int64(team)}
	names := []string{r.NameOn(party, day)}
	for _, a := range r.AliasesOf(party) {
		if a.Why == AliasLinked && Covers(a.From, a.Until, day) && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}

// FormerTeam finds the team that a village's former or further name now belongs to: by 12-digit code, else
// by township and name where only one team is left. False when none or several are.
func (r *Roster) FormerTeam(township TownshipID, village, code string) (Team, bool) {
	found := map[TeamID]Team{}
	for _, a := range r.KnownAs() {
		if a.Of.Kind != PartyTeam {
			continue
		}
		t, ok := r.Team(TeamID(a.Of.ID))
		same := code != "" && a.Code == code || (code == "" || a.Code == "") && t.Township == township && a.Name == village
		if ok && same {
			found[t.ID] = t
		}
	}
	for _, t := range found {
		return t, len(found) == 1
	}
	return Team{}, false
}

// TownshipNames gives every name under which each township may stand in a file: its own first, then those it bore
// and those of the townships that went up in it.
func (r *Roster) TownshipNames() map[TownshipID][]string {
	names := map[TownshipID][]string{}
	for _, t := range r.Townships {
		names[t.ID] = []string{t.Name}
	}
	for _, a := range r.KnownAs() {
		if id := TownshipID(a.Of.ID); a.Of.Kind == PartyTownship && !slices.Contains(names[id], a.Name) {
			names[id] = append(names[id], a.Name)
		}
	}
	return names
}

// TownshipCalled finds the township that a file means by a name: the one that bears it, else the one that bore it;
// for one that went up in another, that one. 0 when there is none.
func (r *Roster) TownshipCalled(name string) TownshipID {
	former := TownshipID(0)
	for id, names := range r.TownshipNames() {
		switch slices.Index(names, name) {
		case -1:
		case 0:
			return r.Successor(id)
		default:
			former = r.Successor(id)
		}
	}
	return former
}

// FormerUnit finds the unit that bore or took over a name.
func (r *Roster) FormerUnit(name string) (Unit, bool) {
	for _, a := range r.KnownAs() {
		if a.Of.Kind == PartyUnit && a.Name == name {
			return r.Unit(UnitID(a.Of.ID))
		}
	}
	return Unit{}, false
}

// CareKind is what a unit did for a member of its own.
type CareKind string

// What a unit owes its members (2.3).
const (
	CareHealth    CareKind = "health"    // health check 体检 (2.3a)
	CareInsurance CareKind = "insurance" // accident insurance 人身意外保险 (2.3a)
	CareSympathy  CareKind = "sympathy"  // visit of sympathy 慰问 (2.3b)
)

// CareKinds lists them in the order of the notice.
var CareKinds = []CareKind{CareHealth, CareInsurance, CareSympathy}

// Care is one line: what a unit did for a member, and until when an insurance runs.
type Care struct {
	ID       int64            `json:"id" db:"id"`
	Member   MemberID         `json:"member" db:"member_id"`
	Unit     UnitID           `json:"unit" db:"unit_id"`
	Kind     CareKind         `json:"kind" db:"kind"`
	Day      calendar.Date    `json:"day" db:"day"`
	Until    calendar.Date    `json:"until" db:"until_day"` // last day insured; zero otherwise
	Note     string           `json:"note" db:"note"`
	By       string           `json:"by" db:"given_by"`
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}
