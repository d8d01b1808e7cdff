package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// setup is what init is told.
type setup struct {
	county, issuer, prefix, signer, signerDuty, clerkEmail, leaderEmail, teams string
}

// account is a first user with the password that is shown once.
type account struct {
	Login    string           `json:"login"`
	Role     inspections.Role `json:"role"`
	Password string           `json:"password"`
}

// founded is what init answers.
type founded struct {
	Data   string               `json:"data"`
	Config string               `json:"config"`
	County inspections.CountyID `json:"county"`
	Users  []account            `json:"users"`
	// Capacity says what the settings mean for the number of teams that init was told; empty without it.
	Capacity []string `json:"capacity"`
}

// initialise is `anfang init`.
func (c *cli) initialise() *cobra.Command {
	var s setup
	cmd := c.command("init", "init", func(ctx context.Context, _ []string) error {
		if err := c.fresh(); err != nil {
			return err
		}
		if err := c.ask(&s); err != nil {
			return err
		}
		teams, err := teamsExpected(s.teams)
		if err != nil {
			return err
		}
		made, err := c.found(ctx, s)
		if err != nil {
			return err
		}
		if made.Capacity = []string{}; teams > 0 {
			if made.Capacity, err = c.capacityOf(inspections.SettingsOn(nil, calendar.DateOf(c.clock()())), teams); err != nil {
				return err
			}
		}
		return c.reply(made, func() { c.tellFounded(made) })
	})
	c.text(cmd, &s.county, "county", "", "N")
	c.text(cmd, &s.issuer, "issuer", "", "NAME")
	c.text(cmd, &s.prefix, "prefix", "", "TEXT")
	c.text(cmd, &s.signer, "signer", "", "NAME")
	c.text(cmd, &s.signerDuty, "signer-duty", "", "TEXT")
	c.text(cmd, &s.leaderEmail, "leader-email", "", "ADDRESS")
	c.text(cmd, &s.clerkEmail, "clerk-email", "", "ADDRESS")
	c.text(cmd, &s.teams, "teams", "", "N")
	return cmd
}

// mostTeams bounds what init takes for a county's number of teams.
const mostTeams = 10_000

// teamsExpected reads how many teams the county will have; 0 where nothing was said.
func teamsExpected(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostTeams {
		return 0, wrong("usage.number", "flag", "--teams", "value", text)
	}
	return n, nil
}

// ask asks at a terminal for what no flag gave; an empty answer leaves it. Elsewhere it asks nothing.
func (c *cli) ask(s *setup) error {
	if c.json || !isTerminal(c.in) {
		return nil
	}
	lines := bufio.NewReader(c.in)
	for _, q := range []struct {
		key string
		to  *string
	}{
		{"county", &s.county}, {"issuer", &s.issuer}, {"prefix", &s.prefix}, {"signer", &s.signer},
		{"signer-duty", &s.signerDuty}, {"leader-email", &s.leaderEmail}, {"clerk-email", &s.clerkEmail}, {"teams", &s.teams},
	} {
		if *q.to != "" {
			continue
		}
		fmt.Fprint(c.out, c.words.T("cli.init.ask."+q.key, "county", int64(app.DefaultCounty))+" ")
		line, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("init: %w", err)
		}
		*q.to = strings.TrimSpace(line)
		if errors.Is(err, io.EOF) {
			return nil
		}
	}
	return nil
}

// fresh refuses a data directory that was set up before.
func (c *cli) fresh() error {
	file := filepath.Join(c.data, app.ConfigFile)
	_, err := os.Stat(file)
	switch {
	case err == nil:
		return inspections.Fail(inspections.Conflict, "cli.set_up_already", "file", file)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		return inspections.Fail(inspections.Invalid, "cli.not_a_directory", "path", c.data)
	}
	return inspections.Fail(inspections.Forbidden, "cli.no_access", "path", file).Because(err)
}

