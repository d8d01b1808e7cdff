package inspections

import "anfang.example/inspections/calendar"

// Township is a township or street office of the county; its party committee answers (一.1).
type Township struct {
	ID    TownshipID    `json:"id" db:"id"`
	Code  string        `json:"code" db:"code"` // 9 digits
	Name  string        `json:"name" db:"name"`
	Until calendar.Date `json:"until,omitzero" db:"until_day"` // last day, zero while it stands
	Into  TownshipID    `json:"into,omitzero" db:"into_id"`    // the one it went up in after that day, 0 none
}

// Unit is an aid unit (帮扶单位).
type Unit struct {
	ID   UnitID `json:"id" db:"id"`
	Name string `json:"name" db:"name"`
	// Outside says that the unit is not under the county (不相隶属): it is asked by letter 函, not told by notice.
	Outside bool `json:"outside,omitempty" db:"outside"`
}

// TeamKind is the kind of a team, which decides the business department that guides it (四).
type TeamKind string

// The kinds of teams.
const (
	TeamPoverty  TeamKind = "poverty"  // 扶贫
	TeamBranch   TeamKind = "branch"   // 软弱涣散整顿
	TeamVillage  TeamKind = "village"  // 美丽乡村示范村
	TeamUnstated TeamKind = "unstated" // not given in the roster
)

// Team is a resident village work team. A village is known by its 12-digit code, else by township and name.
type Team struct {
	ID          TeamID        `json:"id" db:"id"`
	Code        string        `json:"code" db:"code"` // the office's own number, may be empty
	Township    TownshipID    `json:"township" db:"township_id"`
	Village     string        `json:"village" db:"village"`
	VillageCode string        `json:"village_code" db:"village_code"`
	Kind        TeamKind      `json:"kind" db:"kind"`
	From        calendar.Date `json:"from" db:"from_day"`
	Until       calendar.Date `json:"until" db:"until_day"` // last day, zero while it stands
}

// TeamUnit says that a unit sends people to a team during a span.
type TeamUnit struct {
	Team  TeamID        `json:"team" db:"team_id"`
	Unit  UnitID        `json:"unit" db:"unit_id"`
	From  calendar.Date `json:"from" db:"from_day"`
	Until calendar.Date `json:"until" db:"until_day"`
}

// ErasedWords stands where words were lawfully erased: that something was said, or that there was somebody, stays on record;
// what or who does not. Blackened is blackened in every language.
const ErasedWords = "■■■"

// Member is a person posted to a village. Name and phone are personal data: journals hold them only
// as commitments with Salt.
type Member struct {
	ID    MemberID `json:"id" db:"id"`
	Name  string   `json:"name" db:"name"`
	Sex   string   `json:"sex" db:"sex"` // "m", "f" or ""
	Phone string   `json:"phone" db:"phone"`
	Salt  string   `json:"-" db:"salt"` // 32 hex digits; "" destroyed
}

// Erased reports whether a member's data was lawfully erased.
func (m Member) Erased() bool { return m.Salt == "" && m.Name == ErasedWords }

// PostingRole is what a member is in the team.
type PostingRole string

// The roles in a team.
const (
	RoleMember PostingRole = "member"
	RoleHead   PostingRole = "head" // village-team head 村工作队长
)

// Posting says that a member serves in a team for a unit during a span.
type Posting struct {
	ID     PostingID     `json:"id" db:"id"`
	Member MemberID      `json:"member" db:"member_id"`
	Team   TeamID        `json:"team" db:"team_id"`
	Unit   UnitID        `json:"unit" db:"unit_id"` // 0: not known, asked
	Role   PostingRole   `json:"role" db:"role"`
	From   calendar.Date `json:"from" db:"from_day"`
	Until  calendar.Date `json:"until" db:"until_day"` // last day, zero while it lasts
}

// Post is an office whose holder answers or is written to.
type Post string

// The posts of the notice.
const (
	PostDeputy     Post = "deputy"      // 党委分管副书记, township (1.1)
	PostResident   Post = "resident"    // 驻镇工作队长, township (六)
	PostMainLeader Post = "main_leader" // 主要领导, unit (2.4c)
	PostInCharge   Post = "in_charge"   // 分管领导, unit (2.4d)
	PostContact    Post = "contact"     // where letters to the body go
)

// Holder says who holds a post of a township or unit during a span.
type Holder struct {
	ID    HolderID      `json:"id" db:"id"`
	Party Party         `json:"party" db:"-"`
	Post  Post          `json:"post" db:"post"`
	Name  string        `json:"name" db:"name"`
	Phone string        `json:"phone" db:"phone"`
	Email string        `json:"email" db:"email"`
	From  calendar.Date `json:"from" db:"from_day"`
	Until calendar.Date `json:"until" db:"until_day"`
}

// Inspector is a county inspector. Home township, own unit and Avoid keep people from inspecting their own.
type Inspector struct {
	ID      InspectorID   `json:"id" db:"id"`
	Name    string        `json:"name" db:"name"`
	Office  string        `json:"office" db:"office"` // the body the person works for
	Phone   string        `json:"phone" db:"phone"`
	Email   string        `json:"email" db:"email"`
	Home    TownshipID    `json:"home" db:"home_township_id"` // 0: not given
	OwnUnit UnitID        `json:"own_unit" db:"own_unit_id"`  // 0: none of the aid units
	Avoid   []UnitID      `json:"avoid" db:"-"`
	From    calendar.Date `json:"from" db:"from_day"`
	Until   calendar.Date `json:"until" db:"until_day"`
}

// Covers reports whether a span [from, until] holds day; a zero until is open and a zero from too.
func Covers(from, until, day calendar.Date) bool {
	return from <= day && (until.IsZero() || day <= until)
}
