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
	done chan struct{} // closed when a and kept stand
	a    answer
	kept bool
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
			if !first.kept {
				return o.do(x, fn)
			}
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

	defer func() {
		if !mine.kept {
			o.mu.Lock()
			delete(o.seen, key)
			o.mu.Unlock()
		}
		close(mine.done)
	}()
	a, err := fn()
	mine.a, mine.kept = a, err == nil && a.to != ""
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
