package app

import (
	"context"
	"net"
	"strconv"
	"time"

	"anfang.example/inspections"
	"anfang.example/reports/post"
)

// courierOf picks how letters leave: a server, a program, a folder, or not yet.
func courierOf(c Config) post.Courier {
	m := c.Mail
	switch {
	case m.Server != "":
		host, port, err := net.SplitHostPort(m.Server)
		n, nerr := strconv.Atoi(port)
		roots, cerr := c.authority()
		if err != nil || nerr != nil || cerr != nil { // LoadConfig has checked them
			return nowhere{}
		}
		return &post.SMTPCourier{
			Settings: post.SMTPSettings{Host: host, Port: n, Security: post.Security(m.Security), User: m.User, Password: m.Password, Name: m.Name},
			TLS:      roots, CopyTo: m.Archive.CopyTo,
			Wall: time.Now, // deadlines of the network never follow a business clock
		}
	case m.Sendmail != "":
		return post.SendmailCourier{Program: m.Sendmail}
	case m.Folder != "":
		return post.DirCourier{Dir: m.Folder}
	}
	return nowhere{}
}

// mailboxesOf gives the mailboxes that are read over IMAP: that of copies, and that to which letters come back; nil where
// none is set.
func mailboxesOf(c Config) (post.Mailbox, post.Notices) {
	a := c.Mail.Archive
	host, port, err := net.SplitHostPort(a.Server)
	n, nerr := strconv.Atoi(port)
	roots, cerr := c.authority()
	if a.Server == "" || err != nil || nerr != nil || cerr != nil { // LoadConfig has checked them
		return nil, nil
	}
	security := post.Security(a.Security)
	if security == "" {
		security = post.ImplicitTLS
	}
	archive := post.Archive{
		Settings: post.SMTPSettings{Host: host, Port: n, Security: security, User: a.User, Password: a.Password},
		Folder:   a.Folder, TLS: roots, Wall: time.Now,
	}
	if a.Returned == "" {
		return archive, nil
	}
	returns := &post.Inbox{Archive: archive}
	returns.Folder = a.Returned
	return archive, returns
}

// nowhere leaves every letter in the outbox until a server is set; nothing is lost.
type nowhere struct{}

// Deliver refuses before anything is tried.
func (nowhere) Deliver(context.Context, post.Message) (post.Outcome, error) {
	return post.Outcome{}, inspections.Fail(inspections.Busy, "mail.no_server")
}

// Close has nothing to close.
func (nowhere) Close() error { return nil }
