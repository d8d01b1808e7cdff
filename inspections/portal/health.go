package portal

import (
	"net/http"

	"anfang.example/templates/static"
)

// health says that the program answers and can read its records; nothing else.
func health(x *exchange) (answer, error) {
	if err := x.view(func(tx Tx) error { _, err := tx.JournalHead(); return err }); err != nil {
		x.p.cfg.Log.Error("portal: health", "error", err)
		return answer{status: http.StatusServiceUnavailable, body: []byte("unavailable\n"), media: "text/plain; charset=utf-8"}, nil
	}
	return answer{body: []byte("ok\n"), media: "text/plain; charset=utf-8"}, nil
}

var mediaOf = map[string]string{
	"portal.css": "text/css; charset=utf-8",
	"portal.js":  "text/javascript; charset=utf-8",
	"mark.svg":   "image/svg+xml",
}

// staticFile gives a stylesheet, script or mark; its address changes with its content, so it may be kept.
func staticFile(x *exchange) (answer, error) {
	name := x.r.PathValue("name")
	media, ok := mediaOf[name]
	if !ok {
		return answer{}, noPage()
	}
	body, err := static.Files.ReadFile(name)
	if err != nil {
		return answer{}, err
	}
	hash, err := static.Hash(name)
	return answer{body: body, media: media, lasting: x.r.URL.Query().Get("v") == hash}, err
}
