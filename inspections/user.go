package inspections

import "anfang.example/inspections/calendar"

// Role decides what a signed-in person may see and do.
type Role string

// The roles.
const (
	RoleAdmin     Role = "admin"     // keeps users and settings
	RoleClerk     Role = "clerk"     // runs the office
	RoleLeader    Role = "leader"    // approves starts, signs bulletins
	RoleInspector Role = "inspector" // goes and records
	RoleReviewer  Role = "reviewer"  // reads case files
	RoleTownship  Role = "township"  // its own part
	RoleUnit      Role = "unit"      // its own part
)

// User is a person who signs in.
type User struct {
	ID       UserID           `json:"id" db:"id"`
	Login    string           `json:"login" db:"login"`
	Name     string           `json:"name" db:"name"`
	Duty     string           `json:"duty" db:"duty"` // post as printed, e.g. of the approver
	Role     Role             `json:"role" db:"role"`
	Party    Party            `json:"party" db:"-"` // the inspector, township or unit this person is or acts for
	Email    string           `json:"email" db:"email"`
	Password string           `json:"-" db:"password"` // encoded argon2id hash
	Created  calendar.Instant `json:"created" db:"created_at"`
	Disabled calendar.Instant `json:"disabled" db:"disabled_at"`
}

// Session is one signed-in browser. Only the SHA-256 of its token is kept.
type Session struct {
	TokenSHA string           `db:"token_sha256"`
	User     UserID           `db:"user_id"`
	Created  calendar.Instant `db:"created_at"`
	Expires  calendar.Instant `db:"expires_at"`
}

// Actor says who did something, for journals and records.
type Actor struct {
	User UserID `json:"user"` // 0 for the program itself
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// System is the program acting by itself.
var System = Actor{Name: "anfang"}
