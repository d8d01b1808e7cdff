package post

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"anfang.example/inspections"
)

func courierFor(s SMTPSettings) *SMTPCourier {
	return &SMTPCourier{Settings: s, Wall: time.Now, Timeouts: Timeouts{Dial: 5 * time.Second, Command: 5 * time.Second, Submit: 5 * time.Second, Message: 20 * time.Second}}
}

// hasty waits for a silent server no longer than a moment.
func hasty(s SMTPSettings) *SMTPCourier {
	c := courierFor(s)
	c.Timeouts = Timeouts{Dial: time.Second, Command: 150 * time.Millisecond, Submit: 150 * time.Millisecond, Message: 5 * time.Second}
	return c
}

func message(n int) Message {
	return Message{ID: inspections.LetterID(n), From: "office@example.com", To: fmt.Sprintf("reader%d@example.com", n),
		Raw: []byte("Subject: x\r\n\r\n.a line that begins with a dot\r\n")}
}

func keyOf(err error) string {
	var e *inspections.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return fmt.Sprint(err)
}

func TestLettersTravelOverEveryKindOfSecurity(t *testing.T) {
	t.Parallel()
	config, pool := certificate(t)
	for name, c := range map[string]struct {
		server   *mailServer
		config   *tls.Config
		security Security
		methods  []string
		wantAuth string
	}{
		"STARTTLS with AUTH PLAIN":      {config: config, security: STARTTLS, methods: []string{"PLAIN", "LOGIN"}, wantAuth: "PLAIN office geheim"},
		"STARTTLS with AUTH LOGIN only": {config: config, security: STARTTLS, methods: []string{"LOGIN"}, wantAuth: "LOGIN office geheim"},
		"implicit TLS with AUTH LOGIN":  {config: config, security: ImplicitTLS, methods: []string{"LOGIN"}, wantAuth: "LOGIN office geheim"},
		"none on this machine":          {security: NoTLS},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := (&mailServer{methods: c.methods}).serve(t, c.config, c.security == ImplicitTLS)
			courier := courierFor(SMTPSettings{Host: server.host, Port: server.port, Security: c.security, Name: "office.example.com"})
			courier.TLS = &tls.Config{RootCAs: pool}
			if c.methods != nil {
				courier.Settings.User, courier.Settings.Password = "office", "geheim"
			}
			for n := range 3 {
				out, err := courier.Deliver(t.Context(), message(n))
				if err != nil || out.Result != Accepted {
					t.Fatalf("letter %d: %+v, %v", n, out, err)
				}
			}
			if err := courier.Close(); err != nil {
				t.Error(err)
			}
			mails := server.taken()
			if len(mails) != 3 || server.dials != 1 {
				t.Fatalf("%d mails over %d connections, want 3 over 1", len(mails), server.dials)
			}
			if m := mails[1]; m.from != "office@example.com" || m.to != "reader1@example.com" || !bytes.Equal(m.raw, message(1).Raw) {
				t.Errorf("got %q", m)
			}
			if c.wantAuth != "" && (len(server.signedIn) != 1 || server.signedIn[0] != c.wantAuth) {
				t.Errorf("signed in: got %v, want %s", server.signedIn, c.wantAuth)
			}
		})
	}
}

func TestNothingLeavesInClear(t *testing.T) {
	t.Parallel()
	t.Run("a server without STARTTLS hears neither letter nor password", func(t *testing.T) {
		t.Parallel()
		s := &script{answers: map[string]string{"EHLO": "250-here\r\n250 AUTH PLAIN LOGIN"}}
		settings := s.serve(t)
		settings.Security, settings.User, settings.Password = STARTTLS, "office", "geheim"
		_, err := hasty(settings).Deliver(t.Context(), message(1))
		if got, want := keyOf(err), "mail.no_starttls"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if heard := s.heard(); strings.Contains(heard, "MAIL") || strings.Contains(heard, "AUTH") {
			t.Errorf("the server heard %q", heard)
		}
	})
	t.Run("a server that is not trusted hears no password", func(t *testing.T) {
		t.Parallel()
		config, _ := certificate(t)
		for _, security := range []Security{STARTTLS, ImplicitTLS} {
			server := (&mailServer{methods: []string{"PLAIN"}}).serve(t, config, security == ImplicitTLS)
			courier := courierFor(SMTPSettings{Host: server.host, Port: server.port, Security: security, User: "office", Password: "geheim"})
			if got, want := keyOf(courier.Test(t.Context())), "mail.certificate_unknown"; got != want {
				t.Errorf("%s: got %s, want %s", security, got, want)
			}
			if len(server.signedIn) != 0 {
				t.Errorf("%s: the server heard %v", security, server.signedIn)
			}
		}
	})
	t.Run("no security is for this machine only", func(t *testing.T) {
		t.Parallel()
		for host, want := range map[string]string{"mail.example.com": "mail.tls_required", "192.0.2.1": "mail.tls_required", "127.0.0.1": "<nil>", "::1": "<nil>", "localhost": "<nil>"} {
			if got := keyOf(SMTPSettings{Host: host, Security: NoTLS}.Check()); got != want {
				t.Errorf("%s: got %s, want %s", host, got, want)
			}
		}
	})
	t.Run("a server without a way to sign in gets no letter", func(t *testing.T) {
		t.Parallel()
		s := &script{answers: map[string]string{"EHLO": "250-here\r\n250 AUTH GSSAPI"}}
		settings := s.serve(t)
		settings.User, settings.Password = "office", "geheim"
		if got, want := keyOf(hasty(settings).Test(t.Context())), "mail.no_auth"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if heard := s.heard(); strings.Contains(heard, "MAIL") || strings.Contains(heard, "AUTH") {
			t.Errorf("the server heard %q", heard)
		}
	})
}

