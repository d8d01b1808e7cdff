package post

import (
	"bufio"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

// noticeReader walks through the parts of a notice.
type noticeReader struct {
	Notice
	parts    int
	standard bool // a part of RFC 3464 was there
	text     strings.Builder
}

// mediaOf reads a Content-Type; one that cannot be read is text, as RFC 2045 has it.
func mediaOf(header string) (string, map[string]string) {
	media, params, err := mime.ParseMediaType(header)
	if err != nil && media == "" {
		return "text/plain", nil
	}
	return strings.ToLower(media), params
}

// part reads one part. What is broken is left out: a notice is a stranger's, and half of one may be enough.
func (r *noticeReader) part(kind, encoding string, body io.Reader, depth int) {
	if r.parts++; r.parts > maxParts || depth > maxDepth {
		return
	}
	media, params := mediaOf(kind)
	if strings.HasPrefix(media, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for r.parts <= maxParts {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			r.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1)
		}
		return
	}
	body = decoded(encoding, body)
	switch media {
	case "message/delivery-status", "message/global-delivery-status":
		r.standard = true
		r.fates(body)
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers":
		h, _ := textproto.NewReader(bufio.NewReader(body)).ReadMIMEHeader() // what could be read of it counts
		r.ids(h.Get("Message-Id"))
		r.subject(h.Get("Subject"))
	case "text/plain", "text/html":
		raw, _ := io.ReadAll(io.LimitReader(body, int64(maxNoticeText-r.text.Len()))) // as above
		text := readable(raw, params["charset"])
		if media == "text/html" {
			text = plainOf(text)
		}
		r.text.WriteString(text + "\n")
	}
}

func decoded(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// fates reads the groups of a delivery status: those of recipients whom the letter did not reach for good. What is
// delayed, relayed or delivered is no failure.
func (r *noticeReader) fates(body io.Reader) {
	in := textproto.NewReader(bufio.NewReader(body))
	for groups := 0; groups <= 2*maxFates && len(r.Fates) < maxFates; groups++ {
		h, err := in.ReadMIMEHeader()
		if f, failed := fateOf(h); failed {
			r.Fates = append(r.Fates, f)
		}
		if err != nil {
			return
		}
	}
}

func fateOf(h textproto.MIMEHeader) (Fate, bool) {
	var f Fate
	for _, name := range []string{"Original-Recipient", "Final-Recipient"} {
		if a := addresses.FindString(typed(h.Get(name))); a != "" {
			f.To = append(f.To, a)
		} else if a, err := mail.ParseAddress(typed(h.Get(name))); err == nil { // beyond ASCII
			f.To = append(f.To, a.Address)
		}
	}
	if len(f.To) == 0 {
		return f, false // of the message, not of a recipient
	}
	f.Code = codeIn(h.Get("Status"))
	f.Answer = tidy(readable([]byte(typed(h.Get("Diagnostic-Code"))), ""))
	// 5.0.0 says no more than "no"; the server's words may bring the code that says why.
	if better := codeIn(f.Answer); better[0] != 0 && f.Code[1] == 0 && f.Code[2] == 0 {
		f.Code = better
	}
	action := strings.ToLower(strings.TrimSpace(h.Get("Action")))
	if f.Answer == "" {
		f.Answer = f.Status()
	}
	return f, action == "failed" || action == "" && f.Code[0] == 5
}

// typed leaves out the type before a field's value, "rfc822;" or "smtp;".
func typed(s string) string {
	if _, value, ok := strings.Cut(s, ";"); ok {
		s = value
	}
	return strings.TrimSpace(s)
}
