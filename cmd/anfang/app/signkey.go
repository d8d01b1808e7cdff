package app

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/reports/post"
)

// Signer gives the office's key from sign.key, with which heads of the journal are signed; the file is
// made when there is none. Errors: Invalid for a damaged file or one that others may read.
func (k Keys) Signer() (journal.Signer, error) {
	path := k.SignFile()
	seed, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		seed, err = k.makeKey(path)
	}
	if err != nil {
		return nil, err
	}
	return journal.Key(ed25519.NewKeyFromSeed(seed[:])), nil
}

// KnownSigner is Signer for reading: it makes no key. Error: NotFound, key "key.no_sign".
func (k Keys) KnownSigner() (journal.Signer, error) {
	if _, err := os.Stat(k.SignFile()); errors.Is(err, fs.ErrNotExist) {
		return nil, inspections.Fail(inspections.NotFound, "key.no_sign", "file", k.SignFile())
	}
	return k.Signer()
}

// Keys gives the folder of secrets of this program.
func (a *App) Keys() Keys { return Keys{Dir: filepath.Join(a.Config.Data, "keys"), Chance: a.Chance} }

// sign signs where the journal stands, for a paper. The key is read when the first paper needs it.
func (a *App) sign(r journal.Record) (journal.Head, error) {
	signer, err := a.Keys().Signer()
	if err != nil {
		return journal.Head{}, err
	}
	return journal.HeadOf(r, signer), nil
}

// seal gives the signed head that letters bear: that of the last record before today, "" while there is none.
func (a *App) seal(tx post.Tx) (string, error) {
	t, ok := tx.(*store.Tx)
	if !ok {
		return "", fmt.Errorf("app: no journal in a %T", tx)
	}
	r, err := t.JournalBefore(journal.Early(t.Now()))
	if err != nil || r.Seq == 0 {
		return "", err
	}
	head, err := a.sign(r)
	return head.String(), err
}
