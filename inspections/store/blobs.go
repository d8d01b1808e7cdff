package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// blobRow is what is known of a blob; blobData has its bytes too, on databases that keep them.
type (
	blobRow struct {
		SHA    string           `db:"sha256"`
		Media  string           `db:"media"`
		Size   int              `db:"size"`
		Stored calendar.Instant `db:"stored_at"`
		Erased calendar.Instant `db:"erased_at"` // when the bytes were lawfully destroyed
	}
	blobData struct {
		blobRow
		Data []byte `db:"data"`
	}
)

var (
	blobs     = table[blobRow]{name: "blobs", noun: "blob", keys: []string{"sha256"}}
	blobsFull = table[blobData]{name: "blobs", noun: "blob", keys: []string{"sha256"}}
)

// PutBlob keeps bytes under their SHA-256 (hex); the same bytes twice are one blob, of the media type that
// came first. Error: Conflict "store.erased" for bytes that were lawfully destroyed. A file is on the disk before the transaction commits; when that rolls back it stays behind
// unnamed, which harms nobody.
func (t *Tx) PutBlob(media string, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	row, err := blobs.one(t, sha, by("sha256 = ?", sha), "")
	if err == nil && !row.Erased.IsZero() {
		return sha, inspections.Fail(inspections.Conflict, "store.erased", "sha", sha)
	}
	if err == nil || !inspections.IsNotFound(err) {
		return sha, err
	}
	return sha, putBlob(t, blobRow{SHA: sha, Media: media, Size: len(data), Stored: t.Now()}, data)
}

// putBlob writes a row with its bytes where this database keeps them.
func putBlob(t *Tx, row blobRow, data []byte) error {
	if t.store.dialect.blobsInside() {
		if data == nil {
			data = []byte{}
		}
		return blobsFull.insert(t, blobData{row, data})
	}
	if !t.writable {
		return errReadOnly
	}
	if err := writeBlob(t.store.blobPath(row.SHA), data); err != nil {
		return fmt.Errorf("store: blob %s: %w", row.SHA, err)
	}
	return blobs.insert(t, row)
}

// Blob reads bytes by their SHA-256. Errors: NotFound; internal when the bytes are no longer the ones stored.
func (t *Tx) Blob(sha string) ([]byte, error) {
	var data []byte
	if t.store.dialect.blobsInside() {
		row, err := blobsFull.one(t, sha, by("sha256 = ?", sha), "")
		if err == nil && !row.Erased.IsZero() {
			err = missing("blob", sha)
		}
		if err != nil {
			return nil, err
		}
		data = row.Data
	} else {
		// The row says that the blob is this county's; the path is made of a hash that stands in a row.
		row, err := blobs.one(t, sha, by("sha256 = ?", sha), "")
		if err == nil && !row.Erased.IsZero() {
			err = missing("blob", sha)
		}
		if err != nil {
			return nil, err
		}
		if data, err = os.ReadFile(t.store.blobPath(row.SHA)); err != nil {
			return nil, fmt.Errorf("store: blob %s: %w", sha, err)
		}
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
		return nil, fmt.Errorf("store: blob %s: its bytes were changed", sha)
	}
	return data, nil
}

func (s *Store) blobPath(sha string) string {
	return filepath.Join(s.cfg.DataDir, "blobs", sha[:2], sha[2:])
}

// writeBlob leaves either the whole file or none, and both it and its name on the disk.
func writeBlob(path string, data []byte) (err error) {
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(data)) {
		return nil // renamed whole by an earlier transaction
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), syncDir(filepath.Dir(dir)))
}

// syncDir makes a new name durable. Windows has no such call and writes names through by itself.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
