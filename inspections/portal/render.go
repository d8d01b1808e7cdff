package portal

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
	html "anfang.example/templates/pages"
	"anfang.example/templates/static"
)

// pages are the parsed templates, by language and name.
type pages struct {
	sets map[string]map[string]*template.Template
}

// frame is what a template sees; Data is the page's own.
type frame struct {
	Lang    string // of the document, as HTML writes it
	Other   string // address of this page in the other language
	Title   string
	County  string
	Who     inspections.User
	Rooms   []room
	Now     calendar.Instant
	Once    string // token of this page's forms
	Done    string // what was just done; "" nothing
	Faults  []fault
	Entered url.Values // what a refused form held
	Data    any
}

// room is an entry of the list of rooms.
type room struct {
	Path, Key string
	Here      bool
}

// Val gives back what a refused form held, else the given value.
func (f frame) Val(field, otherwise string) string {
	if f.Entered == nil {
		return otherwise
	}
	return f.Entered.Get(field)
}

// Fault gives what is wrong with a field, "" nothing.
func (f frame) Fault(field string) string {
	for _, w := range f.Faults {
		if w.Field == field {
			return w.Text
		}
	}
	return ""
}

// parsePages parses every page in every language, so that a fault shows at the start.
func parsePages() (*pages, error) {
	names, err := fs.Glob(pagesFS(), "*.html")
	if err != nil {
		return nil, err
	}
	all := &pages{sets: map[string]map[string]*template.Template{}}
	for _, lang := range catalog.Languages() {
		words := catalog.For(lang)
		frame, err := template.New("frame").Funcs(functions(words)).ParseFS(pagesFS(), "frame.html", "parts.html", "changeforms.html")
		if err != nil {
			return nil, fmt.Errorf("portal: frame: %w", err)
		}
		all.sets[lang] = map[string]*template.Template{}
		for _, file := range names {
			name, other := strings.TrimSuffix(file, ".html"), ""
			if base, l, ok := strings.Cut(name, "."); ok { // help.zh.html: a page that differs by language as a whole
				name, other = base, l
			}
			if name == "frame" || name == "parts" || name == "changeforms" || other != "" && other != lang {
				continue
			}
			t, err := template.Must(frame.Clone()).ParseFS(pagesFS(), file)
			if err != nil {
				return nil, fmt.Errorf("portal: page %s: %w", file, err)
			}
			all.sets[lang][name] = t
		}
	}
	return all, nil
}

func pagesFS() fs.FS { return html.Files }

// render gives the bytes of a page.
func (p *pages) render(x *exchange, a answer) ([]byte, error) {
	t, ok := p.sets[x.words.Lang()][a.page]
	if !ok {
		return nil, fmt.Errorf("portal: no page %q", a.page)
	}
	f := frame{
		Lang: "zh-CN", Title: a.title, County: x.p.cfg.County, Who: x.who, Now: x.now, Data: a.data, Faults: a.faults,
		Rooms: x.rooms(), Other: x.otherLanguage(),
	}
	if x.words.Lang() != catalog.Chinese {
		f.Lang = x.words.Lang()
	}
	if len(a.faults) > 0 {
		f.Entered = x.r.PostForm
	}
	if key := "portal.done." + x.r.URL.Query().Get("done"); x.words.Has(key) {
		f.Done = x.words.T(key)
	}
	var err error
	if f.Once, err = x.p.random(16); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "frame", f); err != nil {
		return nil, fmt.Errorf("portal: page %s: %w", a.page, err)
	}
	return b.Bytes(), nil
}

// otherLanguage gives the address of this page in the other language. After a form was sent it leads to
// the page the form stands on.
func (x *exchange) otherLanguage() string {
	q := x.r.URL.Query()
	q.Del("done")
	q.Set("lang", catalog.English)
	if x.words.Lang() == catalog.English {
		q.Set("lang", catalog.Chinese)
	}
	path := x.r.URL.EscapedPath()
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		path = "/"
	}
	return path + "?" + q.Encode()
}

// functions are what templates may call.
func functions(c *catalog.Catalog) template.FuncMap {
	return template.FuncMap{
		"t":      c.T,
		"has":    c.Has,
		"label":  c.Label,
		"at":     func(i calendar.Instant) timing { return at(c, i) },
		"on":     func(now, i calendar.Instant) timing { return on(c, now, i) },
		"due":    func(now, due calendar.Instant) timing { return within(c, now, due) },
		"date":   c.Date,
		"day":    c.Day,
		"clock":  func(i calendar.Instant) string { return c.Clock(i.Time) },
		"span":   c.Span,
		"week":   c.Week,
		"month":  c.Month,
		"join":   c.Join,
		"clause": func(code string) clauseWords { return clauseOf(c, code) },
		"local":  func(i calendar.Instant) string { return i.Local().Format("2006-01-02T15:04") },
		"static": static.Path,
		"pair":   pairs,
		"list":   func(s ...string) []string { return s },
		"add":    func(a, b int) int { return a + b },
		"str":    func(v any) string { return fmt.Sprint(v) },
	}
}

// clauseWords are a code of the notice as people write it on a screen (一·4 for 1.4a) and what it says.
type clauseWords struct{ Short, Full string }

func clauseOf(c *catalog.Catalog, code string) clauseWords {
	if !c.Has("clause.short." + code) {
		return clauseWords{Short: code}
	}
	return clauseWords{Short: c.T("clause.short." + code), Full: c.T("clause.ref."+code) + " " + c.T("clause."+code)}
}

// pairs makes a map for a template that takes several values.
func pairs(args ...any) (map[string]any, error) {
	if len(args)%2 != 0 {
		return nil, errors.New("portal: pair needs names and values")
	}
	m := map[string]any{}
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return nil, errors.New("portal: a name in pair is not text")
		}
		m[name] = args[i+1]
	}
	return m, nil
}
