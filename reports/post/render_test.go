package post

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"anfang.example/inspections"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// parsed is a message as a reader's program sees it.
type parsed struct {
	head  mail.Header
	text  string
	html  string
	files map[string]string
	names []string
}

func parse(t testing.TB, raw []byte) parsed {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	p := parsed{head: m.Header, files: map[string]string{}}
	p.walk(t, m.Header.Get("Content-Type"), m.Body)
	return p
}

func (p *parsed) walk(t testing.TB, media string, body io.Reader) {
	t.Helper()
	_, params, err := mime.ParseMediaType(media)
	if err != nil {
		t.Fatalf("%s: %v", media, err)
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		kind := part.Header.Get("Content-Type")
		if strings.HasPrefix(kind, "multipart/") {
			p.walk(t, kind, part)
			continue
		}
		var r io.Reader = quotedprintable.NewReader(part)
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			r = base64.NewDecoder(base64.StdEncoding, part)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		disposition, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
		switch {
		case err == nil && disposition == "attachment":
			p.files[params["filename"]] = string(data)
			p.names = append(p.names, params["filename"])
		case strings.HasPrefix(kind, "text/plain"):
			p.text = strings.ReplaceAll(string(data), "\r\n", "\n")
		case strings.HasPrefix(kind, "text/html"):
			p.html = string(data)
		}
	}
}

func (p parsed) subject(t testing.TB) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(p.head.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func render(t testing.TB, r *Renderer, l inspections.Letter) []byte {
	t.Helper()
	raw, _, err := r.Render(l, loadPDF)
	if err != nil {
		t.Fatalf("%s: %v", l.Kind, err)
	}
	return raw
}

// sevenBit fails on what a mail server may not take.
func sevenBit(t testing.TB, raw []byte) {
	t.Helper()
	for i, line := range strings.Split(string(raw), "\r\n") {
		if len(line) > 998 || strings.ContainsFunc(line, func(c rune) bool { return c < ' ' && c != '\t' || c > '~' }) {
			t.Fatalf("line %d: %q", i+1, line)
		}
	}
}

func TestEveryLetterReadsAsItsGoldenFile(t *testing.T) {
	t.Parallel()
	letters := sampleLetters(t)
	kinds := map[inspections.LetterKind]bool{}
	for _, lang := range []string{"zh", "en"} {
		for name, l := range letters {
			kinds[l.Kind] = true
			t.Run(lang+" "+name, func(t *testing.T) {
				t.Parallel()
				r := newRenderer()
				r.Lang = lang
				raw := render(t, r, l)
				sevenBit(t, raw)
				p := parse(t, raw)
				got := "Subject: " + p.subject(t) + "\n\n" + p.text
				golden(t, filepath.Join("testdata", lang, name+".txt"), []byte(got))
				if lang == "zh" {
					golden(t, filepath.Join("testdata", lang, name+".eml"), raw)
				}
				if strings.Contains(got, "«") || strings.Contains(got, "{") || strings.Contains(got, "<no value>") || strings.Contains(got, "%!") {
					t.Errorf("words are missing: %s", got)
				}
				for line := range strings.SplitSeq(strings.TrimSpace(p.text), "\n") {
					if line = strings.TrimSpace(line); line != "" && !strings.Contains(p.html, htmlEscape(line)) {
						t.Errorf("the HTML part does not say %q", line)
					}
				}
			})
		}
	}
	for _, kind := range inspections.LetterKinds() {
		if !kinds[kind] {
			t.Errorf("no sample of %s", kind)
		}
	}
}

func htmlEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "+", "&#43;").Replace(s)
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at it and run go test -update\ngot:\n%s", path, got)
	}
}

func TestTheSameLetterGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	for name, l := range sampleLetters(t) {
		first := render(t, newRenderer(), l)
		for range 5 {
			if again := render(t, newRenderer(), l); !bytes.Equal(first, again) {
				t.Fatalf("%s: two renderings differ", name)
			}
		}
		other := l
		other.ID += 1000
		if bytes.Equal(first, render(t, newRenderer(), other)) {
			t.Errorf("%s: another letter has the same bytes", name)
		}
	}
}

func TestAWrittenBoundaryDoesNotBreakTheParts(t *testing.T) {
	t.Parallel()
	r := newRenderer()
	l := newLetter(t, 1, inspections.LetterCancelled, inspections.CancelArgs{})
	var reason string
	for n := range 3 { // whoever knows the letter's id and key can work its boundaries out
		reason += "\n--" + r.digest(l, "boundary", n)[:60] + "--\n"
	}
	l = newLetter(t, 1, inspections.LetterCancelled, inspections.CancelArgs{Reason: reason})
	p := parse(t, render(t, r, l))
	if !strings.Contains(p.text, "请勿对外说明") || !strings.Contains(p.html, "请勿对外说明") {
		t.Errorf("the text ends early: %q", p.text)
	}
}

