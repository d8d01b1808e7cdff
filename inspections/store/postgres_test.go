package store_test

import (
	"context"
	"io"
	"net"
	"net/url"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/pgtest"
	"anfang.example/inspections/store/storetest"
)

func TestPostgresItself(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t)
	migrated := func(t *testing.T) string {
		name := c.Database(t, "")
		storetest.Prepare(t, c.DSN(pgtest.Owner, name))
		return name
	}
	for name, run := range map[string]func(*testing.T, *pgtest.Cluster, string){
		"seals what is written once":           sealedPostgres,
		"walls counties off for plain SQL too": walls,
		"has the tables of SQLite":             sameTables,
		"is left when the network falls mute":  mute,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, c, migrated(t))
		})
	}
	t.Run("migrates once when many try", func(t *testing.T) {
		t.Parallel()
		migrateAtOnce(t, store.Config{DSN: c.DSN(pgtest.Owner, c.Database(t, "")), County: 1, Now: storetest.Now})
	})
	t.Run("says when nobody answers", func(t *testing.T) {
		t.Parallel()
		_, err := store.Open(t.Context(), store.Config{DSN: c.DSN("nobody", "nothing"), County: 1, Now: storetest.Now})
		if got, want := inspections.KindOf(err), inspections.Busy; got != want {
			t.Errorf("got %q (%v), want %q", got, err, want)
		}
		_, err = store.Open(t.Context(), store.Config{DSN: "postgres://%zz", County: 1, Now: storetest.Now})
		if got, want := inspections.KindOf(err), inspections.Invalid; got != want {
			t.Errorf("got %q (%v), want %q", got, err, want)
		}
	})
}

