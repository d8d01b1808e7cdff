package inspections

import "anfang.example/inspections/calendar"

// VisitKind tells random visits, which alone count toward the week's two (3.4), from special ones.
type VisitKind string

// The kinds of visits.
const (
	VisitRandom   VisitKind = "random"
	VisitManual   VisitKind = "manual"   // 专项督查: a tip-off
	VisitFollowUp VisitKind = "followup" // 回头看
)

// VisitState is where a visit stands.
type VisitState string

// The states of a visit.
const (
	VisitReleased  VisitState = "released"  // the pair has its letter
	VisitCompleted VisitState = "completed" // recorded
	VisitCancelled VisitState = "cancelled" // with a reason; never redrawn
)

// Visit is one unannounced inspection of a team, its township office and its unit.
type Visit struct {
	ID       VisitID          `json:"id" db:"id"`
	Kind     VisitKind        `json:"kind" db:"kind"`
	Team     TeamID           `json:"team" db:"team_id"`
	Year     int              `json:"iso_year" db:"iso_year"`
	Week     int              `json:"iso_week" db:"iso_week"`
	Slot     int              `json:"slot" db:"slot"` // 0 for visits that are not random
	Start    calendar.Instant `json:"start" db:"start_at"`
	End      calendar.Instant `json:"end" db:"end_at"` // window of the slot
	Arrive   calendar.Instant `json:"arrive" db:"arrive_at"`
	Released calendar.Instant `json:"released" db:"released_at"`
	First    InspectorID      `json:"first" db:"first_inspector_id"`
	Second   InspectorID      `json:"second" db:"second_inspector_id"`
	State    VisitState       `json:"state" db:"state"`
	Visited  calendar.Instant `json:"visited" db:"visited_at"`   // when the pair was there
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"` // when the office had it
	Reason   string           `json:"reason" db:"reason"`        // of a manual or cancelled visit
	Note     string           `json:"note" db:"note"`
}

// Presence is what is known of a member's whereabouts at a visit.
type Presence string

// The findings about a member's presence; before verification nobody is blamed (CASES.md).
const (
	Present   Presence = "present"
	ToVerify  Presence = "to_verify" // 不在岗，待核实
	OnLeave   Presence = "on_leave"  // covered by leave
	OnTravel  Presence = "on_travel" // covered by duty travel
	Unexcused Presence = "unexcused" // 无故不在岗
)

// Attendance is one member's line in a visit record.
type Attendance struct {
	Visit       VisitID          `json:"visit" db:"visit_id"`
	Member      MemberID         `json:"member" db:"member_id"`
	Presence    Presence         `json:"presence" db:"presence"`
	SeenAs      Presence         `json:"seen_as" db:"seen_as"` // what the pair recorded: Present or ToVerify, kept for good
	Explanation string           `json:"explanation" db:"explanation"`
	VerifiedAt  calendar.Instant `json:"verified_at" db:"verified_at"`
	VerifiedBy  UserID           `json:"verified_by" db:"verified_by"`
}

// CheckResult is the answer to one item of the checklist.
type CheckResult string

// The answers of a checklist.
const (
	CheckOK      CheckResult = "ok"
	CheckProblem CheckResult = "problem"
	CheckNone    CheckResult = "none" // not looked at
)

// Check is one line of a visit's checklist: a clause and the party that owes it.
type Check struct {
	Visit  VisitID     `json:"visit" db:"visit_id"`
	Party  PartyKind   `json:"party" db:"party_kind"` // team, township or unit
	Clause string      `json:"clause" db:"clause"`    // e.g. "1.3"
	Item   string      `json:"item" db:"item"`        // key of the catalog: "check."+Item
	Result CheckResult `json:"result" db:"result"`
	Note   string      `json:"note" db:"note"`
}

// ChecklistItem is one thing to look at on every visit.
type ChecklistItem struct {
	Party  PartyKind
	Clause string
	Item   string
}

// Checklist gives what a pair looks at, for the team, the township office and the unit (3.4).
func Checklist() []ChecklistItem {
	return []ChecklistItem{
		{PartyTeam, "1.4a", "lodging"},
		{PartyTeam, "1.4a", "diary"},
		{PartyTeam, "6.3", "monthly_report"},
		{PartyTownship, "1.2a", "weekly_meeting"},
		{PartyTownship, "1.3", "ledger"},
		{PartyTownship, "1.4b", "absence_reported"},
		{PartyUnit, "2.2", "released"},
		{PartyUnit, "2.4b", "studies"},
		{PartyUnit, "2.4d", "visits"},
	}
}

// Evidence is a photo or paper of a visit or case, stored by its SHA-256.
type Evidence struct {
	ID    EvidenceID       `json:"id" db:"id"`
	Visit VisitID          `json:"visit" db:"visit_id"` // 0 when it belongs to a case only
	Case  CaseID           `json:"case" db:"case_id"`   // 0 when it belongs to a visit only
	SHA   string           `json:"sha256" db:"sha256"`
	Name  string           `json:"name" db:"name"`
	Media string           `json:"media" db:"media"`
	Taken calendar.Instant `json:"taken" db:"taken_at"`
	Note  string           `json:"note" db:"note"`
}

// Finding is a verified problem; a line of a bulletin opens to it.
type Finding struct {
	ID       FindingID        `json:"id" db:"id"`
	Visit    VisitID          `json:"visit" db:"visit_id"`
	Kind     string           `json:"kind" db:"kind"` // code table of CASES.md, e.g. "absent"
	Clause   string           `json:"clause" db:"clause"`
	Party    PartyKind        `json:"party" db:"party_kind"`
	Township TownshipID       `json:"township" db:"township_id"`
	Unit     UnitID           `json:"unit" db:"unit_id"` // 0: to be named
	Team     TeamID           `json:"team" db:"team_id"`
	Member   MemberID         `json:"member" db:"member_id"` // 0: no person
	At       calendar.Instant `json:"at" db:"at"`            // when it was seen
	Times    int              `json:"times" db:"times"`      // 1: first this year
	Note     string           `json:"note" db:"note"`
	Found    calendar.Instant `json:"found" db:"found_at"` // when it was verified
}

// The kinds of findings this program opens by itself.
const (
	FindingAbsent    = "absent"    // absent without leave 无故不在岗
	FindingChecklist = "checklist" // an item of the checklist
)

// ShownTo says whether a person may see a visit. The pair sees it from its release; the office only when it is over or
// given up, because at release nobody but those on standby is told; a reviewer when its week is over. Townships and units
// see what came of it in their cases.
func (v Visit) ShownTo(who Actor, now calendar.Instant) bool {
	if now.Before(v.Released.Time) {
		return false
	}
	switch who.Role {
	case RoleInspector:
		return v.Sends(who.Party)
	case RoleAdmin, RoleClerk, RoleLeader:
		return v.State != VisitReleased || now.After(v.End.Time)
	case RoleReviewer:
		week := calendar.Week{Year: v.Year, Number: v.Week}
		return v.State == VisitCompleted && now.After(week.Sunday().End())
	}
	return false
}

// Sends reports whether somebody is one of the visit's pair.
func (v Visit) Sends(p Party) bool {
	id := InspectorID(p.ID)
	return p.Kind == PartyInspector && id != 0 && (v.First == id || v.Second == id)
}
