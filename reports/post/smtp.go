package post

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"anfang.example/inspections"
)

// SMTPCourier brings letters to a mail server, one reader a message, over one connection until Close.
// It is not safe for concurrent use; the outbox drains one at a time.
type SMTPCourier struct {
	Settings SMTPSettings
	Timeouts Timeouts
	Wall     func() time.Time // for deadlines of the network, never the business clock
	TLS      *tls.Config      // nil: the machine's roots; ServerName is filled in
	// CopyTo is the archive mailbox, which gets each letter in the same transaction as its reader, but for
	// those of a standby: who reads the archive would learn who goes. "" none.
	CopyTo string

	client *smtp.Client
	conn   *boundedConn
}

// Deliver implements [Courier].
func (c *SMTPCourier) Deliver(ctx context.Context, m Message) (Outcome, error) {
	kept := c.client != nil
	if err := c.connect(ctx); err != nil {
		return Outcome{}, err
	}
	out, err := c.send(ctx, m)
	// A server may have dropped a connection that lay idle between two letters: that says nothing about this one.
	if kept && err == nil && out.Result == Later && out.Lost {
		if err := c.connect(ctx); err != nil {
			return Outcome{}, err
		}
		out, err = c.send(ctx, m)
	}
	return out, err
}

// Close says goodbye to the server. The letters are settled by then, so nothing can go wrong that matters.
func (c *SMTPCourier) Close() error {
	if c.client == nil {
		return nil
	}
	limit := c.Timeouts.orDefault().Command
	c.conn.limit, c.conn.end = limit, c.Wall().Add(limit)
	err := c.client.Quit()
	c.drop()
	return err
}

// Test connects and signs in without sending. Errors for people: those of Check; Busy mail.dial,
// mail.dial_refused, mail.dial_silent, mail.silent, mail.greeting, mail.tls, mail.tls_plain; Invalid mail.dial_name,
// mail.no_starttls, mail.no_auth, mail.auth, mail.certificate and _name, _early, _expired, _unknown.
func (c *SMTPCourier) Test(ctx context.Context) error {
	if err := c.connect(ctx); err != nil {
		return err
	}
	return c.Close()
}

// connect opens a connection, secured and signed in, unless one is open.
func (c *SMTPCourier) connect(ctx context.Context) error {
	if c.client != nil {
		return nil
	}
	if err := c.Settings.Check(); err != nil {
		return err
	}
	limits := c.Timeouts.orDefault()
	dialer := net.Dialer{Timeout: limits.Dial}
	raw, err := dialer.DialContext(ctx, "tcp", c.Settings.address())
	if err != nil {
		return c.dialFault(err)
	}
	c.conn = &boundedConn{Conn: raw, wall: c.Wall, limit: limits.Command, end: c.Wall().Add(limits.Message)}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	if err := c.open(ctx); err != nil {
		c.drop()
		raw.Close()
		return err
	}
	return nil
}

// open greets the server, turns TLS on before anything else is said, and signs in.
func (c *SMTPCourier) open(ctx context.Context) error {
	config := c.TLS.Clone()
	if config == nil {
		config = &tls.Config{}
	}
	if config.ServerName == "" {
		config.ServerName = wireHost(c.Settings.Host)
	}
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12)
	var client *smtp.Client
	switch c.Settings.Security {
	case ImplicitTLS:
		secure := tls.Client(c.conn, config)
		if err := c.conn.SetDeadline(time.Time{}); err != nil {
			return c.fault("mail.dial", err)
		}
		if err := secure.HandshakeContext(ctx); err != nil {
			return c.tlsFault(err)
		}
		client = smtp.NewClient(secure)
	case STARTTLS:
		var err error
		if client, err = smtp.NewClientStartTLS(c.conn, config); err != nil {
			return c.startTLSFault(err)
		}
	default:
		client = smtp.NewClient(c.conn)
	}
	client.CommandTimeout, client.SubmissionTimeout = c.Timeouts.orDefault().Command, c.Timeouts.orDefault().Submit
	name := c.Settings.Name
	if name == "" {
		name = "localhost"
	}
	if err := client.Hello(name); err != nil {
		if isTLS(err) {
			return c.tlsFault(err)
		}
		return c.fault("mail.greeting", err)
	}
	// The password goes over TLS or stays on this machine; nothing else may slip through.
	if _, secure := client.TLSConnectionState(); !secure && !(c.Settings.Security == NoTLS && loopback(c.Settings.Host)) {
		return inspections.Fail(inspections.Invalid, "mail.tls_required", "host", c.Settings.Host)
	}
	if err := c.signIn(client); err != nil {
		return err
	}
	c.client = client
	return nil
}

