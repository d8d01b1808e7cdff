package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/portal"
)

// serve leaves the portal open on the month until the context ends; the clock goes on from its end.
func (p *play) serve() error {
	address := p.opt.Address
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return inspections.Fail(inspections.Invalid, "serve.address", "address", address).Because(err)
	}
	cfg, err := p.app.Portal(false)
	if err != nil {
		return err
	}
	end, since := p.clock.Now(), time.Now()
	cfg.Now = func() time.Time { return end.Add(time.Since(since)) }
	handler, err := portal.New(*cfg)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute}
	p.announce("http://" + listener.Addr().String())
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-p.ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return err
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// announce prints the address and a sign-in for each role.
func (p *play) announce(url string) {
	if p.opt.Progress == nil {
		return
	}
	fmt.Fprintln(p.opt.Progress, p.opt.Words.T("demo.serve", "url", url, "password", password))
	shown := map[inspections.Role]bool{}
	for _, u := range p.cast.users {
		if shown[u.Role] {
			continue
		}
		shown[u.Role] = true
		fmt.Fprintf(p.opt.Progress, "  %-12s %s %s\n", u.Login, p.opt.Words.Label("role", u.Role), u.Name)
	}
	fmt.Fprintln(p.opt.Progress, p.opt.Words.T("demo.serve.stop"))
}