func TestNamesWithCommasAndChineseKeepTheirAddress(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"王小明", "Wang, Xiaoming", "王小明，县委书记", `O"Neil \ <x@example.com>`, "王,小明", "Wang Xiaoming (县驻村办)", strings.Repeat("很长的名字", 12), "=?UTF-8?B?eA==?="} {
		r := newRenderer()
		r.From.Name, r.ReplyTo = name, &mail.Address{Name: name, Address: "reply@example.com"}
		l := testLetter(t, 1)
		l.Name = name
		raw := render(t, r, l)
		sevenBit(t, raw)
		p := parse(t, raw)
		for field, want := range map[string]string{"From": "office@example.com", "To": "wang@example.com", "Reply-To": "reply@example.com"} {
			list, err := p.head.AddressList(field)
			if err != nil || len(list) != 1 || list[0].Address != want || list[0].Name != name {
				t.Errorf("%s %q: got %v, %v", field, name, list, err)
			}
		}
	}
}

func TestNothingBreaksOutOfAHeader(t *testing.T) {
	t.Parallel()
	for _, evil := range []string{"x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\rBcc: y", "x\x00", "x\u2028y", "x\xffy"} {
		for field, set := range map[string]func(*Renderer, *inspections.Letter){
			"name":    func(_ *Renderer, l *inspections.Letter) { l.Name = evil },
			"address": func(_ *Renderer, l *inspections.Letter) { l.Email = "wang@example.com" + evil },
			"from":    func(r *Renderer, _ *inspections.Letter) { r.From.Name = evil },
			"reply-to": func(r *Renderer, _ *inspections.Letter) {
				r.ReplyTo = &mail.Address{Name: evil, Address: "a@example.com"}
			},
			"file name": func(_ *Renderer, l *inspections.Letter) {
				l.Attach = []inspections.Attachment{{SHA: pdfSHA, Name: evil, Media: "application/pdf"}}
			},
			"media type": func(_ *Renderer, l *inspections.Letter) {
				l.Attach = []inspections.Attachment{{SHA: pdfSHA, Name: "a.pdf", Media: "application/pdf" + evil}}
			},
			"subject": func(_ *Renderer, l *inspections.Letter) {
				*l = newLetter(t, 1, inspections.LetterBulletin, inspections.BulletinArgs{Title: evil})
			},
		} {
			r, l := newRenderer(), testLetter(t, 1)
			set(r, &l)
			raw, _, err := r.Render(l, loadPDF)
			if inspections.KindOf(err) != inspections.Invalid {
				t.Errorf("%s %q: got %v\n%s", field, evil, err, raw)
			}
		}
	}
}

func TestOddAddressesAreRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"wang", "wang@", "@example.com", "a@b@example.com", "a b@example.com", "a@example.com,b@example.com", "<a@example.com>", `"a"@example.com`, "a@example.com>", strings.Repeat("a", 250) + "@example.com"} {
		l := testLetter(t, 1)
		l.Email = address
		if _, _, err := newRenderer().Render(l, loadPDF); keyOf(err) != "mail.bad_address" {
			t.Errorf("%s: got %v", address, err)
		}
	}
}

