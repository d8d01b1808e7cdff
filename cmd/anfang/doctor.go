package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/reports/pdf"
	"anfang.example/reports/post"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// The states of a check: fail keeps the program from its work, warn wants a look.
const (
	checkOK   = "ok"
	checkWarn = "warn"
	checkFail = "fail"
)

// checkup is one line of the doctor.
type checkup struct {
	Check string `json:"check"`
	State string `json:"state"`
	Text  string `json:"text"`
}

// examination collects what the doctor finds.
type examination struct {
	c     *cli
	found []checkup
}

// note adds a line; its sentence is "cli.doctor."+check+"."+which.
func (x *examination) note(state, check, which string, args ...any) {
	x.found = append(x.found, checkup{check, state, x.c.words.T("cli.doctor."+check+"."+which, args...)})
}

// fault adds the sentence of an error.
func (x *examination) fault(check string, err error) {
	x.found = append(x.found, checkup{check, checkFail, x.c.words.Error(expected(err))})
}

// doctor is `anfang doctor`: it changes nothing, and looks at everything it can.
func (c *cli) doctor() *cobra.Command {
	return c.command("doctor", "doctor", func(ctx context.Context, _ []string) error {
		x := &examination{c: c}
		x.look(ctx)
		failed := 0
		for _, one := range x.found {
			if one.State == checkFail {
				failed++
			}
		}
		err := c.reply(map[string]any{"checks": x.found}, func() {
			for _, one := range x.found {
				fmt.Fprintf(c.out, "%s %s\n", c.words.T("cli.doctor."+one.State), one.Text)
			}
		})
		if err == nil && failed > 0 {
			err = inspections.Fail(inspections.Conflict, "cli.unwell", "n", failed)
		}
		return err
	})
}

func (x *examination) look(ctx context.Context) {
	cfg, err := x.c.settle()
	if err != nil {
		x.fault("config", err)
		return
	}
	if err := x.c.standing(cfg); err != nil {
		x.fault("database", err)
		x.fonts(cfg)
		return
	}
	x.note(checkOK, "config", "ok", "data", cfg.Data, "county", int64(cfg.County), "lang", cfg.Lang)
	x.permissions(cfg)
	x.fonts(cfg)
	x.mail(cfg)
	a, err := app.Open(ctx, cfg, app.Options{Now: x.c.clock()})
	if err != nil {
		x.fault("database", err)
		return
	}
	defer func() {
		if err := a.Close(); err != nil {
			x.fault("database", err)
		}
	}()
	if err := x.c.ready(ctx, a); err != nil {
		x.fault("database", err)
		return
	}
	kind := "SQLite"
	if cfg.DSN != "" {
		kind = "PostgreSQL"
	}
	x.note(checkOK, "database", "ok", "kind", kind)
	x.calendar(a)
	x.inbox(a)
	if err := x.office(ctx, a); err != nil {
		x.fault("office", err)
	}
}

// permissions looks at who may read the data directory and the keys.
func (x *examination) permissions(cfg app.Config) {
	if os.PathSeparator != '/' {
		return // Windows keeps them elsewhere
	}
	open := 0
	keys, _ := filepath.Glob(filepath.Join(cfg.Data, "keys", "*.key")) // the pattern is sound
	for _, path := range append([]string{cfg.Data}, keys...) {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			x.note(checkFail, "files", "unreadable", "path", path)
			open++
		case info.Mode().Perm()&0o077 != 0:
			x.note(checkWarn, "files", "open", "path", path, "mode", fmt.Sprintf("%04o", info.Mode().Perm()))
			open++
		}
	}
	if open == 0 {
		x.note(checkOK, "files", "ok", "n", len(keys))
	}
}

// keys looks for key files that were in use and are gone, as after a restore without them.
func (x *examination) keys(tx *store.Tx, a *app.App) error {
	head, err := tx.JournalHead()
	if err != nil || head.Seq == 0 {
		return err
	}
	missing, err := missingKeys(tx, a.Keys())
	if err == nil && len(missing) > 0 {
		x.note(checkFail, "files", "missing_keys", "files", missing)
	}
	return err
}

// fonts says which face stands for each use.
func (x *examination) fonts(cfg app.Config) {
	faces, err := pdf.Resolve(pdf.Directory(filepath.Join(cfg.Data, "fonts")), pdf.Builtin())
	if err != nil {
		x.fault("fonts", err)
		return
	}
	for _, use := range faces.Uses() {
		state, which := checkOK, "own"
		if use.Fallback {
			state, which = checkWarn, "stand_in"
		}
		origin := use.Origin
		if origin == pdf.OriginBuiltin {
			origin = x.c.words.T("cli.doctor.fonts.builtin")
		}
		x.note(state, "fonts", which, "role", x.c.words.T("cli.font."+string(use.Role)), "name", use.Name, "origin", origin)
	}
}

