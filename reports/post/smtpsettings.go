package post

import (
	"net"
	"strconv"
	"time"

	"anfang.example/inspections"
)

// Security says how the connection to the mail server is kept from being read.
type Security string

// The kinds of security.
const (
	STARTTLS    Security = "starttls" // usually port 587
	ImplicitTLS Security = "tls"      // usually port 465
	NoTLS       Security = "none"     // only to this machine
)

// SMTPSettings say which server takes our mail.
type SMTPSettings struct {
	Host     string
	Port     int // 0: 587, 465 or 25 after Security
	Security Security
	User     string // "" sends without signing in
	Password string
	Name     string // what we call ourselves; "" gives "localhost"
}

// Timeouts bound each step with the server; zero fields take the defaults.
type Timeouts struct {
	Dial    time.Duration // 20 s
	Command time.Duration // 60 s: greeting and each answer
	Submit  time.Duration // 3 min: the answer after the last dot
	Message time.Duration // 10 min: all of one letter
}

// Check refuses settings that cannot work or would send in clear. Errors: Invalid mail.host_missing,
// mail.port, mail.security, mail.tls_required, mail.bad_header.
func (s SMTPSettings) Check() error {
	switch {
	case s.Host == "":
		return inspections.Fail(inspections.Invalid, "mail.host_missing")
	case s.Port < 0 || s.Port > 65535:
		return inspections.Fail(inspections.Invalid, "mail.port", "port", s.Port)
	case s.Security != STARTTLS && s.Security != ImplicitTLS && s.Security != NoTLS:
		return inspections.Fail(inspections.Invalid, "mail.security", "value", string(s.Security))
	case s.Security == NoTLS && !loopback(s.Host):
		return inspections.Fail(inspections.Invalid, "mail.tls_required", "host", s.Host)
	case hasControl(s.Host + s.Name):
		return inspections.Fail(inspections.Invalid, "mail.bad_header", "value", oneLine(s.Host+s.Name))
	}
	return nil
}

func (s SMTPSettings) address() string {
	port := s.Port
	if port == 0 {
		port = map[Security]int{STARTTLS: 587, ImplicitTLS: 465, NoTLS: 25}[s.Security]
	}
	return net.JoinHostPort(wireHost(s.Host), strconv.Itoa(port))
}

func loopback(host string) bool {
	ip := net.ParseIP(wireHost(host))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// orDefault fills in what is not set.
func (t Timeouts) orDefault() Timeouts {
	for _, d := range []struct {
		value    *time.Duration
		standard time.Duration
	}{{&t.Dial, 20 * time.Second}, {&t.Command, time.Minute}, {&t.Submit, 3 * time.Minute}, {&t.Message, 10 * time.Minute}} {
		if *d.value <= 0 {
			*d.value = d.standard
		}
	}
	return t
}