func TestChineseDomainsTravelInASCII(t *testing.T) {
	t.Parallel()
	r := newRenderer()
	r.From.Address = "office@驻村办.example.com"
	l := testLetter(t, 1)
	l.Email = "wang@县委.example.com"
	raw, id, err := r.Render(l, loadPDF)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || to[0].Address != "wang@xn--5nr84l.example.com" || to[0].Name != l.Name {
		t.Errorf("got %v, %v", to, err)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || !strings.HasPrefix(from[0].Address, "office@xn--") || !strings.Contains(id, "@xn--") {
		t.Errorf("got %v, %v; %s", from, err, id)
	}
	var sent Message
	b := newBench(courierFunc(func(m Message) (Outcome, error) { sent = m; return accept(m) }), l)
	b.Renderer = r
	if b.drain(t); sent.To != "wang@xn--5nr84l.example.com" || sent.From != from[0].Address {
		t.Errorf("on the envelope: %s, %s", sent.From, sent.To)
	}
	l.Email = "王@example.com"
	if _, _, err := r.Render(l, loadPDF); keyOf(err) != "mail.local_part" {
		t.Errorf("a name beyond ASCII before the @: %v", err)
	}
}

func TestAttachmentsAreThePapersThatWereMeant(t *testing.T) {
	t.Parallel()
	l := sampleLetters(t)["bulletin.issue"]
	_, _, err := newRenderer().Render(l, func(string) ([]byte, error) { return []byte("another paper"), nil })
	if err == nil {
		t.Error("other bytes went out under the hash of the paper")
	}
}

// TestPythonReadsTheSame lets another parser read names, subjects and attachments.
func TestPythonReadsTheSame(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
			t.Fatal("python3 is missing: apt-get install python3")
		}
		t.Skip("SKIPPED: python3 is missing, so no other parser reads the mails: apt-get install python3")
	}
	const program = `
import email, email.policy, json, sys
m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
print(json.dumps({
  "subject": m["subject"], "to": m["to"].addresses[0].display_name, "addr": m["to"].addresses[0].addr_spec, "reply": m["reply-to"].addresses[0].display_name,
  "text": m.get_body(("plain",)).get_content(), "html": m.get_body(("html",)).get_content(),
  "files": [[a.get_filename(), a.get_payload(decode=True).decode()] for a in m.iter_attachments()],
  "compat": [a.get_filename() for a in email.message_from_binary_file(open(sys.argv[1], "rb")).walk() if a.get_filename()],
}))`
	names := []string{"督查通报.pdf", "2025年3月驻村帮扶工作督查通报（永驻办〔2025〕3号）—附件：问题整改台账、职责落实情况表、反映意见及采纳情况.pdf", `a "b" 100%;'c'.pdf`, "plain.pdf", "𠮷田村.pdf", "=?x?= 1.pdf"}
	l := sampleLetters(t)["bulletin.issue"]
	l.Attach = nil
	for _, n := range names {
		l.Attach = append(l.Attach, inspections.Attachment{SHA: pdfSHA, Name: n, Media: "application/pdf"})
	}
	r := newRenderer()
	r.ReplyTo = &mail.Address{Name: "陈敏, 县驻村办", Address: "chen@example.com"}
	raw := render(t, r, l)
	path := filepath.Join(t.TempDir(), "mail.eml")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", program, path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var seen struct {
		Subject, To, Addr, Reply, Text, HTML string
		Files                                [][2]string
		Compat                               []string
	}
	if err := json.Unmarshal(out, &seen); err != nil {
		t.Fatal(err)
	}
	mine := parse(t, raw)
	if seen.Subject != mine.subject(t) || seen.Subject != "永驻办〔2025〕3号　永兴县驻村办关于2025年3月驻村帮扶工作督查情况的通报" {
		t.Errorf("subject: %q", seen.Subject)
	}
	if seen.To != "王小明" || seen.Addr != "wang@example.com" || seen.Reply != "陈敏, 县驻村办" {
		t.Errorf("addresses: %+v", seen)
	}
	if seen.Text != mine.text || !strings.Contains(seen.HTML, "现印发") {
		t.Errorf("text: %q", seen.Text)
	}
	var got []string
	for _, f := range seen.Files {
		if got = append(got, f[0]); f[1] != pdf {
			t.Errorf("%s: %q", f[0], f[1])
		}
	}
	if !slices.Equal(got, names) || !slices.Equal(seen.Compat, names) || !slices.Equal(mine.names, names) {
		t.Errorf("names:\npython %q\ncompat %q\ngo     %q", got, seen.Compat, mine.names)
	}
}

