package portal

import (
	"anfang.example/inspections"
	"anfang.example/inspections/office"
)

type passwordView struct{ Min, Max int }

// passwordPage shows the form with which a person changes their own password.
func passwordPage(x *exchange) (answer, error) {
	return show("password", x.words.T("portal.password.title"), passwordView{MinPassword, MaxPassword}), nil
}

// passwordSet changes a person's own password, after asking for the present one again.
func passwordSet(x *exchange) (answer, error) {
	page := func() (answer, error) { return passwordPage(x) }
	source := sourceOf(x.r)
	if !x.p.limits.try(x.who.Login, source) {
		return answer{}, inspections.Fail(inspections.Busy, "portal.slow_down")
	}
	fits, err := x.p.hashing.check(x.ctx(), x.who.Password, x.r.PostForm.Get("current"))
	if err != nil {
		return answer{}, err
	}
	if !fits {
		return x.refused(inspections.Fail(inspections.Invalid, "portal.password_wrong"), page)
	}
	x.p.limits.succeeded(x.who.Login, source)
	if x.r.PostForm.Get("password") != x.r.PostForm.Get("again") {
		f := x.form()
		f.fail("again", "password_differs")
		return f.again(page)
	}
	hash, err := HashPassword(x.r.PostForm.Get("password"))
	if err != nil {
		return x.refused(err, page)
	}
	err = x.p.cfg.InTx(x.ctx(), func(tx Tx) error {
		_, err := office.SetPassword(tx, x.actor(), x.who.ID, hash)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	// Every session ended with the old password, also this one: it goes on under a new token.
	x.who.Password = hash
	cookie, err := x.startSession(x.who)
	if err != nil {
		return answer{}, err
	}
	a := goTo("/", "password_set")
	a.cookies = append(a.cookies, cookie)
	return a, nil
}
