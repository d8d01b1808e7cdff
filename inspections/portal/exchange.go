package portal

import (
	"context"
	"net/http"
	"net/url"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// exchange is one request of one person.
type exchange struct {
	p     *Portal
	r     *http.Request
	who   inspections.User // zero ID: nobody signed in
	words *catalog.Catalog
	now   calendar.Instant
	id    string // of the request, for the log and the reader
}

func (x *exchange) ctx() context.Context     { return x.r.Context() }
func (x *exchange) actor() inspections.Actor { return x.who.AsActor() }

// view runs a reading transaction.
func (x *exchange) view(fn func(Tx) error) error { return x.p.cfg.View(x.ctx(), fn) }

// answer is what a handler gives: a page, a redirect or a file.
type answer struct {
	status  int    // 0 means 200, or 303 with to
	page    string // name of the template
	title   string
	data    any
	to      string // address to go on to
	cookies []*http.Cookie
	body    []byte // a file
	media   string
	name    string // of the file when it is saved; "" shows it
	lasting bool   // may be kept by the browser
	faults  []fault
}

// show gives a page.
func show(page, title string, data any) answer { return answer{page: page, title: title, data: data} }

// goTo gives a redirect to a page that says what was done; done is a key under "portal.done.".
func goTo(path, done string) answer {
	if done != "" {
		path += "?" + url.Values{"done": {done}}.Encode()
	}
	return answer{to: path}
}

// handler serves one route.
type handler func(*exchange) (answer, error)
