package portal

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/intake/inbox"
	"anfang.example/inspections/office"
	"anfang.example/reports/post"
)

// Config is what the portal is made of. All fields but Session, County, Waiting and Secure are needed.
type Config struct {
	View   InTx // a reading transaction
	InTx   InTx // a writing transaction
	Office *office.Office
	Press  Press
	Draws  Draws
	// Read gives the words of a letter for its own reader.
	Read func(inspections.Letter) (post.Printed, error)
	// Waiting lists the files of the watched folder that wait for a person; nil: none is watched.
	Waiting func() ([]inbox.Waiting, error)
	County  string // shown in the top bar; may be empty
	Now     func() time.Time
	Log     *slog.Logger
	Chance  io.Reader // tokens of sessions and forms, request ids; crypto/rand in service
	// Secure says that readers come over TLS: cookies get the __Host- prefix and browsers are told to
	// stay with https. Without it only a loopback address should be served.
	Secure  bool
	Session time.Duration // how long a sign-in lasts; 0 means twelve hours
}

// Portal serves the pages. Make it with [New].
type Portal struct {
	cfg     Config
	pages   *pages
	hashing *hashing
	limits  *limiter
	once    *once
	photos  chan struct{} // pictures decoded at a time: they are the largest things in memory
	flight  chan struct{} // requests answered at a time; the daemon's own work is never behind them
}

// New gives the handler of all pages. It fails when a template is wrong or a part is missing.
func New(cfg Config) (http.Handler, error) {
	p, err := newPortal(cfg)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, r := range Routes() {
		mux.Handle(r.Method+" "+r.Path, p.serve(r))
	}
	// Whatever no route takes is a page that does not exist, for everybody alike.
	mux.Handle("/", p.serve(route{Path: "/", Open: true, serve: nowhere}))
	return p.guard(mux), nil
}

func newPortal(cfg Config) (*Portal, error) {
	if cfg.View == nil || cfg.InTx == nil || cfg.Office == nil || cfg.Press == nil || cfg.Draws == nil || cfg.Read == nil ||
		cfg.Now == nil || cfg.Log == nil || cfg.Chance == nil {
		return nil, errors.New("portal: the configuration lacks a part")
	}
	if cfg.Session <= 0 {
		cfg.Session = 12 * time.Hour
	}
	all, err := parsePages()
	if err != nil {
		return nil, err
	}
	return &Portal{
		cfg: cfg, pages: all, hashing: newHashing(), limits: newLimiter(cfg.Now), once: newOnce(cfg.Now),
		photos: make(chan struct{}, 1), flight: make(chan struct{}, inFlight),
	}, nil
}
