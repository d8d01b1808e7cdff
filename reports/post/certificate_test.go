package post

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"strings"
	"testing"
	"time"

	"anfang.example/templates/catalog"
)

// TestWhatIsWrongWithTheServerIsSaidInPlainWords reads each sentence in both languages. None quotes the library, and
// in none of the cases does the server hear the password.
func TestWhatIsWrongWithTheServerIsSaidInPlainWords(t *testing.T) {
	t.Parallel()
	long, past, soon := time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC), time.Date(2021, 1, 2, 3, 4, 0, 0, time.UTC), time.Date(2090, 1, 2, 3, 4, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		change    func(*x509.Certificate)
		untrusted bool
		key       string
		zh, en    string // a part of the sentence that only this fault has
	}{
		"all is well, by an authority of one's own": {key: "<nil>"},
		"another name": {
			change: func(c *x509.Certificate) {
				c.IPAddresses, c.DNSNames = nil, []string{"mx.example.com", "smtp.example.com"}
			},
			key: "mail.certificate_name", zh: "出示的证书是发给mx.example.com, smtp.example.com的，名称不符", en: "is for mx.example.com, smtp.example.com, which is another name",
		},
		"an address of another machine": {
			change: func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(192, 0, 2, 1)} },
			key:    "mail.certificate_name", zh: "发给192.0.2.1的", en: "is for 192.0.2.1,",
		},
		"no name but the common one": {
			change: func(c *x509.Certificate) { c.IPAddresses = nil; c.Subject.CommonName = "邮件服务器" },
			key:    "mail.certificate_name", zh: "发给邮件服务器的", en: "is for 邮件服务器,",
		},
		"it has expired": {
			change: func(c *x509.Certificate) { c.NotBefore, c.NotAfter = long, past },
			key:    "mail.certificate_expired", zh: "证书已于2021年1月2日到期", en: "expired on 2 January 2021",
		},
		"it is not valid yet": {
			change: func(c *x509.Certificate) { c.NotBefore, c.NotAfter = soon, soon.AddDate(1, 0, 0) },
			key:    "mail.certificate_early", zh: "证书自2090年1月2日起才生效", en: "not valid before 2 January 2090",
		},
		"an authority that nobody knows": {
			untrusted: true, key: "mail.certificate_unknown", zh: "由本机不认识的机构签发", en: "an authority that this machine does not know",
		},
		"not made for servers": {
			change: func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection} },
			key:    "mail.certificate", zh: "证书不可信", en: "is not trusted",
		},
	} {
		for _, security := range []Security{STARTTLS, ImplicitTLS} {
			t.Run(name+" over "+string(security), func(t *testing.T) {
				t.Parallel()
				change := c.change
				if change == nil {
					change = func(*x509.Certificate) {}
				}
				config, pool := certificateWith(t, change)
				if c.untrusted {
					pool = x509.NewCertPool()
				}
				server := (&mailServer{methods: []string{"PLAIN"}}).serve(t, config, security == ImplicitTLS)
				courier := courierFor(SMTPSettings{Host: server.host, Port: server.port, Security: security, User: "office", Password: "geheim"})
				courier.TLS = &tls.Config{RootCAs: pool}
				err := courier.Test(t.Context())
				says(t, err, c.key, c.zh, c.en)
				if c.key == "<nil>" {
					return
				}
				says(t, err, c.key, "密码没有发出", "No password was sent")
				if server.mu.Lock(); len(server.signedIn) != 0 {
					t.Errorf("the server heard %v", server.signedIn)
				}
				server.mu.Unlock()
			})
		}
	}
}

func TestWhyNoConnectionComesAboutIsSaidInPlainWords(t *testing.T) {
	t.Parallel()
	mute := (&script{answers: map[string]string{"banner": silence}}).serve(t)
	with := func(s SMTPSettings, security Security) SMTPSettings { s.Security = security; return s }
	for name, c := range map[string]struct {
		settings SMTPSettings
		dial     time.Duration
		key      string
		zh, en   string
	}{
		// A name with two dots in a row is nobody's: it is not even asked for.
		"an unknown host":      {settings: SMTPSettings{Host: "smtp..example.com", Security: STARTTLS}, key: "mail.dial_name", zh: "找不到邮件服务器smtp..example.com", en: "smtp..example.com is not found"},
		"a closed port":        {settings: SMTPSettings{Host: "127.0.0.1", Port: 1, Security: STARTTLS}, key: "mail.dial_refused", zh: "这个端口没有服务", en: "Nothing listens at 127.0.0.1:1"},
		"a silent firewall":    {settings: mute, dial: time.Nanosecond, key: "mail.dial_silent", zh: "超时，多半被防火墙挡住", en: "a firewall may be in the way"},
		"silence in clear":     {settings: mute, key: "mail.silent", zh: "没有在时限内应答", en: "did not answer in time"},
		"silence for STARTTLS": {settings: with(mute, STARTTLS), key: "mail.silent", zh: "587一般为starttls", en: "usually starttls at 587"},
		"silence for TLS":      {settings: with(mute, ImplicitTLS), key: "mail.silent", zh: "465一般为tls", en: "tls at 465"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			courier := hasty(c.settings)
			if c.dial > 0 {
				courier.Timeouts.Dial = c.dial
			}
			says(t, courier.Test(t.Context()), c.key, c.zh, c.en)
		})
	}
}

// says checks an error's key and a part of its sentence in both languages; the rest must be words, not what a library said.
func says(t *testing.T, err error, key, zh, en string) {
	t.Helper()
	if got := keyOf(err); got != key {
		t.Fatalf("got %s, want %s (%v)", got, key, err)
	}
	if err == nil {
		return
	}
	for lang, want := range map[string]string{"zh": zh, "en": en} {
		got := catalog.For(lang).Error(err)
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", lang, got, want)
		}
		for _, raw := range []string{"«", "{", "i/o timeout", "dial tcp", "lookup "} {
			if strings.Contains(got, raw) {
				t.Errorf("%s: %q in %q", lang, raw, got)
			}
		}
		if key != "mail.certificate" && strings.Contains(got, "x509") {
			t.Errorf("%s: it quotes the library: %q", lang, got)
		}
	}
}
