package post

import (
	"bytes"
	"fmt"
	htmltemplate "html/template"
	"strings"
	"sync"
	texttemplate "text/template"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/templates"
	"anfang.example/templates/catalog"
)

// words is what a letter says. The HTML part is made from the lines of the text, so that both always
// say the same.
type words struct {
	subject string
	text    string
	html    string
	blocks  []block
}

// block is one line of a letter in the HTML part.
type block struct {
	Kind string // "title", "indent", "line", "sign", "link", "seal", or "receipt" and "receipt-link", which paper has not
	Text string
	Gap  bool // a blank line comes before it
}

var layout = sync.OnceValues(func() (*htmltemplate.Template, error) {
	return htmltemplate.ParseFS(templates.Mail, "mail/layout.html")
})

// words renders the template of the letter's kind: mail/<lang>/<kind>.txt defines "subject" and "body".
// parts.txt beside it holds what several letters say. In a body "# " begins a title, "> " a line of the signature, two full-width spaces an indented paragraph.
func (r *Renderer) words(l inspections.Letter, args any, head string) (words, error) {
	c := r.catalog()
	name := fmt.Sprintf("mail/%s/%s.txt", c.Lang(), l.Kind)
	t, err := texttemplate.New("").Funcs(funcs(c)).Funcs(yearly(c, l, args)).Option("missingkey=error").ParseFS(templates.Mail, name, fmt.Sprintf("mail/%s/parts.txt", c.Lang()))
	if err != nil {
		return words{}, fmt.Errorf("letter %s: %w", l.Kind, err)
	}
	data := struct {
		Args   any
		Letter inspections.Letter
		Portal string
	}{args, l, strings.TrimRight(r.Portal, "/")}
	var subject, body bytes.Buffer
	if err := t.ExecuteTemplate(&subject, "subject", data); err != nil {
		return words{}, fmt.Errorf("letter %s: %w", l.Kind, err)
	}
	if err := t.ExecuteTemplate(&body, "body", data); err != nil {
		return words{}, fmt.Errorf("letter %s: %w", l.Kind, err)
	}
	w := words{subject: strings.TrimSpace(subject.String())}
	if hasControl(w.subject) {
		return words{}, inspections.Fail(inspections.Invalid, "mail.bad_header", "value", oneLine(w.subject))
	}
	blocks, text := split(r.askReceipt(l, body.String()))
	if head != "" {
		seal := c.T("mail.sealed", "head", head)
		blocks, text = append(blocks, block{Kind: "seal", Text: seal}), text+"\n"+seal+"\n"
	}
	w.text, w.blocks = text, blocks
	var html bytes.Buffer
	page, err := layout()
	if err != nil {
		return words{}, fmt.Errorf("letter layout: %w", err)
	}
	err = page.Execute(&html, struct {
		Lang, Subject string
		Blocks        []block
	}{map[string]string{catalog.Chinese: "zh-CN", catalog.English: "en"}[c.Lang()], w.subject, blocks})
	if err != nil {
		return words{}, fmt.Errorf("letter layout: %w", err)
	}
	w.html = html.String()
	return w, nil
}

// askReceipt puts into a letter whose reader is to confirm it where that is done: before the signature,
// else at the end.
func (r *Renderer) askReceipt(l inspections.Letter, body string) string {
	if r.Portal == "" || !l.Kind.AsksReceipt() {
		return body
	}
	ask := fmt.Sprintf("\n~ %s\n~ %s/letters/%d\n", r.catalog().T("mail.receipt"), strings.TrimRight(r.Portal, "/"), l.ID)
	if at := strings.Index(body, "\n> "); at >= 0 {
		return body[:at] + ask + body[at:]
	}
	return strings.TrimRight(body, "\n") + "\n" + ask
}

// split takes a body apart into the blocks of the HTML part and the plain text without its marks.
func split(body string) ([]block, string) {
	var blocks []block
	var text strings.Builder
	blank := true
	for line := range strings.SplitSeq(strings.TrimSpace(strings.ReplaceAll(body, "\r", "")), "\n") {
		line = strings.TrimRight(line, " \t")
		if line == "" {
			if !blank {
				text.WriteString("\n")
			}
			blank = true
			continue
		}
		b := block{Kind: "line", Text: line, Gap: blank && len(blocks) > 0}
		blank = false
		switch {
		case strings.HasPrefix(line, "# "):
			b.Kind, b.Text = "title", line[2:]
		case strings.HasPrefix(line, "> "):
			b.Kind, b.Text = "sign", line[2:]
		case strings.HasPrefix(line, "~ https://"), strings.HasPrefix(line, "~ http://"):
			b.Kind, b.Text = "receipt-link", line[2:]
		case strings.HasPrefix(line, "~ "):
			b.Kind, b.Text = "receipt", line[2:]
		case strings.HasPrefix(line, "https://"), strings.HasPrefix(line, "http://"):
			b.Kind, b.Text = "link", line
		case strings.HasPrefix(line, "　　"):
			b.Kind, b.Text = "indent", strings.TrimPrefix(line, "　　")
			text.WriteString("　　")
		}
		blocks = append(blocks, b)
		text.WriteString(b.Text + "\n")
	}
	return blocks, text.String()
}