func TestSettingsThatCannotWorkAreExplained(t *testing.T) {
	t.Parallel()
	config, pool := certificate(t)
	server := (&mailServer{methods: []string{"PLAIN"}}).serve(t, config, false)
	silent := (&script{answers: map[string]string{"banner": silence}}).serve(t)
	closed := SMTPSettings{Host: "127.0.0.1", Port: 1, Security: NoTLS}
	for name, c := range map[string]struct {
		settings SMTPSettings
		want     string
	}{
		"no host":          {SMTPSettings{Security: STARTTLS}, "mail.host_missing"},
		"a bad port":       {SMTPSettings{Host: "127.0.0.1", Port: 70000, Security: STARTTLS}, "mail.port"},
		"unknown security": {SMTPSettings{Host: "127.0.0.1", Security: "ssl"}, "mail.security"},
		"nobody listens":   {closed, "mail.dial_refused"},
		"a mute server":    {silent, "mail.silent"},
		"a wrong password": {SMTPSettings{Host: server.host, Port: server.port, Security: STARTTLS, User: "office", Password: "no"}, "mail.auth"},
		"TLS where STARTTLS is spoken": {
			SMTPSettings{Host: server.host, Port: server.port, Security: ImplicitTLS}, "mail.tls_plain",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			courier := hasty(c.settings)
			courier.Timeouts.Command = time.Second
			courier.TLS = &tls.Config{RootCAs: pool}
			if got := keyOf(courier.Test(t.Context())); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestASilentOrBrokenServerIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		verb, answer string
		result       Result
		key          string // of the error, when nothing was tried
	}{
		"silence at the banner":            {"banner", silence, "", "mail.silent"},
		"a drop at the banner":             {"banner", "", "", "mail.greeting"},
		"554 at the banner":                {"banner", "554 go away", "", "mail.greeting"},
		"silence at EHLO":                  {"EHLO", silence, "", "mail.silent"},
		"421 at EHLO":                      {"EHLO", "421 busy", "", "mail.greeting"},
		"silence at MAIL":                  {"MAIL", silence, Later, ""},
		"a drop at MAIL":                   {"MAIL", "", Later, ""},
		"451 at MAIL":                      {"MAIL", "451 later", Later, ""},
		"550 at MAIL is about the sender":  {"MAIL", "550 not you", "", "mail.sender"},
		"552 at MAIL is about the letter":  {"MAIL", "552 too large", Refused, ""},
		"silence at RCPT":                  {"RCPT", silence, Later, ""},
		"450 at RCPT":                      {"RCPT", "450 4.2.1 greylisted", Later, ""},
		"550 at RCPT":                      {"RCPT", "550 5.1.1 no such user", Refused, ""},
		"silence at DATA":                  {"DATA", silence, Later, ""},
		"a drop at DATA":                   {"DATA", "", Later, ""},
		"451 at DATA":                      {"DATA", "451 later", Later, ""},
		"554 at DATA":                      {"DATA", "554 no", Refused, ""},
		"silence after the last dot":       {"dot", silence, Unknown, ""},
		"a drop after the last dot":        {"dot", "", Unknown, ""},
		"nonsense after the last dot":      {"dot", "hello?", Unknown, ""},
		"a question after the last dot":    {"dot", "354 go on", Unknown, ""},
		"451 after the last dot":           {"dot", "451 later", Later, ""},
		"421 after the last dot":           {"dot", "421 later", Later, ""},
		"554 after the last dot":           {"dot", "554 spam", Refused, ""},
		"an odd yes after the last dot":    {"dot", "251 taken", Accepted, ""},
		"a plain yes after the last dot":   {"dot", "250 2.0.0 taken", Accepted, ""},
		"a long answer after the last dot": {"dot", "250-it\r\n250 is taken", Accepted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &script{answers: map[string]string{c.verb: c.answer}}
			courier := hasty(s.serve(t))
			began := time.Now()
			out, err := courier.Deliver(t.Context(), message(1))
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("it took %s", took)
			}
			if c.key != "" {
				if got := keyOf(err); got != c.key {
					t.Errorf("got %s, want %s", got, c.key)
				}
				return
			}
			if err != nil || out.Result != c.result {
				t.Errorf("got %+v, %v; want %s", out, err, c.result)
			}
			_ = courier.Close()
			if s.dials != 1 {
				t.Errorf("%d connections, want 1", s.dials)
			}
		})
	}
}

