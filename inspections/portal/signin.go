package portal

import (
	"net/url"
	"strings"

	"anfang.example/inspections"
)

type signInView struct{ Next string }

// signInPage shows the form, or leads on who is signed in already.
func signInPage(x *exchange) (answer, error) {
	next := localPath(x.r.FormValue("next"))
	if x.who.ID != 0 && x.r.Method != "POST" {
		return goTo(next, ""), nil
	}
	return show("signin", x.words.T("portal.signin.title"), signInView{Next: next}), nil
}

// signIn checks login and password. A login that does not exist costs the same work and gives the same
// answer as a wrong password.
func signIn(x *exchange) (answer, error) {
	login, password := strings.TrimSpace(x.r.PostForm.Get("login")), x.r.PostForm.Get("password")
	source := sourceOf(x.r)
	if !x.p.limits.try(login, source) {
		return answer{}, inspections.Fail(inspections.Busy, "portal.slow_down")
	}
	user, err := findLogin(x, login)
	if err != nil {
		return answer{}, err
	}
	encoded := user.Password
	if encoded == "" {
		encoded = decoy
	}
	fits, err := x.p.hashing.check(x.ctx(), encoded, password)
	if err != nil {
		return answer{}, err
	}
	if !fits || user.ID == 0 || !user.Disabled.IsZero() {
		x.p.cfg.Log.Warn("portal: sign-in refused", "request", x.id, "source", source)
		a, err := signInPage(x)
		a.status = statusOf(inspections.Fail(inspections.Invalid, ""))
		a.faults = []fault{{Field: "login", Text: x.words.T("error.portal.sign_in")}}
		return a, err
	}
	x.p.limits.succeeded(login, source)
	cookie, err := x.startSession(user)
	if err != nil {
		return answer{}, err
	}
	x.p.cfg.Log.Info("portal: signed in", "user", user.ID, "source", source)
	a := goTo(localPath(x.r.PostForm.Get("next")), "")
	a.cookies = append(a.cookies, cookie)
	return a, nil
}

// findLogin gives the user of a login, or the zero user.
func findLogin(x *exchange, login string) (inspections.User, error) {
	var user inspections.User
	err := x.view(func(tx Tx) error {
		u, err := tx.UserByLogin(login)
		if inspections.IsNotFound(err) {
			return nil
		}
		user = u
		return err
	})
	return user, err
}

// signOut ends the session.
func signOut(x *exchange) (answer, error) {
	if err := x.endSession(); err != nil {
		return answer{}, err
	}
	a := goTo("/sign-in", "signed_out")
	a.cookies = append(a.cookies, x.p.sessionCookie(""))
	return a, nil
}

// localPath lets nobody be led to another host after signing in.
func localPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") ||
		strings.ContainsAny(s, "\\\r\n\t") {
		return "/"
	}
	return u.RequestURI()
}
