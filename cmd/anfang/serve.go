package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/portal"
	"anfang.example/scheduler"
)

const (
	serveLock  = "serve.lock"
	drainEvery = time.Minute
	drainLimit = 10 * time.Minute // of one drain; what is left goes with the next
	stopLimit  = 20 * time.Second // for what is under way when the daemon is stopped
)

// serve is `anfang serve`: the daemon and the portal, until a signal ends them.
func (c *cli) serve() *cobra.Command {
	var address string
	cmd := c.command("serve", "serve", func(ctx context.Context, _ []string) error {
		if c.now != "" {
			return wrong("usage.serve_now")
		}
		ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		log := slog.New(slog.NewTextHandler(c.errs, nil))
		a, err := c.open(ctx, app.Options{Log: log})
		if err != nil {
			return err
		}
		if address != "" {
			a.Config.HTTP.Address = address
		}
		return errors.Join(c.serveApp(ctx, a), a.Close())
	})
	c.text(cmd, &address, "address", "", "HOST:PORT")
	return cmd
}

// serveApp runs cron, outbox and pages until ctx ends.
func (c *cli) serveApp(ctx context.Context, a *app.App) error {
	if a.Config.DSN == "" {
		unlock, err := lockFile(filepath.Join(a.Config.Data, serveLock))
		if err != nil {
			return inspections.Fail(inspections.Busy, "cli.served_already", "data", a.Config.Data).Because(err)
		}
		defer unlock()
	}
	listener, err := net.Listen("tcp", a.Config.HTTP.Address)
	if err != nil {
		return inspections.Fail(inspections.Busy, "cli.cannot_listen", "address", a.Config.HTTP.Address).Because(err)
	}
	pages, err := c.pages(a, listener)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	post := newPostman(a)
	cron := scheduler.NewCron(a.Scheduler, a.Now, func(scheduler.Report, error) { post.wake() })
	if err := cron.Start(); err != nil {
		return errors.Join(err, listener.Close())
	}
	post.start()
	a.Log.Info("serving", "address", listener.Addr().String(), "data", a.Config.Data, "county", int64(a.Config.County))
	fmt.Fprintln(c.out, c.words.T("cli.serve.open", "url", urlOf(a.Config.HTTP.URL, listener.Addr())))
	served := make(chan error, 1)
	go func() { served <- pages.Serve(listener) }()
	var failed error
	select {
	case <-ctx.Done():
	case failed = <-served:
	}
	return errors.Join(failed, c.stop(a, cron, post, pages))
}

// stop ends everything within a bounded time; what was called off is taken up at the next start.
func (c *cli) stop(a *app.App, cron *scheduler.Cron, post *postman, pages *http.Server) error {
	a.Log.Info("stopping")
	ctx, cancel := context.WithTimeout(context.Background(), stopLimit)
	defer cancel()
	var work sync.WaitGroup
	work.Go(func() {
		if err := pages.Shutdown(ctx); err != nil {
			a.Log.Warn("pages were cut off", "error", err, "close", pages.Close())
		}
	})
	work.Go(func() {
		if err := cron.Stop(ctx); err != nil {
			a.Log.Warn("the tick under way was called off; the next start does its work", "error", err)
		}
	})
	work.Go(func() { post.stop(ctx) })
	work.Wait()
	a.Log.Info("stopped")
	return nil
}

// pages makes the web server with a limit on every wait.
func (c *cli) pages(a *app.App, listener net.Listener) (*http.Server, error) {
	secure := strings.HasPrefix(a.Config.HTTP.URL, "https://")
	cfg, err := a.Portal(secure)
	if err != nil {
		return nil, err
	}
	handler, err := portal.New(*cfg)
	if err != nil {
		return nil, err
	}
	if addr, ok := listener.Addr().(*net.TCPAddr); ok && !secure && !addr.IP.IsLoopback() {
		a.Log.Warn("the portal is open to the network without TLS; put a TLS server before it and set http.url to https://…")
	}
	return &http.Server{
		Handler: handler, ErrorLog: slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, // photos from a village's network
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}, nil
}

func urlOf(url string, addr net.Addr) string {
	if url != "" {
		return url
	}
	return "http://" + addr.String()
}

// postman empties the outbox in a goroutine of its own, so that a slow mail server holds up no release.
type postman struct {
	app    *app.App
	bell   chan struct{}
	quit   chan struct{}
	over   chan struct{}
	ctx    context.Context // of the drain under way
	cancel context.CancelFunc
}

func newPostman(a *app.App) *postman {
	p := &postman{app: a, bell: make(chan struct{}, 1), quit: make(chan struct{}), over: make(chan struct{})}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// wake asks for a drain soon; asked twice, one comes.
func (p *postman) wake() {
	select {
	case p.bell <- struct{}{}:
	default:
	}
}

func (p *postman) start() {
	go func() {
		defer close(p.over)
		clock := time.NewTicker(drainEvery)
		defer clock.Stop()
		for {
			select {
			case <-p.quit:
				return
			case <-p.bell:
			case <-clock.C:
			}
			p.drain()
		}
	}()
}

// drain tries what is due once. A panic in it is logged and keeps no later drain from running.
func (p *postman) drain() {
	defer func() {
		if caught := recover(); caught != nil {
			p.app.Log.Error("outbox", "panic", caught)
		}
	}()
	ctx, cancel := context.WithTimeout(p.ctx, drainLimit)
	defer cancel()
	report, err := p.app.Drain(ctx)
	switch {
	case err != nil && !errors.Is(err, context.Canceled):
		p.app.Log.Error("outbox", "error", err)
	case report.Accepted+report.Refused+report.Unknown > 0:
		p.app.Log.Info("outbox", "accepted", report.Accepted, "refused", report.Refused, "later", report.Later, "unknown", report.Unknown)
	}
}

// stop begins no new drain, waits for the one under way until ctx ends and then calls it off; its letters
// stand in the outbox.
func (p *postman) stop(ctx context.Context) {
	close(p.quit)
	defer p.cancel()
	select {
	case <-p.over:
		return
	case <-ctx.Done():
	}
	p.cancel()
	<-p.over
}
