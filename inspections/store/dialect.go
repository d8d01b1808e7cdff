package store

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"

	"anfang.example/inspections"
)

// dialect answers what the two databases do differently.
type dialect interface {
	// open connects a pool that writes and one that reads; they may be one.
	open(ctx context.Context, cfg Config) (write, read *sqlx.DB, err error)
	// options begin a transaction.
	options(writable bool) *sql.TxOptions
	// begun binds a transaction to its county and makes the writers of a county wait for each other.
	begun(t *Tx) error
	// guard frees a connection that no longer obeys ctx; the result ends the watch.
	guard(ctx context.Context, conn *sqlx.Conn) (done func())
	// explain turns a refusal of the database into an *inspections.Error and leaves other errors alone.
	explain(err error) error
	// migrations gives the kind of database, its scripts and how two migrators keep apart.
	migrations(s *Store) (goose.Dialect, fs.FS, []goose.ProviderOption, error)
	// describe gives the queries that list the columns of all tables (shapeColumn) and their links (shapeLink).
	describe() (columns, links string)
	// unguard takes the triggers off tables until the result puts them back, both in t: rows that come from a
	// backup have passed them once. Only the owner of the schema may.
	unguard(t *Tx, tables []shape) (guard func() error, err error)
	// insertMany writes rows of the transaction's county, values in the order of cols.
	insertMany(t *Tx, table string, cols []string, rows [][]any) error
	// blobsInside reports whether the bytes of blobs lie in the database.
	blobsInside() bool
}

func dialectOf(cfg Config) dialect {
	if cfg.DSN == "" {
		return sqliteDialect{}
	}
	return newPostgres()
}

//go:embed migrations
var scripts embed.FS

// raised finds the key that a trigger of the schema raised ("anfang:case.gate"), "" if none did.
func raised(message string) string {
	_, key, found := strings.Cut(message, "anfang:")
	if !found {
		return ""
	}
	end := strings.IndexFunc(key, func(r rune) bool {
		return r != '.' && r != '_' && (r < 'a' || r > 'z')
	})
	if end >= 0 {
		key = key[:end]
	}
	return key
}

// refused is the expected error for a refusal, with its cause for the log.
func refused(kind inspections.Kind, key string, cause error) error {
	return inspections.Fail(kind, key).Because(cause)
}