// yearly are the functions with which the letters of a case give the year of a moment that is not of the letter's. Those
// from before letters kept the source of their case keep their bytes.
func yearly(c *catalog.Catalog, l inspections.Letter, args any) texttemplate.FuncMap {
	source := ""
	switch a := args.(type) {
	case *inspections.CaseStartArgs:
		source = a.Source
	case *inspections.ApproveArgs:
		source = a.Source
	}
	if source == "" || l.Created.IsZero() {
		return nil
	}
	year, _, _ := l.Created.Date().Parts()
	return texttemplate.FuncMap{
		"moment": func(i calendar.Instant) string { return c.MomentIn(year, i.Time) },
		"at":     func(i calendar.Instant) string { return c.BriefIn(year, i.Time) },
	}
}

func funcs(c *catalog.Catalog) texttemplate.FuncMap {
	return texttemplate.FuncMap{
		"t":      c.T,
		"label":  c.Label,
		"date":   c.Date,
		"day":    func(i calendar.Instant) string { return c.Day(i.Date()) },
		"moment": func(i calendar.Instant) string { return c.Moment(i.Time) },
		"at":     func(i calendar.Instant) string { return c.Brief(i.Time) },
		"full":   func(i calendar.Instant) string { return c.FullMoment(i.Time) },
		"clock":  func(i calendar.Instant) string { return c.Clock(i.Time) },
		"half":   func(i calendar.Instant) string { return c.HalfDay(i.Time) },
		"dateof": func(i calendar.Instant) string { return c.Date(i.Date()) },
		"span":   func(w calendar.Week) string { return c.Span(w.Monday(), w.Sunday()) },
		"week":   c.Week,
		"month":  c.Month,
		"join":   c.Join,
		"clause": func(code string) string { return c.T("clause.ref." + code) },
		"params": func(key string, params map[string]string) string {
			args := make([]any, 0, 2*len(params))
			for name, v := range params {
				args = append(args, name, spoken(c, name, v))
			}
			return c.T(key, args...)
		},
		"period": c.Period,
		"about": func(noun, id string) string { // of a subject without words of its own, nothing
			if key := "owed.about." + noun; c.Has(key) {
				return c.T(key, "id", id)
			}
			return ""
		},
		"waits": func(text string) string { return c.T("owed.waits", "year", strings.TrimPrefix(text, "calendar ")) },
		"inc":   func(i int) int { return i + 1 },
		"short": func(v any) string {
			if d, ok := v.(calendar.Date); ok {
				return c.DayMonth(d)
			}
			hash := fmt.Sprint(v)
			return hash[:min(8, len(hash))]
		},
	}
}

// spoken turns a parameter of an alarm, which is plain text, into what people say: weeks, months,
// moments and codes stand in the forms of the store.
func spoken(c *catalog.Catalog, name, value string) string {
	if week, err := calendar.ParseWeek(value); err == nil {
		return c.Week(week)
	}
	if month, err := calendar.ParseMonth(value); err == nil {
		return c.Month(month)
	}
	if day, err := calendar.ParseDate(value); err == nil {
		return c.Date(day)
	}
	var at calendar.Instant
	if err := at.UnmarshalText([]byte(value)); err == nil && !at.IsZero() {
		if name == "slot" {
			return c.T("alarm.slot", "day", c.Day(at.Date()), "half", c.HalfDay(at.Time))
		}
		return c.Moment(at.Time)
	}
	switch group, rest, _ := strings.Cut(value, "/"); {
	case name == "duty" && c.Has("duty."+value):
		return c.Label("duty", value)
	case name == "kind" && c.Has("letter_kind."+value):
		return c.Label("letter_kind", value)
	case name == "subject" && c.Has("alarm.about."+group):
		return c.T("alarm.about."+group, "id", spoken(c, "", rest))
	}
	return value
}
