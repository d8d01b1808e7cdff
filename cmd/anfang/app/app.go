package app

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/mail"
	"path/filepath"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake/inbox"
	"anfang.example/inspections/office"
	"anfang.example/inspections/portal"
	"anfang.example/inspections/store"
	"anfang.example/reports"
	"anfang.example/reports/paper"
	"anfang.example/reports/pdf"
	"anfang.example/reports/post"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
	"anfang.example/templates/catalog"
)

// Options are what differs between service, a single command and the demo. Zero fields take the service's.
type Options struct {
	Now    func() time.Time // business clock
	Wall   func() time.Time // before its cut-off on this clock no link is read: the real one but in the demo
	Chance io.Reader
	Salts  io.Reader // of the journal; nil: crypto/rand
	Log    *slog.Logger
	// Courier replaces the one of the configuration.
	Courier post.Courier
}

// App is the whole program, bound to one county.
type App struct {
	Config    Config
	Now       func() time.Time
	Log       *slog.Logger
	Words     *catalog.Catalog
	Calendar  *calendar.Calendar
	Store     *store.Store
	Office    *office.Office
	Press     *reports.Press
	Scheduler *scheduler.Scheduler
	Outbox    *post.Outbox
	Chance    io.Reader
	Inbox     *inbox.Inbox // nil: no folder is watched
	// Years takes in the calendar years that were imported while the daemon ran; nil: there is nowhere to look.
	Years func() error
}

// Open puts the rooms together on the configured database; it does not migrate. Close it.
func Open(ctx context.Context, cfg Config, opt Options) (*App, error) {
	opt.fill()
	st, err := store.Open(ctx, store.Config{DSN: cfg.DSN, DataDir: cfg.Data, County: cfg.County, Now: opt.Now})
	if err != nil {
		return nil, err
	}
	faces, err := pdf.Resolve(pdf.Directory(filepath.Join(cfg.Data, "fonts")), pdf.Builtin())
	if err != nil {
		_ = st.Close()
		return nil, err
	}
	a := &App{
		Config: cfg, Now: opt.Now, Log: opt.Log, Words: catalog.For(cfg.Lang), Calendar: calendar.BuiltIn(), Store: st, Chance: opt.Chance,
	}
	a.Office = &office.Office{
		InTx:     in(st.InTx, func(tx *store.Tx) office.Tx { return tx }),
		View:     in(st.View, func(tx *store.Tx) office.Tx { return tx }),
		Calendar: a.Calendar, Chance: opt.Chance, Salts: opt.Salts,
	}
	a.Press = &reports.Press{
		InTx:   in(st.InTx, func(tx *store.Tx) reports.Tx { return tx }),
		View:   in(st.View, func(tx *store.Tx) reports.Tx { return tx }),
		Render: paper.Papers{Words: a.Words, Faces: faces}, Calendar: a.Calendar, Sign: a.sign,
	}
	if cfg.Inbox.Folder != "" {
		a.Inbox = &inbox.Inbox{
			Folder: cfg.Inbox.Folder, Office: a.Office, Words: a.Words, Now: opt.Now, Log: opt.Log,
			View: in(st.View, func(tx *store.Tx) inbox.Tx { return tx }),
		}
	}
	keys := Keys{Dir: filepath.Join(cfg.Data, "keys"), Chance: opt.Chance}
	chain := func(isoYear int) (draw.Chain, error) { return a.chain(keys, isoYear) }
	a.Scheduler = &scheduler.Scheduler{
		InTx:  in(st.InTx, func(tx *store.Tx) scheduler.Tx { return tx }),
		View:  in(st.View, func(tx *store.Tx) scheduler.Tx { return tx }),
		Links: &scheduler.Keyring{Chain: chain, Wall: opt.Wall}, Chance: opt.Chance, Log: opt.Log,
	}
	a.Scheduler.Jobs = a.jobs()
	a.Scheduler.Risks = scheduler.Weigher(a.Calendar)
	a.Office.Holds = func(tx office.Tx, key, value string, from calendar.Date) error {
		return scheduler.Holds(tx, key, value, from)
	}
	a.Office.TakenBack = func(tx office.Tx, by inspections.Actor) error {
		return a.Press.TakeBack(tx.(*store.Tx), by) // the office's transactions are the store's, see above
	}
	if opt.Courier == nil {
		opt.Courier = courierOf(cfg)
	}
	a.Outbox = &post.Outbox{
		InTx:    in(st.InTx, func(tx *store.Tx) post.Tx { return tx }),
		Courier: opt.Courier, Now: opt.Now, Log: opt.Log, Settled: a.settled, Seal: a.seal, Slow: a.slow,
		Renderer: &post.Renderer{County: cfg.County, Lang: cfg.Lang, From: sender(cfg.Mail), ReplyTo: replyTo(cfg.Mail), Portal: cfg.HTTP.URL},
	}
	a.Outbox.Archive, a.Outbox.Returns = mailboxesOf(cfg)
	a.Press.Print = func(l inspections.Letter) (reports.PrintedLetter, error) {
		words, err := a.Outbox.Renderer.Print(l)
		return reports.PrintedLetter(words), err
	}
	a.Press.Read = func(l inspections.Letter) (reports.PrintedLetter, error) {
		words, err := a.Outbox.Renderer.Read(l)
		return reports.PrintedLetter(words), err
	}
	return a, nil
}

