package post

import (
	"crypto/tls"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections"
)

// submission are the settings of a service that takes letters only of those who sign in, over TLS.
const submission = "-o smtpd_sasl_auth_enable=yes -o smtpd_tls_auth_only=yes -o smtpd_tls_security_level=encrypt " +
	"-o smtpd_client_restrictions=permit_sasl_authenticated,reject -o smtpd_sasl_mechanism_filter=%s -o smtpd_tls_wrappermode=%s"

// addUser lets Postfix ask Cyrus SASL for passwords, and gives it one user; it skips where that is not installed.
func (p *postfix) addUser(name, password string) {
	p.t.Helper()
	modules, _ := filepath.Glob("/usr/lib/*/sasl2/liblogin.so") // PLAIN and LOGIN come in one package
	if _, err := exec.LookPath("saslpasswd2"); err != nil || len(modules) == 0 {
		p.t.Skip("SKIPPED: signing in to a real Postfix wants Cyrus SASL: apt-get install sasl2-bin libsasl2-modules")
	}
	base := filepath.Join(p.dir, "sasldb")
	config := filepath.Join(p.dir, "conf", "sasl", "smtpd.conf") // where Debian's Postfix has it
	err := os.Mkdir(filepath.Dir(config), 0o755)
	if err == nil {
		err = os.WriteFile(config, []byte("pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: "+base+"\n"), 0o644)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	set := exec.Command("saslpasswd2", "-f", base, "-c", "-p", "-u", "example.com", name)
	set.Stdin = strings.NewReader(password)
	if out, err := set.CombinedOutput(); err != nil {
		p.t.Fatalf("saslpasswd2: %v\n%s", err, out)
	}
	p.sh("chown", "postfix", base)
}

// TestPostfixLetsUsSignIn signs in over every kind of TLS in both ways, and is told of a wrong password in plain words.
func TestPostfixLetsUsSignIn(t *testing.T) {
	t.Parallel()
	services := []struct {
		security Security
		method   string
		options  string
	}{
		{STARTTLS, "PLAIN", fmt.Sprintf(submission, "plain,login", "no")},
		{STARTTLS, "LOGIN", fmt.Sprintf(submission, "login", "no")},
		{ImplicitTLS, "PLAIN", fmt.Sprintf(submission, "plain,login", "yes")},
		{ImplicitTLS, "LOGIN", fmt.Sprintf(submission, "login", "yes")},
	}
	var options []string
	for _, s := range services {
		options = append(options, s.options)
	}
	p, pool := newPostfix(t, options...)
	p.addUser("office", "geheim 密码")
	p.start()
	for i, s := range services {
		t.Run(s.method+" over "+string(s.security), func(t *testing.T) {
			courier := courierFor(SMTPSettings{
				Host: "127.0.0.1", Port: p.ports[i], Security: s.security, User: "office@example.com", Password: "geheim 密码", Name: s.method + "." + string(s.security) + ".example.com",
			})
			courier.Timeouts, courier.TLS = Timeouts{}, &tls.Config{RootCAs: pool}
			l := testLetter(t, inspections.LetterID(i+1))
			l.Email = "reader1@example.com"
			b := newBench(courier, l)
			if r := b.drain(t); r.Accepted != 1 {
				t.Fatalf("got %+v\n%s", r, p.log())
			}
			p.box("reader1", i+1)
			signed := fmt.Sprintf("sasl_method=%s, sasl_username=office@example.com", s.method)
			p.wait(signed, func() bool { return strings.Count(p.log(), signed) == i/2+1 })

			wrong := *courier
			wrong.Settings.Password = "geheim"
			says(t, wrong.Test(t.Context()), "mail.auth", "不接受账号office@example.com或密码：535 5.7.8", "does not accept user office@example.com or the password: 535 5.7.8")
			nobody := *courier
			nobody.Settings.User = "nobody@example.com"
			says(t, nobody.Test(t.Context()), "mail.auth", "不接受账号nobody@example.com或密码：535 5.7.8", "does not accept user nobody@example.com or the password: 535 5.7.8")
			stranger := *courier
			stranger.Settings.User = ""
			if out, err := stranger.Deliver(t.Context(), message(1)); err != nil || out.Result != Refused || out.Dead {
				t.Errorf("without a name: %+v, %v", out, err)
			}
			_ = stranger.Close()
		})
	}
}
