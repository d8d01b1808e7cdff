package inspections

import "anfang.example/inspections/calendar"

// The parties of the notice that are no bodies of the roster. A resident team leader bears the id of the
// township, a business department the number of its team kind in [Departments].
const (
	PartyResident   PartyKind = "resident"   // 驻镇工作队长 (六)
	PartyDepartment PartyKind = "department" // 县委基层党建办, 县扶贫办, 县农业局 (四)
	PartyFinance    PartyKind = "finance"    // 县财政局 (五)
)

// Departments are the kinds of team that a business department guides, in the order of the notice; the
// party of a department bears the place in it, from 1.
var Departments = []TeamKind{TeamBranch, TeamPoverty, TeamVillage}

// LinkKind says what a township is linked to.
type LinkKind string

// The links of a township.
const (
	LinkLeadUnit     LinkKind = "lead_unit"     // 牵头单位 (2.5)
	LinkCountyLeader LinkKind = "county_leader" // 联系乡镇县级领导 (6.4)
)

// TownshipLink says from when a unit leads in a township, or a county leader is linked to it, until a
// later link of the kind.
type TownshipLink struct {
	ID       int64            `json:"id" db:"id"`
	Township TownshipID       `json:"township" db:"township_id"`
	Kind     LinkKind         `json:"kind" db:"kind"`
	Unit     UnitID           `json:"unit" db:"unit_id"` // of a lead unit
	Name     string           `json:"name" db:"name"`    // of a county leader
	Email    string           `json:"email" db:"email"`
	From     calendar.Date    `json:"from" db:"from_day"`
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// LinkOn gives the link of a township in force on a day: the latest begun, of one day the last recorded.
func LinkOn(links []TownshipLink, township TownshipID, kind LinkKind, day calendar.Date) (TownshipLink, bool) {
	var best TownshipLink
	for _, l := range links {
		if l.Township == township && l.Kind == kind && l.From <= day && (best.ID == 0 || l.From > best.From || l.From == best.From && l.ID > best.ID) {
			best = l
		}
	}
	return best, best.ID != 0
}

// Tip is a month's work tips and task list of a business department for the teams of its kind (四).
type Tip struct {
	ID    int64            `json:"id" db:"id"`
	Month string           `json:"month" db:"month"` // "2025-03"
	Kind  TeamKind         `json:"team_kind" db:"team_kind"`
	Title string           `json:"title" db:"title"`
	Tasks string           `json:"tasks" db:"tasks"`
	By    string           `json:"by" db:"given_by"`
	At    calendar.Instant `json:"at" db:"given_at"`
}

// Fund is one transfer: from whom, to which township's finance office, for which team (2.5, 5.1, 5.2).
type Fund struct {
	ID       int64            `json:"id" db:"id"`
	Clause   string           `json:"clause" db:"clause"`
	Day      calendar.Date    `json:"day" db:"day"`
	Payer    Party            `json:"payer" db:"-"`
	Township TownshipID       `json:"township" db:"township_id"`
	Team     TeamID           `json:"team" db:"team_id"` // 0: the township as a whole
	Cents    int64            `json:"cents" db:"cents"`  // 1/100 yuan
	Purpose  string           `json:"purpose" db:"purpose"`
	By       string           `json:"by" db:"given_by"`
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}
