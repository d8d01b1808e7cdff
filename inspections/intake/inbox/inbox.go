// Package inbox takes in the files that somebody puts into a watched folder, so that nobody has to carry them to a page.
package inbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/templates/catalog"
)

// Where a file goes after it was looked at. Files under way stand in a folder of their own below [taking] until what
// they say is committed; one that a crash left there is taken up by the next look, and its import by its SHA-256 is
// no second one.
const (
	Done    = "done"
	Asked   = "asked"   // a person must say whom rows or what columns mean
	Refused = "refused" // nothing of it can be taken
	taking  = "taking"
)

const (
	// settle is how long a file must stay the same between two looks.
	settle = 30 * time.Second
	// quiet is after how long without a change one look is enough.
	quiet = 10 * time.Minute
)

// Inbox is one watched folder.
type Inbox struct {
	Folder string
	Office *office.Office
	View   func(context.Context, func(Tx) error) error
	Words  *catalog.Catalog
	Now    func() time.Time // on the clock that dates files
	Log    *slog.Logger

	mu   sync.Mutex
	seen map[string]state // files that are not known to be whole
}

// Tx is what the folder needs of a transaction.
type Tx interface {
	intake.KnownTx
	// NameQuestionsIn lists what is asked about names in a file's bytes.
	NameQuestionsIn(sha string) ([]inspections.NameQuestion, error)
}

// state is a file as it was first seen so.
type state struct {
	size     int64
	modified time.Time
	since    time.Time
}

// Outcome is what became of one file.
type Outcome struct {
	File     string                `json:"file"`
	Sort     string                `json:"sort"` // "" where nobody could tell
	Went     string                `json:"went"` // Done, Asked or Refused
	Tally    office.Tally          `json:"tally"`
	Problems []inspections.Problem `json:"problems"`
	Reason   *inspections.Error    `json:"-"` // why nothing was taken
}

// Look takes in every file that has stopped growing, each in one transaction, and moves it to where it belongs. A file
// that cannot be taken in now (the database is busy) waits for the next look; the others do not wait for it. Errors
// are of the folder itself, or those of the files that wait, joined.
func (b *Inbox) Look(ctx context.Context) ([]Outcome, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f, err := b.open()
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing is written through it
	failed := b.claim(f)
	list, err := f.claimed()
	if err != nil {
		return nil, errors.Join(append(failed, err)...)
	}
	var outcomes []Outcome
	for _, p := range b.ordered(f, list) {
		if ctx.Err() != nil {
			return outcomes, errors.Join(append(failed, ctx.Err())...)
		}
		out, err := b.take(ctx, f, p)
		switch {
		case errors.Is(err, fs.ErrNotExist): // another process has moved it
		case err != nil:
			failed = append(failed, fmt.Errorf("inbox: %s: %w", p.name, err))
		default:
			outcomes = append(outcomes, out)
			b.Log.Info("inbox", "file", p.name, "went", out.Went, "sort", out.Sort, "rows", out.Tally.Rows, "repeat", out.Tally.Repeat)
		}
	}
	f.tidy()
	if err := b.settled(ctx, f); err != nil {
		failed = append(failed, err)
	}
	return outcomes, errors.Join(failed...)
}

// claim moves every whole file out of reach of those who write here, so that what is read is what is moved afterwards.
// A file that cannot be moved is among the errors and keeps no other one.
func (b *Inbox) claim(f *folder) (failed []error) {
	entries, err := f.list(".")
	if err != nil {
		return []error{err}
	}
	now, still := b.Now(), map[string]state{}
	var own string
	for _, info := range entries {
		name := info.Name()
		if info.IsDir() || passing(name) || info.Mode().IsRegular() && !b.whole(info, now, still) {
			continue
		}
		if own == "" {
			if own, err = f.fresh(now); err != nil {
				return []error{err}
			}
		}
		if err := f.Rename(name, own+"/"+name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = append(failed, fmt.Errorf("inbox: %w", err))
		}
	}
	b.seen = still
	return failed
}

// whole reports whether a file has stopped growing; else it stands in still for the next look.
func (b *Inbox) whole(info fs.FileInfo, now time.Time, still map[string]state) bool {
	is := state{info.Size(), info.ModTime(), now}
	if had, known := b.seen[info.Name()]; known && had.size == is.size && had.modified.Equal(is.modified) {
		is.since = had.since
	}
	if now.Sub(is.since) >= settle || now.Sub(is.modified) >= quiet {
		return true
	}
	still[info.Name()] = is
	return false
}

// rank is the order in which sorts of files that came together are taken: whom a ledger names stands in the roster.
var rank = map[string]int{intake.SortRoster: 1, intake.SortLeave: 2, intake.SortSignIns: 3, intake.SortDuties: 4}

// ordered gives the files as they are to be taken: by sort, then the oldest first, since the newest ledger of a day counts.
func (b *Inbox) ordered(f *folder, list []piece) []piece {
	for i := range list {
		if file, _, err := f.load(list[i]); err == nil {
			list[i].sort, _ = sortOf(file) // why there is none is told when it is taken
		}
	}
	slices.SortStableFunc(list, func(x, y piece) int {
		return cmp.Or(cmp.Compare(rank[x.sort], rank[y.sort]), x.info.ModTime().Compare(y.info.ModTime()), cmp.Compare(x.name, y.name))
	})
	return list
}

// Growing lists by name the files that the last look left where they are, since they may still be written.
func (b *Inbox) Growing() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Sorted(maps.Keys(b.seen))
}

// Waiting is a file that waits for a person.
type Waiting struct {
	Name  string           `json:"name"`
	Where string           `json:"where"` // Asked or Refused
	Since calendar.Instant `json:"since"`
	Note  string           `json:"note"` // what is asked, or why it was refused
}

// Waiting lists what waits for a person, the oldest first. A folder that was never looked at has nothing.
func (b *Inbox) Waiting() ([]Waiting, error) {
	root, err := os.OpenRoot(b.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, b.closed(err)
	}
	f := &folder{root}
	defer f.Close() // nothing is written through it
	var list []Waiting
	for _, where := range []string{Asked, Refused} {
		entries, err := f.list(where)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, info := range entries {
			if info.IsDir() || b.isNote(info.Name()) || passing(info.Name()) {
				continue
			}
			w := Waiting{Name: clean(info.Name()), Where: where}
			var since time.Time
			w.Note, since = f.note(where+"/"+b.noteName(info.Name()), info.ModTime())
			w.Since = calendar.InstantOf(since)
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(x, y Waiting) int { return x.Since.Compare(y.Since.Time) })
	return list, nil
}
