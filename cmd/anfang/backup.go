package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// saved is what backup and restore answer.
type saved struct {
	File      string               `json:"file"`
	Bytes     int64                `json:"bytes"`
	County    inspections.CountyID `json:"county"`
	MadeAt    calendar.Instant     `json:"made_at"`
	Migration int64                `json:"migration"`
	Rows      int64                `json:"rows"`
	Blobs     int                  `json:"blobs"`
	Journal   store.JournalMark    `json:"journal"`
}

func savedAs(file string, size int64, m store.Manifest) saved {
	return saved{file, size, m.County, m.MadeAt, m.Migration, m.Rows(), m.Blobs(), m.Journal}
}

func (s saved) args() []any {
	return []any{"file", s.File, "size", megabytes(s.Bytes), "rows", s.Rows, "blobs", s.Blobs, "at", s.MadeAt.Local().Format("2006-01-02 15:04"), "seq", s.Journal.Seq, "county", int64(s.County)}
}

// megabytes gives a size as people compare it with a disk, one digit after the point.
func megabytes(n int64) string { return fmt.Sprintf("%.1f", float64(n)/1e6) }

// backup is `anfang backup`: everything recorded in one file, while the daemon runs on.
func (c *cli) backup() *cobra.Command {
	var check bool
	cmd := c.command("backup", "backup [FILE]", func(ctx context.Context, args []string) error {
		if check {
			return c.checkBackup(args)
		}
		return c.with(ctx, func(a *app.App) error {
			file := fmt.Sprintf("anfang-%06d-%s.zip", int64(a.Store.County()), a.Now().In(calendar.Shanghai).Format("20060102-150405"))
			if len(args) > 0 {
				file = args[0]
			}
			m, size, err := writeBackup(ctx, a, file)
			if err != nil {
				return err
			}
			answer := savedAs(file, size, m)
			return c.reply(answer, func() { c.say("backup.done", answer.args()...) })
		})
	})
	c.toggle(cmd, &check, "check")
	return cmd
}

// checkBackup reads a backup that lies somewhere, without any records of its own.
func (c *cli) checkBackup(args []string) error {
	if len(args) == 0 {
		return wrong("usage.missing", "use", "anfang backup --check FILE")
	}
	f, size, err := openFile(args[0])
	if err != nil {
		return err
	}
	m, err := store.CheckBackup(f, size)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	answer := savedAs(args[0], size, m)
	return c.reply(answer, func() { c.say("backup.sound", answer.args()...) })
}

// writeBackup writes to a file beside the one asked for, reads it back from the disk, and only then gives it
// its name: what has the name of a backup is one.
func writeBackup(ctx context.Context, a *app.App, file string) (m store.Manifest, size int64, err error) {
	if _, err := os.Stat(file); err == nil {
		return m, 0, inspections.Fail(inspections.Conflict, "backup.stands", "file", file)
	}
	part := file + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return m, 0, inspections.Fail(inspections.Forbidden, "cli.cannot_write", "file", file).Because(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part))
		}
	}()
	_, err = a.Store.Backup(ctx, f)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		if size, err = sizeOf(f); err == nil {
			m, err = store.CheckBackup(f, size)
		}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return m, 0, err
	}
	// A link fails where a file stands; a rename would replace it. File systems without links take the rename.
	if err := os.Link(part, file); err == nil {
		return m, size, os.Remove(part)
	} else if errors.Is(err, fs.ErrExist) {
		return m, 0, inspections.Fail(inspections.Conflict, "backup.stands", "file", file)
	}
	return m, size, os.Rename(part, file)
}

func sizeOf(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// openFile opens a file that a person named.
func openFile(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, inspections.Fail(inspections.NotFound, "cli.cannot_read", "file", path).Because(err)
	}
	size, err := sizeOf(f)
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, size, nil
}
