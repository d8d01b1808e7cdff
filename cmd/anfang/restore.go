package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/store"
)

// restored is what restore answers.
type restored struct {
	saved
	Data    string   `json:"data"`
	Missing []string `json:"missing"` // key files to be put back
	Waiting int      `json:"waiting"` // letters that had not left when the backup was made
}

// restore is `anfang restore`: a backup becomes the records of an empty data directory or database.
func (c *cli) restore() *cobra.Command {
	return c.command("restore", "restore FILE", func(ctx context.Context, args []string) error {
		f, size, err := openFile(args[0])
		if err != nil {
			return err
		}
		answer, err := c.takeBack(ctx, f, size)
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
		return c.reply(answer, func() { c.tellRestored(answer) })
	})
}

func (c *cli) takeBack(ctx context.Context, f *os.File, size int64) (restored, error) {
	m, err := store.ReadManifest(f, size)
	if err != nil {
		return restored{}, err
	}
	cfg, written, err := c.placeFor(m)
	if err != nil {
		return restored{}, err
	}
	answer := restored{saved: savedAs(f.Name(), size, m), Data: cfg.Data, Missing: []string{}}
	check := func(tx *store.Tx) error {
		var err error
		if answer.Missing, err = missingKeys(tx, app.Keys{Dir: filepath.Join(cfg.Data, "keys")}); err != nil {
			return err
		}
		waiting, err := tx.Letters(inspections.LetterFilter{State: inspections.LetterQueued})
		answer.Waiting = len(waiting)
		return err
	}
	where := store.Config{DSN: cfg.DSN, DataDir: cfg.Data, County: m.County, Now: c.clock()}
	if cfg.DSN == "" {
		where.Path = filepath.Join(cfg.Data, databaseFile+".restoring")
	}
	if err := restoreAt(ctx, where, f, size, check); err != nil {
		return restored{}, err
	}
	if written {
		return answer, nil
	}
	cfg.DSN = c.dsn // one of the environment may hold a password and stays there
	if err := cfg.Write(); err != nil {
		return restored{}, inspections.Fail(inspections.Forbidden, "cli.no_access", "path", cfg.Data).Because(err)
	}
	return answer, nil
}

// placeFor settles where the records go; written reports whether a configuration stands there already.
// Error: Conflict where records stand.
func (c *cli) placeFor(m store.Manifest) (cfg app.Config, written bool, err error) {
	_, err = os.Stat(filepath.Join(c.data, app.ConfigFile))
	written = err == nil || c.config != ""
	if cfg, err = c.settle(); err != nil {
		return cfg, written, err
	}
	if !written {
		cfg.County = m.County
	}
	if cfg.County != m.County {
		return cfg, written, inspections.Fail(inspections.Invalid, "backup.other_county", "backup", int64(m.County), "county", int64(cfg.County))
	}
	if err := makePrivate(cfg.Data); err != nil {
		return cfg, written, err
	}
	if cfg.DSN != "" {
		return cfg, written, nil
	}
	file := filepath.Join(cfg.Data, databaseFile)
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return cfg, written, inspections.Fail(inspections.Conflict, "backup.records_stand", "file", file)
	}
	return cfg, written, nil
}

// restoreAt takes the backup in. A SQLite file gets its name only when all of it stands.
func restoreAt(ctx context.Context, where store.Config, f *os.File, size int64, check func(*store.Tx) error) (err error) {
	remove := func() error { return nil }
	if where.DSN == "" {
		remove = func() error { return dropFiles(where.Path) }
		if err := remove(); err != nil { // of a run that was cut off
			return err
		}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, remove())
		}
	}()
	s, err := store.Open(ctx, where)
	if err != nil {
		return err
	}
	_, err = s.Restore(ctx, f, size, check)
	if err = errors.Join(err, s.Close()); err != nil || where.DSN != "" {
		return err
	}
	if err := os.Rename(where.Path, filepath.Join(where.DataDir, databaseFile)); err != nil {
		return err
	}
	return remove() // the migrator's lock
}

// dropFiles removes an unfinished database with its companions.
func dropFiles(path string) error {
	for _, end := range []string{"", "-wal", "-shm", ".migrate"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// missingKeys holds the key files that lie there to what was published, and lists those that are absent.
// Error: Conflict for a key of another chain.
func missingKeys(tx *store.Tx, keys app.Keys) ([]string, error) {
	missing := []string{}
	anchors, err := tx.Anchors()
	if err != nil {
		return nil, err
	}
	for _, anchor := range anchors {
		found, err := keys.Holds(anchor)
		if err != nil {
			return nil, err
		}
		if !found {
			missing = append(missing, keys.DrawFile(anchor.Year))
		}
	}
	if _, err := os.Stat(keys.SignFile()); errors.Is(err, fs.ErrNotExist) {
		missing = append(missing, keys.SignFile())
	}
	return missing, nil
}

func (c *cli) tellRestored(r restored) {
	c.say("restore.done", append(r.args(), "data", r.Data)...)
	if len(r.Missing) > 0 {
		c.say("restore.keys", "files", c.words.Join(r.Missing))
	}
	if r.Waiting > 0 {
		c.say("restore.waiting", "n", r.Waiting)
	}
}
