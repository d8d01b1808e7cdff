package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"crypto/rand"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/portal"
	"anfang.example/inspections/store"
)

// person is what the flags say of a user.
type person struct {
	role, name, duty, email, inspector, township, unit string
	stdin                                              bool
}

// user is `anfang user`.
func (c *cli) user() *cobra.Command {
	return c.group("user", "user", c.userAdd(), c.userList(), c.userSet(), c.userPassword(), c.userDisable(), c.userEnable())
}

func (c *cli) userAdd() *cobra.Command {
	var p person
	cmd := c.command("user.add", "add LOGIN", func(ctx context.Context, args []string) error {
		role, err := lookUp("--role", p.role, allRoles...)
		if err != nil {
			return err
		}
		password, err := c.password(p.stdin)
		if err != nil {
			return err
		}
		u := inspections.User{Login: args[0], Name: p.name, Duty: p.duty, Role: role, Email: p.email}
		err = c.change(ctx, func(tx *store.Tx, by inspections.Actor) error {
			if u.Party, err = partyOf(tx, role, p); err != nil {
				return err
			}
			if u.Password, err = portal.HashPassword(password); err != nil {
				return err
			}
			u, err = office.CreateUser(tx, by, u)
			return err
		})
		if err != nil {
			return err
		}
		return c.tellUser(u, password, p.stdin)
	})
	c.text(cmd, &p.role, "role", "", "ROLE")
	c.personFlags(cmd, &p)
	c.toggle(cmd, &p.stdin, "password-stdin")
	return cmd
}

func (c *cli) personFlags(cmd *cobra.Command, p *person) {
	c.text(cmd, &p.name, "name", "", "NAME")
	c.text(cmd, &p.duty, "duty", "", "TEXT")
	c.text(cmd, &p.email, "email", "", "ADDRESS")
	c.text(cmd, &p.inspector, "inspector", "", "NAME|ID")
	c.text(cmd, &p.township, "township", "", "NAME|CODE")
	c.text(cmd, &p.unit, "unit", "", "NAME|ID")
}

func (c *cli) userList() *cobra.Command {
	return c.command("user.list", "list", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			users := []inspections.User{}
			err := a.Store.View(ctx, func(tx *store.Tx) error {
				list, err := tx.Users()
				users = append(users, list...)
				return err
			})
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"users": users}, func() {
				var rows [][]string
				for _, u := range users {
					state := c.words.T("cli.user.active")
					if !u.Disabled.IsZero() {
						state = c.words.T("cli.user.disabled")
					}
					rows = append(rows, []string{u.Login, c.words.Label("role", u.Role), u.Name, u.Email, state})
				}
				c.table([]string{"login", "role", "name", "email", "state"}, rows)
			})
		})
	})
}

func (c *cli) userSet() *cobra.Command {
	var p person
	cmd := c.command("user.set", "set LOGIN", func(ctx context.Context, args []string) error {
		var u inspections.User
		err := c.change(ctx, func(tx *store.Tx, by inspections.Actor) (err error) {
			if u, err = known(tx, args[0]); err != nil {
				return err
			}
			for _, f := range []struct {
				to    *string
				value string
			}{{&u.Name, p.name}, {&u.Duty, p.duty}, {&u.Email, p.email}} {
				if f.value != "" {
					*f.to = f.value
				}
			}
			if p.inspector+p.township+p.unit != "" {
				if u.Party, err = partyOf(tx, u.Role, p); err != nil {
					return err
				}
			}
			u, err = office.ChangeUser(tx, by, u)
			return err
		})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"user": u}, func() { c.say("user.changed", "login", u.Login) })
	})
	c.personFlags(cmd, &p)
	return cmd
}

func (c *cli) userPassword() *cobra.Command {
	var stdin bool
	cmd := c.command("user.passwd", "passwd LOGIN", func(ctx context.Context, args []string) error {
		password, err := c.password(stdin)
		if err != nil {
			return err
		}
		var u inspections.User
		err = c.change(ctx, func(tx *store.Tx, by inspections.Actor) error {
			if u, err = known(tx, args[0]); err != nil {
				return err
			}
			hash, err := portal.HashPassword(password)
			if err != nil {
				return err
			}
			u, err = office.SetPassword(tx, by, u.ID, hash)
			return err
		})
		if err != nil {
			return err
		}
		return c.tellUser(u, password, stdin)
	})
	c.toggle(cmd, &stdin, "password-stdin")
	return cmd
}

func (c *cli) userDisable() *cobra.Command {
	return c.command("user.disable", "disable LOGIN", func(ctx context.Context, args []string) error {
		return c.access(ctx, args[0], office.DisableUser, "user.gone")
	})
}