func openPostgres(t *testing.T, dsn string, county inspections.CountyID) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{DSN: dsn, County: county, Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func rawPostgres(t *testing.T, dsn string) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func sealedPostgres(t *testing.T, c *pgtest.Cluster, name string) {
	writeSealed(t, openPostgres(t, c.DSN(pgtest.Plain, name), storetest.County))
	refuseForgery(t, rawPostgres(t, c.DSN(pgtest.Plain, name)), `SET anfang.county = '431099'`)
	// Those whom no policy holds are held by the triggers all the same.
	if _, err := rawPostgres(t, c.DSN(pgtest.Super, name)).Exec(`TRUNCATE journal`); err == nil {
		t.Error("got nil, want TRUNCATE refused")
	}
}

func walls(t *testing.T, c *pgtest.Cluster, name string) {
	for _, county := range []inspections.CountyID{1, 2} {
		if err := openPostgres(t, c.DSN(pgtest.Plain, name), county).InTx(t.Context(), addUnit); err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range []string{pgtest.Plain, pgtest.Owner} {
		db := rawPostgres(t, c.DSN(role, name))
		db.SetMaxOpenConns(1)
		count := func(want int) {
			t.Helper()
			var got int
			if err := db.Get(&got, `SELECT COUNT(*) FROM units`); err != nil || got != want {
				t.Errorf("%s: got %d, %v, want %d units", role, got, err, want)
			}
		}
		count(0)
		if _, err := db.Exec(`INSERT INTO units (county_id, id, name) VALUES (1, 9, '')`); err == nil {
			t.Errorf("%s: got nil, want an insert without a county refused", role)
		}
		if _, err := db.Exec(`SET anfang.county = '1'`); err != nil {
			t.Fatal(err)
		}
		count(1)
		if _, err := db.Exec(`INSERT INTO units (county_id, id, name) VALUES (2, 9, '')`); err == nil {
			t.Errorf("%s: got nil, want an insert into another county refused", role)
		}
		if _, err := db.Exec(`UPDATE units SET county_id = 2`); err == nil {
			t.Errorf("%s: got nil, want a move into another county refused", role)
		}
	}
	var open []string
	if err := rawPostgres(t, c.DSN(pgtest.Owner, name)).Select(&open, `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'public' AND relkind = 'r' AND relname NOT LIKE 'goose%' AND NOT (relrowsecurity AND relforcerowsecurity)`); err != nil || len(open) > 0 {
		t.Errorf("got tables without the wall: %v, %v", open, err)
	}
	var late []string
	if err := rawPostgres(t, c.DSN(pgtest.Owner, name)).Select(&late, `SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'public' AND i.indisunique AND a.attname <> 'county_id' AND c.relname NOT LIKE 'goose%'`); err != nil || len(late) > 0 {
		t.Errorf("got unique indexes that do not begin with the county: %v, %v", late, err)
	}
}

func sameTables(t *testing.T, c *pgtest.Cluster, name string) {
	dir := t.TempDir()
	openIn(t, dir)
	var got, want []string
	if err := rawSQLite(t, dir).Select(&got, `SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1`); err != nil {
		t.Fatal(err)
	}
	if err := rawPostgres(t, c.DSN(pgtest.Owner, name)).Select(&want, `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%' AND table_name || '.' || column_name <> 'blobs.data'
		ORDER BY table_name || '.' || column_name COLLATE "C"`); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) || len(got) < 100 {
		t.Errorf("got columns on SQLite %v, want those on PostgreSQL %v", got, want)
	}
}

// mute puts a network between store and server that takes everything and brings nothing.
func mute(t *testing.T, c *pgtest.Cluster, name string) {
	dsn, err := url.Parse(c.DSN(pgtest.Plain, name))
	if err != nil {
		t.Fatal(err)
	}
	p := startProxy(t, dsn.Host)
	dsn.Host = p.listener.Addr().String()
	open := func(ctx context.Context, silence time.Duration) (*store.Store, error) {
		return store.Open(ctx, store.Config{DSN: dsn.String(), County: 1, Now: storetest.Now, Silence: silence})
	}
	within := func(what string, limit time.Duration, run func() error) error {
		t.Helper()
		done := make(chan error, 1)
		go func() { done <- run() }()
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		select {
		case err := <-done:
			if err == nil {
				t.Errorf("%s: got nil, want an error", what)
			}
			return err
		case <-ctx.Done():
			t.Fatalf("%s: still waiting after %v", what, limit)
			return nil
		}
	}
	patient, err := open(t.Context(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	defer patient.Close()
	hasty, err := open(t.Context(), 300*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer hasty.Close()
	if err := patient.InTx(t.Context(), addUnit); err != nil {
		t.Fatal(err)
	}

	p.muted.Store(true)
	_ = within("a statement, by its context", 10*time.Second, func() error {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		return patient.InTx(ctx, addUnit)
	})
	err = within("a statement, by the silence", 10*time.Second, func() error { return hasty.InTx(t.Context(), addUnit) })
	if got, want := inspections.KindOf(err), inspections.Busy; got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
	_ = within("opening, by its context", 10*time.Second, func() error {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		_, err := open(ctx, time.Hour)
		return err
	})

	p.muted.Store(false)
	if err := patient.InTx(t.Context(), addUnit); err != nil {
		t.Errorf("after the network is back: %v", err)
	}
}

type proxy struct {
	listener net.Listener
	server   string
	muted    atomic.Bool
	wait     sync.WaitGroup
}

func startProxy(t *testing.T, server string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, server: server}
	ctx, cancel := context.WithCancel(context.Background())
	p.wait.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			p.wait.Go(func() { p.serve(ctx, conn) })
		}
	})
	t.Cleanup(func() {
		cancel()
		_ = l.Close()
		p.wait.Wait()
	})
	return p
}

func (p *proxy) serve(ctx context.Context, client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	defer context.AfterFunc(ctx, func() { _ = client.Close(); _ = server.Close() })()
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{client, server}, {server, client}} {
		both.Go(func() {
			_, _ = io.Copy(hush{way[1], &p.muted}, way[0])
			if !p.muted.Load() {
				_ = client.Close()
				_ = server.Close()
			}
		})
	}
	both.Wait()
}

// hush swallows what is written while it is muted.
type hush struct {
	net.Conn
	muted *atomic.Bool
}

func (h hush) Write(b []byte) (int, error) {
	if h.muted.Load() {
		return len(b), nil
	}
	return h.Conn.Write(b)
}
