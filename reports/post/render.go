package post

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"anfang.example/inspections"
	"anfang.example/templates/catalog"
)

// AssignmentSize is the length of every assignment letter in octets, headers included, so that nobody
// who sees only lengths learns who goes (DRAW.md).
const AssignmentSize = 16 * 1024

// Renderer turns letters into bytes. The same letter always gives the same bytes.
type Renderer struct {
	County  inspections.CountyID
	Lang    string // of the letters, "zh" or "en"
	From    mail.Address
	ReplyTo *mail.Address // nil: none
	Portal  string        // address of the portal, without a slash at its end; "" where it has none
}

// Render gives a letter's whole message and its Message-ID. Load reads a blob by its SHA-256. Errors for people:
// Invalid mail.no_address, mail.bad_address, mail.bad_header, mail.too_long; these letters can never leave.
func (r *Renderer) Render(l inspections.Letter, load func(sha string) ([]byte, error)) ([]byte, string, error) {
	return r.RenderSealed(l, "", load)
}

// RenderSealed is Render with a signed head of the journal under the text, so that the letter proves the archive later;
// "" leaves it out. Letters about an assignment never bear one: they tell nothing of the records.
func (r *Renderer) RenderSealed(l inspections.Letter, head string, load func(sha string) ([]byte, error)) ([]byte, string, error) {
	if err := r.check(l); err != nil {
		return nil, "", err
	}
	args, err := decodeArgs(l)
	if err != nil {
		return nil, "", err
	}
	if !l.Kind.Assignment() {
		raw, err := r.message(l, args, head, load)
		if err != nil {
			return nil, "", err
		}
		return raw, r.messageID(l), nil
	}
	for level := 0; ; level++ {
		cut, more := shorten(args, level)
		raw, err := r.message(l, cut, "", load)
		if err != nil {
			return nil, "", err
		}
		padded, fits := pad(raw, AssignmentSize)
		switch {
		case fits:
			return padded, r.messageID(l), nil
		case !more:
			return nil, "", inspections.Fail(inspections.Invalid, "mail.too_long", "size", len(raw), "limit", AssignmentSize)
		}
	}
}

// message composes text, HTML and attachments.
func (r *Renderer) message(l inspections.Letter, args any, head string, load func(string) ([]byte, error)) ([]byte, error) {
	words, err := r.words(l, args, head)
	if err != nil {
		return nil, err
	}
	files, err := r.files(l, args, words, load)
	if err != nil {
		return nil, err
	}
	return r.compose(l, words, files)
}

