package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
)

// maxCellBytes is what a spreadsheet itself lets a cell hold: 32,767 characters.
const maxCellBytes = 100 << 10

// partFacts is what one pass over the XML of a part tells, before any of it is parsed.
type partFacts struct{ merged, formulas bool }

// longText is a text beyond maxCellBytes; cell is its place ("C17"), "" outside sheets.
type longText struct{ cell string }

func (longText) Error() string { return "intake: a text is too long" }

var errDoctype = errors.New("intake: a document type is declared")

var cellPlace = regexp.MustCompile(`^c\s(?:[^>]*\s)?r="([A-Z]{1,3}\d{1,7})"`)

// lookThrough reads a part once, in little memory. A document type (the way to entities, XXE and billion
// laughs) and a text or tag that is too long are errors; so is a damaged part.
func lookThrough(part *zip.File) (seen partFacts, err error) {
	r, err := part.Open()
	if err != nil {
		return seen, err
	}
	defer r.Close()
	buf := make([]byte, 64<<10)
	var tag []byte // what was read of the tag the reader is in
	var cell string
	inTag, run := false, 0
	for {
		n, err := r.Read(buf)
		for rest := buf[:n]; len(rest) > 0; {
			end := byte('<')
			if inTag {
				end = '>'
			}
			i := bytes.IndexByte(rest, end)
			piece := rest
			if i >= 0 {
				piece = rest[:i]
			}
			if run += len(piece); run > maxCellBytes {
				return seen, &longText{cell}
			}
			if inTag && len(tag) < 256 {
				tag = append(tag, piece[:min(len(piece), 256-len(tag))]...)
			}
			if i < 0 {
				break
			}
			rest, run = rest[i+1:], 0
			if inTag {
				name, _, _ := strings.Cut(strings.TrimSuffix(string(tag), "/"), " ")
				if _, local, prefixed := strings.Cut(name, ":"); prefixed {
					name = local
				}
				switch name {
				case "mergeCell":
					seen.merged = true
				case "f":
					seen.formulas = true
				case "!DOCTYPE", "!ENTITY":
					return seen, errDoctype
				case "c":
					if m := cellPlace.FindSubmatch(tag); m != nil {
						cell = string(m[1])
					}
				}
				tag = tag[:0]
			}
			inTag = !inTag
		}
		if err == io.EOF {
			return seen, nil
		}
		if err != nil {
			return seen, err
		}
	}
}
