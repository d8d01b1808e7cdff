package post

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/emersion/go-smtp"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// fault is an error of the connection, for people. A server that did not answer in time is told as such, whatever
// it was asked: silence says nothing of what is wrong with its answers.
func (c *SMTPCourier) fault(key string, err error) error {
	var slow net.Error
	if key != "mail.dial_silent" && errors.As(err, &slow) && slow.Timeout() {
		key = "mail.silent"
	}
	return inspections.Fail(inspections.Busy, key, "server", c.Settings.address(), "answer", answer(err)).Because(err)
}

func (c *SMTPCourier) startTLSFault(err error) error {
	if strings.Contains(err.Error(), "doesn't support STARTTLS") {
		return inspections.Fail(inspections.Invalid, "mail.no_starttls", "server", c.Settings.address()).Because(err)
	}
	if isTLS(err) {
		return c.tlsFault(err)
	}
	return c.fault("mail.greeting", err)
}

// tlsFault tells apart what a clerk can do about a connection that could not be secured.
func (c *SMTPCourier) tlsFault(err error) error {
	var bad *tls.CertificateVerificationError
	var other x509.HostnameError
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	var plain tls.RecordHeaderError
	refuse := func(key string, args ...any) error {
		return inspections.Fail(inspections.Invalid, key, append(args, "server", c.Settings.address())...).Because(err)
	}
	switch {
	case errors.As(err, &plain): // the answer was no TLS at all
		return c.fault("mail.tls_plain", err)
	case errors.As(err, &other):
		return refuse("mail.certificate_name", "names", namesOf(other.Certificate))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		if from := invalid.Cert.NotBefore; c.Wall().Before(from) {
			return refuse("mail.certificate_early", "from", calendar.DateOf(from))
		}
		return refuse("mail.certificate_expired", "until", calendar.DateOf(invalid.Cert.NotAfter))
	case errors.As(err, &unknown):
		return refuse("mail.certificate_unknown")
	case errors.As(err, &bad):
		return refuse("mail.certificate", "answer", answer(err))
	}
	return c.fault("mail.tls", err)
}

// namesOf lists the names and addresses that a certificate is for; without any, the common name that old ones bear.
func namesOf(c *x509.Certificate) string {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		names = []string{c.Subject.CommonName}
	}
	return oneLine(strings.Join(names, ", "))
}

// dialFault tells apart why no connection came about.
func (c *SMTPCourier) dialFault(err error) error {
	var name *net.DNSError
	var slow net.Error
	switch {
	case errors.As(err, &name):
		return inspections.Fail(inspections.Invalid, "mail.dial_name", "host", c.Settings.Host).Because(err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return c.fault("mail.dial_refused", err)
	case errors.As(err, &slow) && slow.Timeout():
		return c.fault("mail.dial_silent", err)
	}
	return c.fault("mail.dial", err)
}

func isTLS(err error) bool {
	var bad *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &bad) || errors.As(err, &record) || errors.As(err, &alert)
}

// tooLarge reports the answers that speak of the letter's size.
func tooLarge(err error) bool {
	var said *smtp.SMTPError
	return errors.As(err, &said) && said.Code == 552
}

// deadCodes are the enhanced codes that say that there is no such mailbox or domain, that it moved or that
// it is closed (RFC 3463, RFC 7505).
var deadCodes = []smtp.EnhancedCode{{5, 1, 1}, {5, 1, 2}, {5, 1, 3}, {5, 1, 6}, {5, 1, 10}, {5, 2, 1}}

// deadWords are what servers without enhanced codes say of a mailbox that does not exist; QQ and 163 are
// among them. Words about spam, rights or size are not: those are about the letter or about us.
var deadWords = regexp.MustCompile(`(?i)user (unknown|not found|doesn't exist|does not exist)|unknown (user|recipient)|no such (user|mailbox|recipient)|` +
	`mailbox (not found|unavailable|does not exist)|(recipient|account|address)[a-z ]*(not found|does not exist|non-existent)|non-existent account|\x{4E0D}\x{5B58}\x{5728}`) // at last the Chinese for "does not exist"

// nobodyThere reports a refusal of RCPT that is about the address and will not change by itself.
func nobodyThere(err error) bool {
	var said *smtp.SMTPError
	if !errors.As(err, &said) || !slices.Contains([]int{550, 551, 553, 556}, said.Code) {
		return false
	}
	if said.EnhancedCode[0] != 0 && said.EnhancedCode != smtp.EnhancedCodeNotSet && said.EnhancedCode != smtp.NoEnhancedCode {
		return slices.Contains(deadCodes, said.EnhancedCode)
	}
	return deadWords.MatchString(said.Message)
}

// bareYes reports whether the server said 250 and not a word more.
func bareYes(err error) bool {
	var broken textproto.ProtocolError
	return errors.As(err, &broken) && string(broken) == `short response: "250"`
}

// told gives the server's words on a letter, or in ours that it said nothing.
func told(err error) string {
	var said *smtp.SMTPError
	if errors.As(err, &said) {
		return answer(err)
	}
	key := "mail.answer_lost"
	var slow net.Error
	if errors.As(err, &slow) && slow.Timeout() {
		key = "mail.answer_late"
	}
	return answerOf(inspections.Fail(inspections.Busy, key, "answer", answer(err)))
}

// answer gives the server's words, or what went wrong on the way, on one line.
func answer(err error) string {
	var said *smtp.SMTPError
	if errors.As(err, &said) {
		if said.EnhancedCode != (smtp.EnhancedCode{}) && said.EnhancedCode != smtp.EnhancedCodeNotSet && said.EnhancedCode != smtp.NoEnhancedCode {
			return oneLine(fmt.Sprintf("%d %d.%d.%d %s", said.Code, said.EnhancedCode[0], said.EnhancedCode[1], said.EnhancedCode[2], said.Message))
		}
		return oneLine(fmt.Sprintf("%d %s", said.Code, said.Message))
	}
	return oneLine(err.Error())
}
