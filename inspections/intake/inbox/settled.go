package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"slices"

	"anfang.example/inspections"
)

// settled moves the files whose questions about names are all answered from [Asked] to [Done], with their notes.
func (b *Inbox) settled(ctx context.Context, f *folder) error {
	entries, err := f.list(Asked)
	if err != nil {
		return err
	}
	for _, info := range entries {
		name := info.Name()
		if !info.Mode().IsRegular() || b.isNote(name) || passing(name) {
			continue
		}
		p := piece{at: path.Join(Asked, name), name: clean(name), info: info}
		file, _, err := f.load(p)
		if err != nil {
			continue // it was moved away, or is none that was taken in
		}
		sum := sha256.Sum256(file.Data)
		var questions []inspections.NameQuestion
		err = b.View(ctx, func(tx Tx) (err error) {
			questions, err = tx.NameQuestionsIn(hex.EncodeToString(sum[:]))
			return err
		})
		if err != nil {
			return err
		}
		open := func(q inspections.NameQuestion) bool { return q.Settled.IsZero() }
		if len(questions) == 0 || slices.ContainsFunc(questions, open) {
			continue
		}
		to, err := f.put(p, Done)
		if err == nil {
			err = f.Rename(path.Join(Asked, b.noteName(name)), path.Join(Done, b.noteName(to)))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		b.Log.Info("inbox", "file", p.name, "went", Done)
	}
	return nil
}
