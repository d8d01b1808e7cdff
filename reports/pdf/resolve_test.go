package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/templates/fonts"
)

// fontFile gives a copy of a built-in face, cut down to a few characters so that tests stay quick.
func fontFile(t *testing.T, role string) []byte {
	t.Helper()
	for _, b := range fonts.Builtins() {
		if b.Role != role {
			continue
		}
		data, err := b.Read()
		if err != nil {
			t.Fatal(err)
		}
		face, err := LoadFace("builtin", data)
		if err != nil {
			t.Fatal(err)
		}
		return append([]byte(nil), face.cut([]rune("正文，。县驻村办 "))...)
	}
	t.Fatalf("no built-in face for %s", role)
	return nil
}

func TestFontsThatAreRefused(t *testing.T) {
	t.Parallel()
	whole := fontFile(t, "song")
	altered := func(change func(data []byte)) []byte {
		data := append([]byte(nil), whole...)
		change(data)
		return data
	}
	cases := map[string]struct {
		file string
		data []byte
		key  string
	}{
		"OpenType with CFF outlines": {"a.otf", altered(func(d []byte) { copy(d, "OTTO") }), "pdf.font.opentype"},
		"a collection":               {"simsun.ttc", altered(func(d []byte) { copy(d, "ttcf") }), "pdf.font.collection"},
		"not a font":                 {"b.ttf", []byte(strings.Repeat("<html>", 100)), "pdf.font.not_a_font"},
		"an empty file":              {"c.ttf", nil, "pdf.font.broken"},
		"half a file":                {"d.ttf", whole[:len(whole)/2], "pdf.font.broken"},
		"embedding forbidden": {"e.ttf", altered(func(d []byte) {
			binary.BigEndian.PutUint16(tableOf(d, "OS/2")[8:], 0x0002)
		}), "pdf.font.no_embedding"},
		"no Unicode table": {"f.ttf", altered(func(d []byte) {
			cmap := tableOf(d, "cmap")
			for i := 0; i < int(binary.BigEndian.Uint16(cmap[2:])); i++ {
				binary.BigEndian.PutUint16(cmap[4+8*i:], 1) // Macintosh
			}
		}), "pdf.font.no_unicode"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, c.file)
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Resolve(Directory(dir), Builtin())
			var refused *inspections.Error
			if !errors.As(err, &refused) {
				t.Fatalf("got %v, want a refusal", err)
			}
			if refused.Key != c.key {
				t.Errorf("key: got %s, want %s", refused.Key, c.key)
			}
			if len(refused.Args) < 2 || refused.Args[1] != path {
				t.Errorf("args: got %v, want the file %s", refused.Args, path)
			}
		})
	}
}

func TestResolving(t *testing.T) {
	t.Parallel()
	use := func(t *testing.T, faces Faces, role Role) FaceUse {
		t.Helper()
		for _, u := range faces.Uses() {
			if u.Role == role {
				return u
			}
		}
		t.Fatalf("no face for %s", role)
		return FaceUse{}
	}
	t.Run("built-in faces serve every role, FangSong by Song", func(t *testing.T) {
		t.Parallel()
		faces := builtinFaces(t)
		if got := use(t, faces, Text); !got.Fallback || got.Name != use(t, faces, Song).Name {
			t.Errorf("text: got %+v, want Song as a fallback", got)
		}
		for _, role := range []Role{SongBold, Hei, Kai, Song} {
			if got := use(t, faces, role); got.Fallback || got.Origin != "builtin" || len(got.SHA256) != 64 {
				t.Errorf("%s: got %+v, want a built-in face of its own", role, got)
			}
		}
	})
	t.Run("a file named for a role wins over the built-in face, and lacking characters come from the others", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		path := filepath.Join(dir, "fangsong.ttf")
		if err := os.WriteFile(path, fontFile(t, "kai"), 0o600); err != nil {
			t.Fatal(err)
		}
		faces, err := Resolve(Directory(dir), Builtin())
		if err != nil {
			t.Fatal(err)
		}
		if got := use(t, faces, Text); got.Fallback || got.Origin != path {
			t.Errorf("text: got %+v, want %s", got, path)
		}
		own, _ := faces.find(Text, '县')
		other, g := faces.find(Text, '督')
		if own.Origin != path || other == nil || other.Origin != "builtin" || !g.found {
			t.Errorf("characters: got %v and %v, want the file and a built-in face", own.Origin, other)
		}
	})
	t.Run("a file of any other name is known by the names in it", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x1.TTF"), fontFile(t, "kai"), 0o600); err != nil {
			t.Fatal(err)
		}
		found, err := Directory(dir).Fonts()
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 1 || found[0].Role != Kai {
			t.Errorf("got %+v, want one face for Kai", found)
		}
	})
	t.Run("a folder that is not there is an empty source", func(t *testing.T) {
		t.Parallel()
		found, err := Directory(filepath.Join(t.TempDir(), "none")).Fonts()
		if err != nil || len(found) != 0 {
			t.Errorf("got %v, %v, want nothing", found, err)
		}
	})
	t.Run("no face at all is an error", func(t *testing.T) {
		t.Parallel()
		if _, err := Resolve(); err == nil {
			t.Error("got no error")
		}
	})
}

func TestBuiltinsCoverTheCharset(t *testing.T) {
	t.Parallel()
	lacking := map[Role][]rune{}
	found, err := Builtin().Fonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		for line := range bytes.Lines(fonts.Charset()) {
			code, err := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(string(line)), "U+"), 16, 32)
			if err != nil {
				t.Fatalf("charset.txt: %v", err)
			}
			if !f.Face.glyphOf(rune(code)).found {
				lacking[f.Role] = append(lacking[f.Role], rune(code))
			}
		}
	}
	for _, role := range []Role{SongBold, Hei, Song} {
		// The first is a blank (half-width Hangul filler).
		if got, want := string(lacking[role]), "\uffa0𠮷𡌶𣒍"; got != want {
			t.Errorf("%s lacks %q, want it to lack %q only", role, got, want)
		}
	}
	if got := string(lacking[Kai]); strings.ContainsAny(got, "𠮷𡌶") {
		t.Error("kai lacks the two rare characters that no other face has")
	}
	// Kai is cut to GB2312, the rest of the list comes from Song.
	if got := len(lacking[Kai]); got == 0 || got > 2800 {
		t.Errorf("kai lacks %d characters, want about 2,700", got)
	}
}

func TestQuotationMarksAreFullWidth(t *testing.T) {
	t.Parallel()
	faces := builtinFaces(t)
	for _, role := range Roles {
		for _, r := range wideSigns {
			if _, g := faces.find(role, r); g.width < 0.95 {
				t.Errorf("%q in %s is %.2f em wide, want 1", r, role, g.width)
			}
		}
	}
}
