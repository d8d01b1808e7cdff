package pdf

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"unicode/utf16"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"anfang.example/inspections"
)

// Face is one parsed TrueType face. It may be shared by several renderings at once.
type Face struct {
	// Name is the face's full name, Origin its file's path or "builtin".
	Name, Origin string
	// SHA256 is the hex digest of the file.
	SHA256 string

	families []string // every family and full name in the name table, lower case
	data     []byte
	parsed   *sfnt.Font
	perEm    float64

	mu     sync.Mutex
	buffer sfnt.Buffer
	glyphs map[rune]glyph
	work   working
}

// glyph is what layout needs of one character: its index and its width in parts of an em.
type glyph struct {
	index sfnt.GlyphIndex
	width float64
	found bool
}

// LoadFace parses a TrueType file. An OpenType (CFF) file, a collection, a file without Unicode table and one whose
// maker forbids embedding are refused with an error that names the file.
func LoadFace(origin string, data []byte) (*Face, error) {
	if err := checkTrueType(origin, data); err != nil {
		return nil, err
	}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, inspections.Fail(inspections.Invalid, "pdf.font.broken", "file", origin).Because(err)
	}
	digest := sha256.Sum256(data)
	f := &Face{
		Origin: origin,
		SHA256: hex.EncodeToString(digest[:]),
		data:   data,
		parsed: parsed,
		perEm:  float64(parsed.UnitsPerEm()),
		glyphs: map[rune]glyph{},
	}
	f.Name, f.families = readNames(tableOf(data, "name"))
	if f.Name == "" {
		f.Name = origin
	}
	return f, nil
}

// glyphOf looks a character up; found is false if the face has none for it.
func (f *Face) glyphOf(r rune) glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	var g glyph
	if index, err := f.parsed.GlyphIndex(&f.buffer, r); err == nil && index != 0 {
		em := fixed.Int26_6(f.parsed.UnitsPerEm()) << 6
		if width, err := f.parsed.GlyphAdvance(&f.buffer, index, em, font.HintingNone); err == nil {
			g = glyph{index: index, width: float64(width) / 64 / f.perEm, found: true}
		}
	}
	f.glyphs[r] = g
	return g
}

// outline gives the character's contours in parts of an em, y upwards.
func (f *Face) outline(index sfnt.GlyphIndex) ([]segment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	em := fixed.Int26_6(f.parsed.UnitsPerEm()) << 6
	loaded, err := f.parsed.LoadGlyph(&f.buffer, index, em, nil)
	if err != nil {
		return nil, fmt.Errorf("outline of glyph %d in %s: %w", index, f.Name, err)
	}
	segments := make([]segment, 0, len(loaded))
	for _, s := range loaded {
		out := segment{op: s.Op}
		for i, p := range s.Args {
			// sfnt's y axis points down; a page's points up.
			out.points[i] = point{float64(p.X) / 64 / f.perEm, -float64(p.Y) / 64 / f.perEm}
		}
		segments = append(segments, out)
	}
	return segments, nil
}

// ink is how far the character's ink reaches to the left, the right and above the baseline, in parts of an em; zeros
// for a blank.
func (f *Face) ink(index sfnt.GlyphIndex) (left, right, top float64) {
	segments, err := f.outline(index)
	if err != nil || len(segments) == 0 {
		return 0, 0, 0
	}
	left = segments[0].points[0].x
	for _, s := range segments {
		for i := 0; i < pointsOf(s.op); i++ {
			left, right, top = min(left, s.points[i].x), max(right, s.points[i].x), max(top, s.points[i].y)
		}
	}
	return left, right, top
}

type point struct{ x, y float64 }

// segment is one step of a contour with up to three points.
type segment struct {
	op     sfnt.SegmentOp
	points [3]point
}

func pointsOf(op sfnt.SegmentOp) int {
	switch op {
	case sfnt.SegmentOpQuadTo:
		return 2
	case sfnt.SegmentOpCubeTo:
		return 3
	default:
		return 1
	}
}

