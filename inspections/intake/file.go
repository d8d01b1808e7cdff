package intake

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"anfang.example/inspections"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Limits of one file; a county's yearly ledger is below a tenth of each.
const (
	maxFileBytes  = 64 << 20
	maxUnzipBytes = 256 << 20 // all parts of a workbook together
	maxPartBytes  = 16 << 20  // a larger part goes to a temporary file
	maxRows       = 300_000
	maxParts      = 10_000 // of a workbook; ordinary ones have some dozens
)

// File is one file as it arrived; Name is what people read in a problem list.
type File struct {
	Name string
	Data []byte

	// Mapping says of headings, as they stand in the file, which field of [Fields] they hold, "" that they hold
	// none; other headings are known by their words.
	Mapping map[string]string
	// Answers says whom rows mean that could not be settled (homonyms, unknown names).
	Answers map[At]inspections.MemberID
}

// At is a row of a file's sheet, from 1; the sheet of a csv is "".
type At struct {
	Sheet string
	Row   int
}

// Load reads a file from disk. Errors: *inspections.Error with intake.not_found, intake.directory,
// intake.unreadable or intake.too_large.
func Load(path string) (File, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return File{}, inspections.Fail(inspections.NotFound, "intake.not_found", "file", path)
	case err != nil:
		return File{}, inspections.Fail(inspections.Invalid, "intake.unreadable", "file", path).Because(err)
	case info.IsDir():
		return File{}, inspections.Fail(inspections.Invalid, "intake.directory", "file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return File{}, inspections.Fail(inspections.Invalid, "intake.unreadable", "file", path).Because(err)
	}
	defer f.Close()
	file, err := Read(name, f)
	var known *inspections.Error
	if err != nil && !errors.As(err, &known) {
		return File{}, inspections.Fail(inspections.Invalid, "intake.unreadable", "file", path).Because(err)
	}
	return file, err
}

// Read reads a file that somebody opened; name is what people read. The size is limited while reading: a pipe or a
// growing file has no honest size beforehand. Errors: intake.too_large, and those of r.
func Read(name string, r io.Reader) (File, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return File{}, err
	}
	if len(data) > maxFileBytes {
		return File{}, tooLarge(name)
	}
	return File{Name: name, Data: data}, nil
}

func tooLarge(name string) *inspections.Error {
	return inspections.Fail(inspections.Invalid, "intake.too_large", "file", name, "megabytes", maxFileBytes>>20)
}

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	// An encrypted workbook is an OLE container with a stream of this name, in UTF-16.
	encryptedStream = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// sheets opens the tables of a file with what a person said of them.
func (f File) sheets() ([]sheet, func(), error) {
	list, closeFile, err := f.open()
	for i := range list {
		list[i].mapping, list[i].answers = f.Mapping, f.Answers
	}
	return list, closeFile, err
}

// open gives the tables of a file: those of a workbook, or the one of a csv.
func (f File) open() ([]sheet, func(), error) {
	nothing := func() {}
	invalid := func(key string) error {
		return inspections.Fail(inspections.Invalid, key, "file", f.Name)
	}
	switch {
	case len(bytes.TrimSpace(f.Data)) == 0:
		return nil, nothing, invalid("intake.empty")
	case len(f.Data) > maxFileBytes:
		return nil, nothing, tooLarge(f.Name)
	case bytes.HasPrefix(f.Data, oleMagic) && bytes.Contains(f.Data, encryptedStream):
		return nil, nothing, invalid("intake.encrypted")
	case bytes.HasPrefix(f.Data, oleMagic):
		return nil, nothing, invalid("intake.old_xls")
	case bytes.HasPrefix(f.Data, zipMagic):
		return openWorkbook(f)
	}
	if err := f.shortLines(); err != nil {
		return nil, nothing, err
	}
	text, err := f.text()
	if err != nil {
		return nil, nothing, err
	}
	return []sheet{csvSheet(f.Name, text)}, nothing, nil
}

var (
	gzipMark   = []byte("\x1f\x8b")
	utf8BOM    = []byte("\xef\xbb\xbf")
	utf16leBOM = []byte("\xff\xfe")
	utf16beBOM = []byte("\xfe\xff")
)

// text gives a csv's bytes as UTF-8. Without a byte order mark the file is UTF-8 when it is valid as
// such and GB18030 otherwise (code page 936 is a part of it). A file that ends inside a character was
// cut off on its way.
func (f File) text() ([]byte, error) {
	data := f.Data
	var out []byte
	var err error
	switch {
	case bytes.HasPrefix(data, gzipMark):
		return nil, inspections.Fail(inspections.Invalid, "intake.packed", "file", f.Name)
	case bytes.HasPrefix(data, utf8BOM):
		out = data[len(utf8BOM):]
		if !utf8.Valid(out) {
			return nil, f.undecodable(validPrefix(out) >= len(out)-utf8.UTFMax)
		}
	case bytes.HasPrefix(data, utf16leBOM), bytes.HasPrefix(data, utf16beBOM):
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data):
		out = data
	default:
		if n := validPrefix(data); n >= len(data)-utf8.UTFMax && n > 0 && hasHan(data[:n]) {
			return nil, f.undecodable(true)
		}
		out, err = lineByLine(data)
	}
	if err != nil {
		return nil, f.undecodable(false)
	}
	if i := bytes.IndexRune(out, utf8.RuneError); i >= 0 {
		return nil, f.undecodable(i >= len(out)-len("\ufffd"))
	}
	if bytes.IndexByte(out, 0) >= 0 {
		return nil, inspections.Fail(inspections.Invalid, "intake.not_table", "file", f.Name)
	}
	return out, nil
}

// lineByLine reads text of which each line may be UTF-8 or GB18030: parts of several offices were put
// together with a text editor. A line that is whole UTF-8 with nothing but Chinese and plain characters is
// not GB18030, save by a chance that no line of a table has.
func lineByLine(data []byte) ([]byte, error) {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	out := make([]byte, 0, len(data)*3/2)
	var other []byte // neighbouring lines in GB18030, decoded together
	flush := func() error {
		if len(other) == 0 {
			return nil
		}
		text, err := decoder.Bytes(other)
		out, other = append(out, text...), other[:0]
		return err
	}
	for line := range bytes.Lines(data) {
		if !plainlyUTF8(line) {
			other = append(other, line...)
			continue
		}
		if err := flush(); err != nil {
			return nil, err
		}
		out = append(out, line...)
	}
	return out, flush()
}

func plainlyUTF8(line []byte) bool {
	if !utf8.Valid(line) {
		return false
	}
	for _, r := range string(line) {
		// Two bytes of GB18030 that look like UTF-8 give a rune below U+0800; of these a table has only signs.
		if r >= utf8.RuneSelf && r < 0x800 && !strings.ContainsRune("\u00a0·×÷°§±", r) {
			return false
		}
	}
	return true
}

func (f File) undecodable(atEnd bool) error {
	if atEnd {
		return inspections.Fail(inspections.Invalid, "intake.cut_off", "file", f.Name)
	}
	return inspections.Fail(inspections.Invalid, "intake.encoding", "file", f.Name)
}

// validPrefix gives how many bytes at the start are whole UTF-8 characters.
func validPrefix(b []byte) int {
	n := 0
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		n += size
	}
	return n
}

func hasHan(b []byte) bool {
	for _, r := range string(b) {
		if r >= 0x4e00 && r <= 0x9fff {
			return true
		}
	}
	return false
}