func TestGoAndEndedLettersCannotBeToldApart(t *testing.T) {
	t.Parallel()
	names := rapid.StringMatching(`[一-龥]{2,4}`)
	bodies := rapid.StringMatching(`[一-龥]{2,30}`)
	rapid.Check(t, func(rt *rapid.T) {
		a := sampleAssignment()
		a.Pair = []string{names.Draw(rt, "first"), names.Draw(rt, "second")}
		a.Township, a.Village = bodies.Draw(rt, "township"), bodies.Draw(rt, "village")
		a.Units = rapid.SliceOfN(bodies, 0, 9).Draw(rt, "units")
		a.Problems = rapid.SliceOfN(bodies, 0, 30).Draw(rt, "problems")
		a.Members = nil
		for range rapid.IntRange(0, 40).Draw(rt, "members") {
			a.Members = append(a.Members, inspections.MemberLine{Name: names.Draw(rt, "name"), Unit: bodies.Draw(rt, "unit"), Role: inspections.RoleMember})
		}
		r := newRenderer()
		r.Lang = rapid.SampledFrom([]string{"zh", "en"}).Draw(rt, "lang")
		reader := func(l inspections.Letter) inspections.Letter {
			l.Name = names.Draw(rt, "reader")
			l.Email = rapid.StringMatching(`[a-z]{1,40}@example\.com`).Draw(rt, "address")
			return l
		}
		gone := render(t, r, reader(newLetter(t, 1, inspections.LetterGo, a)))
		ended := render(t, r, reader(endedLetter(t, 2)))
		if len(gone) != AssignmentSize || len(ended) != AssignmentSize {
			rt.Fatalf("%d and %d octets, want %d", len(gone), len(ended), AssignmentSize)
		}
		sevenBit(t, gone)
		p, q := parse(t, gone), parse(t, ended)
		if p.subject(t) != q.subject(t) || !slices.Equal(p.names, q.names) || len(p.names) != 1 || p.text == "" || p.html == "" || q.html == "" {
			rt.Fatalf("subjects %q and %q, files %q and %q", p.subject(t), q.subject(t), p.names, q.names)
		}
		if got, want := headNames(p), headNames(q); !slices.Equal(got, want) {
			rt.Fatalf("headers %v and %v", got, want)
		}
		if !strings.Contains(p.text, a.Township) && !strings.Contains(p.text, string([]rune(a.Township)[:20])) {
			rt.Fatalf("the place is missing: %s", p.text)
		}
	})
}

func headNames(p parsed) []string {
	var names []string
	for n := range p.head {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func TestALongListIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	a := sampleAssignment()
	for range 60 {
		a.Members = append(a.Members, inspections.MemberLine{Name: "欧阳建国", Unit: "永兴县住房和城乡建设局", Role: inspections.RoleMember})
	}
	text := parse(t, render(t, newRenderer(), newLetter(t, 1, inspections.LetterGo, a))).text
	if !strings.Contains(text, "队员63名") || !strings.Contains(text, "以上未全部列出，全部内容请登录系统查看。") || !strings.Contains(text, "9. 欧阳建国") {
		t.Errorf("got %s", text)
	}
	if short := parse(t, render(t, newRenderer(), newLetter(t, 1, inspections.LetterGo, sampleAssignment()))).text; strings.Contains(short, "未全部列出") {
		t.Errorf("a whole list says that it is cut: %s", short)
	}
}

func TestTheCalendarFileHoldsTheTime(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]string{"assignment.go": {"督查任务", "马田镇泉塘村"}, "assignment.ended": {"备勤结束（无任务）", ""}} {
		p := parse(t, render(t, newRenderer(), sampleLetters(t)[name]))
		cal, err := ics.ParseCalendar(strings.NewReader(p.files["督查备勤.ics"]))
		if err != nil || len(cal.Events()) != 1 {
			t.Fatalf("%s: %v\n%s", name, err, p.files["督查备勤.ics"])
		}
		e := cal.Events()[0]
		if got := e.GetProperty(ics.ComponentPropertySummary).Value; got != want[0] {
			t.Errorf("%s: summary %q, want %q", name, got, want[0])
		}
		place := ""
		if loc := e.GetProperty(ics.ComponentPropertyLocation); loc != nil {
			place = loc.Value
		}
		if place != want[1] {
			t.Errorf("%s: place %q, want %q", name, place, want[1])
		}
		end, err := e.GetEndAt()
		if err != nil || !end.Equal(start.Add(270*60e9)) {
			t.Errorf("%s: ends %s, %v", name, end, err)
		}
		for line := range strings.SplitSeq(p.files["督查备勤.ics"], "\r\n") {
			if len(line) > 75 {
				t.Errorf("%s: line of %d octets: %q", name, len(line), line)
			}
		}
	}
}

func TestPaddingIsExact(t *testing.T) {
	t.Parallel()
	raw := []byte("Subject: x\r\n\r\nbody\r\n")
	for size := len(raw) - 5; size < len(raw)+400; size++ {
		padded, fits := pad(raw, size)
		if min := len(raw) + len("X-Padding: x\r\n"); fits != (size >= min) {
			t.Fatalf("size %d: fits %t", size, fits)
		}
		if !fits {
			continue
		}
		if len(padded) != size {
			t.Fatalf("got %d, want %d", len(padded), size)
		}
		sevenBit(t, padded)
		if m, err := mail.ReadMessage(bytes.NewReader(padded)); err != nil || m.Header.Get("Subject") != "x" {
			t.Fatalf("size %d: %v", size, err)
		}
	}
}
