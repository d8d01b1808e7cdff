package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Config says where a county's records are.
type Config struct {
	DSN     string               // "postgres://…"; empty for SQLite
	Path    string               // SQLite file; empty: DataDir/anfang.db
	DataDir string               // where blobs lie when the database is SQLite; empty: beside the file
	County  inspections.CountyID // division code; one Store sees one county only
	Now     func() time.Time     // the business clock
	Silence time.Duration        // PostgreSQL: a network silent for so long is given up; 0 means 20 s
}

// Store is the records of one county. It is safe for concurrent use; write transactions of a county
// come one after another.
type Store struct {
	cfg     Config
	dialect dialect
	write   *sqlx.DB
	read    *sqlx.DB
}

// Open connects; it does not migrate. Errors: Invalid for a config that cannot be right, Busy when the
// database does not answer.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Now == nil {
		return nil, errors.New("store: no clock")
	}
	if cfg.County <= 0 {
		return nil, inspections.Fail(inspections.Invalid, "store.no_county")
	}
	switch {
	case cfg.DSN != "":
	case cfg.Path == "" && cfg.DataDir == "":
		return nil, inspections.Fail(inspections.Invalid, "store.no_place")
	case cfg.Path == "":
		cfg.Path = filepath.Join(cfg.DataDir, "anfang.db")
	case cfg.DataDir == "":
		cfg.DataDir = filepath.Dir(cfg.Path)
	}
	if cfg.Silence <= 0 {
		cfg.Silence = 20 * time.Second
	}
	s := &Store{cfg: cfg, dialect: dialectOf(cfg)}
	var err error
	if s.write, s.read, err = s.dialect.open(ctx, cfg); err != nil {
		return nil, err
	}
	return s, nil
}

// County gives the county this store is bound to.
func (s *Store) County() inspections.CountyID { return s.cfg.County }

// InTx runs fn in one write transaction: all of it stands when InTx returns nil, nothing of it otherwise.
// The clock of the transaction stands still. A write that the database refused dooms the transaction, also
// when fn goes on as if nothing were wrong. InTx must not be called inside InTx.
func (s *Store) InTx(ctx context.Context, fn func(*Tx) error) error {
	return s.run(ctx, s.write, true, fn)
}

// View runs fn in a read-only transaction that sees one state of the records; a write inside fails.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.run(ctx, s.read, false, fn)
}

// Close lets go of the database.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}

func (s *Store) run(ctx context.Context, db *sqlx.DB, writable bool, fn func(*Tx) error) error {
	conn, err := db.Connx(ctx)
	if err != nil {
		return s.dialect.explain(fmt.Errorf("store: connect: %w", err))
	}
	defer conn.Close()
	defer s.dialect.guard(ctx, conn)()
	// Statements obey ctx; the transaction itself outlives it, so that its rollback does.
	tx, err := conn.BeginTxx(context.WithoutCancel(ctx), s.dialect.options(writable))
	if err != nil {
		return s.dialect.explain(fmt.Errorf("store: begin: %w", err))
	}
	t := &Tx{ctx: ctx, tx: tx, store: s, writable: writable, now: calendar.InstantOf(s.cfg.Now())}
	committed := false
	defer func() {
		if !committed {
			// Whatever goes wrong here, the database drops what was not committed.
			_ = tx.Rollback()
		}
	}()
	if err := s.dialect.begun(t); err != nil {
		return err
	}
	if err := fn(t); err != nil {
		return err
	}
	if t.failed != nil {
		return fmt.Errorf("store: a refused statement was passed over: %w", t.failed)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return s.dialect.explain(fmt.Errorf("store: commit: %w", err))
	}
	committed = true
	for _, do := range t.after {
		err = errors.Join(err, do())
	}
	return err
}
