package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Tx is one transaction of one county. It belongs to one goroutine and ends with the function it was
// given to.
type Tx struct {
	ctx      context.Context
	tx       *sqlx.Tx
	store    *Store
	writable bool
	now      calendar.Instant
	failed   error // the first refused statement; PostgreSQL takes no more after one, so SQLite neither

	after []func() error // done once the transaction has committed
}

var errReadOnly = errors.New("store: a write in a read-only transaction")

// County gives the county of the transaction.
func (t *Tx) County() inspections.CountyID { return t.store.cfg.County }

// Now gives the moment of the transaction; it does not move.
func (t *Tx) Now() calendar.Instant { return t.now }

// exec runs a statement that writes and gives the number of rows it touched.
func (t *Tx) exec(query string, args ...any) (int64, error) {
	if !t.writable {
		return 0, errReadOnly
	}
	if err := t.usable(args); err != nil {
		return 0, err
	}
	res, err := t.tx.ExecContext(t.ctx, t.tx.Rebind(query), args...)
	if err != nil {
		return 0, t.fail(query, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, t.fail(query, err)
	}
	return n, nil
}

// get reads one row; found is false when there is none.
func (t *Tx) get(dest any, query string, args ...any) (found bool, err error) {
	if err := t.usable(args); err != nil {
		return false, err
	}
	err = t.tx.GetContext(t.ctx, dest, t.tx.Rebind(query), args...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, t.fail(query, err)
	}
	return true, nil
}

// list reads rows into a slice; all of them are read before it returns, so that further statements may
// follow on the one connection.
func (t *Tx) list(dest any, query string, args ...any) error {
	if err := t.usable(args); err != nil {
		return err
	}
	if err := t.tx.SelectContext(t.ctx, dest, t.tx.Rebind(query), args...); err != nil {
		return t.fail(query, err)
	}
	return nil
}

// each hands the rows of a query over one by one, so that a table need not fit into memory; no statement may
// run in between. An error of do ends it.
func (t *Tx) each(query string, args []any, do func(values []any) error) (err error) {
	if err := t.usable(args); err != nil {
		return err
	}
	rows, err := t.tx.QueryxContext(t.ctx, t.tx.Rebind(query), args...)
	if err != nil {
		return t.fail(query, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		values, err := rows.SliceScan()
		if err != nil {
			return t.fail(query, err)
		}
		if err := do(values); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return t.fail(query, err)
	}
	return nil
}

// usable refuses a doomed transaction, and texts that one of the databases would choke on.
func (t *Tx) usable(args []any) error {
	if t.failed != nil {
		return fmt.Errorf("store: the transaction has failed: %w", t.failed)
	}
	for _, a := range args {
		if v := reflect.ValueOf(a); v.Kind() == reflect.String {
			if err := checkBytes(v.String()); err != nil {
				err.Args = []any{"what", "query", "field", "text"}
				return err
			}
		}
	}
	return nil
}

// fail dooms the transaction and says what the database refused.
func (t *Tx) fail(query string, err error) error {
	if ctxErr := t.ctx.Err(); ctxErr != nil && !errors.Is(err, ctxErr) {
		err = errors.Join(ctxErr, err)
	}
	if len(query) > 80 {
		query = query[:80] + "…"
	}
	t.failed = t.store.dialect.explain(fmt.Errorf("store: %s: %w", query, err))
	return t.failed
}

// missing is the error for a single thing that does not exist.
func missing(what string, id any) error {
	return inspections.Fail(inspections.NotFound, "store.not_found", "what", what, "id", id)
}

// idLimit is the first number that is no id: the draw hashes ids as 32 bits.
const idLimit = 1 << 32

// claim gives a new noun its id: the next of the county, or the one it has already (when records move
// between databases), which is then never given out again. Errors: Invalid out of range, Conflict in use.
func claim[ID ~int64](t *Tx, noun string, id *ID) error {
	if *id == 0 {
		n, err := t.next(noun)
		if err != nil {
			return err
		}
		*id = ID(n)
	} else if *id > 0 {
		if err := t.raise(noun, int64(*id)); err != nil {
			return err
		}
	}
	if *id <= 0 || *id >= idLimit {
		return inspections.Fail(inspections.Invalid, "store.id_range", "what", noun, "id", int64(*id))
	}
	return nil
}

// next counts a series up: 1, 2, 3… A rolled-back transaction has not counted, so there are no gaps.
func (t *Tx) next(series string) (int64, error) {
	if _, err := t.exec(`INSERT INTO counters (county_id, series, last) VALUES (?, ?, 1)
		ON CONFLICT (county_id, series) DO UPDATE SET last = counters.last + 1`, t.County(), series); err != nil {
		return 0, err
	}
	var n int64
	_, err := t.get(&n, `SELECT last FROM counters WHERE county_id = ? AND series = ?`, t.County(), series)
	return n, err
}

// raise makes a series go on above n.
func (t *Tx) raise(series string, n int64) error {
	_, err := t.exec(`INSERT INTO counters (county_id, series, last) VALUES (?, ?, ?)
		ON CONFLICT (county_id, series) DO UPDATE SET last = excluded.last WHERE counters.last < excluded.last`,
		t.County(), series, n)
	return err
}