func TestAServerThatStopsReadingTheBodyDoesNotHoldUs(t *testing.T) {
	t.Parallel()
	s := &script{deaf: true}
	courier := hasty(s.serve(t))
	m := message(1)
	m.Raw = append(m.Raw, bytes.Repeat([]byte(strings.Repeat("x", 76)+"\r\n"), 400_000)...) // more than any socket buffer
	began := time.Now()
	out, err := courier.Deliver(t.Context(), m)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
	if err != nil || out.Result != Later {
		t.Errorf("got %+v, %v; want later: it cannot have arrived", out, err)
	}
}

func TestAConnectionThatDiedBetweenTwoLettersIsOpenedAgain(t *testing.T) {
	t.Parallel()
	server := (&mailServer{}).serve(t, nil, false)
	courier := courierFor(SMTPSettings{Host: server.host, Port: server.port, Security: NoTLS})
	for n := range 2 {
		if out, err := courier.Deliver(t.Context(), message(n)); err != nil || out.Result != Accepted {
			t.Fatalf("letter %d: %+v, %v", n, out, err)
		}
		courier.conn.Close() // as an idle server does
	}
	if got := len(server.taken()); got != 2 {
		t.Errorf("%d mails, want 2", got)
	}
}

func TestARefusalLeavesTheOthersDelivered(t *testing.T) {
	t.Parallel()
	server := &mailServer{rcpt: func(to string) error {
		if to == "wang117@example.com" {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		}
		return nil
	}}
	server.serve(t, nil, false)
	var letters []inspections.Letter
	for id := range inspections.LetterID(200) {
		l := testLetter(t, id+1)
		l.Email = fmt.Sprintf("wang%d@example.com", id+1)
		letters = append(letters, l)
	}
	b := newBench(courierFor(SMTPSettings{Host: server.host, Port: server.port, Security: NoTLS}), letters...)
	if r := b.drain(t); r.Accepted != 199 || r.Refused != 1 {
		t.Fatalf("got %+v", r)
	}
	if got := len(server.taken()); got != 199 {
		t.Errorf("the server took %d, want 199", got)
	}
	if server.dials != 1 {
		t.Errorf("%d connections, want 1", server.dials)
	}
	if l := b.store.letter(117); l.State != inspections.LetterRefused || l.Answer != "550 5.1.1 no such user" {
		t.Errorf("got %s %q", l.State, l.Answer)
	}
}

func TestAStopEndsAWaitBeforeTheLastDot(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := &script{answers: map[string]string{"RCPT": silence}, mute: cancel}
	courier := courierFor(s.serve(t))
	courier.Timeouts.Command = 10 * time.Minute // the stop must end the wait: the test's own limit is shorter
	if out, err := courier.Deliver(ctx, message(1)); err != nil || out.Result != Later {
		t.Errorf("got %+v, %v", out, err)
	}
}

func TestDroppedFilesAreWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := message(7)
	m.Kind = inspections.LetterBulletin
	out, err := DirCourier{Dir: dir}.Deliver(t.Context(), m)
	if err != nil || out.Result != Accepted || out.Answer != "error.mail.dropped?file=000007-bulletin-issue.eml" {
		t.Errorf("got %+v, %v", out, err)
	}
	if _, err := (DirCourier{Dir: dir + "/000007-bulletin-issue.eml/x"}).Deliver(t.Context(), m); keyOf(err) != "mail.drop_folder" {
		t.Errorf("got %v", err)
	}
}

func TestServersAreNamedInEveryWay(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"mail.example.com": "mail.example.com:587", "192.0.2.1": "192.0.2.1:587", "::1": "[::1]:587", "[2001:db8::5]": "[2001:db8::5]:587",
		"邮件.中国": "xn--5nq051n.xn--fiqs8s:587",
	} {
		if got := (SMTPSettings{Host: host, Security: STARTTLS}).address(); got != want {
			t.Errorf("%s: got %s, want %s", host, got, want)
		}
	}
	if !loopback("[::1]") || loopback("[2001:db8::5]") {
		t.Error("IPv6 in brackets: this machine is not told from others")
	}
}
