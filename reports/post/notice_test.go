package post

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// sample is a notice as a mail server writes it, about a letter with an id to a reader.
type sample struct {
	name     string
	write    func(id, to, subject string) string
	code     string
	dead     bool
	answer   string // stands in the reason
	no       bool   // no notice of failure
	bySender bool   // it names the letter by reader and subject only
}

func gb(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

func quoted(s string) string {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func b64(s string) string {
	whole, lines := base64.StdEncoding.EncodeToString([]byte(s)), ""
	for len(whole) > 76 {
		lines, whole = lines+whole[:76]+"\r\n", whole[76:]
	}
	return lines + whole
}

// lines writes text with the line ends of the wire.
func lines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
}

// standard is a report of RFC 3464 with its three parts.
func standard(from, text, status, original string) string {
	return lines("From: " + from + "\nTo: office@example.com\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"AB.1/mx.example.com\"\n\nThis is a MIME-encapsulated message.\n\n" +
		"--AB.1/mx.example.com\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n" + text +
		"\n--AB.1/mx.example.com\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n" + status +
		"\n--AB.1/mx.example.com\nContent-Description: Undelivered Message Headers\nContent-Type: text/rfc822-headers\n\n" + original + "\n--AB.1/mx.example.com--\n")
}

func head(id, to, subject string) string {
	return "From: =?UTF-8?B?5Y6/6am75p2R5Yqe?= <office@example.com>\nTo: <" + to + ">\nSubject: " + strings.Join(encodedWords(subject), "\n ") + "\nMessage-Id: " + id + "\n"
}

var samples = []sample{
	{name: "Postfix", code: "5.1.1", dead: true, answer: "550 5.1.1 <", write: func(id, to, subject string) string {
		return standard("MAILER-DAEMON@mx.example.com (Mail Delivery System)", "This is the mail system at host mx.example.com.\n\n<"+to+">: host mail.example.net[192.0.2.7] said: 550 5.1.1\n    <"+to+">: User unknown (in reply to RCPT TO command)\n",
			"Reporting-MTA: dns; mx.example.com\nX-Postfix-Queue-ID: 4F1C2\nArrival-Date: Wed, 12 Mar 2025 13:00:05 +0800 (CST)\n\nFinal-Recipient: rfc822; "+to+"\nOriginal-Recipient: rfc822;"+to+
				"\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mail.example.net\nDiagnostic-Code: smtp; 550 5.1.1 <"+to+">: User unknown\n", head(id, to, subject))
	}},
	{name: "Postfix gives up after five days", code: "4.4.1", answer: "Connection timed out", write: func(id, to, subject string) string {
		return standard("MAILER-DAEMON@mx.example.com", "delivery temporarily suspended", "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; "+to+
			"\nAction: failed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mail.example.net[192.0.2.7]:25:\n    Connection timed out\n", head(id, to, subject))
	}},
	{name: "Postfix warns of a delay", no: true, write: func(id, to, subject string) string {
		return standard("MAILER-DAEMON@mx.example.com", "THIS IS A WARNING ONLY. Delivery failed so far: 451 4.7.1 greylisted", "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; "+to+
			"\nAction: delayed\nStatus: 4.7.1\nWill-Retry-Until: Mon, 17 Mar 2025 13:00:05 +0800\n", head(id, to, subject))
	}},
	{name: "a receipt of delivery", no: true, write: func(id, to, subject string) string {
		return standard("MAILER-DAEMON@mx.example.com", "delivered", "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; "+to+"\nAction: delivered\nStatus: 2.0.0\n", head(id, to, subject))
	}},
	{name: "a read receipt", no: true, write: func(id, to, subject string) string {
		return lines("From: " + to + "\nTo: office@example.com\nSubject: Read: " + id + "\nIn-Reply-To: " + id + "\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x\n\nfailed\n--x--\n")
	}},
	{name: "an answer from somebody on leave", no: true, write: func(id, to, subject string) string {
		return lines("From: " + to + "\nTo: office@example.com\nSubject: =?UTF-8?B?6Ieq5Yqo5Zue5aSN?=\nAuto-Submitted: auto-replied\nIn-Reply-To: " + id + "\nContent-Type: text/plain; charset=utf-8\n\n本人外出培训，邮件退回请电话联系。\n")
	}},
	{name: "Exchange", code: "5.1.10", dead: true, answer: "RESOLVER.ADR.RecipientNotFound", write: func(id, to, subject string) string {
		return lines("From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>\nTo: <office@example.com>\nSubject: =?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte("未传递: "+subject)) + "?=\n" +
			"In-Reply-To: " + id + "\nContent-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"c1a0\"\nMIME-Version: 1.0\n\n--c1a0\nContent-Type: multipart/alternative; differences=Content-Type;\n\tboundary=\"c1a1\"\n\n" +
			"--c1a1\nContent-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: base64\n\n" + b64("您的邮件未能送达 "+to+"。\r\n找不到收件人。\r\n") +
			"\n--c1a1\nContent-Type: text/html; charset=\"utf-8\"\nContent-Transfer-Encoding: base64\n\n" + b64("<html><body><p>您的邮件未能送达</p></body></html>") +
			"\n--c1a1--\n\n--c1a0\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;MX01.example.com\nReceived-From-MTA: dns;mx.example.com\n\nFinal-Recipient: rfc822;" + to + "\nAction: failed\nStatus: 5.1.10\n" +
			"Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup\nX-Display-Name: wang\n\n--c1a0\nContent-Type: message/rfc822\n\n" + head(id, to, subject) + "Content-Type: text/plain\n\nbody\n--c1a0--\n")
	}},
	{name: "163, as Coremail writes it in GB2312", code: "5.0.0", dead: true, answer: "User not found", write: func(id, to, subject string) string {
		text := gb("抱歉，您的邮件被退回来了……\r\n      原邮件信息：\r\n            时  间 2025-03-12 13:00:05  \r\n            主  题 " + subject + "  \r\n            收件人 " + to +
			"  \r\n\r\n      退信原因：\r\n            收件人地址有误，请核对。\r\n            英文说明:User not found: " + to + "\r\n\r\n----------------\r\nThis message is generated by Coremail.\r\n您收到的是来自 Coremail 专业邮件系统的信件.\r\n")
		return "From: Postmaster@mail.example.com\r\nTo: office@example.com\r\nSubject: =?GB2312?B?" + base64.StdEncoding.EncodeToString([]byte(gb("系统退信"))) + "?=\r\nMIME-Version: 1.0\r\n" +
			"Content-Type: multipart/report; report-type=delivery-status; \r\n\tboundary=\"----=_Part_9\"\r\n\r\n------=_Part_9\r\nContent-Type: multipart/alternative; boundary=\"----=_Part_8\"\r\n\r\n" +
			"------=_Part_8\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted(text) + "\r\n------=_Part_8--\r\n" +
			"------=_Part_9\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; " + to + "\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: SMTP; User not found.(User&nbsp;not&nbsp;found)\r\n\r\n" +
			"------=_Part_9\r\nContent-Type: message/rfc822\r\n\r\n" + lines(head(id, to, subject)) + "\r\nbody\r\n------=_Part_9--\r\n"
	}},
	{name: "QQ, a page in GB18030 without the letter", dead: true, answer: "不存在", bySender: true, write: func(id, to, subject string) string {
		page := gb("<html><head><style>.a{color:red}</style></head><body><table><tr><td><b>抱歉，您的邮件被退回来了……</b></td></tr><tr><td>原邮件信息：</td></tr><tr><td>主　题：" + subject +
			"</td></tr><tr><td>收件人：" + to + "</td></tr><tr><td>退信原因：</td><td>收件人邮件地址（" + to + "）不存在，邮件无法送达。𠮷</td></tr></table><!-- 550 --></body></html>")
		return "From: \"QQMail\" <PostMaster@qq.example.com>\r\nTo: office@example.com\r\nSubject: =?gb18030?B?" + base64.StdEncoding.EncodeToString([]byte(gb("来自qq.example.com的退信"))) + "?=\r\n" +
			"MIME-Version: 1.0\r\nContent-Type: text/html; charset=\"gb18030\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64(page) + "\r\n"
	}},
	{name: "a Chinese server that names no charset and sends raw octets", code: "5.2.2", answer: "550 5.2.2", bySender: true, write: func(id, to, subject string) string {
		return "From: " + gb("系统管理员") + " <postmaster@mail.example.com>\r\nTo: office@example.com\r\nSubject: " + gb("退信通知："+subject) + "\r\n\r\n" +
			gb("您发给 "+to+" 的邮件投递失败。\r\n对方答复：550 5.2.2 <"+to+"> 邮箱空间已满\r\n")
	}},
	{name: "Exim", code: "", dead: true, answer: "550 No such user here", write: func(id, to, subject string) string {
		return lines("From: Mail Delivery System <Mailer-Daemon@mail.example.com>\nTo: office@example.com\nX-Failed-Recipients: " + to + "\nSubject: Mail delivery failed: returning message to sender\nAuto-Submitted: auto-replied\n\n" +
			"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  " + to +
			"\n    SMTP error from remote mail server after RCPT TO:<" + to + ">:\n    550 No such user here\n\n------ This is a copy of the message, including all the headers. ------\n\nReceived: from x\n" + head(id, to, subject) + "\nbody\n")
	}},
	{name: "Exim warns of a delay", no: true, write: func(id, to, subject string) string {
		return lines("From: Mailer-Daemon@mail.example.com\nTo: office@example.com\nSubject: Warning: message 1tsabc-0001 delayed 24 hours\n\nThe message has not been delivered: permanent failure is not certain.\nMessage-Id: " + id + "\n" + to + "\n")
	}},
	{name: "qmail", code: "5.1.1", dead: true, answer: "no mailbox here by that name", write: func(id, to, subject string) string {
		return lines("From: MAILER-DAEMON@mail.example.com\nTo: office@example.com\nSubject: failure notice\n\nHi. This is the qmail-send program at mail.example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<" + to +
			">:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <office@example.com>\n" + head(id, to, subject) + "\nbody\n")
	}},
	{name: "Gmail", code: "5.1.1", dead: true, answer: "The email account that you tried to reach does not exist", write: func(id, to, subject string) string {
		return strings.Replace(standard("Mail Delivery Subsystem <mailer-daemon@googlemail.example.com>", "** Address not found **\n", "Reporting-MTA: dns; googlemail.example.com\n\nFinal-Recipient: rfc822; "+to+
			"\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try\n 550-5.1.1 double-checking the recipient's email address for typos\n", head(id, to, subject)),
			"Auto-Submitted", "X-Failed-Recipients: "+to+"\r\nIn-Reply-To: "+id+"\r\nAuto-Submitted", 1)
	}},
	{name: "refused as spam", code: "5.7.1", answer: "550 5.7.1", write: func(id, to, subject string) string {
		return standard("MAILER-DAEMON@mx.example.com", "spam", "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; "+to+"\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 spam, no such user would want it\n", head(id, to, subject))
	}},
	{name: "about somebody else", no: true, write: func(id, to, subject string) string {
		return lines("From: colleague@example.com\nTo: office@example.com\nSubject: 退信\n\n昨天发给 " + to + " 的信被退回，550 5.1.1 user unknown。\nMessage-Id: " + id + "\n")
	}},
}

func TestNoticesAreReadAsTheirServersWriteThem(t *testing.T) {
	t.Parallel()
	const id, to, subject = "<0123456789abcdef0123456789abcdef@example.com>", "wang@example.com", "关于2025年3月驻村帮扶工作督查情况的通报"
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			n, ok := ReadNotice([]byte(s.write(id, to, subject)))
			if ok == s.no {
				t.Fatalf("got %v, %+v", ok, n)
			}
			if s.no {
				return
			}
			f := n.Fates[0]
			if len(n.Fates) != 1 || f.Status() != s.code || f.Dead() != s.dead || !strings.Contains(f.Answer, s.answer) || !f.of(to) {
				t.Errorf("got %+v (dead: %v)", n.Fates, f.Dead())
			}
			if named := len(n.IDs) == 1 && n.IDs[0] == id; named == s.bySender || !named && len(n.IDs) > 0 {
				t.Errorf("the letter is named by %v", n.IDs)
			}
			if !n.quotes(subject) || n.quotes("关于2025年2月的通报") {
				t.Errorf("its subject is not known: %q, %q", n.Subject, n.Words)
			}
			if strings.ContainsAny(f.Answer, "\r\n<") && strings.Contains(f.Answer, "\n") || strings.Contains(f.Answer, "&nbsp;") {
				t.Errorf("the reason is not fit for a list: %q", f.Answer)
			}
		})
	}
}

