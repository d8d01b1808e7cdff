package main

import (
	"context"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/portal"
	"anfang.example/inspections/store"
)

// firstUsers makes one account for each of the roles without which nothing moves, with passwords that
// are shown once. Where there are users already, none is made.
func (c *cli) firstUsers(ctx context.Context, a *app.App, s setup) ([]account, error) {
	var accounts []account
	var users []inspections.User
	for _, first := range []inspections.User{
		{Login: "admin", Role: inspections.RoleAdmin},
		{Login: "clerk", Role: inspections.RoleClerk, Email: s.clerkEmail},
		{Login: "leader", Role: inspections.RoleLeader, Name: s.signer, Duty: s.signerDuty, Email: s.leaderEmail},
	} {
		if first.Name == "" {
			first.Name = c.words.Label("role", first.Role)
		}
		password, err := newPassword()
		if err != nil {
			return nil, err
		}
		if first.Password, err = portal.HashPassword(password); err != nil {
			return nil, err
		}
		accounts = append(accounts, account{first.Login, first.Role, password})
		users = append(users, first)
	}
	made := false
	err := a.Store.InTx(ctx, func(tx *store.Tx) error {
		stand, err := tx.Users()
		if made = len(stand) == 0; err != nil || !made {
			return err
		}
		for _, u := range users {
			by := operator
			by.Role = inspections.RoleAdmin // there is nobody else yet
			if _, err := office.CreateUser(tx, by, u); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !made {
		return []account{}, err
	}
	return accounts, nil
}