// found sets everything up. The configuration is written last: where it stands, all of it stands, and a
// run that was cut off is simply run again.
func (c *cli) found(ctx context.Context, s setup) (founded, error) {
	cfg, err := c.firstConfig(s)
	if err != nil {
		return founded{}, err
	}
	if err := makePrivate(c.data); err != nil {
		return founded{}, err
	}
	connect := cfg
	if connect.DSN == "" {
		connect.DSN = c.env("ANFANG_DSN") // used, and left where it is: it may hold a password
	}
	a, err := app.Open(ctx, connect, app.Options{Now: c.clock()})
	if err != nil {
		return founded{}, err
	}
	file := filepath.Join(c.data, app.ConfigFile)
	made := founded{Data: c.data, Config: file, County: cfg.County}
	made.Users, err = c.furnish(ctx, a, s)
	if err = errors.Join(err, a.Close()); err != nil {
		return founded{}, err
	}
	if err := cfg.Write(); err != nil {
		return founded{}, inspections.Fail(inspections.Forbidden, "cli.no_access", "path", file).Because(err)
	}
	return made, nil
}

// firstConfig is what is written: defaults and flags, nothing of the environment but the county.
func (c *cli) firstConfig(s setup) (app.Config, error) {
	cfg := app.DefaultConfig()
	cfg.Data, cfg.DSN, cfg.Lang = c.data, c.dsn, c.words.Lang()
	county := s.county
	if county == "" {
		county = c.env("ANFANG_COUNTY")
	}
	if county != "" {
		n, err := strconv.ParseInt(county, 10, 64)
		if err != nil || n < 1 || n > 999999 {
			return cfg, wrong("usage.county", "value", county)
		}
		cfg.County = inspections.CountyID(n)
	}
	return cfg, nil
}

// makePrivate makes the data directory for its owner only; one that stands keeps its permissions.
func makePrivate(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return inspections.Fail(inspections.Invalid, "cli.not_a_directory", "path", dir)
	case err == nil:
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return inspections.Fail(inspections.Forbidden, "cli.no_access", "path", dir).Because(err)
	}
	return nil
}

// furnish makes schema, settings, first users and this year's key.
func (c *cli) furnish(ctx context.Context, a *app.App, s setup) ([]account, error) {
	if _, err := a.Store.Migrate(ctx); err != nil {
		return nil, err
	}
	users, err := c.firstUsers(ctx, a, s)
	if err != nil {
		return nil, err
	}
	today := calendar.DateOf(a.Now())
	for _, set := range []struct{ key, value string }{
		{inspections.SetIssuer, s.issuer}, {inspections.SetPrefix, s.prefix},
		{inspections.SetSigner, s.signer}, {inspections.SetSignerDuty, s.signerDuty},
	} {
		if set.value == "" {
			continue
		}
		if err := a.Office.SetSetting(ctx, operator, set.key, set.value, today); err != nil {
			return nil, err
		}
	}
	// The year's key; its check value is recorded by the daemon as soon as there are teams. With it the one
	// that signs: made once, and missed when it is gone.
	if _, err := a.Keys().Chain(calendar.WeekOf(today).Year); err != nil {
		return nil, err
	}
	_, err = a.Keys().Signer()
	return users, err
}

func (c *cli) tellFounded(made founded) {
	c.say("init.done", "data", made.Data, "county", int64(made.County))
	if len(made.Users) > 0 {
		c.say("init.users")
		var rows [][]string
		for _, u := range made.Users {
			rows = append(rows, []string{u.Login, c.words.Label("role", u.Role), u.Password})
		}
		c.table([]string{"login", "role", "password"}, rows)
	} else {
		c.say("init.users_stand")
	}
	for _, line := range made.Capacity {
		fmt.Fprintln(c.out, "  "+line)
	}
	flag := ""
	if c.data != defaultData {
		flag = " --data " + c.data
	}
	c.say("init.next", "flag", flag)
}
