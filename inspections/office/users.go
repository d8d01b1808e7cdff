package office

import (
	"fmt"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
)

// maxLogin is the limit of a login, in characters.
const maxLogin = 60

// UserTx is what the verbs about users need of a transaction.
type UserTx interface {
	journal.Tx
	Roster() (*inspections.Roster, error)
	Users() ([]inspections.User, error)
	AddUser(*inspections.User) error
	SaveUser(inspections.User) error
	User(inspections.UserID) (inspections.User, error)
}

// CreateUser lets a person sign in; u.Password is an encoded hash. Who stands for an inspector, township
// or unit and has no name given takes theirs. The journal holds role and party, never name or login.
// Errors: Forbidden for others than administrators, Invalid, Conflict when the login is taken.
func CreateUser(tx UserTx, by inspections.Actor, u inspections.User) (inspections.User, error) {
	if err := allow(by, inspections.RoleAdmin); err != nil {
		return u, err
	}
	if err := completeUser(tx, &u); err != nil {
		return u, err
	}
	u.Created = tx.Now()
	if err := tx.AddUser(&u); err != nil {
		return u, err
	}
	return u, recordUser(tx, by, u, "user.created")
}

// ChangeUser keeps a person's new name, post, address or party. Errors as for CreateUser.
func ChangeUser(tx UserTx, by inspections.Actor, u inspections.User) (inspections.User, error) {
	if err := allow(by, inspections.RoleAdmin); err != nil {
		return u, err
	}
	if err := completeUser(tx, &u); err != nil {
		return u, err
	}
	if err := tx.SaveUser(u); err != nil {
		return u, err
	}
	return u, recordUser(tx, by, u, "user.changed")
}

// SetPassword gives a person a new password, as an encoded hash; all their sessions end. A person may
// change their own, an administrator anybody's. Errors: Forbidden, NotFound; Conflict when their access
// has ended, since no password would open anything.
func SetPassword(tx UserTx, by inspections.Actor, id inspections.UserID, hash string) (inspections.User, error) {
	if !by.Is(inspections.RoleAdmin) && by.User != id {
		return inspections.User{}, inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
	}
	u, err := tx.User(id)
	if err != nil {
		return u, err
	}
	if !u.Disabled.IsZero() {
		return u, inspections.Fail(inspections.Conflict, "user.disabled", "login", u.Login)
	}
	u.Password = hash
	if err := tx.SaveUser(u); err != nil {
		return u, err
	}
	return u, recordUser(tx, by, u, "user.password_set")
}

// DisableUser ends a person's access at once; the person stays on record. Errors: Forbidden, NotFound,
// Conflict when it was ended before or nobody would be left to administer.
func DisableUser(tx UserTx, by inspections.Actor, id inspections.UserID) (inspections.User, error) {
	if err := allow(by, inspections.RoleAdmin); err != nil {
		return inspections.User{}, err
	}
	u, err := tx.User(id)
	if err != nil {
		return u, err
	}
	if !u.Disabled.IsZero() {
		return u, inspections.Fail(inspections.Conflict, "user.disabled", "login", u.Login)
	}
	all, err := tx.Users()
	if err != nil {
		return u, err
	}
	left := 0
	for _, other := range all {
		if other.ID != id && other.Role == inspections.RoleAdmin && other.Disabled.IsZero() {
			left++
		}
	}
	if u.Role == inspections.RoleAdmin && left == 0 {
		return u, inspections.Fail(inspections.Conflict, "user.last_admin", "login", u.Login)
	}
	u.Disabled = tx.Now()
	if err := tx.SaveUser(u); err != nil {
		return u, err
	}
	return u, recordUser(tx, by, u, "user.disabled")
}

// EnableUser gives access back. Errors: Forbidden, NotFound, Conflict when it never ended.
func EnableUser(tx UserTx, by inspections.Actor, id inspections.UserID) (inspections.User, error) {
	if err := allow(by, inspections.RoleAdmin); err != nil {
		return inspections.User{}, err
	}
	u, err := tx.User(id)
	if err != nil {
		return u, err
	}
	if u.Disabled.IsZero() {
		return u, inspections.Fail(inspections.Conflict, "user.enabled", "login", u.Login)
	}
	u.Disabled = inspections.User{}.Disabled
	if err := tx.SaveUser(u); err != nil {
		return u, err
	}
	return u, recordUser(tx, by, u, "user.enabled")
}

func recordUser(tx UserTx, by inspections.Actor, u inspections.User, kind string) error {
	_, err := journal.Append(tx, journal.Entry{
		Kind: kind, Actor: by.Ref(), Subject: fmt.Sprintf("user/%d", u.ID),
		Body: map[string]any{"role": string(u.Role), "party": string(u.Party.Kind), "party_id": u.Party.ID},
	})
	return err
}

// completeUser checks a user and fills the name in.
func completeUser(tx UserTx, u *inspections.User) error {
	odd := strings.ContainsFunc(u.Login, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
	if n := utf8.RuneCountInString(u.Login); odd || n == 0 || n > maxLogin {
		return inspections.Fail(inspections.Invalid, "user.login", "limit", maxLogin)
	}
	if u.Email != "" {
		if a, err := mail.ParseAddress(u.Email); err != nil || a.Address != u.Email {
			return inspections.Fail(inspections.Invalid, "user.email", "value", u.Email)
		}
	}
	if u.Password == "" {
		return inspections.Fail(inspections.Invalid, "user.no_password", "login", u.Login)
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	name, err := partyName(roster, *u)
	if err != nil {
		return err
	}
	if strings.TrimSpace(u.Name) == "" {
		u.Name = name
	}
	if strings.TrimSpace(u.Name) == "" {
		u.Name = u.Login
	}
	return nil
}

// partyName names whom a user stands for; inspectors, townships and units must name theirs, others none.
func partyName(roster *inspections.Roster, u inspections.User) (string, error) {
	missing := inspections.Fail(inspections.Invalid, "user.party", "role", string(u.Role))
	switch u.Role {
	case inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer:
		return "", nil
	case inspections.RoleInspector:
		if n, ok := roster.Inspector(inspections.InspectorID(u.Party.ID)); ok && u.Party.Kind == inspections.PartyInspector {
			return n.Name, nil
		}
	case inspections.RoleTownship:
		if t, ok := roster.Township(inspections.TownshipID(u.Party.ID)); ok && u.Party.Kind == inspections.PartyTownship {
			return t.Name, nil
		}
	case inspections.RoleUnit:
		if n, ok := roster.Unit(inspections.UnitID(u.Party.ID)); ok && u.Party.Kind == inspections.PartyUnit {
			return n.Name, nil
		}
	default:
		return "", inspections.Fail(inspections.Invalid, "user.role", "role", string(u.Role))
	}
	return "", missing
}
