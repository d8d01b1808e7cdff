package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"anfang.example/inspections"
)

func init() {
	// sqlx knows the name of another driver only.
	sqlx.BindDriver("sqlite", sqlx.QUESTION)
}

type sqliteDialect struct{}

// open gives one connection that writes and a few that read.
func (d sqliteDialect) open(ctx context.Context, cfg Config) (write, read *sqlx.DB, err error) {
	if err := os.MkdirAll(filepath.Dir(cfg.Path), 0o750); err != nil {
		return nil, nil, inspections.Fail(inspections.Invalid, "store.cannot_open", "path", cfg.Path).Because(err)
	}
	// The file holds names and telephone numbers; SQLite gives its companions the same rights.
	if f, err := os.OpenFile(cfg.Path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, nil, inspections.Fail(inspections.Invalid, "store.cannot_open", "path", cfg.Path).Because(err)
	} else if err := f.Close(); err != nil {
		return nil, nil, fmt.Errorf("store: %w", err)
	}
	// A write transaction takes its lock at the start: one that reads first and then wants to write would
	// be refused at once, however long the timeout.
	write, err = d.connect(cfg.Path, "_txlock=immediate")
	if err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(inspections.Fail(inspections.Invalid, "store.cannot_open", "path", cfg.Path).Because(err), write.Close())
	}
	read, err = d.connect(cfg.Path, "_pragma=query_only(1)")
	if err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(4)
	return write, read, nil
}

func (sqliteDialect) connect(path, more string) (*sqlx.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	// The timeout comes first, since setting WAL may have to wait already.
	dsn := "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=recursive_triggers(1)&_dqs=0&" + more
	db, err := sqlx.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return db, nil
}

func (sqliteDialect) options(writable bool) *sql.TxOptions {
	return &sql.TxOptions{ReadOnly: !writable}
}

func (sqliteDialect) begun(*Tx) error { return nil }

func (sqliteDialect) guard(context.Context, *sqlx.Conn) func() { return func() {} }

func (sqliteDialect) explain(err error) error {
	var refusal *sqlite.Error
	if !errors.As(err, &refusal) {
		return err
	}
	if key := raised(refusal.Error()); key != "" {
		return refused(inspections.Conflict, key, err)
	}
	switch refusal.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return refused(inspections.Conflict, "store.duplicate", err)
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return refused(inspections.Invalid, "store.reference", err)
	case lib.SQLITE_CONSTRAINT_CHECK, lib.SQLITE_CONSTRAINT_NOTNULL, lib.SQLITE_CONSTRAINT_DATATYPE:
		return refused(inspections.Invalid, "store.check", err)
	}
	switch refusal.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return refused(inspections.Busy, "store.busy", err)
	case lib.SQLITE_FULL:
		return refused(inspections.Busy, "store.full", err)
	}
	return err
}

func (sqliteDialect) migrations(s *Store) (goose.Dialect, fs.FS, []goose.ProviderOption, error) {
	dir, err := fs.Sub(scripts, "migrations/sqlite")
	return goose.DialectSQLite3, dir, []goose.ProviderOption{goose.WithLocker(&fileLock{path: s.cfg.Path + ".migrate"})}, err
}

func (sqliteDialect) blobsInside() bool { return false }

func (sqliteDialect) describe() (columns, links string) {
	return `SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, c.pk AS key_place
			FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
		`SELECT m.name AS table_name, f."table" AS other_name
			FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1, 2`
}

func (sqliteDialect) unguard(t *Tx, _ []shape) (guard func() error, err error) {
	var triggers []struct {
		Name string `db:"name"`
		SQL  string `db:"sql"`
	}
	if err := t.list(&triggers, `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name`); err != nil {
		return nil, err
	}
	for _, trigger := range triggers {
		if _, err := t.exec("DROP TRIGGER " + trigger.Name); err != nil {
			return nil, err
		}
	}
	return func() error {
		for _, trigger := range triggers {
			if _, err := t.exec(trigger.SQL); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// fileLock keeps two migrators apart, since goose has no lock for SQLite: a second database file beside the
// first, locked by SQLite itself, so that the lock works on every system and ends with its process.
type fileLock struct {
	path string
	db   *sqlx.DB
	conn *sqlx.Conn
}

// Lock waits for the other migrator, at most as long as ctx or a minute.
func (l *fileLock) Lock(ctx context.Context, _ *sql.DB) error {
	db, err := sqliteDialect{}.connect(l.path, "_pragma=busy_timeout(60000)")
	if err != nil {
		return err
	}
	conn, err := db.Connx(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if err != nil {
		return errors.Join(sqliteDialect{}.explain(fmt.Errorf("store: lock %s: %w", l.path, err)), db.Close())
	}
	l.db, l.conn = db, conn
	return nil
}

// Unlock lets the next one in.
func (l *fileLock) Unlock(ctx context.Context, _ *sql.DB) error {
	_, err := l.conn.ExecContext(ctx, "ROLLBACK")
	return errors.Join(err, l.conn.Close(), l.db.Close())
}
