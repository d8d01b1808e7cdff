package portal

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
)

// Limits of a login, in characters.
const maxLogin = 60

// UserTx is what the verbs about users need of a transaction.
type UserTx interface {
	journal.Tx
	Roster() (*inspections.Roster, error)
	AddUser(*inspections.User) error
	SaveUser(inspections.User) error
	User(inspections.UserID) (inspections.User, error)
}

// CreateUser lets a person sign in; u.Password is an encoded hash from [HashPassword]. The journal holds
// role and party, never name or login. Errors: Forbidden for others than administrators, Invalid,
// Conflict when the login is taken, NotFound when the party is not in the roster.
func CreateUser(_ context.Context, tx UserTx, by inspections.Actor, u inspections.User) (inspections.User, error) {
	if !by.Is(inspections.RoleAdmin) {
		return u, inspections.Fail(inspections.Forbidden, "portal.forbidden")
	}
	if err := checkUser(tx, u); err != nil {
		return u, err
	}
	u.Created = tx.Now()
	if err := tx.AddUser(&u); err != nil {
		return u, err
	}
	return u, recordUser(tx, by, u, "user.created")
}

// SetPassword gives a person a new password, as a hash from [HashPassword]; all their sessions end. A
// person may change their own, an administrator anybody's. Errors: Forbidden, NotFound.
func SetPassword(_ context.Context, tx UserTx, by inspections.Actor, id inspections.UserID, hash string) error {
	if !by.Is(inspections.RoleAdmin) && by.User != id {
		return inspections.Fail(inspections.Forbidden, "portal.forbidden")
	}
	u, err := tx.User(id)
	if err != nil {
		return err
	}
	u.Password = hash
	if err := tx.SaveUser(u); err != nil {
		return err
	}
	return recordUser(tx, by, u, "user.password_set")
}

// DisableUser ends a person's access at once; the person stays on record. Errors: Forbidden, also for
// oneself, since nobody may be left who can undo it; NotFound; Conflict when it was ended before.
func DisableUser(_ context.Context, tx UserTx, by inspections.Actor, id inspections.UserID) error {
	if !by.Is(inspections.RoleAdmin) || by.User == id {
		return inspections.Fail(inspections.Forbidden, "portal.forbidden")
	}
	u, err := tx.User(id)
	if err != nil {
		return err
	}
	if !u.Disabled.IsZero() {
		return inspections.Fail(inspections.Conflict, "portal.user_disabled", "login", u.Login)
	}
	u.Disabled = tx.Now()
	if err := tx.SaveUser(u); err != nil {
		return err
	}
	return recordUser(tx, by, u, "user.disabled")
}

func recordUser(tx UserTx, by inspections.Actor, u inspections.User, kind string) error {
	_, err := journal.Append(tx, journal.Entry{
		Kind: kind, Actor: by.Ref(), Subject: fmt.Sprintf("user/%d", u.ID),
		Body: map[string]any{"role": string(u.Role), "party": string(u.Party.Kind), "party_id": u.Party.ID},
	})
	return err
}

func checkUser(tx UserTx, u inspections.User) error {
	if n := utf8.RuneCountInString(u.Login); n == 0 || n > maxLogin || strings.ContainsAny(u.Login, " \t\r\n\x00") {
		return inspections.Fail(inspections.Invalid, "portal.user_login", "limit", maxLogin)
	}
	if strings.TrimSpace(u.Name) == "" {
		return inspections.Fail(inspections.Invalid, "portal.user_name")
	}
	if u.Password == "" {
		return inspections.Fail(inspections.Invalid, "portal.password_length", "min", MinPassword, "max", MaxPassword)
	}
	want, bound := map[inspections.Role]inspections.PartyKind{
		inspections.RoleInspector: inspections.PartyInspector,
		inspections.RoleTownship:  inspections.PartyTownship,
		inspections.RoleUnit:      inspections.PartyUnit,
	}[u.Role]
	switch u.Role {
	case inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer:
		return nil
	}
	if !bound {
		return inspections.Fail(inspections.Invalid, "portal.user_role", "role", string(u.Role))
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	if u.Party.Kind != want || partyName(roster, u.Party) == "" {
		return inspections.Fail(inspections.Invalid, "portal.user_party", "role", string(u.Role))
	}
	return nil
}
