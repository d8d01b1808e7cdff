package post

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// mailServer is a real SMTP server on loopback that keeps what it takes.
type mailServer struct {
	*smtp.Server
	host string
	port int

	methods []string               // ways to sign in; nil: none needed
	rcpt    func(to string) error  // may be nil
	data    func(raw []byte) error // may be nil

	mu       sync.Mutex
	dials    int
	signedIn []string // method, user and password
	mails    []takenMail
}

type takenMail struct {
	from, to string
	raw      []byte
}

// serve starts the server; implicit runs all of it inside TLS.
func (s *mailServer) serve(t *testing.T, config *tls.Config, implicit bool) *mailServer {
	t.Helper()
	s.Server = smtp.NewServer(s)
	s.Domain = "localhost"
	s.TLSConfig = config
	s.AllowInsecureAuth = config == nil
	s.ErrorLog = discard{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.host, s.port = "127.0.0.1", l.Addr().(*net.TCPAddr).Port
	l = &countedListener{l, s} // sessions are no measure: STARTTLS begins a second one
	if implicit {
		l = tls.NewListener(l, config)
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Server.Close() })
	return s
}

type countedListener struct {
	net.Listener
	server *mailServer
}

func (l *countedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err == nil {
		l.server.mu.Lock()
		defer l.server.mu.Unlock()
		l.server.dials++
	}
	return conn, err
}

type discard struct{}

func (discard) Printf(string, ...any) {}
func (discard) Println(...any)        {}

func (s *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	session := &session{server: s}
	if s.methods == nil {
		return session, nil
	}
	return &authSession{session}, nil
}

func (s *mailServer) taken() []takenMail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]takenMail(nil), s.mails...)
}

type session struct {
	server *mailServer
	now    takenMail
	in     bool
}

func (s *session) Reset()        { s.now = takenMail{} }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.methods != nil && !s.in {
		return smtp.ErrAuthRequired
	}
	s.now.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.server.rcpt != nil {
		if err := s.server.rcpt(to); err != nil {
			return err
		}
	}
	if s.now.to != "" {
		to = s.now.to + "," + to
	}
	s.now.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.server.data != nil {
		if err := s.server.data(raw); err != nil {
			return err
		}
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.mails = append(s.server.mails, takenMail{s.now.from, s.now.to, raw})
	return nil
}

type authSession struct{ *session }

func (s *authSession) AuthMechanisms() []string { return s.server.methods }

func (s *authSession) Auth(method string) (sasl.Server, error) {
	check := func(user, password string) error {
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		s.server.signedIn = append(s.server.signedIn, method+" "+user+" "+password)
		if password != "geheim" {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "wrong password"}
		}
		s.in = true
		return nil
	}
	if method == sasl.Plain {
		return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
	}
	return &loginServer{check: check}, nil
}

// loginServer asks in words of its own and does not take a name with the command, as some servers do.
type loginServer struct {
	check func(user, password string) error
	user  *string
	step  int
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		if len(response) > 0 {
			return nil, false, errors.New("the name came too early")
		}
		return []byte("User Name\x00"), false, nil
	case 2:
		user := string(response)
		l.user = &user
		return []byte("Password\x00"), false, nil
	}
	return nil, true, l.check(*l.user, string(response))
}

// certificate makes a key pair for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	return certificateWith(t, func(*x509.Certificate) {})
}

// certificateWith makes one that a test has changed.
func certificateWith(t *testing.T, change func(*x509.Certificate)) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	change(template)
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}

// script is a raw server that speaks by rote: it answers each verb as told, and what it is not told to
// say it does not say. "" as an answer drops the connection, "…" says nothing at all.
type script struct {
	answers map[string]string // by verb: "banner", "EHLO", "MAIL", "RCPT", "DATA", "dot", …
	deaf    bool              // stops reading when the body begins
	mute    func()            // called when it falls silent; may be nil

	mu    sync.Mutex
	dials int
	lines []string // everything heard, but for bodies
	dots  int      // bodies heard to their end
}

const silence = "…"

func (s *script) serve(t testing.TB) SMTPSettings {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	done := make(chan struct{})
	wait.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.dials++
			s.mu.Unlock()
			wait.Go(func() {
				defer conn.Close()
				stop := make(chan struct{})
				go func() {
					select {
					case <-done:
						conn.Close()
					case <-stop:
					}
				}()
				s.speak(conn, done)
				close(stop)
			})
		}
	})
	t.Cleanup(func() { close(done); l.Close(); wait.Wait() })
	return SMTPSettings{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: NoTLS}
}

var scripted = map[string]string{
	"banner": "220 here", "EHLO": "250 here", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on",
	"dot": "250 taken", "RSET": "250 ok", "QUIT": "221 bye", "AUTH": "235 ok",
}

// speak runs one connection until it is told to drop it.
func (s *script) speak(conn net.Conn, done chan struct{}) {
	in := bufio.NewReader(conn)
	say := func(verb string) bool {
		answer, told := s.answers[verb]
		if !told {
			if answer = scripted[verb]; answer == "" {
				answer = "500 what?"
			}
		}
		switch answer {
		case "":
			return false
		case silence:
			if s.mute != nil {
				s.mute()
			}
			<-done
			return false
		}
		_, err := io.WriteString(conn, answer+"\r\n")
		return err == nil
	}
	if !say("banner") {
		return
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.mu.Lock()
		s.lines = append(s.lines, line)
		s.mu.Unlock()
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		if !say(verb) {
			return
		}
		if verb != "DATA" || !strings.HasPrefix(first(s.answers[verb], scripted[verb]), "354") {
			continue
		}
		if s.deaf {
			<-done
			return
		}
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			if line == ".\r\n" {
				break
			}
		}
		s.mu.Lock()
		s.dots++
		s.mu.Unlock()
		if !say("dot") {
			return
		}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (s *script) heard() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.lines, "\n")
}