func (o *Options) fill() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wall == nil {
		o.Wall = time.Now
	}
	if o.Chance == nil {
		o.Chance = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// in adapts the store's transaction to the interface a room declares.
func in[T any](run func(context.Context, func(*store.Tx) error) error, narrow func(*store.Tx) T) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		return run(ctx, func(tx *store.Tx) error { return fn(narrow(tx)) })
	}
}

// Drain makes the readers' copies that are owed and empties the outbox. A copy that cannot be made holds up no letter.
func (a *App) Drain(ctx context.Context) (post.Report, error) {
	_, failed := a.Press.MakeCopies(ctx)
	report, err := a.Outbox.Drain(ctx)
	return report, errors.Join(failed, err)
}

// Close lets go of the database.
func (a *App) Close() error { return a.Store.Close() }

// Settings gives the settings in force today.
func (a *App) Settings(ctx context.Context) (inspections.Settings, error) {
	var set inspections.Settings
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		all, err := tx.Settings()
		set = inspections.SettingsOn(all, tx.Now().Date())
		return err
	})
	return set, err
}

// Portal makes the pages; secure says that readers come over TLS.
func (a *App) Portal(secure bool) (*portal.Config, error) {
	set, err := a.Settings(context.Background())
	if err != nil {
		return nil, err
	}
	cfg := &portal.Config{
		View:   in(a.Store.View, func(tx *store.Tx) portal.Tx { return tx }),
		InTx:   in(a.Store.InTx, func(tx *store.Tx) portal.Tx { return tx }),
		Office: a.Office, Press: a.Press, Draws: a.Scheduler, Read: a.Outbox.Renderer.Read, County: set[inspections.SetIssuer],
		Now: a.Now, Log: a.Log, Chance: a.Chance, Secure: secure,
	}
	if a.Inbox != nil {
		cfg.Waiting = a.Inbox.Waiting
	}
	return cfg, nil
}

func sender(m MailConfig) mail.Address {
	addr, err := mail.ParseAddress(m.From)
	if err != nil { // LoadConfig has checked it
		return mail.Address{Address: m.From, Name: m.FromName}
	}
	if m.FromName != "" {
		addr.Name = m.FromName
	}
	return *addr
}

func replyTo(m MailConfig) *mail.Address {
	addr, err := mail.ParseAddress(m.ReplyTo)
	if err != nil {
		return nil
	}
	return addr
}
