package post

import (
	"encoding/base64"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"unicode/utf8"
)

// encodedWords writes text as RFC 2047 words of at most 75 octets, or as it stands when it is plain.
func encodedWords(s string) []string {
	if plain(s) {
		return []string{s}
	}
	const room = 45 // octets of text in a word
	var words []string
	for len(s) > 0 {
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if n+size > room {
				break
			}
			n += size
		}
		words = append(words, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return words
}

// encodedAddress hides the commas of a name in encoded words: the library splits lists at every comma.
func encodedAddress(a mail.Address) string {
	switch {
	case a.Name == "":
		return a.Address
	case strings.Contains(a.Name, ",") && plain(a.Name):
		return "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(a.Name)) + "?= <" + a.Address + ">"
	case plain(a.Name):
		return a.String()
	}
	return strings.Join(encodedWords(a.Name), " ") + " <" + a.Address + ">"
}

// fileHeaders gives Content-Type and Content-Disposition of an attachment. A name beyond ASCII stands
// twice: after RFC 2231 where the standard wants it, and as encoded words for older programs.
func fileHeaders(f file) (media, disposition string, err error) {
	kind, params, err := mime.ParseMediaType(f.media)
	if err != nil {
		return "", "", fmt.Errorf("attachment %s: media %q: %w", f.name, f.media, err)
	}
	if strings.HasPrefix(kind, "text/") && params["charset"] == "" {
		params["charset"] = "UTF-8"
	}
	delete(params, "name")
	media = strings.ReplaceAll(mime.FormatMediaType(kind, params), "; ", ";\r\n ")
	if plain(f.name) {
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(f.name)
		return media, "attachment;\r\n filename=\"" + quoted + "\"", nil
	}
	media += ";\r\n name=\"" + strings.Join(encodedWords(f.name), "\r\n ") + "\""
	return media, "attachment" + extended("filename", f.name), nil
}

// extended writes a parameter after RFC 2231, in sections where it is long.
func extended(param, value string) string {
	var sections []string
	section := ""
	for _, c := range []byte(value) {
		piece := string(c)
		if !attrChar(c) {
			piece = fmt.Sprintf("%%%02X", c)
		}
		if len(section)+len(piece) > 55 {
			sections, section = append(sections, section), ""
		}
		section += piece
	}
	sections = append(sections, section)
	if len(sections) == 1 {
		return ";\r\n " + param + "*=UTF-8''" + sections[0]
	}
	var b strings.Builder
	for i, s := range sections {
		fmt.Fprintf(&b, ";\r\n %s*%d*=", param, i)
		if i == 0 {
			b.WriteString("UTF-8''")
		}
		b.WriteString(s)
	}
	return b.String()
}

// attrChar reports the octets that RFC 2231 lets stand as they are.
func attrChar(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '.' || c == '-' || c == '_'
}

// plain reports printable ASCII that needs no encoding and cannot be taken for an encoded word; what is
// long is encoded, too, so that it can be folded.
func plain(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c >= 0x7f {
			return false
		}
	}
	return len(s) <= 60 && !strings.Contains(s, "=?")
}
