package pdf

// Role is the use a face is put to.
type Role string

const (
	SongBold Role = "song-bold" // the issuer's mark and titles
	Text     Role = "fangsong"  // running text
	Hei      Role = "hei"       // first-level headings, labels
	Kai      Role = "kai"       // second-level headings
	Song     Role = "song"      // page numbers, tables
)

// Roles lists every role, in the order of reports.
var Roles = []Role{SongBold, Text, Hei, Kai, Song}

// standIns says which roles serve, in order, where a role has no face or its face lacks a character.
// FangSong falls back to Song, the nearest in weight; Hei to the bold Song rather than to a light face.
var standIns = map[Role][]Role{
	SongBold: {SongBold, Hei, Song, Text, Kai},
	Text:     {Text, Song, Kai, Hei, SongBold},
	Hei:      {Hei, SongBold, Song, Text, Kai},
	Kai:      {Kai, Text, Song, Hei, SongBold},
	Song:     {Song, Text, Kai, Hei, SongBold},
}