// TestAHostileNoticeCostsLittle feeds what nobody would write by chance: it must end, and soon, and keep within its bounds.
func TestAHostileNoticeCostsLittle(t *testing.T) {
	t.Parallel()
	report := "From: MAILER-DAEMON@example.com\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
	status := "--x\r\nContent-Type: message/delivery-status\r\n\r\n"
	nested := report
	for i := range 200 {
		nested += fmt.Sprintf("--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n", i, i+1)
	}
	for name, raw := range map[string]string{
		"a million recipients":     report + status + strings.Repeat("Final-Recipient: rfc822; wang@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n", 1_000_000),
		"a thousand parts":         report + strings.Repeat("--x\r\n\r\nfailure notice wang@example.com\r\n", 1000),
		"parts in parts":           nested,
		"parts of the same name":   strings.Repeat(report+"--x\r\n", 300),
		"no boundary":              strings.ReplaceAll(report, "; boundary=x", "") + status,
		"a huge line":              "From: postmaster@example.com\r\nSubject: failure notice\r\n\r\n" + strings.Repeat("<", 50_000_000),
		"a huge head":              "From: postmaster@example.com\r\nX-Failed-Recipients: " + strings.Repeat("a@example.com, ", 3_000_000) + "\r\n\r\nfailure notice",
		"ten thousand Message-IDs": "From: postmaster@example.com\r\nSubject: failure notice\r\n\r\n" + strings.Repeat("Message-Id: <a@example.com>\r\n", 10_000),
		"base64 of nothing":        report + "--x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("=", 200_000),
		"codes of all sizes":       report + status + "Final-Recipient: rfc822; wang@example.com\r\nAction: failed\r\nStatus: 5.999999999999999999999.1\r\n\r\n",
		"a charset of nobody":      "From: postmaster@example.com\r\nSubject: =?x-unknown?B?////?=\r\nContent-Type: text/html; charset=\"../../etc\"\r\n\r\n退信 wang@example.com\xff\xfe",
		"a broken half":            report + status + "Final-Recipient: rfc822; wang@example.com\r\nAction: fai",
		"control characters":       report + status + "Final-Recipient: rfc822; wang@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 \x00\x1b[31m\x07 no\r\n\r\n",
		"nothing":                  "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, _ := ReadNotice([]byte(raw))
			size := len(n.Words) + len(n.Subject)
			for _, f := range n.Fates {
				size += len(f.Answer)
				for _, a := range f.To {
					size += len(a)
				}
				if strings.ContainsFunc(f.Answer, func(r rune) bool { return r < ' ' }) || len([]rune(f.Answer)) > 301 {
					t.Errorf("the reason is not fit for a list: %q", f.Answer)
				}
			}
			if len(n.Fates) > maxFates || len(n.IDs) > maxIDs || size > 4*maxNotice {
				t.Errorf("%d fates, %d ids, %d octets", len(n.Fates), len(n.IDs), size)
			}
		})
	}
}

// FuzzReadNotice holds the reader to its bounds whatever it is given.
func FuzzReadNotice(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s.write("<a@example.com>", "wang@example.com", "通报")))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, ok := ReadNotice(raw)
		if ok != (len(n.Fates) > 0) || len(n.Fates) > maxFates || len(n.IDs) > maxIDs {
			t.Errorf("got %v, %d fates, %d ids", ok, len(n.Fates), len(n.IDs))
		}
	})
}
