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

// AliasesOf lists the further names of a body, by id.
func (r *Roster) AliasesOf(p Party) []Alias {
	var list []Alias
	for _, a := range r.Aliases {
		if a.Of == p {
			list = append(list, a)
		}
	}
	return list
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
	for _, a := range r.Aliases {
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

// FormerUnit finds the unit that bore or took over a name.
func (r *Roster) FormerUnit(name string) (Unit, bool) {
	for _, a := range r.Aliases {
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
