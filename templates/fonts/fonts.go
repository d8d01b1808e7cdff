// Package fonts holds the typefaces that come with the program, so that a paper looks right on a bare machine.
package fonts

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"sync"
)

// The cut fonts are kept packed: 8.8 MB in the binary instead of 14.2, for about 25 ms per face on first use.
//
//go:embed *.ttf.gz charset.txt roles.txt OFL-*.txt
var files embed.FS

// Builtin is one typeface that comes with the program.
type Builtin struct {
	// Role is the use the face was chosen for: song-bold, hei, kai or song (there is no free FangSong).
	Role string
	// Name is the face's full name.
	Name string
	// Licence is the name of the licence's file, for Licence.
	Licence string

	read func() ([]byte, error)
}

// Read gives the face as an unpacked TrueType file; it is unpacked once per process and must not be written to.
func (b Builtin) Read() ([]byte, error) { return b.read() }

var builtins = []Builtin{
	{"song-bold", "Noto Serif SC Bold", "OFL-noto-serif-sc.txt", unpackOnce("noto-serif-sc-bold.ttf.gz")},
	{"hei", "Noto Sans SC Regular", "OFL-noto-sans-sc.txt", unpackOnce("noto-sans-sc-regular.ttf.gz")},
	{"kai", "Anfang Kai Regular", "OFL-anfang-kai.txt", unpackOnce("anfang-kai-regular.ttf.gz")},
	{"song", "Noto Serif SC Regular", "OFL-noto-serif-sc.txt", unpackOnce("noto-serif-sc-regular.ttf.gz")},
}

// Builtins lists the typefaces that come with the program.
func Builtins() []Builtin { return append([]Builtin(nil), builtins...) }

// Licence gives the text of a built-in face's licence.
func Licence(name string) ([]byte, error) { return files.ReadFile(name) }

// Charset gives the list of characters the built-in faces were cut to: one "U+4E00" a line.
func Charset() []byte { return mustRead("charset.txt") }

// RoleNames gives the table of role and family names by which a found font is known: tab-separated lines,
// the role first; lines starting with # are remarks.
func RoleNames() []byte { return mustRead("roles.txt") }

func mustRead(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the file is embedded by the line above; only a broken build lacks it
	}
	return data
}

func unpackOnce(name string) func() ([]byte, error) {
	return sync.OnceValues(func() ([]byte, error) {
		packed, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		reader, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		data, err := io.ReadAll(reader)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		return data, reader.Close()
	})
}