func (c *cli) userEnable() *cobra.Command {
	return c.command("user.enable", "enable LOGIN", func(ctx context.Context, args []string) error {
		return c.access(ctx, args[0], office.EnableUser, "user.back")
	})
}

// access ends or gives back a person's access.
func (c *cli) access(ctx context.Context, login string, do func(office.UserTx, inspections.Actor, inspections.UserID) (inspections.User, error), said string) error {
	var u inspections.User
	err := c.change(ctx, func(tx *store.Tx, by inspections.Actor) (err error) {
		if u, err = known(tx, login); err != nil {
			return err
		}
		u, err = do(tx, by, u.ID)
		return err
	})
	if err != nil {
		return err
	}
	return c.reply(map[string]any{"user": u}, func() { c.say(said, "login", u.Login) })
}

// change does one thing to a user in a transaction. Whoever runs commands on this machine has the
// database itself, so the operator administers users.
func (c *cli) change(ctx context.Context, do func(*store.Tx, inspections.Actor) error) error {
	return c.with(ctx, func(a *app.App) error {
		by, err := c.actor(ctx, a)
		if err != nil {
			return err
		}
		if by == operator {
			by.Role = inspections.RoleAdmin
		}
		return a.Store.InTx(ctx, func(tx *store.Tx) error { return do(tx, by) })
	})
}

func known(tx *store.Tx, login string) (inspections.User, error) {
	u, err := tx.UserByLogin(login)
	if inspections.IsNotFound(err) {
		return u, inspections.Fail(inspections.NotFound, "user.unknown", "login", login)
	}
	return u, err
}

func (c *cli) tellUser(u inspections.User, password string, given bool) error {
	if given {
		password = "" // whoever gave it knows it
	}
	return c.reply(map[string]any{"user": u, "password": password}, func() {
		if given {
			c.say("user.changed", "login", u.Login)
			return
		}
		c.say("user.password", "login", u.Login, "role", c.words.Label("role", u.Role), "password", password)
	})
}

// password makes one, or reads the first line of the standard input.
func (c *cli) password(stdin bool) (string, error) {
	if !stdin {
		return newPassword()
	}
	line, err := bufio.NewReader(io.LimitReader(c.in, 4096)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// newPassword gives sixteen letters and figures in fours, without those that look alike: 80 bits.
func newPassword() (string, error) {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789ACDEF"
	var b strings.Builder
	for i := range 16 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			return "", fmt.Errorf("password: %w", err)
		}
		b.WriteByte(letters[n.Int64()])
	}
	return b.String(), nil
}

// partyOf finds whom a user is or acts for. Inspectors, townships and units must name theirs.
func partyOf(tx *store.Tx, role inspections.Role, p person) (inspections.Party, error) {
	roster, err := tx.Roster()
	if err != nil {
		return inspections.Party{}, err
	}
	switch role {
	case inspections.RoleInspector:
		i, err := pick("inspector", p.inspector, roster.Inspectors, func(v inspections.Inspector) []string {
			return []string{fmt.Sprint(v.ID), v.Name}
		})
		return inspections.Party{Kind: inspections.PartyInspector, ID: int64(i.ID)}, err
	case inspections.RoleTownship:
		t, err := pick("township", p.township, roster.Townships, func(v inspections.Township) []string {
			return []string{v.Code, v.Name}
		})
		return inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}, err
	case inspections.RoleUnit:
		u, err := pick("unit", p.unit, roster.Units, func(v inspections.Unit) []string {
			return []string{fmt.Sprint(v.ID), v.Name}
		})
		return inspections.Party{Kind: inspections.PartyUnit, ID: int64(u.ID)}, err
	}
	return inspections.Party{}, nil
}

// pick finds the one thing of a list that goes by a name or number; a homonym is asked, never guessed.
func pick[T any](flag, text string, list []T, names func(T) []string) (T, error) {
	var none T
	if text == "" {
		return none, wrong("usage.needed", "flag", spelt(flag))
	}
	found := matching(text, list, names)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return none, inspections.Fail(inspections.NotFound, "cli.nobody", "flag", spelt(flag), "value", text)
	}
	return none, inspections.Fail(inspections.Conflict, "cli.ambiguous", "flag", spelt(flag), "value", text)
}

// matching gives the things of a list that go by a name.
func matching[T any](text string, list []T, names func(T) []string) []T {
	var found []T
	for _, v := range list {
		if slices.Contains(names(v), text) {
			found = append(found, v)
		}
	}
	return found
}

// spelt writes a flag as it is typed; what is an argument, in capitals, bears no dashes.
func spelt(flag string) string {
	if flag == strings.ToUpper(flag) {
		return flag
	}
	return "--" + flag
}
