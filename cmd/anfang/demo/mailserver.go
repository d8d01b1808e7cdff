package demo

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// mailServer is a real SMTP server on loopback that keeps every message as an .eml file.
type mailServer struct {
	dir    string
	server *smtp.Server
	addr   string
	done   chan error

	mu sync.Mutex
	n  int
}

// maxMessage bounds one message; a bulletin with its PDF is far below.
const maxMessage = 8 << 20

func startMail(dir string) (*mailServer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	m := &mailServer{dir: dir, addr: listener.Addr().String(), done: make(chan error, 1)}
	m.server = smtp.NewServer(m)
	m.server.Domain = "localhost"
	m.server.MaxMessageBytes = maxMessage
	m.server.ReadTimeout, m.server.WriteTimeout = time.Minute, time.Minute
	go func() { m.done <- m.server.Serve(listener) }()
	return m, nil
}

func (m *mailServer) stop() error {
	err := m.server.Close()
	<-m.done // Serve has returned: no session writes any more
	return err
}

// NewSession implements smtp.Backend.
func (m *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) { return &mailSession{m}, nil }

type mailSession struct{ m *mailServer }

func (s *mailSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *mailSession) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (s *mailSession) Reset()                               {}
func (s *mailSession) Logout() error                        { return nil }

// Data keeps the message; it is acknowledged only when the file stands.
func (s *mailSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	name := filepath.Join(s.m.dir, fmt.Sprintf("%05d.eml", s.m.n+1))
	if err := os.WriteFile(name, raw, 0o644); err != nil {
		return err
	}
	s.m.n++
	return nil
}
