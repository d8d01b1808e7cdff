package portal

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)

	t.Run("a right password opens the week and a wrong one or an unknown login gets the same page", func(t *testing.T) {
		w.as("ban").get("/").must(t, 200).has(t, "本周工作", "郑办事")
		wrong := w.browser().post("/sign-in", "login", "ban", "password", "不是这个密码吧").must(t, 422)
		unknown := w.browser().post("/sign-in", "login", "nobody", "password", "不是这个密码吧").must(t, 422)
		got := strings.ReplaceAll(unknown.body, "nobody", "ban")
		if got != wrong.body {
			t.Errorf("an unknown login can be told from a wrong password:\n%s\n%s", got, wrong.body)
		}
	})
	t.Run("who is not signed in is led to the sign-in page and back", func(t *testing.T) {
		r := w.browser().get("/visits?state=completed").must(t, 303)
		if want := "/sign-in?next=%2Fvisits%3Fstate%3Dcompleted"; r.to != want {
			t.Errorf("got %q, want %q", r.to, want)
		}
		for _, evil := range []string{"//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"} {
			if got := w.browser().post("/sign-in", "login", "ban", "password", testPassword, "next", evil).must(t, 303).to; got != "/" {
				t.Errorf("next=%q leads to %q", evil, got)
			}
		}
	})
	t.Run("the cookie is closed to scripts and the database holds only a hash of its token", func(t *testing.T) {
		r := w.browser().post("/sign-in", "login", "ban", "password", testPassword).must(t, 303)
		cookie, err := http.ParseSetCookie(r.header.Get("Set-Cookie"))
		if err != nil {
			t.Fatal(err)
		}
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
			t.Errorf("got cookie %v", cookie)
		}
		_, token, _ := strings.Cut(cookie.Value, ".")
		err = w.store.View(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Session(token)
			return err
		})
		if !inspections.IsNotFound(err) {
			t.Errorf("the token itself is in the database: %v", err)
		}
	})
	t.Run("signing out, a new password and being disabled end the session", func(t *testing.T) {
		b := w.as("ping")
		b.post("/sign-out").must(t, 303)
		b.get("/").must(t, 303)
		b = w.as("ping")
		w.tx(func(tx *store.Tx) error {
			u, err := tx.UserByLogin("ping")
			if err != nil {
				return err
			}
			hash, err := HashPassword("另一个很长的密码")
			if err != nil {
				return err
			}
			_, err = office.SetPassword(tx, inspections.System, u.ID, hash)
			return err
		})
		b.get("/").must(t, 303)
		b = w.as("liutang")
		w.tx(func(tx *store.Tx) error {
			u, err := tx.UserByLogin("liutang")
			if err != nil {
				return err
			}
			_, err = office.DisableUser(tx, inspections.System, u.ID)
			return err
		})
		b.get("/").must(t, 303)
		w.browser().post("/sign-in", "login", "liutang", "password", testPassword).must(t, 422)
	})
}

func TestSessionsEndByTheClock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.as("ban")
	w.moveTo(w.now().Add(11 * time.Hour))
	b.get("/").must(t, 200)
	w.moveTo(w.now().Add(2 * time.Hour))
	b.get("/").must(t, 303)
}

func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range failsPerLogin {
		w.browser().post("/sign-in", "login", "ling", "password", "不是这个密码吧").must(t, 422)
	}
	r := w.browser().post("/sign-in", "login", "ling", "password", testPassword).must(t, 429)
	if r.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	w.as("ban") // others are not hindered
	w.moveTo(w.now().Add(failWindow + time.Second))
	w.as("ling")
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	thirty := strings.Repeat("汉", 30)
	hash, err := HashPassword(thirty)
	if err != nil {
		t.Fatal(err)
	}
	if !matches(hash, thirty) || matches(hash, thirty[:len(thirty)-3]) {
		t.Error("thirty Han characters do not work as a password")
	}
	for _, bad := range []string{"", "七个字的密码呀", strings.Repeat("a", MaxPassword+1), "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7"} {
		if _, err := HashPassword(bad); inspections.KindOf(err) != inspections.Invalid {
			t.Errorf("password %q: got %v, want a refusal", bad, err)
		}
	}
	for _, odd := range []string{"", "plain", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA", decoy[:len(decoy)-4], strings.Replace(hash, "argon2id", "argon2i", 1)} {
		if matches(odd, thirty) {
			t.Errorf("hash %q fits", odd)
		}
	}
}

func TestFormsFromElsewhereAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.as("ban")
	req, err := http.NewRequest("POST", w.server.URL+"/sign-out", strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", "https://evil.example")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	b.do(req).must(t, 403)
	b.get("/").must(t, 200)
}

func TestEveryAnswerHasItsHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{"/", "/sign-in", "/nowhere", "/static/portal.css", "/healthz"} {
		r := w.browser().get(path)
		csp := r.header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", path, r.header)
		}
	}
	w.browser().get("/healthz").must(t, 200).has(t, "ok")
	css := w.browser().get("/sign-in")
	link := regexpFind(t, css.body, `href="(/static/portal\.css\?v=[0-9a-f]+)"`)
	if got := w.browser().get(link).must(t, 200).header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("the stylesheet is kept for %q", got)
	}
}

func TestAPersonChangesTheirOwnPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, other := w.as("ban"), w.as("ban")
	b.post("/password", "current", "不是这个密码吧", "password", "一个新的长密码", "again", "一个新的长密码").must(t, 422).has(t, `href="#current"`)
	b.post("/password", "current", testPassword, "password", "短", "again", "短").must(t, 422).has(t, `href="#password"`)
	b.post("/password", "current", testPassword, "password", "一个新的更长的密码", "again", "另一个").must(t, 422).has(t, `href="#again"`)
	b.post("/password", "current", testPassword, "password", "一个新的更长的密码", "again", "一个新的更长的密码").must(t, 303)
	b.get("/").must(t, 200)
	other.get("/").must(t, 303)
	w.browser().post("/sign-in", "login", "ban", "password", "一个新的更长的密码").must(t, 303)
}
