package post

import (
	"html"
	"io"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// What mail servers write when a letter comes back. The Chinese is that of Coremail (163, 126, many 政务邮箱), QQ and
// 腾讯企业邮, 阿里邮箱, 139 and Exchange; the English that of Postfix, Exim, qmail, sendmail, Gmail and Exchange.
var (
	// returnedWords stand in a notice of failure, in its subject or text.
	returnedWords = regexp.MustCompile(`(?i)退信|退回|无法送达|未能送达|无法投递|投递失败|发送失败|传递失败|未送达|undeliver|returned mail|` +
		`returned to sender|failure notice|delivery (status notification \(failure\)|has failed|failed|failure)|mail delivery failed|` +
		`could(n't| not) be delivered|(wasn't|was not) delivered|permanent(ly)? (fatal )?(error|failed|failure)`)
	// delayedWords stand in the subject of a warning that the server goes on trying.
	delayedWords = regexp.MustCompile(`(?i)延迟|延误|仍在尝试|delayed|delay\)|warning|still trying`)
	// reasonMarks come before the reason.
	reasonMarks = regexp.MustCompile(`(?i)(退信原因|失败原因|退回原因|英文说明|bounce reason|reason)[ \t]*(/[^\n]{0,40})?[：:]?\s*`)
	// goneWords are what else servers say of a mailbox that does not exist, beside deadWords.
	goneWords = regexp.MustCompile(`(?i)查无此(人|用户|邮箱)|无此(用户|邮箱|账号|收件人)|(用户|邮箱|账号|收件人)(未找到|已注销|已停用)|user not found`)
)

var (
	spaces   = regexp.MustCompile(`[\s\x{00a0}\x{3000}]+`)
	unseen   = regexp.MustCompile(`(?is)<(style|script|head)\b.*?</(style|script|head)>|<!--.*?-->`)
	breaks   = regexp.MustCompile(`(?i)<(br|/?p|/?div|/?tr|/?li|/?h\d|/?table)\b[^>]*>`)
	tags     = regexp.MustCompile(`<[^<>]{0,1000}>`)
	codeLine = regexp.MustCompile(`(^|[^\d.])[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b`)
)

// headerWords decodes the encoded words of a header.
var headerWords = mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
	raw, err := io.ReadAll(in)
	return strings.NewReader(readable(raw, charset)), err
}}

// decodeHeader gives a header's text; one that cannot be decoded stays as it is written.
func decodeHeader(s string) string {
	if d, err := headerWords.DecodeHeader(s); err == nil {
		s = d
	}
	return readable([]byte(s), "")
}

// readable gives text of a charset as UTF-8. Where none is named, or the text is not what it is named, it is UTF-8 if it
// can be, else GB18030: that holds GBK and GB2312, which Chinese servers name for one another.
func readable(raw []byte, charset string) string {
	charset = strings.ToLower(strings.TrimSpace(charset))
	if utf8.Valid(raw) && (charset == "" || strings.HasPrefix(charset, "gb") || strings.HasPrefix(charset, "utf-8") || strings.HasSuffix(charset, "ascii")) {
		return string(raw)
	}
	code, err := htmlindex.Get(charset)
	if err != nil || strings.HasPrefix(charset, "gb") || strings.HasPrefix(charset, "utf") || strings.HasSuffix(charset, "ascii") {
		code = simplifiedchinese.GB18030
	}
	text, err := code.NewDecoder().Bytes(raw)
	if err != nil {
		text = raw
	}
	return strings.ToValidUTF8(string(text), "�")
}

// plainOf gives the words of a page, a line for each of its blocks.
func plainOf(page string) string {
	page = unseen.ReplaceAllString(page, " ")
	page = breaks.ReplaceAllString(page, "\n")
	return html.UnescapeString(tags.ReplaceAllString(page, " "))
}

// reasonIn finds in a notice's text why the letter came back: the line with a server's code, else what follows the word
// for it; "" when it is not said.
func reasonIn(text string) string {
	for line := range strings.Lines(text) {
		if codeLine.MatchString(line) && !strings.Contains(line, "Message-") {
			return tidy(line)
		}
	}
	at := reasonMarks.FindStringIndex(text)
	if at == nil {
		return ""
	}
	for line := range strings.Lines(text[at[1]:]) {
		if line = tidy(line); line != "" {
			return line
		}
	}
	return ""
}

// tidy makes one line of a server's words, without the marks of a page.
func tidy(s string) string {
	return oneLine(strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(s), " ")))
}
