package portal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Limits of what a request may send.
const (
	plainBody = 256 << 10
	photoBody = 64 << 20
	inMemory  = 4 << 20 // of a form with photos; the rest waits in temporary files
	inFlight  = 128     // requests at a time; further ones are asked to come back
)

// guard stands before every route: headers, and no form from elsewhere.
func (p *Portal) guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(p.serve(route{Open: true, serve: func(x *exchange) (answer, error) { return answer{}, forbidden(x) }}))
	inner := cross.Handler(next)
	full := p.serve(route{Open: true, serve: func(*exchange) (answer, error) {
		return answer{}, inspections.Fail(inspections.Busy, "portal.busy")
	}})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "+
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if p.cfg.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		select {
		case p.flight <- struct{}{}:
			defer func() { <-p.flight }()
			inner.ServeHTTP(w, r)
		default:
			r.Header.Del("Cookie") // no look-up in the database for an answer that is no answer
			full.ServeHTTP(w, r)
		}
	})
}

// serve runs one route: who is it, may they, what do they get. It is the one place where errors become
// pages and where anything is written to the reader.
func (p *Portal) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{p: p, r: r, now: calendar.InstantOf(p.cfg.Now())}
		x.words = languageOf(r)
		var a answer
		var err error
		if x.id, err = p.random(8); err == nil {
			a, err = x.run(w, rt)
		}
		if r.MultipartForm != nil {
			defer func() { _ = r.MultipartForm.RemoveAll() }() // temporary files; the system clears what stays
		}
		if err != nil {
			a = x.problem(err)
		}
		if err := x.write(w, a); err != nil {
			p.cfg.Log.Error("portal: page failed", "request", x.id, "path", r.URL.Path, "error", err)
			http.Error(w, x.words.T("error.internal")+" "+x.id, http.StatusInternalServerError)
		}
	})
}

func (x *exchange) run(w http.ResponseWriter, rt route) (a answer, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("panic: %v\n%s", caught, debug.Stack())
		}
	}()
	if err := x.recognise(); err != nil {
		return answer{}, err
	}
	if !rt.Open {
		if x.who.ID == 0 {
			return x.askToSignIn(), nil
		}
		if !x.actor().Is(rt.Roles...) {
			return answer{}, forbidden(x)
		}
	}
	if x.r.Method != http.MethodPost {
		return rt.serve(x)
	}
	limit := int64(plainBody)
	if rt.Photos {
		limit = photoBody
	}
	x.r.Body = http.MaxBytesReader(w, x.r.Body, limit)
	if err := x.readForm(); err != nil {
		return answer{}, err
	}
	return x.p.once.do(x, func() (answer, error) { return rt.serve(x) })
}

func (x *exchange) readForm() error {
	err := x.r.ParseMultipartForm(inMemory)
	if errors.Is(err, http.ErrNotMultipart) {
		err = x.r.ParseForm()
	}
	var large *http.MaxBytesError
	if err == nil || errors.As(err, &large) {
		return err
	}
	return inspections.Fail(inspections.Invalid, "portal.form_unreadable").Because(err)
}

// askToSignIn sends a reader to the sign-in page and back; a form that was sent without a session is lost
// to the program, and its sender is told so.
func (x *exchange) askToSignIn() answer {
	if x.r.Method != http.MethodGet && x.r.Method != http.MethodHead {
		a := x.problem(inspections.Fail(inspections.Forbidden, "portal.signed_out"))
		a.status = http.StatusUnauthorized
		return a
	}
	to := "/sign-in"
	if path := x.r.URL.RequestURI(); path != "/" {
		to += "?" + url.Values{"next": {path}}.Encode()
	}
	return answer{to: to}
}

// write renders into memory first, so that a fault in a template never leaves half a page.
func (x *exchange) write(w http.ResponseWriter, a answer) error {
	h := w.Header()
	body, media := a.body, a.media
	if a.page != "" {
		var err error
		if body, err = x.p.pages.render(x, a); err != nil {
			return err
		}
		media = "text/html; charset=utf-8"
	}
	for _, c := range append(a.cookies, x.languageChoice()...) {
		http.SetCookie(w, c)
	}
	if a.lasting {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-store")
	}
	switch a.status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.Set("Retry-After", "60")
	}
	if a.to != "" {
		h.Set("Location", a.to)
		w.WriteHeader(http.StatusSeeOther)
		return nil
	}
	h.Set("Content-Type", media)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if a.name != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
	}
	if a.status == 0 {
		a.status = http.StatusOK
	}
	w.WriteHeader(a.status)
	if x.r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may have gone; there is nobody to tell
	}
	return nil
}

// random gives n random bytes as hex.
func (p *Portal) random(n int) (string, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(p.cfg.Chance, b); err != nil {
		return "", fmt.Errorf("portal: chance: %w", err)
	}
	return hex.EncodeToString(b), nil
}
