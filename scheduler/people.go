package scheduler

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
)

// people lists the users in service with one of the roles and an address, by id.
func people(tx Tx, roles ...inspections.Role) ([]inspections.User, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, fmt.Errorf("scheduler: users: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(users), func(u inspections.User) bool {
		return !u.Disabled.IsZero() || u.Email == "" || !slices.Contains(roles, u.Role)
	}), nil
}

// writeToUsers writes the same letter to every user with one of the roles, once per cause.
func writeToUsers(tx Tx, kind inspections.LetterKind, cause string, args any, roles ...inspections.Role) error {
	users, err := people(tx, roles...)
	if err != nil {
		return err
	}
	for _, u := range users {
		if err := writeToUser(tx, kind, cause, args, u); err != nil {
			return err
		}
	}
	return nil
}

func writeToUser(tx Tx, kind inspections.LetterKind, cause string, args any, u inspections.User) error {
	to := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}
	return enqueue(tx, kind, fmt.Sprintf("%s/user/%d", cause, u.ID), to, u.Name, u.Email, args)
}

func enqueue(tx Tx, kind inspections.LetterKind, key string, to inspections.Party, name, email string, args any) error {
	letter, err := inspections.NewLetter(kind, key, to, name, email, args)
	if err != nil {
		return err
	}
	letter.Created = tx.Now()
	_, err = tx.Enqueue(letter)
	return err
}
