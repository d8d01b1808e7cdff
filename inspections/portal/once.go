package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"sort"
	"sync"
	"time"
)

const (
	onceKept = 10_000
	onceLife = time.Hour
)

// once makes a doubled click or a reload harmless: the same form with the same token and the same content
// is carried out once, and every repetition gets the answer of the first. It lives in memory; across a
// restart the verbs themselves refuse a second time.
type once struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[string]*outcome
}

type outcome struct {
	done chan struct{}
	a    answer
	at   time.Time
}

func newOnce(now func() time.Time) *once { return &once{now: now, seen: map[string]*outcome{}} }

// do carries out a form. What fails may be sent again.
func (o *once) do(x *exchange, fn func() (answer, error)) (answer, error) {
	token := x.r.PostForm.Get("once")
	if token == "" {
		return fn()
	}
	key := formKey(x, token)
	o.mu.Lock()
	if first, ok := o.seen[key]; ok {
		o.mu.Unlock()
		select {
		case <-first.done:
			return first.a, nil
		case <-x.ctx().Done():
			return answer{}, x.ctx().Err()
		}
	}
	if len(o.seen) >= onceKept {
		o.sweep()
	}
	mine := &outcome{done: make(chan struct{}), at: o.now()}
	o.seen[key] = mine
	o.mu.Unlock()

	a, err := answer{}, error(nil)
	kept := false
	defer func() {
		// Those who wait get the same outcome; if it failed, they see the form's page as it now stands.
		if !kept {
			o.mu.Lock()
			delete(o.seen, key)
			o.mu.Unlock()
			mine.a = answer{to: x.r.URL.Path}
		}
		close(mine.done)
	}()
	a, err = fn()
	if err == nil && a.to != "" {
		mine.a, kept = a, true
	}
	return a, err
}

func (o *once) sweep() {
	for key, out := range o.seen {
		if o.now().Sub(out.at) > onceLife {
			delete(o.seen, key)
		}
	}
	if len(o.seen) >= onceKept {
		clear(o.seen)
	}
}

// formKey names a form of a person by token and content; a changed form is another one.
func formKey(x *exchange, token string) string {
	h := sha256.New()
	put := func(s string) {
		h.Write([]byte(url.QueryEscape(s)))
		h.Write([]byte{0})
	}
	put(x.r.URL.Path)
	put(token)
	if c, err := x.r.Cookie(x.p.cookieName()); err == nil {
		put(c.Value)
	}
	names := make([]string, 0, len(x.r.PostForm))
	for name := range x.r.PostForm {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		put(name)
		for _, v := range x.r.PostForm[name] {
			put(v)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