// files gives what is attached: the papers of the letter, and the invitation of an assignment letter.
func (r *Renderer) files(l inspections.Letter, args any, w words, load func(string) ([]byte, error)) ([]file, error) {
	var files []file
	if l.Kind.Assignment() {
		ics, err := r.invitation(l, args, w)
		if err != nil {
			return nil, err
		}
		files = append(files, ics)
	}
	for _, a := range l.Attach {
		data, err := load(a.SHA)
		if err != nil {
			return nil, fmt.Errorf("attachment %s: %w", a.Name, err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != a.SHA {
			return nil, fmt.Errorf("attachment %s: its bytes are not those of %s", a.Name, a.SHA)
		}
		files = append(files, file{name: a.Name, media: a.Media, data: data})
	}
	return files, nil
}

// check refuses what could break out of a header or has no place to go.
func (r *Renderer) check(l inspections.Letter) error {
	if l.Email == "" {
		return inspections.Fail(inspections.Invalid, "mail.no_address", "name", l.Name)
	}
	if _, err := wireAddress(l.Email); err != nil {
		return err
	}
	fields := []string{l.Name, r.From.Name, r.From.Address}
	if r.ReplyTo != nil {
		fields = append(fields, r.ReplyTo.Name, r.ReplyTo.Address)
	}
	for _, a := range l.Attach {
		fields = append(fields, a.Name, a.Media)
	}
	for _, f := range fields {
		if hasControl(f) {
			return inspections.Fail(inspections.Invalid, "mail.bad_header", "value", oneLine(f))
		}
	}
	return nil
}

// sender gives whom letters are from, as it goes over the wire.
func (r *Renderer) sender() mail.Address {
	from := r.From
	if wire, err := wireAddress(from.Address); err == nil { // what cannot go is told by the server, and by Test
		from.Address = wire
	}
	return from
}

// plainAddress accepts local@domain in ASCII.
func plainAddress(s string) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),:;<>[]\`, c) >= 0 {
			return false
		}
	}
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254
}

// hasControl reports CR, LF, NUL and their like, also as Unicode line separators and bad UTF-8.
func hasControl(s string) bool {
	for _, c := range s {
		if c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfffd {
			return true
		}
	}
	return false
}

// messageID is fixed by county, letter and key, so that a letter sent twice is known as one.
func (r *Renderer) messageID(l inspections.Letter) string {
	_, domain, ok := strings.Cut(r.sender().Address, "@")
	if !ok || domain == "" {
		domain = "localhost"
	}
	return "<" + r.digest(l, "message-id", 0)[:32] + "@" + domain + ">"
}

// digest gives 64 hex digits for a use, so that nothing in a message is left to chance.
func (r *Renderer) digest(l inspections.Letter, use string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "anfang/mail/v1\x00%d\x00%d\x00%s\x00%s\x00%d", r.County, l.ID, l.Key, use, n))
	return hex.EncodeToString(sum[:])
}

func decodeArgs(l inspections.Letter) (any, error) {
	args, err := inspections.LetterArgs(l.Kind)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(l.Args))
	d.DisallowUnknownFields()
	if err := d.Decode(args); err != nil {
		return nil, errors.Join(fmt.Errorf("letter %d: arguments of %s", l.ID, l.Kind), err)
	}
	return args, nil
}

// shorten cuts an assignment's lists until it fits; what is left out is in the portal. Level 0 is the
// whole; the second result tells whether a further level exists.
func shorten(args any, level int) (any, bool) {
	full, ok := args.(*inspections.AssignmentArgs)
	if !ok {
		return args, false
	}
	limits := []struct{ members, problems, units, runes int }{
		{1 << 20, 1 << 20, 1 << 20, 1 << 20}, {20, 5, 6, 60}, {12, 3, 4, 40}, {9, 2, 3, 40}, {6, 1, 3, 30}, {0, 0, 2, 24},
	}
	lim := limits[min(level, len(limits)-1)]
	a := *full
	short := func(s string) string {
		if r := []rune(s); len(r) > lim.runes {
			return string(r[:lim.runes-1]) + "…"
		}
		return s
	}
	shortAll := func(list []string, n int) []string {
		var out []string
		for i, s := range list {
			if i == n {
				break
			}
			out = append(out, short(s))
		}
		return out
	}
	a.Units, a.Problems, a.Pair = shortAll(a.Units, lim.units), shortAll(a.Problems, lim.problems), shortAll(a.Pair, len(a.Pair))
	a.Members = nil
	for i, m := range full.Members {
		if i == lim.members {
			break
		}
		m.Name, m.Unit = short(m.Name), short(m.Unit)
		a.Members = append(a.Members, m)
	}
	a.Township, a.Village, a.Issuer = short(a.Township), short(a.Village), short(a.Issuer)
	a.Contact, a.Phone, a.Plan = short(a.Contact), short(a.Phone), short(a.Plan)
	return &cutAssignment{
		AssignmentArgs: a, MemberCount: len(full.Members), ProblemCount: len(full.Problems), UnitCount: len(full.Units),
		Cut: len(a.Members) < len(full.Members) || len(a.Problems) < len(full.Problems) || len(a.Units) < len(full.Units),
	}, level < len(limits)-1
}

// cutAssignment is an assignment with lists that may be cut; the counts are those of the whole.
type cutAssignment struct {
	inspections.AssignmentArgs
	MemberCount, ProblemCount, UnitCount int
	Cut                                  bool
}

func (r *Renderer) catalog() *catalog.Catalog { return catalog.For(r.Lang) }
