package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"anfang.example/inspections"
)

type postgresDialect struct {
	lines *sync.Map // driver.Conn → *line
}

func newPostgres() postgresDialect { return postgresDialect{lines: &sync.Map{}} }

// open gives one pool for both.
func (d postgresDialect) open(ctx context.Context, cfg Config) (write, read *sqlx.DB, err error) {
	pqConfig, err := pq.NewConfig(cfg.DSN)
	if err != nil {
		return nil, nil, inspections.Fail(inspections.Invalid, "store.dsn").Because(err)
	}
	db := sqlx.NewDb(sql.OpenDB(&connector{pqConfig, cfg.Silence, d.lines}), "postgres")
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(8)
	if err := db.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(inspections.Fail(inspections.Busy, "store.unreachable").Because(err), db.Close())
	}
	return db, db, nil
}

// options: a reader sees one state; writers of a county queue for a lock and must see what was committed
// before they got it, so each of their statements looks anew.
func (postgresDialect) options(writable bool) *sql.TxOptions {
	if writable {
		return &sql.TxOptions{Isolation: sql.LevelReadCommitted}
	}
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// writerLock is the upper half of the advisory lock numbers this program uses; the county is the lower.
const writerLock = 0x616e66 << 32

func (d postgresDialect) begun(t *Tx) error {
	var set string
	if _, err := t.get(&set, `SELECT set_config('anfang.county', ?, true)`, fmt.Sprint(int64(t.County()))); err != nil {
		return err
	}
	if !t.writable {
		return nil
	}
	_, err := t.exec(`SELECT pg_advisory_xact_lock(?)`, writerLock|int64(t.County()))
	return err
}

// guard cuts the line of a connection a second after ctx is done: lib/pq asks the server to cancel and then
// waits for its answer, which a silent network never brings.
func (d postgresDialect) guard(ctx context.Context, conn *sqlx.Conn) func() {
	var l *line
	_ = conn.Raw(func(dc any) error {
		if v, ok := d.lines.Load(dc); ok {
			l = v.(*line)
		}
		return nil
	})
	if l == nil {
		return func() {}
	}
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(time.Second)
		defer timer.Stop()
		select {
		case <-timer.C:
			_ = l.Close()
		case <-ended:
		}
	})
	return func() {
		close(ended)
		stop()
	}
}

func (postgresDialect) explain(err error) error {
	var refusal *pq.Error
	if !errors.As(err, &refusal) {
		var netErr net.Error
		if errors.As(err, &netErr) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) {
			return refused(inspections.Busy, "store.unreachable", err)
		}
		return err
	}
	if key := raised(refusal.Message); key != "" {
		return refused(inspections.Conflict, key, err)
	}
	switch refusal.Code {
	case "23505":
		return refused(inspections.Conflict, "store.duplicate", err)
	case "23503":
		return refused(inspections.Invalid, "store.reference", err)
	case "23514", "23502":
		return refused(inspections.Invalid, "store.check", err)
	case "40001", "40P01", "55P03", "57P01", "57P03":
		return refused(inspections.Busy, "store.busy", err)
	case "53100":
		return refused(inspections.Busy, "store.full", err)
	case "42501":
		return refused(inspections.Forbidden, "store.not_owner", err)
	}
	return err
}

func (postgresDialect) migrations(*Store) (goose.Dialect, fs.FS, []goose.ProviderOption, error) {
	dir, err := fs.Sub(scripts, "migrations/postgres")
	if err != nil {
		return "", nil, nil, err
	}
	locker, err := lock.NewPostgresSessionLocker()
	return goose.DialectPostgres, dir, []goose.ProviderOption{goose.WithSessionLocker(locker)}, err
}

func (postgresDialect) blobsInside() bool { return true }

func (postgresDialect) describe() (columns, links string) {
	return `SELECT c.relname AS table_name, a.attname AS column_name,
			format_type(COALESCE(NULLIF(t.typbasetype, 0), a.atttypid), NULL) AS kind,
			COALESCE(array_position(CAST(i.indkey AS int2[]), a.attnum) + 1, 0) AS key_place
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			JOIN pg_type t ON t.oid = a.atttypid
			LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary WHERE c.relkind = 'r'`,
		`SELECT a.relname AS table_name, b.relname AS other_name FROM pg_constraint k
			JOIN pg_namespace n ON n.oid = k.connamespace AND n.nspname = current_schema()
			JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid WHERE k.contype = 'f' ORDER BY 1, 2`
}

func (postgresDialect) unguard(t *Tx, tables []shape) (guard func() error, err error) {
	set := func(state string) error {
		for _, s := range tables {
			if _, err := t.exec("ALTER TABLE " + s.name + " " + state + " TRIGGER USER"); err != nil {
				return err
			}
		}
		return nil
	}
	return func() error { return set("ENABLE") }, set("DISABLE")
}

// connector makes connections whose network line can be found and cut.
type connector struct {
	cfg     pq.Config
	silence time.Duration
	lines   *sync.Map
}

// Connect opens one connection; a server that says nothing is given up after the silence or with ctx.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := pq.NewConnectorConfig(c.cfg)
	if err != nil {
		return nil, err
	}
	d := &dialer{silence: c.silence}
	inner.Dialer(d)
	// Greeting and sign-in do not look at ctx.
	stop := context.AfterFunc(ctx, d.cut)
	conn, err := inner.Connect(ctx)
	if !stop() && err == nil {
		return nil, errors.Join(ctx.Err(), conn.Close())
	}
	if err != nil {
		return nil, err
	}
	l := d.settle()
	c.lines.Store(conn, l)
	l.closed = func() { c.lines.Delete(conn) }
	return conn, nil
}

// Driver satisfies driver.Connector.
func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

// dialer dials for one connection: its line first, later short ones that ask the server to cancel.
type dialer struct {
	silence time.Duration
	mu      sync.Mutex
	last    *line
	settled bool
}

func (d *dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

func (d *dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: d.silence}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l := &line{Conn: conn, silence: d.silence}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.settled {
		d.last = l
	}
	return l, nil
}

func (d *dialer) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last != nil {
		_ = d.last.Conn.Close()
	}
}

func (d *dialer) settle() *line {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settled = true
	return d.last
}

// line is a network connection on which silence ends in an error: lib/pq itself waits for ever.
type line struct {
	net.Conn
	silence time.Duration
	closed  func()
}

func (l *line) Read(p []byte) (int, error) {
	watch := time.AfterFunc(l.silence, func() { _ = l.Conn.Close() })
	defer watch.Stop()
	return l.Conn.Read(p)
}

func (l *line) Write(p []byte) (int, error) {
	watch := time.AfterFunc(l.silence, func() { _ = l.Conn.Close() })
	defer watch.Stop()
	return l.Conn.Write(p)
}

// Close ends the line and forgets it.
func (l *line) Close() error {
	if l.closed != nil {
		l.closed()
	}
	return l.Conn.Close()
}
