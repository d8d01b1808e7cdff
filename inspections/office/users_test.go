package office_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

func TestTheLastAdministratorCannotBeShutOut(t *testing.T) {
	t.Parallel()
	d := open(t)
	admin := inspections.Actor{Name: "cli", Role: inspections.RoleAdmin}
	d.do(t, func(tx *store.Tx) error {
		first, err := office.CreateUser(tx, admin, inspections.User{Login: "admin", Role: inspections.RoleAdmin, Password: "-"})
		if err != nil {
			return err
		}
		if _, err := office.DisableUser(tx, admin, first.ID); key(err) != "user.last_admin" {
			t.Errorf("got %v", err)
		}
		second, err := office.CreateUser(tx, admin, inspections.User{Login: "admin2", Role: inspections.RoleAdmin, Password: "-"})
		if err != nil {
			return err
		}
		if _, err := office.DisableUser(tx, admin, first.ID); err != nil {
			t.Errorf("with another left: got %v", err)
		}
		if _, err := office.SetPassword(tx, admin, first.ID, "-"); key(err) != "user.disabled" {
			t.Errorf("a password for nothing: got %v", err)
		}
		if _, err := office.EnableUser(tx, admin, first.ID); err != nil {
			t.Errorf("enabled: got %v", err)
		}
		if _, err := office.EnableUser(tx, admin, second.ID); key(err) != "user.enabled" {
			t.Errorf("enabled twice: got %v", err)
		}
		return nil
	})
}

func TestAUserIsCheckedAndTakesTheNameOfWhomTheyStandFor(t *testing.T) {
	t.Parallel()
	d := open(t)
	admin := inspections.Actor{Name: "cli", Role: inspections.RoleAdmin}
	zhu := inspections.Party{Kind: inspections.PartyInspector, ID: 1}
	d.do(t, func(tx *store.Tx) error {
		u, err := office.CreateUser(tx, admin, inspections.User{Login: "dc01", Role: inspections.RoleInspector, Party: zhu, Password: "-"})
		if err != nil || u.Name != "朱伟" {
			t.Errorf("got %q, %v", u.Name, err)
		}
		for want, bad := range map[string]inspections.User{
			"user.email": {Login: "a", Role: inspections.RoleClerk, Email: "notanemail", Password: "-"},
			"user.login": {Login: "a b", Role: inspections.RoleClerk, Password: "-"},
			"user.party": {Login: "b", Role: inspections.RoleTownship, Party: zhu, Password: "-"},
			"user.role":  {Login: "c", Role: "king", Password: "-"},
		} {
			if _, err := office.CreateUser(tx, admin, bad); key(err) != want {
				t.Errorf("got %v, want %s", err, want)
			}
		}
		if _, err := office.CreateUser(tx, clerk, inspections.User{Login: "d", Role: inspections.RoleClerk, Password: "-"}); key(err) != "forbidden" {
			t.Errorf("by the clerk: got %v", err)
		}
		return nil
	})
}