func (x *examination) mail(cfg app.Config) {
	switch {
	case cfg.Mail.Server != "":
		x.note(checkOK, "mail", "server", "server", cfg.Mail.Server, "security", cfg.Mail.Security, "from", cfg.Mail.From)
	case cfg.Mail.Sendmail != "":
		if err := (post.SendmailCourier{Program: cfg.Mail.Sendmail}).Test(context.Background()); err != nil {
			x.note(checkWarn, "mail", "sendmail_missing", "program", cfg.Mail.Sendmail)
			break
		}
		x.note(checkOK, "mail", "sendmail", "program", cfg.Mail.Sendmail)
	case cfg.Mail.Folder != "":
		x.note(checkWarn, "mail", "folder", "folder", cfg.Mail.Folder)
	default:
		x.note(checkWarn, "mail", "none")
	}
	if cfg.Mail.Server+cfg.Mail.Sendmail != "" && cfg.Mail.Archive.Returned == "" {
		x.note(checkWarn, "mail", "returned")
	}
	if strings.HasSuffix(cfg.Mail.From, "example.com") {
		x.note(checkWarn, "mail", "from", "from", cfg.Mail.From)
	}
}

func (x *examination) calendar(a *app.App) {
	this, _, _ := calendar.DateOf(a.Now()).Parts()
	for _, year := range []int{this, this + 1} {
		_, err := a.Calendar.Day(calendar.NewDate(year, time.January, 1))
		switch {
		case err == nil:
			x.note(checkOK, "calendar", "known", "year", year)
		case year == this:
			x.note(checkFail, "calendar", "missing", "year", year)
		default:
			x.note(checkWarn, "calendar", "missing", "year", year)
		}
	}
}

// office looks at what stands in the records: settings, people, capacity.
func (x *examination) office(ctx context.Context, a *app.App) error {
	public, err := a.Press.PublicReaders(ctx)
	if err != nil {
		return err
	}
	if len(public) > 0 {
		names := make([]string, len(public))
		for i, r := range public {
			names[i] = r.Name
		}
		x.note(checkWarn, "mail", "public", "n", len(public), "names", names)
	}
	var set inspections.Settings
	var roster *inspections.Roster
	var users []inspections.User
	today := calendar.DateOf(a.Now())
	err = a.Store.View(ctx, func(tx *store.Tx) error {
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		set = inspections.SettingsOn(all, today)
		if roster, err = tx.Roster(); err != nil {
			return err
		}
		if users, err = tx.Users(); err != nil {
			return err
		}
		return x.keys(tx, a)
	})
	if err != nil {
		return err
	}
	if set.Official() {
		x.note(checkOK, "papers", "official", "issuer", set[inspections.SetIssuer], "signer", set[inspections.SetSigner])
	} else {
		x.note(checkWarn, "papers", "sample")
	}
	for _, role := range []inspections.Role{inspections.RoleLeader, inspections.RoleClerk} {
		if !reachable(users, role) {
			x.note(checkWarn, "people", "no_address", "role", x.c.words.Label("role", role))
		}
	}
	x.inspectors(roster, today)
	if err := x.capacity(set, len(roster.TeamsOn(today))); err != nil {
		return err
	}
	return x.draws(ctx, a, set, roster)
}

func reachable(users []inspections.User, role inspections.Role) bool {
	for _, u := range users {
		if u.Role == role && u.Email != "" && u.Disabled.IsZero() {
			return true
		}
	}
	return false
}

func (x *examination) inspectors(roster *inspections.Roster, today calendar.Date) {
	serving, silent := 0, []string{}
	for _, i := range roster.Inspectors {
		if !inspections.Covers(i.From, i.Until, today) {
			continue
		}
		serving++
		if i.Email == "" {
			silent = append(silent, i.Name)
		}
	}
	switch {
	case serving == 0:
		x.note(checkWarn, "inspectors", "none")
	case len(silent) > 0:
		x.note(checkWarn, "inspectors", "silent", "n", serving, "names", silent)
	default:
		x.note(checkOK, "inspectors", "ok", "n", serving)
	}
}

// capacity says what two, three and four visits a week mean for this county: after how many weeks nearly
// every team has had its turn, with the slack of the draw.
func (x *examination) capacity(set inspections.Settings, teams int) error {
	if teams == 0 {
		x.note(checkWarn, "capacity", "no_teams")
		return nil
	}
	horizon, aimed := set.Int(inspections.SetHorizonWeeks), set.Int(inspections.SetLambda)
	need, err := draw.LambdaMinMilli(teams, horizon, scheduler.MaxAlpha)
	if err != nil {
		return err
	}
	need = need * (100 + scheduler.Slack) / 100
	state, which := checkOK, "enough"
	if aimed < need {
		state, which = checkWarn, "short"
	}
	x.note(state, "capacity", which, "teams", teams, "aimed", tenths(aimed), "need", tenths(need), "weeks", horizon)
	for _, visits := range []int{2, 3, 4} {
		weeks, err := weeksFor(teams, visits*1000)
		if err != nil {
			return err
		}
		x.note(checkOK, "capacity", "visits", "visits", visits, "teams", teams, "weeks", weeks, "years", tenths(weeks*1000/52))
	}
	return nil
}

// weeksFor gives the shortest horizon within which so many visits a week bring nearly every team its turn.
func weeksFor(teams, lambdaMilli int) (int, error) {
	least, most := 1, 1<<15
	for least < most {
		middle := (least + most) / 2
		capacity, err := draw.SolveAlpha(teams, middle, lambdaMilli, scheduler.Slack, scheduler.MaxAlpha)
		if err != nil {
			return 0, err
		}
		if capacity.Enough {
			most = middle
		} else {
			least = middle + 1
		}
	}
	return least, nil
}

// tenths writes thousandths with one decimal, rounded up: a need is not to look smaller than it is.
func tenths(milli int) string {
	n := (milli + 99) / 100
	return fmt.Sprintf("%d.%d", n/10, n%10)
}
