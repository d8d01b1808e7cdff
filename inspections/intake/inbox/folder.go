package inbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"anfang.example/inspections"
	"anfang.example/inspections/intake"
)

// folder is the watched folder while it is looked at. Nothing outside of it can be reached through it, whatever links
// stand in it.
type folder struct{ *os.Root }

// piece is a file under way.
type piece struct {
	at, name string // its place, and as people read it
	sort     string // as far as its headings tell
	info     fs.FileInfo
}

// open makes the folder and its parts where they lack. Error: inbox.folder.
func (b *Inbox) open() (*folder, error) {
	// The clerks' computers write here: the group may, others may not.
	if err := os.MkdirAll(b.Folder, 0o770); err != nil {
		return nil, b.closed(err)
	}
	root, err := os.OpenRoot(b.Folder)
	if err != nil {
		return nil, b.closed(err)
	}
	for _, part := range []string{Done, Asked, Refused, taking} {
		if err := root.MkdirAll(part, 0o770); err != nil {
			return nil, b.closed(errors.Join(err, root.Close()))
		}
	}
	return &folder{root}, nil
}

func (b *Inbox) closed(err error) error {
	return inspections.Fail(inspections.Invalid, "inbox.folder", "folder", b.Folder).Because(err)
}

// list gives what stands in a part of the folder, by name, without following links.
func (f *folder) list(part string) ([]fs.FileInfo, error) {
	entries, err := fs.ReadDir(f.FS(), part)
	if err != nil {
		return nil, fmt.Errorf("inbox: %w", err)
	}
	var list []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // moved in between
		}
		if err != nil {
			return nil, fmt.Errorf("inbox: %w", err)
		}
		list = append(list, info)
	}
	return list, nil
}

// fresh makes a folder that no other process uses, for the files of one look.
func (f *folder) fresh(now time.Time) (string, error) {
	for n := 1; ; n++ {
		own := fmt.Sprintf("%s/%s-%d", taking, now.UTC().Format("20060102T150405"), n)
		err := f.Mkdir(own, 0o770)
		if err == nil {
			return own, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("inbox: %w", err)
		}
	}
}

// claimed lists the files under way, those of an earlier look that a crash ended first.
func (f *folder) claimed() ([]piece, error) {
	looks, err := f.list(taking)
	if err != nil {
		return nil, err
	}
	var list []piece
	for _, look := range looks {
		files, err := f.list(taking + "/" + look.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, info := range files {
			list = append(list, piece{at: path.Join(taking, look.Name(), info.Name()), name: clean(info.Name()), info: info})
		}
	}
	return list, nil
}

// load reads a file under way; info is of the bytes that were read. Errors: inbox.no_file for what is no file, those of
// [intake.Read].
func (f *folder) load(p piece) (intake.File, fs.FileInfo, error) {
	if !p.info.Mode().IsRegular() { // a link or a pipe is not opened
		return intake.File{}, p.info, inspections.Fail(inspections.Invalid, "inbox.no_file", "file", p.name)
	}
	in, err := f.Open(p.at)
	if errors.Is(err, fs.ErrPermission) {
		return intake.File{}, p.info, inspections.Fail(inspections.Invalid, "intake.unreadable", "file", p.name).Because(err)
	}
	if err != nil {
		return intake.File{}, p.info, err
	}
	defer in.Close() // read only
	info, err := in.Stat()
	if err != nil {
		return intake.File{}, info, err
	}
	file, err := intake.Read(p.name, in)
	return file, info, err
}

// put moves a file under way to a part of the folder, under a name that is free there. A crash in between leaves the
// file under both names; done again, the second is dropped.
func (f *folder) put(p piece, part string) (name string, err error) {
	ending := path.Ext(p.name)
	for n := 1; ; n++ {
		name = p.name
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(p.name, ending), n, ending)
		}
		to := path.Join(part, name)
		there, err := f.Lstat(to)
		if err == nil {
			if os.SameFile(there, p.info) {
				return name, f.Remove(p.at)
			}
			continue
		}
		err = f.Link(p.at, to)
		switch {
		case err == nil:
			return name, f.Remove(p.at)
		case errors.Is(err, fs.ErrNotExist):
			return name, err
		case !errors.Is(err, fs.ErrExist):
			return name, f.Rename(p.at, to) // a disk that knows no second names
		}
	}
}

// tidy drops the folders of looks that are over.
func (f *folder) tidy() {
	looks, _ := f.list(taking)
	for _, look := range looks {
		_ = f.Remove(taking + "/" + look.Name()) // one that is not empty stays
	}
}

// passing reports whether a name is of a file that is still being written, or of none that anybody brings.
func passing(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || lower == "thumbs.db" || lower == "desktop.ini" ||
		slices.Contains([]string{".tmp", ".part", ".partial", ".crdownload", ".filepart", ".download"}, path.Ext(lower))
}

// maxName keeps a name with what is added to it within what disks take (255 bytes).
const maxName = 180

// clean gives a name as it may stand in lists and notes: no control or direction characters, not too long.
func clean(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, name)
	if len(name) <= maxName {
		return name
	}
	ending := path.Ext(name)
	if len(ending) > 10 {
		ending = ""
	}
	cut := maxName - len(ending)
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + ending
}
