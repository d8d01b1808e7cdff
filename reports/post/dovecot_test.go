package post

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
)

const dovecotConf = `base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <%[1]s/cert.pem
ssl_key = <%[1]s/key.pem
mail_location = maildir:%[1]s/mail/%%u
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
passdb {
  driver = static
  args = password=geheim
}
userdb {
  driver = static
  args = uid=5000 gid=5000 home=%[1]s/home
}
service imap-login {
  inet_listener imap {
    port = %[2]d
  }
  inet_listener imaps {
    port = %[3]d
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`

// dovecot is Debian's IMAP server under a configuration and mailboxes of its own, on ports of loopback.
type dovecot struct {
	dir             string
	starttls, whole int
	pool            *x509.CertPool
}

// startDovecot starts the server with the mails of one mailbox, or skips: it is no part of what CI installs, and its
// master needs root.
func startDovecot(t *testing.T, mails ...[]byte) *dovecot {
	t.Helper()
	if _, err := exec.LookPath("dovecot"); err != nil || os.Getuid() != 0 {
		t.Skip("SKIPPED: the test against a real Dovecot wants root and Debian's dovecot: apt-get install dovecot-imapd")
	}
	dir, err := os.MkdirTemp("", "anfang-dovecot-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	d := &dovecot{dir: dir}
	var held []net.Listener // until both have a port of their own
	for _, port := range []*int{&d.starttls, &d.whole} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, listener)
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	for _, listener := range held {
		_ = listener.Close()
	}
	config, pool := certificate(t)
	d.pool = pool
	key, err := x509.MarshalPKCS8PrivateKey(config.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"conf":     fmt.Sprintf(dovecotConf, dir, d.starttls, d.whole),
		"cert.pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: config.Certificates[0].Certificate[0]})),
		"key.pem":  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
	}
	for _, sub := range []string{"cur", "tmp", "new"} {
		files["mail/office/"+sub+"/.keep"] = ""
	}
	for n, raw := range mails {
		files[fmt.Sprintf("mail/office/new/%010d.M%d.mx", n+1_700_000_000, n)] = string(raw)
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"chmod", "755", dir}, {"chown", "-R", "5000:5000", dir + "/mail"}, {"dovecot", "-c", dir + "/conf"}} {
		if err := exec.Command(args[0], args[1:]...).Run(); err != nil { // its output is in its log: the daemon would keep a pipe open
			t.Fatalf("%v: %v\n%s", args, err, d.log())
		}
		if args[0] == "dovecot" {
			t.Cleanup(func() { _ = exec.Command("dovecot", "-c", dir+"/conf", "stop").Run() })
		}
	}
	return d
}

// inbox is the mailbox over one kind of security.
func (d *dovecot) inbox(security Security) *Inbox {
	port := d.starttls
	if security == ImplicitTLS {
		port = d.whole
	}
	return &Inbox{Archive: Archive{
		Settings: SMTPSettings{Host: "127.0.0.1", Port: port, Security: security, User: "office", Password: "geheim"},
		TLS:      &tls.Config{RootCAs: d.pool}, Limit: 30 * time.Second, Wall: time.Now,
	}}
}

// TestARealDovecotIsRead finds in a real server's mailbox a letter's copy, and every sort of notice that says it came back.
func TestARealDovecotIsRead(t *testing.T) {
	t.Parallel()
	b := sentBench(t, testLetter(t, 1))
	l, subject := b.store.letter(1), subjectFor(t, b, 1)
	mails := [][]byte{b.store.blobs[l.BodySHA]}
	want := 0
	for _, s := range samples {
		mails = append(mails, []byte(s.write(l.MessageID, l.Email, subject)))
		if !s.no {
			want++
		}
	}
	d := startDovecot(t, mails...)
	for _, security := range []Security{STARTTLS, ImplicitTLS} {
		inbox := d.inbox(security)
		found, err := inbox.Find(t.Context(), []string{l.MessageID, "<nobody@example.com>"})
		if err != nil || !found[l.MessageID] || found["<nobody@example.com>"] {
			t.Fatalf("%s: got %v, %v\n%s", security, found, err, d.log())
		}
		seen := 0
		for range 2 {
			if err := inbox.Notices(t.Context(), start.AddDate(-3, 0, 0), func(Notice) error { seen++; return nil }); err != nil {
				t.Fatalf("%s: %v\n%s", security, err, d.log())
			}
		}
		if seen != want {
			t.Errorf("%s: got %d notices, want %d", security, seen, want)
		}
	}
	b.Returns = d.inbox(ImplicitTLS)
	b.clock.at = time.Unix(1_700_000_000, 0).AddDate(0, 0, 1) // the day after they came, as their names say
	if n, err := b.TakeReturned(t.Context()); n != 1 || err != nil || b.store.letter(1).Standing() != inspections.LetterReturned {
		t.Errorf("got %d, %v", n, err)
	}
	names, err := filepath.Glob(filepath.Join(d.dir, "mail/office/cur/*:2,*S*"))
	if err != nil || len(names) != 0 {
		t.Errorf("mails were marked as read: %v, %v", names, err)
	}
	wrong := d.inbox(STARTTLS)
	wrong.Settings.User = ""
	var e *inspections.Error
	if err := wrong.Test(t.Context()); !errors.As(err, &e) || e.Key != "mail.archive_auth" {
		t.Errorf("nobody signs in: %v", err)
	}
}

func (d *dovecot) log() string {
	raw, _ := os.ReadFile(filepath.Join(d.dir, "log"))
	return strings.TrimSpace(string(raw))
}
