package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/templates/catalog"
)

// Options say what to run and where to leave it.
type Options struct {
	Out      string // folder for papers, letters, proof and summary; made, and refused unless empty
	Month    calendar.Month
	Seed     uint64 // the same seed gives the same month
	DSN      string // a PostgreSQL database to use instead of a SQLite file
	Serve    bool   // leave the portal open on it until the context ends
	Address  string // of the portal; "" any free loopback port
	Words    *catalog.Catalog
	Progress io.Writer // nil: none
	Terminal bool      // Progress is a terminal: a bar instead of lines
	Log      *slog.Logger
	// Report gets the summary when the month is over, before the portal is opened; may be nil.
	Report func(Summary) error
}

// lastDay bounds the run: a bulletin that has not left by then never will.
const lastDay = 20

// play is one run of the demo.
type play struct {
	ctx    context.Context
	opt    Options
	clock  *clock
	agenda agenda
	dice   *rand.Rand
	mail   *mailServer
	app    *app.App
	cast   cast
	ledger ledger
	roster *inspections.Roster
	seen   map[inspections.VisitID]bool // visits whose pair has been played
	bar    *bar
}

// Run plays the month and writes what it leaves into Out. It goes from the 1st until the month's bulletin
// has left. Errors: Invalid for a month that is not there or a folder that is in use.
func Run(ctx context.Context, opt Options) (summary Summary, err error) {
	if _, err := ledgerFile(opt.Month); err != nil {
		return Summary{}, err
	}
	if err := emptyFolder(opt.Out); err != nil {
		return Summary{}, err
	}
	p := &play{
		opt: opt, ctx: ctx, clock: &clock{now: opt.Month.First().Start()}, seen: map[inspections.VisitID]bool{},
		dice: rand.New(rand.NewPCG(opt.Seed, 0x616e66616e67)), bar: newBar(opt),
	}
	if p.mail, err = startMail(filepath.Join(opt.Out, "letters")); err != nil {
		return Summary{}, err
	}
	defer func() { err = errors.Join(err, p.mail.stop()) }()
	if err := p.open(); err != nil {
		return Summary{}, err
	}
	defer func() { err = errors.Join(err, p.app.Close()) }()
	if err := p.prepare(); err != nil {
		return Summary{}, err
	}
	if err := p.month(); err != nil {
		return Summary{}, err
	}
	if summary, err = p.leave(); err != nil {
		return Summary{}, err
	}
	p.bar.end()
	if opt.Report != nil {
		if err := opt.Report(summary); err != nil {
			return summary, err
		}
	}
	if opt.Serve {
		return summary, p.serve()
	}
	return summary, nil
}

func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return os.MkdirAll(dir, 0o755)
	case err != nil:
		return inspections.Fail(inspections.Invalid, "demo.folder", "folder", dir).Because(err)
	case len(entries) > 0:
		return inspections.Fail(inspections.Invalid, "demo.folder_in_use", "folder", dir)
	}
	return nil
}

// open wires the program as serve does, with the demo's clock, chance and mail server.
func (p *play) open() error {
	cfg := app.DefaultConfig()
	cfg.DSN = p.opt.DSN
	cfg.Data, cfg.Lang = filepath.Join(p.opt.Out, "data"), p.opt.Words.Lang()
	cfg.Mail = app.MailConfig{From: "anfang@example.com", FromName: p.opt.Words.T("demo.issuer"), Server: p.mail.addr, Security: "none"}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return err
	}
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(p.dice.Uint32())
	}
	salts := seed
	salts[0] ^= 1
	var err error
	// The demo has keys of its own, so its clock may open links; the service's wall clock never moves.
	p.app, err = app.Open(p.ctx, cfg, app.Options{Now: p.clock.Now, Wall: p.clock.Now, Chance: rand.NewChaCha8(seed), Salts: rand.NewChaCha8(salts), Log: p.opt.Log})
	if err != nil {
		return err
	}
	_, err = p.app.Store.Migrate(p.ctx)
	return err
}

// month lets the clock run from event to event until the bulletin has left.
func (p *play) month() error {
	next := p.opt.Month.Add(1)
	end := calendar.NewDate(next.Year, next.Month, lastDay).End()
	for now := p.clock.Now(); now.Before(end); now = p.clock.Now() {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if _, err := p.app.Scheduler.Tick(p.ctx, now); err != nil {
			return fmt.Errorf("tick at %s: %w", now.Format(time.RFC3339), err)
		}
		if err := p.agenda.run(now); err != nil {
			return fmt.Errorf("at %s: %w", now.Format(time.RFC3339), err)
		}
		if err := p.meetVisits(); err != nil {
			return err
		}
		if err := p.post(); err != nil {
			return err
		}
		gone, err := p.bulletinGone()
		if err != nil || gone {
			return err
		}
		wake, err := p.app.Scheduler.NextWake(p.ctx, now)
		if err != nil {
			return err
		}
		if at, ok := p.agenda.next(); ok && at.Before(wake) {
			wake = at
		}
		p.clock.set(wake)
		p.bar.show(calendar.DateOf(wake))
	}
	return nil
}

// post sends what is due over SMTP.
func (p *play) post() error {
	r, err := p.app.Drain(p.ctx)
	if err != nil {
		return err
	}
	return r.Problem
}

// bulletinGone reports whether the month's bulletin was issued and none of its letters waits.
func (p *play) bulletinGone() (gone bool, err error) {
	err = p.app.Store.View(p.ctx, func(tx *store.Tx) error {
		issue, err := tx.IssueOf("bulletin", p.opt.Month.String())
		if inspections.IsNotFound(err) {
			return nil
		}
		if err != nil || issue.State != inspections.IssueIssued {
			return err
		}
		owed, err := tx.CopiesToMake(1)
		if err != nil || len(owed) > 0 {
			return err
		}
		waiting, err := tx.Letters(inspections.LetterFilter{State: inspections.LetterQueued, Limit: 1})
		gone = len(waiting) == 0
		return err
	})
	return gone, err
}
