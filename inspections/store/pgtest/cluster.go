// Package pgtest starts a private PostgreSQL for a test and stops it afterwards, so that tests need no
// database of anybody's.
package pgtest

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lib/pq"
)

// The roles of a cluster: the superuser, the owner of the schema and the plain role of the daemon.
const (
	Super = "anfang_super"
	Owner = "anfang_owner"
	Plain = "anfang_plain"
)

// Cluster is a running server on a loopback port.
type Cluster struct {
	port     int
	password string
	admin    *sql.DB
	count    atomic.Int64
}

// Start runs a server until the end of the test. Where PostgreSQL is missing the test is skipped, or fails
// when ANFANG_TEST_REQUIRE=all.
func Start(t testing.TB) *Cluster {
	t.Helper()
	bin, err := binaries()
	if err == nil {
		err = runnable()
	}
	if err != nil {
		const how = "PostgreSQL is missing (%v): apt-get install postgresql"
		if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
			t.Fatalf(how, err)
		}
		t.Skipf("SKIPPED: "+how, err)
	}
	dir, err := os.MkdirTemp("", "anfang-pg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	c := &Cluster{password: rand.Text()}
	if err := os.WriteFile(filepath.Join(dir, "password"), []byte(c.password), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := handOver(dir); err != nil {
		t.Fatal(err)
	}
	if err := c.initialise(bin, dir); err != nil {
		t.Fatal(err)
	}
	if c.port, err = freePort(); err != nil {
		t.Fatal(err)
	}
	c.serve(t, bin, dir)
	if c.admin, err = sql.Open("postgres", c.DSN(Super, "postgres")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.admin.Close() })
	for _, role := range []string{Owner, Plain} {
		c.run(t, "CREATE ROLE "+role+" LOGIN PASSWORD "+pq.QuoteLiteral(c.password))
	}
	return c
}

// DSN names a database of the cluster as a role.
func (c *Cluster) DSN(role, database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(role, c.password), Path: "/" + database,
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)), RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Database makes a database that belongs to [Owner], a copy of template unless that is empty, and gives its name.
func (c *Cluster) Database(t testing.TB, template string) string {
	t.Helper()
	name := fmt.Sprintf("anfang_%d", c.count.Add(1))
	query := "CREATE DATABASE " + name + " OWNER " + Owner
	if template != "" {
		query += " TEMPLATE " + pq.QuoteIdentifier(template)
	}
	c.run(t, query)
	return name
}

func (c *Cluster) run(t testing.TB, query string) {
	t.Helper()
	if _, err := c.admin.Exec(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// initialise makes the data directory. Its sort order is that of a language where the server can, so that a
// column which does not sort by bytes shows.
func (c *Cluster) initialise(bin, dir string) error {
	base := []string{"-D", filepath.Join(dir, "data"), "-U", Super, "--pwfile=" + filepath.Join(dir, "password"),
		"--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--locale=C"}
	var out []byte
	var err error
	for _, more := range [][]string{{"--locale-provider=icu", "--icu-locale=en"}, nil} {
		cmd := exec.Command(filepath.Join(bin, "initdb"), append(base, more...)...)
		cmd.Dir = dir
		demote(cmd)
		if out, err = cmd.CombinedOutput(); err == nil {
			return nil
		}
	}
	return fmt.Errorf("initdb: %w: %s", err, out)
}

// serve starts the server under a shell that stops it when its input ends: at the end of the test, and also
// when the test dies.
func (c *Cluster) serve(t testing.TB, bin, dir string) {
	t.Helper()
	const script = `"$@" </dev/null & pid=$!; read -r _; kill -INT $pid; wait $pid`
	cmd := exec.Command("/bin/sh", "-c", script, "sh", filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data"),
		"-p", strconv.Itoa(c.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+dir,
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "log_min_messages=log",
		"-c", "lc_messages=C")
	cmd.Dir = dir
	demote(cmd)
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make(chan string, 1)
	drained := make(chan struct{})
	go watch(log, ready, drained)
	t.Cleanup(func() {
		_ = input.Close()
		<-drained
		_ = cmd.Wait() // it ends by our signal
	})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	select {
	case failure := <-ready:
		if failure != "" {
			t.Fatalf("postgres did not start: %s", failure)
		}
	case <-ctx.Done():
		t.Fatal("postgres did not start within a minute")
	}
}

// watch reads the server's log to its end and tells when it is ready, or what it said when it ended before.
func watch(log io.Reader, ready chan<- string, drained chan<- struct{}) {
	defer close(drained)
	lines := bufio.NewScanner(log)
	var said strings.Builder
	up := false
	for lines.Scan() {
		switch {
		case up:
		case strings.Contains(lines.Text(), "ready to accept connections"):
			up = true
			ready <- ""
		default:
			said.WriteString(lines.Text() + "\n")
		}
	}
	if !up {
		ready <- said.String()
	}
}

// binaries finds the directory of initdb and postgres, the newest where there are several.
func binaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("no initdb in PATH or /usr/lib/postgresql")
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	sort.Slice(found, func(i, j int) bool { return version(found[i]) > version(found[j]) })
	return filepath.Dir(found[0]), nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
