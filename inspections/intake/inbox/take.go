package inbox

import (
	"context"
	"errors"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// asking are the reasons for which a person can say what a file means; every other one is of the file itself.
var asking = map[string]bool{
	"intake.sort_unclear": true, "intake.missing_column": true, "intake.unknown_table": true, "intake.no_roster": true, "inbox.calendar": true,
}

// take imports a file in one transaction and moves it. Errors: fs.ErrNotExist where another process has moved the file,
// and those for which the file waits in its place.
func (b *Inbox) take(ctx context.Context, f *folder, p piece) (Outcome, error) {
	out := Outcome{File: p.name, Sort: p.sort, Went: Done}
	file, read, err := f.load(p)
	if err == nil {
		err = b.keep(ctx, file, &out)
	}
	if err != nil && (!errors.As(err, &out.Reason) || out.Reason.Kind == inspections.Busy) {
		return out, err
	}
	switch {
	case out.Reason != nil && asking[out.Reason.Key]:
		out.Went = Asked
	case out.Reason != nil:
		out.Went = Refused
	case slices.ContainsFunc(out.Problems, func(p inspections.Problem) bool { return p.LeftOut && intake.Asks(p.Key) }):
		out.Went = Asked
	}
	now, err := f.Lstat(p.at)
	if err != nil {
		return out, err
	}
	if now.Size() != read.Size() || !now.ModTime().Equal(read.ModTime()) {
		return out, errWritten
	}
	name, err := f.put(p, out.Went)
	if err != nil {
		return out, err
	}
	if text := b.noteOf(out); text != "" {
		return out, f.WriteFile(out.Went+"/"+b.noteName(name), []byte(text), 0o660)
	}
	return out, nil
}

// errWritten: what was taken in is not what lies there now; the next look takes that too.
var errWritten = errors.New("written to while it was read")

// keep reads a file and keeps its rows. A reader that stumbles over a file refuses it rather than ending the daemon.
func (b *Inbox) keep(ctx context.Context, file intake.File, out *Outcome) (err error) {
	defer func() {
		if caught := recover(); caught != nil {
			b.Log.Error("inbox", "file", file.Name, "panic", caught)
			err = inspections.Fail(inspections.Invalid, "inbox.broken", "file", file.Name)
		}
	}()
	if out.Sort, err = sortOf(file); err != nil {
		return err
	}
	var known intake.Known
	err = b.View(ctx, func(tx Tx) error {
		known, err = intake.KnownIn(tx, out.Sort, calendar.DateOf(b.Now()))
		return err
	})
	if err != nil {
		return err
	}
	batches, err := intake.Batches(b.Office, out.Sort, []intake.File{file}, known)
	if err != nil {
		return err
	}
	for _, batch := range batches {
		out.Problems = append(out.Problems, batch.Problems...)
		if out.Tally, err = batch.Keep(ctx, inspections.System, false); err != nil {
			return err
		}
	}
	return nil
}

// sortOf tells the sort of a file whose rows can be kept here. Errors: those of [intake.SortOf]; inbox.calendar, whose
// years stand beside the database.
func sortOf(file intake.File) (string, error) {
	sort, err := intake.SortOf(file)
	if err == nil && sort == intake.SortCalendar {
		return "", inspections.Fail(inspections.Invalid, "inbox.calendar", "file", file.Name)
	}
	return sort, err
}