func (c *SMTPCourier) signIn(client *smtp.Client) error {
	s := c.Settings
	if s.User == "" {
		return nil
	}
	_, offered := client.Extension("AUTH")
	methods := strings.Fields(strings.ToUpper(offered))
	var auth sasl.Client
	oldStyle, _ := client.Extension("AUTH=LOGIN") // as some old servers write it
	switch {
	case slices.Contains(methods, sasl.Plain):
		auth = sasl.NewPlainClient("", s.User, s.Password)
	case slices.Contains(methods, sasl.Login) || oldStyle:
		auth = &loginAuth{user: s.User, password: s.Password}
	default:
		return inspections.Fail(inspections.Invalid, "mail.no_auth", "host", s.Host, "offered", offered)
	}
	err := client.Auth(auth)
	var refused *smtp.SMTPError
	if errors.As(err, &refused) && refused.Code >= 500 {
		return inspections.Fail(inspections.Invalid, "mail.auth", "host", s.Host, "user", s.User, "answer", answer(err)).Because(err)
	}
	if err != nil {
		return c.fault("mail.greeting", err)
	}
	return nil
}

// send speaks one letter. Whatever fails before the last dot cannot have arrived; a connection that
// breaks after it leaves the letter in doubt.
func (c *SMTPCourier) send(ctx context.Context, m Message) (Outcome, error) {
	limits := c.Timeouts.orDefault()
	c.conn.limit, c.conn.end = limits.Command, c.Wall().Add(limits.Message)
	var dotted atomic.Bool
	stop := context.AfterFunc(ctx, func() {
		if !dotted.Load() { // after the dot the answer is worth waiting for
			c.conn.Close()
		}
	})
	defer stop()

	if err := c.client.Mail(m.From, &smtp.MailOptions{Size: int64(len(m.Raw))}); err != nil {
		out := c.failed(err)
		if out.Result == Refused && !tooLarge(err) {
			// The server does not take our sender: that is about the settings, not about this letter.
			c.drop()
			return Outcome{}, inspections.Fail(inspections.Invalid, "mail.sender", "from", m.From, "answer", out.Answer).Because(err)
		}
		return out, nil
	}
	if err := c.client.Rcpt(m.To, nil); err != nil {
		out := c.failed(err)
		out.Dead = out.Result == Refused && nobodyThere(err)
		return out, nil
	}
	if c.CopyTo != "" && !m.Kind.Assignment() && m.Kind != inspections.LetterCancelled {
		var said *smtp.SMTPError
		if err := c.client.Rcpt(c.CopyTo, nil); err != nil && (!errors.As(err, &said) || said.Code == 421) {
			return c.failed(err), nil // the connection is gone; a copy that is merely refused holds nobody's letter back
		}
	}
	w, err := c.client.Data()
	if err != nil {
		return c.failed(err), nil
	}
	if _, err := w.Write(m.Raw); err != nil {
		return c.failed(err), nil
	}
	dotted.Store(true)
	c.conn.limit, c.conn.end = limits.Submit, c.Wall().Add(limits.Submit)
	response, err := w.CloseWithResponse()
	var said *smtp.SMTPError
	switch {
	case err == nil:
		return Outcome{Result: Accepted, Answer: "250 " + response.StatusText}, nil
	case errors.As(err, &said) && said.Code/100 == 2: // some servers say 251 or the like
		return Outcome{Result: Accepted, Answer: answer(err)}, nil
	case errors.As(err, &said) && said.Code >= 400:
		return c.failed(err), nil
	case bareYes(err): // RFC 5321, 4.2 lets a reply be its code alone; the reader of replies does not
		return Outcome{Result: Accepted, Answer: "250"}, nil
	}
	c.drop()
	return Outcome{Result: Unknown, Answer: told(err), Lost: true}, nil
}

// failed sorts what went wrong with one letter. After a plain refusal the connection goes on.
func (c *SMTPCourier) failed(err error) Outcome {
	out := Outcome{Result: Later, Answer: told(err)}
	var said *smtp.SMTPError
	if !errors.As(err, &said) {
		out.Lost = true
		c.drop()
		return out
	}
	if said.Code >= 500 {
		out.Result = Refused
	}
	if said.Code == 421 { // the server hangs up
		out.Lost = true
		c.drop()
	} else if err := c.client.Reset(); err != nil {
		c.drop()
	}
	return out
}

func (c *SMTPCourier) drop() {
	if c.conn != nil {
		c.conn.Close()
	}
	c.client, c.conn = nil, nil
}
