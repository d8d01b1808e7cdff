package post

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
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

// postfix is Debian's mail server under a configuration and queue of its own, on ports of loopback.
type postfix struct {
	t     *testing.T
	dir   string
	ports []int // of each service
}

const postfixMaster = `pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`

const postfixMain = `compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
myhostname = mx.example.com
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
virtual_mailbox_domains = example.com
virtual_mailbox_base = %[1]s/mail
virtual_mailbox_maps = texthash:%[1]s/boxes
virtual_uid_maps = static:5000
virtual_gid_maps = static:5000
smtpd_recipient_restrictions = check_recipient_access texthash:%[1]s/access, reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_cert_file = %[1]s/cert.pem
smtpd_tls_key_file = %[1]s/key.pem
message_size_limit = 600000
`

// newPostfix sets the server up, or skips: it is no part of what CI installs, and its master needs root. It listens
// once for each service, whose text is the service's own settings.
func newPostfix(t *testing.T, services ...string) (*postfix, *x509.CertPool) {
	t.Helper()
	if _, err := exec.LookPath("postfix"); err != nil || os.Getuid() != 0 {
		t.Skip("SKIPPED: the test against a real Postfix wants root and Debian's postfix: apt-get install postfix")
	}
	dir, err := os.MkdirTemp("", "anfang-postfix-") // t.TempDir cannot be entered by Postfix's own user
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p := &postfix{t: t, dir: dir}
	master := postfixMaster
	for _, options := range services {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close() // not before all have a port of their own
		p.ports = append(p.ports, listener.Addr().(*net.TCPAddr).Port)
		master += fmt.Sprintf("%s inet n - n - - smtpd %s\n", listener.Addr(), options)
	}
	config, pool := certificate(t)
	key, err := x509.MarshalPKCS8PrivateKey(config.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"conf/master.cf": master, "conf/main.cf": fmt.Sprintf(postfixMain, dir),
		"boxes": "reader1@example.com reader1/\nreader2@example.com reader2/\n", "queue/.keep": "", "data/.keep": "", "mail/.keep": "",
		"access":   "later@example.com 450 4.7.1 greylisted\nspam@example.com 550 5.7.1 refused as spam\n",
		"cert.pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: config.Certificates[0].Certificate[0]})),
		"key.pem":  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p.sh("chmod", "755", dir)
	p.sh("chown", "postfix", dir+"/data")
	p.sh("chown", "5000:5000", dir+"/mail")
	p.sh("postfix", "-c", dir+"/conf", "check")
	return p, pool
}

// set adds to the settings.
func (p *postfix) set(lines string) {
	p.t.Helper()
	main, err := os.OpenFile(filepath.Join(p.dir, "conf", "main.cf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		p.t.Fatal(err)
	}
	_, err = main.WriteString(lines)
	if cerr := main.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *postfix) start() {
	p.t.Helper()
	p.sh("postfix", "-c", p.dir+"/conf", "start")
	p.t.Cleanup(func() { _ = exec.Command("postfix", "-c", p.dir+"/conf", "stop").Run() })
}

func (p *postfix) sh(name string, args ...string) {
	p.t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		p.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// box waits until a mailbox holds n letters and gives them with CRLF, without what the server put before.
func (p *postfix) box(reader string, n int) [][]byte {
	p.t.Helper()
	var names []string
	p.wait(fmt.Sprintf("%d letters of %s", n, reader), func() bool {
		names, _ = filepath.Glob(filepath.Join(p.dir, "mail", reader, "new", "*"))
		return len(names) >= n
	})
	var all [][]byte
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			p.t.Fatal(err)
		}
		raw = bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
		if at := bytes.Index(raw, []byte("\r\nDate: ")); at >= 0 { // the first header of ours
			raw = raw[at+2:]
		}
		all = append(all, raw)
	}
	return all
}

// wait looks again and again for what another process is about to do.
func (p *postfix) wait(what string, done func() bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 30*time.Second)
	defer cancel()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			p.t.Fatalf("waited in vain for %s\n%s", what, p.log())
		case <-look.C:
		}
	}
}

func (p *postfix) log() string {
	raw, _ := os.ReadFile(filepath.Join(p.dir, "log"))
	return string(raw)
}

