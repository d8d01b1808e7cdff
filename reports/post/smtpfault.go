package post

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/textproto"
	"strings"

	"github.com/emersion/go-smtp"

	"anfang.example/inspections"
)

// fault is an error of the connection, for people.
func (c *SMTPCourier) fault(key string, err error) error {
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

func (c *SMTPCourier) tlsFault(err error) error {
	var bad *tls.CertificateVerificationError
	if errors.As(err, &bad) {
		return inspections.Fail(inspections.Invalid, "mail.certificate", "server", c.Settings.address(), "answer", answer(err)).Because(err)
	}
	return c.fault("mail.tls", err)
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

// bareYes reports whether the server said 250 and not a word more.
func bareYes(err error) bool {
	var broken textproto.ProtocolError
	return errors.As(err, &broken) && string(broken) == `short response: "250"`
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
