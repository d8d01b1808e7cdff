package post

import (
	"bytes"
	"context"
	"io"
	"net/mail"
	"slices"
	"time"

	"github.com/emersion/go-imap"
	"github.com/emersion/go-imap/client"

	"anfang.example/inspections"
)

const (
	inboxLook  = 2000 // mails whose heads are looked at in one go; the rest waits for the next
	inboxBatch = 200  // heads asked for at once
)

// Inbox is the mailbox to which notices about the office's letters return. It is only read, and of most mails only the
// head. What was looked at is remembered while the program runs; later the records tell what is known.
type Inbox struct {
	Archive

	validity, next uint32 // which numbering the mailbox has, and the first number not looked at
}

// Notices hands over each notice that came since a moment and was not looked at before, the oldest first. What take
// fails on comes again. Errors: those of [Archive.Find]; those of take.
func (b *Inbox) Notices(ctx context.Context, since time.Time, take func(Notice) error) error {
	c, err := b.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Logout() }() // all was read by then
	stop := context.AfterFunc(ctx, func() { _ = c.Terminate() })
	defer stop()
	if v := c.Mailbox().UidValidity; v != b.validity {
		b.validity, b.next = v, 1
	}
	ask := imap.NewSearchCriteria()
	ask.Since = since
	ask.Uid = new(imap.SeqSet)
	ask.Uid.AddRange(max(b.next, 1), 0)
	found, err := c.UidSearch(ask)
	if err != nil {
		return b.fault("mail.archive", inspections.Busy, err)
	}
	slices.Sort(found)
	found = slices.DeleteFunc(found, func(uid uint32) bool { return uid < b.next }) // "9:*" names the last one, too
	for batch := range slices.Chunk(found[:min(len(found), inboxLook)], inboxBatch) {
		if err := b.look(c, batch, take); err != nil {
			return err
		}
	}
	return nil
}

// look reads the heads of some mails, and those that may be notices.
func (b *Inbox) look(c *client.Client, uids []uint32, take func(Notice) error) error {
	heads, err := b.fetch(c, uids, &imap.BodySectionName{Peek: true, BodyPartName: imap.BodyPartName{
		Specifier: imap.HeaderSpecifier, Fields: []string{"From", "Content-Type", "X-Failed-Recipients"},
	}})
	if err != nil {
		return err
	}
	for _, uid := range uids {
		if m, err := mail.ReadMessage(bytes.NewReader(heads[uid])); err == nil && fromServer(m.Header) {
			whole, err := b.fetch(c, []uint32{uid}, &imap.BodySectionName{Peek: true, Partial: []int{0, maxNotice}})
			if err != nil {
				return err
			}
			if n, ok := ReadNotice(whole[uid]); ok {
				if err := take(n); err != nil {
					return err
				}
			}
		}
		b.next = uid + 1
	}
	return nil
}

// fetch reads a section of mails, by number.
func (b *Inbox) fetch(c *client.Client, uids []uint32, section *imap.BodySectionName) (map[uint32][]byte, error) {
	set := new(imap.SeqSet)
	set.AddNum(uids...)
	messages, done := make(chan *imap.Message, len(uids)), make(chan error, 1)
	go func() { done <- c.UidFetch(set, []imap.FetchItem{imap.FetchUid, section.FetchItem()}, messages) }()
	read := map[uint32][]byte{}
	var fault error
	for m := range messages {
		for _, body := range m.Body { // one was asked for; servers write its name in their own way
			raw, err := io.ReadAll(io.LimitReader(body, maxNotice))
			if read[m.Uid] = raw; err != nil {
				fault = err
			}
		}
	}
	if err := <-done; err != nil {
		fault = err
	}
	if fault != nil {
		return nil, b.fault("mail.archive", inspections.Busy, fault)
	}
	return read, nil
}
