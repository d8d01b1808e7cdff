package post

import (
	"bytes"
	"errors"
	"fmt"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/jordan-wright/email"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// file is one attachment.
type file struct {
	name, media string
	data        []byte
}

// compose makes the message. jordan-wright/email lays out the parts; what it leaves to chance (order of
// headers, boundaries) is settled here, and what it would write raw (names of attachments) is encoded before.
func (r *Renderer) compose(l inspections.Letter, w words, files []file) ([]byte, error) {
	e := email.NewEmail()
	e.From = encodedAddress(r.sender())
	to, err := wireAddress(l.Email)
	if err != nil {
		return nil, err
	}
	e.To = []string{encodedAddress(mail.Address{Name: l.Name, Address: to})}
	if r.ReplyTo != nil {
		e.ReplyTo = []string{encodedAddress(*r.ReplyTo)}
	}
	e.Subject = strings.Join(encodedWords(w.subject), " ")
	e.Text, e.HTML = []byte(w.text), []byte(w.html)
	e.Headers.Set("Message-Id", r.messageID(l))
	e.Headers.Set("Date", l.Created.In(calendar.Shanghai).Format(time.RFC1123Z))
	e.Headers.Set("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office replies
	for i, f := range files {
		media, disposition, err := fileHeaders(f)
		if err != nil {
			return nil, err
		}
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", disposition)
		h.Set("Content-ID", fmt.Sprintf("<%s>", r.digest(l, "content-id", i)[:24])) // else the library writes the raw name
		e.Attachments = append(e.Attachments, &email.Attachment{ContentType: media, Header: h, Content: f.data})
	}
	raw, err := e.Bytes()
	if err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	if raw, err = r.settleBoundaries(l, raw); err != nil {
		return nil, err
	}
	head, body, ok := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !ok {
		return nil, errors.New("compose: a message without a body")
	}
	out := append(settleHead(string(head)), body...)
	if !bytes.HasSuffix(out, []byte("\r\n")) {
		out = append(out, "\r\n"...)
	}
	return out, checkLines(out)
}

// settleBoundaries replaces the random boundaries by ones derived from the letter, of the same length.
func (r *Renderer) settleBoundaries(l inspections.Letter, raw []byte) ([]byte, error) {
	n := 0
	for _, found := range randomBoundary.FindAllSubmatch(raw, -1) {
		fixed := r.digest(l, "boundary", n)[:len(found[1])]
		for bytes.Contains(raw, []byte(fixed)) { // nobody can plant a boundary by guessing it
			n++
			fixed = r.digest(l, "boundary", n)[:len(found[1])]
		}
		raw = bytes.ReplaceAll(raw, found[1], []byte(fixed))
	}
	if n > 1000 {
		return nil, errors.New("compose: no free boundary")
	}
	return raw, nil
}

var randomBoundary = regexp.MustCompile(`\r\n boundary=([0-9a-f]{60})\r\n`)

// headOrder is the order of the headers; others follow by name.
var headOrder = []string{"Date", "Message-Id", "From", "Reply-To", "To", "Subject", "Auto-Submitted", "Mime-Version", "Content-Type"}

// settleHead puts the headers in a fixed order and folds them at spaces below 76 octets.
func settleHead(head string) []byte {
	rank := func(line string) int {
		name, _, _ := strings.Cut(line, ":")
		for i, h := range headOrder {
			if strings.EqualFold(h, name) {
				return i
			}
		}
		return len(headOrder)
	}
	lines := strings.Split(strings.ReplaceAll(head, "\r\n ", " "), "\r\n")
	sort.Slice(lines, func(i, j int) bool {
		if a, b := rank(lines[i]), rank(lines[j]); a != b {
			return a < b
		}
		return lines[i] < lines[j]
	})
	var out bytes.Buffer
	for _, line := range lines {
		width := 0
		for i, word := range strings.Split(line, " ") {
			switch {
			case i == 0:
			case i > 1 && width+1+len(word) > 76: // the name never stands alone on a line
				out.WriteString("\r\n ")
				width = 1
			default:
				out.WriteByte(' ')
				width++
			}
			out.WriteString(word)
			width += len(word)
		}
		out.WriteString("\r\n")
	}
	out.WriteString("\r\n")
	return out.Bytes()
}

// pad adds a header that makes the message exactly size octets long; false when it is too long already.
func pad(raw []byte, size int) ([]byte, bool) {
	const name, fold = "X-Padding:", "\r\n "
	rest := size - len(raw) - len(name) - len("\r\n") // for " x…" and its folds
	if rest < 2 {
		return nil, false
	}
	lines := (rest + 69) / 70
	chars := rest - 1 - (lines-1)*len(fold)
	var h bytes.Buffer
	h.WriteString(name + " ")
	for i := range lines {
		if i > 0 {
			h.WriteString(fold)
		}
		n := chars / lines
		if i < chars%lines {
			n++
		}
		h.WriteString(strings.Repeat("x", n))
	}
	h.WriteString("\r\n")
	at := bytes.Index(raw, []byte("\r\n\r\n")) + len("\r\n")
	return slices.Concat(raw[:at], h.Bytes(), raw[at:]), true
}

// checkLines refuses what a mail server may not take: 8-bit octets, bare CR or LF, lines over 998 octets.
func checkLines(raw []byte) error {
	for i, line := range bytes.Split(raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") || bytes.IndexFunc(line, func(c rune) bool { return c >= 0x80 }) >= 0 {
			return fmt.Errorf("compose: line %d cannot go by mail", i+1)
		}
	}
	return nil
}
