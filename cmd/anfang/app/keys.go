package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/scheduler/draw"
)

// Keys is the folder of secrets: outside the database and outside backups, 0700 with files of 0600.
type Keys struct {
	Dir    string
	Chance io.Reader
}

// Chain gives the chain of an ISO year from draw-YEAR.key; the file is made when there is none.
// Errors: Invalid for a damaged file or one that others may read.
func (k Keys) Chain(isoYear int) (draw.Chain, error) {
	path := k.DrawFile(isoYear)
	tip, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		tip, err = k.makeKey(path)
	}
	if err != nil {
		return draw.Chain{}, err
	}
	return draw.NewChain(tip), nil
}

// chain is Keys.Chain for a county: no new key is made for a year whose check value is published, since it
// would fit no sealed week. Error: Conflict, key "key.lost".
func (a *App) chain(keys Keys, isoYear int) (draw.Chain, error) {
	if _, err := os.Stat(keys.DrawFile(isoYear)); !errors.Is(err, fs.ErrNotExist) {
		return keys.Chain(isoYear)
	}
	err := a.Store.View(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Anchor(isoYear)
		return err
	})
	switch {
	case err == nil:
		return draw.Chain{}, inspections.Fail(inspections.Conflict, "key.lost", "file", keys.DrawFile(isoYear), "year", isoYear)
	case !inspections.IsNotFound(err):
		return draw.Chain{}, err
	}
	return keys.Chain(isoYear)
}

// DrawFile is where the chain of an ISO year lies.
func (k Keys) DrawFile(isoYear int) string {
	return filepath.Join(k.Dir, fmt.Sprintf("draw-%04d.key", isoYear))
}

// SignFile is where the office's key for signing lies.
func (k Keys) SignFile() string { return filepath.Join(k.Dir, "sign.key") }

func readKey(path string) (tip [32]byte, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return tip, err
	}
	if info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		return tip, inspections.Fail(inspections.Invalid, "key.open", "file", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return tip, err
	}
	b, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(b) != len(tip) {
		return tip, inspections.Fail(inspections.Invalid, "key.damaged", "file", path)
	}
	return [32]byte(b), nil
}

// makeKey writes a new key; if another process was first, its key is taken.
func (k Keys) makeKey(path string) (tip [32]byte, err error) {
	if _, err := io.ReadFull(k.Chance, tip[:]); err != nil {
		return tip, fmt.Errorf("app: key: %w", err)
	}
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return tip, inspections.Fail(inspections.Invalid, "key.folder", "folder", k.Dir).Because(err)
	}
	f, err := os.CreateTemp(k.Dir, ".draw-*")
	if err != nil {
		return tip, inspections.Fail(inspections.Invalid, "key.folder", "folder", k.Dir).Because(err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(hex.EncodeToString(tip[:]) + "\n")
	if err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return tip, fmt.Errorf("app: key: %w", err)
	}
	// A link fails when the name stands already: complete or not there, and never replaced.
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return readKey(path)
	} else if err != nil {
		return tip, fmt.Errorf("app: key: %w", err)
	}
	return tip, nil
}

// Holds compares draw-YEAR.key with the check value that was published for its year, and makes no key.
// found is false when the file is absent. Error: Conflict for the key of another chain.
func (k Keys) Holds(anchor inspections.Anchor) (found bool, err error) {
	path := k.DrawFile(anchor.Year)
	tip, err := readKey(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return true, err
	case draw.NewChain(tip).Anchor().String() != anchor.Hex:
		return true, inspections.Fail(inspections.Conflict, "key.other", "file", path, "year", anchor.Year)
	}
	return true, nil
}
