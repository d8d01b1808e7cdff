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
	serveLock = "serve.lock"
	stopLimit = 20 * time.Second // for what is under way when the daemon is stopped
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
	errands := []*errand{newErrand(a.Log, "outbox", func(ctx context.Context) error { return drain(ctx, a) })}
	if a.Inbox != nil {
		errands = append(errands, newErrand(a.Log, "inbox", func(ctx context.Context) error {
			_, err := a.Inbox.Look(ctx)
			return err
		}))
	}
	cron := scheduler.NewCron(a.Scheduler, a.Now, func(scheduler.Report, error) {
		for _, e := range errands {
			e.wake()
		}
	})
	if err := cron.Start(); err != nil {
		return errors.Join(err, listener.Close())
	}
	for _, e := range errands {
		e.start()
	}
	a.Log.Info("serving", "address", listener.Addr().String(), "data", a.Config.Data, "county", int64(a.Config.County))
	fmt.Fprintln(c.out, c.words.T("cli.serve.open", "url", urlOf(a.Config.HTTP.URL, listener.Addr())))
	served := make(chan error, 1)
	go func() { served <- pages.Serve(listener) }()
	var failed error
	select {
	case <-ctx.Done():
	case failed = <-served:
	}
	return errors.Join(failed, c.stop(a, cron, errands, pages))
}

// stop ends everything within a bounded time; what was called off is taken up at the next start.
func (c *cli) stop(a *app.App, cron *scheduler.Cron, errands []*errand, pages *http.Server) error {
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
	for _, e := range errands {
		work.Go(func() { e.stop(ctx) })
	}
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
