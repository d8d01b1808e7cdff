package main

import (
	"crypto/tls"
	"encoding/pem"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
)

// counter is a mail server that takes what comes and counts it.
type counter struct{ taken chan string }

func (c counter) NewSession(*smtp.Conn) (smtp.Session, error) { return c, nil }
func (counter) Mail(string, *smtp.MailOptions) error          { return nil }
func (counter) Rcpt(string, *smtp.RcptOptions) error          { return nil }
func (counter) Reset()                                        {}
func (counter) Logout() error                                 { return nil }

func (c counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	c.taken <- string(raw)
	return err
}

// TestMailTestTrustsTheOfficesOwnAuthority runs the command against a server whose certificate no machine knows.
func TestMailTestTrustsTheOfficesOwnAuthority(t *testing.T) {
	t.Parallel()
	web := httptest.NewTLSServer(nil) // for its certificate, of 127.0.0.1
	t.Cleanup(web.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	taken := counter{make(chan string, 1)}
	server := smtp.NewServer(taken)
	server.ErrorLog = quiet{}
	go func() { _ = server.Serve(tls.NewListener(listener, &tls.Config{Certificates: web.TLS.Certificates})) }()
	t.Cleanup(func() { _ = server.Close() })

	s := takeSeat(t)
	s.must("init")
	s.env["ANFANG_MAIL_SERVER"], s.env["ANFANG_MAIL_SECURITY"] = listener.Addr().String(), "tls"
	s.fails(1, "mail.certificate_unknown", "mail", "test")
	s.lang = "zh"
	if _, _, errs := s.do("mail", "test"); !strings.Contains(errs, "由本机不认识的机构签发") || !strings.Contains(errs, "mail.ca") {
		t.Errorf("in Chinese: %s", errs)
	}

	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
	if err := os.WriteFile(filepath.Join(s.data, "ca.pem"), authority, 0o600); err != nil {
		t.Fatal(err)
	}
	s.env["ANFANG_MAIL_CA"] = "ca.pem"
	if out := s.must("mail", "test"); !strings.Contains(out, listener.Addr().String()) {
		t.Errorf("got %q", out)
	}
	if out := s.must("mail", "test", "reader@example.com"); !strings.Contains(out, "reader@example.com") {
		t.Errorf("got %q", out)
	}
	if raw := <-taken.taken; !strings.Contains(raw, "reader@example.com") {
		t.Errorf("the server took %q", raw)
	}
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}
