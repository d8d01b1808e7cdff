package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/store"
)

// settle gives the configuration of this run: flag, variable, file, default.
func (c *cli) settle() (app.Config, error) {
	cfg, err := app.LoadConfig(c.data, c.config, c.env)
	if errors.Is(err, fs.ErrPermission) {
		return cfg, inspections.Fail(inspections.Forbidden, "cli.no_access", "path", c.data).Because(err)
	}
	if err != nil {
		return cfg, err
	}
	if c.dsn != "" {
		cfg.DSN = c.dsn
	}
	return cfg, nil
}

// databaseFile is the SQLite file in the data directory.
const databaseFile = "anfang.db"

// standing refuses to go on where nothing was set up, so that a wrong --data never makes a second county.
func (c *cli) standing(cfg app.Config) error {
	if cfg.DSN != "" {
		return nil
	}
	file := filepath.Join(cfg.Data, databaseFile)
	f, err := os.Open(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return inspections.Fail(inspections.NotFound, "cli.not_set_up", "data", cfg.Data)
	case err != nil:
		return inspections.Fail(inspections.Forbidden, "cli.no_access", "path", file).Because(err)
	}
	return f.Close()
}

// open puts the program together on records that stand and have this program's schema.
func (c *cli) open(ctx context.Context, opt app.Options) (*app.App, error) {
	cfg, err := c.settle()
	if err != nil {
		return nil, err
	}
	if err := c.standing(cfg); err != nil {
		return nil, err
	}
	if opt.Now == nil {
		opt.Now = c.clock()
	}
	a, err := app.Open(ctx, cfg, opt)
	if err != nil {
		return nil, err
	}
	if err := c.ready(ctx, a); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// ready holds the schema to this program's and takes in calendar years that were imported.
func (c *cli) ready(ctx context.Context, a *app.App) error {
	steps, err := a.Store.MigrateStatus(ctx)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if !step.Applied {
			return inspections.Fail(inspections.Conflict, "cli.migrate_first", "version", step.Version)
		}
	}
	a.Years = func() error { return extendCalendar(a) }
	return a.Years()
}

// with opens the program for one command and closes it afterwards.
func (c *cli) with(ctx context.Context, do func(*app.App) error) error {
	a, err := c.open(ctx, app.Options{})
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.Close())
}

// step makes a command that somebody does to the records.
func (c *cli) step(key, use string, do func(context.Context, *app.App, inspections.Actor, []string) error) *cobra.Command {
	return c.command(key, use, func(ctx context.Context, args []string) error {
		return c.with(ctx, func(a *app.App) error {
			actor, err := c.actor(ctx, a)
			if err != nil {
				return err
			}
			return do(ctx, a, actor, args)
		})
	})
}

// operator is whoever runs the machine: recorded as such, with what a clerk may do.
var operator = inspections.Actor{Name: "cli", Role: inspections.RoleClerk}

// actor gives who does a command: the user of --as, else the machine's operator.
func (c *cli) actor(ctx context.Context, a *app.App) (inspections.Actor, error) {
	if c.as == "" {
		return operator, nil
	}
	u, err := c.userBy(ctx, a, c.as)
	return u.AsActor(), err
}

// signer gives the user of --as for steps that only a named person may take.
func (c *cli) signer(ctx context.Context, a *app.App) (inspections.User, error) {
	if c.as == "" {
		return inspections.User{}, wrong("usage.as")
	}
	return c.userBy(ctx, a, c.as)
}

func (c *cli) userBy(ctx context.Context, a *app.App, login string) (inspections.User, error) {
	var u inspections.User
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		u, err = tx.UserByLogin(login)
		return err
	})
	switch {
	case inspections.IsNotFound(err):
		return u, inspections.Fail(inspections.NotFound, "user.unknown", "login", login)
	case err != nil:
		return u, err
	case !u.Disabled.IsZero():
		return u, inspections.Fail(inspections.Forbidden, "user.disabled", "login", login)
	}
	return u, nil
}
