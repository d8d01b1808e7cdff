package portal

import (
	"net/http"
	"strings"

	"anfang.example/templates/catalog"
)

const languageCookie = "lang"

// languageOf picks the language: asked for in the address, chosen before, preferred by the browser;
// Chinese otherwise.
func languageOf(r *http.Request) *catalog.Catalog {
	if lang := r.URL.Query().Get("lang"); known(lang) {
		return catalog.For(lang)
	}
	if c, err := r.Cookie(languageCookie); err == nil && known(c.Value) {
		return catalog.For(c.Value)
	}
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if known(base) {
			return catalog.For(base)
		}
	}
	return catalog.For(catalog.Chinese)
}

func known(lang string) bool {
	for _, l := range catalog.Languages() {
		if l == lang {
			return true
		}
	}
	return false
}

// languageChoice keeps a language that was asked for in the address; "" in the address keeps nothing.
func (x *exchange) languageChoice() []*http.Cookie {
	lang := x.r.URL.Query().Get("lang")
	if !known(lang) {
		return nil
	}
	return []*http.Cookie{{
		Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode,
		Secure: x.p.cfg.Secure, HttpOnly: true,
	}}
}