// checkTrueType refuses what the PDF writer would choke on late or silently.
func checkTrueType(origin string, data []byte) error {
	refuse := func(key string) error { return inspections.Fail(inspections.Invalid, key, "file", origin) }
	if len(data) < 12 {
		return refuse("pdf.font.broken")
	}
	switch binary.BigEndian.Uint32(data) {
	case 0x4F54544F: // "OTTO": outlines in CFF
		return refuse("pdf.font.opentype")
	case 0x74746366: // "ttcf": several faces in one file
		return refuse("pdf.font.collection")
	case 0x00010000, 0x74727565: // TrueType, also as "true"
	default:
		return refuse("pdf.font.not_a_font")
	}
	for _, tag := range []string{"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cmap", "name", "post"} {
		if tableOf(data, tag) == nil {
			return refuse("pdf.font.broken")
		}
	}
	if os2 := tableOf(data, "OS/2"); len(os2) >= 10 {
		// fsType bit 1: no embedding without leave; 8 and 9: no cutting, bitmaps only.
		if fsType := binary.BigEndian.Uint16(os2[8:]); fsType&0x000F == 0x0002 || fsType&0x0300 != 0 {
			return refuse("pdf.font.no_embedding")
		}
	}
	if !hasUnicodeMap(tableOf(data, "cmap")) {
		return refuse("pdf.font.no_unicode")
	}
	return nil
}

// tableOf finds a table of a TrueType file, nil if absent or cut short.
func tableOf(data []byte, tag string) []byte {
	count := int(binary.BigEndian.Uint16(data[4:]))
	for i := 0; i < count; i++ {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil
		}
		if string(data[at:at+4]) != tag {
			continue
		}
		from, size := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if from+size > uint64(len(data)) {
			return nil
		}
		return data[from : from+size]
	}
	return nil
}

// hasUnicodeMap reports whether there is the format 4 subtable the PDF writer reads.
func hasUnicodeMap(cmap []byte) bool {
	if len(cmap) < 4 {
		return false
	}
	count := int(binary.BigEndian.Uint16(cmap[2:]))
	for i := 0; i < count && 4+8*i+8 <= len(cmap); i++ {
		record := cmap[4+8*i:]
		platform, encoding := binary.BigEndian.Uint16(record), binary.BigEndian.Uint16(record[2:])
		at := binary.BigEndian.Uint32(record[4:])
		if uint64(at)+2 > uint64(len(cmap)) {
			continue
		}
		if (platform == 0 || platform == 3 && encoding == 1) && binary.BigEndian.Uint16(cmap[at:]) == 4 {
			return true
		}
	}
	return false
}

// readNames gives the full name (English if there is one) and every family and full name, lower case.
func readNames(table []byte) (full string, families []string) {
	if len(table) < 6 {
		return "", nil
	}
	count, store := int(binary.BigEndian.Uint16(table[2:])), int(binary.BigEndian.Uint16(table[4:]))
	for i := 0; i < count && 6+12*i+12 <= len(table); i++ {
		record := table[6+12*i:]
		platform, language := binary.BigEndian.Uint16(record), binary.BigEndian.Uint16(record[4:])
		id, size := binary.BigEndian.Uint16(record[6:]), int(binary.BigEndian.Uint16(record[8:]))
		from := store + int(binary.BigEndian.Uint16(record[10:]))
		if platform != 3 && platform != 0 || from+size > len(table) {
			continue
		}
		text := decodeUTF16(table[from : from+size])
		switch id {
		case 1, 4, 6, 16: // family, full name, PostScript name, typographic family
			families = append(families, strings.ToLower(text))
		}
		if id == 4 && (full == "" || language == 0x409) {
			full = text
		}
	}
	return full, families
}

func decodeUTF16(data []byte) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
