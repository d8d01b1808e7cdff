package inspections

import (
	"fmt"

	"anfang.example/inspections/calendar"
)

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
	// Party is the inspector, township or unit the person is or acts for.
	Party Party `json:"party"`
}

// System is the program acting by itself.
var System = Actor{Name: "anfang"}

// Ref names the actor in journals without personal data: "clerk/3", or "anfang" for the program.
func (a Actor) Ref() string {
	if a.User == 0 {
		return a.Name
	}
	return fmt.Sprintf("%s/%d", a.Role, a.User)
}

// Is reports whether the actor has one of the roles; the program itself has all.
func (a Actor) Is(roles ...Role) bool {
	if a == System {
		return true
	}
	for _, r := range roles {
		if a.Role == r {
			return true
		}
	}
	return false
}

// AsActor gives the user as the one who does something.
func (u User) AsActor() Actor { return Actor{User: u.ID, Name: u.Name, Role: u.Role, Party: u.Party} }
