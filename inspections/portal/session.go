package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// cookieName has the __Host- prefix where TLS allows it: such a cookie cannot be set by a neighbour.
func (p *Portal) cookieName() string {
	if p.cfg.Secure {
		return "__Host-anfang"
	}
	return "anfang"
}

// sessionCookie carries the person's number and the token; an empty value ends it.
func (p *Portal) sessionCookie(value string) *http.Cookie {
	c := &http.Cookie{
		Name: p.cookieName(), Value: value, Path: "/", HttpOnly: true, Secure: p.cfg.Secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(p.cfg.Session.Seconds()),
	}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// tokenSHA is what the database keeps of a token. The password's hash goes in, so that a new password
// ends every session of the person at once.
func tokenSHA(u inspections.User, token string) string {
	sum := sha256.Sum256([]byte("anfang/session/v1\x00" + u.Password + "\x00" + token))
	return hex.EncodeToString(sum[:])
}

// startSession keeps a new session and gives its cookie.
func (x *exchange) startSession(u inspections.User) (*http.Cookie, error) {
	token, err := x.p.random(32)
	if err != nil {
		return nil, err
	}
	err = x.p.cfg.InTx(x.ctx(), func(tx Tx) error {
		if err := tx.DropSessions(x.now); err != nil {
			return err
		}
		return tx.AddSession(inspections.Session{
			TokenSHA: tokenSHA(u, token), User: u.ID, Created: x.now, Expires: calendar.InstantOf(x.now.Add(x.p.cfg.Session)),
		})
	})
	return x.p.sessionCookie(strconv.FormatInt(int64(u.ID), 10) + "." + token), err
}

// readCookie splits the cookie; false when there is none of the right form.
func (x *exchange) readCookie() (inspections.UserID, string, bool) {
	c, err := x.r.Cookie(x.p.cookieName())
	if err != nil {
		return 0, "", false
	}
	number, token, ok := strings.Cut(c.Value, ".")
	id, err := strconv.ParseInt(number, 10, 64)
	return inspections.UserID(id), token, ok && err == nil && id > 0 && len(token) == 64
}

// recognise finds who asks: asked of the database each time, so that a disabled person is out at once.
func (x *exchange) recognise() error {
	id, token, ok := x.readCookie()
	if !ok {
		return nil
	}
	err := x.view(func(tx Tx) error {
		u, err := tx.User(id)
		if err != nil {
			return err
		}
		s, err := tx.Session(tokenSHA(u, token))
		if err != nil {
			return err
		}
		if u.Disabled.IsZero() && s.User == u.ID && x.now.Before(s.Expires.Time) {
			x.who = u
		}
		return nil
	})
	if inspections.IsNotFound(err) {
		return nil
	}
	return err
}

// endSession forgets the session of the request.
func (x *exchange) endSession() error {
	_, token, ok := x.readCookie()
	if !ok {
		return nil
	}
	err := x.p.cfg.InTx(x.ctx(), func(tx Tx) error { return tx.DropSession(tokenSHA(x.who, token)) })
	if inspections.IsNotFound(err) {
		return nil
	}
	return err
}
