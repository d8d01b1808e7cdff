package portal

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// How often a sign-in may fail: per login and address, and per address over all logins.
const (
	failWindow     = 15 * time.Minute
	failsPerLogin  = 8
	failsPerSource = 100
	failsKept      = 20_000
)

// limiter counts failed sign-ins. It lives in memory: a restart forgives, which costs an attacker less
// than it helps.
type limiter struct {
	now   func() time.Time
	mu    sync.Mutex
	fails map[string]failures
}

type failures struct {
	n     int
	until time.Time
}

func newLimiter(now func() time.Time) *limiter {
	return &limiter{now: now, fails: map[string]failures{}}
}

// try reports whether another try may be made, and counts it as failed until [limiter.succeeded] says
// otherwise, so that many at once count as many.
func (l *limiter) try(login, source string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count(login+"\x00"+source) >= failsPerLogin || l.count("\x00"+source) >= failsPerSource {
		return false
	}
	if len(l.fails) >= failsKept {
		l.sweep()
	}
	for _, key := range []string{login + "\x00" + source, "\x00" + source} {
		l.fails[key] = failures{l.count(key) + 1, l.now().Add(failWindow)}
	}
	return true
}

// succeeded forgets the failures of a login, and that this try was counted against its address.
func (l *limiter) succeeded(login, source string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.fails, login+"\x00"+source)
	if f, ok := l.fails["\x00"+source]; ok && f.n > 0 {
		f.n--
		l.fails["\x00"+source] = f
	}
}

func (l *limiter) count(key string) int {
	f, ok := l.fails[key]
	if !ok || !l.now().Before(f.until) {
		return 0
	}
	return f.n
}

// sweep makes room: what is over goes, and if nothing is, all goes.
func (l *limiter) sweep() {
	for key, f := range l.fails {
		if !l.now().Before(f.until) {
			delete(l.fails, key)
		}
	}
	if len(l.fails) >= failsKept {
		clear(l.fails)
	}
}

// sourceOf gives the address a request came from, without the port.
func sourceOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