func TestPostfixTakesOurLetters(t *testing.T) {
	t.Parallel()
	p, pool := newPostfix(t, "")
	p.start()
	courier := courierFor(SMTPSettings{Host: "127.0.0.1", Port: p.ports[0], Security: STARTTLS, Name: "office.example.com"})
	courier.Timeouts = Timeouts{}
	courier.TLS = &tls.Config{RootCAs: pool}
	if err := courier.Test(t.Context()); err != nil {
		t.Fatal(err)
	}
	var letters []inspections.Letter
	for i, to := range []string{"reader1", "reader2", "nobody", "later", "spam", "reader1"} {
		l := testLetter(t, inspections.LetterID(i+1))
		if i == 0 {
			l = newLetter(t, 1, inspections.LetterGo, sampleAssignment())
		}
		if i == 1 {
			l = newLetter(t, 2, inspections.LetterBulletin, inspections.BulletinArgs{Title: "督查通报", Number: "〔2025〕3号", SHA: pdfSHA})
			l.Attach = []inspections.Attachment{{SHA: pdfSHA, Name: "永兴县3月通报.pdf", Media: "application/pdf"}}
		}
		l.Email = to + "@example.com"
		letters = append(letters, l)
	}
	b := newBench(courier, letters...)
	pdf, err := loadPDF(pdfSHA)
	if err != nil {
		t.Fatal(err)
	}
	b.store.blobs[pdfSHA] = pdf
	r := b.drain(t)
	if r.Accepted != 3 || r.Refused != 2 || r.Later != 1 || r.Unknown != 0 {
		t.Fatalf("got %+v", r)
	}
	if len(b.store.stops) != 1 || b.store.stops[0].Address != "nobody@example.com" {
		t.Errorf("stopped: %+v", b.store.stops)
	}
	if got := p.box("reader2", 1)[0]; !bytes.Equal(got, b.store.blobs[b.store.letter(2).BodySHA]) {
		t.Errorf("the bytes that arrived are not those that were stored:\n%s", got)
	}
	for _, raw := range p.box("reader1", 2) {
		if !bytes.Equal(raw, b.store.blobs[b.store.letter(1).BodySHA]) && !bytes.Equal(raw, b.store.blobs[b.store.letter(6).BodySHA]) {
			t.Errorf("a letter arrived with other bytes:\n%s", raw)
		}
	}

	t.Run("a letter over its limit is refused", func(t *testing.T) {
		big := message(1)
		big.To, big.Raw = "reader1@example.com", append(big.Raw, bytes.Repeat([]byte("x\r\n"), 300_000)...)
		out, err := courier.Deliver(t.Context(), big)
		if err != nil || out.Result != Refused || out.Dead || !strings.HasPrefix(out.Answer, "552") {
			t.Errorf("got %+v, %v", out, err)
		}
	})
	t.Run("many letters leave over one connection", func(t *testing.T) {
		for n := range 100 {
			m := message(n)
			m.To, m.Raw = "reader2@example.com", append([]byte("Date: x\r\nMessage-Id: <"+fmt.Sprint(n)+"@example.com>\r\n"), m.Raw...)
			if out, err := courier.Deliver(t.Context(), m); err != nil || out.Result != Accepted {
				t.Fatalf("letter %d: %+v, %v", n, out, err)
			}
		}
		if got := len(p.box("reader2", 101)); got != 101 {
			t.Errorf("%d arrived", got)
		}
	})
	t.Run("its sendmail takes letters too", func(t *testing.T) {
		program := SendmailCourier{Program: "/usr/sbin/sendmail", Args: []string{"-C", p.dir + "/conf"}}
		m := message(1)
		m.To, m.Raw = "reader1@example.com", append([]byte("Date: by sendmail\r\n"), m.Raw...)
		if out, err := program.Deliver(t.Context(), m); err != nil || out.Result != Accepted {
			t.Fatalf("got %+v, %v", out, err)
		}
		p.box("reader1", 3)
	})
	t.Run("while it is down letters wait, and leave when it is back", func(t *testing.T) {
		_ = courier.Close()
		p.sh("postfix", "-c", p.dir+"/conf", "stop")
		l := testLetter(t, 9)
		l.Email = "reader1@example.com"
		b := newBench(courier, l)
		if r := b.drain(t); !r.Paused || r.Problem == nil || b.store.letter(9).State != inspections.LetterQueued { // its port may close a moment later
			t.Fatalf("got %+v", r)
		}
		p.sh("postfix", "-c", p.dir+"/conf", "start")
		b.clock.add(outage)
		if r := b.drain(t); r.Accepted != 1 {
			t.Errorf("got %+v", r)
		}
		p.box("reader1", 4)
	})
}
