package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// lines is an output that several goroutines may write and one waits for.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func newLines() *lines { return &lines{more: make(chan struct{}, 1)} }

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.more <- struct{}{}:
	default:
	}
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// waitFor gives the first match of a pattern, as soon as it is written.
func (l *lines) waitFor(t *testing.T, pattern string) string {
	t.Helper()
	expression := regexp.MustCompile(pattern)
	limit := time.After(30 * time.Second)
	for {
		if found := expression.FindString(l.String()); found != "" {
			return found
		}
		select {
		case <-l.more:
		case <-limit:
			t.Fatalf("%s was not written; got %s", pattern, l.String())
		}
	}
}

func TestServeOpensThePortalSendsLettersAndEndsCleanly(t *testing.T) {
	t.Parallel()
	s := settled(t)
	folder := filepath.Join(t.TempDir(), "letters")
	s.env["ANFANG_MAIL_FOLDER"] = folder
	watched := t.TempDir()
	s.env["ANFANG_INBOX_FOLDER"] = watched
	old := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	stocks := filepath.Join(watched, "stocks.csv")
	if err := errors.Join(os.WriteFile(stocks, []byte("a,b,c\n1,2,3\n"), 0o600), os.Chtimes(stocks, old, old)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, errs := newLines(), newLines()
	ended := make(chan int, 1)
	go func() {
		env := func(name string) string { return s.env[name] }
		ended <- run(ctx, []string{"--data", s.data, "--lang", "en", "serve", "--address", "127.0.0.1:0"}, env, strings.NewReader(""), out, errs)
	}()
	url := out.waitFor(t, `http://127\.0\.0\.1:\d+`)
	errs.waitFor(t, `msg="first week"|msg="check value recorded"|msg="week sealed"|msg=serving`)
	errs.waitFor(t, `msg=inbox file=stocks.csv went=asked`)
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/sign-in": http.StatusOK, "/no-such-page": http.StatusNotFound} {
		answer, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			t.Error(err)
		}
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
		if path != "/no-such-page" && answer.StatusCode != want {
			t.Errorf("%s: got %d, want %d", path, answer.StatusCode, want)
		}
	}
	s.fails(1, "cli.served_already", "serve", "--address", "127.0.0.1:0")
	if got := s.must("mail", "test", "clerk@example.com"); !strings.Contains(got, "running anfang serve") {
		t.Errorf("got %s, want the daemon to send it", got)
	}
	stop()
	select {
	case code := <-ended:
		if code != 0 {
			t.Errorf("got status %d, want 0: %s", code, errs)
		}
	case <-time.After(stopLimit + 10*time.Second):
		t.Fatal("serve did not end")
	}
	if _, err := http.Get(url + "/healthz"); err == nil {
		t.Error("the portal answers after the end")
	}
	s.must("journal", "verify")
}

func TestServeSaysWhenItsAddressIsTaken(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	code, _, errs := s.do("serve", "--address", taken.Addr().String())
	if code != 1 || !strings.Contains(errs, "[cli.cannot_listen]") {
		t.Errorf("got status %d: %s", code, errs)
	}
}
