package post

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap"
	"github.com/emersion/go-imap/client"

	"anfang.example/inspections"
)

// Archive is a mailbox, read over IMAP, in which a copy of each letter that left stands, be it the sender's own folder of
// sent mail or one that gets a copy from the courier. It is only read.
type Archive struct {
	Settings SMTPSettings     // of the IMAP server; Port 0: 143, or 993 with implicit TLS
	Folder   string           // "" gives INBOX
	Limit    time.Duration    // of each answer; 0: 30 s
	Wall     func() time.Time // for deadlines of the network, never the business clock
	TLS      *tls.Config      // nil: the machine's roots
}

// Find tells which Message-IDs stand in the folder. Errors for people: those of [SMTPSettings.Check]; Busy
// mail.archive; Invalid mail.archive_auth, mail.archive_folder.
func (a Archive) Find(ctx context.Context, ids []string) (map[string]bool, error) {
	c, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Logout() }() // all was read by then
	stop := context.AfterFunc(ctx, func() { _ = c.Terminate() })
	defer stop()
	found := map[string]bool{}
	for _, id := range ids {
		ask := imap.NewSearchCriteria()
		ask.Header.Set("Message-Id", id)
		at, err := c.Search(ask)
		if err != nil {
			return nil, a.fault("mail.archive", inspections.Busy, err)
		}
		found[id] = len(at) > 0
	}
	return found, nil
}

// Test signs in and opens the folder.
func (a Archive) Test(ctx context.Context) error {
	_, err := a.Find(ctx, nil)
	return err
}

// open connects, secures the connection before the password goes over it, signs in and opens the folder.
func (a Archive) open(ctx context.Context) (*client.Client, error) {
	if err := a.Settings.Check(); err != nil {
		return nil, err
	}
	limit := a.Limit
	if limit <= 0 {
		limit = 30 * time.Second
	}
	config := a.TLS.Clone()
	if config == nil {
		config = &tls.Config{}
	}
	if config.ServerName == "" {
		config.ServerName = wireHost(a.Settings.Host)
	}
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12)
	dialer := &net.Dialer{Timeout: limit}
	raw, err := dialer.DialContext(ctx, "tcp", a.address())
	if err != nil {
		return nil, a.fault("mail.archive", inspections.Busy, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	c, err := a.greet(raw, config, limit)
	if err != nil {
		_ = raw.Close()
		return nil, err
	}
	return c, nil
}

func (a Archive) greet(raw net.Conn, config *tls.Config, limit time.Duration) (*client.Client, error) {
	var err error
	// The greeting is read before the client's own limit holds.
	if err = raw.SetDeadline(a.Wall().Add(limit)); err != nil {
		return nil, a.fault("mail.archive", inspections.Busy, err)
	}
	conn := raw
	if a.Settings.Security == ImplicitTLS {
		conn = tls.Client(raw, config)
	}
	c, err := client.New(conn)
	if err != nil {
		return nil, a.fault("mail.archive", inspections.Busy, err)
	}
	c.ErrorLog, c.Timeout = log.New(io.Discard, "", 0), limit
	if a.Settings.Security == STARTTLS {
		if err := c.StartTLS(config); err != nil {
			return nil, a.fault("mail.archive", inspections.Busy, err)
		}
	}
	if err := c.Login(a.Settings.User, a.Settings.Password); err != nil {
		return nil, a.fault("mail.archive_auth", inspections.Invalid, err)
	}
	if _, err := c.Select(a.folder(), true); err != nil {
		return nil, a.fault("mail.archive_folder", inspections.Invalid, err)
	}
	return c, nil
}

func (a Archive) folder() string {
	if a.Folder == "" {
		return imap.InboxName
	}
	return a.Folder
}

func (a Archive) address() string {
	port := "143"
	if a.Settings.Security == ImplicitTLS {
		port = "993"
	}
	if a.Settings.Port != 0 {
		_, port, _ = net.SplitHostPort(a.Settings.address())
	}
	return net.JoinHostPort(wireHost(a.Settings.Host), port)
}

func (a Archive) fault(key string, kind inspections.Kind, err error) error {
	return inspections.Fail(kind, key, "server", a.address(), "user", a.Settings.User, "folder", a.folder(),
		"answer", oneLine(strings.TrimSpace(err.Error()))).Because(err)
}
