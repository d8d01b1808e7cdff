package post

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"testing"
	"time"

	imapmemory "github.com/emersion/go-imap/backend/memory"
	"github.com/emersion/go-imap/server"

	"anfang.example/inspections"
)

// imapServer is an archive mailbox on loopback with the letters given to it.
func imapServer(t *testing.T, security Security, letters ...[]byte) (Archive, *imapmemory.Backend) {
	t.Helper()
	be := imapmemory.New()
	user, err := be.Login(nil, "username", "password")
	if err != nil {
		t.Fatal(err)
	}
	box, err := user.GetMailbox("INBOX")
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range letters {
		if err := box.CreateMessage(nil, start, bytes.NewBuffer(raw)); err != nil {
			t.Fatal(err)
		}
	}
	config, pool := certificate(t)
	s := server.New(be)
	s.ErrorLog = log.New(io.Discard, "", 0)
	s.AllowInsecureAuth = security == NoTLS
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	switch security {
	case STARTTLS:
		s.TLSConfig = config
	case ImplicitTLS:
		listener = tls.NewListener(listener, config)
	}
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(func() { _ = s.Close() })
	return Archive{
		Settings: SMTPSettings{Host: "127.0.0.1", Port: port, Security: security, User: "username", Password: "password"},
		TLS:      &tls.Config{RootCAs: pool}, Limit: 5 * time.Second, Wall: time.Now,
	}, be
}

func TestTheArchiveMailboxSettlesADoubt(t *testing.T) {
	t.Parallel()
	for _, security := range []Security{NoTLS, STARTTLS, ImplicitTLS} {
		t.Run(string(security), func(t *testing.T) {
			t.Parallel()
			b := newBench(courierFunc(func(Message) (Outcome, error) {
				return Outcome{Result: Unknown, Answer: "timeout", Lost: true}, nil
			}), testLetter(t, 1), testLetter(t, 2))
			b.drain(t)
			arrived := b.store.letter(1)
			b.Archive, _ = imapServer(t, security, b.store.blobs[arrived.BodySHA])
			settled, left, err := b.Reconcile(t.Context())
			if err != nil || settled != 1 || left != 1 {
				t.Fatalf("got %d, %d, %v", settled, left, err)
			}
			if got := b.store.letter(1); got.State != inspections.LetterAccepted || !got.AnsweredBy("mail.archived") {
				t.Errorf("got %+v", got)
			}
			if got := b.store.letter(2); got.State != inspections.LetterUnknown || got.Answer != "timeout" {
				t.Errorf("what is not there was settled: %+v", got)
			}
		})
	}
}

func TestADrainLooksIntoTheArchiveNowAndThen(t *testing.T) {
	t.Parallel()
	b := newBench(courierFunc(func(Message) (Outcome, error) {
		return Outcome{Result: Unknown, Answer: "timeout"}, nil
	}), testLetter(t, 1))
	looks := 0
	b.Archive = mailboxFunc(func(ids []string) map[string]bool {
		looks++
		return map[string]bool{ids[0]: looks == 2}
	})
	b.drain(t)
	b.clock.add(time.Minute)
	b.drain(t)
	if looks != 1 || b.store.letter(1).State != inspections.LetterUnknown {
		t.Fatalf("%d looks, %+v", looks, b.store.letter(1))
	}
	b.clock.add(archiveEvery)
	b.drain(t)
	if looks != 2 || b.store.letter(1).State != inspections.LetterAccepted {
		t.Errorf("%d looks, %+v", looks, b.store.letter(1))
	}
}

func TestFaultsOfTheArchiveAreTold(t *testing.T) {
	t.Parallel()
	good, _ := imapServer(t, STARTTLS)
	plain, _ := imapServer(t, NoTLS)
	for name, c := range map[string]struct {
		change func(*Archive)
		want   string
	}{
		"all is well":             {func(*Archive) {}, "<nil>"},
		"a wrong password":        {func(a *Archive) { a.Settings.Password = "no" }, "mail.archive_auth"},
		"a folder that is not":    {func(a *Archive) { a.Folder = "Sent" }, "mail.archive_folder"},
		"nobody listens":          {func(a *Archive) { a.Settings.Port = 1 }, "mail.archive"},
		"an unknown authority":    {func(a *Archive) { a.TLS = nil }, "mail.archive"},
		"a server without TLS":    {func(a *Archive) { a.Settings.Port = plain.Settings.Port }, "mail.archive"},
		"in clear to another one": {func(a *Archive) { a.Settings.Host, a.Settings.Security = "mail.example.com", NoTLS }, "mail.tls_required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := good
			c.change(&a)
			if got := keyOf(a.Test(t.Context())); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestASilentArchiveDoesNotHoldUs(t *testing.T) {
	t.Parallel()
	s := &script{answers: map[string]string{"banner": silence}}
	settings := s.serve(t)
	a := Archive{Settings: settings, Limit: 200 * time.Millisecond, Wall: time.Now}
	if got := keyOf(a.Test(t.Context())); got != "mail.archive" {
		t.Errorf("got %s", got)
	}
}

func TestACopyGoesToTheArchiveButForStandbys(t *testing.T) {
	t.Parallel()
	server := (&mailServer{}).serve(t, nil, false)
	courier := courierFor(SMTPSettings{Host: server.host, Port: server.port, Security: NoTLS})
	courier.CopyTo = "archive@example.com"
	for _, kind := range []inspections.LetterKind{inspections.LetterBulletin, inspections.LetterGo} {
		m := message(1)
		m.Kind = kind
		if out, err := courier.Deliver(t.Context(), m); err != nil || out.Result != Accepted {
			t.Fatalf("%s: %+v, %v", kind, out, err)
		}
	}
	_ = courier.Close()
	var to []string
	for _, m := range server.taken() {
		to = append(to, m.to)
	}
	if len(to) != 2 || to[0] != "reader1@example.com,archive@example.com" || to[1] != "reader1@example.com" {
		t.Errorf("got %v", to)
	}
}

type mailboxFunc func(ids []string) map[string]bool

func (f mailboxFunc) Find(_ context.Context, ids []string) (map[string]bool, error) {
	return f(ids), nil
}
