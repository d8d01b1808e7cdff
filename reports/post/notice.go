package post

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/emersion/go-smtp"
)

// Bounds of one notice. Whatever a stranger writes to the office costs no more than this.
const (
	maxNotice     = 256 << 10 // octets read of a mail
	maxNoticeText = 64 << 10  // octets of its words
	maxParts      = 40        // of a mail, all levels together
	maxDepth      = 5
	maxFates      = 100 // recipients
	maxIDs        = 20  // Message-IDs
)

// Notice is a mail that tells of letters which did not reach their readers (a bounce; RFC 3464 or a mail server's own way).
type Notice struct {
	SHA     string   // of the bytes that were read, hex
	IDs     []string // Message-IDs that stand in it, with < and >
	Fates   []Fate
	Subject string // of the letter, where the notice brings its head
	Words   string // of the notice, for a letter's subject to be looked up in
}

// quotes reports whether the notice is about a letter of that subject, as far as that can be seen.
func (n Notice) quotes(subject string) bool {
	subject = spaces.ReplaceAllString(subject, "")
	if n.Subject != "" {
		return n.Subject == subject
	}
	return subject != "" && strings.Contains(n.Words, subject)
}

// Fate is what a notice says of a recipient, who may be named twice: as written to, and as forwarded.
type Fate struct {
	To     []string // addresses; none: the notice does not say
	Code   smtp.EnhancedCode
	Answer string // why, in the server's words
}

// Status is the code of RFC 3463; "" when none was given.
func (f Fate) Status() string {
	if f.Code == (smtp.EnhancedCode{}) {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d", f.Code[0], f.Code[1], f.Code[2])
}

// Dead reports that nobody is at the address. A code that says something else counts more than the words beside it.
func (f Fate) Dead() bool {
	if f.Code[0] == 5 && f.Code[1] != 0 && f.Code[2] != 0 {
		return slices.Contains(deadCodes, f.Code)
	}
	return f.Code[0] != 4 && (deadWords.MatchString(f.Answer) || goneWords.MatchString(f.Answer))
}

// of reports whether the fate is that of an address.
func (f Fate) of(address string) bool {
	if len(f.To) == 0 {
		return true
	}
	wire, err := wireAddress(address)
	return slices.ContainsFunc(f.To, func(to string) bool {
		return strings.EqualFold(to, address) || err == nil && strings.EqualFold(to, wire)
	})
}

// daemons are the names under which mail servers write.
var daemons = regexp.MustCompile(`(?i)^(mailer-?daemon|mail-?daemon|postmaster|mdaemon|microsoftexchange[0-9a-f]*)(@|$)`)

// fromServer reports whether a mail may be a notice, by its head alone: most mails to an office are none, and are not read.
func fromServer(h mail.Header) bool {
	media, params := mediaOf(h.Get("Content-Type"))
	if media == "multipart/report" {
		kind := strings.ToLower(params["report-type"])
		return kind == "" || kind == "delivery-status"
	}
	return h.Get("X-Failed-Recipients") != "" || daemons.MatchString(senderOf(h))
}

func senderOf(h mail.Header) string {
	from := h.Get("From")
	if a, err := mail.ParseAddress(from); err == nil {
		return a.Address
	}
	if at := addresses.FindString(from); at != "" {
		return at
	}
	return strings.Trim(from, "<> \t")
}

// ReadNotice reads a mail; false when it is no notice that a letter came back. Of a mail longer than [maxNotice] only
// the beginning counts; a part that is broken ends the reading, and what was read until then counts.
func ReadNotice(raw []byte) (Notice, bool) {
	raw = raw[:min(len(raw), maxNotice)]
	sum := sha256.Sum256(raw)
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil || !fromServer(m.Header) {
		return Notice{}, false
	}
	r := noticeReader{Notice: Notice{SHA: hex.EncodeToString(sum[:])}}
	subject := decodeHeader(m.Header.Get("Subject"))
	r.part(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, 0)
	text := r.text.String()
	if !r.standard {
		r.guess(m.Header, subject, text)
	}
	for _, h := range []string{"In-Reply-To", "References"} {
		r.ids(m.Header.Get(h))
	}
	for _, found := range idLines.FindAllStringSubmatch(text, maxIDs) {
		r.ids(found[1])
	}
	if found := subjectLine.FindStringSubmatch(text); found != nil && r.Subject == "" {
		r.subject(found[1])
	}
	r.Words = spaces.ReplaceAllString(subject+text, "")
	return r.Notice, len(r.Fates) > 0
}

var (
	idLines     = regexp.MustCompile(`(?im)^[> \t]*message-id:\s*(<[^<>\s]{1,250}>)`)
	subjectLine = regexp.MustCompile(`(?im)^[> \t]*subject:[ \t]*(.+(?:\r?\n[ \t]+.+)*)`)
	idsIn       = regexp.MustCompile(`<[^<>\s]{1,250}@[^<>\s]{1,250}>`)
	addresses   = regexp.MustCompile(`[\w.+=/-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}`)
	threeNums   = regexp.MustCompile(`\b([245])\.(\d{1,3})\.(\d{1,3})\b`)
)

func (r *noticeReader) ids(header string) {
	for _, id := range idsIn.FindAllString(header, maxIDs) {
		if len(r.IDs) < maxIDs && !slices.Contains(r.IDs, id) {
			r.IDs = append(r.IDs, id)
		}
	}
}

// subject keeps that of the letter, as its head has it.
func (r *noticeReader) subject(header string) {
	header = header[:min(len(header), 4000)]
	r.Subject = spaces.ReplaceAllString(decodeHeader(strings.Join(strings.Fields(header), " ")), "")
}

// guess makes out a notice that no standard describes: that it is one, whom it is about, and why.
func (r *noticeReader) guess(h mail.Header, subject, text string) {
	if !returnedWords.MatchString(subject+"\n"+text) || delayedWords.MatchString(subject) {
		return
	}
	f := Fate{Answer: reasonIn(text)}
	if f.Answer == "" {
		f.Answer = tidy(subject)
	}
	f.Code = codeIn(f.Answer)
	if f.Code[0] == 4 && strings.Contains(strings.ToLower(text), "will be retried") {
		return
	}
	named := addresses.FindAllString(h.Get("X-Failed-Recipients"), maxFates)
	if len(named) == 0 {
		own := []string{senderOf(h)} // who writes, and to whom: the office itself
		own = append(own, addresses.FindAllString(h.Get("To"), 1)...)
		for _, a := range addresses.FindAllString(text, maxFates) {
			if !slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, a) }) && !slices.Contains(named, a) {
				named = append(named, a)
			}
		}
	}
	f.To = named
	r.Fates = append(r.Fates, f)
}

// codeIn finds a code of RFC 3463 in a server's words; zero when there is none.
func codeIn(words string) smtp.EnhancedCode {
	found := threeNums.FindStringSubmatch(words)
	if found == nil {
		return smtp.EnhancedCode{}
	}
	var code smtp.EnhancedCode
	for i := range code {
		code[i], _ = strconv.Atoi(found[i+1]) // at most three digits
	}
	return code
}
